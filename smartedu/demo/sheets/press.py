"""Typesetting: one compiler a kind of sheet, kept as long as the process lives."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Literal

import pylopdf_fonts_zh_cn as fonts
import pypdfium2
import typst

from smartedu.demo.books import Book, Lesson
from smartedu.demo.sheets.words import say
from smartedu.library.content import PartKind

ACCESSIBLE: Literal["ua-1"] = "ua-1"
"""PDF/UA-1 (ISO 14289-1): tags, title, language - and a refusal where a character has no glyph."""
_one_at_a_time = Lock()
"""Neither a compiler nor PDFium may be used by two threads at once."""


def make_sheet(book: Book, lesson: Lesson, kind: PartKind, periods: tuple[int, ...], target: Path) -> int:
    """Typeset the sheet of `kind` for the class periods `periods` (from 1) as PDF into `target`; returns its pages.

    The same arguments give the same bytes. Raises ValueError for a video or a period that the lesson has not, and
    typst.TypstError, with the text in question, where the fonts lack a character.
    """
    if kind == PartKind.VIDEO:
        raise ValueError(f"{lesson.title}: a video is no sheet")
    words = json.dumps(say(book, lesson, kind, periods), ensure_ascii=False)
    with _one_at_a_time:
        pdf = _compiler(kind).compile(sys_inputs={"sheet": words}, format="pdf", pdf_standards=[ACCESSIBLE])
        assert isinstance(pdf, bytes)
        target.write_bytes(pdf)
        with pypdfium2.PdfDocument(pdf) as document:
            return len(document)


@cache
def _compiler(kind: PartKind) -> typst.Compiler:
    templates = Path(str(files("smartedu.demo.sheets").joinpath("templates")))
    return typst.Compiler(templates / f"{kind}.typ", root=templates, font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _fonts() -> typst.Fonts:
    """Only fonts that come with packages, so that a sheet looks the same on every machine."""
    folder = str(fonts.sans_path().parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
