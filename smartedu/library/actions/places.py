"""Finding the rows that a content names by code, all of a batch at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from smartedu.base.errors import Problem
from smartedu.library.content import Content, ETextbook, Kind, LessonPackage, Textbook, media_of
from smartedu.library.models import (
    Chapter,
    Column,
    Dimension,
    MediaFile,
    Provider,
    Publisher,
    Resource,
    Tag,
)

Coded = TypeVar("Coded", Column, Provider, MediaFile)


@dataclass
class Places:
    """The rows a batch of contents refers to, by the names the contents use."""

    columns: dict[str, Column] = field(default_factory=dict)
    providers: dict[str, Provider] = field(default_factory=dict)
    publishers: dict[str, Publisher] = field(default_factory=dict)
    tags: dict[tuple[str, str], Tag] = field(default_factory=dict)
    media: dict[str, MediaFile] = field(default_factory=dict)
    textbooks: dict[str, Resource] = field(default_factory=dict)
    chapters: set[tuple[int, str]] = field(default_factory=set)


def find_places(contents: Sequence[Content]) -> Places:
    """Read every row the contents name, in a handful of queries however many they are."""
    bodies = [content.body for content in contents]
    books = {body.textbook for body in bodies if isinstance(body, LessonPackage)}
    shelf = Resource.objects.published().of_kind(Kind.TEXTBOOK).select_related("column__plate", "provider")
    textbooks = {r.code: r for r in shelf.filter(code__in=books)}
    chapters = Chapter.objects.filter(textbook__in=textbooks.values()).values_list("textbook_id", "key")
    publisher_names = {body.publisher for body in bodies if isinstance(body, Textbook | ETextbook)}
    return Places(
        columns=_by_code(Column.objects.select_related("plate").filter(code__in={c.column for c in contents})),
        providers=_by_code(Provider.objects.filter(code__in={c.provider for c in contents})),
        publishers={p.name_zh: p for p in Publisher.objects.filter(name_zh__in=publisher_names)},
        tags={(tag.dimension, tag.code): tag for tag in Tag.objects.all()},
        media=_by_code(MediaFile.objects.filter(code__in={m for c in contents for m in media_of(c).values()})),
        textbooks=textbooks,
        chapters=set(chapters),
    )


def problems_with(content: Content, places: Places, place: str) -> list[Problem]:
    """What a content names that is not there, each with its field; empty when it can be published."""
    missing: list[tuple[str, str]] = []
    if content.column not in places.columns:
        missing.append(("column", content.column))
    if content.provider not in places.providers:
        missing.append(("provider", content.provider))
    missing += [(f"placement.{level}", code) for level, code in tags_of(content) if (level, code) not in places.tags]
    missing += [(name, code) for name, code in media_of(content).items() if code not in places.media]
    body = content.body
    if isinstance(body, Textbook | ETextbook) and body.publisher and body.publisher not in places.publishers:
        missing.append(("publisher", body.publisher))
    if isinstance(body, LessonPackage):
        book = places.textbooks.get(body.textbook)
        if book is None:
            missing.append(("textbook", body.textbook))
        elif (book.pk, body.chapter) not in places.chapters:
            missing.append(("chapter", body.chapter))
    return [
        Problem(
            "unknown-reference",
            f"{place}, {name}",
            f"“{code}”不存在。请先建立它，或改用已有的名称。",
            f"“{code}” does not exist. Create it first, or use a name that is there.",
            {"field": name, "value": code},
        )
        for name, code in missing
    ]


def tags_of(content: Content) -> Iterable[tuple[str, str]]:
    """(dimension, code) of every tag the placement names."""
    at = content.placement
    single = {
        Dimension.STAGE: at.stage,
        Dimension.STRAND: at.strand,
        Dimension.SUBJECT: at.subject,
        Dimension.EDITION: at.edition,
        Dimension.VOLUME: at.volume,
        Dimension.REVISION: at.revision,
    }
    yield from ((str(level), code) for level, code in single.items() if code)
    yield from ((str(Dimension.GRADE), grade) for grade in at.grades)


def _by_code(rows: Iterable[Coded]) -> dict[str, Coded]:
    return {row.code: row for row in rows}
