"""English for the primary school: What time is it? Full hours, half past, past and to."""

import math

from smartedu.demo.films.cards import closing, head, label, opening
from smartedu.demo.films.look import (
    ACCENT,
    AMBER_TINT,
    BLUE,
    BLUE_TINT,
    GREEN,
    GREEN_TINT,
    INK,
    LINE,
    PAPER,
    RED_TINT,
    SECOND,
)
from smartedu.demo.films.timeline import Film, Line, Scene, Stage, smooth


def clock(
    s: Stage, x: float, y: float, r: float, minutes: float, alpha: float = 1, tint: tuple[float, float] | None = None
) -> None:
    """A clock face that shows `minutes` after midnight; `tint` colours the sweep between two minute marks."""
    s.circle(x, y, r, PAPER, INK, r / 22, alpha)
    if tint:
        s.pie(x, y, r * 0.72, -90 + 6 * tint[0], -90 + 6 * tint[1], AMBER_TINT, alpha)
    for hour in range(1, 13):
        turn = math.radians(30 * hour - 90)
        s.text(
            x + r * 0.82 * math.cos(turn), y + r * 0.82 * math.sin(turn), str(hour), round(r * 0.19), INK, alpha=alpha
        )
    for share, length, colour, width in ((minutes / 720, 0.46, INK, r / 14), (minutes / 60, 0.66, ACCENT, r / 20)):
        turn = math.radians(360 * share - 90)
        s.line([(x, y), (x + r * length * math.cos(turn), y + r * length * math.sin(turn))], colour, width, alpha)
    s.circle(x, y, r / 16, INK, alpha=alpha)


def _picture(s: Stage) -> None:
    clock(s, 1010, 360, 170, 7 * 60 + 30 * s.ease(0, 0.2, 2.0), s.ease(0, -0.2))


def _bubble(s: Stage, x: float, y: float, english: str, chinese: str, fill: str, alpha: float) -> None:
    s.rect(x, y, 560, 140, fill, radius=26, alpha=alpha)
    s.text(x + 280, y + 50, english, 50, INK, bold=True, alpha=alpha, on=fill)
    s.text(x + 280, y + 106, chinese, 34, SECOND, alpha=alpha, on=fill)


def _ask(s: Stage) -> None:
    head(s, "怎样问时间  Asking the time")
    clock(s, 300, 350, 190, 7 * 60, s.ease(0, -0.3))
    _bubble(s, 610, 180, "What time is it?", "现在几点了？", BLUE_TINT, s.ease(0, 0.1))
    _bubble(s, 610, 370, "It's seven o'clock.", "七点整。", RED_TINT, s.ease(1, 0.1))
    s.text(890, 570, "It is = It's", 42, SECOND, alpha=s.ease(1, 1.4))


def _whole(s: Stage) -> None:
    head(s, "整点  o'clock")
    times = (
        (7 * 60, "seven o'clock", "起床 get up"),
        (12 * 60, "twelve o'clock", "吃午饭 have lunch"),
        (21 * 60, "nine o'clock", "睡觉 go to bed"),
    )
    for n, (minutes, english, what) in enumerate(times):
        x, come = 230 + 410 * n, s.ease(n, -0.1)
        clock(s, x, 290, 138, minutes, come)
        s.text(x, 480, english, 46, ACCENT, bold=True, alpha=come)
        s.text(x, 545, what, 38, SECOND, alpha=s.ease(n, 0.5))


def _digits(s: Stage) -> None:
    head(s, "直接读数字  Just read the numbers")
    rows = (("7:30", "seven thirty"), ("8:15", "eight fifteen"), ("4:05", "four oh five"))
    for n, (digits, english) in enumerate(rows):
        y, come = 190 + 140 * n, s.ease(n, -0.1)
        s.rect(230, y - 56, 260, 112, "#22302A", radius=16, alpha=come)
        s.text(360, y, digits, 72, "#8EE0AE", bold=True, alpha=come, on="#22302A")
        s.arrow((540, y), (540 + 90 * s.ease(n, 0.2), y), SECOND, 5, 20)
        s.text(690, y, english, 64, INK, "lm", bold=True, alpha=s.ease(n, 0.3))


def _turn(s: Stage, line: int, start: float, end: float) -> float:
    return start + (end - start) * smooth(max(0.0, s.at(line, 0.2)) / 1.6)


