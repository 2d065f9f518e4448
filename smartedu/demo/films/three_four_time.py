"""Three-four and four-four time: heard, seen, counted and conducted."""

import math

from smartedu.demo.films.canvas import Point
from smartedu.demo.films.cards import closing, head, label, opening
from smartedu.demo.films.look import ACCENT, AMBER_TINT, BLUE, BLUE_TINT, INK, LINE, MIST, PAPER, RED_TINT, SECOND, mix
from smartedu.demo.films.timeline import Film, Line, Note, Scene, Stage, smooth

BEAT = 0.62  # seconds; 97 beats a minute, an easy walk
LEAD_IN = 0.4  # seconds between the end of a sentence and the first beat
THREE, FOUR = (1.0, 0.35, 0.35), (1.0, 0.35, 0.65, 0.35)  # how strong each beat is
NAMES = {1.0: "强", 0.65: "次强", 0.35: "弱"}
C, D, E, F, G, A = 261.63, 293.66, 329.63, 349.23, 392.00, 440.00


def beats(line: int, pattern: tuple[float, ...], bars: int, tune: tuple[float, ...] = ()) -> tuple[Note, ...]:
    """The strokes of `bars` bars after a line; `tune` gives a pitch for each beat (0: none)."""
    notes: list[Note] = []
    for n in range(bars * len(pattern)):
        strong = pattern[n % len(pattern)]
        at = LEAD_IN + n * BEAT
        notes.append(Note(line, at, "drum" if strong > 0.5 else "wood", 0 if strong > 0.5 else 980, 0.75 * strong))
        if n < len(tune) and tune[n]:
            notes.append(Note(line, at, "bell", tune[n], 0.16 + 0.12 * strong))
    return tuple(notes)


def pause_for(pattern: tuple[float, ...], bars: int) -> float:
    """How long a line must pause for its beats to be heard, in seconds."""
    return LEAD_IN + bars * len(pattern) * BEAT


def _now(s: Stage, line: int, count: int) -> tuple[int, float]:
    """The beat that sounds and how long ago it was struck; -1 before the first and after the last."""
    since = s.after(line) - LEAD_IN
    number = math.floor(since / BEAT)
    if since < 0 or number >= count:
        return -1, 0.0
    return number, since - number * BEAT


def _row(
    s: Stage, y: float, pattern: tuple[float, ...], bars: int, line: int, alpha: float = 1, names: bool = True
) -> None:
    """Bars as discs whose size is the strength of the beat; the sounding one glows."""
    count = bars * len(pattern)
    step = min(112.0, 1050 / count)
    left = 640 - step * (count - 1) / 2
    number, since = _now(s, line, count)
    for n in range(count):
        strong = pattern[n % len(pattern)]
        x = left + step * n
        glow = math.exp(-3.2 * since) if n == number else 0.0
        r = min(step * 0.46, 20 + 26 * strong + 8 * glow)
        s.circle(
            x,
            y,
            r,
            mix(RED_TINT if strong > 0.5 else BLUE_TINT, ACCENT if strong > 0.5 else BLUE, round(glow, 1)),
            alpha=alpha,
        )
        s.text(x, y, str(n % len(pattern) + 1), 34, PAPER if glow > 0.5 else INK, bold=strong > 0.9, alpha=alpha)
        if names:
            s.text(x, y + 78, NAMES[strong], 34, ACCENT if strong > 0.5 else SECOND, alpha=alpha)
        if n % len(pattern) == 0:
            s.line([(x - step / 2, y - 66), (x - step / 2, y + 56)], INK if n else SECOND, 4, alpha)
    end = left + step * (count - 0.5)
    s.line([(end, y - 66), (end, y + 56)], INK, 4, alpha)


def _signature(
    s: Stage, x: float, y: float, above: str, below: str, size: int = 120, alpha: float = 1, colour: str = INK
) -> None:
    s.text(x, y - size * 0.44, above, size, colour, bold=True, serif=True, alpha=alpha)
    s.text(x, y + size * 0.44, below, size, colour, bold=True, serif=True, alpha=alpha)


