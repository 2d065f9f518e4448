"""Loading the whole country in slices, each done once: it may be interrupted and taken up again at any time.

What a slice was made of is stamped into the audit trail, in the transaction that publishes it. A second run asks for
the stamps and publishes nothing, unless our own files have changed since.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain, islice

from django.db import transaction

from smartedu.base import audit
from smartedu.base.models import AuditEntry
from smartedu.demo.books import books
from smartedu.demo.columns.planning import ITEMS
from smartedu.demo.columns.publishing import publish_columns
from smartedu.demo.contributors import ensure_regional_providers
from smartedu.demo.country import plan
from smartedu.demo.country.bookshelf import EBOOKS
from smartedu.demo.country.planning import LESSONS
from smartedu.demo.ebooks import shelf_publications
from smartedu.demo.handing import hand_over
from smartedu.demo.lessons import lesson_publications
from smartedu.demo.shelves import shelves
from smartedu.demo.titles import TITLES
from smartedu.library.actions import Publication
from smartedu.library.queries import textbooks_from_elsewhere

Report = Callable[[str], None]
LOADED = "demo.load"
SLICE = 2_500
"""Publications in one transaction: enough to be quick, few enough to be told of every few seconds."""
MADE_OF = (".py", ".txt", ".toml", ".csv")
WHOLE = "whole"
REGIONAL = ("region-", "school-")


def fill(*, at: datetime, report: Report = lambda line: None) -> int:
    """Publish everything beyond the small country. Returns how many resources that is, done now or before.

    The small country must be there: its contributors, its titles with their chapters, its announced films and sheets.
    `report` hears a line a slice, in both languages. Raises what `publish_many` raises.
    """
    columns = ITEMS - sum(len(shelf.items) for shelf in shelves())
    total, done = columns + sum(count() for count, _ in SOURCES), 0
    if is_whole():
        return total
    done += columns
    if not _is_stamped("columns"):
        publish_columns(at=at)  # in slices of its own, which change nothing the second time
        once("columns", lambda: columns, at=at)
        report(_progress(done, total))
    publications = chain.from_iterable(make() for _, make in SOURCES)
    for number, slice_ in enumerate(_slices(publications, SLICE)):
        fresh = once(f"slice:{number}", partial(_publish, slice_, at=at), at=at)
        done += len(slice_)
        if fresh is not None:
            report(_progress(done, total))
    once(WHOLE, lambda: done, at=at)
    return done


def _progress(done: int, total: int) -> str:
    return f"其余资源已装入 {done:,} / {total:,} · further resources loaded"


def is_whole() -> bool:
    """Whether everything is loaded, as it would be made today."""
    return _is_stamped(WHOLE)


def once(step: str, work: Callable[[], int], *, at: datetime) -> int | None:
    """Do the work of a step and stamp it, in one transaction; a step stamped with what it would be made of today is
    left alone. Returns what `work` counted, None where it was left alone."""
    if _is_stamped(step):
        return None
    with transaction.atomic():
        count = work()
        audit.record(LOADED, actor_id=None, at=at, subject=step, count=count, made_of=made_of())
    return count


def _is_stamped(step: str) -> bool:
    entries = AuditEntry.objects.filter(action=LOADED, subject=step).order_by("-id")
    last = entries.values_list("data", flat=True).first()
    return last is not None and last.get("made_of") == made_of()


@cache
def made_of() -> str:
    """SHA-256 (hex) of what the country is made of: our own texts and code, and the reference."""
    total = hashlib.sha256()
    for package in ("smartedu.demo", "smartedu.library.reference"):
        for file in _files(files(package)):
            total.update(file.read_bytes())
    return total.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir() and entry.name not in ("films", "sheets", "__pycache__"):
            yield from _files(entry)
        elif entry.name.endswith(MADE_OF):
            yield entry


def _planned_count() -> int:
    return LESSONS - sum(len(book.lessons) for book in books())


def _planned_lessons() -> Iterator[Publication]:
    taken = textbooks_from_elsewhere(TITLES)
    for book in plan().planned:
        yield from lesson_publications(book, taken)


def _slices(publications: Iterator[Publication], size: int) -> Iterator[Sequence[Publication]]:
    while slice_ := tuple(islice(publications, size)):
        yield slice_


def _publish(publications: Sequence[Publication], *, at: datetime) -> int:
    ensure_regional_providers(p.content.provider for p in publications if p.content.provider.startswith(REGIONAL))
    hand_over(publications, at=at)
    return len(publications)


SOURCES: tuple[tuple[Callable[[], int], Callable[[], Iterator[Publication]]], ...] = (
    (_planned_count, _planned_lessons),
    (lambda: EBOOKS, shelf_publications),
)
"""What there is beyond the small country: how much, and what makes it, in the order in which it is loaded."""
