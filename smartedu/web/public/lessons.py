"""A lesson package: its film, its sheets, its place in the book, and what lies near it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from smartedu.library import around, keys, queries
from smartedu.library.content import Kind, LessonPackage, PartKind, Period
from smartedu.library.models import MediaFile, MediaState, Resource
from smartedu.library.search.meaning import similar
from smartedu.web import cards
from smartedu.web.machines.linked import linked
from smartedu.web.public import parts
from smartedu.web.public.facts import Facts, facts_of
from smartedu.web.remembering import bears, remembered


@dataclass(frozen=True)
class LessonFacts(Facts):
    book: cards.BookView
    periods: tuple[Period, ...]
    objectives: tuple[str, ...]
    knowledge: tuple[str, ...]


@dataclass(frozen=True)
class LessonLine:
    """A line of the unit's list."""

    title: str
    url: str
    seconds: int
    has_film: bool
    current: bool


@dataclass(frozen=True)
class PlaceView:
    """`number` of `total` lessons of the book; `path` of headings, outermost first; the lessons of the outermost."""

    number: int
    total: int
    path: list[str]
    unit: list[LessonLine]


@dataclass(frozen=True)
class ZipView:
    """The whole lesson as one file; `size_text` of what is ready, `whole` whether that is all of it."""

    url: str
    save_as: str
    size_text: str
    files: int
    whole: bool


@dataclass(frozen=True)
class MatchView:
    """A lesson of another book; `place` is edition, grade and volume, `shared` the points both are about."""

    card: cards.Card
    place: str
    shared: list[str]
    book_seed: str


@remembered()
@require_safe
def lesson(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """A lesson, current or by number: one page for watching, for preparing and for taking home.

    Lessons of other books that come to share a point later appear here when something of this page changes.
    """
    reading = queries.reading(code, [Kind.LESSON], number)
    resource, body, media = reading.resource, reading.content.body, reading.media
    assert isinstance(body, LessonPackage)
    assert resource.textbook is not None
    place = around.place_of(resource)
    matches = around.same_points(resource, body.knowledge)
    bears(request, keys.resource(code), keys.resource(resource.textbook.code), keys.of_media(media.values()))
    alike = similar(code, without=[match.lesson.code for match in matches]) if reading.current else []
    bears(request, keys.of_cards(match.lesson for match in matches), keys.of_cards(alike))
    film = next((part for part in body.parts if part.kind == PartKind.VIDEO), None)
    facts = facts_of(reading)
    context = {
        "lesson": LessonFacts(
            **vars(facts),
            book=cards.book(resource.textbook),
            periods=body.periods,
            objectives=body.objectives,
            knowledge=body.knowledge,
        ),
        "tile": cards.card(resource),
        "place": _place(place, resource),
        "video": parts.video_view(film.key, film.media, film.captions, media) if film else None,
        "parts": [
            parts.lesson_part(part, media, lesson=facts.title, code=code, current=reading.current)
            for part in body.parts
            if part is not film
        ],
        "zip": _zip(reading, facts.title) if reading.current else None,
        "transcript": parts.transcripts(film.captions, media) if film else {},
        "previous": _line(place.before) if place.before else None,
        "next": _line(place.after) if place.after else None,
        "matches": [_match(match) for match in matches],
        "similar": [_match(around.Match(one, [])) for one in alike],
        "linked": linked(reading),
        "old_version_of": None if reading.current else reverse("lesson", kwargs={"code": code}),
    }
    return render(request, "public/lesson.html", context)


def _place(place: around.Place, here: Resource) -> PlaceView:
    return PlaceView(
        place.number,
        place.total,
        [chapter.title for chapter in place.path],
        [_line(one, current=one.pk == here.pk) for one in place.unit],
    )


def _line(one: Resource, *, current: bool = False) -> LessonLine:
    return LessonLine(cards.title_of(one), cards.url_of(one), one.length_seconds, one.media_id is not None, current)


def _zip(reading: queries.Reading, title: str) -> ZipView | None:
    """The zip that the front makes of all that is ready; None where nothing is."""
    files: list[MediaFile] = list(reading.media.values())
    ready = [file for file in files if file.state == MediaState.READY]
    if not ready:
        return None
    return ZipView(
        url=f"/packages/{reading.resource.code}.zip",
        save_as=parts.plain_name(title) + ".zip",
        size_text=parts.size_text(sum(file.bytes for file in ready)),
        files=len(ready),
        whole=len(ready) == len(files),
    )


def _match(match: around.Match) -> MatchView:
    one, language = match.lesson, cards.page_language()
    edition, volume = cards.named(one.edition_id, language), cards.named(one.volume_id, language)
    place = " · ".join(filter(None, (edition, cards.grade_name(one, language), volume)))
    assert one.textbook is not None
    return MatchView(cards.card(one), place, match.shared, one.textbook.code)
