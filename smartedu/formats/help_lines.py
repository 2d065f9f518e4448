"""The telephone lines of help as a TOML file: who answers, when, and what one may say.

[[line]]
number = "12356"
kind = "talk"              # talk: someone to talk to; authority: complaints and advice; danger: now
name_zh = "心理援助热线"
name_en = "Psychological aid line"
hours_zh = "每天至少 18 小时"
hours_en = "at least 18 hours a day"
who_zh = "…"               # who answers
who_en = "…"
say_zh = "…"               # what one may say; may be left out
say_en = "…"
"""

import re
import tomllib
from enum import StrEnum

import msgspec

_NUMBER = re.compile(r"\+?[0-9][0-9 -]{1,18}[0-9]")


class HelpKind(StrEnum):
    """What a line is for; lines of one kind stand together on the page."""

    TALK = "talk"
    AUTHORITY = "authority"
    DANGER = "danger"


class HelpLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One telephone line, in both languages."""

    number: str
    kind: HelpKind
    name_zh: str
    name_en: str
    hours_zh: str
    hours_en: str
    who_zh: str
    who_en: str
    say_zh: str = ""
    say_en: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    line: tuple[HelpLine, ...]


class HelpLinesError(Exception):
    """The file cannot be used; `zh` and `en` say what is wrong and where."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(f"{zh} {en}")


def read_help_lines(text: str) -> tuple[HelpLine, ...]:
    """The lines in the order of the file. Raises HelpLinesError with the first thing that is wrong."""
    try:
        found = msgspec.convert(tomllib.loads(text), _File).line
    except tomllib.TOMLDecodeError as error:
        raise HelpLinesError(f"不是 TOML 文件：{error}。", f"is no TOML file: {error}.") from None
    except msgspec.ValidationError as error:
        raise HelpLinesError(f"内容不对：{error}。", f"does not fit: {error}.") from None
    for place, line in enumerate(found, start=1):
        if not _NUMBER.fullmatch(line.number):
            raise HelpLinesError(
                f"第 {place} 条的号码“{line.number}”不是电话号码。",
                f'the number "{line.number}" of line {place} is no telephone number.',
            )
    if not any(line.kind == HelpKind.TALK for line in found):
        raise HelpLinesError(
            "至少要有一条 kind = “talk” 的热线，每一页的页脚都会提到第一条。",
            'there must be a line of kind = "talk": the foot of every page names the first one.',
        )
    return found
