"""Thoughts on a Still Night by Li Bai: the poem, its pictures, its rhythm, its feeling."""

import math

from smartedu.demo.films.cards import closing, head, label, opening
from smartedu.demo.films.look import ACCENT, AMBER_TINT, BLUE_TINT, INK, LARGE, MIST, NIGHT, RED_TINT, SECOND, mix
from smartedu.demo.films.timeline import Film, Line, Scene, Stage

MOON = "#F4E7BE"
VERSES = ("床前明月光", "疑是地上霜", "举头望明月", "低头思故乡")
READINGS = (
    ("chuáng", "qián", "míng", "yuè", "guāng"),
    ("yí", "shì", "dì", "shàng", "shuāng"),
    ("jǔ", "tóu", "wàng", "míng", "yuè"),
    ("dī", "tóu", "sī", "gù", "xiāng"),
)


def _night(s: Stage, alpha: float, moon: float = 1.0) -> None:
    """A night sky with a moon and a few stars, over the whole picture but for the head and the progress line."""
    s.rect(0, 0, 1280, 714, NIGHT, alpha=alpha)
    for k in range(26):
        x, y = (k * 397 + 83) % 1280, (k * 151 + 41) % 330
        s.circle(x, y, 1.6 + k % 3 * 0.6, "#C9D3E8", alpha=alpha * 0.8, on=NIGHT)
    for ring in range(5):
        s.circle(1010, 190, 150 - 20 * ring, mix(NIGHT, MOON, 0.05 + 0.045 * ring), alpha=alpha * moon, on=NIGHT)
    s.circle(1010, 190, 62, MOON, alpha=alpha * moon, on=NIGHT)


def _room(s: Stage, alpha: float) -> None:
    """A lattice window and the light that falls from it onto the floor."""
    wall, bar = "#26324F", "#141E33"
    for x, y, w, h in ((0, 0, 800, 470), (1220, 0, 60, 470), (800, 0, 420, 60), (800, 390, 420, 80)):
        s.rect(x, y, w, h, wall, alpha=alpha, on=NIGHT)
    s.rect(0, 470, 1280, 244, "#141E33", alpha=alpha, on=NIGHT)
    shine = s.ease(0, 0.6, 2.0) * alpha
    s.polygon(
        [(760, 500), (1120, 500), (940, 690), (480, 690)], mix("#141E33", "#D9E2F0", 0.42), alpha=shine, on="#141E33"
    )
    s.rect(800, 60, 420, 330, None, bar, 14, alpha=alpha, on=NIGHT)
    for k in (1, 2):
        s.line([(800 + 140 * k, 60), (800 + 140 * k, 390)], bar, 8, alpha, NIGHT)
        s.line([(800, 60 + 110 * k), (1220, 60 + 110 * k)], bar, 8, alpha, NIGHT)


def _picture(s: Stage) -> None:
    come = s.ease(0, 0, 1.2)
    s.circle(1020, 340, 190, NIGHT, alpha=come)
    s.circle(1050, 310, 82, MOON, alpha=come, on=NIGHT)
    s.circle(1018, 290, 78, NIGHT, alpha=come, on=NIGHT)


def _poem(s: Stage) -> None:
    head(s, "静夜思  唐 · 李白")
    for n, (verse, reading) in enumerate(zip(VERSES, READINGS, strict=True)):
        spoken = s.at(n)
        for k, (sign, sound) in enumerate(zip(verse, reading, strict=True)):
            come = s.ease(n, 0.15 + s.says(n) * 0.17 * k, 0.5)
            colour = ACCENT if 0 <= spoken < s.says(n) + 0.3 else INK
            x, y = 380 + 130 * k, 176 + 130 * n
            s.text(x, y - 46, sound, 32, SECOND, alpha=come)
            s.text(x, y + 10, sign, 66, colour, serif=True, alpha=come)


