"""The Earth's way round the Sun and the seasons: the axis keeps its direction, so the light falls differently."""

import math

from smartedu.demo.films.canvas import Point
from smartedu.demo.films.cards import closing, head, label, note, opening
from smartedu.demo.films.look import (
    ACCENT,
    AMBER,
    AMBER_TINT,
    BLUE,
    BLUE_TINT,
    GOLD,
    GREEN,
    GREEN_TINT,
    INK,
    LINE,
    MIST,
    RED_TINT,
    SECOND,
)
from smartedu.demo.films.shapes import sun
from smartedu.demo.films.timeline import Film, Line, Scene, Stage, smooth

SEA, DARK = "#7DB3DE", "#2C4A6E"
TILT = math.radians(23.4)
CENTRE: Point = (640.0, 350.0)
ACROSS, DEEP = 440.0, 150.0


def _earth(
    s: Stage, x: float, y: float, r: float, sunward: float, alpha: float = 1, axis: bool = True, lines: bool = False
) -> None:
    """The Earth with its lit half towards `sunward` degrees (clockwise from the right); its axis leans right."""
    s.circle(x, y, r, SEA, alpha=alpha)
    s.pie(x, y, r, sunward + 90, sunward + 270, DARK, alpha)
    ux, uy = math.sin(TILT), -math.cos(TILT)
    if lines:
        for latitude, colour in ((23.4, ACCENT), (0.0, "#FFFFFF"), (-23.4, ACCENT)):
            up, half = r * math.sin(math.radians(latitude)), r * math.cos(math.radians(latitude))
            cx, cy = x + ux * up, y + uy * up
            s.line([(cx - uy * half, cy + ux * half), (cx + uy * half, cy - ux * half)], colour, 4, alpha)
    if axis:
        s.line([(x - ux * r * 1.4, y - uy * r * 1.4), (x + ux * r * 1.4, y + uy * r * 1.4)], INK, max(3, r / 14), alpha)


def _place(turn: float) -> Point:
    """Where the Earth is on its way, `turn` degrees after the June solstice (left), as seen from above the north."""
    a = math.radians(180 - turn)
    return CENTRE[0] + ACROSS * math.cos(a), CENTRE[1] + DEEP * math.sin(a)


def _sunward(at: Point) -> float:
    return math.degrees(math.atan2(CENTRE[1] - at[1], CENTRE[0] - at[0]))


def _picture(s: Stage) -> None:
    come = s.ease(0, 0, 1)
    sun(s, 900, 220, 60, come)
    _earth(s, 1080, 430, 100, math.degrees(math.atan2(220 - 430, 900 - 1080)), come)


def _orbit(s: Stage, alpha: float) -> None:
    s.ellipse(*CENTRE, ACROSS, DEEP, None, LINE, 5, alpha)
    sun(s, *CENTRE, 56, alpha)


def _round(s: Stage) -> None:
    head(s, "地球绕着太阳公转")
    _orbit(s, s.ease(0, -0.3))
    way = 360 * smooth(max(0.0, s.at(0, 0.5)) / (s.says(0) + s.says(1)))
    at = _place(way)
    _earth(s, *at, 46, _sunward(at), s.ease(0, -0.3))
    s.text(640, 590, "自西向东，一年一周", 44, INK, alpha=s.during(0, 0.5, 0.8))
    s.text(640, 656, "地轴倾斜，北端始终指向北极星附近", 40, ACCENT, alpha=s.during(1, 0.2, 0.5))


def _tilt(s: Stage) -> None:
    head(s, "地轴是斜的")
    x, y, r = 320.0, 350.0, 130.0
    _earth(s, x, y, r, 180, s.ease(0, -0.3))
    s.line([(x - 260, y), (x + 260, y)], SECOND, 4, s.ease(0))
    s.dashed((x, y + 220), (x, y - 220), SECOND, 4, alpha=s.ease(0, 0.3))
    show = s.during(0, 0.5, 0.8)
    s.arc(x, y, 196, 196, -90, -90 + 23.4 * show, ACCENT, 7)
    s.text(x + 130, y - 205, "23°26′", 44, ACCENT, "lm", bold=True, alpha=show)
    s.text(x + 145, y + 36, "公转轨道面", 34, SECOND, "lm", alpha=s.ease(0))
    label(s, 950, 260, "不是因为离太阳近才热", MIST, INK, 42, s.during(1, 0.0, 0.3))
    label(s, 950, 370, "一月初，地球离太阳最近", BLUE_TINT, BLUE, 42, s.during(1, 0.4, 0.7))
    s.text(950, 470, "而那时北半球正是冬天", 42, INK, alpha=s.during(1, 0.7, 0.95))


