"""Making library content for tests, through the actions."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from smartedu.library.actions import Publication, Published, publish_version
from smartedu.library.content import (
    Article,
    ChapterNode,
    Content,
    LessonPackage,
    Part,
    PartKind,
    Period,
    Placement,
    Textbook,
)

GRADE_8_MATHS = Placement(
    stage="junior", grades=("grade-8",), system="6-3", subject="maths", edition="pep", volume="volume-2"
)
CHAPTERS = (
    ChapterNode("16", "第十六章 二次根式"),
    ChapterNode("17", "第十七章 勾股定理", (ChapterNode("17.1", "17.1 勾股定理"), ChapterNode("17.2", "17.2 逆定理"))),
)


@dataclass
class Maker:
    """Publishes with sensible defaults; every call may override any field of the content."""

    at: datetime
    made: list[Published] = field(default_factory=list)

    def __post_init__(self) -> None:
        from smartedu.library.actions.reference import sync_reference

        sync_reference(at=self.at)

    def publish(self, source_id: str, content: Content, note: str = "") -> Published:
        published = publish_version(Publication("test", source_id, content, note), by=None, at=self.at)
        self.made.append(published)
        return published

    def textbook(self, source_id: str = "book", **changes: Any) -> Published:
        return self.publish(source_id, textbook_content(**changes))

    def lesson(self, book: Published, source_id: str = "lesson", **changes: Any) -> Published:
        return self.publish(source_id, lesson_content(book.resource.code, **changes))

    def article(self, source_id: str = "article", **changes: Any) -> Published:
        return self.publish(source_id, article_content(**changes))


def textbook_content(**changes: Any) -> Content:
    body = changes.pop("body", Textbook(publisher="人民教育出版社", chapters=CHAPTERS))
    facts: dict[str, Any] = {
        "title": "初中数学人教版八年级下册",
        "title_en": "Maths, grade 8, volume 2",
        "column": "junior",
        "provider": "national-catalogue",
        "placement": GRADE_8_MATHS,
    }
    return Content(body=body, **(facts | changes))


def lesson_content(textbook: str, **changes: Any) -> Content:
    package: dict[str, Any] = {
        "textbook": textbook,
        "chapter": "17.1",
        "position": 1,
        "periods": (Period(1, "第一课时"),),
        "knowledge": ("勾股定理",),
    }
    package |= {name: changes.pop(name) for name in list(changes) if name in LessonPackage.__struct_fields__}
    facts: dict[str, Any] = {
        "title": "勾股定理的发现与证明",
        "title_en": "Discovering Pythagoras' theorem",
        "summary": "从拼图中发现直角三角形三边的关系，并证明它。",
        "column": "junior",
        "provider": "national-catalogue",
        "placement": GRADE_8_MATHS,
    }
    return Content(body=LessonPackage(**package), **(facts | changes))


def article_content(**changes: Any) -> Content:
    facts: dict[str, Any] = {
        "title": "考试周睡不着怎么办",
        "title_en": "When you cannot sleep in exam week",
        "summary": "把担心写下来，再把灯关掉。",
        "column": "mental-health",
        "provider": "national-catalogue",
        "body": Article(("先把担心写在纸上。", "# 然后", "关灯。")),
    }
    return Content(**(facts | changes))


def part(kind: PartKind, media: str, *periods: int) -> Part:
    return Part(kind.value, kind, str(kind), media, periods)
