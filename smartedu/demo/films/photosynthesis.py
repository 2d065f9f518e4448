"""Photosynthesis: what a green leaf takes in, what it makes, where it happens, and why all of us live on it."""

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
    MIST,
    RED_TINT,
    SECOND,
    mix,
)
from smartedu.demo.films.shapes import sun
from smartedu.demo.films.timeline import Film, Line, Scene, Stage

LEAF = "#4F9D69"
LEAF_DARK = "#2F7A4C"


def leaf(s: Stage, x: float, y: float, long: float, turn: float = 0.0, alpha: float = 1, colour: str = LEAF) -> None:
    """A leaf from its stalk at (x, y), `long` pixels, turned by degrees."""
    a = math.radians(turn)

    def at(u: float, v: float) -> Point:
        return (x + long * (u * math.cos(a) - v * math.sin(a)), y + long * (u * math.sin(a) + v * math.cos(a)))

    def half(u: float) -> float:
        return 0.42 * math.sin(math.pi * u**0.8) * (1 - 0.25 * u)

    steps = [k / 28 for k in range(29)]
    s.polygon([at(u, -half(u)) for u in steps] + [at(u, half(u)) for u in reversed(steps)], colour, alpha=alpha)
    vein = max(2.0, long / 90)
    s.line([at(-0.12, 0), at(0.95, 0)], LEAF_DARK, vein * 1.6, alpha)
    for k in range(1, 6):
        u = 0.1 + k * 0.13
        for side in (-1, 1):
            s.line([at(u, 0), at(u + 0.12, side * half(u + 0.1) * 0.8)], LEAF_DARK, vein, alpha, colour)


def _flow(s: Stage, start: Point, end: Point, colour: str, alpha: float, count: int = 4) -> None:
    """Dots that wander from `start` to `end`, again and again."""
    if alpha <= 0:
        return
    for n in range(count):
        share = (s.t * 0.28 + n / count) % 1
        seen = alpha * min(1.0, share * 5, (1 - share) * 5)
        s.circle(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share, 11, colour, alpha=seen)


def _picture(s: Stage) -> None:
    sun(s, 1090, 210, 52, s.ease(0, 0))
    leaf(s, 860, 520, 300, -38, s.ease(0, 0.1))


