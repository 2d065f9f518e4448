"""A ball thrown level: two movements at once, one even, one falling; what follows for time and distance."""

from smartedu.demo.films.canvas import Point
from smartedu.demo.films.cards import closing, head, label, opening
from smartedu.demo.films.look import ACCENT, AMBER_TINT, BLUE, BLUE_TINT, GREEN, GREEN_TINT, INK, LINE, MIST, SECOND
from smartedu.demo.films.shapes import axes, curve
from smartedu.demo.films.timeline import Film, Line, Note, Scene, Stage

TABLE, FLOOR = 190.0, 590.0


def _picture(s: Stage) -> None:
    come = s.ease(0, 0, 1.4)
    s.rect(760, 244, 110, 296, MIST, "#CFC8BA", 4, 6, s.ease(0))
    points = curve(lambda x: x * x, 0, max(0.02, come), lambda x, y: (866 + 300 * x, 226 + 300 * y))
    s.line(points, ACCENT, 7)
    s.circle(*points[-1], 18, ACCENT)


def _what(s: Stage) -> None:
    head(s, "什么是平抛")
    s.rect(120, TABLE + 16, 200, FLOOR - TABLE - 16, MIST, "#CFC8BA", 4, 6, s.ease(0, -0.3))
    s.line([(60, FLOOR), (1220, FLOOR)], INK, 5, s.ease(0, -0.3))
    roll = max(0.0, s.at(0, 0.4))
    x, y = 150 + 130 * roll, TABLE
    flown = min(1.0, max(0.0, x - 320) / 420 * 1.6)
    if flown > 0.02:
        s.line(curve(lambda u: u * u, 0, flown, lambda u, v: (320 + 420 * u, TABLE + 384 * v)), "#E3A99D", 5)
    if x > 320:
        t = (x - 320) / 420
        x, y = 320 + 420 * t * 1.6, TABLE + 384 * (t * 1.6) ** 2
    if y >= FLOOR - 16 or x > 740:
        x, y = 740.0, FLOOR - 16
    s.circle(x, y, 16, ACCENT)
    s.dashed((320, TABLE), (760, TABLE), SECOND, 3, alpha=s.during(1, 0, 0.3))
    s.arrow((330, TABLE - 36), (330 + 150 * s.during(1, 0.1, 0.4), TABLE - 36), BLUE, 6, 22)
    s.rich(500, TABLE - 40, "v_0 水平", 42, BLUE, "l", alpha=s.during(1, 0.2, 0.5))
    s.arrow((860, 300), (860, 300 + 130 * s.during(1, 0.6, 0.9)), GREEN, 6, 22)
    s.text(890, 370, "只受重力", 42, GREEN, "lm", alpha=s.during(1, 0.6, 0.9))


def _fall(t: float) -> float:
    """Pixels fallen after `t` of one unit of time; the floor is reached at 1."""
    return (FLOOR - 20 - TABLE) * min(1.0, t) ** 2


SLOW = 2.4  # seconds the fall takes on the screen


def _two(s: Stage) -> None:
    head(s, "谁先落地")
    s.line([(120, FLOOR), (1160, FLOOR)], INK, 5, s.ease(0, -0.3))
    s.rect(110, TABLE + 22, 160, 14, INK, radius=6, alpha=s.ease(0, -0.3))
    t = max(0.0, s.after(0) - 0.3) / SLOW
    y = TABLE + _fall(t)
    s.circle(300, y, 20, BLUE)
    s.circle(390 + 520 * min(1.0, t), y, 20, ACCENT)
    for k in range(1, 6):
        if t >= k / 5:
            at = TABLE + _fall(k / 5)
            s.dashed((322, at), (390 + 520 * k / 5 - 22, at), LINE, 3, 8)
            if k < 5:
                s.circle(300, at, 20, None, BLUE, 3, 0.5)
                s.circle(390 + 520 * k / 5, at, 20, None, ACCENT, 3, 0.5)
    s.text(250, TABLE - 50, "自由落下", 38, BLUE, alpha=s.during(0, 0.2, 0.4))
    s.text(480, TABLE - 50, "水平抛出", 38, ACCENT, alpha=s.during(0, 0.5, 0.7))
    label(s, 930, 220, "同时落地", AMBER_TINT, INK, 54, s.ease(1, 0.1))


