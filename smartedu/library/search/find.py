"""Searching: what a reader meant, what there is, and what else may have been meant."""

from dataclasses import dataclass, replace
from pathlib import Path

import tantivy

from smartedu.library import queries
from smartedu.library.models import Resource
from smartedu.library.search.asking import NO_HITS, NOTHING, Hits, Order, ask, pages, searcher
from smartedu.library.search.correcting import better
from smartedu.library.search.documents import ANY
from smartedu.library.search.lexicon import Lexicon, lexicon
from smartedu.library.search.understanding import Meant, understand
from smartedu.library.search.words import parts
from smartedu.library.shelves import Counts, Facets


@dataclass(frozen=True)
class Wanted:
    """What is asked besides the words: the page by number, the choice of the address, the order."""

    number: int
    facets: Facets
    order: Order


@dataclass(frozen=True)
class Found:
    """One page of hits for what was meant, under `facets`: those of the address and those that the words name.

    `text` is the query that was searched: that of the reader, or a better one where `instead_of`, the reader's, found
    nothing. `did_you_mean` is another that finds more. `ready` is False while this node has no index yet.
    """

    text: str

    meant: Meant
    facets: Facets
    resources: list[Resource]
    counts: Counts
    number: int
    count: int
    loose: bool
    did_you_mean: str = ""
    instead_of: str = ""
    ready: bool = True

    @property
    def total(self) -> int:
        """How many resources match."""
        return self.counts.total


def find(
    folder: Path,
    text: str,
    number: int = 1,
    facets: Facets = Facets(),  # noqa: B008 - frozen
    order: Order = Order.RELEVANCE,
) -> Found:
    """Search for text under facets; every word must be there, and only where nothing has them all do most suffice.

    Grades, stages and subjects that the text names become facets, unless it then finds nothing.
    Where nothing has all words, a query that sounds or looks like it and finds something is searched in its place.
    """
    index, words = searcher(folder).current(), lexicon(folder)
    if index is None or not index.num_docs:
        return Found(text, Meant(()), facets, [], NOTHING, 1, 1, loose=False, ready=False)
    wanted = Wanted(number, facets, order)
    typed = _answer(index, words, text, wanted)
    if not typed.meant.tokens:
        return _found(text, typed)
    other = better(text, words, lambda token: index.doc_freq(ANY, token) > 0, far=not typed.whole)
    if other:
        instead = _answer(index, words, other, wanted)
        if instead.whole and not typed.whole:
            return _found(other, instead, instead_of=text)
        if instead.whole and instead.hits.counts.total > typed.hits.counts.total:
            return _found(text, typed, did_you_mean=other)
    return _found(text, typed)


@dataclass(frozen=True)
class _Answer:
    """What a query was taken for and what there is."""

    meant: Meant
    chosen: Facets
    hits: Hits

    @property
    def whole(self) -> bool:
        """Whether something has all of its words."""
        return self.hits.counts.total > 0 and not self.hits.loose


def _answer(index: tantivy.Searcher, words: Lexicon, text: str, wanted: Wanted) -> _Answer:
    meant = _read(index, words, text)
    if not meant.tokens and not meant.facets and not wanted.facets.chosen():
        return _Answer(meant, wanted.facets, NO_HITS)
    chosen = _with_places(wanted.facets, meant)
    if chosen is not None:
        answer = _Answer(meant, chosen, ask(index, meant.tokens, chosen, wanted.order, wanted.number))
        if answer.whole:
            return answer
    meant = _read(index, words, text, places=False)
    finer = tuple(dict.fromkeys(part for token in meant.tokens for part in parts(token)))
    answer = _Answer(meant, wanted.facets, ask(index, meant.tokens, wanted.facets, wanted.order, wanted.number))
    if answer.whole or finer == meant.tokens:
        return answer
    closer = ask(index, finer, wanted.facets, wanted.order, wanted.number)
    if closer.loose or not closer.counts.total:
        return answer
    return _Answer(replace(meant, tokens=finer), wanted.facets, closer)


def _found(text: str, answer: _Answer, did_you_mean: str = "", instead_of: str = "") -> Found:
    hits = answer.hits
    return Found(
        text,
        answer.meant,
        answer.chosen,
        queries.hits(hits.codes),
        hits.counts,
        hits.number,
        pages(hits.counts.total),
        hits.loose,
        did_you_mean,
        instead_of,
    )


def _read(index: tantivy.Searcher, words: Lexicon, text: str, *, places: bool = True) -> Meant:
    """What a text means to this index."""
    return understand(text, words, lambda token: index.doc_freq(ANY, token) > 0, places=places)


def _with_places(facets: Facets, meant: Meant) -> Facets | None:
    """The facets of an address with those that the words name; None where the two contradict each other."""
    now = facets.chosen()
    if any(now.get(name, code) != code for name, code in meant.facets.items()):
        return None
    return replace(facets, **meant.facets)
