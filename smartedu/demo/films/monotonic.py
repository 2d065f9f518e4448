"""Monotonic functions: from a rising curve to a definition with two arbitrary points, a proof, and a trap."""

import math

from smartedu.demo.films.canvas import Point
from smartedu.demo.films.cards import closing, head, label, opening
from smartedu.demo.films.look import (
    ACCENT,
    AMBER_TINT,
    BLUE,
    BLUE_TINT,
    GREEN,
    GREEN_TINT,
    INK,
    MIST,
    RED_TINT,
    SECOND,
)
from smartedu.demo.films.shapes import axes, curve
from smartedu.demo.films.timeline import Film, Line, Scene, Stage


def _warmth(hour: float) -> float:
    """A mild spring day: coldest at 4, warmest at 14."""
    if hour <= 4:
        return 12 - 4 * math.sin(math.pi / 2 * hour / 4)
    if hour <= 14:
        return 15 - 7 * math.cos(math.pi * (hour - 4) / 10)
    return 15.5 + 6.5 * math.cos(math.pi * (hour - 14) / 11)


def _picture(s: Stage) -> None:
    come = s.ease(0, 0, 1.2)
    axes(s, (830, 520), 370, 320, alpha=come)
    points = curve(
        lambda x: 0.5 - 0.5 * math.cos(x), 0, 4.4 * max(0.02, come), lambda x, y: (850 + 72 * x, 470 - 210 * y)
    )
    s.line(points, ACCENT, 8)


def _day_place(hour: float, degrees: float) -> Point:
    return 150 + 40 * hour, 560 - 18 * degrees


def _day(s: Stage) -> None:
    head(s, "一天的气温")
    axes(s, (150, 560), 1020, 450, ("t / 时", "T / ℃"), s.ease(0, -0.4))
    for hour in (4, 8, 12, 16, 20, 24):
        s.text(150 + 40 * hour, 592, str(hour), 30, SECOND, alpha=s.ease(0))
    drawn = s.during(0, 0.2, 0.9) * 24
    if drawn > 0.1:
        s.line(curve(_warmth, 0, drawn, _day_place, 120), INK, 7)
    rise, fall = s.during(1, 0.15, 0.45), s.during(1, 0.6, 0.9)
    if rise > 0.02:
        s.line(curve(_warmth, 4, 4 + 10 * rise, _day_place), ACCENT, 10)
    s.text(430, 240, "上升", 44, ACCENT, alpha=rise)
    if fall > 0.02:
        s.line(curve(_warmth, 14, 14 + 10 * fall, _day_place), BLUE, 10)
    s.text(980, 240, "下降", 44, BLUE, alpha=fall)


def _square_place(x: float, y: float) -> Point:
    return 400 + 120 * x, 560 - 75 * y


def _walk(s: Stage) -> None:
    head(s, "怎样说清楚“上升”")
    axes(s, (400, 560), 360, 440, alpha=s.ease(0, -0.4), left=300)
    s.line(curve(lambda x: x * x, -2.3, 2.3, _square_place), INK, 6, s.ease(0, -0.2))
    s.rich(330, 150, "f(x) = x^2", 40, SECOND, "r", serif=True, alpha=s.ease(0))
    x = -2 + 4 * s.during(0, 0.2, 0.95) if s.at(1) < 0 else 2.0
    at = _square_place(x, x * x)
    seen = s.ease(0, 0.2) * (1 - s.ease(1))
    s.dashed(at, (at[0], 560), ACCENT, 3, 8, seen)
    s.circle(*at, 14, ACCENT, alpha=seen)
    moving = "y 随 x 增大而减小" if x < 0 else "y 随 x 增大而增大"
    s.text(940, 250, moving, 44, BLUE if x < 0 else ACCENT, alpha=seen)
    _pair(s)