def _grid(s: Stage) -> None:
    head(s, "每隔相等的时间，照一张")
    zero: Point = (190.0, 172.0)
    axes(s, zero, 760, 0, ("x", ""), s.ease(0, -0.4))
    s.arrow(zero, (zero[0], zero[1] + 440 * max(0.01, s.ease(0, -0.4))), INK, 4, 18)
    s.text(zero[0] - 34, zero[1] + 424, "y", 34, SECOND, serif=True, alpha=s.ease(0))
    s.line(
        curve(
            lambda x: x * x, 0, 4 * max(0.01, s.during(0, 0.2, 0.9)), lambda x, y: (zero[0] + 150 * x, zero[1] + 25 * y)
        ),
        SECOND,
        4,
    )
    for k in range(5):
        at = (zero[0] + 150 * k, zero[1] + 25 * k * k)
        s.circle(*at, 16, ACCENT, alpha=s.during(0, 0.2 + 0.16 * k, 0.3 + 0.16 * k))
        across, down = s.during(1, 0.1 + 0.08 * k, 0.3 + 0.08 * k), s.during(2, 0.05 + 0.08 * k, 0.25 + 0.08 * k)
        if k:
            s.dashed((at[0], zero[1]), at, BLUE, 3, 8, across)
            s.text(at[0] - 75, zero[1] - 32, "1", 34, BLUE, bold=True, alpha=across)
            s.dashed((zero[0], at[1]), at, GREEN, 3, 8, down)
            s.text(zero[0] - 40, zero[1] + 25 * (k * k - k + 0.5), str(2 * k - 1), 34, GREEN, bold=True, alpha=down)
    label(s, 1060, 300, "水平：匀速", BLUE_TINT, BLUE, 44, s.during(1, 0.4, 0.8))
    label(s, 1060, 420, "竖直：自由落体", GREEN_TINT, GREEN, 40, s.during(2, 0.4, 0.8))


def _laws(s: Stage) -> None:
    head(s, "两个方向，两条规律")
    s.rich(350, 190, "x = v_0 t", 76, BLUE, serif=True, alpha=s.ease(0, 0.2))
    s.text(350, 290, "水平方向：匀速直线运动", 38, SECOND, alpha=s.ease(0, 0.5))
    s.rich(930, 190, "y = ½ g t^2", 76, GREEN, serif=True, alpha=s.ease(1, 0.2))
    s.text(930, 290, "竖直方向：自由落体运动", 38, SECOND, alpha=s.ease(1, 0.5))
    s.line([(640, 140), (640, 320)], LINE, 4)
    label(s, 640, 430, "两个方向互不影响，由时间 t 联系起来", MIST, INK, 44, s.during(2, 0.1, 0.5))
    s.text(640, 540, "下落时间只由高度决定，与初速度无关", 44, ACCENT, alpha=s.during(2, 0.5, 0.9))


def _sample(s: Stage) -> None:
    head(s, "算一算")
    s.rich(640, 130, "高 5 m，v_0 = 8 m/s，g 取 10 m/s^2，落在多远处？", 44, INK, alpha=s.ease(0))
    s.line([(110, 560), (620, 560)], INK, 5, s.ease(0))
    s.rect(110, 265, 60, 293, MIST, "#CFC8BA", 4, 4, s.ease(0))
    go = s.during(2, 0.1, 0.9)
    s.line(
        curve(lambda x: x * x, 0, max(0.01, go), lambda x, y: (170 + 400 * x, 250 + 296 * y)),
        ACCENT,
        6,
        1 if go > 0 else 0,
    )
    s.circle(170 + 400 * go, 250 + 296 * go * go, 15, ACCENT)
    s.text(62, 410, "5 m", 36, SECOND, alpha=s.ease(0))
    s.text(370, 600, "8 m", 40, ACCENT, alpha=s.during(2, 0.7, 1))
    s.rich(680, 260, "h = ½ g t^2", 52, GREEN, "l", serif=True, alpha=s.ease(1))
    s.rich(680, 350, "t = √(2h ÷ g) = 1 s", 52, GREEN, "l", serif=True, alpha=s.during(1, 0.4, 0.8))
    s.rich(680, 470, "x = v_0 t = 8 × 1 = 8 m", 52, BLUE, "l", serif=True, alpha=s.ease(2, 0.2))