def _half(s: Stage) -> None:
    head(s, "过了半小时  half past")
    clock(s, 330, 340, 200, _turn(s, 0, 7 * 60, 7 * 60 + 30), s.ease(0, -0.3), (0, _turn(s, 0, 0, 30)))
    s.text(890, 220, "half past seven", 68, ACCENT, bold=True, alpha=s.ease(1, 0.1))
    s.text(890, 310, "七点半", 46, INK, alpha=s.ease(1, 0.5))
    label(s, 890, 430, "half 一半    past 过了", AMBER_TINT, INK, 44, s.during(2, 0.1, 0.5))


def _past_to(s: Stage) -> None:
    head(s, "past 过了 · to 还差")
    x, y, r = 330.0, 375.0, 186.0
    come = s.ease(0, -0.3)
    after = s.at(2) < 0
    minutes = _turn(s, 1, 3 * 60, 3 * 60 + 10) if after else _turn(s, 2, 3 * 60 + 10, 3 * 60 + 50)
    tint = (0.0, _turn(s, 1, 0, 10)) if after else (_turn(s, 2, 60, 50), 60.0)
    s.pie(x, y, r + 34, -90, 90, GREEN_TINT, come)
    s.pie(x, y, r + 34, 90, 270, BLUE_TINT, come)
    clock(s, x, y, r, minutes, come, tint if s.at(1) > 0 else None)
    s.text(x + 190, y - 205, "past", 46, GREEN, bold=True, alpha=s.during(0, 0.2, 0.5))
    s.text(x - 190, y - 205, "to", 46, BLUE, bold=True, alpha=s.during(0, 0.6, 0.9))
    s.text(900, 220, "3:10   ten past three", 56, GREEN, bold=True, alpha=s.ease(1, 0.3))
    s.text(900, 285, "三点过十分", 38, SECOND, alpha=s.ease(1, 0.6))
    s.text(900, 400, "3:50   ten to four", 56, BLUE, bold=True, alpha=s.ease(2, 0.3))
    s.text(900, 465, "差十分四点", 38, SECOND, alpha=s.ease(2, 0.6))


def _try(s: Stage) -> None:
    head(s, "你来试试  Your turn")
    first = s.at(2) < 0
    clock(s, 360, 340, 200, 6 * 60 + 30 if first else 8 * 60 + 45, s.ease(0, -0.3) if first else s.ease(2, -0.3))
    s.text(880, 240, "What time is it?", 60, INK, bold=True, alpha=s.ease(0) if first else 1)
    s.text(880, 390, "It's half past six.", 60, ACCENT, bold=True, alpha=s.ease(1) if first else 0)
    s.text(880, 390, "It's a quarter to nine.", 56, ACCENT, bold=True, alpha=s.ease(3))
    s.text(880, 470, "quarter = 15 分钟", 40, SECOND, alpha=s.ease(3, 0.8))
    s.rect(640, 560, 480, 4, LINE)
    s.text(880, 610, "先想一想，再听答案", 36, SECOND, alpha=s.ease(0, 0.3))


