"""The home page, and the gallery of every component."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from smartedu.library import browsing, queries
from smartedu.library.content import Kind
from smartedu.web import cards

FILMS_SHOWN = 12
SHELF_LENGTH = 6


@dataclass(frozen=True)
class GradeLink:
    name: str
    url: str


@dataclass(frozen=True)
class StageLinks:
    name: str
    url: str
    grades: list[GradeLink]


@dataclass(frozen=True)
class Shelf:
    plate: cards.PlateView
    columns: tuple[cards.ColumnView, ...]
    cards: list[cards.Card]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search, one's grade in two taps, lessons with films, the six plates as shelves."""
    totals = queries.totals()
    context = {
        "search_hint": _("Subject, grade or title"),
        "stages": _stages(),
        "films": [cards.card(r) for r in queries.lessons_with_films()[:FILMS_SHOWN]],
        "shelves": [
            Shelf(view, view.columns, [cards.card(r) for r in queries.in_plate(plate)[:SHELF_LENGTH]])
            for plate, view in zip(queries.all_plates(), cards.plates_in(cards.page_language()), strict=True)
        ],
        "totals": {
            "textbooks": totals.get(Kind.TEXTBOOK, 0),
            "lessons": totals.get(Kind.LESSON, 0),
            "resources": sum(n for kind, n in totals.items() if kind not in (Kind.TEXTBOOK, Kind.LESSON)),
        },
    }
    return render(request, "public/home.html", context)


def _stages() -> list[StageLinks]:
    """Every stage with its grades, each a link into the textbook browser."""
    browser = reverse("textbooks")
    stages = []
    for stage, grades in browsing.stages_with_grades():
        url = f"{browser}?stage={stage.code}"
        links = [GradeLink(cards.choice_name(g), f"{url}&grade={g.code}") for g in grades]
        stages.append(StageLinks(cards.choice_name(stage), url, links))
    return stages


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for those who build pages."""
    return render(request, "public/gallery.html")