def _frost(s: Stage) -> None:
    come = s.ease(0, -0.45, 0.8)
    _night(s, come)
    _room(s, come)
    ground = "#141E33"
    for k in range(40):
        across, down = (0.07 + k * 0.618) % 1 * 0.9 + 0.05, (0.11 + k * 0.271) % 1 * 0.84 + 0.08
        x = 760 + 360 * across + ((480 + 460 * across) - (760 + 360 * across)) * down
        y = 500 + 190 * down
        grow = s.during(1, 0.3 + 0.008 * k, 0.6 + 0.008 * k)
        for turn in range(3):
            a = math.radians(60 * turn)
            r = 7 * grow
            if r > 0.5:
                s.line(
                    [(x - r * math.cos(a), y - r * math.sin(a)), (x + r * math.cos(a), y + r * math.sin(a))],
                    "#F6F8FB",
                    2,
                    1,
                    ground,
                )
    for n, verse in enumerate(VERSES[:2]):
        s.text(110, 210 + 110 * n, verse, 64, "#F3EFE2", "lm", serif=True, alpha=s.ease(n, 0.1), on="#26324F")
    s.text(110, 420, "疑：好像", 40, MOON, "lm", alpha=s.during(1, 0.4, 0.6), on="#26324F")


def _figure(s: Stage, lift: float, come: float) -> None:
    """The poet as a silhouette, who raises and lowers his head: `lift` from -1 to 1."""
    robe = "#0C1426"
    s.polygon([(330, 700), (380, 520), (430, 470), (490, 520), (560, 700)], robe, alpha=come, on=NIGHT)
    s.ellipse(440, 500, 62, 56, robe, alpha=come, on=NIGHT)
    turn = math.radians(-90 + 24 - 30 * lift)
    x, y = 442 + 76 * math.cos(turn), 476 + 74 * math.sin(turn)
    s.line([(442, 480), (x, y)], robe, 30, come, NIGHT)
    s.circle(x, y, 42, robe, alpha=come, on=NIGHT)
    s.circle(x - 26 - 6 * lift, y - 36 + 6 * lift, 17, robe, alpha=come, on=NIGHT)


def _heads(s: Stage) -> None:
    come = s.ease(0, -0.45, 0.8)
    _night(s, come)
    lift = s.during(0, 0.0, 0.3) * (1 - 2 * s.during(1, 0.0, 0.35))
    _figure(s, lift, come)
    gaze = s.during(0, 0.3, 0.6) * (1 - s.ease(1))
    if gaze > 0:
        s.dashed((560, 400), (560 + 370 * gaze, 400 - 170 * gaze), MOON, 3, 10)
    home = s.during(2, 0.1, 0.6)
    ground = NIGHT
    s.polygon([(830, 520), (960, 440), (1090, 520)], "#5A6E95", alpha=home, on=ground)
    s.rect(860, 520, 200, 110, "#42557C", alpha=home, on=ground)
    s.rect(930, 550, 60, 80, MOON, alpha=home * 0.9, on=ground)
    for n, verse in enumerate(VERSES[2:]):
        s.text(90, 120 + 104 * n, verse, 64, "#F3EFE2", "lm", serif=True, alpha=s.ease(n, 0.1), on=NIGHT)


def _rhythm(s: Stage) -> None:
    head(s, "怎样读：二三停顿，句末押韵")
    for n, verse in enumerate(VERSES):
        y = 180 + 112 * n
        come = s.ease(0, 0.2 * n)
        s.text(330, y, verse[:2], LARGE + 8, INK, "lm", serif=True, alpha=come)
        s.line([(490, y - 30), (478, y + 30)], ACCENT, 5, s.during(0, 0.4 + 0.1 * n, 0.6 + 0.1 * n))
        s.text(520, y, verse[2:4], LARGE + 8, INK, "lm", serif=True, alpha=come)
        rhyme = n in (0, 1, 3)
        lit = s.during(1, 0.1 + 0.12 * n, 0.3 + 0.12 * n) if rhyme else 0.0
        s.circle(686, y + 2, 44, RED_TINT, alpha=lit)
        s.text(
            686, y, verse[4], LARGE + 8, mix(INK, ACCENT, lit), serif=True, alpha=come, on=mix("#FBFAF7", RED_TINT, lit)
        )
        if rhyme:
            s.text(790, y, (("guāng"), ("shuāng"), "", "xiāng")[n], 38, ACCENT, "lm", alpha=lit)
    s.text(960, 400, "韵脚 -ang", 40, SECOND, "lm", alpha=s.during(1, 0.6, 0.9))


