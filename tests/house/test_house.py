"""The laws of the house that a program can hold."""

import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template
from jinja2 import UndefinedError

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "smartedu"
ROOMS = [folder for folder in sorted(PACKAGE.iterdir()) if (folder / "__init__.py").exists()]
LONGEST_FILE = 400


def tracked(*suffixes: str) -> list[Path]:
    """Our own files of these endings, as git knows them; all of them where there is no git."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True, text=True,
        ).stdout.split("\0")  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        listed = [str(path.relative_to(ROOT)) for path in PACKAGE.rglob("*")]
    return [ROOT / name for name in listed if name.endswith(suffixes) and (ROOT / name).exists()]


def test_every_model_declares_its_personal_data() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("smartedu.")]
    assert ours
    silent = [model.__name__ for model in ours if not getattr(model, "personal_data", "")]
    assert not silent


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_room_says_what_it_is(room: Path) -> None:
    readme = room / "README.md"
    assert readme.exists(), f"{room.name}/README.md: what it is, its words, its invariants"
    assert 3 <= len(readme.read_text().splitlines()) <= 60


def test_no_file_outgrows_its_question() -> None:
    long = {
        str(path.relative_to(ROOT)): length
        for path in tracked(".py", ".ts", ".css", ".html")
        if (length := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert not long


def test_only_actions_write_the_tables_of_their_room() -> None:
    """Outside a room's actions, its jobs and its set-up, nothing creates, updates or deletes rows."""
    writes = (".objects.create(", ".bulk_create(", ".bulk_update(", ".delete()", ".save(", ".update_or_create(")
    allowed = ("actions", "migrations", "base/audit.py", "base/postgres", "base/settings.py")
    found = [
        str(path.relative_to(ROOT))
        for path in tracked(".py")
        if path.is_relative_to(PACKAGE)
        and not any(part in str(path) for part in allowed)
        and any(word in path.read_text(encoding="utf-8") for word in writes)
    ]
    files = {"smartedu/demo/films/engine.py", "smartedu/demo/films/sound.py", "smartedu/formats/qr_codes.py"}
    assert set(found) <= files  # these save pictures and sounds, no rows


def test_an_undefined_name_in_a_template_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        get_template("public/error.html").render({"code": 404})


def test_every_template_is_used() -> None:
    templates = PACKAGE / "web" / "templates"
    texts = [path.read_text(encoding="utf-8") for path in tracked(".py", ".html") if path.is_relative_to(PACKAGE)]
    unused = [
        str(path.relative_to(templates))
        for path in templates.rglob("*.html")
        if not any(f"{quote}{path.relative_to(templates)}{quote}" in text for text in texts for quote in "\"'")
    ]
    assert not unused


def test_no_address_of_a_package_index_is_kept() -> None:
    hosts = ("pypi" + ".org", "registry.npmjs" + ".org", "pythonhosted" + ".org", "deb.debian" + ".org")
    named = [
        str(path.relative_to(ROOT))
        for path in tracked(".txt", ".toml", ".json", ".npmrc", ".py", ".md", "Makefile", ".cfg")
        if path.name != Path(__file__).name and any(host in path.read_text(encoding="utf-8") for host in hosts)
    ]
    assert not named
