"""Notices of the platform: their list, and the one line that the home page gives to the newest."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from smartedu.library import keys, queries
from smartedu.library.content import Notice
from smartedu.library.models import Resource
from smartedu.web import cards
from smartedu.web.pages import page_number, pages
from smartedu.web.remembering import bears, ends_at_midnight, passing, remembered


@dataclass(frozen=True)
class NoticeView:
    """`until` is the last day on which it matters, None where it stays; `over` whether that day has passed."""

    title: str
    url: str
    summary: str
    published_at: datetime
    until: date | None
    over: bool


@remembered("page")
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Every notice, the newest first."""
    wanted = page_number(request)
    page = queries.page_of(queries.notices(), wanted)
    bears(request, keys.NOTICES, keys.of_cards(page.items))
    ends_at_midnight(request)
    if page.number != wanted:
        passing(request)
    context = {
        "notices": [_view(one, timezone.localdate()) for one in page.items],
        "pages": pages(request, page.number, page.count, page.total),
    }
    return render(request, "public/notices.html", context)


def newest_notice(request: HttpRequest) -> NoticeView | None:
    """The newest notice that still matters today, for the home page's `components/notice_line.html`.

    One query. The page bears what it shows and ends with the day; None where there is nothing to say.
    """
    bears(request, keys.NOTICES)
    ends_at_midnight(request)
    today = timezone.localdate()
    found = (_view(one, today) for one in queries.notices()[:LOOKED_AT])
    return next((notice for notice in found if not notice.over), None)


LOOKED_AT = 5
"""Notices that the home page looks at for one that is not over."""


def _view(one: Resource, today: date) -> NoticeView:
    assert one.version is not None
    body = one.version.read().body
    until = body.until if isinstance(body, Notice) else None
    return NoticeView(
        cards.title_of(one),
        cards.url_of(one),
        cards.summary_of(one),
        one.published_at,
        until,
        until is not None and until < today,
    )
