"""The catalogue of the demonstration country: every real title, thirty books with lessons, shelves of other things."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from smartedu.demo.books import Book, Lesson, books
from smartedu.demo.films import FILMS
from smartedu.library import reference
from smartedu.library.actions import Publication, publish_many
from smartedu.library.actions.media import Announcement, announce_media
from smartedu.library.actions.providers import ensure_provider
from smartedu.library.actions.publishing import public_code
from smartedu.library.content import (
    Audience,
    Caption,
    ChapterNode,
    Content,
    Credit,
    Education,
    LessonPackage,
    Part,
    PartKind,
    Period,
    Placement,
    Textbook,
)
from smartedu.library.models import Resource
from smartedu.library.queries import textbooks_from_elsewhere
from smartedu.rules.taxonomy import course_column, grade_code, tidy

TITLES = "titles"
"""Source of the bare entries and of the thirty books: one name for a title, so that lessons join its bare entry."""
DEMO = "demo"

PROVIDERS = (
    ("demo-primary", "小学课程示范组", "Primary demonstration group"),
    ("demo-junior", "初中课程示范组", "Junior secondary demonstration group"),
    ("demo-senior", "高中课程示范组", "Senior secondary demonstration group"),
    ("demo-special", "特殊教育示范组", "Special schools demonstration group"),
    ("demo-commons", "公共资源编辑组", "Editors of common resources"),
)
TEACHERS = [
    "林知远",
    "沈若水",
    "程一鸣",
    "许静姝",
    "陆明川",
    "何秋白",
    "苏婉",
    "方致和",
    "江映雪",
    "白石泉",
    "唐晚晴",
    "余怀瑾",
]
SHEETS = (
    (PartKind.COURSEWARE, "课件"),
    (PartKind.TEACHING_DESIGN, "教学设计"),
    (PartKind.TASK_SHEET, "学习任务单"),
    (PartKind.EXERCISES, "课后练习"),
)
SUBJECT_EDUCATIONS = {
    "music": Education.AESTHETIC,
    "fine-arts": Education.AESTHETIC,
    "pe": Education.PHYSICAL,
    "labour": Education.LABOUR,
    "morality": Education.MORAL,
    "politics": Education.MORAL,
}


def publish_titles(*, at: datetime) -> int:
    """Publish the real textbook titles, the thirty with their tables of contents. Returns how many there are."""
    own = {catalogue_name(book) for book in books()}
    taken = textbooks_from_elsewhere(TITLES)
    facts = [fact for fact in reference.textbooks() if fact.title not in own and fact.title not in taken]
    publications = [
        Publication(
            TITLES,
            fact.title,
            textbook_content(
                fact.title,
                fact.title_en,
                Placement(
                    stage=fact.stage,
                    grades=tuple(grade_code(g) for g in fact.grades),
                    strand=fact.strand,
                    system=fact.system,
                    subject=fact.subject,
                    edition=fact.edition,
                    volume=fact.volume,
                    revision=fact.revision,
                ),
            ),
        )
        for fact in facts
    ]
    publications += [
        Publication(
            *home_of(book, taken),
            textbook_content(
                catalogue_name(book),
                book.title_en,
                placement(book),
                book.tree(),
                book.summary,
                book.summary_en,
            ),
        )
        for book in books()
    ]
    publish_many(publications, by=None, at=at)
    return len(publications)


def home_of(book: Book, taken: Mapping[str, Resource]) -> tuple[str, str]:
    """Source and name of a book: where the real catalogue was imported first, ours joins the imported one."""
    there = taken.get(catalogue_name(book))
    return (there.source, there.source_id) if there else (TITLES, catalogue_name(book))


def catalogue_name(book: Book) -> str:
    """The title as the national catalogue lists it: new editions beside old ones bear a mark in front."""
    return f"新教材-{book.title}" if book.revision == "新教材" else book.title


def textbook_content(  # noqa: PLR0917 - one of two callers names few
    title: str,
    title_en: str,
    place: Placement,
    chapters: tuple[ChapterNode, ...] = (),
    summary: str = "",
    summary_en: str = "",
) -> Content:
    """A textbook as the catalogue has it, with the publisher that its edition is known to come from."""
    edition = reference.tags_by_code().get(("edition", place.edition))
    publisher = edition.publisher.partition("、")[0] if edition else ""
    return Content(
        title=title,
        title_en=title_en,
        body=Textbook(publisher=publisher, chapters=chapters),
        column=course_column(place.stage, place.system),
        provider="national-catalogue",
        licence="teaching-only",
        summary=summary,
        summary_en=summary_en,
        placement=place,
        audience=(Audience.STUDENT, Audience.TEACHER),
    )


def placement(book: Book) -> Placement:
    """The place of a demonstration book. Raises KeyError where it names a tag that the reference has not."""
    tags = reference.tags_by_name()

    def code(dimension: str, name: str) -> str:
        return tags[dimension, tidy(name)].code if name else ""

    return Placement(
        stage=book.stage,
        grades=tuple(grade_code(g) for g in book.grades),
        system=book.system,
        subject=code("subject", book.subject),
        edition=code("edition", book.edition),
        volume=code("volume", book.volume),
        revision=code("revision", book.revision),
    )


def publish_lessons(*, at: datetime) -> int:
    """Publish the lessons of the thirty books with their parts. Returns how many there are."""
    for code, name_zh, name_en in PROVIDERS:
        ensure_provider(code, name_zh=name_zh, name_en=name_en)
    publications: list[Publication] = []
    files: list[Announcement] = []
    taken = textbooks_from_elsewhere(TITLES)
    for book in books():
        place = placement(book)
        there = taken.get(catalogue_name(book))
        code = there.code if there else public_code(TITLES, catalogue_name(book))
        for position, lesson in enumerate(book.lessons, start=1):
            content = lesson_content(book, place, lesson, position, code)
            assert isinstance(content.body, LessonPackage)
            publications.append(Publication(DEMO, f"{book.slug}-{position}", content))
            files += announced(content.body.parts)
    announce_media(files, at=at)
    publish_many(publications, by=None, at=at)
    return len(publications)


def lesson_content(book: Book, place: Placement, lesson: Lesson, position: int, textbook: str) -> Content:
    """A lesson as it is published: the author's words, four sheets, and the film where there is one."""
    seconds = next((film.seconds for film in FILMS if film.slug == lesson.film), 0)
    numbers = tuple(range(1, len(lesson.periods) + 1))
    return Content(
        title=lesson.title,
        title_en=lesson.title_en,
        body=LessonPackage(
            textbook=textbook,
            chapter=lesson.chapter,
            position=position,
            periods=tuple(Period(n, title) for n, title in zip(numbers, lesson.periods, strict=True)),
            parts=parts_of(book, lesson, position),
            objectives=lesson.objectives,
            knowledge=lesson.knowledge,
        ),
        column=course_column(place.stage, place.system),
        provider=f"demo-{book.stage}",
        licence="cc-by-sa-4.0",
        summary=lesson.summary,
        placement=place,
        credits=credited(book.slug, position),
        educations=(SUBJECT_EDUCATIONS.get(place.subject, Education.INTELLECTUAL),),
        audience=(Audience.STUDENT, Audience.TEACHER),
        length_seconds=round(seconds),
    )


