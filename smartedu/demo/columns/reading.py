"""What the columns are written in: topics with sentences of their own, and forms of telling."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from smartedu.demo.written import read_file, read_folder
from smartedu.library.content import Audience, Education

SENTENCES = 3
"""A topic brings three sentences: what it is, what is in it, what follows."""


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A way of telling: its skeletons and the sentences that fill them (see `grammar.told`).

    `role` is what the author did; `placed` whether it is made for pupils of a certain age; `audience` whom it is for
    where that are not all for whom the column is; `pointed` whether the topic's own words may be its title.
    """

    role: str
    shapes: tuple[str, ...]
    open: tuple[str, ...]
    middle: tuple[str, ...]
    end: tuple[str, ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    placed: bool = False
    pointed: bool = False
    audience: tuple[Audience, ...] = ()


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Topics that can be spoken of alike. `topics` has one a line: name, then its sentences, divided by strokes.

    A name may end in @ and the only stage or subject that it suits. `titles` are patterns by form, in place of the
    column's; `also` names a frame whose forms stand in for those of the column's; `lessons` the vocabularies
    (stage-subject) whose lessons serve as examples; `notes` are true of these topics, in place of the column's.
    """

    topics: str
    titles: dict[str, tuple[str, ...]] = {}
    also: str = ""
    lessons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class ColumnText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column: how many things stand in it in all, and what they are about.

    `notes` are true of all its topics; `stages` are those that its schools and its pupils may be of.
    """

    column: str
    count: int
    frame: str
    educations: tuple[Education, ...]
    notes: tuple[str, ...]
    groups: tuple[Group, ...]
    titles: dict[str, tuple[str, ...]] = {}
    stages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Topic:
    """Something a column speaks of; `only` is the stage or subject that it suits, "" where it suits all."""

    name: str
    sentences: tuple[str, ...]
    only: str = ""


@cache
def columns() -> tuple[ColumnText, ...]:
    """Every column, one file each. Raises msgspec.ValidationError, naming the file, for one that is malformed."""
    return read_folder("columns/topics", ColumnText)


@cache
def frames(plate: str) -> Mapping[str, Form]:
    """The forms of a plate by their names."""
    return read_file(f"columns/frames/{plate}.toml", dict[str, Form])


def forms_of(column: ColumnText, group: Group) -> dict[str, tuple[Form, tuple[str, ...]]]:
    """The forms that suit a group of topics, each with its patterns of titles. Raises KeyError for an unknown form."""
    titles = column.titles | group.titles
    forms = {**frames(column.frame), **(frames(group.also) if group.also else {})}
    return {name: (forms[name], patterns) for name, patterns in titles.items() if patterns}


def topics_of(group: Group) -> tuple[Topic, ...]:
    """The topics of a group. Raises ValueError for a line that has not a name and three sentences."""
    return tuple(_topic(line) for line in group.topics.splitlines() if line.strip())


def _topic(line: str) -> Topic:
    head, *sentences = (piece.strip() for piece in line.split("|"))
    if len(sentences) != SENTENCES or not all(s.rstrip("”")[-1:] in "。？" for s in sentences):
        raise ValueError(f"not a name and {SENTENCES} whole sentences: {line}")
    name, _, only = head.partition("@")
    return Topic(name, tuple(sentences), only)
