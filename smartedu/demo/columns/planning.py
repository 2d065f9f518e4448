"""The plan of the columns: exactly how many things stand where, and what each of them says. No database, no clock."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from smartedu.demo.chance import lot, one_in, shuffled
from smartedu.demo.columns.extras import extras, notice_texts
from smartedu.demo.columns.grammar import BANDS, Words, pointed, summarised, titled, told
from smartedu.demo.columns.lessons import example_for
from smartedu.demo.columns.reading import ColumnText, Form, Group, Topic, columns, forms_of, topics_of
from smartedu.demo.regions import MARK_ZH, SCHOOLS, Region, provider_names, regions, teachers
from smartedu.demo.shelves import shelves
from smartedu.demo.written import read_file
from smartedu.library.content import Article, Content, Credit, Placement
from smartedu.rules.taxonomy import grade_code

ITEMS = 6_540
"""All things beside lessons and books in the national catalogue of 2022 (28,052 less 19,508 less 2,004)."""
MOST_TURNS = 60
"""Times that a topic may come up in one column before we say that the column has too few topics."""
LICENCE = "cc-by-nc-sa-4.0"
OWN_CURRICULA = ("hong-kong", "macao", "taiwan")
FOR_ALL_REGIONS = frozenset(
    {"tradition", "science", "sports", "arts", "reading", "field-study", "film", "inclusive", "preschool"}
)
"""Columns to which regions contribute that have curricula, laws and training of teachers of their own."""
NO_SCHOOLS = frozenset({"preschool", "national", "e-textbooks"})
"""Columns to which no school of ours would contribute: what kindergartens and training centres do."""


class Institution(NamedTuple):
    """An invented contributor."""

    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class Turn:
    """One thing to be told: which topic, in which form, for the how-manieth time."""

    column: ColumnText
    group: Group
    topic: Topic
    form: Form
    patterns: tuple[str, ...]
    number: int

    @property
    def seed(self) -> tuple[str, str, int]:
        """What the lot is drawn by."""
        return (self.column.column, self.topic.name, self.number)


@cache
def institutions() -> Mapping[str, tuple[Institution, ...]]:
    """The invented institutions by the frame for which they write."""
    return MappingProxyType(read_file("columns/extras/institutions.toml", dict[str, tuple[Institution, ...]]))


@cache
def plan() -> tuple[Content, ...]:
    """Everything beside what is written by hand and the notices, column by column, the same every time.

    Raises ValueError where a column has too few topics for its count.
    """
    written = Counter(shelf.column for shelf in shelves() for _ in shelf.items)
    written.update(text.column for text in notice_texts())
    taken = {item.title for shelf in shelves() for item in shelf.items} | {text.title for text in notice_texts()}
    given = tuple(extras())
    taken |= {content.title for content in given}
    planned = list(given)
    written.update(content.column for content in given)
    for column in columns():
        planned += _told_in(column, column.count - written[column.column], taken)
    return tuple(planned)


def _told_in(column: ColumnText, wanted: int, taken: set[str]) -> list[Content]:
    found: list[Content] = []
    for turn in _turns(column):
        if len(found) == wanted:
            return found
        content = _content(turn, taken)
        if content:
            taken.add(content.title)
            found.append(content)
    if len(found) < wanted:
        raise ValueError(f"{column.column}: {len(found)} of {wanted} things; it needs more topics or patterns")
    return found


def _turns(column: ColumnText) -> Iterator[Turn]:
    """Every topic once, then every topic again, each time in another form as long as there is one."""
    topics = [(group, topic) for group in column.groups for topic in topics_of(group)]
    for number in range(MOST_TURNS):
        for group, topic in shuffled(topics, column.column, number):
            forms = shuffled(sorted(forms_of(column, group).items()), column.column, topic.name)
            _, (form, patterns) = forms[number % len(forms)]
            yield Turn(column, group, topic, form, patterns, number)


def _content(turn: Turn, taken: set[str]) -> Content | None:
    """The thing as it is published; None where every title that it could bear is taken."""
    column, form, seed = turn.column, turn.form, turn.seed
    place, marks = _place(turn)
    school, region = _school(turn, place), _region(turn)
    words = Words({"t": turn.topic.name, "s": _plain(school), "r": region.short_zh, **marks})
    title = _title(turn, words, taken)
    if not title:
        return None
    provider = school if words.marks["s"] in title else _provider(turn, school, region)
    if any("{r}" in p and words.fits(p) and words.fill(p) == title for p in turn.patterns):
        provider = region.centre
    return Content(
        title=title,
        body=Article(told(turn.topic, form, turn.group.notes or column.notes, words, *seed)),
        column=column.column,
        provider=provider,
        licence=LICENCE,
        summary=summarised(turn.topic, form, words, turn.number + lot(*seed[:2]) % 3, *seed),
        placement=place,
        credits=_credits(form, *seed),
        educations=column.educations,
        audience=form.audience,
    )


def _title(turn: Turn, words: Words, taken: set[str]) -> str:
    """A title that nothing else bears: from the topic's own words where the form allows and the lot falls so."""
    if turn.form.pointed and not turn.group.lessons and not one_in(4, "plain", *turn.seed):
        own = next((title for title in pointed(turn.topic, *turn.seed) if title not in taken), "")
        if own:
            return own
    return titled(turn.patterns, words, taken, *turn.seed)