def _pair(s: Stage) -> None:
    """Two points of the right branch with their heights."""
    a, b = 1.0, 1.9
    one, two = s.during(1, 0.35, 0.55), s.during(1, 0.6, 0.8)
    for x, name, come in ((a, "1", one), (b, "2", two)):
        at = _square_place(x, x * x)
        s.dashed(at, (at[0], 560), ACCENT, 3, 8, come)
        s.dashed(at, (400, at[1]), ACCENT, 3, 8, come)
        s.circle(*at, 13, ACCENT, alpha=come)
        s.rich(at[0], 592, f"x_{name}", 38, ACCENT, serif=True, alpha=come)
        s.rich(390, at[1], f"f(x_{name})", 36, ACCENT, "r", serif=True, alpha=come)
    s.rich(960, 240, "任取  x_1 < x_2", 50, INK, alpha=two)
    s.rich(960, 340, "都有  f(x_1) < f(x_2)", 50, ACCENT, alpha=s.during(2, 0.1, 0.4))
    label(s, 960, 450, "不管取哪两个点，都成立", AMBER_TINT, INK, 38, s.during(2, 0.5, 0.8))


def _definition(s: Stage) -> None:
    head(s, "定义")
    s.rich(640, 140, "对区间 D 内的任意 x_1、x_2，当 x_1 < x_2 时", 46, INK, alpha=s.during(0, 0, 0.4))
    for n, (left, sign, name, colour, tint) in enumerate(
        ((140.0, "<", "单调递增", ACCENT, RED_TINT), (680.0, ">", "单调递减", BLUE, BLUE_TINT))
    ):
        come = s.during(n, 0.5, 0.8) if n == 0 else s.during(1, 0.1, 0.5)
        s.rect(left, 210, 460, 360, tint, radius=18, alpha=come)
        s.rich(left + 230, 270, f"f(x_1) {sign} f(x_2)", 48, colour, serif=True, alpha=come, on=tint)
        rising = 1 if n == 0 else -1
        steps = [-1 + k / 30 for k in range(61)]
        points = [(left + 230 + 130 * x, 410 - 48 * rising * (math.exp(x) - 1)) for x in steps]
        s.line(points, colour, 8, come, tint)
        s.text(left + 230, 530, name, 46, colour, bold=True, alpha=come, on=tint)


def _prove(s: Stage) -> None:
    head(s, "证一证：f(x) = x² 在 [0, +∞) 上单调递增")
    rows = (
        ("任取 0 ≤ x_1 < x_2，", 0, 0.1, INK),
        ("f(x_2) − f(x_1) = x_2^2 − x_1^2", 1, 0.05, INK),
        ("= (x_2 − x_1)(x_2 + x_1)", 1, 0.5, INK),
        ("x_2 − x_1 > 0，  x_2 + x_1 > 0", 2, 0.1, BLUE),
        ("所以  f(x_1) < f(x_2)", 3, 0.1, ACCENT),
    )
    for n, (words, line, start, colour) in enumerate(rows):
        left = 260.0 if n != 2 else 498.0
        s.rich(left, 160 + 92 * n, words, 52, colour, "l", bold=n == 4, alpha=s.during(line, start, start + 0.4))


def _trap(s: Stage) -> None:
    head(s, "小心：f(x) = 1/x")
    axes(s, (400, 350), 300, 260, alpha=s.ease(0, -0.4), left=300, down=260)

    def place(x: float, y: float) -> Point:
        return 400 + 75 * x, 350 - 75 * y

    s.line(curve(lambda x: 1 / x, 0.38, 3.6, place), BLUE, 7, s.during(0, 0.1, 0.4))
    s.line(curve(lambda x: 1 / x, -3.6, -0.38, place), BLUE, 7, s.during(0, 0.3, 0.6))
    two = s.during(1, 0.15, 0.4)
    for x in (-1.0, 1.0):
        s.circle(*place(x, x), 13, ACCENT, alpha=two)
    s.text(490, 255, "(1, 1)", 34, ACCENT, "lm", alpha=two)
    s.text(312, 450, "(−1, −1)", 34, ACCENT, "rm", alpha=two)
    label(s, 960, 230, "每一支上都递减", GREEN_TINT, GREEN, 44, s.during(0, 0.6, 0.9))
    s.text(960, 340, "−1 < 1，可是 f(−1) < f(1)", 42, ACCENT, alpha=s.during(1, 0.3, 0.6))
    label(s, 960, 450, "合起来不是递减", RED_TINT, ACCENT, 44, s.during(1, 0.65, 0.9))
    label(s, 960, 560, "单调性要说明在哪个区间上", MIST, INK, 40, s.ease(2, 0.1))