FILM = Film(
    slug="what-time",
    title_zh="What time is it?",
    title_en="Telling the time in English",
    kicker="英语 · 四年级",
    sources=("what_time.py",),
    scenes=(
        opening(
            Line("今天我们学习用英语问时间、说时间。", "Today we learn to ask and tell the time in English."),
            picture=_picture,
        ),
        Scene(
            _ask,
            (
                Line(
                    "想知道几点了，就问：What time is it?",
                    "To learn the time we ask: What time is it?",
                    say=(("zh", "想知道几点了，就问："), ("en", "What time is it?")),
                ),
                Line(
                    "回答说：It's seven o'clock. 七点整。",
                    "The answer is: It's seven o'clock.",
                    0.8,
                    say=(("zh", "回答说："), ("en", "It's seven o'clock."), ("zh", "七点整。")),
                ),
            ),
        ),
        Scene(
            _whole,
            (
                Line(
                    "整点用 o'clock。七点，seven o'clock，起床。",
                    "For full hours we say o'clock. Seven o'clock: get up.",
                    say=(("zh", "整点这样说。七点，"), ("en", "seven o'clock."), ("zh", "起床。")),
                ),
                Line(
                    "十二点，twelve o'clock，吃午饭。",
                    "Twelve o'clock: have lunch.",
                    say=(("zh", "十二点，"), ("en", "twelve o'clock."), ("zh", "吃午饭。")),
                ),
                Line(
                    "晚上九点，nine o'clock，睡觉。",
                    "Nine o'clock in the evening: go to bed.",
                    0.5,
                    say=(("zh", "晚上九点，"), ("en", "nine o'clock."), ("zh", "睡觉。")),
                ),
            ),
        ),
        Scene(
            _digits,
            (
                Line(
                    "不是整点，可以直接读数字：先说小时，再说分钟。七点三十，seven thirty。",
                    "At other times just read the numbers, hours first: seven thirty.",
                    say=(("zh", "不是整点，可以直接读数字：先说小时，再说分钟。七点三十，"), ("en", "seven thirty.")),
                ),
                Line(
                    "八点十五，eight fifteen。", "Eight fifteen.", say=(("zh", "八点十五，"), ("en", "eight fifteen."))
                ),
                Line(
                    "四点零五，中间的零读作 oh：four oh five。",
                    "Four oh five: the zero is said as “oh”.",
                    0.5,
                    say=(("zh", "四点零五，中间的零这样读："), ("en", "four oh five.")),
                ),
            ),
        ),
        Scene(
            _half,
            (
                Line("看，分针走了半圈，过了半小时。", "Look: the minute hand has gone half way round."),
                Line(
                    "七点半，half past seven。",
                    "Half past seven.",
                    say=(("zh", "七点半，"), ("en", "half past seven.")),
                ),
                Line(
                    "half 是一半，past 是过了：过了七点，又走了一半。",
                    "Half means one of two equal parts, past means after: half an hour after seven.",
                    0.4,
                    say=(("en", "Half"), ("zh", "是一半，"), ("en", "past"), ("zh", "是过了：过了七点，又走了一半。")),
                ),
            ),
        ),
        Scene(
            _past_to,
            (
                Line(
                    "前半小时用 past，表示过了几分；后半小时用 to，表示还差几分。",
                    "In the first half hour we say past, in the second half we say to.",
                    say=(
                        ("zh", "前半小时用"),
                        ("en", "past,"),
                        ("zh", "表示过了几分；后半小时用"),
                        ("en", "to,"),
                        ("zh", "表示还差几分。"),
                    ),
                ),
                Line(
                    "三点十分：ten past three。",
                    "Ten minutes after three: ten past three.",
                    0.5,
                    say=(("zh", "三点十分："), ("en", "ten past three.")),
                ),
                Line(
                    "三点五十，还差十分到四点：ten to four。",
                    "Three fifty is ten minutes before four: ten to four.",
                    0.8,
                    say=(("zh", "三点五十，还差十分到四点："), ("en", "ten to four.")),
                ),
            ),
        ),
        Scene(
            _try,
            (
                Line(
                    "轮到你了。看钟面：What time is it?",
                    "Your turn. Look at the clock: What time is it?",
                    2.2,
                    say=(("zh", "轮到你了。看钟面："), ("en", "What time is it?")),
                ),
                Line("It's half past six.", "It's half past six.", 0.8, say=(("en", "It's half past six."),)),
                Line(
                    "再来一个：What time is it?",
                    "One more: What time is it?",
                    2.2,
                    say=(("zh", "再来一个："), ("en", "What time is it?")),
                ),
                Line(
                    "It's a quarter to nine. 一刻钟就是十五分钟。",
                    "It's a quarter to nine. A quarter is fifteen minutes.",
                    0.6,
                    say=(("en", "It's a quarter to nine."), ("zh", "一刻钟就是十五分钟。")),
                ),
            ),
        ),
        closing(
            ("What time is it?   It's … o'clock.", "half past 半 · past 过了 · to 还差"),
            Line(
                "问时间，说：What time is it?",
                "To ask the time, say: What time is it?",
                say=(("zh", "问时间，说："), ("en", "What time is it?")),
            ),
            Line(
                "整点用 o'clock，半点用 half past。",
                "Full hours take o'clock, half hours take half past.",
                say=(("zh", "整点用"), ("en", "o'clock,"), ("zh", "半点用"), ("en", "half past.")),
            ),
        ),
    ),
)
