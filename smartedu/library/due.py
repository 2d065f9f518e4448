"""What a grade has today: for each subject of the day the book most schools use, and the lesson that is due in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from smartedu.library import shelfmarks
from smartedu.library.content import Kind
from smartedu.library.models import Resource, Shelf
from smartedu.rules.taxonomy import FIVE_FOUR, grade_code, parse_volume
from smartedu.rules.teaching_calendar import Calendar, SchoolDay, lesson_at, occasions
from smartedu.rules.term_volumes import FIRST_SENIOR_GRADE, Stretch, stretch_of

FIRST_JUNIOR_GRADE = 7  # in the 6+3 system, which all but two provinces follow
USUAL_EDITIONS = ("unified", "pep")
"""The one edition of Chinese, history and morality, and the one most schools use for the rest."""


@dataclass(frozen=True)
class Due:
    """A lesson of the day: `number` of `book.lesson_count`, from 1."""

    subject: str
    book: Resource
    lesson: Resource
    number: int


def stage_of(grade: int) -> str:
    """The stage of a grade, 1 to 12, in the 6+3 system."""
    return "primary" if grade < FIRST_JUNIOR_GRADE else "junior" if grade < FIRST_SENIOR_GRADE else "senior"


def lessons_due(calendar: Calendar, grade: int, at: SchoolDay) -> list[Due]:
    """The lessons of a grade (1 to 12) on a school day, in the timetable's order; four queries, whatever the library.

    Subjects for which no book of this term has lessons are left out. Of several books the usual edition is taken, the
    new one before the old one.
    """
    times = occasions(calendar, stage_of(grade), at)
    books = _books(grade, set(times))
    places: list[tuple[str, Resource, int]] = []
    for subject, (time, count) in times.items():
        fitting = [
            (book, stretch)
            for book in books
            if shelfmarks.tag(book.subject_id or 0).code == subject
            and (stretch := _stretch(book, grade, at))
            and stretch.lessons(book.lesson_count)
        ]
        if fitting:
            book, stretch = min(fitting, key=lambda one: _usual_first(one[0]))
            lessons = stretch.lessons(book.lesson_count)
            places.append((subject, book, lessons[lesson_at(time, count, len(lessons))]))
    found = _at_places([(book, place) for _, book, place in places])
    return [Due(subject, book, found[book.pk], place + 1) for subject, book, place in places if book.pk in found]


def _books(grade: int, subjects: set[str]) -> list[Resource]:
    """The textbooks with lessons for a grade, of these subjects."""
    shelves = Shelf.objects.filter(kind=Kind.TEXTBOOK, count__gt=0, subject__code__in=subjects).exclude(
        system=FIVE_FOUR
    )
    if grade < FIRST_SENIOR_GRADE:
        shelves = shelves.filter(grades__contains=[grade_code(grade)])
    else:
        shelves = shelves.filter(stage__code="senior")
    books = Resource.objects.published().for_cards().select_related("publisher")
    fitting = books.filter(shelf__in=list(shelves.values_list("pk", flat=True)), lesson_count__gt=0)
    return list(fitting.in_shelf_order())


def _stretch(book: Resource, grade: int, at: SchoolDay) -> Stretch | None:
    volume = shelfmarks.tag_or_none(book.volume_id)
    return stretch_of(parse_volume(volume.name_zh) if volume else None, grade, at.term.half)


def _usual_first(book: Resource) -> tuple[int, bool, int]:
    """A key that puts the book that most schools use first."""
    edition = shelfmarks.tag_or_none(book.edition_id)
    plain = shelfmarks.tag_or_none(edition.base_id) if edition and edition.base_id else edition
    code = plain.code if plain else ""
    rank = USUAL_EDITIONS.index(code) if code in USUAL_EDITIONS else len(USUAL_EDITIONS)
    revision = shelfmarks.tag_or_none(book.revision_id)
    return rank, revision is not None and revision.code == "old", -book.lesson_count


def _at_places(places: Sequence[tuple[Resource, int]]) -> dict[int, Resource]:
    """By book, the lesson at a place (from 0) in it."""
    if not places:
        return {}
    found = [
        Resource.objects.published()
        .filter(textbook=book)
        .order_by("position", "id")
        .values_list("pk", flat=True)[place : place + 1]
        for book, place in places
    ]
    first, *rest = found
    lessons = Resource.objects.for_cards().filter(pk__in=list(first.union(*rest, all=True)))
    return {lesson.textbook_id or 0: lesson for lesson in lessons}
