"""A drawing surface that remembers what was drawn, so that only what moved is drawn again.

A film's drawing function is called for every frame and describes the whole picture; the canvas turns it into a
list of operations, which `painter` compares with the last frame's.
"""

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from smartedu.demo.films import look
from smartedu.demo.films.look import INK, PAPER, SUPERSAMPLE, font, mix

Box = tuple[int, int, int, int]
Point = tuple[float, float]
Op = tuple[str, Box, tuple[Any, ...]]  # kind, the pixels it may touch, what its drawing function takes

RICH = re.compile(r"([\^_])(\{[^}]*\}|.)")


def _box(points: Iterable[Point], margin: float) -> Box:
    xs, ys = zip(*points, strict=True)
    return (
        math.floor(min(xs) - margin) - 1,
        math.floor(min(ys) - margin) - 1,
        math.ceil(max(xs) + margin) + 1,
        math.ceil(max(ys) + margin) + 1,
    )


@lru_cache(maxsize=8192)
def _text_box(words: str, size: int, anchor: str, bold: bool, serif: bool) -> tuple[float, float, float, float]:
    edge = stroke(size) if bold else 0
    box = font(size * SUPERSAMPLE, serif).getbbox(words, anchor=anchor, stroke_width=edge)
    return (box[0] / SUPERSAMPLE, box[1] / SUPERSAMPLE, box[2] / SUPERSAMPLE, box[3] / SUPERSAMPLE)


def stroke(size: int) -> int:
    """The package has one weight; a thin outline makes the heavier one."""
    return max(1, round(size * SUPERSAMPLE * 0.016))


def text_width(words: str, size: int, *, bold: bool = False, serif: bool = False) -> float:
    """How wide `words` are, in pixels of the film."""
    return float(font(size * SUPERSAMPLE, serif).getlength(words)) / SUPERSAMPLE + (1 if bold else 0)


