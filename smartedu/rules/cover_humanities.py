"""The shapes of words, arts and people: one function a family, each drawing into a field of w by h.

A motif takes the dice, the size of its field and the inks, and returns SVG elements as text.
"""

import math

from smartedu.rules.cover_shapes import Dice, Inks, dot, num, oval, path, ring, smooth, straight

STROKES = (
    "M8 50q40-10 84-4q6 4-2 8q-40-4-78 4q-8-2-4-8z",
    "M50 8q8 0 10 6q-4 40-3 76q-4 6-8 0q-2-40-4-74q0-6 5-8z",
    "M62 10q8 4 6 12q-12 44-48 68q-4 0-2-4q28-28 38-70q2-6 6-6z",
    "M38 14q4 24 22 46q16 16 30 20q-4 10-18 8q-30-18-40-70q2-6 6-4z",
    "M44 30q18 8 22 26q-2 10-10 6q-12-12-14-28q-1-4 2-4z",
)


def strokes(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """Chinese: brush strokes in the practice square, or hills and a moon as in a poem."""
    if dice.count(0, 2) == 0:
        parts = [
            dot(
                w * dice.between(0.2, 0.8),
                h * dice.between(0.22, 0.42),
                min(w, h) * dice.between(0.1, 0.17),
                inks.spark,
            )
        ]
        for i, fill in enumerate((inks.near, inks.far, inks.line)):
            base = h * (0.6 + i * 0.14)
            points = [(w * t / 5, base - h * dice.between(-0.05, 0.14)) for t in range(6)]
            parts.append(path(smooth(points) + f"V{h}H0z", fill=fill))
        return parts
    across = dice.count(2, 3) if h > w else dice.count(3, 4)
    down = across if h > w else dice.count(1, 2)
    size = min(w * 0.8 / across, h * (0.54 if h > w else 0.84) / down) * dice.between(0.82, 1)
    x = (w + 5 - size * across) / 2 + w * dice.between(-0.04, 0.04)
    y = h - size * down - h * dice.between(0.07, 0.12)
    sheet = f"M{num(x)} {num(y)}h{num(size * across)}v{num(size * down)}h{num(-size * across)}z"
    lines = "".join(f"M{num(x + size * i / 2)} {num(y)}v{num(size * down)}" for i in range(1, 2 * across))
    lines += "".join(f"M{num(x)} {num(y + size * i / 2)}h{num(size * across)}" for i in range(1, 2 * down))
    parts = [path(sheet, fill=inks.near, stroke=inks.far, width=1.4), path(lines, stroke=inks.far, width=0.7)]
    first, special = dice.count(0, 4), dice.count(0, across * down - 1)
    for i in range(across * down):
        scale = size / 100 * dice.between(0.82, 0.98)
        dx, dy = x + i % across * size + (size - 100 * scale) / 2, y + i // across * size + (size - 100 * scale) / 2
        fill = inks.spark if i == special else inks.line
        place = f"translate({num(dx)} {num(dy)})scale({scale:.2f})"
        parts.append(f'<path d="{STROKES[(first + i * 2) % 5]}" fill="{fill}" transform="{place}"/>')
    return parts


def bubbles(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """Foreign languages: speech that goes to and fro."""
    parts, y, side = [], h * dice.between(0.3, 0.38), dice.count(0, 1)
    for i in range(dice.count(3, 4)):
        wide, high = w * dice.between(0.42, 0.64), h * dice.between(0.13, 0.19)
        x = w * 0.1 if (i + side) % 2 else w * 0.9 - wide
        tail = x + (8 if (i + side) % 2 else wide - 14)
        fill = (inks.near, inks.far, inks.line, inks.spark)[(i + dice.count(0, 1)) % 4]
        box = f'x="{num(x)}" y="{num(y)}" width="{num(wide)}" height="{num(high)}" rx="{num(high * 0.4)}"'
        parts.append(f'<rect {box} fill="{fill}"/>')
        parts.append(path(f"M{num(tail)} {num(y + high - 1)}v7l7-7z", fill=fill))
        short = wide * dice.between(0.2, 0.5)
        lines = (
            f"M{num(x + 8)} {num(y + high * 0.38)}h{num(wide * 0.6)}M{num(x + 8)} {num(y + high * 0.66)}h{num(short)}"
        )
        parts.append(path(lines, stroke=inks.ground, width=1.6))
        y += high + h * dice.between(0.05, 0.08)
    return parts


def staves(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """Music: five lines that swing, and notes on them."""
    middle, swing, gap, phase = h * dice.between(0.5, 0.66), h * dice.between(0.05, 0.12), h * 0.05, dice.between(0, 6)

    def height(x: float) -> float:
        return middle + swing * math.sin(phase + 5 * x / w)

    parts = [dot(w * dice.between(0.2, 0.8), middle, min(w, h) * dice.between(0.3, 0.4), inks.near)]
    for i in range(-2, 3):
        parts.append(
            path(smooth([(w * t / 6, height(w * t / 6) + i * gap) for t in range(7)]), stroke=inks.line, width=1)
        )
    number = dice.count(3, 5)
    for i in range(number):
        x = w * (i + 0.6) / number
        y = height(x) + gap * dice.count(-2, 2)
        fill = inks.spark if i == 1 else inks.line
        parts.append(oval(x, y, 5, 3.6, -20, fill=fill))
        parts.append(path(f"M{num(x + 4.4)} {num(y - 1)}v{num(-gap * 3)}", stroke=fill, width=1.5))
    return parts


def patches(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """Art: coloured papers, cut out and laid over one another."""
    parts = []
    for i in range(dice.count(5, 7)):
        x, y, r = w * dice.between(0.1, 0.9), h * dice.between(0.35, 0.95), min(w, h) * dice.between(0.14, 0.3)
        fill = (inks.near, inks.far, inks.line, inks.spark)[i % 4]
        form = dice.count(0, 2)
        if form == 0:
            parts.append(dot(x, y, r, fill, 0.85))
        elif form == 1:
            points = [
                (x + r * dice.between(0.6, 1.3) * math.cos(t), y + r * dice.between(0.6, 1.3) * math.sin(t))
                for t in (6.2832 * k / 6 for k in range(6))
            ]
            parts.append(path(smooth(points, close=True), fill=fill, opacity=0.85))
        else:
            parts.append(
                path(f"M{num(x - r)} {num(y)}a{num(r)} {num(r)} 0 0 1 {num(2 * r)} 0z", fill=fill, opacity=0.85)
            )
    return parts


def lanes(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """Sport: the bend of a track and a ball in flight."""
    x, y, parts = w * dice.between(-0.1, 1.1), h * dice.between(0.95, 1.15), []
    inner, gap, number = min(w, h) * dice.between(0.3, 0.5), dice.between(9, 13), dice.count(4, 6)
    parts.append(dot(x, y, inner + gap * number, inks.near))
    parts += [ring(x, y, inner + gap * i, inks.line, 1.4) for i in range(number + 1)]
    bx, by, top = w * dice.between(0.6, 0.85), h * dice.between(0.3, 0.5), h * dice.between(0.1, 0.25)
    parts.append(
        path(
            f"M{num(w * 0.1)} {num(h * 0.75)}Q{num(bx * 0.6)} {num(top)} {num(bx)} {num(by)}",
            stroke=inks.far,
            width=1.6,
        )
    )
    return [*parts, dot(bx, by, dice.between(6, 9), inks.spark)]


def rays(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """Ethics and politics: a sun that rises over the land."""
    x, y, r, number = (
        w * dice.between(0.3, 0.7),
        h * dice.between(0.66, 0.8),
        min(w, h) * dice.between(0.18, 0.28),
        dice.count(10, 16),
    )
    turn, far = dice.between(0, 1), w + h
    wedges = ""
    for i in range(number):
        a, b = 6.2832 * (i + turn) / number, 6.2832 * (i + turn + 0.5) / number
        wedges += straight(
            [(x, y), (x + far * math.cos(a), y + far * math.sin(a)), (x + far * math.cos(b), y + far * math.sin(b))],
            close=True,
        )
    points = [(w * t / 4, h * dice.between(0.74, 0.88)) for t in range(5)]
    return [
        path(wedges, fill=inks.near),
        dot(x, y, r, inks.spark),
        path(smooth(points) + f"V{h}H0z", fill=inks.far),
        path(smooth([(px, py + h * 0.1) for px, py in points]) + f"V{h}H0z", fill=inks.line),
    ]


def tiles(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """History: rows of roof tiles, or strata with what was found in them."""
    parts: list[str] = []
    if dice.count(0, 2) == 0:
        for i in range(dice.count(5, 7)):
            y = h * (0.3 + i * 0.12)
            points = [(w * t / 4, y + dice.between(-5, 5)) for t in range(5)]
            parts.append(
                path(
                    smooth(points) + f"V{h}H0z",
                    fill=(inks.near, inks.far, inks.line, inks.ground)[(i + dice.count(0, 1)) % 4],
                )
            )
        return [*parts, dot(w * dice.between(0.2, 0.8), h * dice.between(0.55, 0.85), dice.between(5, 8), inks.spark)]
    r, top = min(w, h) * dice.between(0.09, 0.14), h * dice.between(0.3, 0.45)
    gold = dice.count(1, 3)
    for row in range(min(6, math.ceil((h - top) / r) + 1)):
        y, x = top + row * r, -2 * r + row % 2 * r
        arcs = f"M{num(x)} {num(y)}" + f"a{num(r)} {num(r)} 0 0 0 {num(2 * r)} 0" * (math.ceil(w / r / 2) + 2)
        fill = inks.spark if row == gold else (inks.near, inks.far)[row % 2]
        parts.insert(0, path(arcs + "z", fill=fill, stroke=inks.line, width=1.2))
    return [f'<rect y="0" width="{w}" height="{num(top)}" fill="{inks.ground}"/>', *parts]


def weave(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """Labour: warp and weft."""
    step = min(w, h) / dice.count(5, 8)
    top, parts = h * dice.between(0.3, 0.4), []
    odd, every = dice.count(0, 1), dice.count(2, 3)
    for row in range(math.ceil((h - top) / step)):
        data = ""
        for column in range(math.ceil(w / step)):
            x, y = column * step, top + row * step
            lie = (row + column + odd) % every
            data += (
                f"M{num(x + 1)} {num(y + step * 0.25)}h{num(step - 2)}v{num(step / 2)}h{num(2 - step)}z"
                if lie
                else f"M{num(x + step * 0.25)} {num(y + 1)}v{num(step - 2)}h{num(step / 2)}v{num(2 - step)}z"
            )
        parts.append(path(data, fill=inks.spark if row == 2 else (inks.line, inks.far)[row % 2]))
    return parts
