"""A teacher prepares on the train: takes a lesson home as one file, and goes on to the next by the keyboard alone."""

import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import assert_accessible

pytestmark = pytest.mark.journey

SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const shift of list.getEntries()) sum += shift.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 300);
})"""


def test_a_lesson_is_taken_home_as_one_file_and_the_next_is_a_key_away(page: Page) -> None:
    page.goto("/zh/textbooks?stage=junior&grade=grade-8&subject=maths&edition=pep&volume=volume-2")
    page.get_by_role("main").get_by_role("link", name="初中数学人教版八年级下册").first.click()
    page.get_by_role("main").get_by_role("link", name="勾股定理的发现与证明").first.click()
    page.wait_for_url("**/lessons/*")
    page.locator("media-controller").wait_for()
    assert page.evaluate(SHIFTS) == 0  # the player takes the place that was kept for it

    page.locator('a[href^="/packages/"]').focus()
    with page.expect_download() as loading:
        page.keyboard.press("Enter")
    assert loading.value.suggested_filename == "勾股定理的发现与证明.zip"
    with zipfile.ZipFile(loading.value.path()) as package:
        assert package.testzip() is None
        assert any(name.endswith(".mp4") for name in package.namelist())

    here = page.get_by_role("heading", level=1).inner_text()
    page.locator('.neighbours [rel="next"]').focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(here)
    assert "/lessons/" in page.url
    assert_accessible(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_notices_and_links_are_accessible(page: Page, language: str) -> None:
    for address in ("notices", "plates/theme/life-safety?kind=link"):
        page.goto(f"/{language}/{address}")
        assert_accessible(page)
    page.get_by_role("main").locator('a[href*="/resources/"]').first.click()
    page.wait_for_url("**/resources/*")
    assert_accessible(page)
    expect(page.locator('a[rel~="external"]')).to_be_visible()
