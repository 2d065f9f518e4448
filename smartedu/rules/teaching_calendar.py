"""The school year day by day: which days are taught, in which week of which term, and what stands on the timetable.

A calendar says what a school knows of its own years; what it leaves open is the Chinese school year as it usually
goes, for any year: 1 September to two weeks before Spring Festival, and from the Monday after the holidays round it to
the second Friday of July. Days off are those of the State Council's rules for festivals (2024 revision: Labour Day
and Spring Festival one day longer); which weekends are worked for them is decided anew each year, so that only a
school's own calendar can know it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from smartedu.rules.festivals import festivals

MONDAY, FRIDAY = 0, 4
LONGEST_WAIT = 150  # days without school before we stop looking for the next one


class Half(StrEnum):
    """The two terms of a school year."""

    AUTUMN = "autumn"
    SPRING = "spring"


@dataclass(frozen=True, order=True)
class Term:
    """A term from its first to its last day, both included."""

    first: date
    last: date
    half: Half


@dataclass(frozen=True)
class Holiday:
    """Days off that have a name, the last one included."""

    first: date
    last: date
    name_zh: str
    name_en: str


Week = tuple[tuple[str, ...], ...]
"""The subjects of Monday to Friday, by their codes, in the order of the day."""

_DAILY = ("chinese", "maths", "english")
TIMETABLE: Mapping[str, Week] = MappingProxyType(
    {
        "primary": (
            ("chinese", "maths", "english", "morality", "music"),
            ("maths", "chinese", "science", "fine-arts", "pe"),
            ("chinese", "maths", "english", "music", "labour"),
            ("maths", "chinese", "science", "morality", "pe"),
            ("chinese", "maths", "english", "fine-arts", "ict"),
        ),
        "junior": (
            (*_DAILY, "physics", "history", "geography"),
            (*_DAILY, "chemistry", "biology", "morality", "music"),
            (*_DAILY, "physics", "geography", "science", "pe"),
            (*_DAILY, "biology", "history", "fine-arts"),
            (*_DAILY, "physics", "chemistry", "morality", "it"),
        ),
        "senior": (
            (*_DAILY, "physics", "history", "politics"),
            (*_DAILY, "chemistry", "geography", "music"),
            (*_DAILY, "biology", "physics", "it"),
            (*_DAILY, "chemistry", "politics", "fine-arts"),
            (*_DAILY, "biology", "geography", "history"),
        ),
    }
)
"""A usual week after the curriculum plan of 2022; a subject for which a grade has no book falls out by itself."""


@dataclass(frozen=True)
class Calendar:
    """What a school says of its years: a term that starts in a year, or the holidays that fall into it, replace the
    usual ones of that year. `make_up` are weekend days that are taught, each with the weekday whose lessons it has
    (0 is Monday)."""

    terms: tuple[Term, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    make_up: Mapping[date, int] = field(default_factory=dict)
    timetable: Mapping[str, Week] = field(default_factory=lambda: TIMETABLE)


@dataclass(frozen=True)
class SchoolDay:
    """A day that is taught: `week` counts from 1, `weekday` is the one whose lessons it has (0 is Monday)."""

    day: date
    term: Term
    week: int
    weekday: int


@dataclass(frozen=True)
class NoSchool:
    """Why a day is not taught: the name of a holiday, or a weekend inside a term, or neither: the break."""

    holiday: Holiday | None = None
    weekend: bool = False


def school_day(calendar: Calendar, day: date) -> SchoolDay | NoSchool:
    """Whether a day is taught, and where in its term it stands."""
    term = next((t for t in terms_near(calendar, day.year) if t.first <= day <= t.last), None)
    return NoSchool() if term is None else _in_term(calendar, term, day, holidays_of(calendar, day.year))


def _in_term(calendar: Calendar, term: Term, day: date, holidays: Sequence[Holiday]) -> SchoolDay | NoSchool:
    week = (_monday(day) - _monday(term.first)).days // 7 + 1
    if day in calendar.make_up:
        return SchoolDay(day, term, week, calendar.make_up[day])
    holiday = next((h for h in holidays if h.first <= day <= h.last), None)
    if holiday:
        return NoSchool(holiday)
    if day.weekday() > FRIDAY:
        return NoSchool(weekend=True)
    return SchoolDay(day, term, week, day.weekday())


def next_school_day(calendar: Calendar, day: date) -> SchoolDay | None:
    """The first day after this one that is taught; None where there is none within half a year."""
    later = (school_day(calendar, day + timedelta(n)) for n in range(1, LONGEST_WAIT + 1))
    return next((found for found in later if isinstance(found, SchoolDay)), None)


def days_of(calendar: Calendar, term: Term) -> Iterator[SchoolDay]:
    """The days of a term that are taught, in order."""
    holidays = {year: holidays_of(calendar, year) for year in range(term.first.year, term.last.year + 1)}
    for n in range((term.last - term.first).days + 1):
        day = term.first + timedelta(n)
        found = _in_term(calendar, term, day, holidays[day.year])
        if isinstance(found, SchoolDay):
            yield found


def occasions(calendar: Calendar, stage: str, at: SchoolDay) -> dict[str, tuple[int, int]]:
    """For each subject of a day, in the timetable's order: which time of the term it is (from 0), and of how many."""
    week = calendar.timetable.get(stage, ((),) * 5)
    taught = [(day.day, week[day.weekday]) for day in days_of(calendar, at.term)]
    return {
        subject: (
            sum(subject in subjects for day, subjects in taught if day < at.day),
            sum(subject in subjects for _, subjects in taught),
        )
        for subject in week[at.weekday]
    }


