"""Withdrawing what an earlier release published and this one does not, before this one publishes anything."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from smartedu.demo.books import books
from smartedu.demo.catalogue import written_id
from smartedu.demo.columns.publishing import column_ids
from smartedu.demo.country import plan, shelf
from smartedu.demo.ebooks import ebook_id, media_code
from smartedu.demo.handing import DEMO, OUTDATED
from smartedu.demo.lessons import lesson_id
from smartedu.demo.shelves import shelf_ids
from smartedu.demo.titles import TITLES, title_publications
from smartedu.library.actions import Publication, withdraw_many
from smartedu.library.actions.publishing import public_code
from smartedu.library.content import Kind, Textbook, chapters_with_depth
from smartedu.library.models import Resource


def retire(*, at: datetime) -> int:
    """Withdraw what is ours and no longer planned, and the lessons of chapters that go. Returns how many that are.

    Keys of chapters are positions: a heading more or less in a vocabulary moves all that follow, and a book may not
    lose a chapter that has lessons. Those that are still planned come back when their slice is published. A book under
    which others have put lessons stays.
    """
    ours = Resource.objects.published().filter(source__in=(DEMO, TITLES))
    if not ours.exists():
        return 0
    titles = title_publications()
    going = _going_things() | _going_lessons(titles)
    books_gone = ours.filter(source=TITLES).exclude(source_id__in=[p.source_id for p in titles if p.source == TITLES])
    kept = Resource.objects.published().filter(textbook__in=books_gone).exclude(code__in=going)
    going |= set(books_gone.exclude(pk__in=kept.values("textbook")).values_list("code", flat=True))
    if going:
        withdraw_many(sorted(going), by=None, at=at, reason=OUTDATED)
    return len(going)


def planned_ids() -> set[str]:
    """The name of everything but textbooks that this release publishes, at the source `DEMO`."""
    written = {written_id(book, position) for book in books() for position in range(1, len(book.lessons) + 1)}
    planned = {lesson_id(book, lesson) for book in plan().planned for lesson in book.lessons}
    ebooks = {media_code(book) for book in books()} | {ebook_id(book) for book in shelf()}
    return written | planned | ebooks | shelf_ids() | column_ids()


def _going_things() -> set[str]:
    there = Resource.objects.published().filter(source=DEMO).values_list("source_id", "code")
    planned = planned_ids()
    return {code for name, code in there if name not in planned}


def _going_lessons(titles: Sequence[Publication]) -> set[str]:
    chapters = _chapters_by_book(titles)
    lessons = Resource.objects.published().of_kind(Kind.LESSON).filter(source=DEMO)
    return {
        code
        for code, book, chapter in lessons.values_list("code", "textbook__code", "chapter_key")
        if chapter not in chapters.get(book, ())
    }


def _chapters_by_book(titles: Sequence[Publication]) -> Mapping[str, set[str]]:
    """The keys of the chapters that every planned book will have, by the code of the book."""
    codes = {(r.source, r.source_id): r.code for r in Resource.objects.of_kind(Kind.TEXTBOOK)}
    return {
        codes.get((p.source, p.source_id), public_code(p.source, p.source_id)): {
            node.key for node, _, _ in chapters_with_depth(p.content.body.chapters)
        }
        for p in titles
        if isinstance(p.content.body, Textbook)
    }
