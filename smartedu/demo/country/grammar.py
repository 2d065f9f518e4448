"""The grammar of lessons: the topics of a volume become the lessons of one edition's book.

A topic becomes one lesson, in the wording of its edition, or two class periods as lessons of their own; a unit gets the
lessons its edition sets beside the topics (reviews, activities, experiments), never more than a quarter of a book.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from smartedu.demo.chance import lot, one_in, shuffled
from smartedu.demo.country.editions import Habit, Heading, heading, is_numbered
from smartedu.demo.country.topics import Topic, Unit
from smartedu.demo.written import read_file

TOPIC = "topic"
SAME_EVERYWHERE = ("chinese", "history", "morality", "politics")
"""Subjects whose order and titles are the same for the whole country."""
MOVABLE = (
    "图形", "角", "观察", "测量", "单位", "位置", "方向", "统计", "数据", "时间", "钟", "年、月、日", "面积", "体积",
    "对称", "平移", "旋转", "可能性", "概率", "克", "圆", "广角", "规律", "人民币", "元、角、分", "植物", "动物",
    "天气", "土壤", "声", "光", "热",
)  # fmt: skip
"""A unit of which one of these speaks needs nothing of its neighbours, so that editions set it before or after them."""
NOT_DIVIDED = (
    "复习", "整理", "语文园地", "口语交际", "快乐读书吧", "讲评", "练习", "检测", "活动", "测试", "ound", "Letters",
    "Revision", "Review", "review",
)  # fmt: skip
WRITTEN_BY_PUPILS = ("习作", "写作")
ALREADY_DONE = ("实验", "探究", "测量", "观察", "活动")
"""A topic with one of these words is an experiment itself."""
EXTRAS_PER_LESSON = 4
"""At most one lesson in so many stands beside the topics."""


GRAMMAR_POINT = re.compile(
    r"时$|时态|从句|句型|语态|动词|名词|冠词|介词|代词|形容词|副词|不定式|比较级|最高级|过去|完成|被动|疑问|主谓|虚拟|倒装|强调|省略|[a-z]式"
)
"""What a lesson of grammar can be about."""


@dataclass(frozen=True)
class Course:
    """Whose lessons are drawn: codes of stage, subject and base edition, and the book's title as `seed`."""

    stage: str
    subject: str
    edition: str
    seed: str


@dataclass(frozen=True)
class Draft:
    """A lesson before its sentences: `about` is the topic (or unit) it speaks of, `part` 1 or 2 where a topic is two
    lessons, `kind` "topic" or a kind of `phrases.toml`; `rank` its place in the unit numbered `unit` from 0."""

    title: str
    kind: str
    unit: int
    rank: tuple[float, int]
    about: str
    knowledge: tuple[str, ...]
    part: int = 0


@dataclass(frozen=True)
class Outline:
    """A book before it is known how many lessons it is to have: `drafts` as they are at least, `steps` (each a lesson
    more) in the order in which they are to be taken."""

    units: tuple[Unit, ...]
    headings: tuple[Heading, ...]
    drafts: tuple[Draft, ...]
    steps: tuple["Step", ...]


@dataclass(frozen=True)
class Step:
    """One lesson more: `comes` stand instead of the draft named `goes` ("" where nothing goes)."""

    goes: str
    comes: tuple[Draft, ...]


def outline(units: Sequence[Unit], habit: Habit, course: Course, first: int) -> Outline:
    """What a book could have; `first` is the number of its first numbered chapter."""
    ordered = _reordered(units, course)
    headings = []
    number = first
    for unit in ordered:
        headings.append(heading(habit.heading, number, unit.name))
        number += is_numbered(unit.name)
    drafts = list(_topics(ordered, course))
    taken = {draft.title for draft in drafts}
    extras = {draft.title: draft for draft in _extras(ordered, headings, habit, course) if draft.title not in taken}
    divisions = [_divided(draft) for draft in _divisible(drafts, course.seed)]
    steps = _woven(len(drafts), divisions, list(extras.values()))
    return Outline(tuple(ordered), tuple(headings), tuple(drafts), tuple(steps))


def grown(outlined: Outline, more: int) -> tuple[Draft, ...]:
    """The drafts after `more` steps, in reading order."""
    drafts = {draft.title: draft for draft in outlined.drafts}
    for step in outlined.steps[:more]:
        drafts.pop(step.goes, None)
        drafts |= {draft.title: draft for draft in step.comes}
    return tuple(sorted(drafts.values(), key=lambda draft: (draft.unit, draft.rank)))


def _reordered(units: Sequence[Unit], course: Course) -> list[Unit]:
    """The units as an edition sets them: here and there two neighbours change places where nothing forbids it."""
    ordered = list(units)
    if course.subject in SAME_EVERYWHERE or course.subject == "english":
        return ordered
    position = 1
    while position < len(ordered) - 1:
        pair = ordered[position - 1 : position + 1]
        movable = any(word in unit.name for word in MOVABLE for unit in pair)
        lots = (course.edition, course.stage, *(unit.name for unit in pair))
        if movable and all(is_numbered(unit.name) for unit in pair) and one_in(3, *lots):
            ordered[position - 1 : position + 1] = reversed(pair)
            position += 1
        position += 1
    return ordered


