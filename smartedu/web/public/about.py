"""What the platform is, how it counts, what it keeps, whom to ask; and the lines of help."""

from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from smartedu.base.settings import get_settings
from smartedu.formats.help_lines import HelpKind
from smartedu.web import cards, house
from smartedu.web.remembering import bears, remembered

HOUSE_KEY = "house"
"""Borne by pages that show nothing of the library: they change with a new release or new settings, hence a restart."""


@remembered()
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is and who makes it."""
    return _page(request, "about/about.html")


@remembered()
@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """How a page view is counted: the published rule behind every figure."""
    return _page(request, "about/views.html")


@remembered()
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What holds for those who cannot see, hear or use a mouse, and how to say where it does not."""
    return _page(request, "about/accessibility.html")


@remembered()
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about whom, and for how long."""
    return _page(request, "about/privacy.html")


@remembered()
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to ask."""
    return _page(request, "about/contact.html")


@remembered()
@require_safe
def help_lines(request: HttpRequest) -> HttpResponse:
    """Whom a child may call, what for, and what to say."""
    bears(request, HOUSE_KEY)
    language = cards.page_language()
    return render(
        request,
        "public/help.html",
        {
            "talk": house.lines(language, HelpKind.TALK),
            "authority": house.lines(language, HelpKind.AUTHORITY),
            "danger": house.lines(language, HelpKind.DANGER),
        },
    )


def _page(request: HttpRequest, template: str) -> HttpResponse:
    bears(request, HOUSE_KEY)
    here = PurePosixPath(template).stem
    return render(request, template, {"here": here, "demonstration": not get_settings().production})
