"""The calendar in the data folder, as the platform finds it when it starts."""

from datetime import date
from pathlib import Path

import pytest

from smartedu.base.settings import Settings
from smartedu.library import school_year
from smartedu.rules.teaching_calendar import Calendar


def test_without_a_file_the_year_is_as_usual(tmp_path: Path) -> None:
    school_year.check(Settings(data_dir=tmp_path))
    assert school_year.read(tmp_path / "calendar.toml") == Calendar()


def test_a_start_is_refused_with_the_line_and_the_mend_in_both_languages(tmp_path: Path) -> None:
    file = tmp_path / school_year.FILE
    file.write_text('[timetable.junior]\nmonday = ["magic"]\n', encoding="utf-8")
    with pytest.raises(school_year.CalendarRefused) as refused:
        school_year.check(Settings(data_dir=tmp_path))
    (problem,) = refused.value.problems
    assert (problem.place, "magic" in problem.zh, "line 2" in problem.en) == ("calendar.toml:2", True, True)


def test_a_changed_file_counts_from_then_on(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert school_year.calendar(settings).make_up == {}
    (tmp_path / school_year.FILE).write_text('[[make_up]]\nday = 2026-10-10\nhas = "friday"\n', encoding="utf-8")
    assert school_year.calendar(settings).make_up == {date(2026, 10, 10): 4}


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / school_year.FILE).mkdir()
    with pytest.raises(school_year.CalendarRefused, match="cannot be read"):
        school_year.check(Settings(data_dir=tmp_path))