def _picture(s: Stage) -> None:
    come = s.ease(0, 0, 1)
    for n in range(5):
        s.line([(790, 280 + 38 * n), (1210, 280 + 38 * n)], LINE, 4, come)
    _signature(s, 850, 356, "3", "4", 84, come)
    for n in range(3):
        x, y = 960 + 90 * n, 375 - 19 * n
        s.ellipse(x, y, 24, 18, INK if n else ACCENT, alpha=come)
        s.line([(x + 22, y), (x + 22, y - 110)], INK if n else ACCENT, 6, come)


def _pulse(s: Stage) -> None:
    head(s, "音乐的脉搏")
    number, since = _now(s, 1, 8)
    glow = math.exp(-3 * since) if number >= 0 else 0.0
    r = 96 + 34 * glow
    s.circle(640, 330, r, mix(RED_TINT, ACCENT, round(glow * 0.7, 1)), alpha=s.ease(0, -0.2))
    s.text(640, 330, "拍", 84, PAPER if glow > 0.6 else INK, serif=True, alpha=s.ease(0))
    s.text(640, 520, "有规律的强弱交替，就是节拍", 44, INK, alpha=s.during(1, 0.3, 0.7))


def _three(s: Stage) -> None:
    head(s, "三拍子")
    _signature(s, 170, 270, "3", "4", alpha=s.ease(0), colour=ACCENT)
    s.text(260, 216, "每小节有三拍", 44, INK, "lm", alpha=s.during(0, 0.3, 0.5))
    s.text(260, 322, "以四分音符为一拍", 44, INK, "lm", alpha=s.during(0, 0.6, 0.9))
    _row(s, 480, THREE, 3, 1, s.ease(1, -0.2))
    label(s, 960, 270, "强 · 弱 · 弱", RED_TINT, ACCENT, 50, s.ease(1, 0.1))


def _four(s: Stage) -> None:
    head(s, "四拍子")
    _signature(s, 170, 270, "4", "4", alpha=s.ease(0), colour=BLUE)
    s.text(260, 216, "每小节有四拍", 44, INK, "lm", alpha=s.during(0, 0.3, 0.6))
    s.text(260, 322, "以四分音符为一拍", 44, INK, "lm", alpha=s.during(0, 0.6, 0.9))
    _row(s, 480, FOUR, 3, 1, s.ease(1, -0.2))
    label(s, 930, 270, "强 · 弱 · 次强 · 弱", BLUE_TINT, BLUE, 50, s.ease(1, 0.1))


PATHS: dict[int, tuple[Point, ...]] = {
    3: ((0, -150), (0, 130), (160, 90), (0, -150)),
    4: ((0, -150), (0, 130), (-150, 70), (150, 70), (0, -150)),
}


def _hand(s: Stage, x: float, y: float, count: int, line: int, bars: int, alpha: float) -> None:
    """The way of the conducting hand with its ictus points, and the hand itself while beats sound."""
    path = [(x + a, y + b) for a, b in PATHS[count]]
    s.line(path, LINE, 6, alpha)
    for n in range(1, len(path)):
        where = path[n] if n < len(path) - 1 else path[0]
        s.circle(*where, 34, MIST, SECOND, 3, alpha)
        s.text(*where, str(n), 34, INK, alpha=alpha, on=MIST)
    number, since = _now(s, line, bars * count)
    if number >= 0:
        here, there = path[number % count + 1], path[(number + 1) % count + 1]
        share = smooth(since / BEAT)
        s.circle(here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share, 24, ACCENT)


def _conduct(s: Stage) -> None:
    head(s, "用手划拍子")
    _hand(s, 330, 330, 3, 0, 2, s.ease(0, -0.2))
    s.text(330, 560, "三拍子：下、右、上", 44, INK, alpha=s.ease(0, 0.2))
    _hand(s, 930, 330, 4, 1, 2, s.ease(1, -0.2))
    s.text(930, 560, "四拍子：下、左、右、上", 44, INK, alpha=s.ease(1, 0.2))