def _question(s: Stage) -> None:
    head(s, "一个老问题")
    for n, x in enumerate((340.0, 880.0)):
        come = s.ease(n, -0.1)
        grown = 70.0 if n == 0 else 210.0
        s.polygon([(x - 110, 440), (x + 110, 440), (x + 84, 560), (x - 84, 560)], "#C98B6B", alpha=come)
        s.rect(x - 120, 420, 240, 32, "#B57657", radius=6, alpha=come)
        s.line([(x, 420), (x, 420 - grown)], LEAF_DARK, 10, come)
        for k in range(2 if n == 0 else 6):
            side = -1 if k % 2 else 1
            y = 420 - grown + 18 + (k // 2) * 62
            leaf(s, x, y, 70 + 22 * n, -25 if side > 0 else 205, come)
    s.text(340, 140, "柳树苗  2.3 千克", 38, INK, alpha=s.during(0, 0.4, 0.7))
    s.text(880, 140, "五年后  约 77 千克", 38, INK, alpha=s.during(1, 0.1, 0.4))
    s.arrow((500, 340), (700, 340), SECOND, 6, 24, s.ease(1))
    s.text(600, 300, "只浇水", 34, BLUE, alpha=s.ease(1, 0.4))
    note(s, "土壤只少了不到 0.1 千克", s.during(1, 0.65, 0.9), 600, ACCENT, 40)


def _take(s: Stage) -> None:
    head(s, "叶子吃什么")
    leaf(s, 430, 400, 440, -10, s.ease(0, -0.3))
    sun(s, 200, 190, 50, s.during(3, 0, 0.3))
    water, gas, light = s.during(1, 0.1, 0.4), s.during(2, 0.1, 0.4), s.during(3, 0.1, 0.4)
    _flow(s, (300, 640), (420, 405), BLUE, water)
    _flow(s, (1120, 250), (850, 310), SECOND, gas)
    _flow(s, (250, 230), (560, 300), GOLD, light)
    label(s, 560, 596, "水：根吸收，导管运来", BLUE_TINT, BLUE, 38, water)
    label(s, 1050, 190, "二氧化碳：从气孔进入", MIST, INK, 36, gas)
    label(s, 440, 120, "光：能量的来源", AMBER_TINT, AMBER, 38, light)


def _place(s: Stage) -> None:
    head(s, "在哪里进行")
    leaf(s, 90, 400, 330, -10, s.ease(0, -0.3))
    s.circle(300, 350, 46, None, ACCENT, 5, s.ease(0, 0.3))
    s.line([(340, 325), (560, 200)], ACCENT, 3, s.ease(0, 0.6))
    s.line([(340, 375), (560, 540)], ACCENT, 3, s.ease(0, 0.6))
    come = s.ease(0, 0.8)
    s.rect(560, 150, 560, 410, "#EAF4E4", "#7FB08D", 8, 36, come)
    for k, (x, y) in enumerate(
        ((660, 240), (800, 215), (960, 240), (1050, 340), (1010, 470), (860, 500), (700, 470), (640, 360))
    ):
        grow = s.during(1, 0.1 + 0.06 * k, 0.3 + 0.06 * k)
        s.ellipse(x, y, 50 * grow, 30 * grow, LEAF, on="#EAF4E4")
        for dx in (-20, 0, 20):
            if grow == 1:
                s.line([(x + dx, y - 12), (x + dx, y + 12)], "#2F7A4C", 4)
    s.circle(845, 355, 60, "#D9CDE8", "#8D79AE", 4, come, "#EAF4E4")
    s.text(845, 355, "细胞核", 30, "#5B4A7A", alpha=come, on="#D9CDE8")
    s.text(840, 612, "叶绿体 = 生产有机物的“车间”", 42, GREEN, bold=True, alpha=s.during(1, 0.5, 0.8))


def _equation(s: Stage) -> None:
    head(s, "光合作用的式子")
    y = 300.0
    left = s.during(0, 0.05, 0.35)
    label(s, 250, y, "二氧化碳 + 水", MIST, INK, 46, left)
    s.arrow((450, y), (450 + 330 * s.during(0, 0.35, 0.65), y), GREEN, 8, 28, 1 if s.at(0) > 0 else 0)
    s.text(615, y - 44, "光能", 40, AMBER, alpha=s.during(0, 0.4, 0.6))
    s.text(615, y + 46, "叶绿体", 40, GREEN, alpha=s.during(0, 0.45, 0.65))
    label(s, 1000, y, "有机物 + 氧气", GREEN_TINT, GREEN, 46, s.during(0, 0.65, 0.9))
    s.text(1000, y + 92, "（储存着能量）", 36, SECOND, alpha=s.during(1, 0.3, 0.6))
    s.text(250, y + 92, "（简单的无机物）", 36, SECOND, alpha=s.during(1, 0.05, 0.3))
    s.rich(640, 500, "CO_2 + H_2O  →  (CH_2O) + O_2", 60, INK, "m", serif=True, alpha=s.ease(2, 0.2))


def _proof(s: Stage) -> None:
    head(s, "怎样知道产生了氧气")
    come = s.ease(0, -0.2)
    s.rect(340, 200, 300, 350, "#EEF5FB", "#9DB4C9", 6, 18, come)
    s.rect(346, 270, 288, 274, BLUE_TINT, radius=12, alpha=come)
    for k in range(5):
        leaf(s, 490, 530 - 34 * k, 100, -30 if k % 2 else 210, come, mix(LEAF, GREEN, 0.2))
    s.rect(455, 150, 70, 190, "#FFFFFF", "#9DB4C9", 5, 30, come)
    gas = 90 * s.during(1, 0.1, 0.9)
    s.rect(460, 158 + gas, 60, max(1.0, 176 - gas), BLUE_TINT, radius=4, alpha=come)
    sun(s, 190, 230, 52, s.ease(0, 0.2))
    if s.at(0, 0.8) > 0:
        for n in range(7):
            share = (s.t * 0.35 + n * 0.143) % 1
            s.circle(490 + 16 * math.sin(9 * share + n), 510 - 250 * share, 5 + 3 * share, "#FFFFFF", "#6FA3CF", 2)
    label(s, 920, 240, "水草在光下冒出气泡", BLUE_TINT, BLUE, 40, s.during(0, 0.4, 0.8))
    label(s, 920, 360, "收集气体，放入带火星的木条", AMBER_TINT, AMBER, 38, s.during(1, 0.1, 0.5))
    label(s, 920, 480, "木条复燃：是氧气", RED_TINT, ACCENT, 44, s.during(1, 0.6, 0.9))


def _meaning(s: Stage) -> None:
    head(s, "为什么重要")
    rows = (
        ("食物", "制造的有机物养活植物自己，也养活动物和人", GREEN_TINT, GREEN),
        ("氧气", "维持大气中氧和二氧化碳的平衡", BLUE_TINT, BLUE),
        ("能量", "把光能变成储存在有机物里的能量", AMBER_TINT, AMBER),
    )
    for n, (name, words, tint, colour) in enumerate(rows):
        come = s.ease(n, 0.1)
        y = 220 + 140 * n
        s.circle(190, y, 58, tint, alpha=come)
        s.text(190, y, name, 42, colour, bold=True, alpha=come, on=tint)
        s.text(290, y, words, 42, INK, "lm", alpha=s.ease(n, 0.4))


FILM = Film(
    slug="photosynthesis",
    title_zh="绿色植物的光合作用",
    title_en="Photosynthesis in green plants",
    kicker="生物学 · 七年级",
    sources=("photosynthesis.py",),
    scenes=(
        opening(
            Line("一片绿叶，每天都在做一件了不起的事。", "Every day a green leaf does something remarkable."),
            picture=_picture,
        ),
        Scene(
            _question,
            (
                Line(
                    "三百多年前，海尔蒙特种下一棵两千克多的柳树苗，只浇雨水。",
                    "Over three hundred years ago van Helmont planted a small willow of little more than two "
                    "kilograms and gave it only rain water.",
                ),
                Line(
                    "五年后，树重了七十多千克，土却几乎没有少。树吃的是什么呢？",
                    "After five years it had gained over seventy kilograms, yet the soil had lost almost "
                    "nothing. What had the tree fed on?",
                    0.5,
                ),
            ),
        ),
        Scene(
            _take,
            (
                Line("今天我们知道，绿叶需要三样东西。", "Today we know that a green leaf needs three things."),
                Line(
                    "第一是水，由根从土壤里吸收，沿着导管送到叶片。",
                    "The first is water, taken up by the roots and led through vessels to the leaf.",
                ),
                Line(
                    "第二是空气里的二氧化碳，从叶片上的气孔进来。",
                    "The second is carbon dioxide from the air, which enters through the pores of the leaf.",
                ),
                Line("第三是光，它提供能量。", "The third is light, which brings the energy.", 0.8),
            ),
        ),
        Scene(
            _place,
            (
                Line(
                    "把叶肉细胞放大，可以看到许多绿色的小颗粒。",
                    "Enlarge a cell of the leaf, and you see many small green grains.",
                ),
                Line(
                    "它们叫叶绿体，里面有叶绿素。叶绿体就是进行光合作用的车间。",
                    "They are chloroplasts and contain chlorophyll. They are the workshops of photosynthesis.",
                    0.5,
                ),
            ),
        ),
        Scene(
            _equation,
            (
                Line(
                    "二氧化碳和水，在光能的推动下，在叶绿体里变成有机物和氧气。",
                    "Driven by light, carbon dioxide and water are turned into organic matter and oxygen in "
                    "the chloroplasts.",
                ),
                Line(
                    "简单的无机物，变成了储存着能量的有机物，比如淀粉。",
                    "Simple inorganic matter becomes organic matter that stores energy, such as starch.",
                ),
                Line("这就是光合作用。", "That is photosynthesis.", 1.2),
            ),
        ),
        Scene(
            _proof,
            (
                Line(
                    "把水草放在阳光下，会看到它不断冒出小气泡。",
                    "Put water weed in the sun, and small bubbles keep rising from it.",
                ),
                Line(
                    "收集这些气体，放进一根带火星的木条，木条重新燃烧，说明它是氧气。",
                    "Collect the gas and hold a glowing splint in it: the splint bursts into flame again, so "
                    "the gas is oxygen.",
                    0.6,
                ),
            ),
        ),
        Scene(
            _meaning,
            (
                Line(
                    "光合作用制造的有机物，养活了植物自己，也养活了动物和人。",
                    "What photosynthesis makes feeds the plant itself, and animals and people too.",
                ),
                Line(
                    "它放出氧气，吸收二氧化碳，维持着空气的平衡。",
                    "It gives off oxygen, takes in carbon dioxide, and keeps the air in balance.",
                ),
                Line(
                    "它把光能储存起来，成为生命活动的能量来源。",
                    "It stores the energy of light, the source of energy for living things.",
                    0.5,
                ),
            ),
        ),
        closing(
            ("原料：二氧化碳和水", "条件：光   场所：叶绿体", "产物：有机物和氧气"),
            Line("记住：原料是二氧化碳和水。", "Remember: the raw materials are carbon dioxide and water."),
            Line("条件是光，场所是叶绿体。", "The condition is light, the place is the chloroplast."),
            Line("产物是有机物和氧气。", "The products are organic matter and oxygen."),
        ),
    ),
)
