"""Every public page, in both languages, for a visitor; and what strange addresses get."""

import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from smartedu.base.settings import get_settings
from smartedu.library.actions import withdraw_version
from smartedu.library.actions.media import Announcement, announce_media, store_media
from smartedu.library.content import Caption, Link, Part, PartKind, Period, Video
from smartedu.library.search.index import rebuild
from smartedu.people.actions import create_person
from tests.conftest import AT
from tests.library.makers import GRADE_8_MATHS, Maker

LANGUAGES = ["zh", "en"]


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def addresses(make: Maker) -> dict[str, str]:
    """A little library with one page of every kind, by name."""
    announce_media(
        [
            Announcement("film", "video/mp4", "lesson.mp4", seconds=90),
            Announcement("film-zh", "text/vtt", "zh.vtt"),
            Announcement("sheet", "application/pdf", "task.pdf"),
        ],
        at=make.at,
    )
    book = make.textbook()
    lesson = make.lesson(
        book,
        periods=(Period(1, "第一课时"), Period(2, "第二课时")),
        parts=(
            Part("video", PartKind.VIDEO, "视频课程", "film", (1,), (Caption("zh", "film-zh"),)),
            Part("task", PartKind.TASK_SHEET, "学习任务单", "sheet", (1, 2)),
        ),
        objectives=("说出勾股定理",),
    )
    article = make.article()
    link = make.article("link", title="故宫博物院", body=Link("https://www.dpm.org.cn/", "故宫博物院"))
    return {
        "home": "",
        "plate": "plates/course",
        "column": "plates/theme/mental-health",
        "stage column": "plates/course/junior",
        "narrowed": "plates/theme/mental-health?kind=article&sort=newest",
        "provider": "providers/national-catalogue",
        "grade": "?grade=grade-3",
        "textbooks": "textbooks",
        "e-textbooks": "textbooks?order=e-textbooks",
        "chosen": "textbooks?stage=junior&grade=grade-8&subject=maths&edition=pep&volume=volume-2",
        "textbook": f"textbooks/{book.resource.code}",
        "lesson": f"lessons/{lesson.resource.code}",
        "lesson version": f"lessons/{lesson.resource.code}/v/1",
        "article": f"resources/{article.resource.code}",
        "link": f"resources/{link.resource.code}",
        "search": "search?q=勾股定理",
        "no search": "search",
        "sign in": "sign-in",
        "gallery": "gallery",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_there(visitor: Client, addresses: dict[str, str], language: str) -> None:
    for name, address in addresses.items():
        response = visitor.get(f"/{language}/{address}")
        assert response.status_code == 200, name
        page = response.content.decode()
        assert f'<html lang="{language}' in page, name
        assert page.count("<h1") == 1, name
        if name != "sign in":
            assert not response.cookies, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_public_page_is_the_same_for_everybody(visitor: Client, addresses: dict[str, str], language: str) -> None:
    other = Client(headers={"host": "localhost", "user-agent": "another"})
    password = "meadow-lantern-4711"
    create_person("林知远", username="lin", password=password, roles=[], by=None, at=AT)
    assert other.post("/zh/sign-in", {"username": "lin", "password": password}).status_code == 302
    for name, address in addresses.items():
        if name != "sign in":
            there = f"/{language}/{address}"
            assert visitor.get(there).content == other.get(there).content, name


def test_every_internal_link_of_every_page_leads_somewhere(visitor: Client, addresses: dict[str, str]) -> None:
    import re

    seen: set[str] = set()
    waiting = ["/zh/", "/en/"]
    while waiting:
        address = waiting.pop()
        if address in seen or len(seen) > 400:
            continue
        seen.add(address)
        response = visitor.get(address)
        assert response.status_code == 200, address
        page = response.content.decode().replace("&amp;", "&")
        waiting += [link for link in re.findall(r'href="(/(?:zh|en)/[^"#]*)', page) if link not in seen]
    assert len(seen) > 60


def test_the_front_door_goes_by_the_browsers_language(visitor: Client) -> None:
    for accepted, target in (("zh-CN,zh;q=0.9", "/zh/"), ("en-GB,en", "/en/"), ("fr", "/zh/"), ("", "/zh/")):
        response = visitor.get("/", headers={"accept-language": accepted})
        assert (response.status_code, response["Location"]) == (302, target)


def test_a_film_in_the_making_says_so(visitor: Client, addresses: dict[str, str]) -> None:
    page = visitor.get(f"/en/{addresses['lesson']}").content.decode()
    assert "<video" not in page
    assert "being made" in page


def test_an_old_version_points_to_the_current_one(visitor: Client, addresses: dict[str, str], make: Maker) -> None:
    make.article(title="改过的题目")
    code = addresses["article"].rpartition("/")[2]
    old = visitor.get(f"/zh/resources/{code}/v/1").content.decode()
    assert "考试周睡不着怎么办" in old
    assert f'href="/zh/resources/{code}"' in old
    for number in ("9", "0", "9" * 30, "9" * 5_000):
        assert visitor.get(f"/zh/resources/{code}/v/{number}").status_code == 404


def test_what_was_withdrawn_says_what_it_was(visitor: Client, addresses: dict[str, str], make: Maker) -> None:
    code = addresses["article"].rpartition("/")[2]
    withdraw_version(code, by=None, at=make.at, reason="过时")
    response = visitor.get(f"/zh/resources/{code}")
    assert response.status_code == 410
    assert "考试周睡不着怎么办" in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_help_where_there_is_no_page(visitor: Client, make: Maker, language: str) -> None:
    for address in ("nothing", "lessons/0000000000", "plates/moon", "plates/course/moon", "textbooks/abc"):
        response = visitor.get(f"/{language}/{address}")
        assert response.status_code == 404, address
        assert "<h1" in response.content.decode()


def test_strange_parameters_are_no_accident(visitor: Client, addresses: dict[str, str]) -> None:
    for query in (
        "page=0", "page=-3", "page=99999999999999999999", "page=٣", "page=1%00", "stage=%00", "stage=moon",
        "order=%FF", "q=" + "光" * 5000, "q=%00", "q=%ED%A0%80", "stage[]=x", "page=1&page=2",
    ):  # fmt: skip
        for address in ("textbooks", "search", "plates/theme/mental-health"):
            assert visitor.get(f"/zh/{address}?{query}").status_code == 200, (address, query)


def test_what_readers_typed_is_never_markup(visitor: Client, addresses: dict[str, str]) -> None:
    page = visitor.get("/zh/search?q=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("count", [3, 24])
def test_lists_cost_the_same_queries_however_long(
    visitor: Client, make: Maker, count: int, django_assert_max_num_queries: object
) -> None:
    for n in range(count):
        make.article(str(n), title=f"第{n}篇")
    visitor.get("/zh/plates/theme/mental-health")
    with django_assert_max_num_queries(2):  # type: ignore[operator] # the shelves' counts, the cards
        assert visitor.get("/zh/plates/theme/mental-health").status_code == 200


def test_a_page_costs_the_same_queries_however_full(
    visitor: Client,
    addresses: dict[str, str],
    make: Maker,
    request: pytest.FixtureRequest,
    django_assert_max_num_queries: object,
) -> None:
    """A snapshot: whoever raises a number says why. The browser asks once what its tree hides, and who has no grade; a
    narrowed list names the shelves that fit, and looks for a newer one first."""
    book = make.made[0]
    for n in range(5):
        make.lesson(book, f"more {n}", position=n + 2, title=f"第 {n} 课", chapter="17.2")
        place = msgspec.structs.replace(GRADE_8_MATHS, volume="volume-1", revision="old")
        make.textbook(f"beside {n}", title=f"旁边第 {n} 本", placement=place)
    rebuild(get_settings().index_dir)
    request.addfinalizer(lambda: shutil.rmtree(get_settings().index_dir))
    for name, most in (
        ("home", 13), ("plate", 3), ("column", 2), ("narrowed", 3), ("provider", 5), ("textbooks", 4), ("chosen", 10),
        ("textbook", 5), ("lesson", 6), ("article", 3), ("search", 1)
    ):  # fmt: skip
        there = f"/zh/{addresses[name]}"
        visitor.get(there)
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            assert visitor.get(there).status_code == 200, name


def test_captions_in_a_language_without_a_name_and_files_that_are_none_break_no_page(
    visitor: Client, make: Maker, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    announce_media([Announcement("film", "video/mp4", "a.mp4"), Announcement("bo", "text/vtt", "bo.vtt")], at=make.at)
    for code, name in (("film", "a.mp4"), ("bo", "bo.vtt")):
        (tmp_path / name).write_bytes(b"\xff neither film nor captions")
        store_media(code, tmp_path / name, tmp_path, at=make.at)
    video = make.article("film", title="影片", body=Video("film", (Caption("bo", "bo"),)))
    page = visitor.get(f"/en/resources/{video.resource.code}")
    assert page.status_code == 200
    assert 'srclang="bo" label="bo"' in page.content.decode()


def test_security_headers_are_on_every_page(visitor: Client, addresses: dict[str, str]) -> None:
    response = visitor.get("/zh/")
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_without_its_records_the_platform_says_so(
    visitor: Client,
    make: Maker,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: type[Exception],
) -> None:
    from smartedu.library import queries

    def away(*_: object) -> None:
        raise fault("connection refused")

    monkeypatch.setattr(queries, "totals", away)
    monkeypatch.setattr(queries, "all_plates", away)
    response = visitor.get("/en/")
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "Nothing of yours is lost" in page
    faults = [str(record.args[0]) for record in caplog.records if record.msg.startswith("fault")]
    assert len(faults) == 1
    assert faults[0] in page
