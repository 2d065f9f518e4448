"""A list of a plate, a column or a provider: its facets, its order, one page of its cards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.translation import gettext as _

from smartedu.library import keys, queries, shelves
from smartedu.library.queries import Order
from smartedu.library.shelves import Facets
from smartedu.web import cards
from smartedu.web.facets import PARAMETERS, FacetView, address, facet_views, without_facets
from smartedu.web.pages import Pages, page_number, pages
from smartedu.web.remembering import bears, passing

LIST_PARAMETERS = ("page", "sort", *PARAMETERS)
"""What a list page is remembered by."""
KEEP = ("sort",)


@dataclass(frozen=True)
class SortView:
    name: str
    url: str
    current: bool


@dataclass(frozen=True)
class ListView:
    """What `components/facets.html` and a page of cards need; `narrowed` says what is picked, in words."""

    cards: list[cards.Card]
    pages: Pages
    total: int
    facets: list[FacetView]
    open_url: str
    narrowed: list[str]
    sorts: list[SortView]


def list_of(request: HttpRequest, scope: Facets, offered: Sequence[str], usual: Order = Order.SHELF) -> ListView:
    """The list that a page asks for: `scope` is what the page itself is about, `offered` the facets to choose from.

    A choice that nothing of the scope has is ignored; such an address, and a page beyond the end, is not remembered.
    """
    on_shelves = shelves.counted(scope, textbooks=False)
    there = shelves.facet_counts(on_shelves, scope).by_facet
    asked = {name: request.GET[name] for name in PARAMETERS if name in request.GET}
    picked = {name: code for name, code in asked.items() if name in offered and code in there[name]}
    chosen = replace(scope, **picked)
    counts = shelves.facet_counts(on_shelves, chosen)
    order = _order(request, usual)
    wanted = page_number(request)
    page = queries.page_of(queries.listing(chosen, order), wanted, counts.total)
    usual_address = (
        picked == asked
        and request.GET.get("sort", usual) == order
        and ("sort" not in request.GET or order != usual)
        and request.GET.get("page", "1") == str(page.number)
        and ("page" not in request.GET or page.number > 1)
    )
    if not usual_address:
        passing(request)
    bears(request, keys.of_cards(page.items))
    facets = facet_views(request, {name: counts.by_facet[name] for name in offered}, KEEP)
    names = ((Order.NEWEST, _("Newest first")), (Order.SHELF, _("In shelf order")))
    return ListView(
        cards=[cards.card(resource) for resource in page.items],
        pages=pages(request, page.number, page.count, page.total),
        total=counts.total,
        facets=facets,
        open_url=without_facets(request, KEEP),
        narrowed=[view.chosen.name for view in facets if view.chosen],
        sorts=sort_views(request, KEEP, names, usual, order),
    )


def _order(request: HttpRequest, usual: Order) -> Order:
    asked = request.GET.get("sort", usual)
    return Order(asked) if asked in list(Order) else usual


def sort_views(
    request: HttpRequest, keep: Sequence[str], names: Iterable[tuple[str, str]], usual: str, order: str
) -> list[SortView]:
    """The orders of a list, by value and name, as links that keep what else is picked; the usual one is not named."""
    return [
        SortView(name, address(request, keep, {"sort": "" if one == usual else str(one)}), one == order)
        for one, name in names
    ]
