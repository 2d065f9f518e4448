"""What a lesson without sheets of its own shows: those of the hand-written lesson that is nearest to it, and a film
where one of the twelve speaks of its topic. The titles of such parts say whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from smartedu.demo.books import Book, Lesson, books
from smartedu.demo.chance import lot
from smartedu.demo.country.selection import base_edition, spot_of_book

STAGES = ("primary", "junior", "senior")
FILM_TOPICS = (
    ("pythagoras", ("maths",), ("勾股定理",)),
    ("photosynthesis", ("biology", "science"), ("光合作用",)),
    ("fractions", ("maths",), ("几分之一", "分数的初步认识")),
    ("quiet-night", ("chinese",), ("静夜思",)),
    ("buoyancy", ("physics",), ("阿基米德原理", "浮力的大小", "浮力")),
    ("seasons", ("geography", "science"), ("地球公转", "地球的公转", "四季的形成", "四季变化", "四季成因")),
    ("conservation-of-mass", ("chemistry",), ("质量守恒",)),
    ("monotonic", ("maths",), ("函数的单调性", "函数单调性", "单调区间")),
    ("what-time", ("english",), ("What time is it", "询问时间", "时间表达")),
    ("silk-road", ("history",), ("丝绸之路", "张骞")),
    ("three-four-time", ("music",), ("三拍子", "四三拍", "3/4拍", "强弱规律")),
    ("projectile", ("physics",), ("平抛运动",)),
)
"""Film, the subjects it is for, and what a title or knowledge point must name."""
FILM_STAGES = {"monotonic": "senior", "fractions": "primary", "quiet-night": "primary", "what-time": "primary"}
"""A film that would be too hard or too easy elsewhere, and its stage."""


@dataclass(frozen=True)
class Lender:
    """A hand-written lesson, its place, and its words in pairs of signs."""

    book: Book
    lesson: Lesson
    position: int
    subject: str
    pairs: frozenset[str]


@cache
def lenders() -> tuple[Lender, ...]:
    """Every hand-written lesson."""
    return tuple(
        Lender(book, lesson, position, spot_of_book(book)[2], _pairs(lesson.title, lesson.knowledge))
        for book in books()
        for position, lesson in enumerate(book.lessons, start=1)
    )


@cache
def nearest(stage: str, subject: str, title: str, knowledge: tuple[str, ...]) -> Lender:
    """The hand-written lesson that says most of the same: of subject and stage, else of the subject, else of the
    stage. Where nothing is the same, the lot decides, so that not one lesson lends to all."""
    words = _pairs(title, knowledge)
    near = _near(stage, subject)
    best = max(near, key=lambda lender: len(words & lender.pairs) / len(words | lender.pairs))
    return best if words & best.pairs else near[lot(title) % len(near)]


@cache
def nearest_book(stage: str, subject: str, edition: str, grade: int) -> Book:
    """The hand-written book that is nearest to a place of the curriculum: in grade (0 where there is none), and of the
    same base edition among those equally near."""
    near = {lender.book.slug: lender.book for lender in _near(stage, subject)}
    return min(
        near.values(),
        key=lambda book: (
            min((abs(grade - g) for g in book.grades), default=0),
            base_edition(spot_of_book(book)[3]) != edition,
        ),
    )


@cache
def _near(stage: str, subject: str) -> tuple[Lender, ...]:
    everyone = [lender for lender in lenders() if lender.book.stage in STAGES]
    same = [lender for lender in everyone if lender.subject == subject]
    if same and stage in STAGES:
        away = {s: abs(STAGES.index(s) - STAGES.index(stage)) for s in STAGES}
        closest = min(away[lender.book.stage] for lender in same)
        return tuple(lender for lender in same if away[lender.book.stage] == closest)
    return tuple(lender for lender in everyone if lender.book.stage == stage) or tuple(everyone)


def film_for(stage: str, subject: str, title: str, knowledge: Sequence[str]) -> str:
    """The film that speaks of the topic; "" for most lessons."""
    said = (title, *knowledge)
    for film, subjects, words in FILM_TOPICS:
        fits = subject in subjects and FILM_STAGES.get(film, stage) == stage
        if fits and any(word in text for word in words for text in said):
            return film
    return ""


def _pairs(title: str, knowledge: Sequence[str]) -> frozenset[str]:
    return frozenset(text[i : i + 2] for text in (title, *knowledge) for i in range(max(len(text) - 1, 1)))
