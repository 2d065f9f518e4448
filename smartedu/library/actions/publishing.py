"""Publishing and withdrawing. Whatever is published passes here, one by one or a thousand at once."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from smartedu.base import audit
from smartedu.base.errors import DomainError, NotFound, Problem
from smartedu.library.actions.checks import malformed, repeated
from smartedu.library.actions.places import Places, find_places, problems_with
from smartedu.library.actions.shelving import put_on_shelves, recount
from smartedu.library.actions.telling import Told, tell
from smartedu.library.content import (
    ChapterNode,
    Content,
    ETextbook,
    Kind,
    LessonPackage,
    Textbook,
    chapters_with_depth,
    digest,
    face_of,
    to_json,
)
from smartedu.library.models import Chapter, LinkCheck, Resource, ResourceVersion
from smartedu.library.ordering import shelf_key
from smartedu.people.models import Person

BATCH = 2_000
WITH_PLACES = ("column__plate", "provider", "textbook__column__plate", "textbook__provider")
"""What `Told.about` asks of a resource."""
LOCK = 0x5EDF_EED0
"""The number of the advisory lock that every publisher holds."""


@dataclass(frozen=True)
class Publication:
    """A content to publish under its name at its source; `note` says what changed."""

    source: str
    source_id: str
    content: Content
    note: str = ""


@dataclass(frozen=True)
class Published:
    """What became of one publication: `outcome` is "created", "versioned" or "unchanged"."""

    resource: Resource
    outcome: str


def publish_version(publication: Publication, *, by: Person | None, at: datetime, place: str = "") -> Published:
    """Publish one content as the next version of its resource, creating the resource where it is new.

    The same content again changes nothing. Raises DomainError, with every field that is wrong, and changes nothing.
    """
    return publish_many([publication], by=by, at=at, places=[place] if place else None)[0]


def publish_many(
    publications: Sequence[Publication],
    *,
    by: Person | None,
    at: datetime,
    places: Sequence[str] | None = None,
) -> list[Published]:
    """Publish many in one transaction with one audit row; the outcomes stand in the order given.

    `places` names each publication for error messages (a file and row); its source name is used otherwise.
    Raises DomainError with every problem of every publication; then nothing was changed.
    """
    names = places or [f"{p.source} {p.source_id}" for p in publications]
    problems = repeated([(p.source, p.source_id) for p in publications], names)
    plain = [to_json(p.content) for p in publications]  # once: it is checked, compared and stored
    sound = []
    for publication, values, name in zip(publications, plain, names, strict=True):
        wrong = malformed(publication.content, values, name)
        problems += wrong
        if not wrong:  # text that cannot be stored cannot be looked up either
            sound.append((publication.content, name))
    with transaction.atomic():
        one_publisher_at_a_time()
        found = find_places([content for content, _ in sound])
        for content, name in sound:
            problems += problems_with(content, found, name)
        if problems:
            raise DomainError(*problems)
        told = Told()
        outcomes = _store(publications, plain, names, found, told, by=by, at=at)
        changed = [p.resource for p in outcomes if p.outcome != "unchanged"]
        if changed:
            audit.record(
                "library.publish",
                actor_id=by.pk if by else None,
                at=at,
                subject=f"resource:{changed[0].code}" if len(changed) == 1 else "",
                count=len(changed),
            )
            tell(told)
    return outcomes


def withdraw_version(code: str, *, by: Person | None, at: datetime, reason: str) -> Resource:
    """Withdraw the current version of a resource; its page then says so and the versions stay on record.

    Raises NotFound where there is no such resource, and DomainError for a textbook that still has lessons.
    """
    return withdraw_many([code], by=by, at=at, reason=reason)[0]


def withdraw_many(codes: Sequence[str], *, by: Person | None, at: datetime, reason: str) -> list[Resource]:
    """Withdraw many in one transaction with one audit row, in the order given; a book may go with its lessons.

    Raises what `withdraw_version` raises; then nothing was changed.
    """
    with transaction.atomic():
        one_publisher_at_a_time()
        published = Resource.objects.published().select_related(*WITH_PLACES)
        found = {resource.code: resource for resource in published.filter(code__in=codes)}
        if missing := [code for code in codes if code not in found]:
            raise NotFound(missing[0])
        resources = [found[code] for code in codes]
        ids = [resource.pk for resource in resources]
        staying = Resource.objects.published().filter(textbook__in=ids).exclude(pk__in=ids)
        if left := staying.select_related("textbook").first():
            raise DomainError(
                Problem(
                    "has-lessons",
                    left.textbook.title if left.textbook else "",
                    "这本教材下还有已发布的课，请先撤下这些课。",
                    "This textbook still has published lessons. Withdraw those first.",
                )
            )
        ResourceVersion.objects.filter(pk__in=[resource.version_id for resource in resources]).update(
            withdrawn_at=at, withdrawn_by=by, withdrawal_reason=reason[:500]
        )
        Resource.objects.filter(pk__in=ids).update(version=None, changed_at=timezone.now())
        recount({resource.shelf_id for resource in resources})
        _count_lessons({resource.textbook_id for resource in resources if resource.textbook_id})
        actor = by.pk if by else None
        subject = f"resource:{codes[0]}" if len(codes) == 1 else ""
        audit.record("library.withdraw", actor_id=actor, at=at, subject=subject, count=len(codes), reason=reason)
        told = Told()
        for resource in resources:
            resource.version = None
            told.about(resource)
        tell(told)
    return resources


def one_publisher_at_a_time() -> None:
    """Wait until no other transaction publishes, and keep others waiting until this one ends.

    Version numbers, counts of lessons and the tie of a lesson to its chapter each span rows that another publisher may
    be writing, or that do not exist yet and cannot be locked. Publishing is rare beside reading, and readers wait for
    nobody: one lock for all is right where an order of row locks would be a rule for everyone to remember.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def public_code(source: str, source_id: str) -> str:
    """The name of a resource in addresses: 10 letters and digits, the same wherever the same source is loaded."""
    seed = hashlib.sha256(f"{source}\0{source_id}".encode()).digest()
    return base64.b32encode(seed).decode().lower()[:10]


