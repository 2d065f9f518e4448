"""What a sheet says, as plain data for its template: the author's texts never become markup."""

from collections.abc import Sequence
from math import ceil
from typing import Any, TypeVar

from smartedu.demo.books import Book, Exercise, Lesson
from smartedu.demo.sheets.activities import split_activity
from smartedu.demo.sheets.room import board_for, room_for
from smartedu.library import reference
from smartedu.library.content import PartKind
from smartedu.rules.covers import Shape, cover_svg, family_of, hex_of
from smartedu.rules.taxonomy import tidy

NAMES = {
    PartKind.COURSEWARE: "课件",
    PartKind.TEACHING_DESIGN: "教学设计",
    PartKind.TASK_SHEET: "学习任务单",
    PartKind.EXERCISES: "课后练习",
}
DIGITS = "一二三四五六七八九"
T = TypeVar("T")


def share(items: Sequence[T], period: int, periods: int) -> tuple[T, ...]:
    """What falls to a class period (from 1) when `items` are divided in order; earlier periods take the odd ones."""
    start, end = (ceil(len(items) * n / periods) for n in (period - 1, period))
    return tuple(items[start:end])


def shares(lesson: Lesson, numbers: tuple[int, ...], kind: PartKind) -> tuple[tuple[str, ...], tuple[Exercise, ...]]:
    """The tasks and the questions of a sheet for the class periods `numbers`.

    A task sheet has tasks and an exercise sheet questions; a period that none falls to takes of the other, so that
    no sheet is empty. Raises ValueError for a period that the lesson has not.
    """
    of = len(lesson.periods)
    if not numbers or not set(numbers) <= set(range(1, of + 1)):
        raise ValueError(f"{lesson.title}: no class periods {numbers}, there are {of}")
    tasks: tuple[str, ...] = ()
    questions: tuple[Exercise, ...] = ()
    for number in sorted(numbers):
        own_tasks, own_questions = share(lesson.tasks, number, of), share(lesson.exercises, number, of)
        if kind != PartKind.EXERCISES or not own_questions:
            tasks += own_tasks or ((lesson.tasks[-1],) if not own_questions else ())
        if kind != PartKind.TASK_SHEET or not own_tasks:
            questions += own_questions
    return tasks, questions


def say(book: Book, lesson: Lesson, kind: PartKind, numbers: tuple[int, ...]) -> dict[str, Any]:
    """Everything that the template of `kind` prints. Raises KeyError for a subject that the reference has not."""
    subject = reference.tags_by_name()["subject", tidy(book.subject)].code
    hue = family_of(subject).hue
    tasks, questions = shares(lesson, numbers, kind)
    whole = len(numbers) == len(lesson.periods)
    return {
        "name": NAMES[kind],
        "title": lesson.title,
        "period": "" if whole else "、".join(_period(lesson.periods[n - 1], n) for n in numbers),
        "periods": [_period(words, n) for n, words in enumerate(lesson.periods, start=1)],
        "book": book.title,
        "subject": book.subject,
        "edition": book.edition,
        "volume": _volume(book),
        "trail": _trail(book, lesson),
        "position": book.lessons.index(lesson) + 1 if lesson in book.lessons else 1,
        "lessons": len(book.lessons),
        "young": _youth(book),
        "summary": lesson.summary,
        "objectives": lesson.objectives,
        "key": lesson.key_point,
        "hard": lesson.hard_point,
        "steps": [
            {"text": step, "split": split_activity(step), "room": board_for(book, step)} for step in lesson.steps
        ],
        "tasks": [{"text": task, "room": room_for(book, task)} for task in tasks],
        "exercises": [
            {"q": e.q, "a": e.a, "room": room_for(book, e.q), "board": board_for(book, e.q)} for e in questions
        ],
        "knowledge": lesson.knowledge,
        "cover": cover_svg(book.slug, subject, shape=Shape.LYING),
        "art": cover_svg(book.slug, subject, shape=Shape.STANDING),
        "inks": {"deep": hex_of(0.44, 0.1, hue), "grid": hex_of(0.84, 0.045, hue), "tint": hex_of(0.965, 0.014, hue)},
    }


def _period(words: str, number: int) -> str:
    return words if words.startswith("第") else f"第{DIGITS[number - 1]}课时 {words}"


def _volume(book: Book) -> str:
    years = "、".join(f"{DIGITS[grade - 1]}年级" for grade in book.grades)
    return f"{years}{book.volume}"


def _trail(book: Book, lesson: Lesson) -> list[str]:
    """The headings from the chapter down to the lesson's own."""
    keys = lesson.chapter.split(".")
    return [book.chapters[".".join(keys[: n + 1])] for n in range(len(keys))]


def _youth(book: Book) -> int:
    """How large the type must be: 2 for those who begin to read, 1 in the later primary grades, else 0."""
    if book.stage == "special" or (book.grades and max(book.grades) <= 2):
        return 2
    return 1 if book.stage == "primary" else 0
