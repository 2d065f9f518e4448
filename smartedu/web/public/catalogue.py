"""Plates, columns, the textbook browser and a textbook."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from smartedu.library import browsing, queries
from smartedu.library.content import Kind
from smartedu.library.models import Chapter, Resource
from smartedu.rules.taxonomy import View
from smartedu.web import cards
from smartedu.web.pages import page_number, pages

BROWSED_BY = ("stage", "grade", "strand", "subject", "edition", "volume", "revision")


@dataclass(frozen=True)
class ColumnCount:
    code: str
    name: str
    icon: str
    url: str
    count: int


@require_safe
def plate(request: HttpRequest, plate_code: str) -> HttpResponse:
    """A plate: its columns with counts, and what is new in it."""
    found = queries.plate(plate_code)
    view = _view(plate_code)
    counts = queries.counts_by_column()
    page = queries.page_of(queries.in_plate(found), page_number(request))
    context = {
        "plate": view,
        "columns": [ColumnCount(c.code, c.name, c.icon, c.url, counts.get(c.code, 0)) for c in view.columns],
        "cards": [cards.card(r) for r in page.items],
        "pages": pages(request, page.number, page.count, page.total),
    }
    return render(request, "public/plate.html", context)


@require_safe
def column(request: HttpRequest, plate_code: str, column_code: str) -> HttpResponse:
    """A column: everything in it in shelf order."""
    found = queries.column(plate_code, column_code)
    view = _view(plate_code)
    page = queries.page_of(queries.in_column(found), page_number(request))
    context = {
        "plate": view,
        "column": next(c for c in view.columns if c.code == column_code),
        "cards": [cards.card(r) for r in page.items],
        "pages": pages(request, page.number, page.count, page.total),
    }
    return render(request, "public/column.html", context)


def _view(plate_code: str) -> cards.PlateView:
    return next(v for v in cards.plates_in(cards.page_language()) if v.code == plate_code)


@dataclass(frozen=True)
class ChoiceLink:
    name: str
    url: str
    count: int
    current: bool
    hint: str = ""


@dataclass(frozen=True)
class LevelView:
    name: str
    dimension: str
    choices: list[ChoiceLink]
    chosen: ChoiceLink | None
    clear_url: str


@require_safe
def textbooks(request: HttpRequest) -> HttpResponse:
    """The textbook browser: one level after the other, the books that fit below."""
    order = View.E_TEXTBOOKS if request.GET.get("order") == View.E_TEXTBOOKS.value else View.LESSONS
    picked = {d: request.GET[d] for d in BROWSED_BY if d in request.GET}
    levels, books = browsing.browse(order, picked)
    page = queries.page_of(books, page_number(request))
    context = {
        "order": order.value,
        "levels": _levels(request, order, levels),
        "books": [cards.book(r) for r in page.items],
        "pages": pages(request, page.number, page.count, page.total),
    }
    return render(request, "public/textbooks.html", context)


def _levels(request: HttpRequest, order: View, levels: list[browsing.Level]) -> list[LevelView]:
    """Each choice links to itself with the levels above it kept and those below it dropped."""
    names = {
        "stage": _("Stage"),
        "grade": _("Grade"),
        "strand": _("Strand"),
        "subject": _("Subject"),
        "edition": _("Edition"),
        "volume": _("Volume"),
        "revision": _("New or old"),
    }
    views = []
    above = [("order", order.value)] if order == View.E_TEXTBOOKS else []
    for level in levels:
        choices = [
            ChoiceLink(
                cards.choice_name(choice),
                _address(request, [*above, (level.dimension, choice.code)]),
                choice.count,
                choice == level.chosen,
            )
            for choice in level.choices
        ]
        chosen = next((c for c in choices if c.current), None)
        views.append(LevelView(names[level.dimension], level.dimension, choices, chosen, _address(request, above)))
        if level.chosen:
            above = [*above, (level.dimension, level.chosen.code)]
    return views


def _address(request: HttpRequest, pairs: list[tuple[str, str]]) -> str:
    return f"{request.path}?{urlencode(pairs)}" if pairs else request.path


@dataclass
class LessonLine:
    title: str
    url: str
    seconds: int
    periods: int
    has_film: bool


@dataclass
class ChapterView:
    """A heading with what stands under it."""

    title: str
    depth: int
    children: list["ChapterView"] = field(default_factory=list)
    lessons: list[LessonLine] = field(default_factory=list)


@require_safe
def textbook(request: HttpRequest, code: str) -> HttpResponse:
    """A textbook: cover, edition, its table of contents with the lessons."""
    reading = queries.reading(code, [Kind.TEXTBOOK])
    resource = reading.resource
    siblings = queries.siblings(resource)
    other = next((b for b in siblings if b.volume_id == resource.volume_id and b.revision_id), None)
    context = {
        "book": cards.book(resource),
        "chapters": _tree(queries.chapters_of(resource), queries.lessons_of(resource)),
        "other_revision": cards.book(other) if other and resource.revision_id else None,
        "counterpart": cards.counterpart(resource),
        "siblings": [cards.book(b) for b in siblings if b.volume_id != resource.volume_id],
    }
    return render(request, "public/textbook.html", context)


def _tree(chapters: list[Chapter], lessons: list[Resource]) -> list[ChapterView]:
    views = {chapter.key: ChapterView(chapter.title, chapter.depth) for chapter in chapters}
    for lesson in lessons:
        views[lesson.chapter_key].lessons.append(
            LessonLine(
                cards.title_of(lesson),
                cards.url_of(lesson),
                lesson.length_seconds,
                lesson.period_count,
                lesson.media is not None,
            )
        )
    for chapter in chapters:
        if chapter.parent_key:
            views[chapter.parent_key].children.append(views[chapter.key])
    return [views[chapter.key] for chapter in chapters if not chapter.parent_key]
