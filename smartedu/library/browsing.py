"""The textbook browser: what each level of the curriculum offers, one question after the other."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Func, QuerySet, Sum

from smartedu.library import shelfmarks
from smartedu.library.content import Kind
from smartedu.library.models import Resource, ResourceQuerySet, Shelf, Tag, TaxonomyNode
from smartedu.rules.taxonomy import FIVE_FOUR, LEVELS, View, node_path

Shelves = QuerySet[Shelf]
OTHERS = "others"
FIVE_FOUR_MARK = "（五•四学制）"  # how the trees name a stage of that system


@dataclass(frozen=True)
class Choice:
    """One value of a level, with how many books it leads to; without a tag, the books that have none at this level.

    `five_four` marks a stage of the 5+4 system, which stands beside the same stage of the 6+3 system.
    """

    tag: Tag | None
    count: int
    five_four: bool = False

    @property
    def code(self) -> str:
        """How the choice is written in an address."""
        if self.tag is None:
            return OTHERS
        return f"{self.tag.code}-{FIVE_FOUR}" if self.five_four else self.tag.code

    @property
    def node_name(self) -> str:
        """How the browse trees name it."""
        return "" if self.tag is None else self.tag.name_zh + (FIVE_FOUR_MARK if self.five_four else "")


@dataclass(frozen=True)
class Level:
    """A level of the browser in its order: `chosen` is set once a reader has picked one of `choices`."""

    dimension: str
    choices: list[Choice]
    chosen: Choice | None


@dataclass(frozen=True)
class Found:
    """What the browser found: the levels to choose from, and the books that fit, `total` of them."""

    levels: list[Level]
    books: ResourceQuerySet
    total: int


def browse(view: View, picked: Mapping[str, str]) -> Found:
    """The levels to choose from and the books that fit what was picked (dimension to code of the choice).

    A level offers what exists among the books left by the levels above it, less what the view's tree hides in that
    place. A level that most of these books do not have is passed over (senior books have no grade); one that a few
    lack offers them as «others». The first level not picked ends the list, so that a reader always sees one
    question. Unknown codes are ignored. Every question is asked of the shelves; books are read by their order alone.
    """
    kind = Kind.TEXTBOOK if view == View.LESSONS else Kind.E_TEXTBOOK
    shelves = Shelf.objects.filter(kind=kind, count__gt=0)
    hidden = set(TaxonomyNode.objects.filter(view=view, hidden=True).values_list("path", flat=True))
    levels: list[Level] = []
    path: list[str] = []
    for dimension in LEVELS[view]:
        choices = [c for c in _choices(shelves, dimension) if node_path([*path, c.node_name]) not in hidden]
        if not choices:
            continue
        chosen = next((c for c in choices if c.code == picked.get(dimension)), None)
        levels.append(Level(dimension, choices, chosen))
        if chosen is None:
            break
        path.append(chosen.node_name)
        shelves = _narrowed(shelves, dimension, chosen)
    fitting = dict(shelves.values_list("pk", "count"))
    books = Resource.objects.published().of_kind(kind).for_cards().select_related("publisher").in_shelf_order()
    return Found(levels, books.filter(shelf__in=list(fitting)) if path else books, sum(fitting.values()))


def _choices(shelves: Shelves, dimension: str) -> list[Choice]:
    """The values of a level among the books; none where most of the books have no value there."""
    if dimension == "stage":
        return _in_order(_stages(shelves))
    if dimension == "grade":
        choices = [Choice(shelfmarks.grade(code), n) for code, n in _by_grade(shelves)]
        without = shelves.filter(grades=[]).aggregate(n=Sum("count"))["n"] or 0
    else:
        rows = list(shelves.values_list(dimension).annotate(n=Sum("count")))
        choices = [Choice(shelfmarks.tag(pk), n) for pk, n in rows if pk is not None]
        without = sum(n for pk, n in rows if pk is None)
    if without > sum(choice.count for choice in choices):
        return []
    return _in_order([*choices, *([Choice(None, without)] if without and choices else [])])


def _by_grade(shelves: Shelves) -> Iterable[tuple[str, int]]:
    """Rows of (code of a grade, number of books); a book that spans grades counts in each."""
    unnested = shelves.annotate(grade=Func(F("grades"), function="unnest"))
    return unnested.values_list("grade").annotate(n=Sum("count"))


def _stages(shelves: Shelves) -> list[Choice]:
    """Stages by system; a book without a system stands with those of 6+3."""
    counts: Counter[tuple[int, bool]] = Counter()
    staged = shelves.filter(stage__isnull=False).values_list("stage", "system").annotate(n=Sum("count"))
    for pk, system, n in staged:
        counts[pk, system == FIVE_FOUR] += n
    return [Choice(shelfmarks.tag(pk), n, five_four) for (pk, five_four), n in counts.items()]


def _in_order(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda c: (c.tag is None, c.five_four, c.tag.position if c.tag else 0, c.code))


def _narrowed(shelves: Shelves, dimension: str, choice: Choice) -> Shelves:
    if dimension == "grade":
        return shelves.filter(grades=[]) if choice.tag is None else shelves.filter(grades__contains=[choice.tag.code])
    if dimension == "stage":
        same = shelves.filter(stage=choice.tag)
        return same.filter(system=FIVE_FOUR) if choice.five_four else same.exclude(system=FIVE_FOUR)
    return shelves.filter(**{dimension: choice.tag})