FILM = Film(
    slug="monotonic",
    title_zh="函数的单调性",
    title_en="Where a function rises and falls",
    kicker="数学 · 高一",
    sources=("monotonic.py",),
    scenes=(
        opening(
            Line(
                "图象是上升还是下降？今天我们学会用数学语言把它说清楚。",
                "Does a graph rise or fall? Today we learn to say it in the language of mathematics.",
            ),
            picture=_picture,
        ),
        Scene(
            _day,
            (
                Line(
                    "这是某一天的气温曲线，横轴是时间，纵轴是温度。",
                    "This is the temperature of one day: time runs across, temperature upwards.",
                    0.3,
                ),
                Line(
                    "从四点到十四点，图象一直上升；从十四点到二十四点，图象一直下降。",
                    "From four to fourteen o'clock the graph rises; from fourteen to twenty-four it falls.",
                    0.4,
                ),
            ),
        ),
        Scene(
            _walk,
            (
                Line(
                    "再看二次函数 y 等于 x 的平方。点从左向右走，先下降，再上升。",
                    "Now y equals x squared. As the point moves to the right it first goes down, then up.",
                    say=(("zh", "再看二次函数，歪等于艾克斯的平方。点从左向右走，先下降，再上升。"),),
                ),
                Line(
                    "在右半边任意取两个数，让 x1 小于 x2。",
                    "On the right half take any two numbers with x1 less than x2.",
                    say=(("zh", "在右半边任意取两个数，让艾克斯一小于艾克斯二。"),),
                ),
                Line(
                    "那么一定有 f(x1) 小于 f(x2)。关键是“任意”：不管取哪两个，都成立。",
                    "Then f(x1) is always less than f(x2). The key word is “any”: it holds for every two of them.",
                    0.5,
                    say=(("zh", "那么，第一个函数值一定小于第二个函数值。关键是任意：不管取哪两个，都成立。"),),
                ),
            ),
        ),
        Scene(
            _definition,
            (
                Line(
                    "对区间内任意 x1 小于 x2，都有 f(x1) 小于 f(x2)，就说函数在区间上单调递增。",
                    "If in an interval a larger x always gives a larger f(x), the function is increasing on it.",
                    say=(("zh", "对区间内任意两个数，当自变量增大时，函数值也增大，就说函数在这个区间上单调递增。"),),
                ),
                Line(
                    "如果都有 f(x1) 大于 f(x2)，就说它单调递减。",
                    "If a larger x always gives a smaller f(x), the function is decreasing.",
                    0.5,
                    say=(("zh", "如果自变量增大时，函数值反而减小，就说它单调递减。"),),
                ),
            ),
        ),
        Scene(
            _prove,
            (
                Line("怎样证明？第一步，任意取两个数。", "How is it proved? First, take any two numbers."),
                Line("第二步，把函数值相减，再分解因式。", "Second, subtract the values and factorise."),
                Line(
                    "第三步，看符号。两个因式都大于零，差就大于零。",
                    "Third, look at the signs: both factors are positive, so the difference is positive.",
                ),
                Line(
                    "第四步，下结论：函数在这个区间上单调递增。",
                    "Fourth, conclude: the function is increasing on this interval.",
                    0.6,
                ),
            ),
        ),
        Scene(
            _trap,
            (
                Line(
                    "再看一个容易出错的例子：反比例函数，它在每一支上都是递减的。",
                    "Now a common trap: the function one over x falls on each of its two branches.",
                ),
                Line(
                    "但是负一小于一，负一处的函数值也小于一处的函数值，所以合起来并不递减。",
                    "But minus one is less than one, and its value is less too; so taken together it is not "
                    "decreasing.",
                ),
                Line(
                    "所以说单调性，一定要说明是在哪个区间上。",
                    "So whenever we speak of rising or falling, we must say on which interval.",
                    0.4,
                ),
            ),
        ),
        closing(
            ("任取  x_1 < x_2，比较 f(x_1) 与 f(x_2)", "步骤：取值、作差、定号、下结论"),
            Line("记住：任意取两个数，比较函数值的大小。", "Remember: take any two numbers and compare the values."),
            Line(
                "证明的步骤是：取值、作差、定号、下结论。",
                "The steps of the proof: choose, subtract, find the sign, conclude.",
            ),
        ),
    ),
)
