"""The reader's page: which file it opens, what it offers without scripts, and what it is not there for."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from smartedu.library.actions import Published, withdraw_version
from smartedu.library.actions.media import Announcement, announce_media, fail_media, store_media
from smartedu.library.content import Document, ETextbook, Part, PartKind
from tests.library.makers import GRADE_8_MATHS, Maker

TYPES = {"pdf": "application/pdf", "pptx": "application/vnd.ms-powerpoint"}


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture(autouse=True)
def files(make: Maker, tmp_path: Path, settings: Any) -> None:
    """Two PDFs and a presentation that are there, and a PDF that is still being made."""
    settings.MEDIA_ROOT = tmp_path
    announce_media([Announcement("later", "application/pdf", "later.pdf")], at=make.at)
    for name in ("book.pdf", "task.pdf", "slides.pptx"):
        code, _, ending = name.partition(".")
        announce_media([Announcement(code, TYPES[ending], name, pages=12)], at=make.at)
        (tmp_path / name).write_bytes(code.encode() * 500)
        store_media(code, tmp_path / name, tmp_path, at=make.at)


def e_textbook(make: Maker, source: str = "e-book", media: str = "book", **facts: Any) -> Published:
    body = ETextbook("人民教育出版社", media, 12)
    return make.article(source, body=body, title="数学八年级下册", title_en="Maths 8", placement=GRADE_8_MATHS, **facts)


def lesson(make: Maker) -> Published:
    parts = (
        Part("task", PartKind.TASK_SHEET, "学习任务单", "task"),
        Part("slides", PartKind.COURSEWARE, "课件", "slides"),
    )
    return make.lesson(make.textbook(), parts=parts)


def read(visitor: Client, made: Published, query: str = "", language: str = "zh") -> str:
    response = visitor.get(f"/{language}/read/{made.resource.code}{query}")
    assert response.status_code == 200
    return response.content.decode()


def opened(page: str) -> tuple[str, str] | None:
    """The file that scripts open, and what the device remembers its place under."""
    found = re.search(r'data-reader data-file="([^"]+)" data-key="([^"]+)"', page)
    return (found[1], found[2]) if found else None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_book_is_opened_and_offered_without_scripts_too(visitor: Client, make: Maker, language: str) -> None:
    made = e_textbook(make)
    page = read(visitor, made, language=language)
    found = opened(page)
    assert found
    assert re.fullmatch(r"/media/.+\.pdf", found[0])
    assert f'<a class="button button--main" href="{found[0]}"' in page
    assert f'download="{"数学八年级下册" if language == "zh" else "Maths 8"}.pdf"' in page
    assert f'href="/{language}/resources/{made.resource.code}"' in page  # the way back
    assert page.count("<h1") == 1


def test_a_new_version_is_another_book_to_the_device(visitor: Client, make: Maker) -> None:
    first = opened(read(visitor, e_textbook(make)))
    second = opened(read(visitor, e_textbook(make, media="task")))
    assert first
    assert second
    assert first[1] != second[1]


def test_a_sheet_of_a_lesson_is_read_under_its_own_name(visitor: Client, make: Maker) -> None:
    made = lesson(make)
    page = read(visitor, made, "?part=task")
    assert opened(page)
    assert "勾股定理的发现与证明 · 学习任务单" in page
    assert f'href="/zh/lessons/{made.resource.code}"' in page


def test_a_document_is_read(visitor: Client, make: Maker) -> None:
    assert opened(read(visitor, make.article("paper", body=Document("task"))))


def test_what_is_being_made_or_failed_says_so_and_opens_nothing(visitor: Client, make: Maker) -> None:
    made = e_textbook(make, media="later")
    page = read(visitor, made, language="en")
    assert opened(page) is None
    assert "This file is being made" in page
    assert "/media/" not in page
    fail_media("later", "broken", at=make.at)
    assert "has to send it again" in read(visitor, made, language="en")


def test_there_is_no_reader_for_what_is_no_pdf(visitor: Client, make: Maker) -> None:
    code = lesson(make).resource.code
    article = make.article().resource.code
    book = e_textbook(make).resource.code
    for address in (
        code, f"{code}?part=slides", f"{code}?part=moon", f"{code}?part=", f"{code}?part=%00", article,
        f"{book}?part=task", "0000000000",
    ):  # fmt: skip
        assert visitor.get(f"/zh/read/{address}").status_code == 404, address


def test_what_was_withdrawn_is_not_read_on(visitor: Client, make: Maker) -> None:
    made = e_textbook(make)
    withdraw_version(made.resource.code, by=None, at=make.at, reason="过时")
    assert visitor.get(f"/zh/read/{made.resource.code}").status_code == 410


def test_the_page_bears_the_book_and_its_file(visitor: Client, make: Maker) -> None:
    made = lesson(make)
    response = visitor.get(f"/zh/read/{made.resource.code}?part=task&fbclid=1")
    book = made.resource.textbook
    assert book is not None
    assert set(response["X-Page-Keys"].split()) == {
        f"resource:{made.resource.code}", f"resource:{book.code}", "media:task",
    }  # fmt: skip
    assert response["X-Page-Query"] == "part"
    assert "fbclid" not in response.content.decode()


def test_the_page_costs_the_same_queries_for_a_book_and_a_sheet(
    visitor: Client, make: Maker, django_assert_max_num_queries: Any
) -> None:
    book, sheet = e_textbook(make), lesson(make)
    read(visitor, book)
    for made, query in ((book, ""), (sheet, "?part=task")):
        with django_assert_max_num_queries(2):
            read(visitor, made, query)


def test_nothing_a_book_brings_along_may_run(visitor: Client, make: Maker) -> None:
    policy = visitor.get(f"/zh/read/{e_textbook(make).resource.code}")["Content-Security-Policy"]
    scripts = next(rule for rule in policy.split(";") if rule.strip().startswith("script-src"))
    assert scripts.strip() == "script-src 'self'"
    assert "object-src 'none'" in policy
