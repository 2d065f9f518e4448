"""The school year day by day, and which lesson is due."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartedu.rules.festivals import festivals
from smartedu.rules.taxonomy import parse_volume
from smartedu.rules.teaching_calendar import (
    Calendar,
    Half,
    Holiday,
    NoSchool,
    SchoolDay,
    Term,
    days_of,
    lesson_at,
    next_school_day,
    occasions,
    school_day,
    terms_near,
    usual_terms,
)
from smartedu.rules.term_volumes import ALL, Stretch, stretch_of

USUAL = Calendar()
any_day = st.dates(date(2000, 1, 1), date(2120, 12, 31))


@pytest.mark.parametrize(
    ("spring", "day"), [(date(2025, 1, 29), date(2025, 5, 31)), (date(2026, 2, 17), date(2026, 6, 19))]
)
def test_festivals_are_those_of_the_almanac(spring: date, day: date) -> None:
    assert (festivals(spring.year).spring, festivals(day.year).dragon_boat) == (spring, day)


@given(st.integers(1900, 2200))
def test_festivals_stand_in_their_season_in_any_year(year: int) -> None:
    found = festivals(year)
    assert date(year, 1, 20) <= found.spring <= date(year, 2, 21)
    assert date(year, 5, 26) <= found.dragon_boat <= date(year, 6, 27)
    assert date(year, 9, 6) <= found.mid_autumn <= date(year, 10, 8)


@given(any_day)
def test_terms_follow_one_another_and_days_have_one_answer(day: date) -> None:
    terms = terms_near(USUAL, day.year)
    assert all(before.last < after.first for before, after in pairwise(terms))
    found = school_day(USUAL, day)
    if isinstance(found, SchoolDay):
        assert found.term.first <= day <= found.term.last
        assert found.weekday == day.weekday() <= 4
        assert 1 <= found.week <= 23
    else:
        inside = any(term.first <= day <= term.last for term in terms)
        assert inside == bool(found.holiday or found.weekend)


@settings(deadline=None)
@given(any_day)
def test_the_next_school_day_is_the_first_one_that_is_taught(day: date) -> None:
    found = next_school_day(USUAL, day)
    assert found is not None
    between = [day + timedelta(n) for n in range(1, (found.day - day).days)]
    assert found.day > day
    assert not any(isinstance(school_day(USUAL, one), SchoolDay) for one in between)


@settings(deadline=None)
@given(st.integers(2000, 2100), st.sampled_from([0, 1]))
def test_a_usual_term_has_its_weeks(year: int, which: int) -> None:
    term = usual_terms(year)[which]
    days = list(days_of(USUAL, term))
    assert 70 <= len(days) <= 115
    assert [day.day for day in days] == sorted({day.day for day in days})


def test_a_known_year() -> None:
    assert usual_terms(2026) == [
        Term(date(2026, 3, 2), date(2026, 7, 10), Half.SPRING),
        Term(date(2026, 9, 1), date(2027, 1, 22), Half.AUTUMN),
    ]
    assert school_day(USUAL, date(2026, 9, 1)) == SchoolDay(date(2026, 9, 1), usual_terms(2026)[1], 1, 1)
    friday = school_day(USUAL, date(2026, 10, 2))
    assert isinstance(friday, NoSchool)
    assert friday.holiday is not None
    assert friday.holiday.name_zh == "国庆节"
    assert school_day(USUAL, date(2026, 9, 5)) == NoSchool(weekend=True)
    assert school_day(USUAL, date(2026, 8, 5)) == NoSchool()
    reopened = next_school_day(USUAL, date(2026, 7, 11))
    assert reopened is not None
    assert (reopened.day, reopened.week) == (date(2026, 9, 1), 1)


def test_a_school_knows_its_own_year_better() -> None:
    own = Calendar(
        terms=(Term(date(2026, 8, 31), date(2027, 1, 15), Half.AUTUMN),),
        holidays=(Holiday(date(2026, 10, 1), date(2026, 10, 8), "国庆节", "National Day"),),
        make_up={date(2026, 10, 10): 3},
    )
    assert isinstance(school_day(own, date(2026, 8, 31)), SchoolDay)
    assert school_day(own, date(2027, 1, 18)) == NoSchool()
    assert school_day(own, date(2026, 5, 4)) == school_day(Calendar(holidays=own.holidays), date(2026, 5, 4))
    worked = school_day(own, date(2026, 10, 10))
    assert isinstance(worked, SchoolDay)
    assert (worked.week, worked.weekday) == (6, 3)
    assert isinstance(school_day(own, date(2026, 4, 7)), SchoolDay)  # spring is still the usual one


@given(any_day, st.integers(-100, 100), st.integers(0, 240), st.sampled_from(Half))
def test_ones_own_term_counts_whatever_the_usual_one_would_be(day: date, before: int, length: int, half: Half) -> None:
    own = Term(day + timedelta(before), day + timedelta(before + length), half)
    calendar = Calendar(terms=(own,))
    terms = terms_near(calendar, day.year)
    assert all(earlier.last < later.first for earlier, later in pairwise(terms))
    found = school_day(calendar, day)
    if own.first <= day <= own.last and isinstance(found, SchoolDay):
        assert found.term == own


@settings(deadline=None)
@given(any_day.filter(lambda day: isinstance(school_day(USUAL, day), SchoolDay)))
def test_a_subjects_times_are_counted_through_the_term(day: date) -> None:
    at = school_day(USUAL, day)
    assert isinstance(at, SchoolDay)
    for subject, (time, times) in occasions(USUAL, "junior", at).items():
        assert 0 <= time < times, subject
    later = next_school_day(USUAL, day)
    if later is not None and later.term == at.term:
        assert occasions(USUAL, "junior", later)["maths"][0] == occasions(USUAL, "junior", at)["maths"][0] + 1


def test_a_stage_without_a_timetable_has_no_lessons() -> None:
    at = school_day(USUAL, date(2026, 9, 1))
    assert isinstance(at, SchoolDay)
    assert occasions(USUAL, "special", at) == {}


@given(st.integers(1, 200), st.integers(1, 200))
def test_a_book_fills_the_term_evenly(times: int, lessons: int) -> None:
    due = [lesson_at(time, times, lessons) for time in range(times)]
    assert due == sorted(due)
    assert due[0] == 0
    assert max(due) < lessons
    if times >= lessons:
        assert set(due) == set(range(lessons))


@given(st.integers(-3, 3), st.integers(-3, 3), st.integers(-3, 0))
def test_what_is_no_occasion_is_refused(time: int, times: int, lessons: int) -> None:
    with pytest.raises(ValueError, match="no lesson"):
        lesson_at(time, times, lessons)


@pytest.mark.parametrize(
    ("volume", "grade", "autumn", "spring"),
    [
        ("上册", 7, ALL, None),
        ("下册", 7, None, ALL),
        ("全一册", 9, Stretch(0, 0.5), Stretch(0.5, 1)),
        ("全一册（下）", 9, None, ALL),
        ("第三册", 8, ALL, None),
        ("水平二", 3, Stretch(0, 0.5), Stretch(0.5, 1)),
        ("", 5, Stretch(0, 0.5), Stretch(0.5, 1)),
        ("必修 第一册", 10, ALL, None),
        ("必修 下册", 10, None, ALL),
        ("必修2 遗传与进化", 10, None, ALL),
        ("必修 第三册", 11, ALL, None),
        ("选择性必修 中册", 11, None, ALL),
        ("选择性必修 第三册", 12, ALL, None),
        ("选择性必修 下册", 12, ALL, None),
        ("必修 第一册", 11, None, None),
        ("高一上册", 10, ALL, None),
        ("高二下册", 11, None, ALL),
        ("高一", 10, Stretch(0, 0.5), Stretch(0.5, 1)),
    ],
)
def test_the_volume_of_a_term(volume: str, grade: int, autumn: Stretch | None, spring: Stretch | None) -> None:
    read = parse_volume(volume) if volume else None
    assert (stretch_of(read, grade, Half.AUTUMN), stretch_of(read, grade, Half.SPRING)) == (autumn, spring)


@given(st.integers(0, 100))
def test_the_halves_of_a_book_are_all_of_it(count: int) -> None:
    first, second = Stretch(0, 0.5).lessons(count), Stretch(0.5, 1).lessons(count)
    assert [*first, *second] == list(range(count))
