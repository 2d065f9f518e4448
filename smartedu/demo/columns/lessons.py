"""Lessons of the curriculum as examples for what teachers learn: «大单元设计：以「浮力」为例»."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from smartedu.demo.chance import lot
from smartedu.demo.country.topics import vocabulary
from smartedu.library.content import Placement
from smartedu.rules.taxonomy import grade_code

UNFIT = re.compile(
    r"\d|[A-Za-z]{2}|[：:（(]|园地|复习|整理|回顾|活动|口语|习作|写作|单元|读书|综合|实践|练习|专题|名著"
)
"""Titles that name no one thing that is taught."""
LANGUAGE = re.compile("句型|词汇|时态|语态|用法|从句|语气|代词|介词|名词|动词|比较级")
"""Points of English that are about the language; others name what a text is about."""
LONGEST = 12  # characters; a longer one makes the title of what bears it hard to take in
STAGES = MappingProxyType({"primary": "小学", "junior": "初中", "senior": "高中"})
SUBJECTS = MappingProxyType(
    {
        "chinese": "语文", "maths": "数学", "english": "英语", "science": "科学", "morality": "道德与法治",
        "politics": "思想政治", "music": "音乐", "fine-arts": "美术", "physics": "物理", "chemistry": "化学",
        "biology": "生物学", "history": "历史", "geography": "地理",
    }
)  # fmt: skip
"""How teachers call the subjects, which is shorter than how the catalogue does."""


@dataclass(frozen=True)
class Example:
    """A lesson: how it is named in a title, what it teaches, and where it stands."""

    course: str
    name: str
    point: str
    place: Placement

    @property
    def marks(self) -> Mapping[str, str]:
        """The words for patterns: j course, k lesson, k1 what it teaches."""
        return {"j": self.course, "k": self.name, "k1": self.point}


@cache
def examples(source: str) -> tuple[Example, ...]:
    """The lessons of a vocabulary ("junior-physics") that can serve as examples.

    Raises FileNotFoundError for a vocabulary that is not there.
    """
    stage, _, subject = source.partition("-")
    course = STAGES[stage] + SUBJECTS[subject]
    found: dict[str, Example] = {}
    for (grade, _volume), units in vocabulary(stage, subject).volumes.items():
        grades = (grade_code(grade),) if grade else ()
        for topic in (topic for unit in units for topic in unit.topics):
            title = topic.knowledge[0] if subject == "english" else topic.title
            points = [p for p in topic.knowledge if p != title and not UNFIT.search(p)]
            if subject == "english":
                points = [p for p in points if LANGUAGE.search(p) and LANGUAGE.search(title)]
            if points and len(title) <= LONGEST and not UNFIT.search(title):
                name = f"《{title}》" if subject in ("chinese", "music") else f"“{title}”"
                place = Placement(stage=stage, grades=grades, subject=subject)
                found.setdefault(name, Example(course, name, points[0], place))
    return tuple(found.values())


def example_for(sources: tuple[str, ...], *seed: object) -> Example:
    """A lesson by lot, every vocabulary with the same chance."""
    source = sources[lot("source", *seed) % len(sources)]
    among = examples(source)
    return among[lot("lesson", source, *seed) % len(among)]
