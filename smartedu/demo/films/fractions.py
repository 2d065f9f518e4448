"""First fractions: equal parts first, then their name; halves, quarters, and which of two is larger."""

import math

from smartedu.demo.films.cards import closing, head, label, note, opening
from smartedu.demo.films.look import (
    ACCENT,
    AMBER,
    AMBER_TINT,
    BLUE,
    BLUE_TINT,
    GREEN,
    GREEN_TINT,
    INK,
    RED_TINT,
    SECOND,
)
from smartedu.demo.films.timeline import Film, Line, Scene, Stage


def fraction(
    s: Stage, x: float, y: float, above: str, below: str, size: int = 84, colour: str = INK, alpha: float = 1
) -> None:
    """A fraction as it is written: the line first, then the lower number, then the upper."""
    wide = size * 0.62
    s.line([(x - wide, y), (x + wide, y)], colour, max(4, size / 14), alpha)
    s.text(x, y + size * 0.66, below, size, colour, alpha=alpha)
    s.text(x, y - size * 0.66, above, size, colour, alpha=alpha)


def _cake(
    s: Stage, x: float, y: float, r: float, parts: int, taken: int, alpha: float = 1, gap: float = 0.0, cut: float = 1.0
) -> None:
    """A round cake in `parts` equal slices, `taken` of them coloured."""
    for n in range(parts):
        start = -90 + 360 / parts * n
        middle = math.radians(start + 180 / parts)
        dx, dy = gap * math.cos(middle), gap * math.sin(middle)
        fill = RED_TINT if n < taken else AMBER_TINT
        s.pie(x + dx, y + dy, r, start, start + 360 / parts, fill, alpha)
        if gap >= 1:
            edge = [math.radians(start + 360 / parts * k / 60) for k in range(61)]
            rim = [(x + dx + r * math.cos(a), y + dy + r * math.sin(a)) for a in edge]
            s.line([(x + dx, y + dy), *rim, (x + dx, y + dy)], AMBER, 5, alpha)
    if gap < 1:
        s.circle(x, y, r, None, AMBER, 5, alpha)
        for n in range(parts):
            turn = math.radians(-90 + 360 / parts * n)
            if parts > 1:
                s.line([(x, y), (x + r * cut * math.cos(turn), y + r * cut * math.sin(turn))], AMBER, 5, alpha)


def _picture(s: Stage) -> None:
    _cake(s, 1000, 360, 140, 4, 1, s.ease(0, 0.1))