def _store(
    publications: Sequence[Publication],
    plain: Sequence[dict[str, Any]],
    rows: Sequence[str],
    places: Places,
    told: Told,
    *,
    by: Person | None,
    at: datetime,
) -> list[Published]:
    names = [(p.source, p.source_id) for p in publications]
    codes = [public_code(*name) for name in names]
    known = _known(names, codes)
    _refuse_other_kinds([(known.get(name), p, row) for name, p, row in zip(names, publications, rows, strict=True)])
    books: set[int] = set()  # those that gain a lesson or lose one to another book
    shelves: set[int] = set()  # those that lose a resource, and then those that gain one
    numbers = dict(
        ResourceVersion.objects.filter(resource__in=[r.pk for r in known.values()])
        .values_list("resource_id")
        .annotate(n=Count("id"))
    )
    outcomes: list[Published] = []
    fresh: list[Resource] = []
    changed: list[tuple[Resource, Publication]] = []
    versions: list[ResourceVersion] = []
    for publication, values, name, code in zip(publications, plain, names, codes, strict=True):
        stamp = digest(values)
        resource = known.get(name)
        if resource is not None and resource.version is not None and resource.version.digest == stamp:
            outcomes.append(Published(resource, "unchanged"))
            continue
        if resource is None:
            resource = Resource(source=name[0], source_id=name[1], code=code)
            fresh.append(resource)
            outcomes.append(Published(resource, "created"))
        else:
            outcomes.append(Published(resource, "versioned"))
            told.about(resource)  # where it stood until now
            shelves.add(resource.shelf_id)
        before = resource.textbook_id
        _write_card(resource, publication.content, places, at=at)
        told.about(resource)
        books |= {book for book in (before, resource.textbook_id) if book}
        changed.append((resource, publication))
        versions.append(
            ResourceVersion(
                number=numbers.get(resource.pk, 0) + 1,
                content=values,
                digest=stamp,
                note=publication.note[:500],
                published_at=at,
                published_by=by,
            )
        )

    shelves |= put_on_shelves([resource for resource, _ in changed])
    Resource.objects.bulk_create(fresh, batch_size=BATCH)
    for version, (resource, _) in zip(versions, changed, strict=True):
        version.resource = resource  # which has its id by now
    ResourceVersion.objects.bulk_create(versions, batch_size=BATCH)
    for version in versions:
        version.resource.version = version
    prior = {resource.pk for resource in known.values()}
    # an upsert by primary key: bulk_update writes a CASE of all rows for every field, 20 times slower for a thousand
    Resource.objects.bulk_create(
        [resource for resource, _ in changed if resource.pk in prior],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=CARD_FIELDS,
    )
    _point_at_versions([v for v in versions if v.number == 1])
    _store_chapters([(resource, p.content) for resource, p in changed], prior)
    _count_lessons(books)
    recount(shelves)
    # a new version may lead elsewhere: what was seen at the old address says nothing of the new one
    LinkCheck.objects.filter(resource__in=[r for r, p in changed if p.content.kind == Kind.LINK]).delete()
    return outcomes


