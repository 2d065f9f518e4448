"""What pages read. Every list is one query, however long; the page's language is the caller's affair."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.db.models import OuterRef, Subquery, Sum

from smartedu.base.errors import NotFound
from smartedu.library import shelves
from smartedu.library.content import Content, Kind, media_of
from smartedu.library.models import (
    Chapter,
    Column,
    MediaFile,
    Plate,
    Provider,
    Resource,
    ResourceQuerySet,
    ResourceVersion,
    Shelf,
)
from smartedu.library.shelves import Facets

CARDS_A_PAGE = 24
LAST_PAGE = 400  # 9,600 cards: further down nobody reads, and a robot that tries gets the last page


@dataclass(frozen=True)
class Page:
    """A stretch of a list: `number` from 1, `count` pages of `total` resources."""

    items: list[Resource]
    number: int
    count: int
    total: int


def all_plates() -> tuple[Plate, ...]:
    """The plates with their columns. They change only when the product is set up, so a process reads them once.

    None at all are not remembered: then the product is served already and set up just now.
    """
    plates = _plates()
    if not plates:
        _plates.cache_clear()
    return plates


@cache
def _plates() -> tuple[Plate, ...]:
    return tuple(Plate.objects.prefetch_related("columns"))


def forget_plates() -> None:
    """Read the plates again; for tests, whose tables change under the process."""
    _plates.cache_clear()


def plate(code: str) -> Plate:
    """Raises NotFound."""
    for found in all_plates():
        if found.code == code:
            return found
    raise NotFound(code)


def column_by_code(code: str) -> Column:
    """Raises NotFound."""
    for found in all_plates():
        for inside in found.columns.all():
            if inside.code == code:
                return inside
    raise NotFound(code)


def provider(code: str) -> Provider:
    """Raises NotFound."""
    found = Provider.objects.filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def column(plate_code: str, code: str) -> Column:
    """Raises NotFound where the plate has no such column."""
    for found in plate(plate_code).columns.all():
        if found.code == code:
            return found
    raise NotFound(code)


def counts_by_column(provider: Provider | None = None) -> dict[str, int]:
    """What stands in each column (of one provider), by its code, counted as `listing` lists it; no entry for none."""
    rows = Shelf.objects.filter(count__gt=0).exclude(kind=Kind.TEXTBOOK)
    if provider is not None:
        rows = rows.filter(provider=provider)
    return dict(rows.values_list("column__code").annotate(n=Sum("count")))


class Order(StrEnum):
    """How a list is sorted: by the curriculum and then the title's sound, or the newest first."""

    SHELF = "shelf"
    NEWEST = "newest"


def listing(facets: Facets, order: Order = Order.SHELF) -> ResourceQuerySet:
    """The cards of a list: what was published under these facets, bare textbooks left out; stable for paging.

    A plate, a column or a provider alone is read along its index. Where more is chosen, the shelves that fit are named
    too, and the planner takes whichever way is shorter.
    """
    resources = Resource.objects.listed().for_cards()
    if facets.plate:
        resources = resources.filter(plate=plate(facets.plate))
    if facets.column:
        resources = resources.filter(column=column_by_code(facets.column))
    if facets.provider:
        resources = resources.filter(provider=provider(facets.provider))
    if set(facets.chosen()) - {"plate", "column"} and facets.chosen().keys() != {"provider"}:
        resources = resources.filter(shelf__in=shelves.matching(facets, textbooks=False))
    return resources.newest_first() if order == Order.NEWEST else resources.in_shelf_order()


def page_of(resources: ResourceQuerySet, number: int, total: int | None = None) -> Page:
    """One page of cards. A number out of range gives the nearest page there is.

    `total` is how many there are where the caller knows it (`shelves.facet_counts`); else they are counted.
    """
    if total is None:
        total = resources.order_by().count()
    count = max(1, min(LAST_PAGE, -(-total // CARDS_A_PAGE)))
    number = min(max(number, 1), count)
    start = (number - 1) * CARDS_A_PAGE
    return Page(list(resources[start : start + CARDS_A_PAGE]), number, count, total)


def in_plate(plate: Plate) -> ResourceQuerySet:
    """What is new in a plate."""
    return listing(Facets(plate=plate.code), Order.NEWEST)


def hits(codes: Sequence[str]) -> list[Resource]:
    """The published resources of these codes in their order, ready for cards, with their books. One query."""
    if not codes:
        return []
    rows = Resource.objects.published().for_cards().select_related("textbook").filter(code__in=codes)
    by_code = {resource.code: resource for resource in rows}
    return [by_code[code] for code in codes if code in by_code]


def lessons_with_films(most: int) -> list[Resource]:
    """The lessons of the newest films, ready for cards; of several lessons that show one film, its first."""
    lessons = Resource.objects.published().of_kind(Kind.LESSON)
    first = lessons.filter(media=OuterRef("pk")).order_by("id").values("pk")[:1]
    films = MediaFile.objects.exclude(poster_path="").order_by("-changed_at").annotate(lesson=Subquery(first))
    chosen = [pk for pk in films[: 4 * most].values_list("lesson", flat=True) if pk is not None][:most]
    found = {lesson.pk: lesson for lesson in lessons.for_cards().filter(pk__in=chosen)}
    return [found[pk] for pk in chosen if pk in found]


def notices() -> ResourceQuerySet:
    """Notices, the newest first, with the version that says until when each matters."""
    return Resource.objects.published().of_kind(Kind.NOTICE).select_related("media", "version").newest_first()


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
    return dict(Shelf.objects.filter(count__gt=0).values_list("kind").annotate(n=Sum("count")))


def textbooks_from_elsewhere(source: str) -> dict[str, Resource]:
    """Published textbooks by title that came from any other source than this one."""
    books = Resource.objects.published().of_kind(Kind.TEXTBOOK).exclude(source=source)
    return {book.title: book for book in books}
