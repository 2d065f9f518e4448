"""Today's lessons for a grade, as the home page shows them: by the term calendar and the usual teaching week."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from smartedu.base.settings import get_settings
from smartedu.library import due, keys, school_year, shelfmarks
from smartedu.rules.taxonomy import grade_code
from smartedu.rules.teaching_calendar import Half, NoSchool, SchoolDay, next_school_day, school_day
from smartedu.web import cards
from smartedu.web.components import day as day_in_words
from smartedu.web.remembering import bears, ends_at, ends_at_midnight, passing

GRADES = range(1, 13)
FIRST_SHOWN = 7
"""The grade of a visitor who has not chosen one: the middle of the twelve years, with the most subjects new to all."""


@dataclass(frozen=True)
class GradeView:
    name: str
    url: str
    current: bool


@dataclass(frozen=True)
class DueView:
    """A lesson of the day: `place` says where in which book, `others_url` leads to the subject's other editions."""

    subject: str
    title: str
    url: str
    place: str
    seconds: int
    book: cards.BookView
    others_url: str


@dataclass(frozen=True)
class TodayView:
    """`grade` is its code, `chosen` whether the address names it; `told` says which day and why it is that one."""

    grade: str
    grade_name: str
    chosen: bool
    heading: str
    told: str
    lessons: list[DueView]
    grades: list[GradeView]
    books_url: str


def today(request: HttpRequest) -> TodayView:
    """The lessons of today, or of the next school day, for the grade in the address (`?grade=grade-7`).

    The page ends with the day; where the school has a calendar of its own, ten minutes from now at the latest, so
    that a change of the file reaches readers.
    """
    asked = request.GET.get("grade", "")
    by_code = {grade_code(number): number for number in GRADES}
    number = by_code.get(asked, FIRST_SHOWN)
    if asked and asked not in by_code:
        passing(request)
    ends_at_midnight(request)
    settings = get_settings()
    calendar = school_year.calendar(settings)
    if school_year.has_own(settings):
        ends_at(request, timezone.now() + school_year.SEEN_WITHIN)
    now = timezone.localdate()
    found = school_day(calendar, now)
    at = found if isinstance(found, SchoolDay) else next_school_day(calendar, now)
    lessons = due.lessons_due(calendar, number, at) if at else []
    bears(request, keys.TEXTBOOKS, *(keys.of_cards([one.book, one.lesson]) for one in lessons))
    name = cards.name_of(shelfmarks.grade(grade_code(number)))
    browser = reverse("textbooks")
    stage = due.stage_of(number)
    place = {"stage": stage} if stage == "senior" else {"grade": grade_code(number), "stage": stage}
    return TodayView(
        grade=grade_code(number),
        grade_name=name,
        chosen=asked in by_code,
        heading=_("Today’s lessons, %(grade)s") % {"grade": name}
        if at and at.day == now
        else _("Next lessons, %(grade)s") % {"grade": name},
        told=_told(found, at),
        lessons=[_due(one, f"{browser}?{urlencode({**place, 'subject': one.subject})}") for one in lessons],
        grades=[_grade(request, code, n == number) for code, n in by_code.items()],
        books_url=f"{browser}?{urlencode(place)}",
    )


def _grade(request: HttpRequest, code: str, current: bool) -> GradeView:
    return GradeView(cards.name_of(shelfmarks.grade(code)), f"{request.path}?grade={code}#today", current)


def _due(one: due.Due, others_url: str) -> DueView:
    book = cards.book(one.book)
    number = _("lesson %(number)s of %(total)s") % {"number": one.number, "total": one.book.lesson_count}
    return DueView(
        subject=book.subject_name,
        title=cards.title_of(one.lesson),
        url=cards.url_of(one.lesson),
        place=" · ".join(filter(None, (book.edition_name, book.volume_name, number))),
        seconds=one.lesson.length_seconds,
        book=book,
        others_url=others_url,
    )


def _told(today: SchoolDay | NoSchool, at: SchoolDay | None) -> str:
    """Which day it is in the school year, or why there is no school and when the next day is."""
    if at is None:
        return _("The school calendar names no school day in the coming months.")
    when = {"day": day_in_words(at.day), "week": at.week}
    if isinstance(today, SchoolDay):
        if at.term.half == Half.AUTUMN:
            return _("%(day)s, week %(week)s of the autumn term") % when
        return _("%(day)s, week %(week)s of the spring term") % when
    if today.holiday:
        name = today.holiday.name_en if cards.page_language() == "en" else today.holiday.name_zh
        return _("%(holiday)s, no school today. On %(day)s, in week %(week)s, it goes on with these.") % {
            **when,
            "holiday": name,
        }
    if today.weekend:
        return _("No school at the weekend. On %(day)s, in week %(week)s, it goes on with these.") % when
    return _("Holidays. School begins again on %(day)s with these.") % when