class Canvas:
    """Collects the operations of one frame. Coordinates are pixels of the film, fractions allowed."""

    def __init__(self, fade: float = 1.0) -> None:
        self.ops: list[Op] = []
        self.fade = fade

    def _colour(self, colour: str | None, alpha: float, on: str) -> str | None:
        if colour is None:
            return None
        shown = mix(on, colour, round(alpha, 2))
        return mix(PAPER, shown, round(self.fade, 2))

    def _add(self, kind: str, box: Box, *what: Any) -> None:
        self.ops.append((kind, box, what))

    def line(
        self, points: Sequence[Point], colour: str = INK, width: float = 4, alpha: float = 1, on: str = PAPER
    ) -> None:
        """A line through `points` with round ends."""
        if alpha <= 0 or len(points) < 2:
            return
        at = tuple((round(x, 2), round(y, 2)) for x, y in points)
        self._add("line", _box(at, width), at, self._colour(colour, alpha, on), width)

    def dashed(
        self, start: Point, end: Point, colour: str = INK, width: float = 3, dash: float = 12, alpha: float = 1
    ) -> None:
        """A broken line from `start` to `end`."""
        length = math.dist(start, end)
        if length < 1:
            return
        step = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        for k in range(math.ceil(length / (2 * dash))):
            a, b = 2 * k * dash, min(length, (2 * k + 1) * dash)
            self.line(
                [(start[0] + step[0] * a, start[1] + step[1] * a), (start[0] + step[0] * b, start[1] + step[1] * b)],
                colour,
                width,
                alpha,
            )

    def arrow(
        self,
        start: Point,
        end: Point,
        colour: str = INK,
        width: float = 5,
        head: float = 20,
        alpha: float = 1,
        on: str = PAPER,
    ) -> None:
        """An arrow from `start` to `end`; nothing where it would be shorter than a pixel."""
        length = math.dist(start, end)
        if length < 1 or alpha <= 0:
            return
        head = min(head, length)
        ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        neck = (end[0] - ux * head * 0.8, end[1] - uy * head * 0.8)
        self.line([start, neck], colour, width, alpha, on)
        back = (end[0] - ux * head, end[1] - uy * head)
        half = head * 0.5
        self.polygon(
            [end, (back[0] - uy * half, back[1] + ux * half), (back[0] + uy * half, back[1] - ux * half)],
            colour,
            alpha=alpha,
            on=on,
        )

    def polygon(
        self,
        points: Sequence[Point],
        fill: str | None = None,
        outline: str | None = None,
        width: float = 4,
        alpha: float = 1,
        on: str = PAPER,
    ) -> None:
        """A closed shape."""
        if alpha <= 0:
            return
        at = tuple((round(x, 2), round(y, 2)) for x, y in points)
        if fill:
            self._add("polygon", _box(at, 1), at, self._colour(fill, alpha, on))
        if outline:
            self.line([*at, at[0], at[1]], outline, width, alpha, on)

    def circle(
        self,
        x: float,
        y: float,
        r: float,
        fill: str | None = None,
        outline: str | None = None,
        width: float = 4,
        alpha: float = 1,
        on: str = PAPER,
    ) -> None:
        """A circle about (x, y)."""
        self.ellipse(x, y, r, r, fill, outline, width, alpha, on)

    def ellipse(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        fill: str | None = None,
        outline: str | None = None,
        width: float = 4,
        alpha: float = 1,
        on: str = PAPER,
    ) -> None:
        """An upright ellipse about (x, y)."""
        if alpha <= 0 or rx <= 0.3 or ry <= 0.3:
            return
        corners = (round(x - rx, 2), round(y - ry, 2), round(x + rx, 2), round(y + ry, 2))
        box = _box([corners[:2], corners[2:]], width)
        self._add("ellipse", box, corners, self._colour(fill, alpha, on), self._colour(outline, alpha, on), width)

    def pie(
        self, x: float, y: float, r: float, start: float, end: float, fill: str, alpha: float = 1, on: str = PAPER
    ) -> None:
        """A slice of a disc; degrees, clockwise from three o'clock."""
        if alpha <= 0 or end - start <= 0.01 or r <= 0.3:
            return
        corners = (round(x - r, 2), round(y - r, 2), round(x + r, 2), round(y + r, 2))
        box = _box([corners[:2], corners[2:]], 1)
        self._add("pie", box, corners, round(start, 2), round(end, 2), self._colour(fill, alpha, on))

    def arc(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        start: float,
        end: float,
        colour: str = INK,
        width: float = 4,
        alpha: float = 1,
        on: str = PAPER,
    ) -> None:
        """A piece of an ellipse's edge; degrees, clockwise from three o'clock."""
        if end - start <= 0.01:
            return
        steps = max(2, math.ceil((end - start) / 4))
        turns = [math.radians(start + (end - start) * k / steps) for k in range(steps + 1)]
        self.line([(x + rx * math.cos(a), y + ry * math.sin(a)) for a in turns], colour, width, alpha, on)

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str | None = None,
        outline: str | None = None,
        width: float = 4,
        radius: float = 0,
        alpha: float = 1,
        on: str = PAPER,
    ) -> None:
        """An upright rectangle from its upper left corner."""
        if alpha <= 0 or w <= 0.3 or h <= 0.3:
            return
        corners = (round(x, 2), round(y, 2), round(x + w, 2), round(y + h, 2))
        box = _box([corners[:2], corners[2:]], width)
        self._add("rect", box, corners, self._colour(fill, alpha, on), self._colour(outline, alpha, on), width, radius)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: int = look.BODY,
        colour: str = INK,
        anchor: str = "mm",
        bold: bool = False,
        serif: bool = False,
        alpha: float = 1,
        on: str = PAPER,
    ) -> None:
        """One line of words; `anchor` as Pillow's (lm: left middle, mm, rm, ls: left on the baseline …)."""
        if alpha <= 0.01 or not words:
            return
        x, y = round(x, 1), round(y, 1)
        a, b, c, d = _text_box(words, size, anchor, bold, serif)
        box = _box([(x + a, y + b), (x + c, y + d)], 2)
        self._add("text", box, x, y, words, size, self._colour(colour, alpha, on), anchor, bold, serif)

    def rich(
        self,
        x: float,
        y: float,
        words: str,
        size: int = look.BODY,
        colour: str = INK,
        align: str = "m",
        bold: bool = False,
        serif: bool = False,
        alpha: float = 1,
        on: str = PAPER,
    ) -> float:
        """One line with raised and lowered signs: `a^2`, `H_2O`, `10^{-3}`. Answers its width."""
        pieces: list[tuple[str, int, float]] = []
        last = 0
        for found in RICH.finditer(words):
            pieces.append((words[last : found.start()], size, 0))
            shift = -0.36 if found[1] == "^" else 0.16
            pieces.append((found[2].strip("{}"), round(size * 0.62), shift * size))
            last = found.end()
        pieces.append((words[last:], size, 0))
        pieces = [piece for piece in pieces if piece[0]]
        widths = [text_width(piece, of, bold=bold, serif=serif) for piece, of, _ in pieces]
        total = sum(widths)
        left = x - {"l": 0.0, "m": total / 2, "r": total}[align]
        for (piece, of, shift), wide in zip(pieces, widths, strict=True):
            self.text(left, y + size * 0.36 + shift, piece, of, colour, "ls", bold, serif, alpha, on)
            left += wide
        return total
