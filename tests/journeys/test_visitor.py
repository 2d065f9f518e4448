"""A visitor: from the home page to a textbook, a lesson and its film; and found again by search.

Walked on a phone and on a desk, in both languages, with axe on every page that is met.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, assert_accessible

pytestmark = pytest.mark.journey

WORDS = {
    "zh": {
        "grade": "八年级",
        "subject": "数学",
        "edition": "人教版",
        "book": "初中数学人教版八年级下册",
        "lesson": "勾股定理的发现与证明",
        "search": "勾股定理",
    },
    "en": {
        "grade": "Grade 8",
        "subject": "Maths",
        "edition": "People's Education Press",
        "book": "Maths, grade 8, volume 2",
        "lesson": "Pythagoras",
        "search": "pythagoras",
    },
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_find_a_lesson_watch_it_and_find_it_again(page: Page, language: str) -> None:
    words = WORDS[language]
    page.goto(f"/{language}/")
    assert_accessible(page)

    page.get_by_role("main").get_by_role("link", name=words["grade"], exact=True).first.click()
    page.wait_for_url("**/?grade=**")
    assert_accessible(page)
    page.locator(".today .more").click()
    page.wait_for_url("**/textbooks?**")
    assert_accessible(page)
    for level in ("subject", "edition"):
        page.get_by_role("main").get_by_role("link", name=words[level]).first.click()
    page.get_by_role("main").get_by_role("link", name=words["book"]).first.click()
    page.wait_for_url("**/textbooks/*")
    assert_accessible(page)

    page.get_by_role("main").get_by_role("link", name=words["lesson"]).first.click()
    page.wait_for_url("**/lessons/*")
    lesson = page.url
    assert_accessible(page)
    plays(page)
    assert_accessible(page)

    box = page.get_by_role("searchbox").first
    if not box.is_visible():
        page.goto(f"/{language}/search")
        box = page.locator("main input[type=search]").first
    box.fill(words["search"])
    box.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert_accessible(page)
    expect(page.locator(f'a[href="{lesson.removeprefix(page.url.split("/" + language)[0])}"]').first).to_be_visible()


def plays(page: Page) -> None:
    """The film of the lesson runs, by the keyboard alone, with its captions; and goes on where it was left."""
    now = "document.querySelector('video').currentTime"
    page.locator("media-controller").first.focus()
    page.keyboard.press("k")
    page.wait_for_function(f"() => {now} > 1")
    page.keyboard.press("l")
    page.wait_for_function(f"() => {now} > 11.2")
    page.keyboard.press("k")
    page.wait_for_function("() => document.querySelector('video').paused")
    languages = page.evaluate("() => [...document.querySelector('video').textTracks].map(track => track.language)")
    assert {"zh", "en"} <= {language[:2] for language in languages}
    stopped = float(page.evaluate(f"() => {now}"))
    page.reload()
    page.locator("media-controller").first.focus()
    page.keyboard.press("k")
    page.wait_for_function(f"() => {now} > {stopped - 1} && !document.querySelector('video').paused")
    page.keyboard.press("k")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_page_is_accessible_in_the_light_and_in_the_dark(page: Page, language: str) -> None:
    addresses = [
        "", "plates/course", "plates/theme", "plates/theme/mental-health", "plates/course/junior", "textbooks",
        "textbooks?order=e-textbooks", "search?q=光合作用", "search?q=zzzz", "sign-in", "nothing", "gallery",
    ]  # fmt: skip
    page.goto(f"/{language}/plates/theme/mental-health")
    addresses.append(page.locator('a[href*="/resources/"]').first.get_attribute("href").removeprefix(f"/{language}/"))  # type: ignore[union-attr]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for address in addresses:
            page.goto(f"/{language}/{address}")
            assert_accessible(page)
            wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{address} scrolls sideways by {wide} px"


def test_pages_can_be_read_without_scripts(browser: object, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site.url)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto("/zh/search?q=勾股定理")
    page.get_by_role("main").get_by_role("link", name="勾股定理的发现与证明").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("勾股定理的发现与证明")
    assert page.locator("video[controls]").count() == 1
    context.close()


def test_signing_in_puts_the_name_on_public_pages(page: Page, site: Site) -> None:
    import json

    signin = json.loads((site.data_dir / "demo-signins.json").read_text())[1]
    page.goto("/zh/sign-in")
    page.locator("input[name=username]").fill(signin["username"])
    page.locator("input[name=password]").fill(signin["password"])
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/zh/me")
    assert_accessible(page)
    page.goto("/zh/")
    expect(page.get_by_text("林知远").first).to_be_attached()
