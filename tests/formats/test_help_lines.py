"""The lines of help as a file: the platform's own, a place's own, and what a wrong one is told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartedu.formats.help_lines import HelpKind, HelpLinesError, read_help_lines

OWN = Path(__file__).parents[2] / "smartedu" / "web" / "help_lines.toml"
LINE = """\
[[line]]
number = "12356"
kind = "talk"
name_zh = "心理援助热线"
name_en = "Aid line"
hours_zh = "全天"
hours_en = "day and night"
who_zh = "受过训练的人"
who_en = "Trained listeners"
"""


def test_the_platforms_own_lines_are_whole_in_both_languages() -> None:
    lines = read_help_lines(OWN.read_text(encoding="utf-8"))
    assert {"12356", "12355", "12345", "110", "120", "119"} <= {line.number for line in lines}
    assert {line.kind for line in lines} == set(HelpKind)
    for line in lines:
        assert all((line.name_zh, line.name_en, line.hours_zh, line.hours_en, line.who_zh, line.who_en))
        assert bool(line.say_zh) == bool(line.say_en), line.number


def test_lines_stand_in_the_order_of_the_file_and_need_no_words_to_say() -> None:
    lines = read_help_lines(LINE + LINE.replace("12356", "0571 8888-1234").replace("talk", "danger"))
    assert [(line.number, line.kind) for line in lines] == [
        ("12356", HelpKind.TALK),
        ("0571 8888-1234", HelpKind.DANGER),
    ]
    assert lines[0].say_zh == lines[0].say_en == ""


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("line = [", "不是 TOML", "no TOML"),
        ("", "line", "line"),
        (LINE.replace('"talk"', '"games"'), "games", "games"),
        (LINE.replace('who_zh = "受过训练的人"\n', ""), "who_zh", "who_zh"),
        (LINE + 'colour = "red"\n', "colour", "colour"),
        (LINE + LINE.replace("12356", "call me"), "第 2 条", "line 2"),
        (LINE.replace("12356", "+"), "第 1 条", "line 1"),
        (LINE.replace('"talk"', '"authority"'), "talk", "talk"),
    ],
)
def test_a_wrong_file_is_told_where(text: str, zh: str, en: str) -> None:
    with pytest.raises(HelpLinesError) as refusal:
        read_help_lines(text)
    assert zh in refusal.value.zh
    assert en in refusal.value.en


@given(st.text(max_size=30))
def test_only_what_a_telephone_can_dial_is_a_number(number: str) -> None:
    quoted = '"' + "".join(f"\\U{ord(sign):08X}" for sign in number if not 0xD800 <= ord(sign) < 0xE000) + '"'
    try:
        (line,) = read_help_lines(LINE.replace('"12356"', quoted))
    except HelpLinesError:
        return
    assert set(line.number) <= set("+0123456789 -")
    assert line.number[-1].isdigit()
