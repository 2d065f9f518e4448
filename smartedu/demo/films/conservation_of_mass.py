"""Conservation of mass: weighed before and after, open and closed, and counted atom by atom."""

import math

from smartedu.demo.films.canvas import Point
from smartedu.demo.films.cards import closing, head, label, note, opening
from smartedu.demo.films.look import (
    ACCENT,
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
)
from smartedu.demo.films.timeline import Film, Line, Scene, Stage

HYDROGEN, OXYGEN = "#E9EDF2", "#D8604A"
GLASS = "#9DB4C9"


def _atom(s: Stage, at: Point, kind: str, alpha: float = 1) -> None:
    r, fill, edge = (52, OXYGEN, "#9C3A28") if kind == "O" else (36, HYDROGEN, "#7D8894")
    s.circle(*at, r, fill, edge, 4, alpha)
    s.text(*at, kind, 44 if kind == "O" else 36, "#FFFFFF" if kind == "O" else INK, bold=True, alpha=alpha, on=fill)


def _picture(s: Stage) -> None:
    come = s.ease(0, 0, 1)
    s.line([(1010, 250), (1010, 500)], INK, 8, come)
    s.rect(920, 496, 180, 14, INK, radius=7, alpha=come)
    s.line([(830, 270), (1190, 270)], INK, 8, come)
    for x in (830.0, 1190.0):
        s.line([(x - 60, 400), (x, 272), (x + 60, 400)], SECOND, 3, come)
        s.arc(x, 396, 70, 40, 0, 180, INK, 6, come)
    s.circle(810, 376, 24, OXYGEN, alpha=come)
    s.circle(850, 382, 18, "#8D9AA8", alpha=come)
    s.circle(1172, 382, 18, "#8D9AA8", alpha=come)
    s.circle(1210, 376, 24, OXYGEN, alpha=come)


def _scale(s: Stage, x: float, y: float, grams: str, alpha: float = 1) -> None:
    """An electronic balance with what it shows."""
    s.rect(x - 150, y - 16, 300, 16, "#C8CED6", radius=6, alpha=alpha)
    s.rect(x - 180, y, 360, 92, MIST, "#B7B1A5", 4, 14, alpha)
    s.rect(x - 110, y + 18, 220, 56, "#22302A", radius=8, alpha=alpha, on=MIST)
    s.text(x, y + 46, grams, 40, "#8EE0AE", alpha=alpha, on="#22302A")


def _flask(s: Stage, x: float, y: float, alpha: float, stopper: bool = True) -> None:
    s.polygon(
        [(x - 34, y - 240), (x + 34, y - 240), (x + 34, y - 170), (x + 120, y), (x - 120, y), (x - 34, y - 170)],
        "#F2F7FB",
        GLASS,
        5,
        alpha,
    )
    if stopper:
        s.rect(x - 30, y - 262, 60, 40, "#A7836A", radius=6, alpha=alpha)


def _flame(s: Stage, x: float, y: float, tall: float, alpha: float = 1, on: str = "#FBFAF7") -> None:
    sway = 5 * math.sin(s.t * 7)
    s.polygon(
        [
            (x - tall * 0.28, y),
            (x - tall * 0.3, y - tall * 0.35),
            (x + sway, y - tall),
            (x + tall * 0.3, y - tall * 0.35),
            (x + tall * 0.28, y),
        ],
        GOLD,
        alpha=alpha,
        on=on,
    )
    s.ellipse(x, y - tall * 0.2, tall * 0.15, tall * 0.2, "#E4573D", alpha=alpha, on=on)


def _ask(s: Stage) -> None:
    head(s, "蜡烛烧完，哪儿去了")
    come = s.ease(0, -0.3)
    burn = s.during(0, 0.3, 1.0)
    tall = 240 - 150 * burn
    s.rect(300, 560 - tall, 80, tall, RED_TINT, "#D9A094", 4, 6, come)
    s.line([(340, 560 - tall), (340, 540 - tall)], INK, 5, come)
    _flame(s, 340, 545 - tall, 70, come)
    s.line([(200, 562), (480, 562)], INK, 5, come)
    for n in range(6):
        share = (s.t * 0.2 + n / 6) % 1
        fade = come * min(1.0, share * 4, (1 - share) * 3) * 0.6
        s.circle(340 + 60 * math.sin(6 * share + n), 470 - tall - 200 * share, 8 + 10 * share, "#B9C2CC", alpha=fade)
    label(s, 850, 270, "物质消失了吗？", AMBER_TINT, INK, 54, s.ease(1, 0.1))
    s.text(850, 380, "还是变成了别的东西？", 46, SECOND, alpha=s.ease(1, 1.2))


