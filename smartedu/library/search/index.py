"""The index on this node: written by its worker only, built from the database, thrown away at will.

The folder holds tantivy's files and `cursor.json`: the form it was built with and the instant up to which changes are
in it. A reader looks at the folder again when its commit file has changed.
"""

import fcntl
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import tantivy
from django.db.models import QuerySet

from smartedu.library import keys
from smartedu.library.actions.telling import tell
from smartedu.library.models import Resource
from smartedu.library.search.documents import CODE, FORM, WORDS, document, schema, with_words
from smartedu.library.search.words import curriculum_words
from smartedu.library.shelves import NAMES

# A transaction commits later than the instant it writes; changes this old are looked at again.
OVERLAP = timedelta(hours=1)
LOCK = ".writing"
WRITER_BYTES = 64 * 1024 * 1024
SLICE = 2_000
"""Resources between two commits, some two seconds of work: what is published meanwhile comes with the next slice."""


def catch_up(folder: Path, most: int = SLICE) -> int:
    """Bring the index nearer to the database by `most` resources, the newest first; begins it where there is none.

    Returns how many were read: call it again until that is 0. Every commit is told to who remembers searches.
    """
    cursor = _read_cursor(folder) or _begin(folder)
    stamps = _stamps_since(cursor.changed_at - OVERLAP)
    fresh = [pk for pk, stamp in stamps.items() if cursor.recent.get(str(pk)) != stamp.isoformat()]
    if not fresh:
        return 0
    fresh.sort(key=lambda pk: (stamps[pk], pk), reverse=True)
    now, later = fresh[:most], set(fresh[most:])
    read = _write(folder, Resource.objects.filter(pk__in=now), anew=False)
    done = {pk: stamp for pk, stamp in stamps.items() if pk not in later}
    _write_cursor(folder, done, so_far=cursor.changed_at if later else None)
    tell([keys.SEARCH])
    return read


def rebuild(folder: Path, report: Callable[[int, int], None] | None = None) -> int:
    """Make the index anew from the database; readers keep the old one until it is whole."""
    newest = Resource.objects.order_by("-changed_at").values_list("changed_at", flat=True).first()
    stamps = _stamps_since(newest - OVERLAP) if newest else {}
    read = _write(folder, Resource.objects.published().order_by("pk"), anew=True, report=report)
    _write_cursor(folder, stamps)
    tell([keys.SEARCH])
    return read


def ask_for_rebuild(folder: Path) -> int | None:
    """Make the index anew: here, or by the worker where that is writing at this moment.

    Returns how many resources were read, None where the worker was told to do it; readers keep the old index until
    then, so its cursor is set back to the beginning and not taken away.
    """
    try:
        return rebuild(folder)
    except BlockingIOError:
        _write_cursor(folder, {})
    tell([keys.SEARCH])
    return None


def open_index(folder: Path) -> tantivy.Index | None:
    """The index for reading, or None while there is none of this form."""
    if _read_cursor(folder) is None or not (folder / "meta.json").exists():
        return None
    index = tantivy.Index(schema(), path=str(folder))
    index.config_reader("Manual")
    return index


def fingerprint() -> str:
    """Changes with the fields and with the dictionary: an index of another fingerprint is built anew."""
    return hashlib.sha256(repr((NAMES, WORDS, curriculum_words(), FORM)).encode()).hexdigest()


def _begin(folder: Path) -> "Cursor":
    """An empty index where there is none of this form, so that it can be searched while it grows."""
    _write(folder, Resource.objects.none(), anew=True)
    _write_cursor(folder, {})
    return Cursor(BEGINNING, {})


def _write(
    folder: Path,
    resources: QuerySet[Resource],
    *,
    anew: bool,
    report: Callable[[int, int], None] | None = None,
) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    with _sole_writer(folder):
        if anew and (folder / "meta.json").exists() and _read_cursor(folder) is None:
            for file in folder.iterdir():
                if file.name != LOCK and file.is_file():
                    file.unlink()
        return _write_alone(folder, resources, anew=anew, report=report)


@contextmanager
def _sole_writer(folder: Path) -> Iterator[None]:
    """Hold the folder for writing. Raises BlockingIOError where another process does.

    The library's own lock file lies among the files that a change of form clears away, so it guards nothing then.
    """
    with (folder / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def _write_alone(
    folder: Path,
    resources: QuerySet[Resource],
    *,
    anew: bool,
    report: Callable[[int, int], None] | None,
) -> int:
    writer = tantivy.Index(schema(), path=str(folder)).writer(WRITER_BYTES, num_threads=1)
    if anew:
        writer.delete_all_documents()
    total, done = resources.count() if report else 0, 0
    for resource in with_words(resources):
        if not anew:
            writer.delete_documents_by_term(CODE, resource.code)
        if resource.version_id is not None:
            writer.add_document(document(resource))
        done += 1
        if report and done % 500 == 0:
            report(done, total)
    writer.commit()
    writer.wait_merging_threads()
    return done


BEGINNING = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class Cursor:
    """How far the index is: the newest change in it, and the stamps of all changes within OVERLAP before.

    While slices are still to come, `changed_at` stays where it was and `recent` has what is done.
    """

    changed_at: datetime
    recent: dict[str, str]


def _stamps_since(instant: datetime) -> dict[int, datetime]:
    return dict(Resource.objects.filter(changed_at__gte=instant).values_list("pk", "changed_at"))


def _write_cursor(folder: Path, stamps: dict[int, datetime], so_far: datetime | None = None) -> None:
    # a stamp from a clock that runs ahead must not hide what others write until then
    newest = so_far or min(max(stamps.values(), default=BEGINNING), datetime.now(UTC))
    content = {
        "fingerprint": fingerprint(),
        "changed_at": newest.isoformat(),
        "recent": {pk: stamp.isoformat() for pk, stamp in stamps.items() if stamp >= newest - OVERLAP},
    }
    partial = folder / "cursor.json.new"
    partial.write_text(json.dumps(content))
    partial.replace(folder / "cursor.json")


def _read_cursor(folder: Path) -> Cursor | None:
    try:
        cursor = json.loads((folder / "cursor.json").read_text())
        if cursor["fingerprint"] != fingerprint():
            return None
        return Cursor(datetime.fromisoformat(cursor["changed_at"]), cursor["recent"])
    except (FileNotFoundError, ValueError, KeyError):
        return None
