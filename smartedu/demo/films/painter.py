"""Turns a canvas's operations into pixels; redraws only the rectangles where two frames differ."""

from collections.abc import Callable, Iterable
from typing import Any

from PIL import Image, ImageDraw

from smartedu.demo.films.canvas import Box, Op, Point, stroke
from smartedu.demo.films.look import HEIGHT, PAPER, SUPERSAMPLE, WIDTH, font


def _scaled(points: Iterable[Point], ox: int, oy: int) -> list[Point]:
    return [((x - ox) * SUPERSAMPLE, (y - oy) * SUPERSAMPLE) for x, y in points]


def _draw_line(draw: ImageDraw.ImageDraw, ox: int, oy: int, points: Any, colour: str, width: float) -> None:
    at = _scaled(points, ox, oy)
    wide = max(1, round(width * SUPERSAMPLE))
    draw.line(at, fill=colour, width=wide, joint="curve")
    if wide > 4:
        r = (wide - 1) / 2
        for x, y in (at[0], at[-1]):
            draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)


def _draw_polygon(draw: ImageDraw.ImageDraw, ox: int, oy: int, points: Any, fill: str) -> None:
    draw.polygon(_scaled(points, ox, oy), fill=fill)


def _corners(box: tuple[float, float, float, float], ox: int, oy: int) -> tuple[float, float, float, float]:
    (a, b), (c, d) = _scaled([(box[0], box[1]), (box[2], box[3])], ox, oy)
    return (a, b, c, d)


def _draw_ellipse(
    draw: ImageDraw.ImageDraw, ox: int, oy: int, box: Any, fill: str | None, outline: str | None, width: float
) -> None:
    draw.ellipse(_corners(box, ox, oy), fill=fill, outline=outline, width=round(width * SUPERSAMPLE))


def _draw_rect(
    draw: ImageDraw.ImageDraw,
    ox: int,
    oy: int,
    box: Any,
    fill: str | None,
    outline: str | None,
    width: float,
    radius: float,
) -> None:
    draw.rounded_rectangle(
        _corners(box, ox, oy),
        radius=radius * SUPERSAMPLE,
        fill=fill,
        outline=outline,
        width=round(width * SUPERSAMPLE),
    )


def _draw_pie(draw: ImageDraw.ImageDraw, ox: int, oy: int, box: Any, start: float, end: float, fill: str) -> None:
    draw.pieslice(_corners(box, ox, oy), start, end, fill=fill)


def _draw_text(
    draw: ImageDraw.ImageDraw,
    ox: int,
    oy: int,
    x: float,
    y: float,
    words: str,
    size: int,
    colour: str,
    anchor: str,
    bold: bool,
    serif: bool,
) -> None:
    draw.text(
        ((x - ox) * SUPERSAMPLE, (y - oy) * SUPERSAMPLE),
        words,
        font=font(size * SUPERSAMPLE, serif),
        fill=colour,
        anchor=anchor,
        stroke_width=stroke(size) if bold else 0,
        stroke_fill=colour,
    )


DRAW: dict[str, Callable[..., None]] = {
    "line": _draw_line,
    "polygon": _draw_polygon,
    "ellipse": _draw_ellipse,
    "rect": _draw_rect,
    "pie": _draw_pie,
    "text": _draw_text,
}


def _touch(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def merged(boxes: Iterable[Box]) -> list[Box]:
    """Rectangles that cover `boxes` and do not touch one another, cut to the picture."""
    found: list[Box] = []
    for a, b, c, d in boxes:
        box = (max(0, a), max(0, b), min(WIDTH, c), min(HEIGHT, d))
        if box[0] >= box[2] or box[1] >= box[3]:
            continue
        while near := [other for other in found if _touch(box, other)]:
            found = [other for other in found if other not in near]
            near.append(box)
            box = (
                min(n[0] for n in near),
                min(n[1] for n in near),
                max(n[2] for n in near),
                max(n[3] for n in near),
            )
        found.append(box)
    return found


class Painter:
    """Keeps the last frame and brings it up to date."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        self.ops: list[Op] = []
        self.data = self.image.tobytes()

    def paint(self, ops: list[Op]) -> bytes:
        """The frame of `ops` as RGB bytes."""
        if ops == self.ops:
            return self.data
        old, new = self.ops, ops
        head = 0
        while head < min(len(old), len(new)) and old[head] == new[head]:
            head += 1
        before, after = set(old[head:]), set(new[head:])
        for region in merged(op[1] for op in before ^ after):
            self._repaint(region, new)
        self.ops = ops
        self.data = self.image.tobytes()
        return self.data

    def _repaint(self, region: Box, ops: list[Op]) -> None:
        x, y, right, bottom = region
        tile = Image.new("RGB", ((right - x) * SUPERSAMPLE, (bottom - y) * SUPERSAMPLE), PAPER)
        draw = ImageDraw.Draw(tile)
        for kind, box, what in ops:
            if _touch(box, region):
                DRAW[kind](draw, x, y, *what)
        self.image.paste(tile.reduce(SUPERSAMPLE), (x, y))
