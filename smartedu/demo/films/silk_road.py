"""The Silk Road: who opened it, by which stops it ran, what travelled on it.

The route is a schematic line, not a map.
"""

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
    PAPER,
    RED_TINT,
    SECOND,
)
from smartedu.demo.films.timeline import Film, Line, Scene, Stage

SAND, SAND_DARK = "#EBD9B0", "#D9BF86"
# From east (right) to west (left); names and where each name stands beside its stop.
STOPS: tuple[tuple[str, Point, Point], ...] = (
    ("长安", (1130, 430), (0, 56)),
    ("河西走廊", (930, 350), (0, -52)),
    ("敦煌", (800, 380), (0, 56)),
    ("西域", (640, 310), (0, 56)),
    ("中亚", (450, 350), (0, -52)),
    ("西亚", (280, 300), (0, 56)),
    ("欧洲", (120, 360), (0, 56)),
)
PATH = tuple(stop[1] for stop in STOPS)


def along(path: tuple[Point, ...], share: float) -> list[Point]:
    """The first `share` of a path of straight pieces."""
    pieces = len(path) - 1
    whole, rest = divmod(min(0.9999, max(0.0, share)) * pieces, 1)
    n = int(whole)
    here, there = path[n], path[n + 1]
    return [*path[: n + 1], (here[0] + (there[0] - here[0]) * rest, here[1] + (there[1] - here[1]) * rest)]


def camel(s: Stage, x: float, y: float, size: float, colour: str = INK, alpha: float = 1, on: str = PAPER) -> None:
    """A two-humped camel that looks left, its feet at (x, y); `size` is its height in pixels."""
    u = size / 100

    def at(*pairs: tuple[float, float]) -> list[Point]:
        return [(x + a * u, y + b * u) for a, b in pairs]

    s.polygon(
        at(
            (-42, -48), (-34, -62), (-20, -62), (-12, -88), (-2, -62), (8, -62), (18, -86), (28, -60), (44, -54),
            (46, -34), (-38, -34),
        ),
        colour, alpha=alpha, on=on,
    )  # fmt: skip
    s.line(at((-36, -46), (-54, -44), (-62, -66), (-64, -84)), colour, 11 * u, alpha, on)
    s.line(at((-62, -86), (-78, -82)), colour, 12 * u, alpha, on)
    for leg in (-32, -22, 30, 40):
        s.line(at((leg, -38), (leg + (2 if leg > 0 else -1), 0)), colour, 7 * u, alpha, on)
    s.line(at((46, -50), (54, -30)), colour, 4 * u, alpha, on)


def dunes(s: Stage, alpha: float, level: float = 540) -> None:
    """Two rows of sand at the lower edge."""
    s.ellipse(320, level + 190, 620, 200, SAND, alpha=alpha)
    s.ellipse(1030, level + 200, 560, 190, SAND_DARK, alpha=alpha * 0.7)
    s.ellipse(640, level + 240, 900, 190, SAND, alpha=alpha)


def _picture(s: Stage) -> None:
    come = s.ease(0, 0, 1)
    s.circle(1040, 250, 80, GOLD, alpha=come * 0.9)
    dunes(s, come)
    for n in range(3):
        camel(s, 880 + 150 * n, 566 - 12 * (n % 2), 120, "#6A4B2A", come)


def _envoy(s: Stage) -> None:
    head(s, "张骞通西域")
    dunes(s, s.ease(0, -0.3), 560)
    walk = min(1.0, max(0.0, s.t / 22))
    camel(s, 1120 - 640 * walk, 600, 110, "#6A4B2A")
    rows = (
        ("公元前 138 年", "张骞第一次出使西域", RED_TINT, ACCENT),
        ("公元前 119 年", "张骞第二次出使西域", BLUE_TINT, BLUE),
        ("公元前 60 年", "西汉设立西域都护府", GREEN_TINT, GREEN),
    )
    for n, (year, what, tint, colour) in enumerate(rows):
        come = s.ease(n, 0.1)
        label(s, 330, 180 + 96 * n, year, tint, colour, 40, come)
        s.text(520, 180 + 96 * n, what, 46, INK, "lm", alpha=s.ease(n, 0.4))


