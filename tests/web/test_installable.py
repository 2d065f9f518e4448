"""The platform as an app: what a phone is told of it, and what it has where there is no line."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from smartedu.web.public.installable import ICONS, WORKER
from tests.library.makers import Maker

LANGUAGES = ["zh", "en"]
TOKENS = Path(__file__).parents[2] / "frontend" / "src" / "styles" / "tokens.css"


@pytest.fixture
def visitor(make: Maker) -> Client:
    return Client(headers={"host": "localhost"})


def manifest(visitor: Client, language: str) -> dict[str, Any]:
    response = visitor.get(f"/manifest.{language}.webmanifest")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/manifest+json"
    assert response["X-Page-Keys"]
    told: dict[str, Any] = json.loads(response.content)
    return told


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_app_begins_in_its_language_and_its_ways_lead_somewhere(visitor: Client, language: str) -> None:
    told = manifest(visitor, language)
    assert told["display"] == "standalone"
    assert told["start_url"] == f"/{language}/"
    for way in told["shortcuts"]:
        assert way["url"].startswith(told["start_url"])
        assert visitor.get(way["url"]).status_code == 200, way
    assert (re.search(r"[\u4e00-\u9fff]", told["description"]) is not None) == (language == "zh")
    assert len(told["short_name"]) <= 12  # what stands under an icon


def test_the_apps_ground_is_the_pages(visitor: Client) -> None:
    paper = re.search(r"--paper: (#[0-9A-F]{6});", TOKENS.read_text("utf-8"))
    assert paper
    told = manifest(visitor, "zh")
    assert told["background_color"] == told["theme_color"] == paper[1]
    assert f'name="theme-color" content="{paper[1]}"' in visitor.get("/zh/").content.decode()


@pytest.mark.parametrize(("file", "sizes", "purpose"), ICONS)
def test_an_icon_is_as_large_as_it_says_and_small_to_fetch(file: str, sizes: str, purpose: str) -> None:
    path = finders.find(file)
    assert isinstance(path, str)
    with Image.open(path) as icon:
        assert f"{icon.width}x{icon.height}" == sizes
        if purpose == "maskable":  # phones cut it to their own shape: no corner may be empty
            corner = icon.convert("RGBA").getpixel((0, 0))
            assert isinstance(corner, tuple)
            assert corner[3] == 255
    assert Path(path).stat().st_size < 8_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_names_its_app(visitor: Client, language: str) -> None:
    page = visitor.get(f"/{language}/").content.decode()
    assert f'<link rel="manifest" href="/manifest.{language}.webmanifest">' in page
    icon = re.search(r'rel="apple-touch-icon" href="/static/([^"]+)"', page)
    assert icon
    assert finders.find(icon[1])


@pytest.mark.parametrize(("language", "words"), [("zh", "现在没有联网"), ("en", "No connection just now")])
def test_the_page_for_no_line_is_in_its_language_and_nobodys_address(
    visitor: Client, language: str, words: str
) -> None:
    response = visitor.get(f"/offline/{language}")
    page = response.content.decode()
    assert response.status_code == 200
    assert words in page
    assert 'name="robots" content="noindex"' in page
    other = "en" if language == "zh" else "zh"
    assert f'href="/offline/{other}"' in page
    assert "tel:12356" in page  # telephones work without the internet


def test_there_is_no_app_in_a_language_we_do_not_speak(visitor: Client) -> None:
    for address in ("/manifest.fr.webmanifest", "/offline/fr", "/manifest.webmanifest"):
        assert visitor.get(address).status_code == 404


def test_the_worker_is_asked_for_anew_each_time(visitor: Client, settings: Any, tmp_path: Path) -> None:
    settings.STATICFILES_DIRS = [tmp_path]
    assert visitor.get("/sw.js").status_code == 404  # without a build none, and a browser lets go of the one it has
    built = tmp_path / WORKER
    built.parent.mkdir()
    built.write_text("self.addEventListener('fetch', () => {});")
    response = visitor.get("/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
    assert b"fetch" in response.content
