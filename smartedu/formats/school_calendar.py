"""A school's own calendar as a TOML file: terms, holidays, days made up, the weekly timetable.

    [[term]]
    half = "autumn"            # autumn or spring
    first = 2026-09-01
    last = 2027-01-22

    [[holiday]]
    name_zh = "国庆节"
    name_en = "National Day"
    first = 2026-10-01
    last = 2026-10-08

    [[make_up]]
    day = 2026-10-10           # a Saturday
    has = "thursday"           # the lessons of which weekday

    [timetable.junior]         # primary, junior or senior
    monday = ["chinese", "maths", "english"]

What the file leaves out is as usual (`rules.teaching_calendar`).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from smartedu.rules.teaching_calendar import TIMETABLE, Calendar, Half, Holiday, Term, Week

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
LONGEST_DAYS = 250
_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")
_FIELDS = {
    "term": ("half", "first", "last"),
    "holiday": ("name_zh", "name_en", "first", "last"),
    "make_up": ("day", "has"),
}


@dataclass(frozen=True)
class CalendarProblem:
    """One thing that is wrong: the line (0 where it is the file as a whole), and what to do in both languages."""

    line: int
    field: str
    zh: str
    en: str


class CalendarError(Exception):
    """The file is no calendar; `problems` are all that were found, in the order of the file."""

    def __init__(self, problems: list[CalendarProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"line {p.line}, {p.field}: {p.zh} {p.en}" for p in problems))


def read_calendar(raw: bytes, subjects: frozenset[str] | None = None) -> Calendar:
    """The calendar that a file says. `subjects` are the codes a timetable may name; None allows any.

    Raises CalendarError with every problem.
    """
    try:
        text = raw.decode("utf-8-sig")
        tables = tomllib.loads(text)
    except UnicodeDecodeError:
        raise CalendarError([CalendarProblem(0, "", "文件不是 UTF-8 编码。请另存为 UTF-8。", _NOT_UTF8)]) from None
    except tomllib.TOMLDecodeError as error:
        line = _AT_LINE.search(str(error))
        number = int(line[1]) if line and line[1] else raw.count(b"\n") + 1
        what = _AT_LINE.sub("", str(error))
        zh, en = (
            f"这一行不合 TOML 的写法（{what}）。请对照说明改正。",
            f"This line is not valid TOML ({what}). Correct it.",
        )
        raise CalendarError([CalendarProblem(number, "", zh, en)]) from None
    return _Reader(text, tables, subjects).calendar()


_NOT_UTF8 = "The file is not UTF-8. Save it as UTF-8."


class _Reader:
    """Reads one file and gathers what is wrong with it."""

    def __init__(self, text: str, tables: Mapping[str, Any], subjects: frozenset[str] | None) -> None:
        self._lines = text.splitlines()
        self._tables = tables
        self._subjects = subjects
        self._problems: list[CalendarProblem] = []

    def calendar(self) -> Calendar:
        for name in self._tables:
            if name not in (*_FIELDS, "timetable"):
                self._wrong(self._line(name), name, "没有这一节", "there is no such section", _SECTIONS)
        terms = [term for entry in self._entries("term") if (term := self._term(*entry))]
        holidays = [holiday for entry in self._entries("holiday") if (holiday := self._holiday(*entry))]
        make_up = dict(day for entry in self._entries("make_up") if (day := self._make_up(*entry)))
        timetable = self._timetable()
        for before, after in pairwise(sorted(terms)):
            if after.first <= before.last:
                place = next(n for n, e in self._entries("term") if e.get("first") == after.first)
                line = self._line("term", place, "first")
                mend = ("请改日期，使两个学期不重叠", "Change the dates so that terms do not overlap")
                self._wrong(line, "term.first", "与上一学期重叠", "this overlaps the term before", mend)
        if self._problems:
            raise CalendarError(sorted(self._problems, key=lambda problem: problem.line))
        return Calendar(tuple(sorted(terms)), tuple(holidays), make_up, timetable)

    def _entries(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The tables of a section with their numbers; what is no table is told of once, by the first reader."""
        given = self._tables.get(name, [])
        if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
            mend = (f"请写成 [[{name}]]", f"Write [[{name}]]")
            self._wrong(self._line(name), name, "写法不对", "this is not a list of sections", mend)
            return
        yield from enumerate(given)

    def _term(self, place: int, entry: dict[str, Any]) -> Term | None:
        span = self._span("term", place, entry)
        half = entry.get("half")
        if half not in list(Half):
            mend = ("请写 \"autumn\" 或 \"spring\"", 'Write "autumn" or "spring"')  # fmt: skip
            self._wrong(self._line("term", place, "half"), "term.half", "学期不明", "which term is not clear", mend)
            return None
        return Term(*span, Half(half)) if span else None

    def _holiday(self, place: int, entry: dict[str, Any]) -> Holiday | None:
        span = self._span("holiday", place, entry)
        names = [entry.get(field) for field in ("name_zh", "name_en")]
        for field, name in zip(("name_zh", "name_en"), names, strict=True):
            if not isinstance(name, str) or not 1 <= len(name.strip()) <= 40:
                mend = ("请写 1 到 40 个字", "Write 1 to 40 characters")
                line = self._line("holiday", place, field)
                self._wrong(line, f"holiday.{field}", "没有名称", "this has no name", mend)
                return None
        return Holiday(*span, str(names[0]).strip(), str(names[1]).strip()) if span else None

    def _make_up(self, place: int, entry: dict[str, Any]) -> tuple[date, int] | None:
        self._fields("make_up", place, entry)
        day = self._day("make_up", place, entry, "day")
        if entry.get("has") not in WEEKDAYS:
            mend = (f"请写 {'、'.join(WEEKDAYS)} 之一", f"Write one of {', '.join(WEEKDAYS)}")
            line = self._line("make_up", place, "has")
            self._wrong(line, "make_up.has", "不知道上周几的课", "the weekday is not clear", mend)
            return None
        return (day, WEEKDAYS.index(str(entry["has"]))) if day else None

    def _timetable(self) -> Mapping[str, Week]:
        """The usual week of each stage, with the days that the file gives in their places."""
        found: dict[str, Week] = dict(TIMETABLE)
        given = self._tables.get("timetable", {})
        for stage, days in given.items() if isinstance(given, dict) else [("timetable", given)]:
            line = self._line(f"timetable.{stage}")
            if stage not in TIMETABLE or not isinstance(days, dict):
                mend = ("请写 [timetable.primary]、[timetable.junior] 或 [timetable.senior]", _STAGES_EN)
                self._wrong(line, "timetable", "没有这个学段", "there is no such stage", mend)
                continue
            week = list(found[stage])
            for name, subjects in days.items():
                if name not in WEEKDAYS:
                    mend = (f"请写 {'、'.join(WEEKDAYS)} 之一", f"Write one of {', '.join(WEEKDAYS)}")
                    self._wrong(line, f"timetable.{stage}.{name}", "没有这一天", "there is no such day", mend)
                elif self._all_subjects(stage, name, subjects):
                    week[WEEKDAYS.index(name)] = tuple(dict.fromkeys(subjects))
            found[stage] = tuple(week)
        return found

    def _all_subjects(self, stage: str, day: str, subjects: Any) -> bool:
        line = self._line(f"timetable.{stage}", 0, day)
        place = f"timetable.{stage}.{day}"
        if not isinstance(subjects, list) or not all(isinstance(subject, str) for subject in subjects):
            mend = ('请写成 ["chinese", "maths"]', 'Write it as ["chinese", "maths"]')
            self._wrong(line, place, "不是学科代码的列表", "this is not a list of subject codes", mend)
            return False
        unknown = [s for s in subjects if self._subjects is not None and s not in self._subjects]
        if unknown:
            mend = ("请用标签表中的学科代码", "Use the subject codes of the tag list")
            self._wrong(line, place, f"没有学科 {unknown[0]}", f"there is no subject {unknown[0]}", mend)
        return not unknown

    def _span(self, section: str, place: int, entry: dict[str, Any]) -> tuple[date, date] | None:
        self._fields(section, place, entry)
        first, last = (self._day(section, place, entry, field) for field in ("first", "last"))
        if first and last and last < first:
            mend = ("请把 last 写在 first 当天或之后", "Put last on or after first")
            line = self._line(section, place, "last")
            self._wrong(line, f"{section}.last", "早于第一天", "this is before the first day", mend)
            return None
        if first and last and (last - first).days > LONGEST_DAYS:
            mend = ("请检查年份", "Check the year")
            line = self._line(section, place, "last")
            self._wrong(line, f"{section}.last", "长过一个学期", "this makes it longer than a term", mend)
            return None
        return (first, last) if first and last else None

    def _day(self, section: str, place: int, entry: dict[str, Any], field: str) -> date | None:
        given = entry.get(field)
        if type(given) is date:
            return given
        mend = ("请写成 2026-09-01，不加引号", "Write it as 2026-09-01, without quotation marks")
        self._wrong(self._line(section, place, field), f"{section}.{field}", "不是日期", "this is not a date", mend)
        return None

    def _fields(self, section: str, place: int, entry: dict[str, Any]) -> None:
        for field in entry:
            if field not in _FIELDS[section]:
                known = ", ".join(_FIELDS[section])
                mend = (f"这里可以写 {known}", f"What may stand here: {known}")
                line = self._line(section, place, field)
                self._wrong(line, f"{section}.{field}", "没有这个字段", "there is no such field", mend)

    def _wrong(self, line: int, field: str, zh: str, en: str, mend: tuple[str, str]) -> None:
        sentence = f"{en[:1].upper()}{en[1:]}. {mend[1]}."
        self._problems.append(CalendarProblem(line, field, f"{zh}。{mend[0]}。", sentence))

    def _line(self, section: str, place: int = 0, field: str = "") -> int:
        """The line where a field stands, or its section where it is missing; 0 where neither can be found."""
        head = re.compile(rf"\s*\[\[?\s*{re.escape(section)}\s*\]\]?\s*(#.*)?$")
        starts = [n for n, line in enumerate(self._lines) if head.match(line)]
        if place >= len(starts):
            return next((n for n, line in enumerate(self._lines, 1) if line.strip().startswith(section)), 0)
        for n in range(starts[place] + 1, len(self._lines)):
            if self._lines[n].lstrip().startswith("["):
                break
            if field and re.match(rf"\s*\"?{re.escape(field)}\"?\s*=", self._lines[n]):
                return n + 1
        return starts[place] + 1


_SECTIONS = ("可以写 term、holiday、make_up 和 timetable", "What may stand here: term, holiday, make_up and timetable")
_STAGES_EN = "Write [timetable.primary], [timetable.junior] or [timetable.senior]"