FILM = Film(
    slug="projectile",
    title_zh="平抛运动",
    title_en="A ball thrown level: projectile motion",
    kicker="物理 · 高一",
    sources=("projectile.py",),
    scenes=(
        opening(
            Line(
                "从桌边滚出的小球，会沿着怎样的路线落到地面？",
                "A ball rolls off a table. Along what path does it reach the floor?",
            ),
            picture=_picture,
        ),
        Scene(
            _what,
            (
                Line(
                    "把物体以一定的速度水平抛出，它一边向前，一边下落，路线是一条曲线。",
                    "Throw a body level: it moves forward and falls at the same time, along a curve.",
                ),
                Line(
                    "不计空气阻力，只受重力，这样的运动叫平抛运动。",
                    "With no air resistance, under gravity alone, this is the motion of a body thrown level.",
                    0.5,
                ),
            ),
        ),
        Scene(
            _two,
            (
                Line(
                    "同一高度的两个小球，一个自由落下，一个水平抛出，谁先落地？",
                    "Two balls start at the same height: one is dropped, one is thrown level. Which lands first?",
                    SLOW + 0.9,
                ),
                Line("听，只有一声。它们同时落地。", "Listen: only one sound. They land together.", 0.5),
            ),
            (Note(0, 0.3 + SLOW, "drum", 0, 0.8), Note(0, 0.3 + SLOW, "wood", 520, 0.5)),
        ),
        Scene(
            _grid,
            (
                Line(
                    "每隔相等的时间拍一张照片，叠在一起看。",
                    "Take a picture at equal times and lay them over one another.",
                ),
                Line(
                    "水平方向，每段距离都相等，说明它是匀速运动。",
                    "Across, all the steps are equal: the motion is even.",
                ),
                Line(
                    "竖直方向，距离之比是一比三比五比七，正是自由落体。",
                    "Downwards the steps are as 1 to 3 to 5 to 7: exactly free fall.",
                    0.6,
                ),
            ),
        ),
        Scene(
            _laws,
            (
                Line(
                    "所以水平方向，位移等于初速度乘以时间。",
                    "So across, the distance is the first speed times the time.",
                ),
                Line(
                    "竖直方向，位移等于二分之一 g 乘以时间的平方。",
                    "Downwards it is one half of g times the square of the time.",
                    say=(("zh", "竖直方向，位移等于二分之一，重力加速度，乘以时间的平方。"),),
                ),
                Line(
                    "两个方向互不影响。落地要多久，只由高度决定，和抛得快慢没有关系。",
                    "The two do not disturb each other. The time of the fall depends on the height alone, not "
                    "on how fast it is thrown.",
                    0.5,
                ),
            ),
        ),
        Scene(
            _sample,
            (
                Line(
                    "算一算：从五米高处，以八米每秒水平抛出，会落在多远的地方？",
                    "Reckon: thrown at 8 metres a second from a height of 5 metres, how far away does it land?",
                ),
                Line("先由高度求时间，正好是一秒。", "First the time from the height: exactly one second."),
                Line(
                    "再由时间求水平距离：八米每秒乘以一秒，等于八米。",
                    "Then the distance from the time: 8 metres a second for one second is 8 metres.",
                    0.6,
                ),
            ),
        ),
        closing(
            ("水平：x = v_0 t   竖直：y = ½ g t^2", "下落的时间只由高度决定"),
            Line("记住：水平方向匀速，竖直方向自由落体。", "Remember: even motion across, free fall downwards."),
            Line("下落的时间只由高度决定。", "The time of the fall depends on the height alone."),
        ),
    ),
)
