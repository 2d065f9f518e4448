"""Helpers of templates: icons that exist, lengths as people say them, covers by kind."""

import csv
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation

from smartedu.web.components import clock, cover, day, duration, icon
from smartedu.web.icons import DRAWINGS

PACKAGE = Path(__file__).parents[2] / "smartedu"


def test_every_icon_that_is_named_is_drawn() -> None:
    named = set()
    for template in (PACKAGE / "web" / "templates").rglob("*.html"):
        named |= set(re.findall(r"icon\('([\w-]+)'\)", template.read_text("utf-8")))
    for table in ("plates.csv", "columns.csv"):
        with (PACKAGE / "library" / "reference" / table).open(encoding="utf-8") as file:
            named |= {row["icon"] for row in csv.DictReader(file)}
    assert named - set(DRAWINGS) == set()


def test_an_unknown_icon_is_a_bookmark_and_no_broken_page() -> None:
    assert icon("no-such-thing") == icon("book-marked")
    assert 'aria-hidden="true"' in icon("play")


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (5, "5 秒", "5 s"),
        (60, "1 分钟", "1 min"),
        (125, "2 分 05 秒", "2 min 5 s"),
        (125.6, "2 分 06 秒", "2 min 6 s"),
        (3700, "1 小时 1 分", "1 h 1 min"),
    ],
)
def test_lengths_are_said_in_the_readers_language(seconds: float, zh: str, en: str) -> None:
    for language, said in (("zh", zh), ("en", en)):
        with translation.override(language):
            assert duration(seconds) == said


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (83.9, "1:23"), (3723, "1:02:03"), (-1, "0:00")])
def test_positions_are_shown_like_the_player_does(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


def test_dates_come_with_their_weekday() -> None:
    moment = datetime(2026, 9, 1, 2, tzinfo=UTC)
    for language, said in (("zh", "2026年9月1日 周二"), ("en", "Tue 1 Sep 2026")):
        with translation.override(language):
            assert day(moment) == said


@dataclass(frozen=True)
class Item:
    kind: str
    code: str = "book-1"
    subject_code: str = "maths"
    plate_code: str = "course"
    subject_name: str = "数学"


def test_books_stand_and_lessons_lie() -> None:
    assert 'viewBox="0 0 120 160"' in cover(Item("textbook"))
    assert "数学" in cover(Item("e_textbook"))
    assert 'viewBox="0 0 160 90"' in cover(Item("lesson"))
    assert cover(Item("video", subject_code="", plate_code="family")) != cover(Item("video", subject_code=""))
