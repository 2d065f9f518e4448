"""A school's own calendar: what a file says, and what it is told where it is wrong."""

from datetime import date

import pytest

from smartedu.formats.school_calendar import CalendarError, read_calendar
from smartedu.rules.teaching_calendar import TIMETABLE, Calendar, Half, Holiday, Term

WHOLE = """\
[[term]]
half = "autumn"
first = 2026-09-01
last = 2027-01-22

[[holiday]]
name_zh = "国庆节"
name_en = "National Day"
first = 2026-10-01
last = 2026-10-08

[[make_up]]
day = 2026-10-10  # a Saturday
has = "thursday"

[timetable.junior]
monday = ["chinese", "maths"]
"""


def test_a_file_is_read_and_what_it_leaves_out_is_as_usual() -> None:
    read = read_calendar(WHOLE.encode())
    assert read.terms == (Term(date(2026, 9, 1), date(2027, 1, 22), Half.AUTUMN),)
    assert read.holidays == (Holiday(date(2026, 10, 1), date(2026, 10, 8), "国庆节", "National Day"),)
    assert read.make_up == {date(2026, 10, 10): 3}
    assert read.timetable["junior"] == (("chinese", "maths"), *TIMETABLE["junior"][1:])
    assert read.timetable["primary"] == TIMETABLE["primary"]
    assert read_calendar(b"") == Calendar()


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('"autumn"', '"winter"', 2, 'Write "autumn" or "spring"'),
        ("first = 2026-09-01", "", 1, "is not a date"),
        ("2026-09-01", '"2026-09-01"', 3, "without quotation marks"),
        ("2027-01-22", "2026-08-22", 4, "before the first day"),
        ("2027-01-22", "2037-01-22", 4, "Check the year"),
        ('"国庆节"', '""', 7, "has no name"),
        ('"thursday"', '"sunday"', 14, "one of monday"),
        ('"maths"', '"magic"', 17, "no subject magic"),
        ("monday =", "sunday =", 16, "no such day"),
        ("timetable.junior", "timetable.nursery", 16, "no such stage"),
        ("[[make_up]]", "[[makeup]]", 12, "no such section"),
        ("[[make_up]]", "[make_up]", 12, "Write [[make_up]]"),
        ("has =", "lessons =", 14, "no such field"),
        ("day = 2026-10-10", "day = tomorrow", 13, "not valid TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_its_mend(old: str, new: str, line: int, told: str) -> None:
    with pytest.raises(CalendarError) as refused:
        read_calendar(WHOLE.replace(old, new, 1).encode(), frozenset({"chinese", "maths"}))
    problems = refused.value.problems
    assert any(problem.line == line and told in problem.en and problem.zh for problem in problems), problems


def test_terms_that_overlap_and_files_that_are_no_text_are_refused() -> None:
    twice = WHOLE + '[[term]]\nhalf = "spring"\nfirst = 2027-01-11\nlast = 2027-07-09\n'
    with pytest.raises(CalendarError, match="overlaps"):
        read_calendar(twice.encode())
    with pytest.raises(CalendarError, match="UTF-8"):
        read_calendar(WHOLE.encode("gb18030"))


def test_every_problem_is_told_at_once() -> None:
    broken = WHOLE.replace('"autumn"', '"x"').replace('"thursday"', '"x"')
    with pytest.raises(CalendarError) as refused:
        read_calendar(broken.encode())
    assert [problem.line for problem in refused.value.problems] == [2, 14]
