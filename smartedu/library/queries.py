"""What pages read. Every list is one query, however long; the page's language is the caller's affair."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, Q

from smartedu.base.errors import NotFound
from smartedu.library.content import Content, Kind, media_of
from smartedu.library.models import (
    Chapter,
    Column,
    MediaFile,
    Plate,
    Resource,
    ResourceQuerySet,
    ResourceVersion,
)

CARDS_A_PAGE = 24
LAST_PAGE = 400  # 9,600 cards: further down nobody reads, and a robot that tries gets the last page


@dataclass(frozen=True)
class Page:
    """A stretch of a list: `number` from 1, `count` pages of `total` resources."""

    items: list[Resource]
    number: int
    count: int
    total: int


@cache
def all_plates() -> tuple[Plate, ...]:
    """The plates with their columns. They change only when the product is set up, so a process reads them once."""
    return tuple(Plate.objects.prefetch_related("columns"))


def plate(code: str) -> Plate:
    """Raises NotFound."""
    for found in all_plates():
        if found.code == code:
            return found
    raise NotFound(code)


def column(plate_code: str, code: str) -> Column:
    """Raises NotFound where the plate has no such column."""
    for found in plate(plate_code).columns.all():
        if found.code == code:
            return found
    raise NotFound(code)


def counts_by_column() -> dict[str, int]:
    """What stands in each column, by its code, counted as `in_column` lists it; columns without any are absent."""
    rows = Resource.objects.published().exclude(kind=Kind.TEXTBOOK).order_by()
    return dict(rows.values_list("column__code").annotate(n=Count("id")))


def page_of(resources: ResourceQuerySet, number: int) -> Page:
    """One page of cards. A number out of range gives the nearest page there is."""
    total = resources.order_by().count()
    count = max(1, min(LAST_PAGE, -(-total // CARDS_A_PAGE)))
    number = min(max(number, 1), count)
    start = (number - 1) * CARDS_A_PAGE
    return Page(list(resources[start : start + CARDS_A_PAGE]), number, count, total)


def in_column(column: Column) -> ResourceQuerySet:
    """What stands in a column, in shelf order; textbooks are the shelf itself and not counted as resources."""
    return _cards().filter(column=column).exclude(kind=Kind.TEXTBOOK)


def in_plate(plate: Plate) -> ResourceQuerySet:
    """What is new in a plate."""
    return (
        Resource.objects.published()
        .for_cards()
        .filter(column__in=[c.pk for c in plate.columns.all()])
        .exclude(kind=Kind.TEXTBOOK)
        .newest_first()
    )


def lessons_with_films() -> ResourceQuerySet:
    """Lessons whose video was made for themselves, in shelf order."""
    return _cards().of_kind(Kind.LESSON).filter(media__isnull=False)


@dataclass(frozen=True)
class Reading:
    """A resource with one version of it, ready to be shown: `current` tells whether that is the newest."""

    resource: Resource
    version: ResourceVersion
    content: Content
    current: bool
    media: dict[str, MediaFile]


def reading(code: str, kinds: Sequence[Kind], number: int | None = None) -> Reading:
    """The current version of a resource, or the numbered one; old versions stay readable by number.

    Raises NotFound where there is no such resource of these kinds, or no such version; Withdrawn where the resource
    or that version was withdrawn: what was taken away for a reason is not read through a side door.
    """
    resource = (
        Resource.objects.of_kind(*kinds)
        .filter(code=code)
        .select_related("column__plate", "provider", "publisher", "version", "textbook__publisher", "media")
        .first()
    )
    if resource is None:
        raise NotFound(code)
    version = resource.version if number is None else resource.versions.filter(number=number).first()
    if version is None and number is not None:
        raise NotFound(code)
    if resource.version is None or version is None or version.withdrawn_at is not None:
        raise Withdrawn(resource)
    content = version.read()
    codes = set(media_of(content).values())
    media = {m.code: m for m in MediaFile.objects.filter(code__in=codes)} if codes else {}
    return Reading(resource, version, content, version.pk == resource.version_id, media)


class Withdrawn(NotFound):
    """The resource was published once and is withdrawn; its page says what it was."""

    def __init__(self, resource: Resource) -> None:
        super().__init__(resource.code)
        self.resource = resource


def chapters_of(textbook: Resource) -> list[Chapter]:
    """The headings of a textbook in reading order."""
    return list(textbook.chapters.order_by("position"))


def lessons_of(textbook: Resource) -> list[Resource]:
    """The published lessons of a textbook in the order of the book."""
    return list(textbook.lessons.filter(version__isnull=False).select_related("media").order_by("position", "id"))


def neighbours(lesson: Resource) -> tuple[Resource | None, Resource | None]:
    """The lessons before and after in the same book, in the order of `lessons_of`; ready for cards."""
    row = Resource.objects.published().for_cards().filter(textbook=lesson.textbook_id)
    same = Q(position=lesson.position)
    earlier = Q(position__lt=lesson.position) | (same & Q(pk__lt=lesson.pk))
    later = Q(position__gt=lesson.position) | (same & Q(pk__gt=lesson.pk))
    before = row.filter(earlier).order_by("-position", "-id").first()
    after = row.filter(later).order_by("position", "id").first()
    return before, after


def siblings(book: Resource) -> list[Resource]:
    """Books of the same series: the other volumes, and the old or new edition of this one."""
    if book.stage_id is None or book.subject_id is None or book.edition_id is None:
        return []
    same = (
        Resource.objects.published()
        .for_cards()
        .select_related("publisher")
        .filter(
            kind=book.kind,
            stage=book.stage_id,
            system=book.system,
            subject=book.subject_id,
            edition=book.edition_id,
            grades=book.grades,
        )
    )
    return list(same.exclude(pk=book.pk).in_shelf_order()[:12])


def counterpart(book: Resource) -> Resource | None:
    """The e-textbook that stands where a textbook stands, or the other way round; the one with lessons first."""
    if book.stage_id is None or book.subject_id is None or book.edition_id is None:
        return None
    placement = ("stage_id", "system", "subject_id", "edition_id", "volume_id", "revision_id", "strand_id", "grades")
    kind = Kind.E_TEXTBOOK if book.kind == Kind.TEXTBOOK else Kind.TEXTBOOK
    same = Resource.objects.published().for_cards().select_related("publisher").of_kind(kind)
    placed = same.filter(**{level: getattr(book, level) for level in placement})
    return placed.order_by("-lesson_count", "id").first()


def totals() -> dict[str, int]:
    """Published resources by kind."""
    return dict(Resource.objects.published().order_by().values_list("kind").annotate(n=Count("id")))


def _cards() -> ResourceQuerySet:
    return Resource.objects.published().for_cards().in_shelf_order()


def chapter_path(textbook: Resource, key: str) -> list[Chapter]:
    """The heading of that key with the headings above it, outermost first."""
    by_key = {chapter.key: chapter for chapter in textbook.chapters.all()}
    path: list[Chapter] = []
    while key in by_key:
        path.insert(0, by_key[key])
        key = by_key[key].parent_key
    return path


def textbooks_from_elsewhere(source: str) -> dict[str, Resource]:
    """Published textbooks by title that came from any other source than this one."""
    books = Resource.objects.published().of_kind(Kind.TEXTBOOK).exclude(source=source)
    return {book.title: book for book in books}
