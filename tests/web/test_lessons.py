"""The lesson's page: what can be watched, looked at and taken home, and where the lesson stands."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.test import Client

from smartedu.library.actions import Published, withdraw_version
from smartedu.library.actions.media import Announcement, announce_media, fail_media, store_media
from smartedu.library.content import Caption, Part, PartKind, Period
from smartedu.library.media.packages import Manifest
from tests.library.makers import GRADE_8_MATHS, Maker

PARTS = (
    Part("task", PartKind.TASK_SHEET, "学习任务单", "task", (1,)),
    Part("slides", PartKind.COURSEWARE, "课件", "slides"),
)
FILM = Part("video", PartKind.VIDEO, "视频课程", "film", (1,), (Caption("zh", "film-zh"),))
TYPES = {".pdf": "application/pdf", ".mp4": "video/mp4", ".vtt": "text/vtt", ".pptx": "application/vnd.ms-powerpoint"}
Ready = Callable[..., None]


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def ready(make: Maker, tmp_path: Path, settings: Any) -> Ready:
    """Stores files by code and name; announces the others, which stay in the making."""
    settings.MEDIA_ROOT = tmp_path

    def store(waiting: tuple[str, ...] = (), **files: str) -> None:
        names = {code: f"{code}.pdf" for code in waiting} | files
        announced = [Announcement(code, TYPES[Path(name).suffix], name, pages=2) for code, name in names.items()]
        announce_media(announced, at=make.at)
        for code, name in files.items():
            (tmp_path / name).write_bytes(b"WEBVTT\n" if name.endswith(".vtt") else code.encode() * 500)
            store_media(code, tmp_path / name, tmp_path, at=make.at)

    return store


def page_of(visitor: Client, lesson: Published, language: str = "zh", version: str = "") -> str:
    response = visitor.get(f"/{language}/lessons/{lesson.resource.code}{version}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_sheet_is_looked_at_in_the_reader_and_saved_under_its_own_name(
    visitor: Client, make: Maker, ready: Ready
) -> None:
    ready(task="t.pdf", slides="s.pptx")
    lesson = make.lesson(make.textbook(), parts=PARTS)
    page = page_of(visitor, lesson)
    assert f'href="/zh/read/{lesson.resource.code}?part=task"' in page
    assert 'download="勾股定理的发现与证明 学习任务单.pdf"' in page
    assert "part=slides" not in page  # slides are no PDF: they are taken home
    assert 'download="勾股定理的发现与证明 课件.pptx"' in page


def test_a_lesson_without_a_film_has_a_cover_and_no_player(visitor: Client, make: Maker, ready: Ready) -> None:
    ready(task="t.pdf", slides="s.pdf")
    page = page_of(visitor, make.lesson(make.textbook(), parts=PARTS))
    assert "opening__picture" in page
    assert 'data-controller="player"' not in page
    assert page.index("opening__picture") < page.index('id="sheets"')


def test_the_zip_says_whether_it_is_the_whole_lesson(visitor: Client, make: Maker, ready: Ready) -> None:
    ready(waiting=("slides",), task="t.pdf")
    lesson = make.lesson(make.textbook(), parts=PARTS)
    page = page_of(visitor, lesson)
    assert f'href="/packages/{lesson.resource.code}.zip"' in page
    assert "打包下载已就绪的资料" in page
    ready(slides="s.pdf")
    assert "整课打包下载" in page_of(visitor, lesson)


def test_there_is_no_zip_of_nothing(visitor: Client, make: Maker, ready: Ready) -> None:
    ready(waiting=("task", "slides"))
    assert "/packages/" not in page_of(visitor, make.lesson(make.textbook(), parts=PARTS))


def test_a_part_that_failed_says_so_and_offers_nothing(visitor: Client, make: Maker, ready: Ready) -> None:
    ready(waiting=("task",), slides="s.pdf")
    fail_media("task", "no fonts", at=make.at)
    page = page_of(visitor, make.lesson(make.textbook(), parts=PARTS), "en")
    assert "This file could not be made" in page
    assert "part=task" not in page


def test_an_old_version_opens_its_own_sheets_and_offers_no_zip(visitor: Client, make: Maker, ready: Ready) -> None:
    ready(task="t.pdf", slides="s.pdf")
    book = make.textbook()
    make.lesson(book, parts=PARTS)
    lesson = make.lesson(book, parts=PARTS, summary="改过的简介。")
    old = page_of(visitor, lesson, version="/v/1")
    assert "/packages/" not in old
    assert "/zh/read/" not in old  # the reader shows the current version
    assert "/task.pdf" in old or "/t.pdf" in old


def test_the_page_says_where_the_lesson_stands(visitor: Client, make: Maker) -> None:
    book = make.textbook()
    lessons = [make.lesson(book, str(n), title=f"课 {n}", position=n) for n in (1, 2, 3)]
    page = page_of(visitor, lessons[1])
    assert "第 2 课，共 3 课" in page
    assert "Lesson 2 of 3" in page_of(visitor, lessons[1], "en")
    unit = page[page.index('class="unit"') :].split("</nav>")[0]
    assert re.findall(r'aria-current="page">([^<]+)', unit) == ["课 2"]
    assert [unit.count(lesson.resource.code) for lesson in lessons] == [1, 1, 1]


def test_the_same_topic_in_another_edition_is_named_with_edition_and_point(visitor: Client, make: Maker) -> None:
    lesson = make.lesson(make.textbook(), knowledge=("勾股定理", "面积法"))
    place = msgspec.structs.replace(GRADE_8_MATHS, edition="bnup", volume="volume-1")
    other = make.lesson(
        make.textbook("b", title="北师大八上", placement=place),
        "other",
        title="探索勾股定理",
        placement=place,
        knowledge=("勾股定理",),
    )
    page = page_of(visitor, lesson)
    near = page[page.index('class="nears"') :].split("</ul>")[0]
    assert f"/zh/lessons/{other.resource.code}" in near
    assert "北师大版 · 八年级 · 上册" in near
    assert '<span class="word">勾股定理</span>' in near
    assert "面积法" not in near


def test_the_page_bears_all_it_shows(visitor: Client, make: Maker, ready: Ready) -> None:
    ready(waiting=("film", "film-zh"), task="t.pdf", slides="s.pdf")
    book = make.textbook()
    lesson = make.lesson(book, parts=(FILM, *PARTS))
    place = msgspec.structs.replace(GRADE_8_MATHS, edition="bnup")
    other = make.lesson(make.textbook("b", placement=place), "other", placement=place)
    response = visitor.get(f"/zh/lessons/{lesson.resource.code}")
    borne = set(response["X-Page-Keys"].split())
    wanted = {f"resource:{one.resource.code}" for one in (lesson, book, other)}
    wanted |= {f"media:{code}" for code in ("film", "film-zh", "task", "slides")}
    assert wanted <= borne


@pytest.mark.parametrize("others", [1, 12])
def test_the_page_costs_six_queries_however_full_the_book_and_the_field(
    visitor: Client, make: Maker, ready: Ready, others: int, django_assert_num_queries: Any
) -> None:
    """The lesson; its files; the lessons and headings of its book; who shares a point, and the cards of the chosen."""
    ready(task="t.pdf", slides="s.pdf")
    book = make.textbook()
    lesson = make.lesson(book, parts=PARTS)
    for number in range(others):
        make.lesson(book, f"in the book {number}", position=number + 2)
        place = msgspec.structs.replace(GRADE_8_MATHS, edition="bnup" if number % 2 else "jsep")
        beside = make.textbook(f"book {number}", title=f"书 {number}", placement=place)
        make.lesson(beside, f"beside {number}", placement=place)
    page_of(visitor, lesson)
    with django_assert_num_queries(6):
        page_of(visitor, lesson)


# -- the manifest of the zip ------------------------------------------------------------------------------


def manifest_of(visitor: Client, lesson: Published) -> Manifest:
    response = visitor.get(f"/internal/packages/{lesson.resource.code}")
    assert response.status_code == 200
    assert not response.cookies
    return msgspec.json.decode(response.content, type=Manifest)


def test_the_files_of_a_package_are_named_for_those_who_unpack_it(visitor: Client, make: Maker, ready: Ready) -> None:
    ready(waiting=("slides",), film="f.mp4", task="t.pdf", **{"film-zh": "zh.vtt"})
    lesson = make.lesson(
        make.textbook(), parts=(*PARTS, FILM), periods=(Period(1, "一"), Period(2, "二")), title="勾股/定理?"
    )
    manifest = manifest_of(visitor, lesson)
    assert [file.name for file in manifest.files] == [
        "01 视频课程（第1课时）.mp4",
        "01 视频课程（第1课时）.zh.vtt",  # a player finds the captions by the film's name
        "02 学习任务单（第1课时）.pdf",
    ]
    assert manifest.left_out == ("03 课件.pdf",)
    assert manifest.title == "勾股 定理"
    for told in ("初中数学人教版八年级下册", "知识共享", f"/zh/lessons/{lesson.resource.code}", "- 02 学习任务单"):
        assert told in manifest.readme


def test_two_parts_of_one_name_are_two_files(visitor: Client, make: Maker, ready: Ready) -> None:
    ready(task="t.pdf", slides="s.pdf")
    same = tuple(Part(str(n), PartKind.EXERCISES, "课后练习", code) for n, code in enumerate(("task", "slides")))
    names = [file.name for file in manifest_of(visitor, make.lesson(make.textbook(), parts=same)).files]
    assert len(names) == len(set(names)) == 2


def test_there_is_no_package_of_what_is_no_lesson_or_was_withdrawn(visitor: Client, make: Maker) -> None:
    book = make.textbook()
    lesson = make.lesson(book)
    for code in ("0000000000", book.resource.code):
        assert visitor.get(f"/internal/packages/{code}").status_code == 404
    withdraw_version(lesson.resource.code, by=None, at=make.at, reason="过时")
    assert visitor.get(f"/internal/packages/{lesson.resource.code}").status_code == 410