def _closed(s: Stage) -> None:
    head(s, "实验一：白磷在密闭的瓶中燃烧")
    come = s.ease(0, -0.3)
    for n, x in enumerate((340.0, 920.0)):
        seen = come if n == 0 else s.ease(1, 0.2)
        _scale(s, x, 500, "128.5 g", seen)
        _flask(s, x, 484, seen)
        if n == 0:
            s.circle(x, 470, 14, "#EADFA8", "#B8A95C", 3, seen, "#F2F7FB")
        else:
            burning = s.during(1, 0.15, 0.3) * (1 - s.during(1, 0.55, 0.75))
            if burning > 0:
                _flame(s, x, 476, 60 * burning, 1, "#F2F7FB")
            smoke = s.during(1, 0.3, 0.7)
            s.polygon(
                [(x - 28, 320), (x + 28, 320), (x + 112, 480), (x - 112, 480)], "#D5DAE0", alpha=smoke, on="#F2F7FB"
            )
        s.text(x, 150, ("反应前", "反应后")[n], 42, SECOND, alpha=seen)
    s.arrow((560, 380), (700, 380), ACCENT, 7, 26, s.ease(1))
    s.text(630, 560, "=", 90, ACCENT, bold=True, alpha=s.ease(2, 0.1))


def _open(s: Stage) -> None:
    head(s, "为什么有时看起来变轻了")
    come = s.ease(0, -0.3)
    lost = s.during(0, 0.45, 0.95)
    shown = f"{86.4 - 1.7 * lost:.1f} g"
    _scale(s, 340, 500, shown, come)
    s.polygon([(260, 300), (270, 484), (410, 484), (420, 300)], "#F2F7FB", GLASS, 5, come)
    s.rect(266, 420, 148, 60, BLUE_TINT, alpha=come)
    for n in range(8):
        share = (s.t * 0.45 + n / 8) % 1
        x = 290 + (n * 41) % 110
        seen = come * min(1.0, share * 4, (1 - share) * 3) if s.at(0, 0.8) > 0 else 0.0
        s.circle(x, 470 - 320 * share, 7 + 5 * share, None, "#6FA3CF", 3, seen)
    label(s, 880, 240, "碳酸钙 + 稀盐酸，敞口", MIST, INK, 42, come)
    s.text(880, 340, "二氧化碳跑进了空气里", 44, BLUE, alpha=s.during(0, 0.5, 0.8))
    s.text(880, 440, "把气体也算进去，质量不变", 44, ACCENT, bold=True, alpha=s.ease(1, 0.2))


def _count(s: Stage) -> None:
    head(s, "数一数原子")
    written = s.ease(0)
    s.rich(590, 140, "2H_2 + O_2", 60, INK, "r", serif=True, alpha=written)
    s.rich(720, 140, "2H_2O", 60, INK, "l", serif=True, alpha=written)
    for bar in (136, 150):
        s.line([(614, bar), (696, bar)], INK, 4, written)
    s.text(655, 112, "点燃", 30, INK, alpha=written)
    apart = s.during(1, 0.05, 0.45)
    joined = s.during(1, 0.5, 0.95)
    before: list[tuple[str, Point]] = [
        ("H", (200, 270)), ("H", (264, 270)), ("H", (200, 430)), ("H", (264, 430)),
        ("O", (420, 350)), ("O", (518, 350)),
    ]  # fmt: skip
    free: list[Point] = [(390, 240), (560, 250), (390, 470), (570, 470), (680, 290), (690, 430)]
    after: list[Point] = [(890, 312), (1010, 312), (890, 472), (1010, 472), (950, 266), (950, 426)]
    come = s.ease(0, 0.4)
    for n in (4, 5, 0, 1, 2, 3):
        kind, a = before[n]
        b, c = free[n], after[n]
        x = a[0] + (b[0] - a[0]) * apart + (c[0] - b[0]) * joined
        y = a[1] + (b[1] - a[1]) * apart + (c[1] - b[1]) * joined
        _atom(s, (round(x, 1), round(y, 1)), kind, come)
    s.text(330, 545, "H：4 个   O：2 个", 44, BLUE, alpha=s.during(0, 0.5, 0.9))
    s.text(950, 545, "H：4 个   O：2 个", 44, BLUE, alpha=s.during(2, 0.0, 0.3))
    s.text(640, 610, "原子重新组合，一个不多，一个不少", 40, ACCENT, alpha=s.during(2, 0.4, 0.8))


