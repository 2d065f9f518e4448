"""The study companion of a book: every lesson with room to work in, and the answers at the end."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pypdfium2
import typst

from smartedu.demo.books import Book, Lesson
from smartedu.demo.sheets.press import ACCESSIBLE, _fonts, _one_at_a_time
from smartedu.demo.sheets.room import Room
from smartedu.demo.sheets.words import say
from smartedu.library import reference
from smartedu.library.content import ChapterNode, PartKind
from smartedu.rules.covers import cover_svg
from smartedu.rules.taxonomy import tidy

NAME = "学习手册"


def make_booklet(book: Book, target: Path, *, seed: str) -> int:
    """Typeset the companion of `book` as PDF/UA-1 into `target`; returns its pages.

    `seed` draws the cover: the code of the published resource, so that the file looks as its page does. The same
    arguments give the same bytes. Raises typst.TypstError, with the text in question, where the fonts lack a
    character.
    """
    words = json.dumps(say_booklet(book, seed), ensure_ascii=False)
    with _one_at_a_time:
        pdf = _compiler().compile(sys_inputs={"sheet": words}, format="pdf", pdf_standards=[ACCESSIBLE])
        assert isinstance(pdf, bytes)
        target.write_bytes(pdf)
        with pypdfium2.PdfDocument(pdf) as document:
            return len(document)


def say_booklet(book: Book, seed: str) -> dict[str, Any]:
    """Everything that the booklet prints, as plain data. Raises KeyError for a subject that the reference has not."""
    subject = reference.tags_by_name()["subject", tidy(book.subject)].code
    told = _told(book)
    common = ("book", "subject", "young", "inks")
    return {name: told[0][name] for name in common} | {
        "title": f"{book.title} {NAME}",
        "name": NAME,
        "period": "",
        "mark": book.revision,
        "knowledge": [book.subject, book.edition, told[0]["volume"], NAME],
        "summary": book.summary,
        "cover": cover_svg(seed, subject),
        "unwritten": _unwritten(book),
        "lessons": told,
        "counts": {
            "tasks": sum(len(lesson.tasks) for lesson in book.lessons),
            "exercises": sum(len(lesson.exercises) for lesson in book.lessons),
        },
    }


def _told(book: Book) -> list[dict[str, Any]]:
    """The lessons in the order of the chapter tree, each with the headings that begin with it."""
    told: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = []

    def walk(node: ChapterNode, level: int) -> None:
        own = [lesson for lesson in book.lessons if lesson.chapter == node.key]
        heading = {"level": level, "title": node.title}
        # A heading that says what its only lesson says stands once, as the lesson's.
        same = len(own) == 1 and not node.children and node.title.endswith(own[0].title)
        if not same:
            waiting.append(heading)
        for lesson in own:
            title = node.title if same else lesson.title
            told.append(_lesson(book, lesson, title, tuple(waiting), level if same else level + 1))
            waiting.clear()
        for child in node.children:
            walk(child, level + 1)
        # A heading without lessons opens nothing.
        if heading in waiting:
            waiting.remove(heading)

    for node in book.tree():
        walk(node, 1)
    return told


def _lesson(book: Book, lesson: Lesson, title: str, opens: tuple[dict[str, Any], ...], level: int) -> dict[str, Any]:
    # What the teaching design says holds all that is told of a lesson, with the grounds to write on.
    said = say(book, lesson, PartKind.TEACHING_DESIGN, tuple(range(1, len(lesson.periods) + 1)))
    del said["cover"], said["art"], said["steps"]
    if book.stage == "special":
        # Who does not write yet draws or sticks something in.
        for asked in (*said["tasks"], *said["exercises"]):
            asked["room"] = Room.FRAME
    return said | {"title": title, "opens": opens, "level": level}


def _unwritten(book: Book) -> int:
    """How many of the smallest sections have no lesson of their own, nor one under the heading above."""
    taught = {lesson.chapter for lesson in book.lessons}
    parents = {key.rpartition(".")[0] for key in book.chapters}
    return sum(key not in parents and not {key, key.rpartition(".")[0]} & taught for key in book.chapters)


@cache
def _compiler() -> typst.Compiler:
    templates = Path(str(files("smartedu.demo.sheets").joinpath("templates")))
    return typst.Compiler(templates / "booklet.typ", root=templates, font_paths=_fonts(), ignore_system_fonts=True)
