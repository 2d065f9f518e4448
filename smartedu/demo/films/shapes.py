"""Drawn things that more than one film uses."""

import math
from collections.abc import Callable, Sequence

from smartedu.demo.films.canvas import Point
from smartedu.demo.films.look import GOLD, INK, SECOND, SMALL
from smartedu.demo.films.timeline import Stage


def sun(s: Stage, x: float, y: float, r: float, alpha: float = 1) -> None:
    """A sun with short rays."""
    s.circle(x, y, r, GOLD, alpha=alpha)
    for k in range(12):
        turn = math.radians(30 * k)
        a, b = r * 1.25, r * (1.5 if k % 2 else 1.65)
        s.line(
            [(x + a * math.cos(turn), y + a * math.sin(turn)), (x + b * math.cos(turn), y + b * math.sin(turn))],
            GOLD,
            r / 9,
            alpha,
        )


def axes(
    s: Stage,
    zero: Point,
    right: float,
    up: float,
    names: tuple[str, str] = ("x", "y"),
    alpha: float = 1,
    left: float = 0,
    down: float = 0,
) -> None:
    """A pair of axes about `zero`, growing with `alpha`; lengths in pixels."""
    x, y = zero
    s.arrow((x - left, y), (x - left + (left + right) * alpha, y), INK, 4, 18, min(1, alpha * 3))
    s.arrow((x, y + down), (x, y + down - (up + down) * alpha), INK, 4, 18, min(1, alpha * 3))
    s.text(x + right + 4, y - 34, names[0], SMALL, SECOND, "rm", serif=True, alpha=alpha)
    s.text(x + 22, y - up + 8, names[1], SMALL, SECOND, "lm", serif=True, alpha=alpha)


def curve(
    of: Callable[[float], float], start: float, end: float, place: Callable[[float, float], Point], steps: int = 80
) -> Sequence[Point]:
    """Points of the graph of `of` from `start` to `end`, put on the picture by `place`."""
    return [place(x, of(x)) for x in (start + (end - start) * k / steps for k in range(steps + 1))]


def wavy(
    s: Stage, x: float, y: float, wide: float, colour: str, alpha: float = 1, height: float = 6, width: float = 4
) -> None:
    """A still water line."""
    points = [(x + wide * k / 60, y + height * math.sin(k * math.pi / 5)) for k in range(61)]
    s.line(points, colour, width, alpha)
