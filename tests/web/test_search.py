"""The search page: what it says was understood, what it marks, where its links lead, and that it is remembered."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from smartedu.base.pages import inside
from smartedu.base.settings import get_settings
from smartedu.library.jobs import write_lexicon
from smartedu.library.search.index import rebuild
from smartedu.web.marking import EXCERPT, as_typed, excerpt, marked
from tests.library.makers import Maker


@pytest.fixture
def visitor(make: Maker) -> Iterator[Client]:
    """Somebody before a library of two books that has been indexed."""
    book = make.textbook()
    make.lesson(book)
    for n in range(25):
        make.lesson(book, f"more {n}", title=f"勾股定理练习 {n}", position=n + 2)
    make.article("exam", title="考试周怎样用勾股定理")
    folder = get_settings().index_dir
    rebuild(folder)
    write_lexicon(folder)
    yield Client(headers={"host": "localhost"})
    _empty(folder)


def _empty(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


def asked(visitor: Client, query: str, language: str = "zh") -> str:
    response = visitor.get(f"/{language}/search?{quote(query, safe='=&')}")
    assert response.status_code == 200
    return response.content.decode().replace("&amp;", "&")


def test_the_page_is_remembered_until_the_index_changes(visitor: Client) -> None:
    response = visitor.get(f"/zh/search?q={quote('勾股定理')}&utm=1")
    assert "search" in response[inside.KEYS].split()
    assert response[inside.QUERY].split()[:3] == ["q", "page", "sort"]
    for strange in ("q=maths&grade=moon", "q=maths&page=99", "q=maths&page=0", "q=勾股定理&page=1", "q=maths&sort=x"):
        assert inside.KEYS not in visitor.get(f"/zh/search?{quote(strange, safe='=&')}"), strange
    for own in ("q=勾股定理&page=2", "q=勾股定理&sort=newest", "q=勾股定理&page=2&sort=newest"):
        assert inside.KEYS in visitor.get(f"/zh/search?{quote(own, safe='=&')}"), own


def test_words_are_marked_also_when_they_were_typed_by_sound(visitor: Client) -> None:
    for query in ("q=勾股定理", "q=ggdl", "q=gougudingli"):
        assert "<mark>勾股定理</mark>" in asked(visitor, query), query


def test_places_among_the_words_are_chips_that_can_be_taken_off(visitor: Client) -> None:
    page = asked(visitor, "q=八年级 数学 勾股定理")
    chips = re.findall(r'<a class="chip" href="([^"]*)"', page)
    assert chips == [
        "/zh/search?q=%E5%8B%BE%E8%82%A1%E5%AE%9A%E7%90%86&subject=maths",
        "/zh/search?grade=grade-8&q=%E5%8B%BE%E8%82%A1%E5%AE%9A%E7%90%86",
    ]
    assert 'value="八年级 数学 勾股定理"' in page


def test_every_link_of_the_list_keeps_what_was_meant(visitor: Client) -> None:
    page = asked(visitor, "q=八年级 数学 勾股定理&sort=newest")
    links = [link for link in re.findall(r'href="(/zh/search\?[^"]*)"', page) if "page=2" in link]
    assert links
    for link in links:
        assert "sort=newest" in link
        assert "grade=grade-8" in link
        assert visitor.get(link).status_code == 200


def test_facets_have_counts_and_narrow(visitor: Client) -> None:
    page = asked(visitor, "q=勾股定理", "en")
    assert re.search(r'href="/en/search\?kind=article&q=[^"]*"[^>]*><span>Article</span><small>1</small>', page)
    narrowed = asked(visitor, "q=勾股定理&kind=article", "en")
    assert narrowed.count('<li class="hit') == 1


def test_nothing_under_a_choice_leads_back(visitor: Client) -> None:
    page = asked(visitor, "q=勾股定理&subject=biology")
    assert '<li class="hit' not in page
    assert 'href="/zh/search?q=%E5%8B%BE%E8%82%A1%E5%AE%9A%E7%90%86"' in page


@pytest.mark.parametrize(("language", "words"), [("zh", "下面是“勾股定理”的结果"), ("en", "found for “勾股定理”")])
def test_what_was_searched_in_the_place_of_what_was_typed_is_said(visitor: Client, language: str, words: str) -> None:
    page = asked(visitor, "q=勾股定里", language)
    assert words in page
    assert page.count('<li class="hit') == 20


def test_no_index_yet_is_said_and_not_remembered(make: Maker) -> None:
    response = Client(headers={"host": "localhost"}).get("/en/search?q=anything")
    assert "put in order" in response.content.decode()
    assert inside.KEYS not in response


def test_marking() -> None:
    assert marked("光合作用与<b>", ["光合作用"]) == "<mark>光合作用</mark>与&lt;b&gt;"
    assert marked("ＰＥＰ 數學", ["pep", "数学"]) == "<mark>ＰＥＰ</mark> <mark>數學</mark>"
    assert marked("start art artist", ["art"]) == "start <mark>art</mark> artist"
    assert marked("Triangles, a story, stories", ["triangle", "story"]) == (
        "<mark>Triangles</mark>, a <mark>story</mark>, <mark>stories</mark>"
    )
    assert as_typed(["leave", "光合作用"], "Leaves 光合作用") == ["leaves", "光合作用"]
    assert marked("ﬁx a fix", ["fix"]) == "ﬁx a fix"  # a ligature folds to two letters
    long = "一" * 200 + "光合作用" + "二" * 200
    assert "<mark>光合作用</mark>" in excerpt(long, ["光合作用"])
    assert excerpt(long, []).startswith("一" * EXCERPT)
    assert excerpt("短", []) == "短"
