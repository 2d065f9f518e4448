"""The theorem of Pythagoras: the same big square, less the same four triangles, laid out in two ways."""

from smartedu.demo.films.canvas import Point
from smartedu.demo.films.cards import closing, head, label, note, opening
from smartedu.demo.films.look import (
    ACCENT,
    AMBER_TINT,
    BLUE,
    BLUE_TINT,
    GREEN,
    GREEN_TINT,
    INK,
    LARGE,
    LINE,
    PAPER,
    RED_TINT,
    SECOND,
)
from smartedu.demo.films.timeline import Film, Line, Scene, Stage, smooth

A, B = 150.0, 220.0  # the legs in the proof, in pixels
SIDE = A + B


def _title_picture(s: Stage) -> None:
    come = s.ease(0, 0.0, 1.0)
    at = (850.0, 500.0)
    s.polygon([at, (at[0] + 320, at[1]), (at[0], at[1] - 240)], AMBER_TINT, INK, 6, come)
    s.line([(at[0] + 30, at[1]), (at[0] + 30, at[1] - 30), (at[0], at[1] - 30)], ACCENT, 5, come, AMBER_TINT)


def _names(s: Stage) -> None:
    head(s, "认识三条边")
    right, foot, top = (430.0, 490.0), (830.0, 490.0), (430.0, 190.0)
    come = s.ease(0, -0.3)
    s.polygon([right, foot, top], AMBER_TINT, alpha=come)
    s.line([right, (right[0] + 400 * come, right[1])], INK, 6)
    s.line([right, (right[0], right[1] - 300 * come)], INK, 6)
    s.line([foot, (foot[0] - 400 * s.ease(0, 0.3), foot[1] - 300 * s.ease(0, 0.3))], INK, 6)
    corner = s.ease(0, 0.8, 0.4)
    s.line([(466, 490), (466, 454), (430, 454)], ACCENT, 5, corner, AMBER_TINT)
    a, b, c = s.during(1, 0.25, 0.4), s.during(1, 0.4, 0.55), s.during(1, 0.7, 0.9)
    s.text(385, 350, "a", LARGE, GREEN, bold=True, serif=True, alpha=a)
    s.text(600, 540, "b", LARGE, BLUE, bold=True, serif=True, alpha=b)
    s.text(682, 306, "c", LARGE, ACCENT, bold=True, serif=True, alpha=c)
    label(s, 300, 350, "勾", GREEN_TINT, GREEN, 44, s.during(2, 0.25, 0.35))
    label(s, 700, 545, "股", BLUE_TINT, BLUE, 44, s.during(2, 0.5, 0.6))
    label(s, 770, 262, "弦", RED_TINT, ACCENT, 44, s.during(2, 0.8, 0.9))


def _claim(s: Stage) -> None:
    head(s, "它说了什么")
    k = 38.0  # three, four and five of these
    right = (330.0, 400.0)
    top, foot = (right[0], right[1] - 3 * k), (right[0] + 4 * k, right[1])
    one, two, three = s.during(0, 0.0, 0.35), s.during(0, 0.2, 0.5), s.during(0, 0.6, 0.95)
    s.polygon([right, foot, (foot[0], foot[1] + 4 * k), (right[0], right[1] + 4 * k)], BLUE_TINT, BLUE, 4, two)
    s.polygon([right, top, (top[0] - 3 * k, top[1]), (right[0] - 3 * k, right[1])], GREEN_TINT, GREEN, 4, one)
    out = (3 * k, -4 * k)
    s.polygon(
        [top, foot, (foot[0] + out[0], foot[1] + out[1]), (top[0] + out[0], top[1] + out[1])],
        RED_TINT,
        ACCENT,
        4,
        three,
    )
    s.polygon([right, top, foot], AMBER_TINT, INK, 5)
    s.rich(right[0] - 57, right[1] - 57, "a^2", 44, GREEN, bold=True, serif=True, alpha=one, on=GREEN_TINT)
    s.rich(right[0] + 76, right[1] + 78, "b^2", 52, BLUE, bold=True, serif=True, alpha=two, on=BLUE_TINT)
    s.rich(right[0] + 133, right[1] - 133, "c^2", 60, ACCENT, bold=True, serif=True, alpha=three, on=RED_TINT)
    s.rich(930, 300, "a^2 + b^2 = c^2", 76, INK, bold=True, serif=True, alpha=s.during(0, 0.7, 1))
    s.text(930, 400, "直角三角形都这样吗？", 40, SECOND, alpha=s.ease(1))


