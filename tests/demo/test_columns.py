"""The columns beside lessons and e-textbooks: how much stands where, that it reads whole, that it can be published."""

import re
from collections import Counter
from datetime import datetime, timedelta

import pytest

from smartedu.demo.columns.extras import notice_content, notice_texts
from smartedu.demo.columns.grammar import Words
from smartedu.demo.columns.planning import ITEMS, OWN_CURRICULA, institutions, plan
from smartedu.demo.columns.publishing import SLICES, publish_notices, publish_planned, published_at
from smartedu.demo.columns.reading import columns, forms_of, topics_of
from smartedu.demo.regions import provider_names, regions
from smartedu.demo.shelves import shelves
from smartedu.library.actions.providers import ensure_provider
from smartedu.library.content import Article, Content, Kind, Notice
from smartedu.library.models import Resource
from tests.library.makers import Maker

LEAST, MOST = 80, 500
"""What a column may hold; the six of the course plate hold lessons already."""
COURSE = {"primary", "junior", "senior", "five-four", "special-needs", "e-textbooks"}
HELP_LINES = {
    "110",
    "119",
    "120",
    "12320",
    "12333",
    "12315",
    "12338",
    "12339",
    "12345",
    "12348",
    "12355",
    "12356",
    "12369",
    "96110",
}


def articles() -> list[Content]:
    """Everything planned that is an article."""
    return [content for content in plan() if isinstance(content.body, Article)]


def test_there_are_exactly_as_many_as_the_national_catalogue_had() -> None:
    written = sum(len(shelf.items) for shelf in shelves())
    assert len(plan()) + written + len(notice_texts()) == ITEMS == 6_540


def test_every_column_holds_what_its_file_says() -> None:
    counts = Counter(content.column for content in plan())
    counts.update(shelf.column for shelf in shelves() for _ in shelf.items)
    counts.update(text.column for text in notice_texts())
    assert counts == {column.column: column.count for column in columns()}
    assert len(counts) == 36
    assert all(LEAST <= count <= MOST for name, count in counts.items() if name not in COURSE)


def test_no_two_things_bear_the_same_title() -> None:
    titles = (
        [c.title for c in plan()] + [i.title for s in shelves() for i in s.items] + [t.title for t in notice_texts()]
    )
    assert [title for title, times in Counter(titles).items() if times > 1] == []


def test_the_plan_is_the_same_every_time() -> None:
    first = plan()
    plan.cache_clear()
    assert plan() == first


def test_no_mark_of_a_pattern_is_left_and_no_sentence_is_broken() -> None:
    for content in articles():
        assert isinstance(content.body, Article)
        for text in (content.title, content.summary, *content.body.paragraphs):
            assert not re.search(r"[{}|@]|。。|，，|。，|：：|  |^[。，]", text), (content.title, text)


def test_articles_are_as_long_as_a_reader_expects() -> None:
    for content in articles():
        assert isinstance(content.body, Article)
        told = [p for p in content.body.paragraphs if not p.startswith("# ")]
        assert 3 <= len(told) <= 10, content.title
        assert len(content.body.paragraphs) >= 4, content.title
        assert len("".join(told)) >= 200, content.title
        assert len(set(content.body.paragraphs)) == len(content.body.paragraphs), content.title
        assert not content.body.paragraphs[-1].startswith("# "), content.title
        assert 4 <= len(content.title) <= 40, content.title
        assert 12 <= len(content.summary) <= 90, content.summary


def test_no_two_articles_say_the_same() -> None:
    texts = [content.body for content in articles()]
    assert len(set(texts)) == len(texts)


def test_every_telephone_number_is_one_of_the_public_lines() -> None:
    for content in articles():
        assert isinstance(content.body, Article)
        for text in content.body.paragraphs:
            numbers = re.findall(r"(?:拨打|打|报|致电)(\d{3,5})|(\d{5})(?=[\u4e00-\u9fff]{0,4}热线)", text)
            assert {a or b for a, b in numbers} <= HELP_LINES, text


def test_every_topic_has_a_sentence_of_its_own_and_every_form_exists() -> None:
    seen: Counter[str] = Counter()
    for column in columns():
        for group in column.groups:
            assert forms_of(column, group), column.column
            for topic in topics_of(group):
                seen.update(topic.sentences)
    assert [sentence for sentence, times in seen.items() if times > 1] == []
    assert sum(seen.values()) > 2_800


def test_every_region_contributes_and_none_teaches_the_law_of_another() -> None:
    centres = {region.centre for region in regions()}
    assert centres <= {content.provider for content in plan()}
    own = {region.centre for region in regions() if region.slug in OWN_CURRICULA}
    assert not [c.title for c in plan() if c.provider in own and c.column in {"law", "party-history", "subject"}]


def test_every_provider_is_known() -> None:
    invented = {each.code for among in institutions().values() for each in among}
    known = set(provider_names()) | invented | {"demo-commons", "demo-primary", "demo-junior", "demo-senior"}
    assert {content.provider for content in plan()} <= known


def test_a_school_named_in_a_title_is_the_one_that_contributes() -> None:
    named = [(c, name) for c in plan() for code, (name, _) in provider_names().items() if name[:-4] in c.title]
    assert len(named) > 10
    assert all(provider_names()[content.provider][0] == name for content, name in named)


def test_words_without_a_mark_do_not_fit() -> None:
    words = Words({"t": "浮力"})
    assert words.fits("{t}")
    assert not words.fits("{g}的{t}")
    with pytest.raises(KeyError):
        words.fill("{g}")


def test_slices_are_in_the_past_and_a_year_and_a_half_long(at: datetime) -> None:
    days = [published_at(number, at) for number in range(1, SLICES + 1)]
    assert days == sorted(days, reverse=True)
    assert all(day < at for day in days)
    assert timedelta(days=500) < at - days[-1] < timedelta(days=580)


def test_a_notice_names_its_last_day(at: datetime) -> None:
    for text in notice_texts():
        content = notice_content(text, at.date())
        assert isinstance(content.body, Notice)
        assert content.body.until == at.date() + timedelta(days=text.until)
        assert "{" not in "".join((content.title, content.summary, *content.body.paragraphs))
    assert len(notice_texts()) == 12


def test_a_sample_is_published_with_its_days_and_readers(make: Maker) -> None:
    ensure_provider("demo-commons", name_zh="公共资源编辑组", name_en="Editors")
    sample = [c for c in plan() if c.kind in (Kind.ARTICLE, Kind.LINK)][::150]
    publish_planned(sample, at=make.at)
    publish_notices(at=make.at)
    published = Resource.objects.filter(version__isnull=False)
    assert published.count() == len(sample) + 12
    assert published.filter(published_at__gte=make.at).count() == 0
    assert len({r.published_at for r in published.exclude(kind=Kind.NOTICE.value)}) > SLICES // 2
    assert not published.filter(audience=[]).exists()


def test_a_second_time_changes_nothing(make: Maker) -> None:
    ensure_provider("demo-commons", name_zh="公共资源编辑组", name_en="Editors")
    sample = [c for c in plan() if c.kind == Kind.ARTICLE][::400]
    publish_planned(sample, at=make.at)
    publish_notices(at=make.at)
    before = set(Resource.objects.values_list("code", "version", "published_at"))
    publish_planned(sample, at=make.at + timedelta(days=40))
    publish_notices(at=make.at + timedelta(days=40))
    assert set(Resource.objects.values_list("code", "version", "published_at")) == before
