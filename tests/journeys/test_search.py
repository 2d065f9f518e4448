"""A teacher searches as one types: by initials, with a wrong character, for what is not there; axe on each page."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import assert_accessible

pytestmark = pytest.mark.journey


def search_line(page: Page) -> Locator:
    """The line of the page; on a phone the header keeps its own behind a link."""
    return page.locator('[role="search"] input[name="q"]:visible').first


def picked(page: Page) -> Locator:
    """The suggestion that the arrow keys have come to."""
    return page.locator('.suggest [role="option"][aria-selected="true"]')


def test_initials_suggest_and_the_keyboard_opens_and_a_facet_narrows(page: Page) -> None:
    page.goto("/zh/")
    line = search_line(page)
    line.focus()
    page.keyboard.type("ggdl", delay=20)
    suggestions = page.locator(".suggest:visible [role=option]")
    expect(suggestions.first).to_contain_text("勾股定理")
    expect(line).to_have_attribute("aria-expanded", "true")
    assert_accessible(page)

    page.keyboard.press("ArrowDown")
    expect(picked(page)).to_have_count(1)
    expect(line).to_have_attribute("aria-activedescendant", picked(page).get_attribute("id") or "")
    words = picked(page).locator("span").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(search_line(page)).to_have_value(words)
    expect(page.locator(".hit mark").first).to_be_visible()
    assert_accessible(page)

    total = matches(page)
    button = page.locator(".facets__button")
    if button.is_visible():
        button.click()
        assert_accessible(page)
    kind = page.locator('#facets a[href*="kind="]').first
    count = int(kind.locator("small").inner_text().replace(",", ""))
    assert 0 < count < total
    kind.click()
    page.wait_for_url("**kind=*")
    assert matches(page) == count
    assert_accessible(page)
    page.locator(".understood .chip").first.click()
    page.wait_for_url(lambda url: "kind=" not in url)
    assert matches(page) == total


def test_a_wrong_character_leads_to_what_was_meant(page: Page) -> None:
    page.goto("/zh/search?q=光和作用")
    assert_accessible(page)
    meant = page.get_by_role("main").get_by_role("link", name="光合作用", exact=True)
    meant.click()
    expect(search_line(page)).to_have_value("光合作用")
    expect(page.locator(".hit mark").first).to_have_text("光合作用")
    assert_accessible(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_where_nothing_is_found_the_way_goes_on(page: Page, language: str) -> None:
    page.goto(f"/{language}/")
    line = search_line(page)
    line.fill("qqqqzzzz")
    line.press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.locator("#try")).to_contain_text("qqqqzzzz")
    expect(page.locator(".hit")).to_have_count(0)
    assert_accessible(page)
    page.get_by_role("main").locator(f'a.button[href="/{language}/textbooks"]').click()
    page.wait_for_url("**/textbooks")


def matches(page: Page) -> int:
    """How many the page says there are."""
    return int(re.sub(r"\D", "", page.locator(".listed__bar b").inner_text()))
