"""What is taught: the curriculum vocabularies (`vocabulary/<stage>-<subject>.txt`), read strictly.

@ 7 volume-1                            a volume: grade and volume code, or for seniors the volume code alone
= 有理数                                 a unit
正数和负数/认识负数 | 相反意义的量、负数    a topic, its other wording, its knowledge points
~ 从生活里的例子出发认识{k1} …            a pattern for summaries
+ 能用自己的话说出{k1}的意思               a pattern for aims
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

OTHER_CODES = MappingProxyType({"full-year": "whole", "full": "whole"})
"""What a writer of vocabularies may call a volume, and what the reference calls it."""
NUMBERED = re.compile(
    r"第[一二三四五六七八九十百\d]+(单元|章|课|专题)[ 　:：]*|Module \d+ +|Unit \d+ +|Starter Unit \d+ +"
)
OTHER_WORDING = re.compile(r"(?<![A-Za-z0-9 ])/|/(?![A-Za-z0-9 ])|(?<=[a-z?.!])/(?=[A-Z])")
"""The stroke between two wordings; «km/h» and «a/an» have none."""

VolumeKey = tuple[int, str]
"""Grade (0 for senior books) and code of the volume."""


class VocabularyError(ValueError):
    """A vocabulary that cannot be read: file, line and what is wrong with it."""


@dataclass(frozen=True)
class Topic:
    """One knowledge topic: `title` as most editions call it, `other` as some do, `knowledge` in canonical words."""

    title: str
    other: str
    knowledge: tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """A unit; `name` is its own heading without any number."""

    name: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Vocabulary:
    """All that one subject teaches in one stage, and how its teachers put it."""

    stage: str
    subject: str
    volumes: Mapping[VolumeKey, tuple[Unit, ...]]
    summaries: tuple[str, ...]
    aims: tuple[str, ...]


@cache
def vocabulary(stage: str, subject: str) -> Vocabulary:
    """The vocabulary of a subject. Raises VocabularyError for a malformed file, FileNotFoundError for a missing one."""
    name = f"{stage}-{subject}.txt"
    text = files("smartedu.demo").joinpath("vocabulary", name).read_text(encoding="utf-8")
    return read(text, stage, subject, name)


def read(text: str, stage: str, subject: str, name: str) -> Vocabulary:
    """A vocabulary from its text; `name` stands in errors. Raises VocabularyError."""
    volumes: dict[VolumeKey, list[tuple[str, list[Topic]]]] = {}
    patterns: dict[str, list[str]] = {"~": [], "+": []}
    units: list[tuple[str, list[Topic]]] = []
    for number, line in _lines(text):
        mark, rest = line[0], line[1:].strip()
        if mark == "@":
            units = volumes.setdefault(_volume(rest, f"{name}:{number}"), [])
        elif mark == "=":
            units.append((NUMBERED.sub("", rest).strip() or rest, []))
        elif mark in patterns:
            patterns[mark].append(rest)
        elif not units:
            raise VocabularyError(f"{name}:{number}: a topic before its unit: {line}")
        else:
            units[-1][1].append(_topic(line, f"{name}:{number}"))
    return Vocabulary(
        stage,
        subject,
        MappingProxyType(
            {key: tuple(Unit(u, tuple(topics)) for u, topics in found if topics) for key, found in volumes.items()}
        ),
        tuple(patterns["~"]),
        tuple(patterns["+"]),
    )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip().lstrip("\ufeff")
        if line and not line.startswith("#"):
            yield number, line


def _volume(words: str, place: str) -> VolumeKey:
    grade, _, code = words.rpartition(" ")
    if grade and not grade.isdigit():
        raise VocabularyError(f"{place}: no volume: {words}")
    return int(grade or 0), OTHER_CODES.get(code, code)


def _topic(line: str, place: str) -> Topic:
    head, bar, points = line.partition("|")
    knowledge = tuple(point.strip() for point in points.split("、") if point.strip())
    if not bar or not knowledge:
        raise VocabularyError(f"{place}: a topic without knowledge points: {line}")
    wordings = [w.strip() for w in OTHER_WORDING.split(head.strip(), maxsplit=1)]
    return Topic(wordings[0], wordings[1] if len(wordings) > 1 else "", knowledge)