def _solstice(s: Stage) -> None:
    head(s, "夏至：6 月 22 日前后")
    _ball(s, sun_left=False)
    label(s, 330, 600, "直射北回归线", RED_TINT, ACCENT, 42, s.during(0, 0.5, 0.8))
    s.text(880, 230, "北半球", 52, INK, bold=True, alpha=s.ease(1))
    for n, words in enumerate(("太阳升得高", "白天长，夜晚短", "得到的热量多：夏季")):
        s.text(
            880, 320 + 76 * n, words, 44, INK if n < 2 else ACCENT, alpha=s.during(1, 0.1 + 0.28 * n, 0.3 + 0.28 * n)
        )


def _winter(s: Stage) -> None:
    head(s, "冬至：12 月 22 日前后")
    _ball(s, sun_left=True)
    label(s, 330, 600, "直射南回归线", BLUE_TINT, BLUE, 42, s.during(0, 0.5, 0.8))
    s.text(880, 230, "北半球", 52, INK, bold=True, alpha=s.ease(1))
    for n, words in enumerate(("太阳升得低", "白天短，夜晚长", "得到的热量少：冬季")):
        s.text(880, 320 + 76 * n, words, 44, INK if n < 2 else BLUE, alpha=s.during(1, 0.1 + 0.28 * n, 0.3 + 0.28 * n))


def _ball(s: Stage, sun_left: bool) -> None:
    """The Earth near by, with the Sun's rays and the one that falls straight down."""
    x, y, r = 330.0, 340.0, 150.0
    _earth(s, x, y, r, 180 if sun_left else 0, s.ease(0, -0.3), lines=True)
    side = -1 if sun_left else 1
    for k in (-2, -1, 1, 2):
        level = y + k * 62
        touch = x + side * math.sqrt(r * r - (level - y) ** 2)
        s.arrow((x + side * 290, level), (touch + side * 6, level), GOLD, 4, 18, s.during(0, 0.05, 0.3))
    s.arrow((x + side * 300, y), (x + side * (r + 4), y), ACCENT, 8, 28, s.during(0, 0.5, 0.8))


def _beams(s: Stage) -> None:
    head(s, "高与低，差别在哪里")
    for n, (x, angle, name, colour) in enumerate(
        ((340.0, 80.0, "太阳高：光集中", ACCENT), (840.0, 32.0, "太阳低：光分散", BLUE))
    ):
        come = s.ease(n, 0)
        a = math.radians(angle)
        half = 60 / math.sin(a)
        ground = 470.0
        reach = 300.0
        dx, dy = reach * math.cos(a), -reach * math.sin(a)
        s.polygon(
            [(x - half, ground), (x + half, ground), (x + half + dx, ground + dy), (x - half + dx, ground + dy)],
            AMBER_TINT,
            alpha=come,
        )
        for k in (-1.0, 0.0, 1.0):
            s.arrow((x + half * k + dx, ground + dy), (x + half * k, ground - 3), GOLD, 4, 18, come)
        s.line([(x - 220, ground), (x + 220, ground)], INK, 5, come)
        s.line([(x - half, ground + 14), (x + half, ground + 14)], colour, 12, come)
        s.text(x, 540, name, 44, colour, alpha=come)
    note(s, "同样的一束光，照的面积越小，地面越热", s.during(1, 0.5, 0.9), 622, INK, 40)


