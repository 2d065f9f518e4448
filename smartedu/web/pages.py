"""Pieces that pages of every audience share: paging, refusals, lists by number."""

import logging
import secrets
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartedu.library.models import Resource
from smartedu.web import cards

log = logging.getLogger(__name__)
SEEN_AT_ONCE = 2  # pages named on each side of the present one


@dataclass(frozen=True)
class PageLink:
    number: int
    url: str
    current: bool


@dataclass(frozen=True)
class Pages:
    """The foot of a list: `items` are the pages near this one, with the first and the last."""

    number: int
    count: int
    total: int
    items: list[PageLink]
    previous: str | None
    next: str | None


def page_number(request: HttpRequest) -> int:
    """The page asked for, 1 where that is no number; queries set the bounds."""
    given = request.GET.get("page", "1")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1


def pages(request: HttpRequest, number: int, count: int, total: int) -> Pages:
    """Links to the pages of a list that keep every other parameter of the address."""

    def url(target: int) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        if target > 1:
            query["page"] = str(target)
        text = query.urlencode()
        return f"{request.path}?{text}" if text else request.path

    near = range(number - SEEN_AT_ONCE, number + SEEN_AT_ONCE + 1)
    shown = sorted({1, count, *(n for n in near if 1 <= n <= count)})
    return Pages(
        number,
        count,
        total,
        [PageLink(n, url(n), n == number) for n in shown],
        url(number - 1) if number > 1 else None,
        url(number + 1) if number < count else None,
    )


def error_page(request: HttpRequest, code: int, text: str = "") -> HttpResponse:
    """A refusal as a page: what happened, what to do, and for faults a number to tell on the phone."""
    title, usual, mend = {
        400: (
            _("This could not be done"),
            _("Something in the request does not fit."),
            _("Go back, correct it and try again."),
        ),
        403: (
            _("The page was open for too long"),
            _("For your safety the form has to be loaded again."),
            _("Go back, load the page again and send the form once more."),
        ),
        404: (
            _("There is no page here"),
            _("The address may be mistyped, or what stood here was withdrawn."),
            _("Search for the lesson, or start from the textbooks."),
        ),
        500: (
            _("Something went wrong on our side"),
            _("It is not your fault, and nothing of yours is lost."),
            _("Try again in a minute. If it happens again, tell us this number."),
        ),
        503: (
            _("Just a moment"),
            _("The platform cannot reach its records right now. Nothing of yours is lost."),
            _("Try again in a minute."),
        ),
    }[code]
    number = secrets.token_hex(4) if code >= 500 else None
    if number:  # what a visitor reads out on the phone is found beside the traceback
        log.error("fault %s: %s %s", number, request.method, request.get_full_path())
    context = {"code": code, "title": title, "text": text or usual, "what_to_do": mend, "number": number}
    response = render(request, "public/error.html", context, status=code)
    if code == 503:
        response["Retry-After"] = "30"
    return response


def withdrawn_page(request: HttpRequest, resource: Resource) -> HttpResponse:
    """410: what the resource was, and where to go instead."""
    context = {
        "code": 410,
        "title": cards.title_of(resource),
        "text": _("This was published here and has been withdrawn."),
        "what_to_do": _("Search for something like it, or look in the same column."),
        "number": None,
    }
    return render(request, "public/error.html", context, status=410)