def _place(turn: Turn) -> tuple[Placement, Mapping[str, str]]:
    """Where the thing stands in the curriculum, and the words which say that."""
    if turn.group.lessons:
        example = example_for(turn.group.lessons, *turn.seed)
        return example.place, example.marks
    stages = (turn.topic.only,) if turn.topic.only in BANDS else turn.column.stages
    subject = turn.topic.only if turn.topic.only not in BANDS else ""
    if not (turn.form.placed and stages):
        return Placement(subject=subject), {}
    stage = stages[lot("stage", *turn.seed) % len(stages)]
    if subject:
        return Placement(stage=stage, subject=subject), {"g": BANDS[stage][0][0]}
    name, grades = BANDS[stage][lot("band", *turn.seed) % len(BANDS[stage])]
    return Placement(stage=stage, grades=tuple(grade_code(g) for g in grades)), {"g": name}


def _region(turn: Turn, *seed: object) -> Region:
    among = [each for each in regions() if turn.column.column in FOR_ALL_REGIONS or each.slug not in OWN_CURRICULA]
    return among[lot("region", *seed, *turn.seed) % len(among)]


def _school(turn: Turn, place: Placement) -> str:
    """The code of a school that the thing could come from."""
    only = (turn.topic.only,) if turn.topic.only in SCHOOLS else ()
    stages = (place.stage,) if place.stage in SCHOOLS else only or turn.column.stages or tuple(SCHOOLS)
    among = [stage for stage in stages if stage in SCHOOLS] or ["primary"]
    return _region(turn, "school").school(among[lot("school-stage", *turn.seed) % len(among)])


def _plain(provider: str) -> str:
    """A school's name as one says it in a sentence."""
    return provider_names()[provider][0].removesuffix(MARK_ZH)


def _provider(turn: Turn, school: str, region: Region) -> str:
    """Two things in five from a region's centre, two from a school, one from another institution."""
    if one_in(5, "institution", *turn.seed) or (turn.column.column in NO_SCHOOLS and one_in(2, "no", *turn.seed)):
        among = institutions()[turn.column.frame]
        return among[lot("which", *turn.seed) % len(among)].code
    if turn.column.column in NO_SCHOOLS:
        return region.centre
    return school if one_in(2, "school", *turn.seed) else region.centre


def _credits(form: Form, *seed: object) -> tuple[Credit, ...]:
    first, second = teachers(*map(str, seed))
    author = msgspec.structs.replace(first, role=form.role)
    return (author, second) if one_in(4, "second", *seed) else (author,)
