"""Names of tags to codes: the rows that exist, other spellings of them, and what has to be made."""

from collections.abc import Iterable
from dataclasses import dataclass

from smartedu.library import reference
from smartedu.library.models import Dimension, Tag
from smartedu.rules.taxonomy import (
    english_volume,
    made_code,
    parse_edition,
    parse_grades,
    parse_stage,
    tidy,
    volume_order,
)


@dataclass(frozen=True)
class NewTag:
    """A tag to be made: of a known level, with a name nobody has used yet."""

    dimension: str
    code: str
    name: str
    name_en: str
    base: str
    position: int


class TagBook:
    """Every tag by level and name, growing by the new names that are asked for."""

    def __init__(self, rows: Iterable[Tag]) -> None:
        self._codes: dict[tuple[str, str], str] = {}
        self._positions: dict[tuple[str, str], int] = {}
        self._names: dict[str, list[str]] = {}
        self.new: dict[tuple[str, str], NewTag] = {}
        for row in rows:
            self._codes[row.dimension, tidy(row.name_zh)] = row.code
            self._positions[row.dimension, row.code] = row.position
            self._names.setdefault(row.dimension, []).append(row.name_zh)
        for (dimension, name), fact in reference.tags_by_name().items():
            if (dimension, fact.code) in self._positions:
                self._codes.setdefault((dimension, name), fact.code)

    def known(self, dimension: str, name: str) -> str:
        """The code of a tag that is there or about to be, else ""."""
        return self._codes.get((dimension, tidy(name)), "")

    def code(self, dimension: str, name: str) -> str:
        """The code of a tag; a name that is new to its level is noted as a tag to be made."""
        plain = tidy(name)
        code = self._codes.get((dimension, plain))
        if code is None:
            code = made_code(dimension, plain)
            self._codes[dimension, plain] = code
            self.new[dimension, code] = self._made(dimension, plain, code)
        return code

    def of_node(self, level: str, name: str) -> str:
        """The code of the tag that a tree's node stands for; "" for a span of grades and for what is no tag.

        The textbook tree hangs 教师用书 and even an edition where grades stand: a known name wins over the level.
        """
        if level == "stage":
            stage = parse_stage(name)
            return stage.stage if stage and (level, stage.stage) in self._positions else ""
        if level == "grade":
            grades = parse_grades(name)
            if grades:
                return self.known(level, name) if len(grades) == 1 else ""
            return self.known("strand", name) or self.known("edition", name)
        if level == "school":
            return self.known("strand", name)
        return self.code(level, name) if level in Dimension.values else ""

    def dimension_of_node(self, level: str, name: str) -> str:
        """The level of the tag that `of_node` finds."""
        if level == "grade" and not parse_grades(name):
            return "strand" if self.known("strand", name) else "edition"
        return "strand" if level == "school" else level

    def _made(self, dimension: str, name: str, code: str) -> NewTag:
        base = ""
        last = max((p for (d, _), p in self._positions.items() if d == dimension), default=0)
        position = last + 1
        if dimension == "edition":
            base = self.known("edition", parse_edition(name).base)
            position = self._positions.get(("edition", base), position)
        elif dimension == "volume":
            before = [n for n in self._names.get("volume", []) if volume_order(n) <= volume_order(name)]
            nearest = max(before, key=volume_order, default="")
            position = self._positions.get(("volume", self.known("volume", nearest)), 0) if nearest else 0
        english = english_volume(name) if dimension == "volume" else ""
        return NewTag(dimension, code, name, english, base, min(position, 99_999))
