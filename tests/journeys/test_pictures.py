"""The README's pictures are taken by a browser, of the product as it is.

`make test ARGS=tests/journeys/test_pictures.py` with PICTURES=1 in the environment writes them anew; otherwise
the test only holds that the README shows pictures that are there and that the pages they show still come up.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import SIZES, Site

pytestmark = pytest.mark.journey

ROOT = Path(__file__).parents[2]
WRITE = os.environ.get("PICTURES") == "1"
SCENES = {
    "home": ("desk", "/zh/"),
    "textbooks": ("desk", "/zh/textbooks?stage=junior&grade=grade-8&subject=maths"),
    "lesson": ("desk", "/zh/search?q=勾股定理的发现"),
    "phone": ("phone", "/zh/"),
}


@pytest.mark.parametrize("name", list(SCENES))
def test_the_pictures_of_the_readme(browser: Browser, site: Site, name: str, tmp_path: Path) -> None:
    size, address = SCENES[name]
    context = browser.new_context(viewport=SIZES[size], base_url=site.url)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    if name == "lesson":
        page.get_by_role("main").get_by_role("link", name="勾股定理的发现与证明").first.click()
        page.wait_for_url("**/lessons/*")
    page.wait_for_load_state("networkidle")
    folder = ROOT / "docs" / "pictures" if WRITE else tmp_path
    picture = folder / f"{name}.png"
    page.screenshot(path=picture)
    context.close()
    assert picture.stat().st_size > 20_000, "a page with so little to see is broken"
    assert f"docs/pictures/{name}.png" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_shows_no_picture_that_is_not_there() -> None:
    shown = re.findall(r"\]\((docs/pictures/[^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(shown) == len(SCENES)
    assert [name for name in shown if not (ROOT / name).exists()] == []
