"""Drawn covers: a small grammar of shapes, one family a subject, seeded by the book.

A cover is a deterministic SVG string: the same seed gives the same picture on every machine and for ever, so that
2,000 books are told apart without one borrowed picture. No ids and no styles are used, so that any number of
covers may stand in one page.
"""

import math
from enum import Enum
from functools import lru_cache
from html import escape
from typing import NamedTuple

from smartedu.rules import cover_humanities as arts
from smartedu.rules import cover_sciences as nature
from smartedu.rules.cover_shapes import Dice, Inks, Motif, dot, num


class Shape(Enum):
    """The format of a cover in its own units: a book that stands, or a picture that lies."""

    STANDING = (120, 160)
    LYING = (160, 90)


# Lamp, cinnabar, rose, leaf, water: the one bright spot of a cover is one of these, unlike its cloth.
SPARKS = (78.0, 38.0, 10.0, 150.0, 225.0)
WARM = (78.0, 66.0)


class Family(NamedTuple):
    """What a subject's covers have in common: the hue (degrees in OKLCH) and the shapes."""

    hue: float
    motif: Motif
    sparks: tuple[float, ...] = SPARKS


# By the codes of subjects; of a compound the last word decides («human-geography», «life-maths»).
FAMILIES = {
    "chinese": Family(16, arts.strokes, (78.0, 62.0)),
    "calligraphy": Family(30, arts.strokes, (78.0,)),
    "maths": Family(255, nature.curves),
    "english": Family(300, arts.bubbles),
    "japanese": Family(345, arts.bubbles),
    "russian": Family(10, arts.bubbles),
    "german": Family(60, arts.bubbles),
    "french": Family(275, arts.bubbles),
    "spanish": Family(45, arts.bubbles),
    "communication": Family(320, arts.bubbles),
    "physics": Family(235, nature.orbits),
    "chemistry": Family(185, nature.hexagons),
    "biology": Family(148, nature.leaves),
    "geography": Family(165, nature.contours),
    "atlas": Family(180, nature.contours),
    "science": Family(200, nature.skies),
    "history": Family(66, arts.tiles),
    "morality": Family(34, arts.rays, WARM),
    "politics": Family(24, arts.rays, WARM),
    "ict": Family(215, nature.circuits),
    "it": Family(222, nature.circuits),
    "technology": Family(208, nature.circuits),
    "labour": Family(75, arts.weave),
    "handicraft": Family(85, arts.weave),
    "music": Family(330, arts.staves),
    "fine-arts": Family(50, arts.patches),
    "performing-arts": Family(350, arts.staves),
    "arts": Family(320, arts.patches),
    "pe": Family(95, arts.lanes),
}
# What has no subject is drawn in the manner of its plate.
PLATES = {
    "theme": Family(34, arts.rays, WARM),
    "course": Family(255, nature.blocks),
    "after-school": Family(150, nature.skies),
    "teacher-training": Family(300, nature.blocks),
    "family": Family(75, arts.patches),
    "reform": Family(195, nature.contours),
}
# … and in its column's own shapes, so that a plate's shelf is not one picture forty times.
_MOTIFS: dict[str, dict[str, Motif]] = {
    "theme": {
        "party-history": arts.rays, "patriotism": nature.contours, "law": arts.tiles, "character": arts.bubbles,
        "tradition": arts.strokes, "ecology": nature.leaves, "life-safety": nature.hexagons,
        "mental-health": nature.skies, "epidemic": arts.patches, "labour": arts.weave,
    },
    "course": {
        "primary": nature.blocks, "junior": nature.curves, "senior": nature.hexagons, "five-four": arts.tiles,
        "special-needs": arts.patches, "e-textbooks": arts.weave,
    },
    "after-school": {
        "science": nature.orbits, "sports": arts.lanes, "arts": arts.patches, "reading": arts.strokes,
        "field-study": nature.contours, "film": arts.tiles,
    },
    "teacher-training": {
        "ethics": arts.rays, "general": nature.blocks, "subject": nature.curves, "assessment": arts.tiles,
        "masters": nature.hexagons, "national": nature.contours,
    },
    "family": {"ideas": arts.patches, "methods": nature.blocks, "guidance": arts.bubbles},
    "reform": {
        "double-reduction": nature.contours, "preschool": arts.patches, "compulsory": nature.blocks,
        "senior-school": nature.curves, "inclusive": arts.bubbles,
    },
}  # fmt: skip
COLUMNS = {
    f"{plate}/{column}": PLATES[plate]._replace(motif=motif)
    for plate, motifs in _MOTIFS.items()
    for column, motif in motifs.items()
}
"""By «plate/column»: some columns are called as a subject is."""
OTHERS = Family(110, nature.blocks)