def _law(s: Stage) -> None:
    head(s, "质量守恒定律")
    s.text(640, 190, "参加化学反应的各物质的质量总和，", 48, INK, alpha=s.during(0, 0.0, 0.4))
    s.text(640, 264, "等于反应后生成的各物质的质量总和。", 48, INK, alpha=s.during(0, 0.5, 0.9))
    for n, words in enumerate(("原子种类不变", "原子数目不变", "原子质量不变")):
        tint, colour = ((GREEN_TINT, GREEN), (BLUE_TINT, BLUE), (RED_TINT, ACCENT))[n]
        label(s, 260 + 380 * n, 400, words, tint, colour, 44, s.during(1, 0.15 + 0.27 * n, 0.3 + 0.27 * n))
    note(s, "4 克氢气 + 32 克氧气 = 36 克水", s.ease(2, 0.3), 540, INK, 50)


FILM = Film(
    slug="conservation-of-mass",
    title_zh="质量守恒定律",
    title_en="The conservation of mass",
    kicker="化学 · 九年级",
    sources=("conservation_of_mass.py",),
    scenes=(
        opening(
            Line("化学反应前后，物质的总质量会变吗？", "Does the total mass change in a chemical reaction?"),
            picture=_picture,
        ),
        Scene(
            _ask,
            (
                Line(
                    "一支蜡烛越烧越短，最后好像什么也没有留下。",
                    "A candle burns shorter and shorter, until nothing seems to be left.",
                ),
                Line(
                    "物质是消失了，还是变成了别的东西？",
                    "Has the matter vanished, or has it become something else?",
                    0.6,
                ),
            ),
        ),
        Scene(
            _closed,
            (
                Line(
                    "把一小块白磷放进密闭的锥形瓶，称出总质量。",
                    "Put a little white phosphorus into a closed flask and weigh it all.",
                ),
                Line(
                    "让白磷燃烧，瓶里充满白烟。冷却以后再称一次。",
                    "Let it burn: white smoke fills the flask. When it has cooled, weigh it again.",
                ),
                Line("读数没有变。", "The reading has not changed.", 0.8),
            ),
        ),
        Scene(
            _open,
            (
                Line(
                    "再看另一个反应：碳酸钙放进稀盐酸，杯子敞着口，读数在变小。",
                    "Now another reaction: calcium carbonate in dilute hydrochloric acid, in an open beaker. "
                    "The reading falls.",
                ),
                Line(
                    "因为生成的二氧化碳跑掉了。把它也算进去，总质量还是不变。",
                    "The carbon dioxide has escaped. Count it too, and the total mass is still the same.",
                    0.6,
                ),
            ),
        ),
        Scene(
            _count,
            (
                Line(
                    "为什么呢？我们来数原子。两个氢分子和一个氧分子，有四个氢原子、两个氧原子。",
                    "Why? Let us count atoms. Two hydrogen molecules and one oxygen molecule have four H atoms "
                    "and two O atoms.",
                ),
                Line(
                    "反应时分子分成原子，原子再重新组合，变成两个水分子。",
                    "In the reaction the molecules come apart, and the atoms join anew as two molecules of water.",
                    0.4,
                ),
                Line(
                    "数一数，还是四个氢原子、两个氧原子，一个不多，一个不少。",
                    "Count again: still four H atoms and two O atoms, not one more and not one less.",
                    0.6,
                ),
            ),
        ),
        Scene(
            _law,
            (
                Line(
                    "参加化学反应的各物质的质量总和，等于生成的各物质的质量总和。",
                    "The masses of all the substances that react add up to the masses of all the substances formed.",
                ),
                Line(
                    "因为反应前后，原子的种类、数目和质量都没有改变。",
                    "For the kinds, the numbers and the masses of the atoms do not change.",
                ),
                Line(
                    "比如四克氢气和三十二克氧气，恰好生成三十六克水。",
                    "So 4 grams of hydrogen and 32 grams of oxygen make exactly 36 grams of water.",
                    0.6,
                ),
            ),
        ),
        closing(
            ("反应前后，物质的总质量不变", "别忘了把气体也算进去"),
            Line(
                "记住：化学反应前后，总质量不变，因为原子没有变。",
                "Remember: total mass does not change in a reaction, because the atoms do not change.",
            ),
            Line(
                "计算的时候，别忘了把跑掉的气体也算进去。", "And when you reckon, do not forget the gas that escaped."
            ),
        ),
    ),
)