def _share(s: Stage) -> None:
    head(s, "两个人分，怎样才公平")
    for n in range(4):
        come = s.during(0, 0.1 + n * 0.1, 0.3 + n * 0.1)
        side = -1 if n % 2 == 0 else 1
        apart = s.during(1, 0.1, 0.6) * 170
        s.circle(640 + side * (70 + apart), 160 + (n // 2) * 108, 46, RED_TINT, ACCENT, 5, come)
    s.text(400, 360, "2 个", 44, INK, alpha=s.during(1, 0.6, 0.9))
    s.text(880, 360, "2 个", 44, INK, alpha=s.during(1, 0.6, 0.9))
    if s.at(2) > 0:
        _cake(s, 640, 490, 96, 1, 0, s.ease(2))
    s.text(800, 490, "?", 96, ACCENT, bold=True, alpha=s.during(2, 0.6, 0.9))


def _half(s: Stage) -> None:
    head(s, "平均分成两份")
    apart = 34 * s.during(1, 0.1, 0.5)
    _cake(
        s,
        400,
        340,
        170,
        2 if s.at(0, 0.8) > 0 else 1,
        1 if s.at(1, 0.5) > 0 else 0,
        s.ease(0, -0.3),
        apart,
        s.during(0, 0.4, 0.8),
    )
    if 0.1 < s.during(0, 0.1, 0.9) < 1:
        s.dashed((400, 150), (400, 530), ACCENT, 4, alpha=1)
    x, y = 860.0, 320.0
    s.line([(x - 62, y), (x - 62 + 124 * s.during(2, 0.1, 0.3), y)], INK, 7, 1 if s.at(2) > 0 else 0)
    s.text(x, y + 74, "2", 100, BLUE, alpha=s.during(2, 0.4, 0.6))
    s.text(x, y - 74, "1", 100, ACCENT, alpha=s.during(2, 0.7, 0.9))
    s.text(x - 100, y, "平均分", 38, SECOND, "rm", alpha=s.during(2, 0.1, 0.3))
    s.text(x + 90, y + 74, "分成 2 份", 38, BLUE, "lm", alpha=s.during(2, 0.4, 0.6))
    s.text(x + 90, y - 74, "取其中 1 份", 38, ACCENT, "lm", alpha=s.during(2, 0.7, 0.9))
    note(s, "读作：二分之一", s.ease(3), 560)


def _fair(s: Stage) -> None:
    head(s, "一定要“平均”分")
    come = s.ease(0, -0.3)
    s.rect(180, 200, 320, 200, GREEN_TINT, alpha=come)
    s.rect(180, 200, 160, 200, "#A9D3BA", alpha=come)
    s.rect(180, 200, 320, 200, None, GREEN, 5, alpha=come)
    s.line([(340, 200), (340, 400)], GREEN, 5, come)
    s.rect(780, 200, 320, 200, RED_TINT, alpha=come)
    s.rect(780, 200, 90, 200, "#EDB3A5", alpha=come)
    s.rect(780, 200, 320, 200, None, ACCENT, 5, alpha=come)
    s.line([(870, 200), (870, 400)], ACCENT, 5, come)
    label(s, 340, 470, "两份一样大：是二分之一", GREEN_TINT, GREEN, 38, s.during(0, 0.4, 0.8))
    label(s, 940, 470, "一大一小：不是二分之一", RED_TINT, ACCENT, 38, s.during(1, 0.2, 0.6))


def _quarter(s: Stage) -> None:
    head(s, "一张纸，折两次")
    x, y, w, h = 160.0, 190.0, 360.0, 280.0
    come = s.ease(0, -0.3)
    s.rect(x, y, w, h, BLUE_TINT, alpha=come)
    one = s.during(1, 0.3, 0.7)
    s.rect(x, y, w / 2, h / 2, "#9CC3E6", alpha=one, on=BLUE_TINT)
    s.rect(x, y, w, h, None, BLUE, 5, alpha=come)
    first, second = s.during(0, 0.2, 0.5), s.during(0, 0.55, 0.85)
    s.dashed((x + w / 2, y), (x + w / 2, y + h * max(0.01, first)), BLUE, 5)
    if second > 0:
        s.dashed((x, y + h / 2), (x + w * second, y + h / 2), BLUE, 5)
    if s.at(1) > 0:
        fraction(s, 690, 330, "1", "4", 96, ACCENT, s.during(1, 0.4, 0.8))
    for n, words in enumerate(("分子：取了几份", "分数线：平均分", "分母：一共几份")):
        s.text(
            780,
            268 + 63 * n,
            words,
            40,
            INK if n != 1 else SECOND,
            "lm",
            alpha=s.during(2, 0.05 + 0.3 * n, 0.3 + 0.3 * n),
        )


def _compare(s: Stage) -> None:
    head(s, "谁大谁小")
    _cake(s, 340, 290, 150, 2, 1, s.ease(0, -0.3))
    _cake(s, 940, 290, 150, 4, 1, s.ease(0, -0.1))
    fraction(s, 340, 520, "1", "2", 52, INK, s.ease(0, 0.4))
    fraction(s, 940, 520, "1", "4", 52, INK, s.ease(0, 0.4))
    s.text(640, 310, ">", 110, ACCENT, bold=True, alpha=s.during(1, 0.4, 0.7))
    s.text(640, 420, "份数越多", 38, SECOND, alpha=s.during(1, 0.5, 0.8))
    s.text(640, 470, "每份越小", 38, SECOND, alpha=s.during(1, 0.6, 0.9))


FILM = Film(
    slug="fractions",
    title_zh="分数的初步认识",
    title_en="First fractions: one part of a whole",
    kicker="数学 · 三年级",
    sources=("fractions.py",),
    scenes=(
        opening(
            Line("今天我们认识一种新的数，它叫分数。", "Today we meet a new kind of number: the fraction."),
            picture=_picture,
        ),
        Scene(
            _share,
            (
                Line(
                    "桌上有四个苹果，平均分给两个人。",
                    "There are four apples on the table, to be shared equally by two people.",
                ),
                Line("每人分到两个，可以用整数二来表示。", "Each gets two, and the whole number 2 says so."),
                Line(
                    "可是只有一块蛋糕，每人分到多少呢？",
                    "But if there is only one cake, how much does each one get?",
                    0.5,
                ),
            ),
        ),
        Scene(
            _half,
            (
                Line("把一块蛋糕平均分成两份。", "Cut the cake into two equal parts.", 0.4),
                Line(
                    "每一份就是这块蛋糕的一半，也就是它的二分之一。", "Each part is half of the cake: one half of it."
                ),
                Line(
                    "先写一条横线，表示平均分；下面写二，表示分成两份；上面写一，表示取其中一份。",
                    "First draw a line: shared equally. Below it write 2, for two parts; above it write 1, for "
                    "the one part we take.",
                ),
                Line("这个数读作：二分之一。", "We read this number as one half.", 0.5),
            ),
        ),
        Scene(
            _fair,
            (
                Line(
                    "注意，必须是平均分。两份一样大，每份才是二分之一。",
                    "Mind that the parts must be equal. Only when both are the same size is each one half.",
                ),
                Line(
                    "如果一份大、一份小，就不能说是二分之一。",
                    "When one part is larger than the other, neither is one half.",
                    0.5,
                ),
            ),
        ),
        Scene(
            _quarter,
            (
                Line(
                    "再拿一张纸，对折一次，再对折一次，打开看，一共四份。",
                    "Now fold a sheet of paper once, and once again. Open it: there are four equal parts.",
                ),
                Line("涂色的一份，是这张纸的四分之一。", "The coloured part is one quarter of the sheet."),
                Line(
                    "横线上面的数叫分子，横线叫分数线，下面的数叫分母。",
                    "The number above is the numerator, the line is the fraction bar, the number below is the "
                    "denominator.",
                    0.5,
                ),
            ),
        ),
        Scene(
            _compare,
            (
                Line(
                    "同样大的蛋糕，二分之一和四分之一，哪一块大？",
                    "Of two cakes of the same size, which is more: one half or one quarter?",
                    1.2,
                ),
                Line(
                    "二分之一大。同一个东西分的份数越多，每一份就越小。",
                    "One half is more. The more parts the same thing is cut into, the smaller each part is.",
                    0.8,
                ),
            ),
        ),
        closing(
            ("平均分成几份，一份就是它的几分之一", "分的份数越多，每一份越小"),
            Line(
                "把一个东西平均分成几份，每份就是它的几分之一。",
                "Share one thing into equal parts, and each part is one fraction of it.",
            ),
            Line(
                "想一想：一块巧克力平均分给八个人，每人分到几分之一？",
                "Think: a bar of chocolate is shared equally by eight people. What fraction does each one get?",
                1.0,
            ),
        ),
    ),
)
