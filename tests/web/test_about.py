"""The pages about the platform, the lines of help, and the foot of every page that leads to them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from smartedu.base.settings import get_settings
from smartedu.web import house
from tests.library.makers import Maker

LANGUAGES = ["zh", "en"]
PAGES = ["about", "about/views", "about/accessibility", "about/privacy", "about/contact", "help"]
OWN = """\
[[line]]
number = "0571-1234 5678"
kind = "talk"
name_zh = "县里的热线"
name_en = "The county's line"
hours_zh = "晚上"
hours_en = "in the evening"
who_zh = "王老师"
who_en = "Ms Wang"
"""
Tell = Callable[..., None]


@pytest.fixture
def visitor(make: Maker) -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def tell(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tell]:
    """Sets settings as an operator does, in the environment."""

    def forget() -> None:
        for remembered in (get_settings, house.house, house.lines, house._all_lines):
            remembered.cache_clear()

    def set_to(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"SMARTEDU_{name.upper()}", value)
        forget()

    yield set_to
    monkeypatch.undo()
    forget()


def page_of(visitor: Client, address: str, language: str = "zh") -> str:
    response = visitor.get(f"/{language}/{address}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_remembered_and_reached_from_the_foot(visitor: Client, address: str, language: str) -> None:
    response = visitor.get(f"/{language}/{address}")
    assert response["X-Page-Keys"] == "house"
    assert response.content.decode().count("<h1") == 1
    foot = page_of(visitor, "", language).partition("<footer")[2]
    assert f'href="/{language}/{address}"' in foot


@pytest.mark.parametrize("address", PAGES[:-1])
def test_the_pages_lead_to_each_other_and_say_where_one_is(visitor: Client, address: str) -> None:
    page = page_of(visitor, address).partition('class="about-pages"')[2].partition("</nav>")[0]
    assert page.count("<li>") == len(PAGES) - 1
    assert page.count("aria-current") == 1
    assert f'href="/zh/{address}" aria-current="page"' in page


def test_what_the_operator_has_not_said_is_not_shown(visitor: Client) -> None:
    assert "footer__filing" not in page_of(visitor, "")
    contact = page_of(visitor, "about/contact", "en")
    assert "has not given an address yet" in contact
    assert "mailto:" not in contact


def test_who_runs_it_stands_at_the_foot_and_on_the_pages(visitor: Client, tell: Tell) -> None:
    tell(
        operator_name_zh="青山县教育局",
        icp_number="浙ICP备12345678号-1",
        police_number="浙公网安备 33010002000123号",
        contact_email="help@edu.example.cn",
        contact_phone="0571-8888 1234",
    )
    foot = page_of(visitor, "").partition("<footer")[2]
    assert "青山县教育局" in foot
    assert ">浙ICP备12345678号-1</a>" in foot
    assert "code=33010002000123" in foot
    contact = page_of(visitor, "about/contact", "en")
    assert 'href="mailto:help@edu.example.cn"' in contact
    assert 'href="tel:057188881234"' in contact
    # An English page names the operator as it has named itself, and marks it as Chinese.
    assert '<span lang="zh-CN">青山县教育局</span>' in page_of(visitor, "about", "en")


def test_a_name_is_never_markup(visitor: Client, tell: Tell) -> None:
    tell(operator_name_zh="<script>alert(1)</script>", operator_name_en="<b>x</b>", icp_number='"><i>')
    for language in LANGUAGES:
        for address in ("", "about"):
            page = page_of(visitor, address, language)
            assert not [word for word in ("<script>alert", "<b>x", '"><i>') if word in page]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_can_be_called_with_a_touch(visitor: Client, language: str) -> None:
    page = page_of(visitor, "help", language)
    for number in ("12356", "12355", "12345", "110", "120", "119"):
        assert f'href="tel:{number}"' in page
    assert page.index("tel:110") < page.index("tel:12356")  # danger comes first


def test_a_place_may_have_lines_of_its_own(visitor: Client, tell: Tell, tmp_path: Path) -> None:
    file = tmp_path / "lines.toml"
    file.write_text(OWN, encoding="utf-8")
    tell(help_lines=str(file))
    page = page_of(visitor, "help", "en")
    assert 'href="tel:057112345678"' in page
    assert "Ms Wang" in page
    assert "王老师" not in page
    assert "12356" not in page
    assert "0571-1234 5678" in page_of(visitor, "").partition("<footer")[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_in_reach_even_where_there_is_no_page(visitor: Client, language: str) -> None:
    response = visitor.get(f"/{language}/nothing")
    assert response.status_code == 404
    page = response.content.decode()
    assert f'href="/{language}/help"' in page
    assert "12356" in page
    assert 'name="robots" content="noindex"' in page
    assert 'rel="canonical"' not in page
