"""The tokens hold what they promise: every pair of text and ground can be read, by day and by night."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "frontend" / "src" / "styles" / "tokens.css"
PLATES = ["theme", "course", "after-school", "teacher-training", "family", "reform"]
TINTS = ["tint-red", "tint-blue", "tint-green", "tint-violet", "tint-amber"]

TEXT = 4.5  # WCAG 2.2, 1.4.3: text and its ground
SHAPE = 3.0  # WCAG 2.2, 1.4.11: edges of fields and icons

PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-2", "link") for ground in ("paper", "sheet", "tray")),
    *((sign, ground, TEXT) for sign in ("accent", "good", "warn") for ground in ("paper", "sheet")),
    *(("ink", tint, TEXT) for tint in [*TINTS, "mark"]),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-deep", TEXT),
    ("paper", "ink", TEXT),
    *((f"plate-{plate}", ground, TEXT) for plate in PLATES for ground in ("paper", "sheet")),
    ("edge", "sheet", SHAPE),
    ("edge", "paper", SHAPE),
]


def tokens(mode: str) -> dict[str, str]:
    """The colours of a mode; the dark ones are written over the light ones, as the browser does."""
    day, _, night = TOKENS.read_text("utf-8").partition("@media (prefers-color-scheme: dark)")
    text = day if mode == "light" else day + night
    return dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", text))


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("above", "below", "least"), PAIRS)
def test_contrast(mode: str, above: str, below: str, least: float) -> None:
    colours = tokens(mode)
    low, high = sorted([luminance(colours[above]), luminance(colours[below])])
    assert (high + 0.05) / (low + 0.05) >= least


def test_night_names_no_colour_that_day_does_not_know() -> None:
    assert set(tokens("dark")) == set(tokens("light"))


def test_no_colour_hides_outside_the_tokens() -> None:
    """Films have black and white of their own; everything else speaks in tokens."""
    own = {"#FFF", "#0B0C0E", "#000"}
    for sheet in TOKENS.parent.rglob("*.css"):
        if sheet.name != "tokens.css":
            assert set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", sheet.read_text("utf-8"))) <= own, sheet.name
