"""Facts about the curriculum that ship with the product: names of levels, textbooks, publishers, browse trees.

Read from the CSV files beside this page into frozen values, once a process. Facts only: titles, names and orders,
under our own codes. `tags.csv` is the register of codes: a code once given keeps its meaning.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from smartedu.rules.taxonomy import FIVE_FOUR, View, english_title, tidy


@dataclass(frozen=True)
class TagFact:
    """A value of one level. `aliases` are other spellings of the name; `base` the code of the plain edition;
    `subjects` the subjects a free-text volume belongs to; `publisher` an edition's publisher (for several: a 、 b)."""

    dimension: str
    code: str
    name_zh: str
    name_en: str
    position: int
    base: str
    aliases: tuple[str, ...]
    subjects: tuple[str, ...]
    publisher: str


@dataclass(frozen=True)
class TextbookFact:
    """A textbook of the national catalogue: its title and the codes of its place."""

    title: str
    title_en: str
    stage: str
    system: str
    grades: tuple[int, ...]
    strand: str
    subject: str
    edition: str
    volume: str
    revision: str


@dataclass(frozen=True)
class PublisherFact:
    name_zh: str
    name_en: str
    former_names: tuple[str, ...]


@dataclass(frozen=True)
class TreeFact:
    """A node of a browse tree in preorder; `path` is the names from the root down to its own."""

    path: tuple[str, ...]
    level: str
    hidden: bool


@lru_cache
def tags() -> tuple[TagFact, ...]:
    """Every tag, in the order of its level."""
    return tuple(
        TagFact(
            dimension=row["dimension"],
            code=row["code"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            position=int(row["position"]),
            base=row["base"],
            aliases=_several(row["aliases"]),
            subjects=_several(row["subjects"]),
            publisher=row["publisher"],
        )
        for row in _rows("tags.csv")
    )


@lru_cache
def tags_by_code() -> Mapping[tuple[str, str], TagFact]:
    """Every tag by (dimension, code)."""
    return MappingProxyType({(tag.dimension, tag.code): tag for tag in tags()})


@lru_cache
def tags_by_name() -> Mapping[tuple[str, str], TagFact]:
    """Every tag by (dimension, Chinese name), aliases among them; names are to be `tidy`."""
    named = {(tag.dimension, tidy(alias)): tag for tag in tags() for alias in tag.aliases}
    return MappingProxyType(named | {(tag.dimension, tidy(tag.name_zh)): tag for tag in tags()})


@lru_cache
def textbooks() -> tuple[TextbookFact, ...]:
    """The 2,000 textbooks of the national catalogue of December 2024, in the order of the curriculum."""
    return tuple(
        TextbookFact(
            title=row["title"],
            title_en=book_title_en(
                subject=row["subject"],
                grades=_numbers(row["grades"]),
                strand=row["strand"],
                edition=row["edition"],
                volume=row["volume"],
                system=row["system"],
            ),
            stage=row["stage"],
            system=row["system"],
            grades=_numbers(row["grades"]),
            strand=row["strand"],
            subject=row["subject"],
            edition=row["edition"],
            volume=row["volume"],
            revision=row["revision"],
        )
        for row in _rows("textbooks.csv")
    )


def book_title_en(*, subject: str, grades: tuple[int, ...], strand: str, edition: str, volume: str, system: str) -> str:
    """A book's English title from the codes of its place; "" where a needed name is not known in English."""
    known = tags_by_code()

    def name(dimension: str, code: str) -> str:
        tag = known.get((dimension, code))
        return tag.name_en if tag else ""

    if volume and not name("volume", volume):
        return ""
    return english_title(
        subject=name("subject", subject),
        grades=grades,
        strand=name("strand", strand),
        edition=name("edition", edition),
        volume=name("volume", volume),
        five_four=system == FIVE_FOUR,
    )


@lru_cache
def publishers() -> tuple[PublisherFact, ...]:
    """The publishers of textbooks, each with the names it bore before."""
    return tuple(
        PublisherFact(row["name_zh"], row["name_en"], _several(row["former_names"])) for row in _rows("publishers.csv")
    )


@lru_cache
def tree(view: View) -> tuple[TreeFact, ...]:
    """A view's browse tree in preorder."""
    path: list[str] = []
    nodes = []
    for row in _rows(f"tree-{view}.csv"):
        del path[int(row["depth"]) - 1 :]
        path.append(row["name"])
        nodes.append(TreeFact(tuple(path), row["level"], bool(row["hidden"])))
    return tuple(nodes)


def _rows(name: str) -> list[dict[str, str]]:
    text = (files(__package__) / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split())
