"""Today's lessons on the home page, by the school's own calendar."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from django.test import Client
from django.utils import timezone

from smartedu.base.pages import inside
from smartedu.base.settings import get_settings
from smartedu.library.school_year import FILE
from tests.library.makers import GRADE_8_MATHS, Maker


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def own() -> Iterator[Path]:
    """The place of the school's own calendar."""
    file = get_settings().data_dir / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    yield file
    file.unlink(missing_ok=True)


def write(file: Path, *, today: str) -> date:
    """A spring term round today, which is a `holiday` or else has the lessons of that weekday; returns today."""
    now = timezone.localdate()
    term = f'[[term]]\nhalf = "spring"\nfirst = {now - timedelta(70)}\nlast = {now + timedelta(70)}\n'
    if today == "holiday":
        extra = f'[[holiday]]\nname_zh = "校庆"\nname_en = "Founders’ Day"\nfirst = {now}\nlast = {now}\n'
        extra += f'[[make_up]]\nday = {now + timedelta(1)}\nhas = "monday"\n'
    else:
        extra = f'[[make_up]]\nday = {now}\nhas = "{today}"\n'
    file.write_text(term + extra, encoding="utf-8")
    return now


@pytest.fixture
def lessons(make: Maker) -> Maker:
    """Two books of a subject for grade 8, the usual one with three lessons."""
    usual = make.textbook()
    for n in range(3):
        make.lesson(usual, f"usual {n}", title=f"人教版第 {n + 1} 课", title_en="", position=n)
    place = msgspec.structs.replace(GRADE_8_MATHS, edition="bnup")
    make.lesson(make.textbook("beside", placement=place), "other", title="北师大版的课", title_en="", placement=place)
    return make


def test_a_school_day_has_its_lessons(visitor: Client, lessons: Maker, own: Path) -> None:
    write(own, today="monday")
    page = visitor.get("/en/?grade=grade-8")
    text = page.content.decode()
    assert "Today’s lessons, Grade 8" in text
    assert "week 11 of the spring term" in text
    due = text.partition('class="today__list"')[2].partition("</ol>")[0]
    assert due.count('class="due"') == 1
    assert "人教版第 2 课" in due  # half of the term has gone
    assert "lesson 2 of 3" in due
    assert 'href="/en/textbooks?grade=grade-8&amp;stage=junior&amp;subject=maths"' in due


def test_a_day_off_says_so_and_shows_the_next_lessons(visitor: Client, lessons: Maker, own: Path) -> None:
    write(own, today="holiday")
    zh = visitor.get("/zh/?grade=grade-8").content.decode()
    assert "今天校庆放假。" in zh
    assert "八年级，接下来的课" in zh
    assert "人教版第 2 课" in zh
    assert "Founders’ Day, no school today." in visitor.get("/en/?grade=grade-8").content.decode()


def test_a_grade_without_books_is_told_where_to_look(visitor: Client, lessons: Maker, own: Path) -> None:
    write(own, today="monday")
    page = visitor.get("/en/?grade=grade-2").content.decode()
    assert "No lessons stand here for this grade and term yet." in page
    assert 'href="/en/textbooks?grade=grade-2&amp;stage=primary"' in page


def test_the_page_ends_with_the_day_and_bears_what_it_shows(visitor: Client, lessons: Maker) -> None:
    now = timezone.localdate()
    page = visitor.get("/en/?grade=grade-8")
    keys = page.headers[inside.KEYS].split()
    assert "textbooks" in keys
    assert abs(int(page.headers[inside.UNTIL]) - _midnight()) <= 1
    assert timezone.localdate() == now


def test_a_page_by_the_schools_own_calendar_ends_so_soon_that_a_change_of_it_is_seen(
    visitor: Client, lessons: Maker, own: Path
) -> None:
    write(own, today="monday")
    before = timezone.now().timestamp()
    page = visitor.get("/en/?grade=grade-8")
    assert int(page.headers[inside.UNTIL]) <= timezone.now().timestamp() + 601
    assert int(page.headers[inside.UNTIL]) >= min(before + 599, _midnight() - 1)
    keys = page.headers[inside.KEYS].split()
    assert {"textbooks", *(f"resource:{made.resource.code}" for made in lessons.made[:1])} <= set(keys)


def _midnight() -> float:
    return (timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)).timestamp()


def test_an_unknown_grade_is_shown_as_none_and_not_kept(visitor: Client, lessons: Maker) -> None:
    assert inside.KEYS in visitor.get("/en/").headers
    assert inside.KEYS not in visitor.get("/en/?grade=grade-13").headers
    assert "data-grade" not in visitor.get("/en/").content.decode()
    assert 'data-grade="grade-8"' in visitor.get("/en/?grade=grade-8").content.decode()


def test_a_slip_in_the_calendar_keeps_what_was_right(
    visitor: Client, lessons: Maker, own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(own, today="holiday")
    assert "Founders’ Day" in visitor.get("/en/").content.decode()
    own.write_text("[[term]]\nhalf = 3\n", encoding="utf-8")
    assert "Founders’ Day" in visitor.get("/en/").content.decode()
    assert "line 2" in caplog.text
