"""The e-textbooks of the country: 1,974 real titles beside the thirty companions, of 67 publishers."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from smartedu.demo.books import Book
from smartedu.demo.country.lending import nearest_book
from smartedu.demo.country.selection import base_edition
from smartedu.library import reference
from smartedu.library.reference import TextbookFact

EBOOKS = 1_974
PUBLISHERS = 67
LEFT_OUT = ("rdfz-primary", "gxnup")
"""Editions that are not on the shelf: of the one no publisher is known, of the other there is a single book."""


@dataclass(frozen=True)
class ShelfBook:
    """An e-textbook: a real title, who publishes it, and the hand-written book whose companion is shown for it."""

    fact: TextbookFact
    publisher: str
    companion: Book


@cache
def shelf() -> tuple[ShelfBook, ...]:
    """Every e-textbook but the companions, in the order of the curriculum.

    Where a book has a new revision, the old one leaves the shelf, from the first grade up as the new ones came, until
    as many are left as there are to be. The publishers of a joint edition take turns.
    """
    facts = [fact for fact in reference.textbooks() if fact.edition not in LEFT_OUT]
    old = sorted((f for f in facts if f.revision == "old"), key=lambda f: min(f.grades, default=99))
    gone = {fact.title for fact in old[: len(facts) - EBOOKS]}
    turns: Counter[str] = Counter()
    books = []
    for fact in facts:
        if fact.title not in gone:
            houses = reference.tags_by_code()["edition", fact.edition].publisher.split("、")
            books.append(ShelfBook(fact, houses[turns[fact.edition] % len(houses)], _companion(fact)))
            turns[fact.edition] += 1
    return tuple(books)


def _companion(fact: TextbookFact) -> Book:
    return nearest_book(fact.stage, fact.subject, base_edition(fact.edition), min(fact.grades, default=0))