def _road(s: Stage) -> None:
    head(s, "这条路经过哪里（示意）")
    whole = s.says(0) + s.says(1) + 0.6
    share = min(1.0, max(0.0, s.at(0, 0.4) / whole)) if s.at(2) < 0 else 1.0
    s.line(PATH, LINE, 8, s.ease(0, -0.3))
    done = along(PATH, share)
    if share > 0:
        s.line(done, ACCENT, 9)
    reached = share * (len(STOPS) - 1)
    for n, (name, at, away) in enumerate(STOPS):
        come = min(1.0, max(0.0, (reached - n + 0.25) * 4)) if s.at(0) > 0 else 0.0
        s.circle(*at, 16, PAPER, ACCENT if come else LINE, 6)
        s.text(at[0] + away[0], at[1] + away[1], name, 44, INK, bold=n == 0, alpha=come)
    if 0 < share < 1:
        camel(s, done[-1][0], done[-1][1] - 16, 74, "#6A4B2A")
    s.text(1130, 540, "今西安", 34, SECOND, alpha=s.during(0, 0.1, 0.4))
    s.text(618, 416, "今新疆及其以西", 34, SECOND, alpha=s.during(1, 0.0, 0.3))
    s.text(90, 150, "西", 40, SECOND, alpha=s.ease(0))
    s.text(1190, 150, "东", 40, SECOND, alpha=s.ease(0))
    s.arrow((1150, 150), (1150 - 1010 * s.ease(0, 0, 1.5), 150), LINE, 4, 20)
    label(s, 640, 570, "全程数千千米：沙漠、戈壁、高山、绿洲", AMBER_TINT, AMBER, 42, s.ease(2, 0.2))


