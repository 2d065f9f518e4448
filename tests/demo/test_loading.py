"""Loading the country: a sample on PostgreSQL, what its pages may say, and that nothing is done twice."""

from datetime import datetime
from itertools import islice

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from smartedu.base.models import AuditEntry
from smartedu.demo import loading
from smartedu.demo.books import books
from smartedu.demo.catalogue import publish_lessons
from smartedu.demo.columns.planning import ITEMS
from smartedu.demo.contributors import ensure_regional_providers
from smartedu.demo.country import plan, shelf
from smartedu.demo.ebooks import publish_ebooks, shelf_publications
from smartedu.demo.jobs import order_filling
from smartedu.demo.lessons import lesson_publications
from smartedu.demo.shelves import shelves
from smartedu.demo.titles import publish_titles
from smartedu.library import reference
from smartedu.library.actions import publish_many
from smartedu.library.content import Kind, LessonPackage
from smartedu.library.models import MediaFile, Resource
from smartedu.library.queries import reading
from tests.library.makers import Maker


def test_the_small_country_and_a_sample_of_the_rest(make: Maker, at: datetime) -> None:
    publish_titles(at=at)
    publish_lessons(at=at)
    publish_ebooks(at=at)
    titles = Resource.objects.filter(kind=Kind.TEXTBOOK)
    # eight hand-written books bear a shorter name than the catalogue's, one has no place in it
    assert titles.count() == len(reference.textbooks()) + 1
    assert titles.filter(lesson_count__gt=0).count() == len(books())

    sample = plan().planned[::80]
    publications = [p for book in sample for p in lesson_publications(book, {})]
    ensure_regional_providers({p.content.provider for p in publications})
    outcomes = publish_many(publications, by=None, at=at)
    assert {o.outcome for o in outcomes} == {"created"}
    for book in sample:
        textbook = titles.get(title=book.fact.title)
        assert textbook.lesson_count == len(book.lessons)
        assert [c.title for c in textbook.chapters.all()] == [c.title for c in book.chapters]
    known = set(MediaFile.objects.values_list("code", flat=True))
    for outcome in outcomes:
        body = reading(outcome.resource.code, [Kind.LESSON]).content.body
        assert isinstance(body, LessonPackage)
        # nothing is promised that will never be there, and whatever is lent says whose it is
        assert {part.media for part in body.parts} <= known
        assert all(part.title.startswith("示范") and part.title.count("《") == 1 for part in body.parts)
        has_film = any(part.kind == "video" for part in body.parts)
        assert bool(outcome.resource.length_seconds) is has_film

    outcomes = publish_many(list(islice(shelf_publications(), 40)), by=None, at=at)
    for outcome, on_shelf in zip(outcomes, shelf(), strict=False):
        assert outcome.resource.publisher is not None
        assert outcome.resource.publisher.name_zh == on_shelf.publisher
        assert "自编的示范读本" in outcome.resource.summary
        assert on_shelf.publisher in outcome.resource.summary


def test_a_step_is_done_once_and_again_when_it_is_made_of_other_things(
    make: Maker, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def work() -> int:
        calls.append(1)
        return 7

    assert loading.once("step", work, at=at) == 7
    assert loading.once("step", work, at=at) is None
    assert AuditEntry.objects.get(action=loading.LOADED, subject="step").count == 7
    monkeypatch.setattr(loading, "made_of", lambda: "other")
    assert loading.once("step", work, at=at) == 7
    assert len(calls) == 2


def test_the_rest_is_ordered_once_and_not_when_it_is_there(make: Maker, at: datetime) -> None:
    orders = ProcrastinateJob.objects.filter(task_name="smartedu.demo.jobs.fill_the_country")
    assert order_filling()
    assert order_filling()
    assert orders.count() == 1
    loading.once(loading.WHOLE, lambda: 1, at=at)
    assert not order_filling()


def test_loading_that_was_broken_off_is_taken_up_where_it_stopped(
    make: Maker, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_titles(at=at)
    publish_lessons(at=at)
    publications = [p for book in plan().planned[:3] for p in lesson_publications(book, {})]
    source = (lambda: len(publications), lambda: iter(publications))
    monkeypatch.setattr(loading, "SOURCES", (source,))
    monkeypatch.setattr(loading, "SLICE", 50)

    class StoppedError(Exception):
        pass

    lines: list[str] = []

    def stop_at_the_second(line: str) -> None:
        lines.append(line)
        if len(lines) == 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        loading.fill(at=at, report=stop_at_the_second)
    there = Resource.objects.filter(kind=Kind.LESSON, source_id__contains="/")
    assert there.count() == 50
    everything = len(publications) + ITEMS - sum(len(on.items) for on in shelves())
    lines.clear()
    assert loading.fill(at=at, report=lines.append) == everything
    assert there.count() == len(publications)
    written = sum(len(book.lessons) for book in books())
    assert Resource.objects.listed().count() == len(publications) + ITEMS + written
    assert len(lines) == -(-len(publications) // 50) - 1
    assert loading.is_whole()
    lines.clear()
    loading.fill(at=at, report=lines.append)
    assert lines == []