def _four(s: Stage) -> None:
    head(s, "四个节气，四个季节")
    _orbit(s, s.ease(0, -0.4))
    names = (
        ("夏至 · 夏", (-6.0, 110.0), RED_TINT, ACCENT),
        ("秋分 · 秋", (0.0, 92.0), AMBER_TINT, AMBER),
        ("冬至 · 冬", (6.0, 110.0), BLUE_TINT, BLUE),
        ("春分 · 春", (0.0, -96.0), GREEN_TINT, GREEN),
    )
    order = (3, 0, 1, 2)
    for step, n in enumerate(order):
        name, away, tint, colour = names[n]
        come = s.during(0, 0.05 + 0.22 * step, 0.22 + 0.22 * step)
        at = _place(90.0 * n)
        _earth(s, *at, 46, _sunward(at), come)
        label(s, at[0] + away[0], at[1] + away[1], name, tint, colour, 38, come)
    note(s, "南半球的季节正好相反", s.ease(1, 0.2), 668, INK, 38)


FILM = Film(
    slug="seasons",
    title_zh="地球的公转与四季",
    title_en="The Earth's orbit and the seasons",
    kicker="地理 · 七年级",
    sources=("seasons.py",),
    scenes=(
        opening(
            Line(
                "为什么一年有春夏秋冬？答案藏在地球倾斜的身体里。",
                "Why does a year have four seasons? The answer lies in the tilt of the Earth.",
            ),
            picture=_picture,
        ),
        Scene(
            _round,
            (
                Line(
                    "地球绕着太阳转，叫做公转。方向是自西向东，转一圈就是一年。",
                    "The Earth travels round the Sun from west to east. One full turn takes a year.",
                ),
                Line(
                    "公转的时候，地轴始终倾斜着，北端总是指向北极星附近。",
                    "All the way its axis stays tilted, and the north end keeps pointing near the Pole Star.",
                    0.5,
                ),
            ),
        ),
        Scene(
            _tilt,
            (
                Line(
                    "地轴不是竖直的，它偏离了大约二十三度半。",
                    "The axis is not upright: it leans by about twenty-three and a half degrees.",
                ),
                Line(
                    "有人以为夏天热是因为离太阳近。其实一月初离太阳最近，那时北半球正是冬天。",
                    "Some think summer is hot because the Sun is nearer. In fact the Earth is nearest in early "
                    "January, in the northern winter.",
                    0.5,
                ),
            ),
        ),
        Scene(
            _solstice,
            (
                Line(
                    "夏至这一天，北半球朝向太阳，阳光直射北回归线。",
                    "At the June solstice the north leans towards the Sun, which stands straight above the "
                    "Tropic of Cancer.",
                ),
                Line(
                    "北半球太阳升得高，白天长，得到的热量多，这就是夏季。",
                    "In the north the Sun climbs high, days are long, much heat arrives: it is summer.",
                    0.5,
                ),
            ),
        ),
        Scene(
            _beams,
            (
                Line(
                    "太阳升得高，光照在一小块地面上，很集中。",
                    "When the Sun is high, its light falls on a small patch of ground.",
                ),
                Line(
                    "太阳升得低，同样多的光摊在一大片地面上，就不那么热了。",
                    "When it is low, the same light is spread over a large patch, which warms less.",
                    0.5,
                ),
            ),
        ),
        Scene(
            _winter,
            (
                Line(
                    "半年以后到了冬至，阳光直射南回归线。",
                    "Half a year later, at the December solstice, the Sun stands above the Tropic of Capricorn.",
                ),
                Line(
                    "北半球太阳升得低，白天短，得到的热量少，就是冬季。",
                    "In the north the Sun stays low, days are short, little heat arrives: it is winter.",
                    0.5,
                ),
            ),
        ),
        Scene(
            _four,
            (
                Line(
                    "春分、夏至、秋分、冬至，地球走过一圈，四季也轮了一遍。",
                    "Spring equinox, summer solstice, autumn equinox, winter solstice: one round of the Earth, "
                    "one round of the seasons.",
                ),
                Line(
                    "南半球的季节正好和我们相反。",
                    "In the southern hemisphere the seasons are the other way round.",
                    0.6,
                ),
            ),
        ),
        closing(
            ("地轴倾斜，而且方向不变", "太阳高、白天长：热；太阳低、白天短：冷"),
            Line(
                "记住：四季的原因，是地球公转时地轴倾斜而且方向不变。",
                "Remember: seasons come from the tilt of the axis, which keeps its direction as the Earth goes round.",
            ),
            Line(
                "太阳的高低和白天的长短变了，冷暖也就变了。",
                "The height of the Sun and the length of the day change, and so does the warmth.",
            ),
        ),
    ),
)
