"""The home page, and the gallery of every component."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from smartedu.library import keys, queries
from smartedu.library.content import Kind
from smartedu.web import cards
from smartedu.web.machines.linked import website
from smartedu.web.public.notices import newest_notice
from smartedu.web.public.today import today
from smartedu.web.remembering import bears, remembered

FILMS_SHOWN = 4
SHELF_LENGTH = 6


@dataclass(frozen=True)
class Shelf:
    plate: cards.PlateView
    columns: tuple[cards.ColumnView, ...]
    cards: list[cards.Card]


@remembered("grade")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search, today's lessons for one's grade, lessons with films, the six plates as shelves with what is new."""
    totals = queries.totals()
    films = queries.lessons_with_films(FILMS_SHOWN)
    new = {plate.code: list(queries.in_plate(plate)[:SHELF_LENGTH]) for plate in queries.all_plates()}
    shown = [films, *new.values()]
    bears(request, keys.FILMS, map(keys.plate, new), *map(keys.of_cards, shown))
    context = {
        "linked": website(),
        "search_hint": _("Subject, grade or title"),
        "today": today(request),
        "notice": newest_notice(request),
        "films": [cards.card(r) for r in films],
        "shelves": [
            Shelf(view, view.columns, [cards.card(r) for r in new[view.code]])
            for view in cards.plates_in(cards.page_language())
        ],
        "totals": {
            "textbooks": totals.get(Kind.TEXTBOOK, 0),
            "lessons": totals.get(Kind.LESSON, 0),
            "resources": sum(n for kind, n in totals.items() if kind not in (Kind.TEXTBOOK, Kind.LESSON)),
        },
    }
    return render(request, "public/home.html", context)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for those who build pages."""
    return render(request, "public/gallery.html")