def family_of(subject: str) -> Family:
    """The hue and shapes for a subject's code, a plate's, or a column's («plate/column»); bricks for what is not
    known."""
    plate, stroke, _ = subject.partition("/")
    if stroke:
        return COLUMNS.get(subject) or PLATES.get(plate, OTHERS)
    return PLATES.get(subject) or FAMILIES.get(subject) or FAMILIES.get(subject.rpartition("-")[2]) or OTHERS


def hex_of(lightness: float, chroma: float, hue: float) -> str:
    """An OKLCH colour as #RRGGBB, clipped into sRGB (matrices by Björn Ottosson, 2020)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{_byte(channel):02X}" for channel in linear)


def _byte(linear: float) -> int:
    light = min(1.0, max(0.0, linear))
    curved = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(255 * curved)


def _inks(dice: Dice, family: Family) -> Inks:
    """Cloth of three kinds - pale, middle, deep - in the subject's hue, and a spark of another one."""
    own = family.hue + dice.between(-9, 9)
    others = [spark for spark in family.sparks if abs((spark - family.hue + 180) % 360 - 180) > 38]
    away = others[dice.count(0, len(others) - 1)]
    match dice.count(0, 3):
        case 0 | 1:
            return Inks(
                hex_of(0.92, 0.035, own),
                hex_of(0.87, 0.05, own),
                hex_of(0.74, 0.085, own),
                hex_of(0.46, 0.1, own),
                hex_of(0.68, 0.14, away),
            )
        case 2:
            return Inks(
                hex_of(0.62, 0.085, own),
                hex_of(0.67, 0.085, own),
                hex_of(0.5, 0.09, own),
                hex_of(0.95, 0.025, own),
                hex_of(0.86, 0.11, away),
            )
        case _:
            return Inks(
                hex_of(0.38, 0.065, own),
                hex_of(0.43, 0.07, own),
                hex_of(0.56, 0.09, own),
                hex_of(0.9, 0.04, own),
                hex_of(0.8, 0.12, away),
            )


@lru_cache(maxsize=2048)
def cover_svg(seed: str, subject: str, *, name: str = "", note: str = "", shape: Shape = Shape.STANDING) -> str:
    """The cover as one SVG element, under 3 KB, the same for the same arguments.

    `seed` is what tells the book from others (its code), `subject` what `family_of` takes. `name`
    and `note` are set on the label of a standing cover (the subject; grade and volume) and left out where empty.
    The picture is decoration: the page says the title beside it.
    """
    width, height = shape.value
    family = family_of(subject)
    dice = Dice(f"{subject}/{seed}")
    inks = _inks(dice, family)
    parts = [f'<rect width="{width}" height="{height}" fill="{inks.ground}"/>']
    drawn = family.motif(dice, width, height, inks)
    # A motif's dice may fall on many shapes: the last ones are left out before the cover grows heavy.
    while sum(map(len, drawn)) > 2300:
        drawn.pop()
    parts += drawn
    if shape is Shape.STANDING:
        # A seal of its own: two books whose dice fell alike still differ in it.
        parts.append(dot(dice.between(92, 112), dice.between(140, 152), dice.between(2.5, 5), inks.spark))
        parts.append(
            f'<path d="M0 0h5v{height}H0z" fill="#000" opacity=".14"/>'
            f'<path d="M5.5 0v{height}" stroke="#fff" opacity=".25"/>'
        )
        if name or note:
            parts.append(_label(name, note, hex_of(0.36, 0.06, family.hue)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" aria-hidden="true" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def _label(name: str, note: str, ink: str) -> str:
    """The paper label near the top: the subject large, grade and volume small, both cut to the width."""
    shown, small = _fitting(name, 20), _fitting(note, 25)
    size = min(15.0, 84 / max(_ems(shown), 1))
    note_size = min(8.0, 84 / max(_ems(small), 1))
    tall = 44 if shown and small else 30
    text = f'<g text-anchor="middle" fill="{ink}">'
    if shown:
        text += f'<text x="62" y="37" font-size="{num(size)}" font-weight="600">{escape(shown)}</text>'
    if small:
        text += f'<text x="62" y="{51 if shown else 37}" font-size="{num(note_size)}">{escape(small)}</text>'
    return f'<rect x="14" y="17" width="96" height="{tall}" rx="2" fill="#FBFAF7"/>{text}</g>'


def _ems(text: str) -> float:
    """The width of a text in ems: Chinese characters fill one, Latin letters a little over half."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.56 for letter in text)


def _fitting(text: str, most: float) -> str:
    """The text without characters that XML forbids, cut with «…» where it is wider than `most` ems."""
    clean = "".join(letter for letter in text if letter.isprintable())
    if _ems(clean) <= most:
        return clean
    cut = ""
    for letter in clean:
        if _ems(cut + letter) > most - 1:
            break
        cut += letter
    return cut + "…"
