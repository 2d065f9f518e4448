"""The index on this node: written by its worker only, built from the database, thrown away at will.

The folder holds tantivy's files and `cursor.json`: the schema it was built with and the instant up to which
changes are in it. A reader looks at the folder again when its commit file has changed.
"""

import fcntl
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import tantivy
from django.db import connection
from django.db.models import QuerySet

from smartedu.library.actions.publishing import CHANNEL
from smartedu.library.content import LessonPackage, Textbook, chapters_with_depth
from smartedu.library.models import Resource
from smartedu.library.search.words import curriculum_words, index_tokens

# A transaction commits later than the instant it writes; changes this old are looked at again.
OVERLAP = timedelta(hours=1)
LOCK = ".writing"
WRITER_BYTES = 64 * 1024 * 1024
FACETS = ("kind", "plate", "column", "stage", "grade", "subject", "edition", "provider")


def schema() -> tantivy.Schema:
    """Words are cut before they come here, so fields are split at white space only."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("code", stored=True, tokenizer_name="raw")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", fast=True)
    for name in ("title", "place", "text"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    return builder.build()


def catch_up(folder: Path) -> int:
    """Bring the index up to the database; builds it where there is none. Returns how many resources were read."""
    cursor = _read_cursor(folder)
    if cursor is None:
        return rebuild(folder)
    stamps = _stamps_since(cursor.changed_at - OVERLAP)
    fresh = [pk for pk, stamp in stamps.items() if cursor.recent.get(str(pk)) != stamp.isoformat()]
    if not fresh:
        return 0
    read = _write(folder, Resource.objects.filter(pk__in=fresh), anew=False)
    _write_cursor(folder, stamps)
    return read


def rebuild(folder: Path, report: Callable[[int, int], None] | None = None) -> int:
    """Make the index anew from the database; readers keep the old one until it is whole."""
    newest = Resource.objects.order_by("-changed_at").values_list("changed_at", flat=True).first()
    stamps = _stamps_since(newest - OVERLAP) if newest else {}
    read = _write(folder, Resource.objects.published(), anew=True, report=report)
    _write_cursor(folder, stamps)
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
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '*')", [CHANNEL])
    return None


def open_index(folder: Path) -> tantivy.Index | None:
    """The index for reading, or None while there is none of this schema."""
    if _read_cursor(folder) is None:
        return None
    index = tantivy.Index(schema(), path=str(folder))
    index.config_reader("Manual")
    return index


def fingerprint() -> str:
    """Changes with the fields and with the dictionary: an index of another fingerprint is built anew."""
    return hashlib.sha256(repr((FACETS, curriculum_words(), 1)).encode()).hexdigest()


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
                if file.name != LOCK:
                    file.unlink()
        return _write_alone(folder, resources, anew=anew, report=report)


@contextmanager
def _sole_writer(folder: Path) -> Iterator[None]:
    """Hold the folder for writing. Raises BlockingIOError where another process does.

    The library's own lock file lies among the files that a change of schema clears away, so it guards nothing then.
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
    total, done = resources.count(), 0
    for resource in _with_words(resources):
        if not anew:
            writer.delete_documents_by_term("code", resource.code)
        if resource.version_id is not None:
            writer.add_document(_document(resource))
        done += 1
        if report and done % 500 == 0:
            report(done, total)
    writer.commit()
    writer.wait_merging_threads()
    return done


@dataclass(frozen=True)
class Cursor:
    """How far the index is: the newest change in it, and the stamps of all changes within OVERLAP before."""

    changed_at: datetime
    recent: dict[str, str]


def _stamps_since(instant: datetime) -> dict[int, datetime]:
    return dict(Resource.objects.filter(changed_at__gte=instant).values_list("pk", "changed_at"))


def _write_cursor(folder: Path, stamps: dict[int, datetime]) -> None:
    # a stamp from a clock that runs ahead must not hide what others write until then
    newest = min(max(stamps.values(), default=datetime.fromtimestamp(0, UTC)), datetime.now(UTC))
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


def _with_words(resources: QuerySet[Resource]) -> Iterator[Resource]:
    return resources.select_related(
        "version", "column__plate", "provider", "publisher", "stage", "strand", "subject", "edition", "volume",
        "revision", "textbook",
    ).iterator(chunk_size=500)  # fmt: skip


def _document(resource: Resource) -> tantivy.Document:
    tags = [resource.stage, resource.strand, resource.subject, resource.edition, resource.volume]
    names = [name for tag in tags if tag for name in (tag.name_zh, tag.name_en)]
    document = tantivy.Document()
    document.add_text("code", resource.code)
    facets = {
        "kind": [resource.kind],
        "plate": [resource.column.plate.code],
        "column": [resource.column.code],
        "stage": [resource.stage.code] if resource.stage else [],
        "grade": resource.grades,
        "subject": [resource.subject.code] if resource.subject else [],
        "edition": [resource.edition.code] if resource.edition else [],
        "provider": [resource.provider.code],
    }
    for name, values in facets.items():
        for value in values:
            document.add_text(name, value)
    document.add_text("title", index_tokens([resource.title, resource.title_en]))
    document.add_text("place", index_tokens([*names, resource.textbook.title if resource.textbook else ""]))
    document.add_text("text", index_tokens([resource.summary, resource.summary_en, *_inner_words(resource)]))
    return document


def _inner_words(resource: Resource) -> Iterable[str]:
    """What only the version knows: knowledge points and aims of a lesson, headings of a book."""
    assert resource.version is not None
    body = resource.version.read().body
    if isinstance(body, LessonPackage):
        return [*body.knowledge, *body.objectives]
    if isinstance(body, Textbook):
        return [node.title for node, _, _ in chapters_with_depth(body.chapters)]
    return []
