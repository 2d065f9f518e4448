"""Publishing and withdrawing: the only doors to what readers see."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from smartedu.base.errors import DomainError, NotFound
from smartedu.base.models import AuditEntry
from smartedu.library import queries
from smartedu.library.actions import Publication, publish_many, publish_version, withdraw_many, withdraw_version
from smartedu.library.actions.publishing import public_code
from smartedu.library.content import Article, ChapterNode, Content, Credit, Kind, Link, PartKind, Textbook
from smartedu.library.models import Chapter, LinkCheck, LinkState, Resource, ResourceVersion
from tests.library.makers import Maker, article_content, lesson_content, part, textbook_content


def codes_of(error: DomainError) -> set[str]:
    return {problem.code for problem in error.problems}


def test_the_first_publication_creates_the_resource_with_its_card(make: Maker) -> None:
    book = make.textbook()
    resource = Resource.objects.get(code=book.resource.code)
    assert book.outcome == "created"
    assert (resource.title, resource.kind, resource.system) == ("初中数学人教版八年级下册", "textbook", "6-3")
    assert resource.stage is not None
    assert resource.stage.name_zh == "初中"
    assert resource.publisher is not None
    assert resource.publisher.name_zh == "人民教育出版社"
    assert resource.grades == ["grade-8"]
    assert resource.version is not None
    assert resource.version.number == 1
    assert resource.version.read() == textbook_content()


def test_the_same_content_again_changes_nothing(make: Maker) -> None:
    make.article()
    before = list(Resource.objects.values()), list(ResourceVersion.objects.values()), AuditEntry.objects.count()
    assert make.article().outcome == "unchanged"
    assert (
        list(Resource.objects.values()),
        list(ResourceVersion.objects.values()),
        AuditEntry.objects.count(),
    ) == before


def test_a_change_makes_a_new_version_and_the_old_one_stays_readable(make: Maker) -> None:
    code = make.article().resource.code
    assert make.article(title="考试周怎样睡好").outcome == "versioned"
    now, old = queries.reading(code, [Kind.ARTICLE]), queries.reading(code, [Kind.ARTICLE], 1)
    assert (now.content.title, now.version.number, now.current) == ("考试周怎样睡好", 2, True)
    assert (old.content.title, old.current) == ("考试周睡不着怎么办", False)
    assert Resource.objects.get(code=code).title == "考试周怎样睡好"


def test_a_version_can_neither_be_changed_nor_deleted(make: Maker) -> None:
    version = make.article().resource.version
    assert version is not None
    for attempt in (
        lambda: ResourceVersion.objects.filter(pk=version.pk).update(digest="0"),
        lambda: ResourceVersion.objects.filter(pk=version.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert ResourceVersion.objects.get(pk=version.pk).digest == version.digest


def test_the_audit_trail_can_neither_be_changed_nor_shortened(make: Maker) -> None:
    make.article()
    for sql in ("UPDATE base_auditentry SET action = 'x'", "DELETE FROM base_auditentry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_lessons_stand_under_their_chapter_and_are_counted(make: Maker) -> None:
    book = make.textbook()
    make.lesson(book, "one", position=1)
    make.lesson(book, "two", position=2, chapter="17.2", title="逆定理")
    resource = Resource.objects.get(pk=book.resource.pk)
    assert resource.lesson_count == 2
    assert [lesson.title for lesson in queries.lessons_of(resource)] == ["勾股定理的发现与证明", "逆定理"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"column": "nowhere"}, "column"),
        ({"provider": "nobody"}, "provider"),
        ({"placement": textbook_content().placement.__class__(stage="moon")}, "placement.stage"),
        ({"body": Textbook(publisher="不存在的出版社")}, "publisher"),
        ({"title": "  "}, "title"),
        ({"title": "长" * 301}, "title"),
    ],
)
def test_what_is_not_there_is_named_by_field(make: Maker, changes: dict[str, object], field: str) -> None:
    with pytest.raises(DomainError) as refusal:
        make.textbook(**changes)
    assert field in refusal.value.problems[0].place
    assert refusal.value.problems[0].zh
    assert refusal.value.problems[0].en
    assert not Resource.objects.exists()


def test_every_problem_of_a_batch_is_told_and_nothing_is_stored(make: Maker) -> None:
    batch = [
        Publication("test", "good", article_content()),
        Publication("test", "bad", article_content(column="nowhere", provider="nobody")),
        Publication("test", "good", article_content(title="又一篇")),
    ]
    with pytest.raises(DomainError) as refusal:
        publish_many(batch, by=None, at=make.at, places=["row 1", "row 2", "row 3"])
    assert {problem.place for problem in refusal.value.problems} == {"row 2, column", "row 2, provider", "row 3"}
    assert not Resource.objects.exists()


def test_lessons_need_their_book_their_chapter_and_their_files(make: Maker) -> None:
    book = make.textbook()
    for changes, field in (
        ({"chapter": "99"}, "chapter"),
        ({"parts": (part(PartKind.TASK_SHEET, "no-such-file", 1),)}, "parts[task_sheet].media"),
    ):
        with pytest.raises(DomainError) as refusal:
            make.lesson(book, **changes)
        assert refusal.value.problems[0].place.endswith(field)
    with pytest.raises(DomainError) as refusal:
        make.publish("orphan", lesson_content("0000000000"))
    assert refusal.value.problems[0].place.endswith("textbook")


def test_tables_of_contents_have_at_most_four_levels_and_no_key_twice(make: Maker) -> None:
    deep = ChapterNode("1", "一", (ChapterNode("2", "二", (ChapterNode("3", "三", (ChapterNode("4", "四"),)),)),))
    make.textbook("four", body=Textbook(chapters=(deep,)))
    assert list(Chapter.objects.order_by("depth").values_list("depth", "parent_key")) == [
        (1, ""), (2, "1"), (3, "2"), (4, "3"),
    ]  # fmt: skip
    five = ChapterNode("0", "零", (deep,))
    with pytest.raises(DomainError) as refusal:
        make.textbook("five", body=Textbook(chapters=(five,)))
    assert codes_of(refusal.value) == {"chapter-too-deep"}
    with pytest.raises(DomainError) as refusal:
        make.textbook("twice", body=Textbook(chapters=(ChapterNode("1", "一"), ChapterNode("1", "又一"))))
    assert codes_of(refusal.value) == {"chapter-repeated"}


def test_a_chapter_with_lessons_cannot_vanish(make: Maker) -> None:
    book = make.textbook()
    make.lesson(book)
    with pytest.raises(DomainError) as refusal:
        make.textbook(body=Textbook(chapters=(ChapterNode("16", "第十六章"),)))
    assert codes_of(refusal.value) == {"chapter-in-use"}
    assert Chapter.objects.filter(textbook=book.resource).count() == 4


def test_withdrawing_keeps_the_versions_and_says_so(make: Maker) -> None:
    code = make.article().resource.code
    withdraw_version(code, by=None, at=make.at + timedelta(days=1), reason="内容过时")
    for number in (None, 1):
        with pytest.raises(queries.Withdrawn):
            queries.reading(code, [Kind.ARTICLE], number)
    version = ResourceVersion.objects.get(resource__code=code)
    assert (version.withdrawal_reason, version.withdrawn_at) == ("内容过时", make.at + timedelta(days=1))
    assert version.read() == article_content()
    with pytest.raises(NotFound):
        withdraw_version(code, by=None, at=make.at, reason="再次")


def test_a_withdrawn_resource_can_be_published_again(make: Maker) -> None:
    code = make.article().resource.code
    withdraw_version(code, by=None, at=make.at, reason="误发")
    assert make.article().outcome == "versioned"
    assert queries.reading(code, [Kind.ARTICLE]).version.number == 2
    with pytest.raises(queries.Withdrawn):
        queries.reading(code, [Kind.ARTICLE], 1)


def test_many_are_withdrawn_together_or_not_at_all(make: Maker) -> None:
    book = make.textbook()
    lessons = [make.lesson(book, name).resource.code for name in ("one", "two")]
    with pytest.raises(DomainError) as refusal:
        withdraw_many([book.resource.code, lessons[0]], by=None, at=make.at, reason="旧版")
    assert codes_of(refusal.value) == {"has-lessons"}
    with pytest.raises(NotFound):
        withdraw_many([lessons[0], "nowhere"], by=None, at=make.at, reason="旧版")
    assert Resource.objects.published().count() == 3
    gone = withdraw_many([book.resource.code, *lessons], by=None, at=make.at, reason="旧版")
    assert [resource.version for resource in gone] == [None] * 3
    assert Resource.objects.published().count() == 0
    assert Resource.objects.get(pk=book.resource.pk).lesson_count == 0
    assert {resource.shelf.count for resource in Resource.objects.select_related("shelf")} == {0}
    assert AuditEntry.objects.get(action="library.withdraw").count == 3


def test_a_textbook_with_lessons_is_not_withdrawn(make: Maker) -> None:
    book = make.textbook()
    lesson = make.lesson(book)
    with pytest.raises(DomainError) as refusal:
        withdraw_version(book.resource.code, by=None, at=make.at, reason="")
    assert codes_of(refusal.value) == {"has-lessons"}
    withdraw_version(lesson.resource.code, by=None, at=make.at, reason="")
    assert Resource.objects.get(pk=book.resource.pk).lesson_count == 0
    withdraw_version(book.resource.code, by=None, at=make.at, reason="")


def test_a_batch_leaves_one_audit_row(make: Maker) -> None:
    before = AuditEntry.objects.count()
    batch = [Publication("test", str(n), article_content(title=f"第 {n} 篇")) for n in range(30)]
    outcomes = publish_many(batch, by=None, at=make.at)
    assert [o.outcome for o in outcomes] == ["created"] * 30
    assert [o.resource.source_id for o in outcomes] == [str(n) for n in range(30)]
    assert AuditEntry.objects.count() == before + 1
    assert AuditEntry.objects.latest("id").count == 30


def test_addresses_depend_on_the_source_alone() -> None:
    assert public_code("a", "bc") == public_code("a", "bc") != public_code("ab", "c")
    assert len(public_code("a", "b")) == 10


def test_one_publication_is_named_in_the_audit_trail(make: Maker) -> None:
    published = publish_version(Publication("test", "x", article_content()), by=None, at=make.at)
    assert AuditEntry.objects.latest("id").subject == f"resource:{published.resource.code}"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "ftp://a.cn/", "//a.cn/", "/zh/", "", "a.cn",
        "https:a.cn", "https:///a.cn", "https://a.cn@evil.example/", "https://a.cn\\@evil.example/", "https://a b/",
        "https://a.cn/\n", "https://[a/", "https://a.cn:port/", "https://a.cn/" + "x" * 2_000,
    ],
)  # fmt: skip
def test_a_link_leads_to_a_web_address_only(make: Maker, address: str) -> None:
    with pytest.raises(DomainError) as refusal:
        make.article("link", body=Link(address, "某单位"))
    assert codes_of(refusal.value) == {"no-web-address"}
    assert refusal.value.problems[0].place.endswith("address")


@pytest.mark.parametrize("address", ["https://www.dpm.org.cn/", "http://[::1]:8080/a?b=c#d", "https://故宫.cn/书"])
def test_a_web_address_may_be_linked(make: Maker, address: str) -> None:
    assert make.article("link", body=Link(address, "某单位")).outcome == "created"


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"summary": "a\0b"}, "unwritable", "summary"),
        ({"body": Article(("好", "\ud800"))}, "unwritable", "body.paragraphs[1]"),
        ({"column": "\0"}, "unwritable", "column"),
        ({"title_en": "x" * 301}, "title-length", "title_en"),
        ({"length_seconds": -1}, "out-of-bounds", "length_seconds"),
        ({"length_seconds": 2**31}, "out-of-bounds", "length_seconds"),
        ({"language": "x" * 13}, "language", "language"),
        ({"credits": (Credit("", "撰文"),)}, "incomplete", "article"),
    ],
)
def test_what_could_not_be_stored_or_read_back_is_refused(
    make: Maker, changes: dict[str, object], code: str, place: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        make.article(**changes)
    assert codes_of(refusal.value) == {code}
    assert refusal.value.problems[0].place.endswith(place)


def test_a_chapter_has_a_key_and_a_title(make: Maker) -> None:
    for chapter in (
        ChapterNode("", "一"),
        ChapterNode("1", " "),
        ChapterNode("1" * 41, "一"),
        ChapterNode("1", "一" * 301),
    ):
        with pytest.raises(DomainError) as refusal:
            make.textbook(body=Textbook(chapters=(chapter,)))
        assert codes_of(refusal.value) == {"chapter-length"}


def test_a_resource_never_becomes_another_kind(make: Maker) -> None:
    make.article("thing")
    with pytest.raises(DomainError) as refusal:
        make.textbook("thing")
    assert codes_of(refusal.value) == {"other-kind"}


def test_a_lesson_that_moves_is_counted_where_it_is(make: Maker) -> None:
    old, new = make.textbook("old"), make.textbook("new", title="另一本")
    make.lesson(old)
    make.lesson(new)
    counts = Resource.objects.in_bulk([old.resource.pk, new.resource.pk])
    assert (counts[old.resource.pk].lesson_count, counts[new.resource.pk].lesson_count) == (0, 1)


def test_no_lesson_is_published_into_a_withdrawn_book(make: Maker) -> None:
    book = make.textbook()
    withdraw_version(book.resource.code, by=None, at=make.at, reason="")
    with pytest.raises(DomainError) as refusal:
        make.lesson(book)
    assert refusal.value.problems[0].place.endswith("textbook")


@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_once_wait_for_each_other(make: Maker) -> None:
    book = make.textbook()
    outcomes: list[str] = []

    def other() -> None:
        try:
            outcomes.append(make.article("shared").outcome)
            outcomes.append(make.lesson(book, "two", position=2, title="逆定理").outcome)
        finally:
            connection.close()

    with transaction.atomic():
        make.article("shared")
        make.lesson(book, "one")
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
    thread.join(20)
    assert outcomes == ["unchanged", "created"]
    assert Resource.objects.get(pk=book.resource.pk).lesson_count == 2


def test_a_link_that_leads_elsewhere_has_not_been_looked_at(make: Maker) -> None:
    def link(address: str) -> Content:
        return article_content(body=Link(address, "图书馆"))

    there = make.publish("link", link("https://a.example.cn/")).resource
    LinkCheck.objects.create(resource=there, state=LinkState.AWAY, failures=3, checked_at=make.at)
    make.publish("link", link("https://a.example.cn/"))
    assert LinkCheck.objects.filter(resource=there).exists()
    make.publish("link", link("https://b.example.cn/"))
    assert not LinkCheck.objects.filter(resource=there).exists()


def test_what_is_published_with_a_day_of_the_past_has_changed_now(make: Maker) -> None:
    publication = Publication("test", "old", article_content())
    long_ago = make.at - timedelta(days=500)
    resource = publish_version(publication, by=None, at=long_ago).resource
    assert resource.published_at == long_ago
    assert resource.changed_at > make.at, "the index and the API ask what changed since they last looked"
