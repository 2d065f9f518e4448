"""Sitemaps: every page worth finding, with the same page in the other language and when it last changed.

The index names one part for the lists and one for every thousand ids that hold a published resource. A part reads
its own stretch of the primary key and nothing else, so that it costs the same at ten times the catalogue, and a page
stays in its part for ever. (sitemaps.org protocol 0.9; hreflang by xhtml:link.)
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from smartedu.base.settings import get_settings
from smartedu.library import keys, queries
from smartedu.library.models import Provider, Resource, Shelf
from smartedu.web import cards
from smartedu.web.machines import xml
from smartedu.web.machines.addresses import absolute
from smartedu.web.remembering import bears, remembered

IDS_A_PART = 2_500
"""Two addresses each, one a language: at most 5,000 of the 10,000 that small crawlers take, in some 1.5 MB of text."""
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LASTING = ("home", "textbooks", "notices", "help", "about", "about-views", "about-accessibility", "about-privacy",
           "about-contact", "api")  # fmt: skip
TYPE = "application/xml"
Line = tuple[str, str, datetime | None]
"""The paths of a page in Chinese and English, and when it changed."""


@remembered()
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: the parts there are."""
    bears(request, (keys.plate(plate.code) for plate in queries.all_plates()), keys.TEXTBOOKS)
    parts = ["/sitemap-pages.xml", *(f"/sitemap-{number}.xml" for number in _parts())]
    rows = "".join(f"<sitemap><loc>{xml.text(absolute(part))}</loc></sitemap>" for part in parts)
    return xml.answer(f'<sitemapindex xmlns="{NAMESPACE}">{rows}</sitemapindex>\n', TYPE)


@remembered()
@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """`/sitemap-pages.xml`: the pages that are there whatever is published, plates, columns, providers."""
    bears(request, (keys.plate(plate.code) for plate in queries.all_plates()))
    return _answer(_standing())


@remembered()
@require_safe
def numbered(request: HttpRequest, number: str) -> HttpResponse:
    """`/sitemap-3.xml`: what is published among one stretch of ids; 404 where there is nothing."""
    first = int(number) * IDS_A_PART
    stretch = Resource.objects.published().filter(pk__gte=first, pk__lt=first + IDS_A_PART).order_by("pk")
    rows = list(stretch.only("code", "kind", "changed_at"))
    if not rows:
        raise Http404
    bears(request, (keys.plate(plate.code) for plate in queries.all_plates()), keys.TEXTBOOKS)
    return _answer((cards.url_of(row, "zh"), cards.url_of(row, "en"), row.changed_at) for row in rows)


def _parts() -> Iterator[int]:
    """The stretches that hold anything, each found by one step along the primary key."""
    reached = 0
    while True:
        rest = Resource.objects.published().filter(pk__gte=reached).order_by("pk")
        found = rest.values_list("pk", flat=True).first()
        if found is None:
            return
        yield found // IDS_A_PART
        reached = (found // IDS_A_PART + 1) * IDS_A_PART


def _standing() -> Iterator[Line]:
    for name in LASTING:
        yield _in_both(name)
    for plate in queries.all_plates():
        yield _in_both("plate", plate_code=plate.code)
        for column in plate.columns.all():
            yield _in_both("column", plate_code=plate.code, column_code=column.code)
    for code in _contributors():
        yield _in_both("provider", code=code)


def _contributors() -> list[str]:
    """Providers with anything to see."""
    giving = Shelf.objects.filter(count__gt=0).values("provider")
    return list(Provider.objects.filter(pk__in=giving).order_by("code").values_list("code", flat=True)[:4_000])


def _in_both(name: str, **arguments: str) -> Line:
    paths = []
    for language in ("zh", "en"):
        with override(language):
            paths.append(reverse(name, kwargs=arguments))
    return paths[0], paths[1], None


def _answer(lines: Iterable[Line]) -> HttpResponse:
    site = get_settings().public_url
    rows = []
    for chinese, english, changed in lines:
        zh, en = xml.attribute(site + chinese), xml.attribute(site + english)
        when = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
        others = (
            f'<xhtml:link rel="alternate" hreflang="zh-CN" href={zh}/>'
            f'<xhtml:link rel="alternate" hreflang="en" href={en}/>'
        )
        rows += [f"<url><loc>{xml.text(site + path)}</loc>{when}{others}</url>" for path in (chinese, english)]
    head = f'<urlset xmlns="{NAMESPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    return xml.answer(head + "\n".join(rows) + "</urlset>\n", TYPE)
