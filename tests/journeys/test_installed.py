"""A pupil on a bus: the platform is on the phone as an app, and the line is gone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import SIZES, Site, assert_accessible

pytestmark = pytest.mark.journey

WORDS = {
    "zh": {"seen": "现在没有联网", "never seen": "现在没有联网", "kept": "12356"},
    "en": {"seen": "You are offline", "never seen": "No connection just now", "kept": "12356"},
}


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A phone whose line can be cut; that nothing loads then is no fault of a script."""
    context = browser.new_context(viewport=SIZES["phone"], has_touch=True, base_url=site.url)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(10_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not faults


def is_installed(page: Page) -> None:
    """The service worker has its offline pages and minds this page too."""
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_seen_can_be_read_without_a_line(phone: Page, language: str) -> None:
    words = WORDS[language]
    phone.goto(f"/{language}/")
    is_installed(phone)
    phone.goto(f"/{language}/help")
    title = phone.get_by_role("heading", level=1).inner_text()
    expect(phone.locator(".offline-note")).to_have_count(0)
    phone.wait_for_load_state("networkidle")

    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text(title)
    expect(phone.locator(".offline-note")).to_contain_text(words["seen"])
    height = phone.locator(".header").bounding_box()
    assert height
    assert height["height"] < 200, "the page has its style"
    assert_accessible(phone)

    phone.goto(f"/{language}/about/privacy")  # never opened on this device
    expect(phone.get_by_role("heading", level=1)).to_have_text(words["never seen"])
    assert_accessible(phone)
    phone.evaluate("window.dispatchEvent(new Event('online'))")  # some network, and the platform still out of reach
    phone.locator(".kept").get_by_role("link", name=title).click()
    phone.wait_for_url(f"**/{language}/help")
    expect(phone.locator(".offline-note")).to_be_visible()

    phone.context.set_offline(False)
    phone.reload()
    expect(phone.locator(".offline-note")).to_have_count(0)  # nothing older than the platform has it


def test_nobodys_own_pages_are_kept(phone: Page) -> None:
    phone.goto("/zh/")
    is_installed(phone)
    for address in ("/zh/sign-in", "/zh/about", "/zh/read/0000000000", "/zh/nothing"):
        phone.goto(address)
    phone.goto("/me/hello")
    kept = phone.evaluate(
        """async () => { const found = []; for (const name of await caches.keys())
           for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
           return found; }"""
    )
    assert "/zh/about" in kept
    assert not [path for path in kept if path.startswith(("/me", "/zh/sign-in", "/zh/read", "/zh/nothing", "/media"))]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_browser_finds_an_app_here(phone: Page, language: str) -> None:
    phone.goto(f"/{language}/")
    is_installed(phone)
    devtools = phone.context.new_cdp_session(phone)
    told = devtools.send("Page.getAppManifest")
    assert told["errors"] == []
    assert told["url"].endswith(f"/manifest.{language}.webmanifest")
    assert [e["errorId"] for e in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]] in (
        [],
        ["in-incognito"],  # a test's window is a private one
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_about_the_platform_are_accessible(phone: Page, language: str, scheme: str) -> None:
    phone.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for size in SIZES.values():
        phone.set_viewport_size(size)  # type: ignore[arg-type]
        for name in ("help", "about", "about/views", "about/accessibility", "about/privacy", "about/contact"):
            phone.goto(f"/{language}/{name}")
            assert_accessible(phone)
        phone.goto(f"/offline/{language}")
        assert_accessible(phone)


def test_a_choice_of_colours_is_kept_and_painted_before_the_page_shows(phone: Page) -> None:
    ground = "() => getComputedStyle(document.documentElement).backgroundColor"
    phone.emulate_media(color_scheme="light")
    phone.goto("/zh/help")
    day = phone.evaluate(ground)
    choice = phone.locator("[data-controller=shade] select")
    choice.select_option("dark")
    night = phone.evaluate(ground)
    assert night != day
    phone.goto("/zh/about")
    assert phone.evaluate(ground) == night
    assert_accessible(phone)
    choice.select_option("")
    assert phone.evaluate(ground) == day
