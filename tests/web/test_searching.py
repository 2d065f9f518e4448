"""What stands around a search: suggestions, similar lessons on a lesson's page, and searches without a hit."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.test import Client

from smartedu.base.settings import get_settings
from smartedu.library.models import SearchGap
from smartedu.library.search import lexicon, vectors
from smartedu.library.search.asking import searcher
from smartedu.library.search.index import rebuild
from smartedu.people.actions import create_person
from smartedu.people.models import Role
from smartedu.web.public import gaps
from smartedu.web.public.gaps import Turnstile
from tests.conftest import AT
from tests.library.makers import GRADE_8_MATHS, Maker


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def index() -> Iterator[Path]:
    """The node's own index folder, empty again afterwards."""
    folder = get_settings().index_dir
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _nobody_was_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gaps, "turnstile", Turnstile())


def indexed(folder: Path) -> None:
    rebuild(folder)
    index = searcher(folder).current()
    assert index is not None
    lexicon.write(folder, index)


# -- suggestions ------------------------------------------------------------------------------------------


def suggestions(visitor: Client, typed: str, language: str = "zh") -> list[dict[str, Any]]:
    response = visitor.get(f"/{language}/suggest", {"q": typed})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["X-Page-Keys"] == "search"
    found: list[dict[str, Any]] = json.loads(response.content)["suggestions"]
    return found


def test_every_suggestion_leads_somewhere(visitor: Client, make: Maker, index: Path) -> None:
    make.lesson(make.textbook())
    make.article()
    indexed(index)
    for language in ("zh", "en"):
        for typed in ("勾", "g", "ks", "exam", "math", "shuxue", "八年级 勾"):
            for one in suggestions(visitor, typed, language):
                assert visitor.get(one["url"]).status_code == 200, one


def test_a_topic_is_searched_and_a_single_title_opened(visitor: Client, make: Maker, index: Path) -> None:
    lesson = make.lesson(make.textbook())
    indexed(index)
    topic, title = suggestions(visitor, "ggdl")[:2]
    assert (topic["text"], topic["lang"], topic["from"], topic["to"]) == ("勾股定理", "zh-CN", 0, 4)
    assert topic["url"].startswith("/zh/search?q=")
    assert title["url"] == f"/zh/lessons/{lesson.resource.code}"
    english = suggestions(visitor, "pyth", "en")[0]
    assert (english["text"], english["lang"]) == ("Discovering Pythagoras' theorem", "en")
    assert english["text"][english["from"] : english["to"]] == "Pyth"


def test_before_there_is_an_index_the_line_is_quiet(visitor: Client, make: Maker) -> None:
    assert suggestions(visitor, "勾") == suggestions(visitor, "") == []


def test_every_search_line_knows_where_to_ask(visitor: Client, make: Maker) -> None:
    for language in ("zh", "en"):
        page = visitor.get(f"/{language}/textbooks").content.decode()
        assert f'data-controller="suggest" data-from="/{language}/suggest"' in page


# -- similar lessons --------------------------------------------------------------------------------------


def test_a_lessons_page_shows_what_is_close_to_it_and_bears_it(
    visitor: Client, make: Maker, index: Path, django_assert_num_queries: Any
) -> None:
    lesson = make.lesson(make.textbook(), knowledge=("勾股定理",))
    same = msgspec.structs.replace(GRADE_8_MATHS, edition="bnup")
    match = make.lesson(make.textbook("b", placement=same), "match", title="探索勾股定理", placement=same)
    close = msgspec.structs.replace(GRADE_8_MATHS, edition="jsep")
    book = make.textbook("c", placement=close)
    alike = make.lesson(book, "alike", title="勾股定理的证明方法", knowledge=("勾股定理的证明",), placement=close)
    address = f"/zh/lessons/{lesson.resource.code}"
    visitor.get(address)
    with django_assert_num_queries(5):  # there are no files
        assert 'id="alike"' not in visitor.get(address).content.decode()
    folder = index / vectors.FOLDER
    vectors.take(folder, *vectors.waiting(folder))
    with django_assert_num_queries(6):  # one more: the cards of what is close
        response = visitor.get(address)
    page = response.content.decode()
    section = page[page.index('id="alike"') :].split("</section>")[0]
    assert alike.resource.code in section
    assert match.resource.code not in section  # it stands among the same topics already
    assert f"resource:{alike.resource.code}" in response["X-Page-Keys"].split()


