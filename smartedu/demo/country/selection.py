"""Which of the real textbooks have lessons in the demonstration country: whole series, 452 books of 19 editions.

A book of «人教版（PEP）（主编：吴欣）» counts to its base edition 人教版, as the reference says by `TagFact.base`.
"""

from dataclasses import dataclass
from functools import cache

from smartedu.demo.books import Book, books
from smartedu.library import reference
from smartedu.library.reference import TextbookFact
from smartedu.rules.taxonomy import FIVE_FOUR, SIX_THREE, tidy

SERIES = (
    ("primary", SIX_THREE, "chinese", "unified"),
    ("primary", SIX_THREE, "morality", "unified"),
    ("primary", SIX_THREE, "maths", "pep bnup jsep qingdao"),
    ("primary", SIX_THREE, "english", "pep-english-wu-xin fltrp-chen-lin yilin-from-3"),
    ("primary", SIX_THREE, "science", "esph jsep pep-hubep"),
    ("primary", SIX_THREE, "music", "pmph-wu-bin jsjv"),
    ("primary", SIX_THREE, "fine-arts", "pfah-yang-li hnfa"),
    ("primary", FIVE_FOUR, "maths", "qingdao"),
    ("junior", SIX_THREE, "chinese", "unified"),
    ("junior", SIX_THREE, "history", "unified"),
    ("junior", SIX_THREE, "morality", "unified"),
    ("junior", SIX_THREE, "maths", "pep bnup hunep ecnup jsst hebep"),
    ("junior", SIX_THREE, "english", "pep fltrp yilin bnup"),
    ("junior", SIX_THREE, "physics", "pep jsst"),
    ("junior", SIX_THREE, "chemistry", "pep sdep"),
    ("junior", SIX_THREE, "biology", "pep bnup jsep jsst"),
    ("junior", SIX_THREE, "geography", "pep hunep"),
    ("junior", SIX_THREE, "music", "pmph-wu-bin jsjv hnla"),
    ("junior", SIX_THREE, "fine-arts", "pep pfah-chang-ruilun-ou-jinghai hnfa"),
    ("junior", FIVE_FOUR, "maths", "sdep"),
    ("senior", "", "chinese", "unified"),
    ("senior", "", "history", "unified"),
    ("senior", "", "politics", "unified"),
    ("senior", "", "maths", "pep-a bnup jsep hunep"),
    ("senior", "", "english", "pep bnup"),
    ("senior", "", "physics", "pep esph"),
    ("senior", "", "chemistry", "pep jsep"),
    ("senior", "", "biology", "pep bnup"),
    ("senior", "", "geography", "pep hunep"),
    ("senior", "", "it", "esph"),
    ("senior", "", "technology", "jsep"),
)
"""Stage, system, subject and editions of every series: the main subjects, in the editions most schools use."""


Spot = tuple[str, str, str, str, str, str, tuple[int, ...]]


@dataclass(frozen=True)
class Chosen:
    """A book with lessons: a real title (`fact`), or one of the thirty written by hand (`own`), or both."""

    title: str
    fact: TextbookFact | None
    own: Book | None


def catalogue_name(book: Book) -> str:
    """The title as the national catalogue lists it: new editions beside old ones bear a mark in front."""
    return f"新教材-{book.title}" if book.revision == "新教材" else book.title


@cache
def chosen() -> tuple[Chosen, ...]:
    """The books with lessons in the order of the curriculum; a hand-written one of no real place comes last."""
    own = {catalogue_name(book): book for book in books()}
    spots = {spot_of_book(book): name for name, book in own.items()}
    wanted = {
        (stage, system, subject, edition) for stage, system, subject, editions in SERIES for edition in editions.split()
    }
    real = []
    for fact in reference.textbooks():
        name = fact.title if fact.title in own else spots.get(spot_of_fact(fact), "")
        book = own.pop(name, None)
        if book is not None or (fact.stage, fact.system, fact.subject, fact.edition) in wanted:
            real.append(Chosen(catalogue_name(book) if book else fact.title, fact, book))
    return (*real, *(Chosen(catalogue_name(book), None, book) for book in own.values()))


def spot_of_fact(fact: TextbookFact) -> Spot:
    """Where a title stands, for books that the catalogue lists under a longer name than ours.

    Senior books are told apart by volume alone: the catalogue gives some of them a grade.
    """
    grades = () if fact.stage == "senior" else fact.grades
    return (fact.stage, fact.system, fact.subject, fact.edition, fact.volume, fact.revision, grades)


def spot_of_book(book: Book) -> Spot:
    """Where a hand-written book stands. Raises KeyError where it names a tag that the reference has not."""
    tags = reference.tags_by_name()

    def code(dimension: str, name: str) -> str:
        return tags[dimension, tidy(name)].code if name else ""

    return (
        book.stage,
        book.system,
        code("subject", book.subject),
        code("edition", book.edition),
        code("volume", book.volume),
        code("revision", book.revision),
        book.grades,
    )


def base_edition(code: str) -> str:
    """The plain edition of an edition: «pep» for «pep-english-wu-xin»."""
    tag = reference.tags_by_code()["edition", code]
    return tag.base or tag.code
