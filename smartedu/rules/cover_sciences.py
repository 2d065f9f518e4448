"""The shapes of numbers and nature: one function a family, each drawing into a field of w by h.

A motif takes the dice, the size of its field and the inks, and returns SVG elements as text.
"""

import math

from smartedu.rules.cover_shapes import Dice, Inks, dot, grid, num, oval, path, ring, smooth, straight


def curves(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """Mathematics: graphs over squared paper, or a construction with ruler and compasses."""
    parts = [path(grid(w, h, dice.between(11, 17)), stroke=inks.near, width=0.7)]
    if dice.count(0, 2) == 0:
        x, y, r = w * dice.between(0.4, 0.6), h * dice.between(0.5, 0.68), min(w, h) * dice.between(0.3, 0.42)
        sides, turn = dice.count(3, 7), dice.between(0, 6.28)
        corners = [
            (x + r * math.cos(turn + 6.2832 * i / sides), y + r * math.sin(turn + 6.2832 * i / sides))
            for i in range(sides)
        ]
        parts += [dot(x, y, r, inks.far, 0.5), ring(x, y, r, inks.line, 1.2)]
        parts.append(path(straight(corners, close=True), stroke=inks.line, width=1.6))
        parts += [path(straight([corners[0], corners[sides // 2]]), stroke=inks.spark, width=1.6)]
        return [*parts, *(dot(cx, cy, 2.4, inks.spark) for cx, cy in corners)]
    middle, swing, period, phase = (
        h * dice.between(0.5, 0.7),
        h * dice.between(0.1, 0.22),
        dice.between(0.6, 1.6),
        dice.between(0, 6),
    )
    for i in range(dice.count(3, 5)):
        points = [
            (w * t / 10, middle + swing * (1 - i * 0.22) * math.sin(phase + i * 0.5 + period * 6.28 * t / 10))
            for t in range(11)
        ]
        parts.append(path(smooth(points), stroke=inks.line if i == 0 else inks.far, width=2.4 - i * 0.3))
    x = w * dice.between(0.3, 0.7)
    parts.append(path(f"M{num(x)} 0V{h}M0 {num(middle)}H{w}", stroke=inks.line, width=0.8))
    return [*parts, dot(x, middle + swing * math.sin(phase + period * 6.28 * x / w), 4, inks.spark)]


def leaves(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """Biology: a twig whose leaves stand in turn to both sides."""
    foot, top, bend = w * dice.between(0.3, 0.7), w * dice.between(0.3, 0.7), dice.between(-0.25, 0.25) * w
    parts = [
        dot(w * dice.between(0.2, 0.8), h * dice.between(0.3, 0.6), min(w, h) * dice.between(0.26, 0.4), inks.near)
    ]
    parts.append(
        path(
            f"M{num(foot)} {h}Q{num((foot + top) / 2 + bend)} {num(h * 0.6)} {num(top)} {num(h * 0.16)}",
            stroke=inks.line,
            width=1.8,
        )
    )
    number, long = dice.count(5, 9), min(w, h) * dice.between(0.26, 0.38)
    plump = dice.between(0.25, 0.5)
    for i in range(number):
        t = i / number
        x = (1 - t) ** 2 * foot + 2 * t * (1 - t) * ((foot + top) / 2 + bend) + t * t * top
        y = (1 - t) ** 2 * h + 2 * t * (1 - t) * h * 0.6 + t * t * h * 0.16
        side = 1 if i % 2 else -1
        turn, size = -90 + side * dice.between(42, 68), long * (1 - t * 0.5)
        fill = inks.spark if i == number - 2 else (inks.far, inks.line)[dice.count(0, 1)]
        blade = f"M0 0Q{num(size / 2)} {num(-size * plump)} {num(size)} 0Q{num(size / 2)} {num(size * plump)} 0 0"
        place = f"translate({num(x)} {num(y)})rotate({num(turn)})"
        veined = f'd="{blade}M0 0H{num(size * 0.8)}" fill="{fill}" stroke="{inks.ground}" stroke-width=".8"'
        parts.append(f'<path {veined} transform="{place}"/>')
    return parts


def orbits(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """Physics: bodies on their orbits, or waves from two sources."""
    x, y, r = w * dice.between(0.35, 0.65), h * dice.between(0.5, 0.66), min(w, h) * dice.between(0.4, 0.52)
    if dice.count(0, 2) == 0:
        apart = r * dice.between(0.5, 0.9)
        rings = range(1, dice.count(6, 8))
        parts = [ring(x - apart / 2, y, i * r / 5, inks.far, 1.4) for i in rings]
        parts += [ring(x + apart / 2, y, i * r / 5, inks.line, 1.1) for i in rings]
        return [*parts, dot(x - apart / 2, y, 3.5, inks.spark), dot(x + apart / 2, y, 3.5, inks.spark)]
    parts, turn, number = [dot(x, y, r * 1.02, inks.near)], dice.between(0, 180), dice.count(3, 4)
    for i in range(number):
        flat, angle = dice.between(0.28, 0.45), turn + 180 * i / number
        parts.append(oval(x, y, r, r * flat, angle, line=f"{inks.line} 1.5"))
        at, tilt = dice.between(0, 6.28), math.radians(angle)
        px, py = r * math.cos(at), r * flat * math.sin(at)
        parts.append(
            dot(
                x + px * math.cos(tilt) - py * math.sin(tilt),
                y + px * math.sin(tilt) + py * math.cos(tilt),
                dice.between(2.5, 5),
                (inks.spark, inks.line)[i % 2],
            )
        )
    return [*parts, dot(x, y, r * dice.between(0.12, 0.2), inks.spark)]


def hexagons(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """Chemistry: rings and bonds."""
    r = min(w, h) * dice.between(0.13, 0.19)
    parts, dx, dy = [], r * math.sqrt(3), r * 1.5
    left, top = dice.between(-0.5, 0.5) * dx, h * 0.2 + dice.between(0, 1) * dy
    for row in range(math.ceil((h - top) / dy) + 1):
        for column in range(-1, math.ceil(w / dx) + 1):
            roll = dice.count(0, 9)
            if roll > 6:
                continue
            x, y = left + column * dx + row % 2 * dx / 2, top + row * dy
            corners = [(x + r * math.sin(1.0472 * i), y + r * math.cos(1.0472 * i)) for i in range(6)]
            fill = {0: inks.spark, 1: inks.far, 2: inks.far, 3: inks.near, 4: inks.near}.get(roll, "none")
            parts.append(path(straight(corners, close=True), fill=fill, stroke=inks.line, width=1.2))
    return parts[:16]


def contours(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """Geography: the lines of equal height around a summit."""
    x, y, r = w * dice.between(0.3, 0.7), h * dice.between(0.5, 0.7), max(w, h) * dice.between(0.5, 0.62)
    p, q, a, b = dice.between(0, 6), dice.between(0, 6), dice.between(0.08, 0.2), dice.between(0.05, 0.14)
    parts, number = [], dice.count(5, 7)
    for i in range(number):
        size, drift = r * (1 - i / number), i * dice.between(0, 2)
        points = [
            (
                x + drift + size * (1 + a * math.sin(2 * t + p) + b * math.sin(3 * t + q)) * math.cos(t),
                y - drift + size * 0.8 * (1 + a * math.sin(2 * t + p)) * math.sin(t),
            )
            for t in (6.2832 * k / 9 for k in range(9))
        ]
        fill = {0: inks.near, number - 1: inks.spark, number // 2: inks.far}.get(i, "none")
        parts.append(path(smooth(points, close=True), fill=fill, stroke=inks.line, width=1.1))
    return parts


def circuits(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """Information technology: ways on a board, and where they end."""
    parts = [path(grid(w, h, 12), stroke=inks.near, width=0.6)]
    for i in range(dice.count(5, 8)):
        x, y = 12 * dice.count(1, w // 12 - 1), 12 * dice.count(h // 30, h // 12 - 1)
        dx, dy = 12 * dice.count(1, 3) * (1 if x < w / 2 else -1), 12 * dice.count(-2, 2)
        stroke = (inks.line, inks.far, inks.spark)[i % 3]
        parts.append(path(f"M{x} {y}h{dx}l{abs(dy) if dx > 0 else -abs(dy)} {dy}h{dx // 2}", stroke=stroke, width=2))
        parts.append(dot(x, y, 3.2, stroke))
    return parts


def skies(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """Science: a planet with its ring among stars that are joined to a figure."""
    x, y, r = w * dice.between(0.3, 0.7), h * dice.between(0.6, 0.75), min(w, h) * dice.between(0.2, 0.3)
    stars = [(w * (0.12 + 0.76 * i / 5), h * dice.between(0.22, 0.5)) for i in range(6)]
    parts = [
        path(straight(stars), stroke=inks.far, width=1),
        *(dot(sx, sy, dice.between(1.4, 3), inks.line) for sx, sy in stars),
    ]
    parts += [
        dot(x, y, r, inks.far),
        dot(x - r * 0.3, y - r * 0.25, r * 0.3, inks.near),
        dot(x + r * 0.35, y + r * 0.3, r * 0.2, inks.near),
    ]
    tilt = dice.between(-35, 35)
    parts.append(oval(x, y, r * 1.6, r * 0.42, tilt, line=f"{inks.spark} 2.4"))
    return [*parts, *(dot(w * dice.between(0, 1), h * dice.between(0.2, 1), 1, inks.line) for _ in range(6))]


def blocks(dice: Dice, w: int, h: int, inks: Inks) -> list[str]:
    """Whatever else: quarter circles and squares, as from a box of bricks."""
    side = min(w, h) / dice.count(3, 4)
    rows = math.floor(h * (0.66 if h > w else 1) / side)
    parts, top = [], h - side * rows
    for row in range(rows):
        for column in range(math.ceil(w / side)):
            x, y, form = column * side, top + row * side, dice.count(0, 5)
            fill = (inks.near, inks.far, inks.line, inks.far, inks.near, inks.spark)[dice.count(0, 5)]
            s, r = num(side), num(side)
            data = {
                0: f"M{num(x)} {num(y)}h{s}a{r} {r} 0 0 1-{s} {s}z",
                1: f"M{num(x)} {num(y)}v{s}h{s}a{r} {r} 0 0 0-{s}-{s}z",
                2: f"M{num(x)} {num(y + side)}h{s}v-{s}a{r} {r} 0 0 0-{s} {s}z",
                3: f"M{num(x)} {num(y)}h{s}v{s}h-{s}z",
            }.get(form)
            if data:
                parts.append(path(data, fill=fill))
    return parts
