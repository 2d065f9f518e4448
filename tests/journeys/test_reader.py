"""A pupil reads a book: finds it, opens it, looks something up, and is on the same page the next day.

Walked on a phone and on a desk, in both languages, with axe on what opens over the pages too.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, assert_accessible

pytestmark = pytest.mark.journey

SHELF = "textbooks?order=e-textbooks&stage=junior&grade=grade-8&subject=maths&edition=pep&volume=volume-2"
WORDS = {
    "zh": {"book": "学习手册", "left off": "上次读到第", "nothing": "没有找到"},
    "en": {"book": "study companion", "left off": "You left off on page", "nothing": "Not found"},
}


def open_book(page: Page, language: str) -> None:
    """From the shelf of e-textbooks to the open book."""
    page.goto(f"/{language}/{SHELF}")
    page.get_by_role("main").get_by_role("link", name=WORDS[language]["book"]).first.click()
    page.wait_for_url("**/resources/*")
    fetched = "() => performance.getEntriesByType('resource').map(one => one.name)"
    assert not [name for name in page.evaluate(fetched) if "pdf" in name], "only the reader brings its weight"
    page.get_by_role("main").locator('a[href*="/read/"]').first.click()
    page.wait_for_url("**/read/*")
    is_open(page)


def is_open(page: Page) -> None:
    page.locator("[data-reader][data-ready]").wait_for()
    page.locator(".sheet canvas").first.wait_for()


def number(page: Page) -> int:
    return int(page.locator("[name=page]").input_value())


def is_on(page: Page, at: int) -> None:
    """The page is the one that is read, drawn with its words over it."""
    expect(page.locator("[name=page]")).to_have_value(str(at))
    expect(page.locator(f'.sheet[data-page="{at}"] canvas')).to_have_count(1)
    expect(page.locator(f'.sheet[data-page="{at}"] .sheet__text')).not_to_be_empty()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_book_is_read_looked_up_in_and_taken_up_again(page: Page, language: str) -> None:
    open_book(page, language)
    assert_accessible(page)
    count = page.locator(".sheet").count()
    assert count > 20
    assert page.locator(".sheet canvas").count() < 8, "only pages near the eye are drawn"
    assert "学习手册" in page.locator('.sheet[data-page="1"]').inner_text()  # to be marked, copied and read aloud

    page.locator(".reader__tools [data-do=contents]").click()
    assert_accessible(page)
    page.locator(".reader__side").get_by_role("button", name="勾股定理").first.click()
    expect(page.locator("[name=page]")).not_to_have_value("1")
    chapter = number(page)
    is_on(page, chapter)

    page.locator("[name=page]").fill("7")
    page.locator("[name=page]").press("Enter")
    is_on(page, 7)

    page.locator("[name=zoom]").select_option("page")
    page.locator(".reader__view").focus()
    page.keyboard.press("ArrowRight")
    is_on(page, 8)
    page.keyboard.press("End")
    is_on(page, count)
    page.keyboard.press("Home")
    is_on(page, 1)
    for _ in range(8):  # the page jumps do not add up to a way that skips one
        page.keyboard.press("ArrowRight")
    is_on(page, 9)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()

    page.wait_for_timeout(600)  # the place is put away when the reader rests
    page.reload()
    is_open(page)
    is_on(page, 9)
    expect(page.locator("[name=zoom]")).to_have_value("page")
    expect(page.get_by_role("status")).to_contain_text(WORDS[language]["left off"])
    assert_accessible(page)
    page.get_by_role("status").get_by_role("button").click()
    is_on(page, 1)


def test_words_are_found_in_a_book_and_marked(page: Page) -> None:
    open_book(page, "zh")
    page.locator(".reader__view").focus()
    page.keyboard.press("/")
    page.keyboard.type("勾股定理")
    told = page.locator(".reader__find output")
    expect(told).to_contain_text(" / ")
    marked = page.locator(".sheet__mark[data-here]")
    expect(marked.first).to_be_in_viewport()
    assert_accessible(page)
    # of how many may still be growing: a book is searched page by page
    expect(told).to_have_text(re.compile("^1 / "))
    page.keyboard.press("Enter")
    expect(told).to_have_text(re.compile("^2 / "))
    page.keyboard.press("Shift+Enter")
    expect(told).to_have_text(re.compile("^1 / "))
    page.locator(".reader__find input").fill("ＺＺＺ没有这个词")
    expect(told).to_have_text("没有找到")
    page.keyboard.press("Escape")
    expect(page.locator(".reader__find")).to_be_hidden()
    expect(page.locator(".sheet__mark")).to_have_count(0)


def test_pages_grow_and_stand_one_at_a_time(page: Page) -> None:
    open_book(page, "zh")
    sheet = page.locator('.sheet[data-page="1"]')
    page.locator(".reader__view").focus()
    page.keyboard.press("0")
    page.wait_for_timeout(100)
    before = sheet.bounding_box()
    page.keyboard.press("+")
    page.wait_for_timeout(100)
    after = sheet.bounding_box()
    assert before
    assert after
    assert after["width"] > before["width"] * 1.05
    page.keyboard.press("s")
    expect(page.locator(".sheet:visible")).to_have_count(1)
    page.keyboard.press("PageDown")
    is_on(page, 2)
    expect(sheet).to_be_hidden()
    assert_accessible(page)


def test_a_book_can_be_taken_without_scripts(browser: object, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site.url)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"/zh/{SHELF}")
    page.get_by_role("main").get_by_role("link", name="学习手册").first.click()
    page.get_by_role("main").locator('a[href*="/read/"]').first.click()
    file = page.get_by_role("main").locator('a.button--main[href^="/media/"]')
    expect(file).to_be_visible()
    assert page.request.get(file.get_attribute("href")).headers["content-type"] == "application/pdf"
    expect(page.locator("[data-tools]").first).to_be_hidden()
    context.close()
