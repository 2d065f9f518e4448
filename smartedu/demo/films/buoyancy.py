"""Buoyancy: measured with a spring balance, explained by pressure, and the principle of Archimedes."""

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
    MIST,
    RED_TINT,
    SECOND,
)
from smartedu.demo.films.shapes import wavy
from smartedu.demo.films.timeline import Film, Line, Scene, Stage

GLASS = "#9DB4C9"
STONE, STONE_EDGE = "#A9A29A", "#6E6861"


def _tank(s: Stage, x: float, y: float, w: float, h: float, level: float, alpha: float = 1) -> None:
    """An open vessel; `level` pixels of water from its bottom."""
    s.rect(x, y + h - level, w, level, BLUE_TINT, alpha=alpha)
    s.line([(x, y), (x, y + h), (x + w, y + h), (x + w, y)], GLASS, 7, alpha)
    s.line([(x, y + h - level), (x + w, y + h - level)], "#7FA9CF", 3, alpha)


def _balance(s: Stage, x: float, y: float, newtons: float, alpha: float = 1) -> Point:
    """A spring balance that hangs from (x, y) and shows `newtons`; answers where its hook is."""
    s.line([(x, y - 34), (x, y)], INK, 5, alpha)
    s.rect(x - 34, y, 68, 150, "#FFFFFF", INK, 4, 10, alpha)
    for k in range(6):
        s.line([(x - 18, y + 22 + 22 * k), (x - 2, y + 22 + 22 * k)], SECOND, 3, alpha, "#FFFFFF")
    mark = y + 22 + 22 * newtons
    s.line([(x - 22, mark), (x + 22, mark)], ACCENT, 5, alpha, "#FFFFFF")
    hook = y + 150 + 26 + 5 * newtons
    s.line([(x, y + 150), (x, hook)], INK, 4, alpha)
    return x, hook


def _picture(s: Stage) -> None:
    come = s.ease(0, 0.1, 1.0)
    s.polygon([(870, 360), (1150, 360), (1090, 450), (930, 450)], "#C98B6B", alpha=come)
    s.line([(1010, 360), (1010, 190)], INK, 6, come)
    s.polygon([(1018, 200), (1018, 340), (1120, 340)], RED_TINT, ACCENT, 4, come)
    s.rect(800, 410, 420, 130, BLUE_TINT, alpha=come)
    s.polygon([(897, 410), (1117, 410), (1090, 450), (930, 450)], "#B57657", alpha=come)
    wavy(s, 800, 410, 420, BLUE, come)


def _feel(s: Stage) -> None:
    head(s, "水会向上托")
    _tank(s, 390, 180, 500, 380, 280, s.ease(0, -0.3))
    press = 74 * s.during(0, 0.4, 0.9) * (1 - s.ease(1, 0.5, 0.5))
    bob = 270 + press
    s.circle(640, bob, 70, RED_TINT, ACCENT, 5)
    if press > 2:
        s.arrow((640, 100), (640, bob - 78), SECOND, 7, 24, s.ease(0, 0.6))
        s.text(680, 130, "按", 40, SECOND, "lm", alpha=s.ease(0, 0.6))
    s.arrow((640, bob + 180), (640, bob + 84), BLUE, 8, 26, s.ease(1, 0.2), BLUE_TINT)
    s.text(690, bob + 150, "浮力", 44, BLUE, "lm", bold=True, alpha=s.ease(1, 0.3), on=BLUE_TINT)


def _weigh(s: Stage) -> None:
    head(s, "用弹簧测力计量一量")
    dip = s.during(1, 0.05, 0.45)
    force = 4 - 1.5 * dip
    _tank(s, 330, 380, 300, 210, 140 + 22 * dip, s.ease(0, -0.3))
    x, hook = _balance(s, 480, 100 + 165 * dip, force, s.ease(0, -0.3))
    s.rect(x - 45, hook, 90, 90, STONE, STONE_EDGE, 4, 6, s.ease(0, -0.3))
    label(s, 920, 220, "在空气中：4.0 N", MIST, INK, 46, s.during(0, 0.5, 0.8))
    label(s, 920, 330, "浸没在水中：2.5 N", BLUE_TINT, BLUE, 46, s.during(1, 0.5, 0.8))
    s.text(920, 450, "浮力 = 4.0 − 2.5 = 1.5 N", 50, ACCENT, bold=True, alpha=s.ease(2, 0.3))