def _topics(units: Sequence[Unit], course: Course) -> Iterator[Draft]:
    taken: set[str] = set()
    for number, unit in enumerate(units):
        for position, topic in enumerate(unit.topics):
            title = next((t for t in (_wording(topic, course), topic.title) if t not in taken), None)
            if title is not None:  # two volumes laid together may both have a topic
                taken.add(title)
                yield Draft(title, TOPIC, number, (position, 0), title, topic.knowledge)


def _wording(topic: Topic, course: Course) -> str:
    """The edition most schools use says it as the vocabulary does, the others three times in five the other way."""
    if not topic.other or course.subject in SAME_EVERYWHERE or course.edition in ("pep", "unified"):
        return topic.title
    return topic.other if lot(course.edition, course.stage, topic.title) % 5 < 3 else topic.title


def _divisible(drafts: Sequence[Draft], seed: str) -> list[Draft]:
    """The topics that fill two lessons, the richest first."""
    can = [
        draft
        for draft in drafts
        if len(draft.knowledge) > 1 and not any(word in draft.title for word in NOT_DIVIDED) and len(draft.title) < 40
    ]
    return sorted(can, key=lambda draft: (-min(len(draft.knowledge), 3), lot(seed, draft.title)))


def _divided(draft: Draft) -> Step:
    half = (len(draft.knowledge) + 1) // 2
    halves = (draft.knowledge[:half], draft.knowledge[half:])
    return Step(
        draft.title,
        tuple(
            replace(draft, title=f"{draft.title}（第{n}课时）", rank=(draft.rank[0], n), knowledge=points, part=n)
            for n, points in enumerate(halves, start=1)
        ),
    )


@cache
def _experiments(of: str) -> tuple[tuple[str, str], ...]:
    return tuple(read_file("country/experiments.toml", dict[str, dict[str, str]]).get(of, {}).items())


def _extras(units: Sequence[Unit], headings: Sequence[Heading], habit: Habit, course: Course) -> Iterator[Draft]:
    """What stands beside the topics: every unit's first closing, then its experiment, then the second, and so on."""
    done: set[str] = set()
    rows: list[list[Draft]] = []
    for number, unit in enumerate(units):
        if len(unit.topics) > 1 and is_numbered(unit.name):
            row = list(_closings(unit, number, headings[number], habit))
            row[1:1] = [*_experiment(unit, number, course, done), *_talks(unit, number)]
            rows.append(row)
    for place in range(max((len(row) for row in rows), default=0)):
        for row in shuffled(rows, course.edition, place):
            if place < len(row):
                yield row[place]


def _closings(unit: Unit, number: int, head: Heading, habit: Habit) -> Iterator[Draft]:
    for order, closing in enumerate(habit.closings):
        points = _spoken(unit)
        if closing.kind == "english-grammar":
            points = tuple(p for topic in unit.topics for p in topic.knowledge if GRAMMAR_POINT.search(p))[:2]
        if points:
            title = closing.title.format(u=unit.name, l=_label(head, unit.name))
            opens = "opening" in closing.kind or closing.kind in ("unit-guide", "unit-view")
            rank = (-1.0, order) if opens else (900.0 - order, order)
            yield Draft(title, closing.kind, number, rank, unit.name, tuple(dict.fromkeys(points)))


def _label(head: Heading, name: str) -> str:
    """«第三单元», and «Unit 3 Weather», where the number alone would say nothing in a list."""
    return f"{head.label} {name}" if head.label.startswith(("Unit", "Module")) else head.label


def _spoken(unit: Unit) -> tuple[str, ...]:
    """Up to four knowledge points of a unit, each of another topic."""
    firsts = dict.fromkeys(topic.knowledge[0] for topic in unit.topics)
    return tuple(firsts)[:4]


def _experiment(unit: Unit, number: int, course: Course, done: set[str]) -> Iterator[Draft]:
    for position, topic in enumerate(unit.topics):
        words = "、".join((topic.title, *topic.knowledge))
        if any(word in topic.title for word in ALREADY_DONE):
            continue
        found = next((title for word, title in _experiments(f"{course.stage}-{course.subject}") if word in words), "")
        if found and found not in done:
            done.add(found)
            yield Draft(found, "experiment", number, (position, 5), topic.title, topic.knowledge)
            return


def _talks(unit: Unit, number: int) -> Iterator[Draft]:
    """A lesson that talks over what pupils wrote."""
    for position, topic in enumerate(unit.topics):
        mark, bar, rest = topic.title.partition("：")
        if bar and mark in WRITTEN_BY_PUPILS and rest:
            yield Draft(f"{mark}讲评：{rest}", "writing-talk", number, (position, 5), topic.title, topic.knowledge)
            return


def _woven(topics: int, divisions: Sequence[Step], extras: Sequence[Draft]) -> Iterator[Step]:
    """Divisions and extras one by one: three extras to a division, and fewer where a quarter of the book is reached."""
    rest, total = list(divisions), topics
    for beside, extra in enumerate(extras):
        while (beside + 1) * EXTRAS_PER_LESSON > total + 1 or (rest and beside % 3 == 0 and total == topics + beside):
            if not rest:
                return
            yield rest.pop(0)
            total += 1
        yield Step("", (extra,))
        total += 1
    yield from rest
