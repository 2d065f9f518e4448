"""The teaching calendar that is in force: the file `calendar.toml` in the data folder, else the usual school year."""

import logging
from datetime import timedelta
from pathlib import Path

from smartedu.base.errors import DomainError, Problem
from smartedu.base.settings import Settings
from smartedu.formats.school_calendar import CalendarError, read_calendar
from smartedu.library import reference
from smartedu.rules.teaching_calendar import Calendar

FILE = "calendar.toml"
SEEN_WITHIN = timedelta(minutes=10)
"""So long, at the most, a page that is remembered goes by the file as it was before a change."""
Seen = tuple[int, int]  # when a file was changed, and its size
log = logging.getLogger(__name__)


class CalendarRefused(DomainError):
    """The file is no calendar: one Problem for each mistake, with its line."""


def read(file: Path) -> Calendar:
    """The calendar that a file says; the usual one where there is no file. Raises CalendarRefused."""
    subjects = frozenset(code for dimension, code in reference.tags_by_code() if dimension == "subject")
    try:
        return read_calendar(file.read_bytes(), subjects)
    except FileNotFoundError:
        return Calendar()
    except OSError as error:
        reason = error.strerror or str(error)
        zh, en = "无法读取，请检查它的权限", "cannot be read; check its permissions"
        raise CalendarRefused(Problem("calendar", str(file), f"{file}：{zh}。", f"{file} {en} ({reason}).")) from None
    except CalendarError as error:
        raise CalendarRefused(
            *(
                Problem(
                    "calendar",
                    f"{file.name}:{problem.line}",
                    f"{file.name} 第 {problem.line} 行 {problem.field}：{problem.zh}",
                    f"{file.name} line {problem.line} {problem.field}: {problem.en}",
                )
                for problem in error.problems
            )
        ) from None


class _InForce:
    """What a process last read, so that a file is read again only when it has changed."""

    def __init__(self) -> None:
        self._seen: Seen | None = None
        self._calendar = Calendar()

    def now(self, file: Path) -> Calendar:
        try:
            there = file.stat()
            seen = (there.st_mtime_ns, there.st_size)
        except OSError:
            seen = (0, 0)
        if seen != self._seen:
            self._seen = seen
            try:
                self._calendar = read(file)
            except CalendarRefused as refused:  # at a start it is refused; a slip while running keeps what was right
                for problem in refused.problems:
                    log.error("%s %s", problem.zh, problem.en)
        return self._calendar


_in_force = _InForce()


def calendar(settings: Settings) -> Calendar:
    """The calendar in force. A change of the file counts from the next page that is made.

    Nothing tells the page memory of a change: where `has_own`, a page that shows the calendar ends `SEEN_WITHIN`.
    """
    return _in_force.now(settings.data_dir / FILE)


def has_own(settings: Settings) -> bool:
    """Whether there is a calendar of one's own that may be changed; ask after `calendar`, so that a new one counts."""
    return (settings.data_dir / FILE).exists()


def check(settings: Settings) -> None:
    """Raise CalendarRefused where the file in the data folder is no calendar; called when the platform starts."""
    read(settings.data_dir / FILE)