def parts_of(book: Book, lesson: Lesson, position: int) -> tuple[Part, ...]:
    """The flat list of parts: the film, courseware and design for the whole, a task sheet and exercises a period."""
    stem = f"{book.slug}-{position}"
    parts = []
    if lesson.film:
        captions = tuple(Caption(lang, f"film-{lesson.film}-{lang}") for lang in ("zh", "en"))
        parts.append(Part("video", PartKind.VIDEO, "视频课程", f"film-{lesson.film}", (1,), captions))
    numbers = range(1, len(lesson.periods) + 1)
    for kind, title in SHEETS:
        if kind in (PartKind.COURSEWARE, PartKind.TEACHING_DESIGN) or len(lesson.periods) == 1:
            parts.append(Part(kind.value, kind, title, f"sheet-{stem}-{kind}", tuple(numbers)))
        else:
            parts += [
                Part(f"{kind}-{n}", kind, f"{title}（第{'一二三四'[n - 1]}课时）", f"sheet-{stem}-{kind}-{n}", (n,))
                for n in numbers
            ]
    return tuple(parts)


def announced(parts: Iterable[Part]) -> list[Announcement]:
    """The files that the parts name, so that a version may name them before they are made."""
    files = []
    seconds = {f"film-{film.slug}": film.seconds for film in FILMS}
    for part in parts:
        if part.kind == PartKind.VIDEO:
            files.append(Announcement(part.media, "video/mp4", "lesson.mp4", seconds=round(seconds[part.media])))
            files += [Announcement(c.media, "text/vtt", f"{c.language}.vtt") for c in part.captions]
        else:
            files.append(Announcement(part.media, "application/pdf", f"{part.kind}.pdf"))
    return files


def credited(slug: str, position: int) -> tuple[Credit, ...]:
    """Who taught and who advised: invented people, the same for the same lesson."""
    draw = hashlib.sha256(f"{slug}:{(position - 1) // 6}".encode()).digest()
    first = TEACHERS[draw[0] % len(TEACHERS)]
    second: Sequence[str] = [name for name in TEACHERS if name != first]
    return (Credit(first, "执教"), Credit(second[draw[1] % len(second)], "指导"))