def _why(s: Stage) -> None:
    head(s, "浮力从哪里来")
    _tank(s, 300, 150, 420, 420, 380, s.ease(0, -0.3))
    s.rect(430, 280, 160, 160, STONE, STONE_EDGE, 5, 4, s.ease(0, -0.2), BLUE_TINT)
    up, down = s.during(1, 0.4, 0.7), s.during(1, 0.05, 0.35)
    for k in range(3):
        x = 460 + 50 * k
        s.arrow((x, 275 - 60 * down), (x, 276), BLUE, 5, 18, down, BLUE_TINT)
        s.arrow((x, 446 + 106 * up), (x, 446), ACCENT, 7, 22, up, BLUE_TINT)
    s.text(770, 240, "上面浅，压强小", 42, BLUE, "lm", alpha=down)
    s.text(770, 500, "下面深，压强大", 42, ACCENT, "lm", alpha=up)
    s.text(770, 370, "向上与向下的压力差 = 浮力", 38, INK, "lm", alpha=s.ease(2, 0.1))


def _spill(s: Stage) -> None:
    head(s, "溢出的水有多重")
    dip = s.during(0, 0.25, 0.75)
    come = s.ease(0, -0.3)
    s.rect(250, 340, 240, 240, BLUE_TINT, alpha=come)
    s.line(
        [(250, 300), (250, 580), (490, 580), (490, 380), (548, 350), (548, 336), (490, 352), (490, 300)], GLASS, 7, come
    )
    s.line([(250, 340), (490, 340)], "#7FA9CF", 3, come)
    x, hook = _balance(s, 370, 90 + 96 * dip, 4 - 1.5 * dip, come)
    s.rect(x - 45, hook, 90, 90, STONE, STONE_EDGE, 4, 6, come)
    if 0.1 < dip < 1:
        s.line([(550, 344), (572, 380), (580, 520)], "#7FA9CF", 8)
    _tank(s, 530, 470, 130, 110, 78 * dip, come)
    label(s, 950, 250, "物体受到的浮力：1.5 N", BLUE_TINT, BLUE, 44, s.during(1, 0.0, 0.2))
    label(s, 950, 360, "溢出的水重：1.5 N", GREEN_TINT, GREEN, 44, s.during(1, 0.3, 0.5))
    s.text(950, 480, "不多不少，正好相等", 46, ACCENT, bold=True, alpha=s.during(1, 0.65, 0.9))


def _principle(s: Stage) -> None:
    head(s, "阿基米德原理")
    s.rich(640, 190, "浸在液体中的物体受到向上的浮力，", 46, INK, alpha=s.during(0, 0.0, 0.3))
    s.rich(640, 262, "浮力的大小等于它排开的液体所受的重力。", 46, INK, alpha=s.during(0, 0.4, 0.7))
    s.rich(640, 390, "F_浮 = G_排 = ρ_液 g V_排", 78, ACCENT, bold=True, serif=True, alpha=s.ease(1, 0.2))
    for n, (words, x) in enumerate((("ρ：液体的密度", 330.0), ("V：排开液体的体积", 900.0))):
        label(s, x, 520, words, (AMBER_TINT, BLUE_TINT)[n], INK, 40, s.during(1, 0.4 + 0.3 * n, 0.6 + 0.3 * n))


def _ship(s: Stage) -> None:
    head(s, "钢铁为什么能浮")
    come = s.ease(0, -0.3)
    s.rect(120, 350, 1040, 230, BLUE_TINT, alpha=come)
    sink = s.during(0, 0.2, 0.6)
    s.rect(300, 330 + 200 * sink, 100, 50, STONE, STONE_EDGE, 4, 4, come)
    s.text(350, 250, "一块钢：排开的水少", 38, INK, alpha=s.during(0, 0.3, 0.6))
    hull = s.ease(1, 0.1)
    s.polygon([(640, 290), (1080, 290), (1020, 430), (710, 430)], STONE, STONE_EDGE, 5, hull)
    s.polygon([(668, 296), (1052, 296), (1002, 412), (728, 412)], "#FBFAF7", alpha=hull)
    s.arrow((860, 545), (860, 440), BLUE, 9, 28, s.during(1, 0.5, 0.8), BLUE_TINT)
    s.text(860, 210, "做成空心的船：排开的水多", 38, INK, alpha=s.during(1, 0.2, 0.5))
    note(s, "浮力等于重力，船就浮着", s.during(1, 0.6, 0.9), 630, ACCENT, 42)