def _goods(s: Stage) -> None:
    head(s, "路上走着什么")
    camel(s, 640, 380, 120, "#6A4B2A", s.ease(0, -0.2))
    s.arrow((560, 200), (560 - 380 * s.during(0, 0, 0.4), 200), ACCENT, 8, 28)
    s.text(370, 150, "传向西方", 42, ACCENT, alpha=s.ease(0))
    for n, words in enumerate(("丝绸", "铸铁技术", "凿井技术")):
        label(s, 330, 290 + 96 * n, words, RED_TINT, ACCENT, 44, s.during(0, 0.25 + 0.2 * n, 0.45 + 0.2 * n))
    s.arrow((720, 200), (720 + 380 * s.during(1, 0, 0.4), 200), GREEN, 8, 28)
    s.text(910, 150, "传入中原", 42, GREEN, alpha=s.ease(1))
    for n, words in enumerate(("葡萄", "核桃", "石榴", "苜蓿", "良马", "乐舞")):
        label(
            s,
            940 + 190 * (n % 2),
            290 + 96 * (n // 2),
            words,
            GREEN_TINT,
            GREEN,
            44,
            s.during(1, 0.15 + 0.1 * n, 0.35 + 0.1 * n),
        )
    note(s, "交换的不只是货物，还有技术、艺术与思想", s.ease(2, 0.2), 600, INK, 44)


def _meaning(s: Stage) -> None:
    head(s, "为什么叫“丝绸之路”")
    for k in range(7):
        shift = 26 * k
        points = [(90 + 1100 * j / 50, 200 + shift + 26 * _wave(j / 50 + k * 0.06 + s.t * 0.03)) for j in range(51)]
        s.line(points, (ACCENT, "#D98A77", "#E9B8AA")[k % 3], 10, s.ease(0, -0.2) * 0.85)
    s.text(640, 460, "中国的丝绸，是这条路上最有名的货物", 46, INK, alpha=s.during(0, 0.3, 0.7))
    label(s, 640, 560, "它是古代东西方往来的大动脉", MIST, INK, 46, s.ease(1, 0.2))


def _wave(turns: float) -> float:
    return math.sin(2 * math.pi * turns)


FILM = Film(
    slug="silk-road",
    title_zh="丝绸之路",
    title_en="The Silk Road",
    kicker="历史 · 七年级",
    sources=("silk_road.py",),
    scenes=(
        opening(
            Line(
                "两千多年前，驼铃声里，一条连接东西方的路慢慢走了出来。",
                "More than two thousand years ago, to the sound of camel bells, a road grew that joined East and West.",
            ),
            picture=_picture,
        ),
        Scene(
            _envoy,
            (
                Line(
                    "公元前一百三十八年，汉武帝派张骞出使西域。他走了十三年，历尽艰险。",
                    "In 138 BC Emperor Wu of Han sent Zhang Qian to the Western Regions. He was away for "
                    "thirteen hard years.",
                ),
                Line(
                    "公元前一百一十九年，他第二次出使，汉朝和西域的往来越来越多。",
                    "In 119 BC he went again, and traffic between Han and the Western Regions grew.",
                ),
                Line(
                    "公元前六十年，西汉设立西域都护府，管理西域，保护商路。",
                    "In 60 BC the Western Han set up the Protectorate of the Western Regions, which governed "
                    "the area and kept the trade route safe.",
                    0.4,
                ),
            ),
        ),
        Scene(
            _road,
            (
                Line(
                    "商队从长安出发，穿过河西走廊，到达敦煌，再出玉门关或者阳关。",
                    "Caravans set out from Chang'an, passed the Hexi Corridor to Dunhuang, and left by the "
                    "Yumen or the Yang Pass.",
                ),
                Line(
                    "然后经过西域，翻过葱岭，到中亚、西亚，最后通到欧洲。",
                    "They crossed the Western Regions and the Pamirs to Central and West Asia, and the road "
                    "led on to Europe.",
                ),
                Line(
                    "全程几千千米，要走过沙漠、戈壁、高山和绿洲。",
                    "Over thousands of kilometres they met desert, stony plains, high mountains and oases.",
                    0.5,
                ),
            ),
        ),
        Scene(
            _goods,
            (
                Line(
                    "从中原向西，去的是丝绸，还有铸铁和凿井的技术。",
                    "Westward went silk, and the arts of casting iron and of digging wells.",
                ),
                Line(
                    "从西向东，来的是葡萄、核桃、石榴、苜蓿，还有良马和乐舞。",
                    "Eastward came grapes, walnuts, pomegranates, lucerne, fine horses, music and dance.",
                ),
                Line(
                    "人们交换的不只是货物，还有技术、艺术和思想。",
                    "People exchanged not only goods but skills, arts and ideas.",
                    0.5,
                ),
            ),
        ),
        Scene(
            _meaning,
            (
                Line(
                    "因为丝绸最有名，后来人们把它叫做丝绸之路。",
                    "As silk was its most famous cargo, it later came to be called the Silk Road.",
                ),
                Line(
                    "它是古代东西方往来的大动脉，促进了各地文明的交流。",
                    "It was the great artery between East and West, and brought civilisations together.",
                    0.6,
                ),
            ),
        ),
        closing(
            ("张骞通西域，打开了道路", "长安—河西走廊—西域—中亚、西亚—欧洲", "货物、技术和思想在路上交流"),
            Line("记住：张骞通西域，为丝绸之路打开了道路。", "Remember: Zhang Qian's journeys opened the way."),
            Line("它从长安出发，一直通到欧洲。", "It ran from Chang'an all the way to Europe."),
            Line("路上走着货物，也走着技术和思想。", "Goods travelled on it, and so did skills and ideas."),
        ),
    ),
)
