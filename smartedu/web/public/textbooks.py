"""The textbook browser and a textbook."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from smartedu.library import browsing, keys, queries, shelfmarks
from smartedu.library.content import Kind
from smartedu.library.models import Chapter, Resource
from smartedu.rules.taxonomy import FIVE_FOUR, View
from smartedu.web import cards
from smartedu.web.machines.linked import linked
from smartedu.web.pages import page_number, pages
from smartedu.web.remembering import bears, passing, remembered

BROWSED_BY = ("stage", "grade", "strand", "subject", "edition", "volume", "revision")
FOLDED_FROM = 30
"""From so many lessons on the table of contents shows its chapters folded, all but the first: on a phone it would be
five screens long."""


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


@remembered("order", "page", *BROWSED_BY)
@require_safe
def textbooks(request: HttpRequest) -> HttpResponse:
    """The textbook browser: one level after the other, the books that fit below."""
    order = View.E_TEXTBOOKS if request.GET.get("order") == View.E_TEXTBOOKS else View.LESSONS
    asked = {d: request.GET[d] for d in BROWSED_BY if d in request.GET}
    found = browsing.browse(order, asked)
    wanted = page_number(request)
    page = queries.page_of(found.books, wanted, found.total)
    bears(request, keys.TEXTBOOKS, keys.of_cards(page.items))
    chosen = {level.dimension for level in found.levels if level.chosen}
    if chosen != asked.keys() or page.number != wanted or request.GET.get("order", order) != order:
        passing(request)
    levels = _levels(request, order, found.levels)
    context = {
        "order": order.value,
        "levels": levels,
        "trail_steps": _trail(request, order, levels),
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
                _address(request.path, [*above, (level.dimension, choice.code)]),
                choice.count,
                choice == level.chosen,
            )
            for choice in level.choices
        ]
        chosen = next((c for c in choices if c.current), None)
        clear = _address(request.path, above)
        views.append(LevelView(names[level.dimension], level.dimension, choices, chosen, clear))
        if level.chosen:
            above = [*above, (level.dimension, level.chosen.code)]
    return views


def _trail(request: HttpRequest, order: View, levels: list[LevelView]) -> list[tuple[str, str | None]]:
    """Where the reader stands: the browser, then every level chosen, the last without an address."""
    books = [("order", order.value)] if order == View.E_TEXTBOOKS else []
    first = (_("E-textbooks") if books else _("Textbooks"), _address(request.path, books))
    steps = [first, *((level.chosen.name, level.chosen.url) for level in levels if level.chosen)]
    return [*steps[:-1], (steps[-1][0], None)]


def _address(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(sorted(pairs))}" if pairs else path


@dataclass
class LessonLine:
    title: str
    url: str
    seconds: int
    periods: int
    has_film: bool


@dataclass
class ChapterView:
    """A heading with what stands under it; `count` are all lessons below it."""

    key: str
    title: str
    depth: int
    children: list["ChapterView"] = field(default_factory=list)
    lessons: list[LessonLine] = field(default_factory=list)

    @property
    def count(self) -> int:
        """The lessons under this heading and those below it."""
        return len(self.lessons) + sum(child.count for child in self.children)


@remembered()
@require_safe
def textbook(request: HttpRequest, code: str) -> HttpResponse:
    """A textbook: cover, edition, its table of contents with the lessons."""
    reading = queries.reading(code, [Kind.TEXTBOOK])
    resource = reading.resource
    siblings = queries.siblings(resource)
    other = next((b for b in siblings if b.volume_id == resource.volume_id and b.revision_id), None)
    counterpart = queries.counterpart(resource)
    lessons = queries.lessons_of(resource)
    bears(request, keys.TEXTBOOKS, keys.of_cards([resource, *siblings, *([counterpart] if counterpart else [])]))
    context = {
        "linked": linked(reading),
        "book": cards.book(resource),
        "trail_steps": _trail_of(resource),
        "chapters": _tree(queries.chapters_of(resource), lessons),
        "lesson_count": len(lessons),
        "folded": len(lessons) >= FOLDED_FROM,
        "other_revision": cards.book(other) if other and resource.revision_id else None,
        "counterpart": cards.book(counterpart) if counterpart else None,
        "siblings": [cards.book(b) for b in siblings if b.volume_id != resource.volume_id],
    }
    return render(request, "public/textbook.html", context)


def _trail_of(book: Resource) -> list[tuple[str, str | None]]:
    """Where a book stands in the browser: its stage, grade and subject, each a way back to the shelf."""
    steps: list[tuple[str, str | None]] = [(_("Textbooks"), reverse("textbooks"))]
    stage = shelfmarks.tag_or_none(book.stage_id)
    if stage is not None:
        five_four = book.system == FIVE_FOUR
        picked = [("stage", f"{stage.code}-{FIVE_FOUR}" if five_four else stage.code)]
        steps.append((cards.choice_name(browsing.Choice(stage, 0, five_four)), _address(reverse("textbooks"), picked)))
        if len(book.grades) == 1:
            picked.append(("grade", book.grades[0]))
            steps.append((cards.grade_name(book), _address(reverse("textbooks"), picked)))
        subject = shelfmarks.tag_or_none(book.subject_id)
        if subject is not None and (len(book.grades) == 1 or stage.code == "senior"):
            picked.append(("subject", subject.code))
            steps.append((cards.name_of(subject), _address(reverse("textbooks"), picked)))
    itself = " ".join(filter(None, (cards.named(book.edition_id), cards.named(book.volume_id))))
    return [*steps, (itself or cards.title_of(book), None)]


def _tree(chapters: list[Chapter], lessons: list[Resource]) -> list[ChapterView]:
    language = cards.page_language()
    views = {chapter.key: ChapterView(chapter.key, chapter.title, chapter.depth) for chapter in chapters}
    for lesson in lessons:
        views[lesson.chapter_key].lessons.append(
            LessonLine(
                cards.title_of(lesson, language),
                cards.url_of(lesson, language),
                lesson.length_seconds,
                lesson.period_count,
                lesson.media_id is not None,
            )
        )
    for chapter in chapters:
        if chapter.parent_key:
            views[chapter.parent_key].children.append(views[chapter.key])
    return [views[chapter.key] for chapter in chapters if not chapter.parent_key]
