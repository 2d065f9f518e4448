"""Short links and their QR codes for readers, and the page on which an operator points them elsewhere."""

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from PIL import Image

from smartedu.base.settings import get_settings
from smartedu.library import short_links
from smartedu.library.actions import withdraw_version
from smartedu.library.actions.links import LinkNews, record_link_checks, repoint_link
from smartedu.library.content import Link
from smartedu.library.models import LinkState, Resource
from smartedu.people.actions import create_person
from smartedu.people.models import Role
from tests.conftest import AT
from tests.library.makers import Maker

PASSWORD = "meadow-lantern-4711"
SITE = get_settings().public_url


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def lessons(make: Maker) -> list[Resource]:
    """Two lessons of one book."""
    book = make.textbook()
    return [make.lesson(book, f"lesson-{n}", position=n, title=f"第 {n} 课", title_en="").resource for n in (1, 2)]


def signed_in(*roles: Role) -> Client:
    create_person("何川", username="he", password=PASSWORD, roles=roles, by=None, at=AT)
    client = Client(headers={"host": "localhost"})
    assert client.post("/zh/sign-in", {"username": "he", "password": PASSWORD}).status_code == 302
    return client


# -- for readers ------------------------------------------------------------------------------------------


def test_a_short_link_leads_to_the_page_in_the_browsers_language(visitor: Client, lessons: list[Resource]) -> None:
    code = lessons[0].code
    for accepted, language in (("zh-CN,zh;q=0.9", "zh"), ("en-GB,en;q=0.8", "en"), ("", "zh")):
        for typed in (code, code.upper()):
            answer = visitor.get(f"/s/{typed}", headers={"accept-language": accepted})
            assert (answer.status_code, answer["Location"]) == (302, f"/{language}/lessons/{code}")
            assert "Accept-Language" in answer["Vary"]
            assert answer["Cache-Control"] == "public, max-age=60"
            assert not answer.cookies
    book = lessons[0].textbook
    assert book is not None
    assert visitor.get(f"/s/{book.code}")["Location"] == f"/zh/textbooks/{book.code}"


def test_a_link_follows_its_re_pointing_and_a_withdrawn_page_says_what_it_was(
    visitor: Client, lessons: list[Resource]
) -> None:
    one, two = (lesson.code for lesson in lessons)
    withdraw_version(one, by=None, at=AT, reason="有新课")
    page = visitor.get(f"/s/{one}", follow=True)
    assert page.status_code == 410
    assert "第 1 课" in page.content.decode()
    repoint_link(one, two, "有新课", by=None, at=AT)
    assert visitor.get(f"/s/{one}")["Location"] == f"/zh/lessons/{two}"


@pytest.mark.parametrize(
    "path", ["/s/aaaaaaaaaa", "/s/x", "/s/%00", "/s/aaaaaaaaaa.svg", "/s/aaaaaaaaaa.gif", "/s/" + "a" * 3000]
)
def test_a_code_that_nothing_bears_gets_a_page_that_helps(visitor: Client, make: Maker, path: str) -> None:
    answer = visitor.get(path, headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()


def test_the_qr_code_holds_the_short_link(visitor: Client, lessons: list[Resource]) -> None:
    import segno

    code = lessons[0].code
    svg = visitor.get(f"/s/{code}.svg")
    assert svg["Content-Type"] == "image/svg+xml"
    assert svg.content.startswith(b"<svg")
    png = visitor.get(f"/s/{code}.png")
    drawn = segno.make_qr(f"{SITE}/s/{code}", error="m")
    side = (len(drawn.matrix) + 8) * 12
    with Image.open(io.BytesIO(png.content)) as picture:
        assert picture.size == (side, side)
        grey = picture.convert("L")
        found = [[grey.getpixel((12 * (x + 4) + 6, 12 * (y + 4) + 6)) < 128 for x in range(len(drawn.matrix))]
                 for y in range(len(drawn.matrix))]  # fmt: skip
    assert found == [[bool(module) for module in row] for row in drawn.matrix]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_lessons_and_books_show_their_link(visitor: Client, lessons: list[Resource], language: str) -> None:
    lesson = lessons[0]
    assert lesson.textbook is not None
    for path, code in (
        (f"lessons/{lesson.code}", lesson.code),
        (f"textbooks/{lesson.textbook.code}", lesson.textbook.code),
    ):
        page = visitor.get(f"/{language}/{path}").content.decode()
        assert f'data-whole="{SITE}/s/{code}"' in page
        assert f'src="/s/{code}.svg"' in page
        assert f'href="/s/{code}.png" download' in page


# -- for the operator -------------------------------------------------------------------------------------


def test_the_page_is_for_operators_alone(visitor: Client, make: Maker) -> None:
    assert visitor.get("/zh/manage/links")["Location"].startswith("/zh/sign-in?next=")
    assert visitor.post("/zh/manage/links", {"target": "x", "reason": "x"}).status_code == 302
    assert signed_in(Role.TEACHER, Role.REVIEWER, Role.ADMINISTRATOR).get("/zh/manage/links").status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_operator_finds_a_link_and_points_it_elsewhere(
    visitor: Client, lessons: list[Resource], language: str
) -> None:
    one, two = (lesson.code for lesson in lessons)
    operator = signed_in(Role.OPERATOR)
    there = f"/{language}/manage/links?code={one}"
    for typed in (one, one.upper(), f"{SITE}/s/{one}"):
        page = operator.get(f"/{language}/manage/links", {"code": typed})
        assert "第 1 课" in page.content.decode(), typed
    assert "no-store" in page["Cache-Control"]
    refused = operator.post(there, {"target": "aaaaaaaaaa", "reason": ""})
    assert refused.status_code == 400
    assert refused.content.decode().count("field__error") == 2
    done = operator.post(there, {"target": f"{SITE}/zh/lessons/{two}", "reason": "换成新课"})
    assert done.status_code == 302
    page = operator.get(done["Location"])
    text = page.content.decode()
    assert "换成新课" in text
    assert "何川" in text
    assert visitor.get(f"/s/{one}")["Location"] == f"/zh/lessons/{two}"
    assert short_links.history(one)[0].by == "何川"
    nothing = operator.get(f"/{language}/manage/links?code=aaaaaaaaaa").content.decode()
    assert re.search(r'class="[^"]*notice', nothing)


def test_an_operator_sees_what_does_not_open(make: Maker) -> None:
    names = ("works", "away", "inner", "failing")
    made = {n: make.article(n, title=f"链接 {n}", body=Link(f"https://{n}.example/", "某馆")).resource for n in names}
    states = {"works": (LinkState.WORKS, 0), "away": (LinkState.AWAY, 4), "inner": (LinkState.REFUSED, 0),
              "failing": (LinkState.WORKS, 1)}  # fmt: skip
    news = [
        LinkNews(made[n].pk, made[n].code, state, 404, "answers 404", count) for n, (state, count) in states.items()
    ]
    record_link_checks(news, at=AT - timedelta(days=1))
    page = signed_in(Role.OPERATOR).get("/en/manage/links").content.decode()
    shown = [name for name in names if f"https://{name}.example/" in page]
    assert shown == ["away", "inner", "failing"]
    assert "4 looks in vain" in page
