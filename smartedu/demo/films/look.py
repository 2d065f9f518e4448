"""Colours, sizes and typefaces of the demonstration films.

The films are seen on a phone at 390 pixels as often as on a wall, so that the smallest type is 34 of 720 lines.
"""

from functools import lru_cache

import pylopdf_fonts_zh_cn as fonts
from PIL import ImageFont

WIDTH, HEIGHT, FPS = 1280, 720, 25
SUPERSAMPLE = 3  # drawn three times too large and averaged: Pillow itself draws lines with hard edges

PAPER = "#FBFAF7"
INK = "#1F2328"
SECOND = "#57606A"
LINE = "#E4E1DA"
MIST = "#F1EEE7"  # a quiet panel on paper
ACCENT = "#B3361F"
BLUE = "#1B5FA8"
GREEN = "#1F7A4D"
AMBER = "#8A5A00"
GOLD = "#E0A526"
NIGHT = "#1D2A44"
RED_TINT = "#F7DED7"
BLUE_TINT = "#DAE7F4"
GREEN_TINT = "#DBEDE2"
AMBER_TINT = "#F6E7C6"

SMALL, BODY, LARGE, TITLE = 34, 42, 58, 92


@lru_cache(maxsize=256)
def font(size: int, serif: bool = False) -> ImageFont.FreeTypeFont:
    """The typeface at `size` pixels of the supersampled picture."""
    path = fonts.serif_path() if serif else fonts.sans_path()
    return ImageFont.truetype(str(path), size)


@lru_cache(maxsize=4096)
def mix(ground: str, colour: str, share: float) -> str:
    """`share` (0 to 1) of `colour` laid over `ground`, both #RRGGBB."""
    if share >= 1:
        return colour
    if share <= 0:
        return ground
    low = (int(ground[i : i + 2], 16) for i in (1, 3, 5))
    high = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in zip(low, high, strict=True))