FILM = Film(
    slug="buoyancy",
    title_zh="浮力",
    title_en="Buoyancy and the principle of Archimedes",
    kicker="物理 · 八年级",
    sources=("buoyancy.py",),
    scenes=(
        opening(
            Line(
                "万吨的轮船为什么能浮在海面上？答案就是浮力。",
                "Why can a ship of ten thousand tonnes float on the sea? The answer is buoyancy.",
            ),
            picture=_picture,
        ),
        Scene(
            _feel,
            (
                Line(
                    "把皮球按进水里，手会感到水在用力往上推。",
                    "Push a ball under water, and your hand feels the water pushing up.",
                ),
                Line(
                    "液体对浸在其中的物体竖直向上的力，叫做浮力。",
                    "This upward force of a liquid on a body in it is called buoyancy.",
                    0.4,
                ),
            ),
        ),
        Scene(
            _weigh,
            (
                Line(
                    "浮力有多大？先在空气中称一个金属块，测力计的读数是四牛。",
                    "How large is it? First weigh a metal block in air: the balance reads 4 newtons.",
                ),
                Line(
                    "再把它浸没在水中，读数变成二点五牛。", "Then lower it under water: the balance reads 2.5 newtons."
                ),
                Line("少掉的一点五牛，就是水的浮力。", "The missing 1.5 newtons are the buoyancy of the water.", 0.5),
            ),
        ),
        Scene(
            _why,
            (
                Line("浮力是怎样产生的呢？", "Where does this force come from?"),
                Line(
                    "物体上表面浅，水的压强小；下表面深，水的压强大。",
                    "At the upper face the water is shallow and its pressure small; at the lower face it is "
                    "deeper and the pressure larger.",
                ),
                Line(
                    "下面向上的压力大于上面向下的压力，这个差就是浮力。",
                    "The push up from below is larger than the push down from above. The difference is the buoyancy.",
                    0.5,
                ),
            ),
        ),
        Scene(
            _spill,
            (
                Line(
                    "把水装满到杯口，再慢慢放入金属块，让溢出的水流进小杯。",
                    "Fill a vessel to its spout, lower the block into it, and catch the water that runs over.",
                ),
                Line(
                    "称一称：物体受到的浮力是一点五牛，溢出的水重也是一点五牛。",
                    "Weigh it: the buoyancy is 1.5 newtons, and the water that ran over weighs 1.5 newtons too.",
                    0.6,
                ),
            ),
        ),
        Scene(
            _principle,
            (
                Line(
                    "这就是阿基米德原理：浮力的大小，等于物体排开的液体所受的重力。",
                    "This is the principle of Archimedes: the buoyancy equals the weight of the liquid that "
                    "the body displaces.",
                ),
                Line(
                    "所以浮力只和液体的密度、排开液体的体积有关。",
                    "So it depends only on the density of the liquid and the volume displaced.",
                    0.8,
                ),
            ),
        ),
        Scene(
            _ship,
            (
                Line(
                    "一块实心的钢排开的水少，浮力小于重力，就沉下去。",
                    "A solid piece of steel displaces little water; its buoyancy is less than its weight, and "
                    "it sinks.",
                ),
                Line(
                    "做成空心的船，能排开很多水，浮力等于重力，就浮起来了。",
                    "Shaped into a hollow ship it displaces much water, until buoyancy equals weight, and it floats.",
                    0.6,
                ),
            ),
        ),
        closing(
            ("浮力竖直向上，来自上下的压力差", "F_浮 = G_排 = ρ_液 g V_排"),
            Line(
                "记住：浮力来自上下表面的压力差。",
                "Remember: buoyancy comes from the difference of pressure below and above.",
            ),
            Line("它的大小，等于排开的液体受到的重力。", "Its size is the weight of the displaced liquid."),
        ),
    ),
)
