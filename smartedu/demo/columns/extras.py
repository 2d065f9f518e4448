"""What stands in the columns without being told by a form: links, films, documents of ours, notices."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import msgspec

from smartedu.demo.books import books
from smartedu.demo.catalogue import SUBJECT_EDUCATIONS, film_captions, parts_of
from smartedu.demo.chance import shuffled
from smartedu.demo.films import FILMS
from smartedu.demo.titles import placement
from smartedu.demo.written import read_file
from smartedu.library import reference
from smartedu.library.content import (
    Audience,
    Content,
    Document,
    Education,
    Link,
    Notice,
    PartKind,
    Placement,
    Video,
)

COMMONS = "demo-commons"
LICENCE = "cc-by-sa-4.0"
FILMS_ON_SHELVES = (
    ("photosynthesis", "一片叶子怎样用光、水和空气做出养料。短片用动画一步一步演示，可以配合种豆芽来看。"),
    ("conservation-of-mass", "蜡烛烧短了，少掉的去了哪里？短片把反应前后放在天平上，数一数微粒。"),
    ("projectile", "水平抛出的小球为什么走弧线？短片把它拆成两个方向，慢放给你看。"),
    ("pythagoras", "直角三角形的三条边藏着一个等式。短片用拼图把它拼出来，不需要先会证明。"),
)
DOCUMENTS = (
    ("subject", PartKind.TEACHING_DESIGN, 60, "教学设计", "目标、环节和板书都写在里面，备课时可以按自己的班增减。"),
    ("assessment", PartKind.EXERCISES, 40, "课后练习", "答案附后；布置以前请先自己做一遍，估一估时间。"),
)  # fmt: skip
"""Column, which sheets of the hand-written lessons stand there, how many, what they are called and good for."""


class LinkText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A public institution: its name is the title."""

    column: str
    address: str
    institution: str
    title_en: str
    summary: str


class NoticeText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A notice: `posted` days before, and `until` days after, the day on which the demonstration is built."""

    slug: str
    column: str
    title: str
    title_en: str
    summary: str
    posted: int
    until: int
    paragraphs: tuple[str, ...]


class _Links(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    links: tuple[LinkText, ...]


class _Notices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    notices: tuple[NoticeText, ...]


@cache
def notice_texts() -> tuple[NoticeText, ...]:
    """The notices as written, without their days."""
    return read_file("columns/extras/notices.toml", _Notices).notices


def notice_content(text: NoticeText, today: date) -> Content:
    """A notice as it is published on `today`, with its last day in words."""
    last = today + timedelta(days=text.until)
    said = f"{last.month}月{last.day}日"
    return Content(
        title=text.title,
        title_en=text.title_en,
        body=Notice(tuple(p.replace("{until}", said) for p in text.paragraphs), until=last),
        column=text.column,
        provider=COMMONS,
        licence=LICENCE,
        summary=text.summary.replace("{until}", said),
        educations=(Education.INTELLECTUAL,),
    )


def extras() -> Iterator[Content]:
    """Links, films and documents of all columns, in a fixed order. The audience is left to the column."""
    yield from (_link(text) for text in read_file("columns/extras/links.toml", _Links).links)
    yield from (_film(slug, summary) for slug, summary in FILMS_ON_SHELVES)
    for column, kind, count, name, use in DOCUMENTS:
        yield from list(_documents(column, kind, name, use))[:count]


def _link(text: LinkText) -> Content:
    return Content(
        title=text.institution,
        title_en=text.title_en,
        body=Link(text.address, text.institution),
        column=text.column,
        provider=COMMONS,
        licence=LICENCE,
        summary=text.summary,
        educations=(Education.INTELLECTUAL,),
    )


def _film(slug: str, summary: str) -> Content:
    film = next(film for film in FILMS if film.slug == slug)
    media = f"film-{slug}"
    return Content(
        title=film.title_zh,
        title_en=film.title_en,
        body=Video(media, film_captions(media)),
        column="science",
        provider=COMMONS,
        licence=LICENCE,
        summary=summary,
        educations=(Education.INTELLECTUAL,),
        length_seconds=round(film.seconds),
    )


def _documents(column: str, kind: PartKind, name: str, use: str) -> Iterator[Content]:
    """The sheets of one kind: one lesson of every book, then a second one of every book, and so on."""
    shelves = [shuffled(list(enumerate(book.lessons, start=1)), column, book.slug) for book in books()]
    for turn in range(max(map(len, shelves))):
        for book, lessons in zip(books(), shelves, strict=True):
            if turn >= len(lessons) or book.stage == "special":
                continue
            position, lesson = lessons[turn]
            sheets = [part.media for part in parts_of(book, lesson, position) if part.kind == kind]
            if len(sheets) != 1:
                continue  # sheets by the period; one alone would be half of it
            place = placement(book)
            subject = reference.tags_by_code()["subject", place.subject].name_zh.rpartition("·")[2]
            yield Content(
                title=f"《{lesson.title}》{name}（{subject}）",
                body=Document(sheets[0]),
                column=column,
                provider=f"demo-{book.stage}",
                licence=LICENCE,
                summary=f"本平台《{lesson.title}》一课的{name}。{use}",
                placement=Placement(stage=place.stage, grades=place.grades, subject=place.subject),
                educations=(SUBJECT_EDUCATIONS.get(place.subject, Education.INTELLECTUAL),),
                audience=(Audience.TEACHER,),
            )
