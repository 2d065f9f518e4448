"""Permanent short links: what is typed from paper, where it leads, and pointing it elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartedu.base.errors import DomainError, NotFound
from smartedu.base.models import AuditEntry
from smartedu.library import short_links
from smartedu.library.actions import withdraw_version
from smartedu.library.actions.links import repoint_link
from smartedu.library.models import Repointing
from smartedu.people.actions import create_person
from smartedu.people.models import Person, Role
from tests.conftest import AT
from tests.library.makers import Maker

CODES = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=10, max_size=10)


@given(CODES)
def test_a_code_is_read_in_any_dress(code: str) -> None:
    for typed in (code, code.upper(), f" {code[:5]} {code[5:]} ", f"https://edu.example.cn/s/{code}",
                  f"http://localhost:8000/zh/lessons/{code}?x=1#top", f"/en/textbooks/{code}/"):  # fmt: skip
        assert short_links.tidy(typed) == code


def test_digits_that_no_code_has_are_read_as_their_doubles() -> None:
    assert short_links.tidy("0bc1ef8hij") == "obclefbhij"


@given(st.text(max_size=30))
def test_what_is_no_code_is_none(typed: str) -> None:
    found = short_links.tidy(typed)
    assert found == "" or (len(found) == 10 and found.isascii())


@pytest.fixture
def codes(make: Maker) -> list[str]:
    """A textbook with three lessons: the codes of the book and of the lessons."""
    book = make.textbook()
    lessons = [make.lesson(book, f"lesson-{n}", position=n, title=f"第 {n} 课") for n in (1, 2, 3)]
    return [book.resource.code, *(lesson.resource.code for lesson in lessons)]


def test_a_link_leads_to_its_own_page_until_it_is_pointed_elsewhere(codes: list[str]) -> None:
    _, one, two, three = codes
    assert short_links.destination(one).code == one
    repoint_link(one, two, "换成新课", by=None, at=AT)
    assert short_links.destination(one).code == two
    repoint_link(two, three, "又换了", by=None, at=AT)
    assert short_links.destination(one).code == three, "who was led to two is led on"
    repoint_link(two, two, "换回来", by=None, at=AT)
    assert short_links.destination(one).code == two
    with pytest.raises(NotFound):
        short_links.destination("aaaaaaaaaa")


def test_a_withdrawn_lesson_can_be_pointed_to_its_successor(codes: list[str]) -> None:
    _, one, two, _ = codes
    withdraw_version(one, by=None, at=AT, reason="有新课")
    repoint_link(one, two, "有新课", by=None, at=AT)
    assert short_links.destination(one).code == two


def test_what_cannot_be_is_refused_with_its_field(codes: list[str], make: Maker) -> None:
    _, one, two, three = codes
    article = make.article().resource.code
    gone = three
    withdraw_version(gone, by=None, at=AT, reason="撤下")
    repoint_link(two, one, "合并", by=None, at=AT)
    for code, target, reason, wrong in (
        ("aaaaaaaaaa", one, "x", {"code"}),
        (one, "aaaaaaaaaa", "x", {"target"}),
        (one, "", "x", {"target"}),
        (one, gone, "x", {"target"}),
        (gone, gone, "x", {"target"}),
        (one, article, "x", {"target"}),
        (article, one, "x", {"code"}),
        (one, two, "x", {"target"}),  # a circle
        (one, one, "  ", {"reason"}),
        (one, one, "x" * 201, {"reason"}),
        (one, one, "two\nlines", {"reason"}),
        ("aaaaaaaaaa", "", "", {"code", "target", "reason"}),
    ):
        with pytest.raises(DomainError) as refusal:
            repoint_link(code, target, reason, by=None, at=AT)
        assert {problem.place for problem in refusal.value.problems} == wrong, (code, target, reason)
    assert dict(Repointing.objects.values_list("code", "target__code")) == {two: one}


def test_a_target_that_itself_leads_on_is_named(codes: list[str]) -> None:
    _, one, two, three = codes
    repoint_link(two, three, "合并", by=None, at=AT)
    with pytest.raises(DomainError) as refusal:
        repoint_link(one, two, "换课", by=None, at=AT)
    assert refusal.value.problems[0].code == "target-moved-on"
    assert three in refusal.value.problems[0].zh


def test_every_turn_stays_on_record(codes: list[str]) -> None:
    _, one, two, three = codes
    create_person("何川", username="he", password="meadow-lantern-4711", roles=[Role.OPERATOR], by=None, at=AT)
    who = Person.objects.get(name="何川")
    repoint_link(one, two, "第一次", by=who, at=AT)
    repoint_link(one, three, "第二次", by=None, at=AT)
    assert [(t.by, t.led_to, t.leads_to, t.reason) for t in short_links.history(one)] == [
        ("", two, three, "第二次"),
        ("何川", one, two, "第一次"),
    ]
    assert AuditEntry.objects.filter(action=short_links.REPOINTED).count() == 2
    assert short_links.history(two) == []


def test_a_table_mended_by_hand_into_a_circle_leads_somewhere(codes: list[str]) -> None:
    _, one, two, _ = codes
    from smartedu.library.models import Resource

    for code, target in ((one, two), (two, one)):
        Repointing.objects.create(code=code, target=Resource.objects.get(code=target), reason="x", at=AT)
    assert short_links.destination(one).code in (one, two)


def test_the_same_click_twice_is_one_turn(codes: list[str]) -> None:
    _, one, two, _ = codes
    for _ in range(2):
        repoint_link(one, two, "换成新课", by=None, at=AT)
    assert len(short_links.history(one)) == 1
    assert short_links.history(two) == []
