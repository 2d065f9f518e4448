"""The habits of the editions: how each heads its chapters, and what it closes them with."""

from dataclasses import dataclass
from functools import cache

import msgspec

from smartedu.demo.written import read_file

UNNUMBERED = (
    "总复习", "整理和复习", "整理与复习", "期末", "我上学了", "数学好玩", "综合与实践", "Starter", "Revision",
    "Recycle", "Review",
)  # fmt: skip
"""What textbooks set between their numbered chapters; such a heading begins with one of these."""
CIPHERS = "零一二三四五六七八九"


class Closing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson beside the topics of a unit: its `kind` (see `phrases.toml`) and its title, with {u} for the unit's name
    and {l} for its number («第三单元»)."""

    kind: str
    title: str


class Habit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one edition does in one subject of one stage; an empty field holds for all. The first that fits counts."""

    heading: str
    stage: str = ""
    subject: str = ""
    editions: tuple[str, ...] = ()
    runs_on: bool = False
    closings: tuple[Closing, ...] = ()


class _Habits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    habits: tuple[Habit, ...]


@dataclass(frozen=True)
class Heading:
    """A chapter's `title`, and its `label`, the number alone («第三单元»; the name where it has no number)."""

    label: str
    title: str


@cache
def habits() -> tuple[Habit, ...]:
    """Every habit. Raises msgspec.ValidationError where `habits.toml` is malformed."""
    return read_file("country/habits.toml", _Habits).habits


@cache
def habit(stage: str, subject: str, edition: str) -> Habit:
    """The habit of a base edition. Raises LookupError where none is written."""
    for each in habits():
        if (
            each.stage in ("", stage)
            and each.subject in ("", subject)
            and (not each.editions or edition in each.editions)
        ):
            return each
    raise LookupError(f"no habit for {stage} {subject} {edition}")


def is_numbered(name: str) -> bool:
    """Whether a unit of that name bears a number."""
    return not name.startswith(UNNUMBERED)


def heading(form: str, number: int, name: str) -> Heading:
    """A chapter's heading: `form` has {n} (一), {d} (1) and {u} (the name)."""
    if not is_numbered(name):
        return Heading(name, name)
    title = form.format(n=numeral(number), d=number, u=name)
    return Heading(title.removesuffix(name).strip() or name, title)


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese: 一, 十二, 二十."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{CIPHERS[tens]}十") + (CIPHERS[ones] if ones else "")