def _tile(s: Stage, x: float, y: float, corners: list[Point], alpha: float = 1) -> None:
    s.polygon([(x + p, y + q) for p, q in corners], AMBER_TINT, INK, 4, alpha)


def _proof(s: Stage) -> None:
    head(s, "拼一拼，证一证")
    x, y = 190.0, 150.0
    s.rect(x, y, SIDE, SIDE, PAPER, LINE, 4)
    slide = smooth(s.at(3, 0.6) / 1.6)
    slide_two = smooth(s.at(3, 2.4) / 1.6)
    hollow = s.ease(1, 0.4)
    if s.at(3, 0.6) < 0:
        s.polygon([(x + A, y), (x + SIDE, y + A), (x + B, y + SIDE), (x, y + B)], RED_TINT, alpha=hollow)
    small = s.during(4, 0.15, 0.5)
    s.rect(x, y + B, A, A, GREEN_TINT, alpha=small)
    s.rect(x + A, y + A, B, B, BLUE_TINT, alpha=small)
    come = [s.during(0, 0.1 + 0.15 * n, 0.25 + 0.15 * n) for n in range(4)]
    far = [(-60.0, -40.0), (60.0, -40.0), (60.0, 40.0), (-60.0, 40.0)]
    corners: list[list[Point]] = [
        [(0, 0), (A, 0), (0, B)],
        [(SIDE, 0), (A, 0), (SIDE, A)],
        [(SIDE, SIDE), (SIDE, A), (B, SIDE)],
        [(0, SIDE), (B, SIDE), (0, B)],
    ]
    moves: list[Point] = [(0, 0), (0, 0), (-B * slide, -A * slide), (A * slide_two, -B * slide_two)]
    for n in range(4):
        away = 1 - come[n]
        _tile(s, x + moves[n][0] + far[n][0] * away, y + moves[n][1] + far[n][1] * away, corners[n], come[n])
    s.rich(
        x + SIDE / 2,
        y + SIDE / 2,
        "c^2",
        64,
        ACCENT,
        bold=True,
        serif=True,
        alpha=hollow * (1 - s.ease(3)),
        on=RED_TINT,
    )
    s.rich(x + A / 2, y + B + A / 2, "a^2", 52, GREEN, bold=True, serif=True, alpha=small, on=GREEN_TINT)
    s.rich(x + A + B / 2, y + A + B / 2, "b^2", 60, BLUE, bold=True, serif=True, alpha=small, on=BLUE_TINT)
    edge = s.during(0, 0.75, 1) * (1 - s.ease(3))
    s.text(x + A / 2, y - 30, "a", 40, SECOND, serif=True, alpha=edge)
    s.text(x + A + B / 2, y - 30, "b", 40, SECOND, serif=True, alpha=edge)
    _reason(s)


def _reason(s: Stage) -> None:
    """The same subtraction, written beside the picture."""
    x = 650.0
    s.text(x, 200, "大正方形 − 四个三角形", 44, INK, "lm", alpha=s.during(1, 0.1, 0.4))
    s.rich(x, 290, "第一种摆法，剩下  c^2", 44, ACCENT, "l", alpha=s.during(1, 0.5, 0.9))
    s.rich(x, 365, "四角都是直角，四边都是 c", 36, SECOND, "l", alpha=s.during(2, 0.1, 0.5))
    s.rich(x, 440, "第二种摆法，剩下  a^2 + b^2", 44, BLUE, "l", alpha=s.during(4, 0.4, 0.8))
    s.rich(x, 530, "所以  a^2 + b^2 = c^2", 60, INK, "l", bold=True, alpha=s.during(5, 0.5, 0.9))


def _three_four_five(s: Stage) -> None:
    head(s, "勾三 · 股四 · 弦五")
    unit = 42.0
    rows = ((3, 150.0, GREEN, GREEN_TINT), (4, 430.0, BLUE, BLUE_TINT), (5, 870.0, ACCENT, RED_TINT))
    for n, (count, left, colour, tint) in enumerate(rows):
        come = s.during(0, 0.1 + 0.28 * n, 0.35 + 0.28 * n)
        size = unit * count
        top = 410 - size
        for row in range(count):
            for column in range(count):
                u = unit
                s.rect(left + column * u + 2, top + row * u + 2, u - 4, u - 4, tint, colour, 2, 4, come)
        s.rich(left + size / 2, 462, f"{count}^2 = {count * count}", 48, colour, bold=True, alpha=come)
    s.text(353, 310, "+", 64, INK, alpha=s.during(0, 0.4, 0.5))
    s.text(735, 310, "=", 64, INK, alpha=s.during(0, 0.65, 0.75))
    note(s, "9 + 16 = 25", s.ease(1, 0.2), 560, INK, 64)


