"""Shelves: their counts always say what is published, and facets are what a reader would count by hand."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from smartedu.library import keys, shelves
from smartedu.library.actions import Publication, publish_many, withdraw_version
from smartedu.library.actions.telling import Told
from smartedu.library.content import Article, Content, Placement
from smartedu.library.models import Resource, Shelf
from smartedu.library.queries import Order, listing, page_of
from smartedu.library.shelves import Facets
from tests.library.makers import GRADE_8_MATHS, Maker, article_content

COLUMNS = {"science": "after-school", "labour": "theme", "law": "theme"}
articles = st.builds(
    lambda column, stage, grades, subject: Content(
        title="标题",
        body=Article(("正文",)),
        column=column,
        provider="national-catalogue",
        placement=Placement(stage=stage, grades=tuple(sorted(grades)), subject=subject),
    ),
    st.sampled_from(sorted(COLUMNS)),
    st.sampled_from(["", "primary", "junior"]),
    st.sets(st.sampled_from(["grade-1", "grade-7", "grade-8"]), max_size=2),
    st.sampled_from(["", "maths", "chinese"]),
)
chosen = st.builds(
    Facets,
    plate=st.sampled_from(["", "theme", "course"]),
    column=st.sampled_from(["", "labour", "nowhere"]),
    grade=st.sampled_from(["", "grade-7"]),
    subject=st.sampled_from(["", "maths"]),
    stage=st.sampled_from(["", "junior"]),
)


def _values(content: Content, name: str) -> tuple[str, ...]:
    place = content.placement
    known: dict[str, tuple[str, ...]] = {
        "plate": (COLUMNS[content.column],),
        "column": (content.column,),
        "kind": ("article",),
        "stage": (place.stage,) if place.stage else (),
        "grade": place.grades,
        "subject": (place.subject,) if place.subject else (),
        "edition": (),
        "provider": (content.provider,),
    }
    return known[name]


def _fits(content: Content, facets: Facets) -> bool:
    return all(code in _values(content, name) for name, code in facets.chosen().items())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=st.lists(articles, min_size=1, max_size=12), facets=chosen, drop=st.integers(0, 11))
def test_facets_are_what_one_would_count_by_hand(
    make: Maker, contents: list[Content], facets: Facets, drop: int
) -> None:
    before = dict(Shelf.objects.values_list("pk", "count"))
    assert not any(before.values())
    published = publish_many([Publication("t", str(n), c) for n, c in enumerate(contents)], by=None, at=make.at)
    kept = [c for n, c in enumerate(contents) if n != drop]
    if drop < len(contents):
        withdraw_version(published[drop].resource.code, by=None, at=make.at, reason="")
    counts = shelves.facet_counts(shelves.counted(Facets()), facets)
    assert counts.total == sum(_fits(c, facets) for c in kept)
    for name in shelves.NAMES:
        others = [c for c in kept if _fits(c, facets.without(name))]
        assert counts.by_facet[name] == Counter(value for c in others for value in _values(c, name))
    listed = {r.code for r in listing(facets)} if facets.column != "nowhere" else set()
    assert listed == {p.resource.code for n, p in enumerate(published) if n != drop and _fits(contents[n], facets)}
    for n, p in enumerate(published):
        if n != drop:
            withdraw_version(p.resource.code, by=None, at=make.at, reason="")


def test_a_resource_that_changes_its_facets_is_counted_where_it_is_now(make: Maker) -> None:
    first = make.article("a", column="science")
    assert shelves.facet_counts(shelves.counted(Facets(column="science")), Facets()).total == 1
    make.article("a", column="law")
    assert shelves.facet_counts(shelves.counted(Facets(column="science")), Facets()).total == 0
    assert shelves.facet_counts(shelves.counted(Facets(column="law")), Facets()).total == 1
    assert Resource.objects.get(pk=first.resource.pk).plate.code == "theme"


def test_bare_textbooks_are_on_the_shelf_but_not_in_lists(make: Maker) -> None:
    book = make.textbook()
    make.lesson(book)
    column = Resource.objects.get(pk=book.resource.pk).column.code
    scope = Facets(column=column)
    assert shelves.facet_counts(shelves.counted(scope), scope).by_facet["kind"] == {"textbook": 1, "lesson": 1}
    listed = shelves.facet_counts(shelves.counted(scope, textbooks=False), scope)
    assert listed.by_facet["kind"] == {"lesson": 1}
    page = page_of(listing(scope, Order.NEWEST), 9, listed.total)
    assert (page.number, page.count, page.total, len(page.items)) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    ("field", "other"), [("strand", "student-reader"), ("volume", "volume-1"), ("revision", "new")]
)
def test_books_stand_on_finer_shelves(make: Maker, field: str, other: str) -> None:
    make.textbook("one")
    make.textbook("two", title="另一册", placement=replace(GRADE_8_MATHS, **{field: other}))
    assert Shelf.objects.filter(kind="textbook", count=1).count() == 2


def test_a_change_names_everything_it_touches(make: Maker) -> None:
    book = make.textbook()
    lesson = Resource.objects.select_related("column__plate", "provider", "textbook").get(
        pk=make.lesson(book).resource.pk
    )
    told = Told()
    told.about(lesson)
    assert set(told) == {
        keys.resource(lesson.code),
        keys.resource(book.resource.code),
        keys.column(lesson.column.code),
        keys.plate("course"),
        keys.provider(lesson.provider.code),
    }
    told.about(Resource.objects.select_related("column__plate", "provider").get(pk=book.resource.pk))
    assert keys.TEXTBOOKS in set(told)


def test_a_great_change_is_told_as_one_of_everything(make: Maker) -> None:
    content = article_content()
    told = Told()
    for published in publish_many([Publication("t", str(n), content) for n in range(101)], by=None, at=make.at):
        told.about(published.resource)
    assert list(told) == [keys.EVERYTHING]
