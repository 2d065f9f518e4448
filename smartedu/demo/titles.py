"""The textbooks of the demonstration country: every real title, 452 of them with chapters."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import msgspec
from django.db.models import Exists, OuterRef

from smartedu.demo.books import Book, books
from smartedu.demo.country import PlannedBook, plan
from smartedu.demo.country.selection import catalogue_name, chosen, spot_of_book
from smartedu.demo.handing import DEMO, hand_over
from smartedu.library import reference
from smartedu.library.actions import Publication
from smartedu.library.actions.publishing import public_code
from smartedu.library.content import Audience, ChapterNode, Content, Kind, Placement, Textbook, chapters_with_depth
from smartedu.library.models import Chapter, Resource
from smartedu.library.queries import textbooks_from_elsewhere
from smartedu.library.reference import TextbookFact
from smartedu.rules.taxonomy import course_column, grade_code

TITLES = "titles"
"""Source of the bare entries and of the thirty books: one name for a title, so that lessons join its bare entry."""


def publish_titles(*, at: datetime) -> int:
    """Publish the real textbook titles, the taught ones with their tables of contents. Returns how many there are."""
    publications = title_publications()
    hand_over(publications, at=at)
    return len(publications)


def title_publications() -> list[Publication]:
    """The textbooks as they are to be published: where the real catalogue was imported, ours join the imported ones.

    A hand-written book stands for the real title at its place, whatever the catalogue calls that.
    """
    taken = textbooks_from_elsewhere(TITLES)
    ours = {each.fact.title for each in chosen() if each.fact and each.own}
    planned = {book.fact.title: book for book in plan().planned}
    facts = [
        fact
        for fact in reference.textbooks()
        if fact.title not in ours and (fact.title in planned or fact.title not in taken)
    ]
    publications = [
        Publication(*home_of(fact.title, taken), title_content(fact, planned.get(fact.title))) for fact in facts
    ]
    publications += [
        Publication(
            *home_of(catalogue_name(book), taken),
            textbook_content(
                catalogue_name(book),
                book.title_en,
                placement(book),
                book.tree(),
                book.summary,
                book.summary_en,
            ),
        )
        for book in books()
    ]
    return _with_chapters_of_others(publications)


def _with_chapters_of_others(publications: list[Publication]) -> list[Publication]:
    """The same books, and at the end of each the headings that go but under which others have put lessons."""
    needed = defaultdict[tuple[str, str], dict[str, str]](dict)
    theirs = Resource.objects.published().of_kind(Kind.LESSON).exclude(source=DEMO)
    theirs = theirs.filter(textbook=OuterRef("textbook"), chapter_key=OuterRef("key"))
    for heading in Chapter.objects.filter(Exists(theirs)).select_related("textbook"):
        needed[heading.textbook.source, heading.textbook.source_id][heading.key] = heading.title
    return [_with_chapters(p, needed.get((p.source, p.source_id), {})) for p in publications]


def _with_chapters(publication: Publication, needed: Mapping[str, str]) -> Publication:
    body = publication.content.body
    assert isinstance(body, Textbook)
    there = {node.key for node, _, _ in chapters_with_depth(body.chapters)}
    more = tuple(ChapterNode(key, title) for key, title in sorted(needed.items()) if key not in there)
    if not more:
        return publication
    book = msgspec.structs.replace(body, chapters=(*body.chapters, *more))
    return replace(publication, content=msgspec.structs.replace(publication.content, body=book))


def title_content(fact: TextbookFact, planned: PlannedBook | None) -> Content:
    """A real title as it is published: the bare entry, or with the chapters that its lessons stand under."""
    return textbook_content(
        fact.title,
        fact.title_en,
        place_of(fact),
        planned.chapters if planned else (),
        planned.summary if planned else "",
        planned.summary_en if planned else "",
    )


def place_of(fact: TextbookFact) -> Placement:
    """The place of a real title."""
    return Placement(
        stage=fact.stage,
        grades=tuple(grade_code(g) for g in fact.grades),
        strand=fact.strand,
        system=fact.system,
        subject=fact.subject,
        edition=fact.edition,
        volume=fact.volume,
        revision=fact.revision,
    )


def home_of(name: str, taken: Mapping[str, Resource]) -> tuple[str, str]:
    """Source and name of a book: where the real catalogue was imported first, ours joins the imported one."""
    there = taken.get(name)
    return (there.source, there.source_id) if there else (TITLES, name)


def code_of(name: str, taken: Mapping[str, Resource]) -> str:
    """The code of a book in addresses, wherever it came from."""
    there = taken.get(name)
    return there.code if there else public_code(TITLES, name)


def textbook_content(  # noqa: PLR0917 - one of two callers names few
    title: str,
    title_en: str,
    place: Placement,
    chapters: tuple[ChapterNode, ...] = (),
    summary: str = "",
    summary_en: str = "",
) -> Content:
    """A textbook as the catalogue has it, with the publisher that its edition is known to come from."""
    edition = reference.tags_by_code().get(("edition", place.edition))
    publisher = edition.publisher.partition("、")[0] if edition else ""
    return Content(
        title=title,
        title_en=title_en,
        body=Textbook(publisher=publisher, chapters=chapters),
        column=course_column(place.stage, place.system),
        provider="national-catalogue",
        licence="teaching-only",
        summary=summary,
        summary_en=summary_en,
        placement=place,
        audience=(Audience.STUDENT, Audience.TEACHER),
    )


def placement(book: Book) -> Placement:
    """The place of a demonstration book. Raises KeyError where it names a tag that the reference has not."""
    stage, system, subject, edition, volume, revision, grades = spot_of_book(book)
    return Placement(
        stage=stage,
        grades=tuple(grade_code(g) for g in grades),
        system=system,
        subject=subject,
        edition=edition,
        volume=volume,
        revision=revision,
    )