def _refuse_other_kinds(known: Sequence[tuple[Resource | None, Publication, str]]) -> None:
    """A resource stays what it is: its address names its kind, and lessons hang on a book."""
    problems = [
        Problem(
            "other-kind",
            f"{row}, kind",
            f"它已作为“{resource.kind}”发布，不能改成“{publication.content.kind}”。请另起一个编号发布。",
            f"It was published as “{resource.kind}” and cannot become “{publication.content.kind}”. Publish it under "
            "another name.",
        )
        for resource, publication, row in known
        if resource is not None and resource.kind != publication.content.kind
    ]
    if problems:
        raise DomainError(*problems)


def _known(names: Sequence[tuple[str, str]], codes: Sequence[str]) -> dict[tuple[str, str], Resource]:
    """The resources that are there already, by their name at the source.

    One that another source has taken over (`feed.actions.take_over_titles`) keeps its code, and is found by either.
    """
    rows = list(
        Resource.objects.filter(
            Q(code__in=codes) | Q(source__in={s for s, _ in names}, source_id__in=[i for _, i in names])
        ).select_related(*WITH_PLACES, "version")
    )
    by_name = {(r.source, r.source_id): r for r in rows}
    by_code = {r.code: r for r in rows}
    found = {name: by_name.get(name) or by_code.get(code) for name, code in zip(names, codes, strict=True)}
    return {name: resource for name, resource in found.items() if resource is not None}


CARD_FIELDS = [
    "version", "kind", "title", "title_en", "summary", "summary_en", "language", "column", "provider",
    "publisher", "educations", "audience", "length_seconds", "period_count", "media", "plate", "shelf", "knowledge",
    "stage", "system", "grades",
    "strand", "subject", "edition", "volume", "revision", "textbook", "chapter_key", "position", "sort_key",
    "published_at", "changed_at",
]  # fmt: skip


