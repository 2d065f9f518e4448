"""Asking the index on this node: the best documents that bear some words, and the facets of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import tantivy

from smartedu.library import shelves
from smartedu.library.search.documents import ANY, CODE, PUBLISHED, SHELF, WORDS, schema
from smartedu.library.search.index import open_index
from smartedu.library.shelves import Counts, Facets

RESULTS_A_PAGE = 20
LAST_PAGE = 50
# A word in the title says more than the name of the book or grade, and that more than a word in the text.
WEIGHTS = dict(zip(WORDS, (4.0, 2.0, 1.0), strict=True))
MUST, SHOULD = tantivy.Occur.Must, tantivy.Occur.Should
BY_SHELF = {"shelves": {"terms": {"field": SHELF, "size": 65_000}}}
"""All shelves: a national catalogue has some thousand, and tantivy itself counts no more than 65,000."""


class Order(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True)
class Hits:
    """What the index says: codes of one page, best first; totals and facets; `loose`: not every hit has all words."""

    codes: list[str]
    counts: Counts
    number: int
    loose: bool


NOTHING = Counts(0, {name: {} for name in shelves.NAMES})
NO_HITS = Hits([], NOTHING, 1, loose=False)


class Searcher:
    """Keeps one open index for a process and looks at it again when the worker has committed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index: tantivy.Index | None = None
        self._seen = 0

    def current(self) -> tantivy.Searcher | None:
        """A searcher over the newest commit; None while the index is being made for the first time."""
        try:
            stamp = (self._folder / "meta.json").stat().st_mtime_ns
        except FileNotFoundError:
            return None
        if self._index is None:
            self._index = open_index(self._folder)
        if self._index is None:
            return None
        if stamp != self._seen:
            self._index.reload()
            self._seen = stamp
        return self._index.searcher()


@cache
def searcher(folder: Path) -> Searcher:
    """The process's one searcher of a folder."""
    return Searcher(folder)


def ask(
    index: tantivy.Searcher, tokens: Sequence[str], chosen: Facets, order: Order = Order.RELEVANCE, number: int = 1
) -> Hits:
    """One page of the best hits and the facets of all of them: two passes over the index, none over the database.

    Words are put together as terms and never parsed, so no query can be a syntax error.
    """
    loose = False
    needed = len(tokens)
    counts = _count(index, tokens, needed, chosen)
    while not counts.total and needed > 1:
        loose, needed = True, needed // 2
        counts = _count(index, tokens, needed, chosen)
    number = min(max(number, 1), pages(counts.total))  # behind the end: the nearest page there is, as in every list
    if not counts.total:
        return Hits([], counts, 1, loose=False)
    scored = [(SHOULD if loose else MUST, _scored(token)) for token in tokens]
    filters = [(MUST, _bare(name, code)) for name, code in chosen.chosen().items()]
    if loose:
        filters.append((MUST, tantivy.Query.const_score_query(_bearing(tokens, needed), 0.0)))
    if not tokens:
        filters.append((MUST, tantivy.Query.all_query()))
    result = index.search(
        tantivy.Query.boolean_query([*scored, *filters]),
        RESULTS_A_PAGE,
        count=False,
        offset=(number - 1) * RESULTS_A_PAGE,
        order_by_field=PUBLISHED if order == Order.NEWEST else None,
    )
    codes = [str(index.doc(address)[CODE][0]) for _, address in result.hits]
    return Hits(codes, counts, number, loose)


def best(tokens: Sequence[str]) -> tantivy.Query:
    """What has all the words, scored by where they stand."""
    return tantivy.Query.boolean_query([(MUST, _scored(token)) for token in tokens])


def _count(index: tantivy.Searcher, tokens: Sequence[str], needed: int, chosen: Facets) -> Counts:
    """Totals and facets of everything that has so many of the words, under a choice."""
    if not tokens:
        return shelves.facet_counts(shelves.counted(Facets()), chosen)
    found = index.aggregate(_bearing(tokens, needed), BY_SHELF)["shelves"]["buckets"]
    return shelves.facet_counts({int(each["key"]): each["doc_count"] for each in found}, chosen)


def _bearing(tokens: Sequence[str], needed: int) -> tantivy.Query:
    terms = [tantivy.Query.term_query(schema(), ANY, token, "basic") for token in tokens]
    if needed == len(terms):
        return terms[0] if needed == 1 else tantivy.Query.boolean_query([(MUST, term) for term in terms])
    return tantivy.Query.boolean_query([(SHOULD, term) for term in terms], minimum_number_should_match=needed)


def _scored(token: str) -> tantivy.Query:
    return tantivy.Query.disjunction_max_query(
        [
            tantivy.Query.boost_query(tantivy.Query.term_query(schema(), name, token, "freq"), weight)
            for name, weight in WEIGHTS.items()
        ],
        0.1,
    )


def _bare(name: str, code: str) -> tantivy.Query:
    return tantivy.Query.const_score_query(tantivy.Query.term_query(schema(), name, code, "basic"), 0.0)


def pages(total: int) -> int:
    """How many pages so many results fill, at least one and at most LAST_PAGE."""
    return max(1, min(LAST_PAGE, -(-total // RESULTS_A_PAGE)))
