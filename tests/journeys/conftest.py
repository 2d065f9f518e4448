"""A whole platform in a folder of its own, and a real browser in front of it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.pg import open_folder, remove_data_folder

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}


@dataclass(frozen=True)
class Site:
    """A running platform: `film_lesson` is the code of the lesson whose film is ready."""

    url: str
    data_dir: Path


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """`smartedu serve` with the demonstration country and one film that is ready to be watched."""
    folder = open_folder()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SMARTEDU_")}
    own = {"SMARTEDU_DATA_DIR": str(folder / "data"), "SMARTEDU_PORT": str(port), "PYTHONPATH": str(ROOT)}
    environment = inherited | own
    log = (folder / "serve.log").open("w")
    serve = [sys.executable, "-m", "smartedu.config.cli", "serve"]
    server = subprocess.Popen(serve, env=environment, stdout=log, stderr=log, cwd=ROOT)
    try:
        site = Site(f"http://localhost:{port}", folder / "data")
        _wait(lambda: _answers(f"{site.url}/readyz"), server, folder / "serve.log")
        subprocess.run(
            [sys.executable, "-m", "tests.journeys.furnish"], env=environment, cwd=ROOT, check=True, timeout=180
        )
        yield site
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()
        from smartedu.base.settings import Settings

        remove_data_folder(Settings(data_dir=folder / "data"))
        shutil.rmtree(folder, ignore_errors=True)


def _wait(done: Callable[[], bool], server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise AssertionError(f"the platform ended by itself:\n{log.read_text()[-3000:]}")
        if done():
            return
        time.sleep(0.2)
    raise AssertionError(f"the platform did not come up:\n{log.read_text()[-3000:]}")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or whichever `CHROMIUM` names."""
    program = os.environ.get("CHROMIUM") or next((p for b in BROWSERS if (p := shutil.which(b))), None)
    assert program, "no Chromium here: apt-get install chromium, or name one in CHROMIUM"
    arguments = [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
    ]  # fmt: skip
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=program, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    """On a phone and on a desk."""
    return str(request.param)


@pytest.fixture
def page(browser: Browser, size: str, site: Site) -> Iterator[Page]:
    """A fresh visitor's page; whatever goes wrong in the page's scripts fails the test."""
    context = browser.new_context(
        viewport=SIZES[size],  # type: ignore[arg-type]
        has_touch=size == "phone",
        base_url=site.url,
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
    yield page
    context.close()
    assert not faults


def _is_fault(message: ConsoleMessage) -> bool:
    """An error of a script; that a page is not there is told in the page itself."""
    return message.type == "error" and "status of 404" not in message.text


def assert_accessible(page: Page) -> None:
    """axe-core finds nothing on the page, by the rules of WCAG 2.2 AA and its best practices."""
    page.evaluate(AXE.read_text(encoding="utf-8") + "\n;0")
    findings = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"
        ".then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(' | ')))"
    )
    assert findings == [], f"{page.url}: {findings}"
