"""The command line as an operator meets it: real processes, sentences, exit codes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from smartedu.base import postgres


def smartedu(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SMARTEDU_")}
    return subprocess.run(
        [sys.executable, "-m", "smartedu.config.cli", *arguments],
        env=environment | variables | {"COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_every_command_with_an_example() -> None:
    done = smartedu("--help")
    assert done.returncode == 0
    commands = ["serve", "setup", "demo", "library", "backup", "restore", "doctor", "manage"]
    for command in commands:
        assert f"│ {command} " in done.stdout
    for command in (["serve"], ["setup"], ["demo"], ["backup"], ["restore"], ["doctor"], ["library", "import-feed"]):
        assert "Example: " in smartedu(*command, "--help").stdout


def test_help_loads_neither_django_nor_a_database_driver() -> None:
    code = (
        "import sys, smartedu.config.cli as c; c.typer.main.get_command(c.app);"
        "print([m for m in ('django', 'psycopg', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("command", ["serve", "setup", "backup", "restore", "doctor"])
def test_mistakes_in_the_settings_are_told_by_every_command(command: str) -> None:
    arguments = ["x"] if command in ("backup", "restore") else []
    done = smartedu(command, *arguments, SMARTEDU_PORT="0", SMARTEDU_FRONTS="none")
    assert done.returncode == 2
    said = done.stdout + done.stderr
    assert "SMARTEDU_PORT" in said
    assert "SMARTEDU_FRONTS" in said
    assert "不是整数" in said
    assert "Traceback" not in said


def test_an_unknown_command_is_a_mistake() -> None:
    assert smartedu("sevre").returncode == 2


def test_doctor_masks_what_is_secret(tmp_path: Path) -> None:
    done = smartedu("doctor", SMARTEDU_DATA_DIR=str(tmp_path), SMARTEDU_SECRET_KEY="s" * 40, SMARTEDU_APP_PROCESSES="3")
    assert done.returncode == 0, done.stderr
    assert "s" * 40 not in done.stdout
    assert "● SMARTEDU_APP_PROCESSES = 3" in done.stdout
    assert "make run" in done.stdout
    assert os.listdir(tmp_path) == []  # looking changes nothing


def test_doctor_names_a_database_that_does_not_answer(tmp_path: Path) -> None:
    done = smartedu(
        "doctor", SMARTEDU_DATA_DIR=str(tmp_path), SMARTEDU_DATABASE_URL="postgresql://u:geheim@/x?host=/nowhere"
    )
    assert done.returncode == 1
    assert "does not answer" in done.stdout
    assert "geheim" not in done.stdout


def test_no_demonstration_content_in_production(tmp_path: Path) -> None:
    done = smartedu(
        "demo",
        SMARTEDU_DATA_DIR=str(tmp_path),
        SMARTEDU_PRODUCTION="true",
        SMARTEDU_SECRET_KEY="s" * 40,
        SMARTEDU_PUBLIC_URL="https://edu.example.cn",
    )
    assert done.returncode == 1
    assert "演示内容" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "postgres").exists()


def test_there_must_be_something_to_save(tmp_path: Path) -> None:
    done = smartedu("backup", str(tmp_path / "x.smartedu"), SMARTEDU_DATA_DIR=str(tmp_path / "data"))
    assert done.returncode == 1
    assert "SMARTEDU_DATA_DIR" in done.stderr


def test_a_house_goes_through_backup_and_restore(data_dir: Path) -> None:
    house, file, second = str(data_dir), str(data_dir.parent / "b.smartedu"), str(data_dir.parent / "second")
    done = smartedu("setup", SMARTEDU_DATA_DIR=house)
    assert done.returncode == 0, done.stderr
    again = smartedu("setup", SMARTEDU_DATA_DIR=house)
    assert "0 migrations applied" in again.stdout
    assert smartedu("backup", file, SMARTEDU_DATA_DIR=house).returncode == 0
    done = smartedu("restore", file, SMARTEDU_DATA_DIR=second)
    assert done.returncode == 0, done.stderr
    assert "Brought back" in done.stdout
    refused = smartedu("restore", file, SMARTEDU_DATA_DIR=second)
    assert refused.returncode == 1
    assert "not empty" in refused.stderr
    shown = smartedu("manage", "showmigrations", "--plan", SMARTEDU_DATA_DIR=second)
    assert shown.returncode == 0, shown.stderr
    assert "[ ]" not in shown.stdout


def test_a_folder_in_use_is_refused_in_a_sentence(data_dir: Path) -> None:
    with postgres.instance_lock(data_dir, "backup"):
        done = smartedu("manage", "showmigrations", SMARTEDU_DATA_DIR=str(data_dir))
    assert done.returncode == 1
    assert f"pid {os.getpid()}" in done.stderr
    assert "Traceback" not in done.stderr
