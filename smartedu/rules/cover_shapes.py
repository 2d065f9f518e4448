"""Pencil and dice of the covers: chance that is the same everywhere, colours, and SVG elements as short text."""

import math
from collections.abc import Callable, Iterable
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float]


class Inks(NamedTuple):
    """Five colours of one cover, as #RRGGBB: the ground, two steps beside it, a line and a spark."""

    ground: str
    near: str
    far: str
    line: str
    spark: str


class Dice:
    """Chance that is the same everywhere: bytes of SHA-256 over the seed, renewed as they run out."""

    def __init__(self, seed: str) -> None:
        self._state = sha256(seed.encode("utf-8", "surrogatepass")).digest()
        self._at = 0

    def _byte_pair(self) -> int:
        if self._at > len(self._state) - 2:
            self._state, self._at = sha256(self._state).digest(), 0
        value = int.from_bytes(self._state[self._at : self._at + 2], "big")
        self._at += 2
        return value

    def between(self, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        return low + (high - low) * self._byte_pair() / 65535

    def count(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both possible."""
        return low + self._byte_pair() % (high - low + 1)


Motif = Callable[[Dice, int, int, Inks], list[str]]


def num(value: float) -> str:
    """A coordinate with one decimal at most, without idle zeros."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def path(data: str, *, fill: str = "none", stroke: str = "", width: float = 0, opacity: float = 1) -> str:
    """A path element; `stroke` empty means no line."""
    line = f' stroke="{stroke}" stroke-width="{num(width)}" stroke-linecap="round"' if stroke else ""
    faint = f' opacity="{opacity:.2g}"' if opacity < 1 else ""
    return f'<path d="{data}" fill="{fill}"{line}{faint}/>'


def dot(x: float, y: float, r: float, fill: str, opacity: float = 1) -> str:
    """A filled circle."""
    faint = f' opacity="{opacity:.2g}"' if opacity < 1 else ""
    return f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}" fill="{fill}"{faint}/>'


def ring(x: float, y: float, r: float, stroke: str, width: float = 1) -> str:
    """A circle without filling."""
    return (
        f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}" fill="none" stroke="{stroke}" stroke-width="{num(width)}"/>'
    )


def oval(x: float, y: float, rx: float, ry: float, turn: float, *, fill: str = "none", line: str = "") -> str:
    """An ellipse around (x, y), turned by degrees; `line` is the colour and width of its line: «#1F2328 1.5»."""
    stroke, _, width = line.partition(" ")
    edge = f' stroke="{stroke}" stroke-width="{width}"' if line else ""
    return (
        f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry)}" fill="{fill}"{edge}'
        f' transform="rotate({num(turn)} {num(x)} {num(y)})"/>'
    )


def straight(points: Iterable[Point], *, close: bool = False) -> str:
    """Path data through points by straight lines."""
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points) + ("z" if close else "")


def smooth(points: list[Point], *, close: bool = False) -> str:
    """A curve through the middles of the points' sides: quadratic pieces, soft and short."""
    ring = [*points, points[0], points[1]] if close else points
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(ring)]
    start = middles[0] if close else points[0]
    text = f"M{num(start[0])} {num(start[1])}"
    for corner, middle in zip(ring[1:], middles[1:], strict=False):
        text += f"Q{num(corner[0])} {num(corner[1])} {num(middle[0])} {num(middle[1])}"
    return text + ("z" if close else f"L{num(points[-1][0])} {num(points[-1][1])}")


def grid(w: int, h: int, step: float) -> str:
    """Path data of squared paper over a field of w by h."""
    across = "".join(f"M{num(x * step)} 0V{h}" for x in range(1, math.ceil(w / step)))
    return across + "".join(f"M0 {num(y * step)}H{w}" for y in range(1, math.ceil(h / step)))
