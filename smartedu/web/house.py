"""Who runs this platform, as its operator tells it in the settings, and the lines of help: the same on every page."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from smartedu.base.settings import get_settings
from smartedu.formats.help_lines import HelpKind, HelpLine, read_help_lines

_OWN_LINES = Path(__file__).with_name("help_lines.toml")


@dataclass(frozen=True)
class LineView:
    number: str
    call: str
    name: str
    hours: str
    who: str
    say: str


@dataclass(frozen=True)
class HouseView:
    """`operator` and the like are empty where the settings do not say; `listener` is who a child may call first."""

    operator: str
    email: str
    phone: str
    phone_call: str
    icp_number: str
    police_number: str
    police_url: str
    listener: LineView


@cache
def house(language: str) -> HouseView:
    """The operator of this platform in a language ("zh" or "en")."""
    own = get_settings()
    names = (own.operator_name_zh, own.operator_name_en)
    digits = "".join(sign for sign in own.police_number if sign.isdigit())
    return HouseView(
        operator=(names[0] or names[1]) if language == "zh" else (names[1] or names[0]),
        email=own.contact_email,
        phone=own.contact_phone,
        phone_call=_call(own.contact_phone),
        icp_number=own.icp_number,
        police_number=own.police_number,
        police_url=f"https://beian.mps.gov.cn/#/query/webSearch?code={quote(digits)}",
        listener=lines(language, HelpKind.TALK)[0],
    )


@cache
def lines(language: str, kind: HelpKind) -> tuple[LineView, ...]:
    """The lines of help of a kind, in a language ("zh" or "en")."""
    return tuple(_view(line, language) for line in _all_lines() if line.kind == kind)


@cache
def _all_lines() -> tuple[HelpLine, ...]:
    file = get_settings().help_lines or _OWN_LINES
    return read_help_lines(file.read_text(encoding="utf-8"))


def _view(line: HelpLine, language: str) -> LineView:
    call = _call(line.number)
    if language == "zh":
        return LineView(line.number, call, line.name_zh, line.hours_zh, line.who_zh, line.say_zh)
    return LineView(line.number, call, line.name_en, line.hours_en, line.who_en, line.say_en)


def _call(number: str) -> str:
    """The number as a telephone takes it: «tel:» without spaces and hyphens."""
    return "tel:" + number.replace(" ", "").replace("-", "")
