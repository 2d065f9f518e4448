"""The study companions: one a book, found as e-textbooks, each a whole accessible PDF with bookmarks."""

import ctypes
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from smartedu.demo.books import Book, Exercise, books
from smartedu.demo.ebooks import keep_ebook, make_ebook, media_code, publish_ebooks
from smartedu.demo.sheets.booklet import make_booklet, say_booklet
from smartedu.library import browsing, queries
from smartedu.library.content import Kind
from smartedu.library.models import MediaFile, MediaState, Resource
from smartedu.rules.taxonomy import View
from tests.library.makers import Maker

MARKUP = "#panic(1) $x^2 *bold _low `code` <label> @reference // comment \\ = [a] #let d = 1"
ANSWERS = "参考答案"


def book(slug: str) -> Book:
    return next(book for book in books() if book.slug == slug)


def texts_of(pdf: Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_every_book_has_a_companion_that_the_browser_finds(make: Maker, at: datetime) -> None:
    assert publish_ebooks(at=at) == 30
    browsed = browsing.browse(View.E_TEXTBOOKS, {})
    levels, found = browsed.levels, browsed.books
    assert levels[0].dimension == "stage"
    assert {resource.source_id for resource in found} == {media_code(each) for each in books()}
    assert {resource.column.code for resource in found} == {"e-textbooks"}
    assert len({resource.title for resource in found}) == 30
    assert MediaFile.objects.filter(code__startswith="ebook-", state=MediaState.WAITING).count() == 30


def test_a_companion_stands_where_its_book_stands(make: Maker, at: datetime) -> None:
    publish_ebooks(at=at)
    picked = {"stage": "junior", "subject": "maths", "edition": "pep", "grade": "grade-8", "volume": "volume-2"}
    found = browsing.browse(View.E_TEXTBOOKS, picked).books
    assert [resource.title for resource in found] == ["初中数学人教版八年级下册 学习手册"]
    reading = queries.reading(found[0].code, [Kind.E_TEXTBOOK])
    assert reading.content.licence == "cc-by-sa-4.0"
    assert reading.content.title_en.endswith(": study companion")
    assert reading.media["ebook-junior-maths-8b-pep"].content_type == "application/pdf"


def test_publishing_again_changes_nothing(make: Maker, at: datetime) -> None:
    publish_ebooks(at=at)
    publish_ebooks(at=at)
    assert {resource.versions.count() for resource in Resource.objects.of_kind(Kind.E_TEXTBOOK)} == {1}


def test_a_companion_is_made_once_and_put_into_the_media(make: Maker, at: datetime, tmp_path: Path) -> None:
    maths, media = book("junior-maths-8b-pep"), tmp_path / "media"
    assert not keep_ebook(maths, tmp_path, media, at=at)
    publish_ebooks(at=at)
    assert keep_ebook(maths, tmp_path, media, at=at)
    assert not keep_ebook(maths, tmp_path, media, at=at)
    file = MediaFile.objects.get(code=media_code(maths))
    assert (file.state, file.name) == (MediaState.READY, "book.pdf")
    assert file.pages > 20
    assert (media / file.path).stat().st_size == file.bytes


def test_every_companion_is_a_booklet_of_a_fair_size(tmp_path: Path) -> None:
    target = tmp_path / "book.pdf"
    for each in books():
        pages = make_ebook(each, target)
        assert 20 <= pages <= 45, each.slug
        assert target.stat().st_size < 1_000_000
        with pypdfium2.PdfDocument(target) as document:
            marks = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
            assert len(document) == pages
        levels, named, at_pages = zip(*marks, strict=True)
        # Cover, preface and contents have a page each.
        assert at_pages[:2] == (1, 3), each.slug
        assert list(at_pages) == sorted(at_pages)
        assert (named[0], named[-1]) == ("写在前面", ANSWERS)
        tops = [name for level, name in zip(levels, named, strict=True) if level == 0]
        assert tops[1:-1] == [node.title for node in each.tree()], each.slug


def test_every_lesson_says_all_that_a_pupil_needs_and_no_answer_before_the_end(tmp_path: Path) -> None:
    english, target = book("primary-english-4b-pep"), tmp_path / "book.pdf"
    make_ebook(english, target)
    pages = texts_of(target)
    end = next(n for n, text in enumerate(pages) if text.lstrip().startswith(ANSWERS))
    flat = ["".join(text.split()) for text in pages]
    body, answers = "".join(flat[3:end]), "".join(flat[end:])
    for lesson in english.lessons:
        for words in (
            lesson.title,
            lesson.key_point,
            *lesson.objectives,
            *lesson.tasks,
            *(e.q for e in lesson.exercises),
        ):
            assert "".join(words.split())[:20] in body, (lesson.title, words)
        for exercise in lesson.exercises:
            if len(exercise.a) > 20:
                assert "".join(exercise.a.split())[:12] in answers, (lesson.title, exercise.a)


def test_a_companion_says_what_it_is_to_those_who_cannot_see_it(tmp_path: Path) -> None:
    biology, target = book("junior-biology-7a-pep"), tmp_path / "book.pdf"
    make_ebook(biology, target)
    with pypdfium2.PdfDocument(target) as document:
        assert document.get_metadata_dict()["Title"] == "初中生物学人教版七年级上册 学习手册"
        assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
        size = pypdfium2.raw.FPDFCatalog_GetLanguage(document, None, 0)
        language = ctypes.create_string_buffer(size)
        pypdfium2.raw.FPDFCatalog_GetLanguage(document, ctypes.cast(language, ctypes.POINTER(ctypes.c_ushort)), size)
        assert language.raw.decode("utf-16-le").startswith("zh")
    assert b"pdfuaid" in target.read_bytes()


def test_marks_of_the_typesetter_in_a_text_are_only_text(tmp_path: Path) -> None:
    chinese, target = book("primary-chinese-1b-unified"), tmp_path / "book.pdf"
    first = msgspec.structs.replace(
        chinese.lessons[0], title=MARKUP, key_point=MARKUP, tasks=(MARKUP,), exercises=(Exercise(MARKUP, MARKUP),)
    )
    marked = msgspec.structs.replace(
        chinese,
        title=MARKUP,
        summary=MARKUP,
        lessons=(first, *chinese.lessons[1:]),
        chapters=chinese.chapters | {"1": MARKUP},
    )
    make_booklet(marked, target, seed="a")
    texts = texts_of(target)
    assert all("#panic(1)" in texts[n] for n in (0, 1, 2, 3, 4))
    assert "#panic(1)" in texts[-1] + texts[-2]


def test_the_same_book_gives_the_same_bytes_and_another_seed_another_cover(tmp_path: Path) -> None:
    first, files = books()[0], [tmp_path / f"{n}.pdf" for n in range(3)]
    for file, seed in zip(files, ("a", "a", "b"), strict=True):
        make_booklet(first, file, seed=seed)
    assert files[0].read_bytes() == files[1].read_bytes() != files[2].read_bytes()


@pytest.mark.parametrize("each", books(), ids=lambda each: each.slug)
def test_every_lesson_stands_once_and_opens_only_what_is_its_own(each: Book) -> None:
    said = say_booklet(each, "a")["lessons"]
    assert len(said) == len(each.lessons)
    opened = [heading["title"] for lesson in said for heading in lesson["opens"]]
    used = {".".join(lesson.chapter.split(".")[: n + 1]) for lesson in each.lessons for n in range(4)}
    pairs = zip(said, each.lessons, strict=True)
    merged = [told["title"] for told, lesson in pairs if told["level"] == lesson.chapter.count(".") + 1]
    assert sorted(opened + merged) == sorted(each.chapters[key] for key in used if key in each.chapters)
    for before, after in pairwise(said):
        levels = [before["level"], *(heading["level"] for heading in after["opens"]), after["level"]]
        # A reader who goes by headings never falls down two steps at once.
        assert all(b - a <= 1 for a, b in pairwise(levels))
