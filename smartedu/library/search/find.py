"""Asking the index: which resources bear these words, best first."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tantivy

from smartedu.library.models import Resource
from smartedu.library.search.index import open_index, schema
from smartedu.library.search.words import query_tokens

RESULTS_A_PAGE = 20
LAST_PAGE = 50
# A word in the title says more than the name of the book or grade, and that more than a word in the text.
WEIGHTS = {"title": 4.0, "place": 2.0, "text": 1.0}


@dataclass(frozen=True)
class Found:
    """One page of hits. `tokens` are the words understood; `loose` tells that not every hit has all of them."""

    resources: list[Resource]
    tokens: list[str]
    total: int
    number: int
    count: int
    loose: bool


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


def find(folder: Path, text: str, number: int = 1) -> Found:
    """Search for text; every word must be there, and only where nothing has them all does any word do.

    Words are put together as terms and never parsed, so no query can be a syntax error.
    """
    tokens = query_tokens(text)
    open_searcher = searcher(folder).current()
    if not tokens or open_searcher is None:
        return Found([], tokens, 0, 1, 1, loose=False)
    query, loose = _query(tokens, tantivy.Occur.Must), False
    result = open_searcher.search(query, RESULTS_A_PAGE, offset=_offset(number))
    if not _total(result) and len(tokens) > 1:
        query, loose = _query(tokens, tantivy.Occur.Should), True
        result = open_searcher.search(query, RESULTS_A_PAGE, offset=_offset(number))
    total = _total(result)
    count = max(1, min(LAST_PAGE, -(-total // RESULTS_A_PAGE)))
    if number > count and total:  # behind the end: the nearest page there is, as in every list
        result = open_searcher.search(query, RESULTS_A_PAGE, offset=_offset(count))
    codes = [str(open_searcher.doc(address)["code"][0]) for _, address in result.hits]
    rows = Resource.objects.published().for_cards().select_related("textbook").filter(code__in=codes)
    by_code = {resource.code: resource for resource in rows}
    found = [by_code[code] for code in codes if code in by_code]
    return Found(found, tokens, total, min(max(number, 1), count), count, loose)


def _offset(number: int) -> int:
    return (min(max(number, 1), LAST_PAGE) - 1) * RESULTS_A_PAGE


def _query(tokens: list[str], how: tantivy.Occur) -> tantivy.Query:
    return tantivy.Query.boolean_query([(how, _word(token)) for token in tokens])


def _word(token: str) -> tantivy.Query:
    return tantivy.Query.disjunction_max_query(
        [
            tantivy.Query.boost_query(tantivy.Query.term_query(schema(), field, token), weight)
            for field, weight in WEIGHTS.items()
        ],
        0.1,
    )


def _total(result: tantivy.SearchResult) -> int:
    """How many resources match, beyond those of this page."""
    return int(result.count or 0)  # type: ignore[attr-defined] # absent from the library's stubs
