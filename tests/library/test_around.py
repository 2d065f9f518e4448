"""What stands around a lesson: its place in the book, and the same points in other books."""

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from smartedu.library import around
from smartedu.library.actions import Published, withdraw_version
from smartedu.library.models import LinkCheck, LinkState, Resource
from tests.library.large import enlarge
from tests.library.makers import GRADE_8_MATHS, Maker
from tests.web.test_plans import plan_of, scans


@pytest.fixture
def book(make: Maker) -> Published:
    return make.textbook()


def in_edition(make: Maker, edition: str, *, knowledge: tuple[str, ...], **placed: str) -> Resource:
    """A lesson on some points in a book of another edition (or grade, or subject)."""
    place = msgspec.structs.replace(GRADE_8_MATHS, edition=edition, **placed)
    name = f"{edition} {placed}"
    other = make.textbook(name, title=f"另一本 {name}", placement=place)
    return make.lesson(other, f"in {name}", placement=place, knowledge=knowledge).resource


def titles(lessons: list[Resource]) -> list[str]:
    return [lesson.title for lesson in lessons]


def test_a_lesson_has_its_place_in_the_order_of_the_book(
    make: Maker, book: Published, django_assert_num_queries: object
) -> None:
    for number, chapter in enumerate(("16", "17.1", "17.1", "17.2"), start=1):
        make.lesson(book, str(number), title=f"课 {number}", chapter=chapter, position=number * 10)
    lesson = Resource.objects.select_related("textbook").get(title="课 3")
    with django_assert_num_queries(2):  # type: ignore[operator] # the lessons of the book, and its headings
        place = around.place_of(lesson)
    assert (place.number, place.total) == (3, 4)
    assert titles([c for c in (place.before, place.after) if c]) == ["课 2", "课 4"]
    assert [chapter.title for chapter in place.path] == ["第十七章 勾股定理", "17.1 勾股定理"]
    assert titles(place.unit) == ["课 2", "课 3", "课 4"]  # the whole chapter, not only its section


def test_the_first_lesson_has_none_before_and_a_withdrawn_one_counts_no_longer(make: Maker, book: Published) -> None:
    lessons = [make.lesson(book, str(n), title=f"课 {n}", position=n).resource for n in (1, 2, 3)]
    withdraw_version(lessons[1].code, by=None, at=make.at, reason="重复")
    place = around.place_of(lessons[0])
    assert (place.number, place.total, place.before) == (1, 2, None)
    assert place.after == lessons[2]
    assert around.place_of(lessons[1]).unit == []


def test_lessons_at_the_same_place_are_all_passed_through(make: Maker, book: Published) -> None:
    lessons = [make.lesson(book, str(n), position=1, title=f"第 {n} 课").resource for n in range(3)]
    place = around.place_of(lessons[1])
    assert (place.before, place.after) == (lessons[0], lessons[2])
    assert around.place_of(lessons[0]).before is None


def test_the_same_points_are_found_in_other_editions_nearest_first(
    make: Maker, book: Published, django_assert_num_queries: object
) -> None:
    points = ("勾股定理", "直角三角形", "面积法")
    lesson = make.lesson(book, knowledge=points).resource
    make.lesson(book, "next", position=2, knowledge=points)
    two = in_edition(make, "bnup", knowledge=("面积法", "勾股定理"))
    one = in_edition(make, "jsep", knowledge=("勾股定理",))
    in_edition(make, "hebei-people", knowledge=("二次根式",))
    in_edition(make, "hebei-people", knowledge=points, subject="physics")
    lower = in_edition(make, "bnup", knowledge=("勾股定理",), volume="volume-1")
    with django_assert_num_queries(2):  # type: ignore[operator] # those that share a point, and the cards of the chosen
        found = around.same_points(lesson, points)
    assert [match.lesson for match in found] == [two, one]
    assert [match.shared for match in found] == [["勾股定理", "面积法"], ["勾股定理"]]
    assert lower not in [match.lesson for match in found]  # one an edition


def test_a_lesson_without_points_asks_for_none(make: Maker, book: Published, django_assert_num_queries: object) -> None:
    lesson = make.lesson(book, knowledge=()).resource
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert around.same_points(lesson, ()) == []


def test_what_was_withdrawn_shares_no_point(make: Maker, book: Published) -> None:
    lesson = make.lesson(book).resource
    other = in_edition(make, "bnup", knowledge=("勾股定理",))
    withdraw_version(other.code, by=None, at=make.at, reason="重复")
    assert around.same_points(lesson, ("勾股定理",)) == []


def test_beside_a_resource_stands_what_follows_it_and_then_what_the_column_begins_with(make: Maker) -> None:
    for name in "甲乙丙丁":
        make.article(name, title=f"{name}篇")
    in_order = list(Resource.objects.listed().in_shelf_order())
    assert around.beside(in_order[1], 2) == in_order[2:]
    assert around.beside(in_order[2], 3) == [in_order[3], in_order[0], in_order[1]]
    assert around.beside(in_order[0], 9) == in_order[1:]


def test_a_link_that_nobody_looked_at_has_no_check(make: Maker) -> None:
    resource = make.article().resource
    assert around.link_check(resource) is None
    LinkCheck.objects.create(resource=resource, state=LinkState.WORKS, checked_at=timezone.now())
    check = around.link_check(resource)
    assert check is not None
    assert check.state == LinkState.WORKS


def test_points_are_looked_up_in_their_index_at_full_size(make: Maker, book: Published) -> None:
    lesson = make.lesson(book, knowledge=("point 5", "point 6")).resource
    article = make.article().resource
    enlarge(book.resource.pk)
    with CaptureQueriesContext(connection) as questions:
        around.same_points(lesson, lesson.knowledge)
        around.place_of(lesson)
        around.beside(article)
    assert questions.captured_queries
    assert not [question["sql"] for question in questions.captured_queries if scans(plan_of(question["sql"]))]