def _write_card(resource: Resource, content: Content, places: Places, *, at: datetime) -> None:
    """Copy to the card what lists show of the content."""
    at_place, body = content.placement, content.body
    resource.kind = content.kind
    resource.title, resource.title_en = content.title, content.title_en
    resource.summary, resource.summary_en = content.summary, content.summary_en
    resource.language = content.language
    resource.column = places.columns[content.column]
    resource.plate = resource.column.plate
    resource.provider = places.providers[content.provider]
    resource.educations = [str(e) for e in content.educations]
    resource.audience = [str(a) for a in content.audience]
    resource.length_seconds = content.length_seconds
    resource.period_count = len(body.periods) if isinstance(body, LessonPackage) else 0
    resource.media = places.media.get(face_of(content))
    resource.system, resource.grades = at_place.system, list(at_place.grades)
    for level in ("stage", "strand", "subject", "edition", "volume", "revision"):
        setattr(resource, level, places.tags.get((level, getattr(at_place, level))))
    publisher = body.publisher if isinstance(body, Textbook | ETextbook) else ""
    resource.publisher = places.publishers.get(publisher)
    resource.textbook = places.textbooks[body.textbook] if isinstance(body, LessonPackage) else None
    resource.chapter_key = body.chapter if isinstance(body, LessonPackage) else ""
    resource.position = body.position if isinstance(body, LessonPackage) else 0
    resource.knowledge = list(body.knowledge) if isinstance(body, LessonPackage) else []
    grades = [places.tags["grade", grade].position for grade in at_place.grades]
    positions = [
        resource.stage.position if resource.stage else 0,
        min(grades, default=0),
        resource.subject.position if resource.subject else 0,
        resource.edition.position if resource.edition else 0,
        resource.volume.position if resource.volume else 0,
        resource.revision.position if resource.revision else 0,
        resource.position,
    ]
    resource.sort_key = shelf_key(positions, content.title)
    resource.published_at = at
    resource.changed_at = timezone.now()  # `at` may lie in the past; the index and the API ask what changed since


def _point_at_versions(versions: list[ResourceVersion]) -> None:
    """Let new resources name their first version; two tables point at each other, so this comes last."""
    if versions:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE library_resource r SET version_id = v.id FROM library_resourceversion v"
                " WHERE v.resource_id = r.id AND v.number = 1 AND r.id = ANY(%s)",
                [[v.resource_id for v in versions]],
            )


def _store_chapters(changed: list[tuple[Resource, Content]], prior: set[int]) -> None:
    """Lay the chapter trees anew; a heading that lessons still need may not vanish. `prior`: books known before."""
    books = [(r, c.body.chapters) for r, c in changed if isinstance(c.body, Textbook)]
    known = [(resource, chapters) for resource, chapters in books if resource.pk in prior]
    for resource, chapters in known:
        _refuse_lost_chapters(resource, chapters)
    Chapter.objects.filter(textbook__in=[resource for resource, _ in known]).delete()
    Chapter.objects.bulk_create(
        [
            Chapter(
                textbook=resource,
                key=node.key,
                parent_key=parent or "",
                title=node.title,
                depth=depth,
                position=position,
            )
            for resource, chapters in books
            for position, (node, depth, parent) in enumerate(chapters_with_depth(chapters), start=1)
        ],
        batch_size=BATCH,
    )


def _refuse_lost_chapters(resource: Resource, chapters: tuple[ChapterNode, ...]) -> None:
    kept = {node.key for node, _, _ in chapters_with_depth(chapters)}
    lost = (
        resource.lessons.filter(version__isnull=False)
        .exclude(chapter_key__in=kept)
        .values_list("chapter_key", flat=True)
    )
    if lost:
        raise DomainError(
            Problem(
                "chapter-in-use",
                f"{resource.title}, chapters",
                f"章节“{lost[0]}”下还有已发布的课，请先移走这些课。",
                f"Lessons are still published under chapter “{lost[0]}”. Move them first.",
            )
        )


def _count_lessons(textbooks: set[int]) -> None:
    if textbooks:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE library_resource t SET lesson_count = ("
                " SELECT count(*) FROM library_resource l"
                " WHERE l.textbook_id = t.id AND l.version_id IS NOT NULL), changed_at = %s"
                " WHERE t.id = ANY(%s)",
                [timezone.now(), sorted(textbooks)],
            )
