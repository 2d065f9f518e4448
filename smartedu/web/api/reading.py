"""What the API reads, and the values it makes of rows: two or three queries a page, however long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Q

from smartedu.library import shelfmarks, shelves
from smartedu.library.content import media_of
from smartedu.library.licences import licence
from smartedu.library.models import Chapter, MediaFile, MediaState, Resource
from smartedu.library.queries import Reading
from smartedu.library.shelves import Facets
from smartedu.web import cards
from smartedu.web.api.cursors import Cursor
from smartedu.web.machines.addresses import absolute, short_address

FIELDS = (
    "code", "kind", "version_id", "title", "title_en", "summary", "summary_en", "language", "column_id", "stage_id",
    "system", "grades", "strand_id", "subject_id", "edition_id", "volume_id", "revision_id", "lesson_count",
    "length_seconds", "audience", "published_at", "changed_at", "provider__code", "publisher__name_zh",
    "textbook__code",
)  # fmt: skip
LEVELS = ("stage", "strand", "subject", "edition", "volume", "revision")


@dataclass(frozen=True)
class Stretch:
    """A piece of a list, and where it goes on; None at its end."""

    rows: list[Resource]
    after: Cursor | None


def stretch(facets: Facets, *, since: datetime | None, after: Cursor | None, most: int) -> Stretch:
    """The next `most` resources under these facets in the order of their last change.

    From a moment on (`since`) withdrawn ones are among them: a copy elsewhere has to learn of these too.
    """
    rows = Resource.objects.select_related("provider", "publisher", "textbook").only(*FIELDS)
    if since is None:
        rows = rows.published()
    else:
        rows = rows.filter(changed_at__gte=since)
    if facets.chosen():
        rows = rows.filter(shelf__in=shelves.matching(facets))
    if after is not None:
        later = Q(changed_at__gt=after.changed_at) | Q(changed_at=after.changed_at, pk__gt=after.id)
        rows = rows.filter(later, changed_at__gte=after.changed_at)  # the bare bound is where the index is entered
    found = list(rows.order_by("changed_at", "pk")[: most + 1])
    last = found[most - 1] if len(found) > most else None
    return Stretch(found[:most], Cursor(last.changed_at, last.pk) if last else None)


def card_of(row: Resource) -> dict[str, Any]:
    """A row as a `ResourceOut`."""
    column = shelfmarks.column(row.column_id)
    tags = {level: shelfmarks.tag_or_none(getattr(row, f"{level}_id")) for level in LEVELS}
    return {
        "code": row.code,
        "kind": row.kind,
        "state": "published" if row.version_id else "withdrawn",
        "title": row.title,
        "title_en": row.title_en,
        "summary": row.summary,
        "summary_en": row.summary_en,
        "language": row.language,
        "plate": column.plate.code,
        "column": column.code,
        "provider": row.provider.code,
        "publisher": row.publisher.name_zh if row.publisher else None,
        "placement": {
            **{level: tag.code if tag else None for level, tag in tags.items()},
            "system": row.system or None,
            "grades": row.grades,
        },
        "textbook": row.textbook.code if row.textbook else None,
        "lesson_count": row.lesson_count,
        "length_seconds": row.length_seconds,
        "audience": row.audience,
        "published_at": row.published_at,
        "changed_at": row.changed_at,
        "short_link": short_address(row.code),
    } | _pages(row)


def whole(reading: Reading) -> dict[str, Any]:
    """A reading as a `ResourceDetail`."""
    row, content = reading.resource, reading.content
    terms = licence(content.licence)
    named = dict.fromkeys(media_of(content).values())
    return card_of(row) | {
        "content": msgspec.to_builtins(content),
        "licence": {"code": terms.code, "name_zh": terms.name_zh, "name_en": terms.name_en, "url": terms.url},
        "version": reading.version.number,
        "versions": versions_of(row),
        "files": [_file(reading.media[code]) for code in named],
    }


def withdrawn(row: Resource) -> dict[str, Any]:
    """A withdrawn resource as a `ResourceDetail`: its card and its history, nothing of what it said."""
    return card_of(row) | {
        "content": None,
        "licence": None,
        "version": None,
        "versions": versions_of(row),
        "files": [],
    }


def versions_of(row: Resource) -> list[dict[str, Any]]:
    """Every version, the newest first."""
    fields = ("number", "published_at", "withdrawn_at", "note")
    rows = row.versions.order_by("-number").values_list(*fields)
    return [dict(zip(fields, values, strict=True)) for values in rows]


def contents_of(chapters: Iterable[Chapter], lessons: Iterable[Resource]) -> dict[str, Any]:
    """A textbook's headings and lessons, in reading order."""
    return {
        "chapters": [
            {"key": one.key, "parent": one.parent_key or None, "depth": one.depth, "title": one.title}
            for one in chapters
        ],
        "lessons": [
            {
                "code": one.code,
                "chapter": one.chapter_key,
                "title": one.title,
                "title_en": one.title_en,
                "periods": one.period_count,
                "length_seconds": one.length_seconds,
                "knowledge": one.knowledge,
            }
            | _pages(one)
            for one in lessons
        ],
    }


def _pages(row: Resource) -> dict[str, str]:
    return {f"page_{language}": absolute(cards.url_of(row, language)) for language in ("zh", "en")}


def _file(file: MediaFile) -> dict[str, Any]:
    url = cards.media_url(file.path) if file.state == MediaState.READY else None
    return {
        "code": file.code,
        "state": file.state,
        "content_type": file.content_type,
        "url": absolute(url) if url else None,
        "bytes": file.bytes,
        "seconds": file.seconds,
        "pages": file.pages,
        "sha256": file.digest,
    }
