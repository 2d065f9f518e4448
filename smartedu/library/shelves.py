"""Facets and totals: sums over shelves.

A shelf (`models.Shelf`) is one combination of facets; its facets never change, so a process remembers them as
arrays and looks again only when it meets a shelf it does not know. What changes, the number of resources on it, comes
with every question: from the shelves' own counts for a list, from the index for a search.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

import numpy as np
from django.db.models import Max, Q
from numpy.typing import NDArray

from smartedu.library import shelfmarks
from smartedu.library.content import Kind
from smartedu.library.models import Provider, Shelf

Ids = NDArray[np.int64]
GRADE = "grade"


@dataclass(frozen=True)
class Facets:
    """What was chosen: codes, empty where a facet is open."""

    plate: str = ""
    column: str = ""
    kind: str = ""
    stage: str = ""
    grade: str = ""
    subject: str = ""
    edition: str = ""
    provider: str = ""

    def chosen(self) -> dict[str, str]:
        """The facets that are not open, with their codes."""
        return {name: code for name in NAMES if (code := getattr(self, name))}

    def without(self, name: str) -> "Facets":
        """The same choice with one facet open again."""
        return replace(self, **{name: ""})


NAMES = tuple(f.name for f in fields(Facets))


@dataclass(frozen=True)
class Counts:
    """How many resources there are, and by facet and code how many each choice would leave.

    The counts of a facet are those under all other choices, so that a chosen value can be changed for another.
    """

    total: int
    by_facet: dict[str, dict[str, int]]


@dataclass
class _Board:
    """All shelves as arrays, in order of their ids: for each facet the number of its value on each shelf."""

    ids: Ids
    textbooks: NDArray[np.bool_]
    values: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, Ids] = field(default_factory=dict)
    """For a facet, the shelves of its entries, as places in `ids`; a shelf of two grades has two entries."""
    numbers: dict[str, Ids] = field(default_factory=dict)
    """For a facet, the value of each entry, as a place in `values`."""

    @property
    def newest(self) -> int:
        """The highest id on the board; -1 where it is empty."""
        return int(self.ids[-1]) if len(self.ids) else -1


_boards: list[_Board] = []
"""The board last laid, if any."""


def forget() -> None:
    """Remember no shelf; for tests, whose tables change under the process."""
    _boards.clear()


def counted(scope: Facets, *, textbooks: bool = True) -> dict[int, int]:
    """The shelves that fit a choice with the number of published resources on each; empty ones are left out.

    `textbooks` tells whether bare textbooks count (lists of a column leave them out, see `models.LISTED`). One query:
    shelves that the board does not know come with the answer, and only then the board is laid anew.
    """
    board = _boards[-1] if _boards else _current()
    while True:
        shelves = Shelf.objects.filter(count__gt=0)
        if scope.chosen() or not textbooks:
            shelves = shelves.filter(Q(pk__in=_matching(board, scope, textbooks=textbooks)) | Q(pk__gt=board.newest))
        found = dict(shelves.values_list("pk", "count"))
        highest = max(found, default=-1)
        if highest <= board.newest:
            return found
        board = _current(highest)


def matching(scope: Facets, *, textbooks: bool = True) -> list[int]:
    """The ids of the shelves that fit a choice, for `WHERE shelf_id = ANY(...)`."""
    return _matching(_current(), scope, textbooks=textbooks)


def _matching(board: _Board, scope: Facets, *, textbooks: bool) -> list[int]:
    fits = _fits(board, scope)
    if not textbooks:
        fits &= ~board.textbooks
    found: list[int] = board.ids[fits].tolist()
    return found


def facet_counts(on_shelves: Mapping[int, int], chosen: Facets) -> Counts:
    """Totals and facets of resources counted by shelf (`counted` of the scope, or a search's hits), under a choice.

    `on_shelves` must not have been narrowed by the facets of `chosen`, beyond what the whole list is about.
    """
    board = _current(max(on_shelves, default=0))
    amounts = np.zeros(len(board.ids), np.int64)
    if on_shelves:
        keys = np.fromiter(on_shelves.keys(), np.int64, len(on_shelves))
        places = np.minimum(np.searchsorted(board.ids, keys), len(board.ids) - 1)
        known = board.ids[places] == keys
        amounts[places[known]] = np.fromiter(on_shelves.values(), np.int64, len(on_shelves))[known]
    by_facet = {}
    for name in NAMES:
        left = np.where(_fits(board, chosen.without(name)), amounts, 0)
        sums = np.bincount(board.numbers[name], weights=left[board.rows[name]], minlength=len(board.values[name]))
        by_facet[name] = {code: int(n) for code, n in zip(board.values[name], sums.tolist(), strict=True) if n}
    return Counts(int(amounts[_fits(board, chosen)].sum()), by_facet)


def _fits(board: _Board, chosen: Facets) -> NDArray[np.bool_]:
    fits = np.ones(len(board.ids), np.bool_)
    for name, code in chosen.chosen().items():
        on_it = np.zeros(len(board.ids), np.bool_)
        if code in board.values[name]:
            number = board.values[name].index(code)
            on_it[board.rows[name][board.numbers[name] == number]] = True
        fits &= on_it
    return fits


def _current(highest: int = -1) -> _Board:
    """The board, laid anew where a shelf was added since; `highest` is an id that must be on it."""
    newest = highest if highest >= 0 else Shelf.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if not _boards or newest > _boards[-1].newest:
        _boards[:] = [_lay()]
    return _boards[-1]


def _lay() -> _Board:
    shelves = list(Shelf.objects.order_by("pk"))
    providers = dict(Provider.objects.values_list("pk", "code"))  # after the shelves: theirs are all there then
    entries: dict[str, list[tuple[int, str]]] = {name: [] for name in NAMES}
    for place, shelf in enumerate(shelves):
        column = shelfmarks.column(shelf.column_id)
        single = {
            "plate": column.plate.code,
            "column": column.code,
            "kind": shelf.kind,
            "stage": _code(shelf.stage_id),
            "subject": _code(shelf.subject_id),
            "edition": _code(shelf.edition_id),
            "provider": providers[shelf.provider_id],
        }
        for name, code in single.items():
            if code:
                entries[name].append((place, code))
        entries[GRADE] += [(place, grade) for grade in shelf.grades]
    board = _Board(
        ids=np.array([shelf.pk for shelf in shelves], np.int64),
        textbooks=np.array([shelf.kind == Kind.TEXTBOOK for shelf in shelves], np.bool_),
    )
    for name, pairs in entries.items():
        values = sorted({code for _, code in pairs})
        number = {code: i for i, code in enumerate(values)}
        board.values[name] = values
        board.rows[name] = np.array([place for place, _ in pairs], np.int64)
        board.numbers[name] = np.array([number[code] for _, code in pairs], np.int64)
    return board


def _code(tag: int | None) -> str:
    found = shelfmarks.tag_or_none(tag)
    return found.code if found else ""
