"""The search page."""

from copy import copy
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markupsafe import Markup

from smartedu.base.settings import get_settings
from smartedu.library import keys
from smartedu.library.models import Resource
from smartedu.library.search.asking import Order
from smartedu.library.search.find import Found, find
from smartedu.library.search.meaning import nearest
from smartedu.library.search.words import LONGEST_QUERY
from smartedu.library.shelves import Facets
from smartedu.web import cards
from smartedu.web.facets import PARAMETERS, address, choice_name, facet_views, is_choice, without_facets
from smartedu.web.lists import sort_views
from smartedu.web.marking import as_typed, excerpt, marked
from smartedu.web.pages import page_number, pages
from smartedu.web.remembering import bears, passing, remembered

SEARCH_PARAMETERS = ("q", "page", "sort", *PARAMETERS)
KEEP = ("q", "sort")
FEW = 5
"""With so few results or fewer, what is close in meaning is shown too."""


@dataclass(frozen=True)
class Hit:
    """A found resource with its matching words marked."""

    card: cards.Card
    title_marked: Markup
    snippet_marked: Markup
    place: str


@dataclass(frozen=True)
class Chip:
    """A place that the words name and that may be meant as one; picked by `url`."""

    name: str
    url: str


@remembered(*SEARCH_PARAMETERS)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results best first, with what was understood and what narrows them; with nothing found, what to try."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    asked = {name: request.GET[name] for name in PARAMETERS if name in request.GET}
    picked = {name: code for name, code in asked.items() if is_choice(name, code)}
    order = Order.NEWEST if request.GET.get("sort") == Order.NEWEST else Order.RELEVANCE
    found = find(get_settings().index_dir, query, page_number(request), Facets(**picked), order)
    close = _close(found)
    bears(request, keys.SEARCH, keys.of_cards([*found.resources, *close]))
    if picked != asked or not found.ready or not _usual(request, found.number):
        passing(request)
    meant = _as_meant(request, found, order)
    facets = facet_views(meant, found.counts.by_facet, KEEP)
    sorts = ((Order.RELEVANCE, _("Best match first")), (Order.NEWEST, _("Newest first")))
    context = {
        "query": query,
        "found": found,
        "words": _words(found),
        "only": _offered(meant, found),
        "did_you_mean": found.did_you_mean and f"{reverse('search')}?{urlencode({'q': found.did_you_mean})}",
        "hits": [_hit(resource, found.meant.tokens) for resource in found.resources],
        "close": [_hit(resource, ()) for resource in close],
        "pages": pages(meant, found.number, found.count, found.total),
        "facets": facets,
        "open_url": without_facets(meant, KEEP),
        "sorts": sort_views(meant, KEEP, sorts, Order.RELEVANCE, order),
        "suggestions": [] if found.total else _suggestions(),
    }
    return render(request, "public/search.html", context)


def _usual(request: HttpRequest, number: int) -> bool:
    """Whether the page and the order are asked for as our own links do, which leave out what is usual."""
    page, sort = request.GET.get("page"), request.GET.get("sort")
    return sort in (None, Order.NEWEST) and (page is None or (page == str(number) and number > 1))


def _words(found: Found) -> list[str]:
    """The words that were looked for; none where they are what was typed and nothing else."""
    alone = len(found.meant.tokens) == 1 and not found.facets.chosen() and not found.meant.readings
    return [] if alone else as_typed(found.meant.tokens, found.text)


def _close(found: Found) -> list[Resource]:
    """What is close in meaning where words find few or not all of them; nothing under a choice, which leaves few, and
    nothing beside a better reading, which says more."""
    few = found.total <= FEW or found.loose
    if not found.ready or not few or found.did_you_mean or found.facets.chosen() or found.number > 1:
        return []
    return nearest(found.text, without=[resource.code for resource in found.resources])


def _as_meant(request: HttpRequest, found: Found, order: Order) -> HttpRequest:
    """The request as if the places that the words name had been picked: what every link of the page goes on from."""
    meant = copy(request)
    meant.GET = query = QueryDict(mutable=True)  # type: ignore[assignment, misc, unused-ignore]
    query["q"] = found.meant.left if found.meant.facets else found.text
    query.update(found.facets.chosen())
    if order != Order.RELEVANCE:
        query["sort"] = str(order)
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    return meant


def _offered(meant: HttpRequest, found: Found) -> list[Chip]:
    """A subject among the words, to be picked as one where that leaves something and takes something away."""
    return [
        Chip(choice_name(name, code), address(meant, KEEP, {name: code}))
        for name, code in found.meant.offered.items()
        if not getattr(found.facets, name) and 0 < found.counts.by_facet[name].get(code, 0) < found.total
    ]


def _hit(resource: Resource, tokens: tuple[str, ...]) -> Hit:
    card = cards.card(resource)
    book = cards.title_of(resource.textbook) if resource.textbook else card.subtitle
    place = " · ".join(filter(None, (card.kind_name, book)))
    return Hit(card, marked(card.title, tokens), excerpt(card.summary, tokens), place)


def _suggestions() -> list[str]:
    return [
        _("Try a shorter word: the title of the lesson alone often does."),
        _("Name the subject and the grade, as in “maths grade 8”."),
        _("Go through the textbooks by stage, grade and subject."),
    ]
