"""The lessons that are planned from vocabularies, as they are published: with sheets and films lent by others."""

from collections.abc import Iterator, Mapping

from smartedu.demo.books import Book
from smartedu.demo.catalogue import SUBJECT_EDUCATIONS, film_captions, parts_of
from smartedu.demo.country import PlannedBook, PlannedLesson
from smartedu.demo.films import FILMS
from smartedu.demo.handing import DEMO
from smartedu.demo.titles import code_of, place_of
from smartedu.library import reference
from smartedu.library.actions import Publication
from smartedu.library.content import (
    Audience,
    Content,
    Education,
    LessonPackage,
    Part,
    PartKind,
    Period,
    Placement,
)
from smartedu.library.models import Resource
from smartedu.rules.taxonomy import course_column

LENT = {
    PartKind.COURSEWARE: "示范课件",
    PartKind.TEACHING_DESIGN: "示范教学设计",
    PartKind.TASK_SHEET: "示范任务单",
    PartKind.EXERCISES: "示范练习",
}
"""What a lent sheet is called; the lesson it was made for follows."""
FILMS_BY_NAME = {film.slug: film for film in FILMS}
STAGES = {"primary": "小学", "junior": "初中", "senior": "高中"}


def lesson_publications(book: PlannedBook, taken: Mapping[str, Resource]) -> Iterator[Publication]:
    """Every lesson of a planned book; `taken` are the textbooks that came from elsewhere, by title."""
    place, code = place_of(book.fact), code_of(book.fact.title, taken)
    for lesson in book.lessons:
        yield Publication(DEMO, lesson_id(book, lesson), planned_content(lesson, place, code))


def lesson_id(book: PlannedBook, lesson: PlannedLesson) -> str:
    """The name of a planned lesson at its source."""
    return f"{book.fact.title}/{lesson.title}"


def planned_content(lesson: PlannedLesson, place: Placement, textbook: str) -> Content:
    """A planned lesson as it is published under the textbook of that code."""
    film = FILMS_BY_NAME.get(lesson.film)
    return Content(
        title=lesson.title,
        body=LessonPackage(
            textbook=textbook,
            chapter=lesson.chapter,
            position=lesson.position,
            periods=tuple(Period(n, title) for n, title in enumerate(lesson.periods, start=1)),
            parts=lent_parts(lesson, place),
            objectives=lesson.objectives,
            knowledge=lesson.knowledge,
        ),
        column=course_column(place.stage, place.system),
        provider=lesson.provider,
        licence="cc-by-sa-4.0",
        summary=lesson.summary,
        placement=place,
        credits=lesson.credits,
        educations=(SUBJECT_EDUCATIONS.get(place.subject, Education.INTELLECTUAL),),
        audience=(Audience.STUDENT, Audience.TEACHER),
        length_seconds=round(film.seconds) if film else 0,
    )


def lent_parts(lesson: PlannedLesson, place: Placement) -> tuple[Part, ...]:
    """The sheets of the nearest hand-written lesson and a film on the topic, each saying whose it is.

    They serve the whole package: what they were made for has class periods of its own.
    """
    parts = []
    if lesson.film:
        media = f"film-{lesson.film}"
        name = f"示范视频：《{FILMS_BY_NAME[lesson.film].title_zh}》"
        parts.append(Part("video", PartKind.VIDEO, name, media, (1,), film_captions(media)))
    lender = lesson.lender
    near = (lender.book.stage, lender.subject) == (place.stage, place.subject)
    title = lender.lesson.title
    whose = title if "《" in title else f"《{title}》"
    whose += "" if near else f"（{course_name(lender.book, lender.subject)}）"
    for kind in lesson.sheets:
        own = next(p for p in parts_of(lender.book, lender.lesson, lender.position) if p.kind == kind)
        parts.append(Part(kind, own.kind, f"{LENT[own.kind]}：{whose}", own.media))
    return tuple(parts)


def course_name(book: Book, subject: str) -> str:
    """«高中数学»: where a lent sheet comes from, when that is another stage or subject."""
    return f"{STAGES.get(book.stage, '')}{reference.tags_by_code()['subject', subject].name_zh}"
