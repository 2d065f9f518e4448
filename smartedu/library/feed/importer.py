"""`smartedu library import-feed`: the public catalogue feed becomes the library's textbooks.

The whole folder is read and checked before anything is written, and everything is written in one transaction: an
import either stands or has not happened. What the feed no longer lists stays as it is; only a record that says it is
not online any more is withdrawn.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from smartedu.base import audit
from smartedu.base.errors import DomainError, Problem
from smartedu.formats.feed import BookRecord, FeedError
from smartedu.formats.feed.records import COURSE_TEXTBOOK
from smartedu.library import reference
from smartedu.library.actions import Publication, Published, publish_many, withdraw_version
from smartedu.library.actions.publishing import one_publisher_at_a_time
from smartedu.library.actions.reference import sync_reference
from smartedu.library.content import Audience, ChapterNode, Content, ETextbook, Placement, Textbook, from_json
from smartedu.library.feed.actions import lay_tree, make_publishers, make_tags, take_over_titles
from smartedu.library.feed.folder import Feed, read_folder
from smartedu.library.feed.placing import Placed, landmarks, place
from smartedu.library.feed.publishing_houses import Houses, former_names
from smartedu.library.feed.result import ImportResult, Unplaced
from smartedu.library.feed.tags import TagBook
from smartedu.library.feed.trees import browse_nodes
from smartedu.library.models import Column, Provider, Publisher, Resource, Tag
from smartedu.people.models import Person
from smartedu.rules.taxonomy import course_column, tidy

SOURCE = "ykt-feed"
PROVIDER = "national-catalogue"
LICENCE = "teaching-only"
ONLINE = "ONLINE"

Report = Callable[[str], object]


@dataclass(frozen=True)
class _Book:
    """A record with its place, on the way to being published."""

    record: BookRecord
    file: str
    placement: Placement
    publisher: str
    e_textbook: bool


def import_feed(folder: Path, *, by: Person | None, at: datetime, report: Report) -> ImportResult:
    """Import the feed in a folder; `report` is told each step in one line.

    Every record is published, withdrawn, or named in the result with field and reason. The same folder again changes
    nothing; a changed record makes a new version. Raises DomainError naming file, place and reason for every file
    that is present and broken; then nothing was changed.
    """
    try:
        feed = read_folder(folder)
    except FeedError as error:
        raise DomainError(*(Problem(p.code, p.place, p.zh, p.en) for p in error.problems)) from None
    count = sum(len(part.books) for part in feed.parts)
    report(f"读到 {len(feed.parts)} 个分片，{count} 条记录。 Read {len(feed.parts)} parts with {count} records.")
    with transaction.atomic():
        one_publisher_at_a_time()
        if not (Provider.objects.filter(code=PROVIDER).exists() and Column.objects.exists()):
            sync_reference(at=at)
        result = _import(feed, by=by, at=at, report=report)
    report(f"导入完成。 Done: {result.created} created, {result.versioned} new versions.")
    return result


def _import(feed: Feed, *, by: Person | None, at: datetime, report: Report) -> ImportResult:
    tags = TagBook(Tag.objects.all())
    books, offline, unplaced, notes = _place_all(feed, tags)
    report(f"{len(books)} 条已归类。 {len(books)} records have found their places.")

    names = _names(feed)
    trees = {view: browse_nodes(tree, names, tags, f"{view} tag tree") for view, tree in sorted(feed.trees.items())}
    made = make_tags(tags.new.values()) + make_publishers(book.publisher for book in books)
    laid = [lay_tree(view, nodes) for view, (nodes, _) in trees.items()]
    taken_over = take_over_titles(SOURCE, _unlike(books))
    published = _publish(books, by=by, at=at)
    withdrawn, kept = _withdraw(offline, by=by, at=at)
    outcomes = [p.outcome for p in published]
    result = ImportResult(
        created=outcomes.count("created"),
        versioned=outcomes.count("versioned"),
        unchanged=outcomes.count("unchanged"),
        withdrawn=withdrawn,
        taken_over=taken_over,
        offline=len(offline),
        skipped_parts=feed.absent,
        unnamed_parts=feed.unnamed,
        unplaced=(*unplaced, *kept),
        notes=tuple(notes),
        nameless=sum(nameless for _, nameless in trees.values()),
    )
    if made or any(laid) or taken_over or result.created or result.versioned or withdrawn:
        audit.record(
            "library.import_feed",
            actor_id=by.pk if by else None,
            at=at,
            count=result.created + result.versioned + withdrawn,
            tags_and_publishers=made,
            unplaced=len(result.unplaced),
        )
    return result


def _place_all(
    feed: Feed, tags: TagBook
) -> tuple[list[_Book], list[tuple[BookRecord, str]], list[Unplaced], list[Unplaced]]:
    """The books with their places, the records that are not online, those without a place, and what was odd."""
    known = landmarks(feed.trees.values())
    houses = Houses(feed.publishers, _former_names())
    books: list[_Book] = []
    offline: list[tuple[BookRecord, str]] = []
    unplaced: list[Unplaced] = []
    notes: list[Unplaced] = []
    for part in feed.parts:
        for record in part.books:
            if record.status != ONLINE:
                offline.append((record, part.file))
                continue
            course = record.type_code == COURSE_TEXTBOOK
            if not course and part.module != "tch_material":
                unplaced.append(_unknown_type(record, part.file))
                continue
            where = place(record, part.file, tags, known)
            if isinstance(where, Placed):
                notes += where.notes
                edition = next(iter(record.names("edition")), "")
                house = houses.house(where.placement, edition, record.providers)
                books.append(_Book(record, part.file, where.placement, house, e_textbook=not course))
            else:
                unplaced.append(where)
    return books, offline, unplaced, notes


def _unlike(books: Sequence[_Book]) -> dict[str, str]:
    """Title to id of course textbooks; a title that several bear names none of them."""
    course = [(tidy(book.record.title), book.record.id) for book in books if not book.e_textbook]
    counts = Counter(title for title, _ in course)
    return {title: source_id for title, source_id in course if counts[title] == 1}


def _publish(books: Sequence[_Book], *, by: Person | None, at: datetime) -> list[Published]:
    kept = _kept({book.record.id for book in books})
    publications = [
        Publication(
            SOURCE,
            book.record.id,
            _content(book, *kept.get(book.record.id, ((), "", ""))),
            note=f"{SOURCE} {book.record.updated:%Y-%m-%d}" if book.record.updated else SOURCE,
        )
        for book in books
    ]
    places = [f"{book.file}, {book.record.where}" for book in books]
    return publish_many(publications, by=by, at=at, places=places)


def _kept(ids: Iterable[str]) -> dict[str, tuple[tuple[ChapterNode, ...], str, str]]:
    """Chapters and summaries that books already have: the feed says nothing of them, so they stay."""
    rows = Resource.objects.filter(source=SOURCE, source_id__in=list(ids), version__isnull=False)
    found = {}
    for source_id, stored in rows.values_list("source_id", "version__content"):
        content = from_json(stored)
        chapters = content.body.chapters if isinstance(content.body, Textbook) else ()
        if chapters or content.summary or content.summary_en:
            found[source_id] = (chapters, content.summary, content.summary_en)
    return found


def _content(book: _Book, chapters: tuple[ChapterNode, ...], summary: str, summary_en: str) -> Content:
    at = book.placement
    grades = tuple(int(code.removeprefix("grade-")) for code in at.grades)
    return Content(
        title=tidy(book.record.title),
        title_en=reference.book_title_en(
            subject=at.subject,
            grades=grades,
            strand=at.strand,
            edition=at.edition,
            volume=at.volume,
            system=at.system,
        ),
        body=ETextbook(publisher=book.publisher)
        if book.e_textbook
        else Textbook(publisher=book.publisher, chapters=chapters),
        column="e-textbooks" if book.e_textbook else course_column(at.stage, at.system),
        provider=PROVIDER,
        licence=LICENCE,
        language=book.record.language.partition("-")[0].lower()[:12],
        summary=summary,
        summary_en=summary_en,
        placement=at,
        audience=(Audience.STUDENT, Audience.TEACHER),
    )


def _withdraw(
    offline: Sequence[tuple[BookRecord, str]], *, by: Person | None, at: datetime
) -> tuple[int, list[Unplaced]]:
    """Withdraw what is published and no longer online. Returns how many, and those that could not be."""
    published = dict(
        Resource.objects.published()
        .filter(source=SOURCE, source_id__in=[record.id for record, _ in offline])
        .values_list("source_id", "code")
    )
    kept = []
    withdrawn = 0
    for record, file in offline:
        code = published.get(record.id)
        if code is None:
            continue
        try:
            withdraw_version(code, by=by, at=at, reason=f"{SOURCE}: {record.status[:40]}")
            withdrawn += 1
        except DomainError as error:
            problem = error.problems[0]
            kept.append(Unplaced(f"{file}, {record.where} 《{record.title}》", "status", problem.zh, problem.en))
    return withdrawn, kept


def _unknown_type(record: BookRecord, file: str) -> Unplaced:
    return Unplaced(
        f"{file}, {record.where} 《{record.title}》",
        "resource_type_code",
        f"类型“{record.type_code}”不是教材，未导入。",
        f"The type “{record.type_code}” is no textbook; it was not imported.",
    )


def _names(feed: Feed) -> Mapping[str, str]:
    """Every tag id's name by all that the feed says: the trees first, then the records."""
    names = {node.tag_id: node.name for tree in feed.trees.values() for node in tree.nodes}
    for part in feed.parts:
        for record in part.books:
            for tag in record.tags:
                names.setdefault(tag.tag_id, tag.name)
    return names


def _former_names() -> dict[str, str]:
    return former_names(Publisher.objects.exclude(former_names=[]).values_list("name_zh", "former_names"))
