"""What pages read. Every list is one query, however long; the page's language is the caller's affair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, F, Func

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
    Tag,
)
from smartedu.rules.taxonomy import FIVE_FOUR, LEVELS, View

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
    """Published resources by column code; columns without any are absent."""
    rows = Resource.objects.published().order_by().values_list("column__code").annotate(n=Count("id"))
    return dict(rows)


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
class Choice:
    """One value of a level of the browser, with how many books it leads to.

    `five_four` marks a stage of the 5+4 system, which stands beside the same stage of the 6+3 system.
    """

    tag: Tag
    count: int
    five_four: bool = False

    @property
    def code(self) -> str:
        """How the choice is written in an address."""
        return f"{self.tag.code}-{FIVE_FOUR}" if self.five_four else self.tag.code


@dataclass(frozen=True)
class Level:
    """A level of the browser in its order: `chosen` is set once a reader has picked one of `choices`."""

    dimension: str
    choices: list[Choice]
    chosen: Choice | None


def browse(view: View, picked: Mapping[str, str]) -> tuple[list[Level], ResourceQuerySet]:
    """The levels to choose from and the books that fit what was picked (dimension to code of the choice).

    A level offers what exists among the books left by the levels above it; the first level not picked ends the
    list, so that a reader always sees one question. Unknown codes are ignored.
    """
    kind = Kind.TEXTBOOK if view == View.LESSONS else Kind.E_TEXTBOOK
    books = Resource.objects.published().of_kind(kind)
    tags = {tag.pk: tag for tag in Tag.objects.all()}
    levels: list[Level] = []
    for dimension in LEVELS[view]:
        choices = _choices(books, dimension, tags)
        if not choices:
            continue
        chosen = next((c for c in choices if c.code == picked.get(dimension)), None)
        levels.append(Level(dimension, choices, chosen))
        if chosen is None:
            break
        books = _narrowed(books, dimension, chosen)
    return levels, books.for_cards().select_related("publisher").in_shelf_order()


def _choices(books: ResourceQuerySet, dimension: str, tags: dict[int, Tag]) -> list[Choice]:
    plain = books.order_by()
    if dimension == "grade":
        by_code = {tag.code: tag for tag in tags.values() if tag.dimension == "grade"}
        unnested = plain.annotate(grade=Func(F("grades"), function="unnest"))
        rows = unnested.values_list("grade").annotate(n=Count("id"))
        choices = [Choice(by_code[code], n) for code, n in rows]
    elif dimension == "stage":
        staged = plain.filter(stage__isnull=False).values_list("stage", "system").annotate(n=Count("id"))
        choices = [Choice(tags[pk], n, system == FIVE_FOUR) for pk, system, n in staged]
    else:
        placed = plain.filter(**{f"{dimension}__isnull": False})
        counted = placed.values_list(dimension).annotate(n=Count("id"))
        choices = [Choice(tags[pk], n) for pk, n in counted]
    return sorted(choices, key=lambda c: (c.five_four, c.tag.position, c.tag.code))


def _narrowed(books: ResourceQuerySet, dimension: str, choice: Choice) -> ResourceQuerySet:
    if dimension == "grade":
        return books.filter(grades__contains=[choice.tag.code])
    if dimension == "stage":
        same = books.filter(stage=choice.tag)
        return same.filter(system=FIVE_FOUR) if choice.five_four else same.exclude(system=FIVE_FOUR)
    return books.filter(**{dimension: choice.tag})


@dataclass(frozen=True)
class Reading:
    """A resource with one version of it, ready to be shown: `current` tells whether that is the newest."""

    resource: Resource
    version: ResourceVersion
    content: Content
    current: bool
    media: dict[str, MediaFile]


def reading(code: str, kinds: Sequence[Kind], number: int | None = None) -> Reading:
    """The current version of a resource, or the numbered one; old and withdrawn versions stay readable by number.

    Raises NotFound where there is no such resource of these kinds, or no such version.
    """
    resource = (
        Resource.objects.of_kind(*kinds)
        .filter(code=code)
        .select_related(
            "column__plate", "provider", "publisher", "stage", "subject", "edition", "volume", "revision",
            "textbook__edition", "textbook__subject", "textbook__stage", "textbook__volume",
            "textbook__revision", "version", "strand",
        )
        .first()
    )  # fmt: skip
    if resource is None:
        raise NotFound(code)
    version = resource.version if number is None else resource.versions.filter(number=number).first()
    if version is None:
        raise Withdrawn(resource) if number is None else NotFound(code)
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
    """The lessons before and after in the same book."""
    row = Resource.objects.published().filter(textbook=lesson.textbook_id)
    before = row.filter(position__lt=lesson.position).order_by("-position").first()
    after = row.filter(position__gt=lesson.position).order_by("position").first()
    return before, after


def siblings(book: Resource) -> list[Resource]:
    """Books of the same series: the other volumes, and the old or new edition of this one."""
    if book.stage_id is None or book.subject_id is None or book.edition_id is None:
        return []
    same = (
        Resource.objects.published()
        .for_cards()
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


def stages_with_grades() -> list[tuple[Choice, list[Choice]]]:
    """Every stage that has textbooks, with the grades they are for."""
    books = Resource.objects.published().of_kind(Kind.TEXTBOOK)
    tags = {tag.pk: tag for tag in Tag.objects.all()}
    return [
        (stage, _choices(_narrowed(books, "stage", stage), "grade", tags)) for stage in _choices(books, "stage", tags)
    ]


def textbooks_from_elsewhere(source: str) -> dict[str, Resource]:
    """Published textbooks by title that came from any other source than this one."""
    books = Resource.objects.published().of_kind(Kind.TEXTBOOK).exclude(source=source)
    return {book.title: book for book in books}