def _feeling(s: Stage) -> None:
    head(s, "一轮明月，一片乡愁")
    words = (
        ("看见", "月光", BLUE_TINT),
        ("想到", "霜", MIST),
        ("抬头", "明月", AMBER_TINT),
        ("低头", "故乡", RED_TINT),
    )
    for n, (act, thing, tint) in enumerate(words):
        come = s.during(0, 0.05 + 0.22 * n, 0.25 + 0.22 * n)
        x = 200 + 293 * n
        s.circle(x, 300, 96, tint, alpha=come)
        s.text(x, 272, act, 34, SECOND, alpha=come, on=tint)
        s.text(x, 324, thing, 52, INK, serif=True, alpha=come, on=tint)
        if n:
            s.arrow((x - 186, 300), (x - 108, 300), SECOND, 5, 20, come)
    label(s, 640, 510, "没有说一个“愁”字，句句都是思念", RED_TINT, ACCENT, 44, s.ease(1, 0.3))


FILM = Film(
    slug="quiet-night",
    title_zh="静夜思",
    title_en="Thoughts on a Still Night, by Li Bai",
    kicker="语文 · 一年级 · 唐诗",
    sources=("quiet_night.py",),
    scenes=(
        opening(
            Line(
                "一千二百多年前的一个秋夜，诗人李白离家在外，写下了这首诗。",
                "One autumn night more than twelve hundred years ago, far from home, Li Bai wrote this poem.",
            ),
            picture=_picture,
        ),
        Scene(
            _poem,
            (
                Line("床前明月光，", "Before my bed the bright moon shines;", 0.25),
                Line("疑是地上霜。", "it seems like frost upon the ground.", 0.4),
                Line("举头望明月，", "I raise my head and watch the moon;", 0.25),
                Line("低头思故乡。", "I bow my head and think of home.", 1.2),
            ),
        ),
        Scene(
            _frost,
            (
                Line(
                    "夜深了，月光从窗外照进来，洒在床前。",
                    "It is late. Moonlight comes through the window and falls before the bed.",
                ),
                Line(
                    "“疑”是好像的意思。地上白白的一片，好像铺了一层霜。",
                    "The word yi means “it seems”. The floor is so white that it seems covered with frost.",
                    0.8,
                ),
            ),
        ),
        Scene(
            _heads,
            (
                Line("诗人抬起头，望着天上那轮明月。", "The poet raises his head and looks at the bright moon."),
                Line("又慢慢低下头，心里想起了故乡。", "Then slowly he lowers it, and his thoughts go home."),
                Line(
                    "故乡的亲人，这时候也在看着同一个月亮吧。",
                    "Perhaps his family there is looking at the same moon just now.",
                    0.8,
                ),
            ),
        ),
        Scene(
            _rhythm,
            (
                Line(
                    "这是一首五言诗，每句五个字，读的时候前两个字后面稍稍停一下。",
                    "Each line has five characters. When reading, pause a little after the first two.",
                ),
                Line(
                    "光、霜、乡三个字押韵，读起来像月光一样悠长。",
                    "Guang, shuang and xiang rhyme, and make the poem as long and soft as moonlight.",
                    0.6,
                ),
            ),
        ),
        Scene(
            _feeling,
            (
                Line(
                    "从看见月光，想到霜，到抬头望月，低头思乡。",
                    "From moonlight to frost, from the raised head to the bowed head and home:",
                ),
                Line(
                    "诗里没有一个愁字，却句句都是对家乡的思念。",
                    "there is no word of sorrow in it, yet every line longs for home.",
                    0.8,
                ),
            ),
        ),
        closing(
            ("五言诗，每句读作“二、三”", "光、霜、乡：韵脚相同", "明月寄托了对故乡的思念"),
            Line("现在请你试着背一背。", "Now try to say it by heart."),
            Line("读的时候，想一想那片月光。", "And while you say it, think of that moonlight."),
            Line("也想一想，你最想念的地方。", "And of the place that you long for most.", 0.8),
        ),
    ),
)
