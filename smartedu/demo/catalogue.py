"""The lessons of the thirty hand-written books: the author's words, four sheets each, twelve films."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from smartedu.demo.books import Book, Lesson, books
from smartedu.demo.contributors import ensure_own_providers
from smartedu.demo.country.selection import catalogue_name
from smartedu.demo.films import FILMS
from smartedu.demo.handing import DEMO, hand_over
from smartedu.demo.titles import TITLES, code_of, placement
from smartedu.library.actions import Publication
from smartedu.library.actions.media import Announcement, announce_media
from smartedu.library.content import (
    Audience,
    Caption,
    Content,
    Credit,
    Education,
    LessonPackage,
    Part,
    PartKind,
    Period,
    Placement,
)
from smartedu.library.queries import textbooks_from_elsewhere
from smartedu.rules.taxonomy import course_column

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


def publish_lessons(*, at: datetime) -> int:
    """Publish the lessons of the thirty books with their parts. Returns how many there are."""
    ensure_own_providers()
    publications: list[Publication] = []
    files: list[Announcement] = []
    taken = textbooks_from_elsewhere(TITLES)
    for book in books():
        place = placement(book)
        code = code_of(catalogue_name(book), taken)
        for position, lesson in enumerate(book.lessons, start=1):
            content = lesson_content(book, place, lesson, position, code)
            assert isinstance(content.body, LessonPackage)
            publications.append(Publication(DEMO, written_id(book, position), content))
            files += announced(content.body.parts)
    announce_media(files, at=at)
    hand_over(publications, at=at)
    return len(publications)


def written_id(book: Book, position: int) -> str:
    """The name of a hand-written lesson at its source."""
    return f"{book.slug}-{position}"


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
    stem = written_id(book, position)
    parts = []
    if lesson.film:
        media = f"film-{lesson.film}"
        parts.append(Part("video", PartKind.VIDEO, "视频课程", media, (1,), film_captions(media)))
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


def film_captions(media: str) -> tuple[Caption, ...]:
    """The captions of one of our films, by the code of its media: each has them in both languages."""
    return tuple(Caption(language, f"{media}-{language}") for language in ("zh", "en"))


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