def test_an_old_version_shows_nothing_close(visitor: Client, make: Maker, index: Path) -> None:
    book = make.textbook()
    make.lesson(book)
    lesson = make.lesson(book, summary="改过的简介。")
    place = msgspec.structs.replace(GRADE_8_MATHS, edition="jsep")
    make.lesson(make.textbook("c", placement=place), "alike", title="勾股定理的证明", knowledge=(), placement=place)
    folder = index / vectors.FOLDER
    vectors.take(folder, *vectors.waiting(folder))
    address = f"/zh/lessons/{lesson.resource.code}"
    assert 'id="alike"' in visitor.get(address).content.decode()
    assert 'id="alike"' not in visitor.get(f"{address}/v/1").content.decode()


# -- searches without a hit -------------------------------------------------------------------------------


def tell(client: Client, body: Any, address: str = "10.0.0.1") -> int:
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"x-forwarded-for": address}
    response = client.post("/gaps", text, content_type="application/json", headers=headers)
    assert not response.cookies
    assert not response.content
    return response.status_code


def test_words_that_found_nothing_are_counted_once_an_address(make: Maker, index: Path) -> None:
    make.article()
    indexed(index)
    stranger = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    for address in ("10.0.0.1", "10.0.0.1", "10.0.0.2"):
        assert tell(stranger, {"words": "恐龙", "language": "zh"}, address) == 204
    assert tell(stranger, {"words": "考试周", "language": "zh"}) == 204  # is there: not counted, and not told
    assert [(gap.words, gap.times) for gap in SearchGap.objects.all()] == [("恐龙", 2)]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"\xff", {"words": 1, "language": "zh"}, {"words": "x", "language": "fr"}, {"words": "x"},
     {"words": "x", "language": "zh", "who": "me"}, {"words": "x" * 2000, "language": "zh"}],
)  # fmt: skip
def test_what_is_no_such_message_is_refused(visitor: Client, make: Maker, body: Any) -> None:
    assert tell(visitor, body) == 400


def test_it_can_only_be_told(visitor: Client) -> None:
    assert visitor.get("/gaps").status_code == 405


def test_an_address_is_heard_so_often_an_hour() -> None:
    turnstile = Turnstile()
    assert sum(turnstile.lets("a", str(n), 0.0) for n in range(100)) == gaps.FROM_ONE_ADDRESS
    assert turnstile.lets("b", "1", 0.0)
    assert not turnstile.lets("b", "1", 10.0)
    assert turnstile.lets("a", "new", gaps.AN_HOUR_SECONDS)


def test_addresses_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gaps, "MOST_ADDRESSES", 2)
    turnstile = Turnstile()
    for address in ("a", "b", "c"):
        assert turnstile.lets(address, "x", 0.0)
    assert turnstile.lets("a", "x", 1.0)
    assert not turnstile.lets("c", "x", 1.0)


PASSWORD = "meadow-lantern-4711"


@pytest.mark.parametrize(
    ("role", "status"), [(Role.OPERATOR, 200), (Role.REVIEWER, 200), (Role.TEACHER, 404), (Role.ADMINISTRATOR, 404)]
)
def test_the_list_is_for_those_who_fill_the_library(visitor: Client, make: Maker, role: Role, status: int) -> None:
    SearchGap.objects.create(words="<恐龙>", language="zh", times=3, first_at=AT, last_at=AT)
    assert visitor.get("/zh/manage/gaps").status_code == 302
    create_person("何川", username="he", password=PASSWORD, roles=[role], by=None, at=AT)
    assert visitor.post("/zh/sign-in", {"username": "he", "password": PASSWORD}).status_code == 302
    for language in ("zh", "en"):
        response = visitor.get(f"/{language}/manage/gaps")
        assert response.status_code == status
        if status == 200:
            assert "&lt;恐龙&gt;" in response.content.decode()
            assert "no-store" in response["Cache-Control"]