FILM = Film(
    slug="pythagoras",
    title_zh="勾股定理",
    title_en="The Pythagorean theorem",
    kicker="数学 · 八年级",
    sources=("pythagoras.py",),
    scenes=(
        opening(
            Line(
                "直角三角形的三条边之间，藏着一个两千多年前就被发现的秘密。",
                "The three sides of a right triangle hide a secret found more than two thousand years ago.",
            ),
            picture=_title_picture,
        ),
        Scene(
            _names,
            (
                Line(
                    "这是一个直角三角形，它有一个角是直角。",
                    "This is a right triangle: one of its angles is a right angle.",
                ),
                Line(
                    "夹直角的两条边叫直角边，记作 a 和 b；对着直角的边叫斜边，记作 c。",
                    "The two sides beside the right angle are the legs, a and b; the side facing it is the "
                    "hypotenuse, c.",
                    say=(("zh", "夹直角的两条边叫直角边，记作诶和必；对着直角的边叫斜边，记作西。"),),
                ),
                Line(
                    "我国古代把短的直角边叫勾，长的叫股，斜边叫弦。",
                    "In ancient China the short leg was called gou, the long leg gu, and the hypotenuse xian.",
                ),
            ),
        ),
        Scene(
            _claim,
            (
                Line(
                    "在三条边上各画一个正方形，两个小正方形的面积加起来，正好等于大正方形的面积。",
                    "Draw a square on each side: the two smaller squares together have exactly the area of the "
                    "large one.",
                ),
                Line("真的总是这样吗？我们用拼图来证明。", "Is it always so? Let us prove it with a puzzle."),
            ),
        ),
        Scene(
            _proof,
            (
                Line(
                    "取四个一样的直角三角形，放进边长是 a 加 b 的大正方形。",
                    "Take four equal right triangles and lay them in a big square whose side is a plus b.",
                    say=(("zh", "取四个一样的直角三角形，放进边长是诶加必的大正方形。"),),
                ),
                Line(
                    "中间空出一个正方形，它的边长是 c，面积是 c 的平方。",
                    "They leave a square in the middle. Its side is c, so its area is c squared.",
                    say=(("zh", "中间空出一个正方形，它的边长是西，面积是西的平方。"),),
                ),
                Line(
                    "它为什么是正方形？因为两个锐角合起来是九十度，所以剩下的角也是九十度。",
                    "Why is it a square? The two acute angles make ninety degrees together, so what is left of "
                    "the straight angle is ninety too.",
                    0.3,
                ),
                Line(
                    "现在平移其中两个三角形。它们只是换了位置，面积一点没有变。",
                    "Now slide two of the triangles. They only change place; their areas stay the same.",
                    1.0,
                ),
                Line(
                    "空出来的地方变成两个正方形，面积是 a 的平方和 b 的平方。",
                    "What is left empty is now two squares, with areas a squared and b squared.",
                    say=(("zh", "空出来的地方变成两个正方形，面积是诶的平方和必的平方。"),),
                ),
                Line(
                    "大正方形没变，四个三角形也没变，剩下的面积一定相等：a 方加 b 方等于 c 方。",
                    "The big square is the same and so are the triangles, so the rest must be equal: a squared "
                    "plus b squared is c squared.",
                    1.0,
                    say=(("zh", "大正方形没变，四个三角形也没变，剩下的面积一定相等：诶方，加必方，等于西方。"),),
                ),
            ),
        ),
        Scene(
            _three_four_five,
            (
                Line("最有名的例子是勾三、股四、弦五。", "The best-known example has legs 3 and 4 and hypotenuse 5."),
                Line("九加十六，正好等于二十五。", "Nine plus sixteen is exactly twenty-five.", 0.6),
            ),
        ),
        closing(
            ("直角三角形：a^2 + b^2 = c^2", "知道两条边，就能求出第三条边"),
            Line(
                "记住：直角三角形两条直角边的平方和，等于斜边的平方。",
                "Remember: in a right triangle the squares of the legs add up to the square of the hypotenuse.",
            ),
            Line("知道其中两条边，就能求出第三条边。", "Know two of the sides, and you can find the third."),
        ),
    ),
)
