"""Lists of a plate, a column and a provider: facets with counts, order, pages, and which addresses are remembered."""

import re
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.test import Client

from smartedu.base.pages import inside
from smartedu.library.content import Link
from tests.library.makers import GRADE_8_MATHS, Maker

COLUMN = "/en/plates/theme/mental-health"


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def shelf(make: Maker) -> Maker:
    """Three articles, one of them for grade 8 maths, and a link for physics in two grades."""
    make.article("one", title="第一篇")
    make.article("two", title="第二篇")
    make.article("placed", title="第三篇", placement=GRADE_8_MATHS)
    other = msgspec.structs.replace(GRADE_8_MATHS, grades=("grade-7", "grade-8"), subject="physics")
    make.article("link", title="故宫博物院", body=Link("https://www.dpm.org.cn/", "故宫博物院"), placement=other)
    return make


def titles(response: Any) -> list[str]:
    cards = re.findall(r'class="card__title"><a href="[^"]+">(.*?)</a>', response.content.decode())
    return [re.sub("<[^>]+>", "", card) for card in cards]


def offered(response: Any) -> dict[str, dict[str, int]]:
    """Every facet of the side column, with its choices and their counts (-1 for the one that is picked)."""
    page = response.content.decode().partition('id="facets"')[2].partition("</nav>")[0]
    found: dict[str, dict[str, int]] = {}
    for part in page.split('<details class="facets__one"')[1:]:
        name = re.search(r"<summary>(.*?)<svg", part)
        choices = re.findall(r"<span>(.*?)</span>(?:<small>([\d,]+)</small>)?", part)
        assert name
        found[name[1]] = {re.sub("<[^>]+>", "", choice): int(n or -1) for choice, n in choices}
    return found


def is_kept(response: Any) -> bool:
    return inside.KEYS in response.headers


def test_facets_count_what_each_choice_would_leave(visitor: Client, shelf: Maker) -> None:
    page = visitor.get(COLUMN)
    assert offered(page) == {
        "Grade": {"Grade 7": 1, "Grade 8": 2},
        "Subject": {"Maths": 1, "Physics": 1},
        "Type": {"Article": 3, "On another site": 1},
    }
    assert len(titles(page)) == 4


def test_a_choice_narrows_the_list_and_the_other_facets_but_not_its_own(visitor: Client, shelf: Maker) -> None:
    page = visitor.get(f"{COLUMN}?grade=grade-8&kind=article")
    assert len(titles(page)) == 1
    assert offered(page)["Type"] == {"Article": -1, "On another site": 1}
    assert offered(page)["Grade"] == {"Grade 8": -1}
    assert f'href="{COLUMN}?kind=article"' in page.content.decode()
    assert is_kept(page)


def test_every_count_is_what_the_list_behind_it_has(visitor: Client, shelf: Maker) -> None:
    page = visitor.get(COLUMN).content.decode().replace("&amp;", "&")
    links = re.findall(r'<a href="([^"]+)" rel="nofollow"><span>.*?</span><small>(\d+)</small>', page)
    assert len(links) == 6
    for address, count in links:
        behind = visitor.get(address)
        assert len(titles(behind)) == int(count), address
        assert is_kept(behind), address


def test_an_order_is_kept_while_choosing(visitor: Client, make: Maker) -> None:
    make.article("old", title="Aa")
    make.at += timedelta(days=1)
    make.article("new", title="Bb", body=Link("https://www.dpm.org.cn/", "故宫博物院"))
    assert titles(visitor.get(COLUMN)) == ["When you cannot sleep in exam week"] * 2
    newest = visitor.get(f"{COLUMN}?sort=newest")
    assert "Bb" in visitor.get("/zh/plates/theme/mental-health?sort=newest").content.decode()
    assert 'href="/en/plates/theme/mental-health?kind=article&amp;sort=newest"' in newest.content.decode()
    zh = [titles(visitor.get(f"/zh/plates/theme/mental-health{query}")) for query in ("", "?sort=newest")]
    assert zh == [["Aa", "Bb"], ["Bb", "Aa"]]


@pytest.mark.parametrize(
    "query",
    ["kind=moon", "grade=grade-99", "page=2", "page=1", "page=0", "page=x", "sort=moon", "sort=shelf",
     "edition=pep&x=1", "provider=nobody", "stage=junior&stage=moon"],
)  # fmt: skip
def test_an_address_that_is_none_of_its_own_is_shown_but_not_kept(visitor: Client, shelf: Maker, query: str) -> None:
    page = visitor.get(f"{COLUMN}?{query}")
    assert page.status_code == 200
    assert len(titles(page)) in (2, 4)
    assert is_kept(page) == (query == "edition=pep&x=1")  # what no page knows is not part of its address


def test_pages_go_on_where_the_last_one_ended(visitor: Client, make: Maker) -> None:
    for n in range(30):
        make.article(str(n), title=f"第{n}篇", title_en="")
    first, second = (visitor.get(f"{COLUMN}{query}") for query in ("", "?page=2"))
    assert (len(titles(first)), len(titles(second))) == (24, 6)
    assert not set(titles(first)) & set(titles(second))
    assert is_kept(second)
    assert not is_kept(visitor.get(f"{COLUMN}?page=3"))


def test_a_provider_shows_what_it_gave(visitor: Client, shelf: Maker) -> None:
    page = visitor.get("/en/providers/national-catalogue")
    assert "Has contributed 4 resources." in page.content.decode()
    assert 'href="/en/plates/theme/mental-health?provider=national-catalogue"' in page.content.decode()
    assert len(titles(page)) == 4
    assert page.headers[inside.KEYS].split()[0].startswith(("media:", "provider:national-catalogue"))
    assert visitor.get("/en/providers/nobody").status_code == 404


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("/zh/plates/theme", "plate:theme"),
        ("/zh/plates/theme/mental-health", "column:mental-health"),
        ("/zh/providers/national-catalogue", "provider:national-catalogue"),
        ("/zh/textbooks", "textbooks"),
        ("/zh/", "plate:family"),
    ],
)
def test_a_list_bears_what_it_shows(visitor: Client, shelf: Maker, address: str, key: str) -> None:
    assert key in visitor.get(address).headers[inside.KEYS].split()


def test_a_long_table_of_contents_is_folded_but_for_its_first_chapter(visitor: Client, make: Maker) -> None:
    book = make.textbook()
    address = f"/zh/textbooks/{book.resource.code}"
    make.lesson(book, "first", chapter="17.1", position=1)
    assert "<details" not in visitor.get(address).content.decode().partition('id="contents"')[2]
    for n in range(30):
        make.lesson(book, str(n), chapter="17.2", position=n + 2, title=f"课 {n}")
    page = visitor.get(address).content.decode().partition('id="contents"')[2]
    assert page.count("<details") == 1
    assert "课 29" in page
