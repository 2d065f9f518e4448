"""What stands around a lesson or a resource: its place, what is beside it, the same points in other books."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from smartedu.library.content import Kind
from smartedu.library.models import Chapter, LinkCheck, Resource

CANDIDATES = 300
"""Lessons with a point in common that are looked at. A point seldom has a hundred; one that has thousands («listening»)
says little, and must not make the page dearer when the catalogue grows."""


@dataclass(frozen=True)
class Place:
    """Where a lesson stands: `number` of `total` in its book, from 1; `path` of headings, outermost first.

    `unit` are the lessons under the same outermost heading in the order of the book, this one among them.
    """

    number: int
    total: int
    path: list[Chapter]
    unit: list[Resource]
    before: Resource | None
    after: Resource | None


def place_of(lesson: Resource) -> Place:
    """The place of a published lesson in its book: two queries, whatever the length of the book."""
    assert lesson.textbook is not None
    rows = lesson.textbook.lessons.filter(version__isnull=False).only(*ON_CONTENTS).order_by("position", "id")
    lessons = list(rows)
    by_key = {chapter.key: chapter for chapter in lesson.textbook.chapters.all()}
    path = _path(by_key, lesson.chapter_key)
    place = next((i for i, one in enumerate(lessons) if one.pk == lesson.pk), None)
    if place is None:  # withdrawn between the two questions
        return Place(1, max(1, len(lessons)), path, [], None, None)
    outermost = path[0].key if path else ""
    return Place(
        number=place + 1,
        total=len(lessons),
        path=path,
        unit=[one for one in lessons if (above := _path(by_key, one.chapter_key)) and above[0].key == outermost],
        before=lessons[place - 1] if place else None,
        after=lessons[place + 1] if place + 1 < len(lessons) else None,
    )


ON_CONTENTS = (
    "code", "kind", "title", "title_en", "chapter_key", "position", "length_seconds", "period_count", "media_id",
    "textbook_id",
)  # fmt: skip
"""What a line of a table of contents needs; a book has some fifty of them."""


def _path(by_key: dict[str, Chapter], key: str) -> list[Chapter]:
    path: list[Chapter] = []
    while key in by_key:
        path.insert(0, by_key[key])
        key = by_key[key].parent_key
    return path


@dataclass(frozen=True)
class Match:
    """A lesson of another book on points of this one; `shared` are those points, in this lesson's order."""

    lesson: Resource
    shared: list[str]


def same_points(lesson: Resource, points: Sequence[str], most: int = 6) -> list[Match]:
    """Lessons of other books of the stage and subject on the same knowledge points, one an edition, nearest first.

    Nearest is what shares most points, then what is for the same grade, then the order of the shelf. Two queries; none
    where the lesson names no point or stands outside the curriculum.
    """
    if not points or lesson.stage_id is None or lesson.subject_id is None:
        return []
    others = (
        Resource.objects.published()
        .of_kind(Kind.LESSON)
        .filter(knowledge__overlap=list(points), stage=lesson.stage_id, subject=lesson.subject_id)
        .exclude(textbook=lesson.textbook_id)
        .values_list("pk", "edition_id", "grades", "knowledge", "sort_key")[:CANDIDATES]
    )
    ranked = sorted(others, key=lambda row: (-len(set(row[3]) & set(points)), row[2] != lesson.grades, row[4], row[0]))
    best: dict[int | None, int] = {}
    for pk, edition, *_ in ranked:
        best.setdefault(edition, pk)
    chosen = list(best.values())[:most]
    found = Resource.objects.for_cards().select_related("textbook").in_bulk(chosen) if chosen else {}
    shared = {row[0]: [point for point in points if point in row[3]] for row in ranked}
    return [Match(found[pk], shared[pk]) for pk in chosen if pk in found]


def beside(resource: Resource, most: int = 4) -> list[Resource]:
    """What follows a resource on the shelf of its column, and where that ends, what the column begins with."""
    row = Resource.objects.listed().for_cards().filter(column=resource.column_id).exclude(pk=resource.pk)
    after = Q(sort_key__gt=resource.sort_key) | Q(sort_key=resource.sort_key, pk__gt=resource.pk)
    following = row.filter(after, sort_key__gte=resource.sort_key)  # the bare bound is where the index is entered
    found = list(following.in_shelf_order()[:most])
    if len(found) < most:
        known = [one.pk for one in found]
        found += list(row.exclude(pk__in=known).in_shelf_order()[: most - len(found)])
    return found


def link_check(resource: Resource) -> LinkCheck | None:
    """What the last look at a resource's outside address found; None where nobody has looked yet."""
    return LinkCheck.objects.filter(resource=resource.pk).first()