def lesson_at(time: int, times: int, lessons: int) -> int:
    """Which lesson of `lessons` is due at the time-th (from 0) of `times` occasions, if the book fills the term evenly.

    The first occasion has the first lesson; with as many occasions as lessons the last one has the last. Raises
    ValueError where there is no lesson or no such occasion.
    """
    if lessons < 1 or not 0 <= time < times:
        raise ValueError(f"no lesson at {time} of {times} with {lessons} lessons")
    return time * lessons // times


def terms_near(calendar: Calendar, year: int) -> list[Term]:
    """The terms that a day of this calendar year may fall into, none overlapping another: one's own, and the usual
    one of each half of a year for which there is none of one's own."""
    found = [term for term in calendar.terms if term.first.year in (year - 1, year)]
    given = {(term.first.year, term.half) for term in calendar.terms}
    for term in (*usual_terms(year - 1), *usual_terms(year)):
        beside = all(term.last < own.first or own.last < term.first for own in calendar.terms)
        if (term.first.year, term.half) not in given and beside:
            found.append(term)
    return sorted(found)


def usual_terms(year: int) -> list[Term]:
    """The terms that usually start in a calendar year: the spring one and the autumn one."""
    festival, following = festivals(year).spring, festivals(year + 1).spring
    opening = _monday(festival + timedelta(19))  # the Monday on or after the thirteenth day of the first month
    return [
        Term(opening, _friday_until(date(year, 7, 12)), Half.SPRING),
        Term(date(year, 9, 1), _friday_until(following - timedelta(14)), Half.AUTUMN),
    ]


def holidays_of(calendar: Calendar, year: int) -> list[Holiday]:
    """The days off that begin in this calendar year: one's own where any is given, else the usual ones."""
    own = [holiday for holiday in calendar.holidays if year in (holiday.first.year, holiday.last.year)]
    return own or usual_holidays(year)


def usual_holidays(year: int) -> list[Holiday]:
    """The festivals of a year that fall into terms."""
    moving = festivals(year)
    qingming = date(year, 4, 4 if year % 4 in (0, 1) else 5)  # holds for 2009 to 2043, and to a day afterwards
    return [
        Holiday(date(year, 1, 1), date(year, 1, 1), "元旦", "New Year’s Day"),
        Holiday(qingming, qingming, "清明节", "Qingming"),
        Holiday(date(year, 5, 1), date(year, 5, 5), "劳动节", "Labour Day"),
        Holiday(moving.dragon_boat, moving.dragon_boat, "端午节", "Dragon Boat Festival"),
        Holiday(moving.mid_autumn, moving.mid_autumn, "中秋节", "Mid-Autumn Festival"),
        Holiday(date(year, 10, 1), date(year, 10, 7), "国庆节", "National Day"),
    ]


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _friday_until(day: date) -> date:
    return day - timedelta((day.weekday() - FRIDAY) % 7)