def _quiz(s: Stage) -> None:
    head(s, "听一听，猜一猜")
    number, since = _now(s, 0, 12)
    for n in range(12):
        glow = math.exp(-3 * since) if n == number else 0.0
        tall = 40 + 60 * glow
        s.rect(
            150 + 84 * n,
            360 - tall,
            52,
            2 * tall,
            mix(AMBER_TINT, ACCENT, round(glow, 1)),
            radius=20,
            alpha=s.ease(0, -0.2),
        )
    s.text(640, 180, "三拍子，还是四拍子？", 54, INK, alpha=s.ease(0))
    label(s, 640, 560, "三拍子：强、弱、弱，像在转圈跳舞", RED_TINT, ACCENT, 46, s.ease(1, 0.1))


TUNE = (C, E, G, A, G, E, F, D, F, E, D, C)

FILM = Film(
    slug="three-four-time",
    title_zh="三拍子与四拍子",
    title_en="Three-four and four-four time",
    kicker="音乐 · 四年级",
    bed=False,
    sources=("three_four_time.py",),
    scenes=(
        opening(
            Line(
                "音乐有自己的脉搏。这节课，我们来听三拍子和四拍子。",
                "Music has a pulse. In this lesson we listen to three beats and to four.",
            ),
            picture=_picture,
        ),
        Scene(
            _pulse,
            (
                Line("跟着音乐拍手，每一下就是一拍。", "Clap with the music: each clap is one beat."),
                Line(
                    "有的拍重，有的拍轻，强弱有规律地反复，就是节拍。听。",
                    "Some beats are strong, some are weak; their regular return is the metre. Listen.",
                    pause_for(FOUR, 2),
                ),
            ),
            beats(1, FOUR, 2),
        ),
        Scene(
            _three,
            (
                Line(
                    "四三拍：以四分音符为一拍，每小节有三拍。",
                    "Three-four time: a quarter note is one beat, and each bar has three.",
                ),
                Line(
                    "它的规律是强、弱、弱。跟着数：一二三。",
                    "It goes strong, weak, weak. Count along: one, two, three.",
                    pause_for(THREE, 3),
                ),
            ),
            beats(1, THREE, 3),
        ),
        Scene(
            _four,
            (
                Line(
                    "四四拍：以四分音符为一拍，每小节有四拍。",
                    "Four-four time: a quarter note is one beat, and each bar has four.",
                ),
                Line(
                    "它的规律是强、弱、次强、弱。跟着数：一二三四。",
                    "It goes strong, weak, medium, weak. Count along: one, two, three, four.",
                    pause_for(FOUR, 3),
                ),
            ),
            beats(1, FOUR, 3),
        ),
        Scene(
            _conduct,
            (
                Line(
                    "我们用手来划三拍子：下，右，上。",
                    "Let us conduct three beats: down, right, up.",
                    pause_for(THREE, 2),
                ),
                Line("再划四拍子：下，左，右，上。", "And four beats: down, left, right, up.", pause_for(FOUR, 2)),
            ),
            (*beats(0, THREE, 2), *beats(1, FOUR, 2)),
        ),
        Scene(
            _quiz,
            (
                Line(
                    "现在听一段旋律，它是几拍子？",
                    "Now listen to a melody. How many beats has each bar?",
                    pause_for(THREE, 4) + 0.8,
                ),
                Line("对，是三拍子，像在转圈跳舞。", "Right, it is in three: it turns like a dance.", 0.6),
            ),
            beats(0, THREE, 4, TUNE),
        ),
        closing(
            ("四三拍：强 · 弱 · 弱", "四四拍：强 · 弱 · 次强 · 弱"),
            Line("记住：三拍子是强、弱、弱。", "Remember: three-four is strong, weak, weak."),
            Line("四拍子是强、弱、次强、弱。", "Four-four is strong, weak, medium, weak."),
        ),
    ),
)
