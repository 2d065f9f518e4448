"""Plates, columns, providers: what stands on the shelves."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from smartedu.library import keys, queries
from smartedu.library.queries import Order
from smartedu.library.shelves import Facets
from smartedu.web import cards
from smartedu.web.lists import LIST_PARAMETERS, list_of
from smartedu.web.remembering import bears, remembered

IN_A_PLATE = ("stage", "grade", "subject", "kind", "provider")
IN_A_COLUMN = ("stage", "grade", "subject", "edition", "kind", "provider")
OF_A_PROVIDER = ("plate", "column", "stage", "grade", "subject", "kind")


@dataclass(frozen=True)
class ColumnCount:
    code: str
    name: str
    icon: str
    url: str
    count: int
    plate: str


@remembered(*LIST_PARAMETERS)
@require_safe
def plate(request: HttpRequest, plate_code: str) -> HttpResponse:
    """A plate: its columns with counts, and what is new in it."""
    found = queries.plate(plate_code)
    view = _view(plate_code)
    bears(request, keys.plate(found.code))
    counts = queries.counts_by_column()
    context = {
        "plate": view,
        "columns": [_counted(c, view.code, counts.get(c.code, 0)) for c in view.columns],
        "listed": list_of(request, Facets(plate=found.code), IN_A_PLATE, usual=Order.NEWEST),
    }
    return render(request, "public/plate.html", context)


@remembered(*LIST_PARAMETERS)
@require_safe
def column(request: HttpRequest, plate_code: str, column_code: str) -> HttpResponse:
    """A column: everything in it."""
    found = queries.column(plate_code, column_code)
    view = _view(plate_code)
    bears(request, keys.column(found.code))
    context = {
        "plate": view,
        "column": next(c for c in view.columns if c.code == column_code),
        "listed": list_of(request, Facets(column=found.code), IN_A_COLUMN),
    }
    return render(request, "public/column.html", context)


@remembered(*LIST_PARAMETERS)
@require_safe
def provider(request: HttpRequest, code: str) -> HttpResponse:
    """Who contributed, how much to which columns, and all of it."""
    found = queries.provider(code)
    bears(request, keys.provider(found.code))
    listed = list_of(request, Facets(provider=found.code), OF_A_PROVIDER, usual=Order.NEWEST)
    counts = queries.counts_by_column(found)
    columns = [
        _counted(c, view.code, counts[c.code], f"?provider={found.code}")
        for view in cards.plates_in(cards.page_language())
        for c in view.columns
        if c.code in counts
    ]
    context = {
        "name": cards.name_of(found),
        "total": sum(counts.values()),
        "columns": sorted(columns, key=lambda c: -c.count),
        "listed": listed,
    }
    return render(request, "public/provider.html", context)


def _counted(column: cards.ColumnView, plate_code: str, count: int, query: str = "") -> ColumnCount:
    return ColumnCount(column.code, column.name, column.icon, column.url + query, count, plate_code)


def _view(plate_code: str) -> cards.PlateView:
    return next(v for v in cards.plates_in(cards.page_language()) if v.code == plate_code)
