"""A new release over an older one: what goes, what comes back, and what somebody else decided."""

from dataclasses import replace
from datetime import datetime

import msgspec
import pytest

from smartedu.base.errors import DomainError
from smartedu.demo.country import plan
from smartedu.demo.country.planning import PlannedBook
from smartedu.demo.handing import DEMO, OUTDATED, hand_over
from smartedu.demo.lessons import lesson_publications
from smartedu.demo.retiring import planned_ids, retire
from smartedu.demo.titles import TITLES, publish_titles, title_content, title_publications
from smartedu.library import reference
from smartedu.library.actions import Publication, publish_many, withdraw_version
from smartedu.library.content import ChapterNode, Kind, LessonPackage, Textbook
from smartedu.library.models import Resource
from smartedu.library.reference import TextbookFact
from tests.library.makers import Maker, article_content, lesson_content

OLD_HEADING = ChapterNode("99", "旧的一章")


def bare_lessons(book: PlannedBook) -> list[Publication]:
    """The first lessons of a book without files, by a contributor that is always there."""
    found = []
    for publication in list(lesson_publications(book, {}))[:3]:
        content = publication.content
        assert isinstance(content.body, LessonPackage)
        body = msgspec.structs.replace(content.body, parts=())
        content = msgspec.structs.replace(content, body=body, provider="national-catalogue", length_seconds=0)
        found.append(replace(publication, content=content))
    return found


def in_chapter(publication: Publication, chapter: str) -> Publication:
    body = publication.content.body
    assert isinstance(body, LessonPackage)
    content = msgspec.structs.replace(publication.content, body=msgspec.structs.replace(body, chapter=chapter))
    return replace(publication, content=content)


def with_old_heading(fact: TextbookFact, book: PlannedBook | None = None) -> Publication:
    content = title_content(fact, book)
    assert isinstance(content.body, Textbook)
    body = msgspec.structs.replace(content.body, chapters=(*content.body.chapters, OLD_HEADING))
    return Publication(TITLES, fact.title, msgspec.structs.replace(content, body=body))


def test_lessons_of_a_chapter_that_goes_make_way_and_come_back(make: Maker, at: datetime) -> None:
    book = plan().planned[0]
    first, second, third = bare_lessons(book)
    renamed = replace(third, source_id=f"{book.fact.title}/旧题目")
    publish_many([with_old_heading(book.fact, book)], by=None, at=at)
    publish_many([in_chapter(first, "99"), second, renamed], by=None, at=at)
    with pytest.raises(DomainError):
        publish_titles(at=at)

    assert retire(at=at) == 2
    publish_titles(at=at)
    lessons = Resource.objects.published().of_kind(Kind.LESSON)
    assert lessons.get().source_id == second.source_id
    hand_over([first, second, third], at=at)
    assert set(lessons.values_list("source_id", flat=True)) == {p.source_id for p in (first, second, third)}
    assert Resource.objects.get(source=TITLES, source_id=book.fact.title).lesson_count == 3
    assert retire(at=at) == 0


def test_a_heading_under_which_others_have_lessons_stays(make: Maker, at: datetime) -> None:
    book = plan().planned[0]
    there = publish_many([with_old_heading(book.fact, book)], by=None, at=at)[0]
    foreign = make.lesson(there, "theirs", chapter="99").resource
    assert retire(at=at) == 0
    publish_titles(at=at)
    foreign.refresh_from_db()
    assert foreign.version is not None
    textbook = Resource.objects.get(pk=there.resource.pk)
    assert [c.title for c in textbook.chapters.all()] == [c.title for c in book.chapters] + [OLD_HEADING.title]


def test_a_title_for_which_a_hand_written_book_stands_now_is_there_once(make: Maker, at: datetime) -> None:
    planned = {p.source_id for p in title_publications()}
    doubled = [fact for fact in reference.textbooks() if fact.title not in planned]
    assert len(doubled) == 8
    publish_many([with_old_heading(fact) for fact in doubled], by=None, at=at)
    kept = Resource.objects.get(source_id=doubled[0].title)
    make.publish("theirs", lesson_content(kept.code, chapter="99"))
    other = make.textbook("a real one", title="别处来的一本书").resource
    assert retire(at=at) == 7
    publish_titles(at=at)
    books = Resource.objects.published().of_kind(Kind.TEXTBOOK)
    assert set(books.filter(title__in=[fact.title for fact in doubled])) == {kept}
    assert books.filter(pk=other.pk).exists()


def test_what_somebody_withdrew_stays_withdrawn_and_so_do_the_lessons_of_a_book(make: Maker, at: datetime) -> None:
    book, other = plan().planned[:2]
    publications = [*bare_lessons(book), *bare_lessons(other)]
    titles = [Publication(TITLES, b.fact.title, title_content(b.fact, b)) for b in (book, other)]
    hand_over(titles, at=at)
    hand_over(publications[1:], at=at)
    codes = {r.source_id: r.code for r in Resource.objects.published()}
    for name in [p.source_id for p in publications[1:4]] + [book.fact.title]:
        withdraw_version(codes[name], by=None, at=at, reason="不合适")
    hand_over(titles, at=at)
    hand_over(publications, at=at)
    there = Resource.objects.published().values_list("source_id", flat=True)
    assert set(there) == {other.fact.title, *(p.source_id for p in publications[4:])}


def test_what_we_withdrew_may_come_back_unless_somebody_withdraws_it_again(make: Maker, at: datetime) -> None:
    thing = Publication(DEMO, "arts/旧", article_content())
    hand_over([thing], at=at)
    code = Resource.objects.get(source_id="arts/旧").code
    assert retire(at=at) == 1
    last = Resource.objects.get(code=code).versions.latest("number")
    assert (last.withdrawal_reason, last.withdrawn_by) == (OUTDATED, None)
    hand_over([thing], at=at)
    assert Resource.objects.published().filter(code=code).exists()
    withdraw_version(code, by=None, at=at, reason="不合适")
    hand_over([thing], at=at)
    assert not Resource.objects.published().filter(code=code).exists()


def test_the_resources_of_others_are_left_alone(make: Maker, at: datetime) -> None:
    make.article("theirs")
    assert retire(at=at) == 0
    hand_over([Publication(DEMO, "gone", article_content())], at=at)
    assert retire(at=at) == 1
    assert Resource.objects.published().get().source == "test"


def test_no_two_things_bear_the_same_name_at_the_source() -> None:
    assert len(planned_ids()) == 28_052
