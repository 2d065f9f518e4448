"""Atom feeds: what is new on the platform and in each plate (RFC 4287)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from smartedu.library import keys, queries
from smartedu.library.models import Plate, Resource, ResourceQuerySet
from smartedu.web import cards
from smartedu.web.machines import xml
from smartedu.web.machines.addresses import absolute, short_address
from smartedu.web.remembering import bears, remembered

ENTRIES = 50
FIELDS = ("code", "kind", "title", "title_en", "summary", "summary_en", "published_at", "provider__name_zh",
          "provider__name_en")  # fmt: skip


@remembered()
@require_safe
def feed(request: HttpRequest, language: str, plate: str = "") -> HttpResponse:
    """`/feed/zh.atom`, `/feed/zh/family.atom`: the 50 newest, each plate read along its own index."""
    plates = [queries.plate(plate)] if plate else list(queries.all_plates())
    bears(request, (keys.plate(one.code) for one in plates))
    newest = [row for one in plates for row in _newest(one)]
    newest.sort(key=lambda row: (-row.published_at.timestamp(), row.code))
    title = _("New on the platform")
    home = f"/{language}/"
    if plate:
        title = f"{title} · {cards.name_of(plates[0], language)}"
        home = f"/{language}/plates/{plate}"
    return _answer(request.path, home, title, newest[:ENTRIES], language)


def _newest(plate: Plate) -> ResourceQuerySet:
    listed = Resource.objects.listed().filter(plate=plate).newest_first()
    return listed.select_related("provider").only(*FIELDS)[:ENTRIES]


def _answer(path: str, home: str, title: str, rows: list[Resource], language: str) -> HttpResponse:
    updated = max((row.published_at for row in rows), default=None)
    head = [
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{"zh-CN" if language == "zh" else "en"}">',
        f"<id>{xml.text(absolute(path))}</id>",
        f"<title>{xml.text(title)} · SmartEdu</title>",
        # A feed with nothing in it must still bear a date; the first one there is says that it is no news.
        f"<updated>{updated.isoformat(timespec='seconds') if updated else '1970-01-01T00:00:00Z'}</updated>",
        f'<link rel="self" type="application/atom+xml" href={xml.attribute(absolute(path))}/>',
        f'<link rel="alternate" type="text/html" href={xml.attribute(absolute(home))}/>',
        f"<icon>{xml.text(absolute('/static/icons/app-192.png'))}</icon>",
        "<author><name>SmartEdu</name></author>",
    ]
    entries = [_entry(row, language) for row in rows]
    return xml.answer("\n".join([*head, *entries, "</feed>\n"]), "application/atom+xml")


def _entry(row: Resource, language: str) -> str:
    """One resource; its id is its permanent link, which outlives every address of a page."""
    when = row.published_at.isoformat(timespec="seconds")
    page = xml.attribute(absolute(cards.url_of(row, language)))
    return (
        f"<entry><id>{xml.text(short_address(row.code))}</id><title>{xml.text(cards.title_of(row, language))}</title>"
        f"<updated>{when}</updated><published>{when}</published>"
        f'<link rel="alternate" type="text/html" href={page}/>'
        f"<author><name>{xml.text(cards.name_of(row.provider, language))}</name></author>"
        f"<category term={xml.attribute(row.kind)} label={xml.attribute(cards.kind_name(row.kind, language))}/>"
        f"<summary>{xml.text(cards.summary_of(row, language) or cards.title_of(row, language))}</summary></entry>"
    )
