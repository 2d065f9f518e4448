"""Similar by meaning: lessons beside a lesson, and what a query is about, across editions and languages."""

from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smartedu.base.settings import get_settings
from smartedu.library import queries
from smartedu.library.models import Resource
from smartedu.library.search.vectors import (
    FOLDER,
    SLICE,
    STATE,
    STEPS,
    WIDTH,
    State,
    encode,
    read_state,
    vectors_file,
    without_period,
)

# Cosines, found by looking at pairs of the national catalogue.
ALIKE = 0.62
"""Below it, two lessons of a subject have little more in common than the subject."""
ABOUT = 0.45
"""Below it, a resource has as good as nothing to do with a query, which is shorter and so less certain."""
SPREAD = 0.12
"""What is so much farther than the nearest is left: where one lesson fits, loose ones only distract."""
LOOKED_AT = 400
"""Resources of the nearest texts that are looked at: a text may stand in dozens of editions."""


class Meanings:
    """The vectors of a state, opened for reading."""

    def __init__(self, folder: Path, state: State) -> None:
        known = list(state.resources.values())
        self.codes = [each.code for each in known]
        self.rows = np.fromiter((each.row for each in known), dtype=np.int32, count=len(known))
        self.books = np.fromiter((each.book for each in known), dtype=np.int64, count=len(known))
        groups: dict[tuple[str, int], int] = {}
        self.groups = np.fromiter(
            (groups.setdefault((each.kind, each.stage), len(groups)) for each in known), np.int32, len(known)
        )
        self.vectors = np.memmap(vectors_file(folder, state), np.int8, "r", shape=(len(state.rows), WIDTH))

    @cached_property
    def by_code(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self.codes)}

    def nearness(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosine of every resource with a vector of length 1, in pieces that stay in the processor's cache."""
        found = np.empty(len(self.vectors), dtype=np.float32)
        for start in range(0, len(found), SLICE):
            piece = self.vectors[start : start + SLICE]
            found[start : start + SLICE] = piece.astype(np.float32) @ vector
        return found[self.rows] / np.float32(STEPS)

    def vector(self, place: int) -> NDArray[np.float32]:
        """The vector of a resource, of length 1."""
        found: NDArray[np.float32] = self.vectors[self.rows[place]].astype(np.float32)
        return found / np.linalg.norm(found)

    def best(self, near: NDArray[np.float32], places: NDArray[np.intp], seen: set[int]) -> Iterator[str]:
        """Codes of these places, nearest first, one of each text; none of a text among `seen`."""
        if len(places) > LOOKED_AT:
            places = places[np.argpartition(-near[places], LOOKED_AT)[:LOOKED_AT]]
        for place in places[np.argsort(-near[places], kind="stable")]:
            row = int(self.rows[place])
            if row not in seen:
                seen.add(row)
                yield self.codes[place]


_open: dict[Path, tuple[int, Meanings]] = {}


def meanings(folder: Path | None = None) -> Meanings | None:
    """The vectors in `folder` (None: this node's); None while there are none."""
    folder = (folder or get_settings().index_dir) / FOLDER
    try:
        stamp = (folder / STATE).stat().st_mtime_ns
        if folder not in _open or _open[folder][0] != stamp:
            state = read_state(folder)
            if not state.rows:
                return None
            _open[folder] = (stamp, Meanings(folder, state))
    except (OSError, ValueError):  # away, or replaced between the two looks: the next reader finds it
        return None
    return _open[folder][1]


def similar(code: str, limit: int = 6, *, without: Collection[str] = (), folder: Path | None = None) -> list[Resource]:
    """What is most like a resource in meaning, of its kind and stage and of other books, nearest first.

    `without` are codes that the page shows anyway: neither they nor another edition of the same text come again.
    Nothing where this node has no vector of it. One query at the most.
    """
    known = meanings(folder)
    place = known.by_code.get(code) if known else None
    if known is None or place is None:
        return []
    near = known.nearness(known.vector(place))
    fits = (near >= ALIKE) & (known.groups == known.groups[place])
    fits[place] = False
    if known.books[place]:
        fits &= known.books != known.books[place]
    seen = {int(known.rows[known.by_code[each]]) for each in without if each in known.by_code}
    return _resources(known.best(near, np.flatnonzero(fits), seen), limit)


def nearest(text: str, limit: int = 6, *, without: Collection[str] = (), folder: Path | None = None) -> list[Resource]:
    """What is about the same as a text in Chinese or English, nearest first; `without` as in `similar`.

    Nothing where this node has no vectors, or nothing is near enough. One query at the most.
    """
    known = meanings(folder)
    if known is None or not text.strip():
        return []
    if not known.codes:  # the texts of what was withdrawn are still kept
        return []
    near = known.nearness(encode([text])[0])
    seen = {int(known.rows[known.by_code[each]]) for each in without if each in known.by_code}
    enough = max(ABOUT, float(near.max()) - SPREAD)
    return _resources(known.best(near, np.flatnonzero(near >= enough), seen), limit)


def _resources(codes: Iterator[str], limit: int) -> list[Resource]:
    """The first of these that are published, and of a lesson in two class periods the nearer.

    Thrice as many are asked for as are shown, for what falls away.
    """
    distinct: dict[str, Resource] = {}
    for resource in queries.hits(list(islice(codes, 3 * limit))):
        distinct.setdefault(without_period(resource.title), resource)
    return list(distinct.values())[:limit]
