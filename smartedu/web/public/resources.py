"""What stands outside textbooks, and e-textbooks: one page whose middle is what the kind calls for."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from smartedu.library import around, keys, queries
from smartedu.library.content import Article, Audio, Content, ETextbook, Kind, Link, Notice, Picture, Video
from smartedu.library.models import LinkState, Resource
from smartedu.web import cards
from smartedu.web.machines.linked import linked
from smartedu.web.public import parts
from smartedu.web.public.facts import facts_of
from smartedu.web.remembering import bears, ends_at_midnight, remembered

SHOWN_HERE = [kind for kind in Kind if kind not in (Kind.LESSON, Kind.TEXTBOOK)]
READ_A_MINUTE = {"zh": 400, "en": 1_200}
"""Signs a minute: an easy pace for a text on a screen, in Chinese characters or Latin letters."""
HEADINGS_FOR_CONTENTS = 4


@dataclass(frozen=True)
class Block:
    """A paragraph of an article, or a heading with the `anchor` its table of contents leads to."""

    text: str
    anchor: str = ""


@dataclass(frozen=True)
class ArticleView:
    """`contents` are the headings of a long article; `minutes` is how long it takes to read."""

    blocks: list[Block]
    contents: list[Block]
    minutes: int
    until: date | None
    over: bool


@dataclass(frozen=True)
class LinkView:
    """An outside address; `state` is what the last look at it found, "works", "away" or empty, `checked_at` when."""

    address: str
    institution: str
    host: str
    state: str
    checked_at: datetime | None


@remembered()
@require_safe
def resource(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """A resource outside textbooks or an e-textbook, current or by number."""
    reading = queries.reading(code, SHOWN_HERE, number)
    row, body, media = reading.resource, reading.content.body, reading.media
    beside = around.beside(row) if not isinstance(body, ETextbook | Notice) else []
    other = queries.counterpart(row) if isinstance(body, ETextbook) else None
    bears(request, keys.resource(code), keys.of_media(media.values()), keys.of_cards(beside))
    if beside:
        bears(request, keys.column(row.column.code))
    if isinstance(body, ETextbook):  # any book may become the one beside it, or count another lesson
        bears(request, keys.TEXTBOOKS, [keys.resource(other.code)] if other else [])
    if isinstance(body, Notice) and body.until:
        ends_at_midnight(request)
    main = media.get(getattr(body, "media", ""))
    facts = facts_of(reading)
    context = {
        "resource": facts,
        "place": cards.card(row),
        "plate": next(p for p in cards.plates_in(cards.page_language()) if p.code == row.column.plate.code),
        "column_name": cards.name_of(row.column),
        "column_code": row.column.code,
        "article": _article(reading.content) if isinstance(body, Article) else None,
        "video": parts.video_view("video", body.media, body.captions, media) if isinstance(body, Video) else None,
        "transcript": parts.transcripts(body.captions, media) if isinstance(body, Video) else {},
        "file": parts.whole_file(main, title=facts.title, code=code, current=reading.current) if main else None,
        "playable": isinstance(body, Audio),
        "image": isinstance(body, Picture),
        "image_alternative": body.alternative if isinstance(body, Picture) else "",
        "link": _link(body, row) if isinstance(body, Link) else None,
        "book": cards.book(row) if isinstance(body, ETextbook) else None,
        "counterpart": cards.book(other) if other else None,
        "beside": [cards.card(one) for one in beside],
        "linked": linked(reading),
        "old_version_of": None if reading.current else reverse("resource", kwargs={"code": code}),
    }
    return render(request, "public/resource.html", context)


def _article(content: Content) -> ArticleView:
    assert isinstance(content.body, Article)
    blocks = []
    for number, text in enumerate(content.body.paragraphs):
        heading = text.startswith("# ")
        blocks.append(Block(text[2:] if heading else text, f"s{number}" if heading else ""))
    headings = [block for block in blocks if block.anchor]
    signs = sum(len(block.text) for block in blocks)
    until = content.body.until if isinstance(content.body, Notice) else None
    return ArticleView(
        blocks,
        headings if len(headings) >= HEADINGS_FOR_CONTENTS else [],
        max(1, round(signs / READ_A_MINUTE.get(content.language, READ_A_MINUTE["en"]))),
        until,
        until is not None and until < timezone.localdate(),
    )


def _link(body: Link, row: Resource) -> LinkView:
    check = around.link_check(row)
    seen = check.state if check and check.state in (LinkState.WORKS, LinkState.AWAY) else ""
    return LinkView(
        body.address,
        body.institution,
        urlsplit(body.address).hostname or "",
        seen,
        check.checked_at if check and seen else None,
    )
