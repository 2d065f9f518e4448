"""Backup and restore on real clusters: what was saved comes back, what is broken is refused and leaves nothing."""

import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from smartedu.base import postgres
from smartedu.base.postgres import scratch
from smartedu.base.postgres.backup import BackupError
from smartedu.base.settings import Settings
from tests.pg import open_folder

AT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
MEDIA = {"films/勾股定理.mp4": os.urandom(300_000), "a.txt": b"hello", "empty": b""}


def quiet(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def saved() -> Iterator[Path]:
    """A backup of a house with two tables, a sequence and three media files."""
    folder = open_folder()
    settings = Settings(data_dir=folder / "data")
    with postgres.running(settings, "test", quiet) as address, closing(psycopg.connect(address)) as db:
        db.execute("CREATE TABLE book (id serial PRIMARY KEY, title text UNIQUE)")
        db.execute("INSERT INTO book (title) VALUES ('数学 七年级上册'), ('语文')")
        db.execute('CREATE SCHEMA odd; CREATE TABLE odd."Name ""x""" (n int)')
        db.commit()
        for name, content in MEDIA.items():
            file = settings.media_dir / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        (settings.media_dir / "link").symlink_to("/etc/passwd")
        key = settings.secret_key
        contents = postgres.back_up(settings, folder / "house.smartedu", at=AT, say=quiet)
    assert contents.rows == {"public.book": 2, 'odd."Name ""x"""': 0}
    assert set(contents.files) == {"database.dump", "secret.key", *(f"media/{name}" for name in MEDIA)}
    assert (folder / "house.smartedu").stat().st_mode & 0o777 == 0o600
    assert sorted(os.listdir(folder)) == ["data", "house.smartedu"]  # no draft is left
    (folder / "key").write_text(key)
    yield folder / "house.smartedu"
    scratch.remove_data_folder(settings)
    shutil.rmtree(folder)


def test_rows_files_and_key_survive(saved: Path, data_dir: Path) -> None:
    settings = Settings(data_dir=data_dir)
    contents = postgres.restore(settings, saved, say=quiet)
    assert contents.made_at == AT.isoformat()
    assert sorted(os.listdir(data_dir)) == ["media", "postgres", "postgres.password", "secret.key", "smartedu.lock"]
    assert settings.secret_key == (saved.parent / "key").read_text()
    for name, content in MEDIA.items():
        assert (settings.media_dir / name).read_bytes() == content
    assert not (settings.media_dir / "link").exists()
    with postgres.running(settings, "test", quiet) as address, closing(psycopg.connect(address)) as db:
        assert db.execute("SELECT title FROM book ORDER BY id").fetchall() == [("数学 七年级上册",), ("语文",)]
        assert db.execute("INSERT INTO book (title) VALUES ('x') RETURNING id").fetchone() == (3,)


def test_a_folder_that_is_not_empty_is_refused(saved: Path, data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "something").write_text("of somebody")
    with pytest.raises(BackupError, match="something"):
        postgres.restore(Settings(data_dir=data_dir), saved, say=quiet)
    assert sorted(os.listdir(data_dir)) == ["smartedu.lock", "something"]


def test_what_a_killed_restore_left_does_not_stand_in_the_way(saved: Path, data_dir: Path) -> None:
    (data_dir / ".restoring" / "media").mkdir(parents=True)
    data_dir.chmod(0o711)
    postgres.restore(Settings(data_dir=data_dir), saved, say=quiet)
    assert not (data_dir / ".restoring").exists()


def test_an_existing_target_is_not_overwritten(saved: Path) -> None:
    with pytest.raises(BackupError, match="exists already"):
        postgres.back_up(Settings(data_dir=saved.parent / "data"), saved, at=AT)
    with pytest.raises(BackupError, match="no folder"):
        postgres.back_up(Settings(data_dir=saved.parent / "data"), saved.parent / "no" / "x", at=AT)


def rewritten(saved: Path, target: Path, change: dict[str, bytes | tarfile.TarInfo | None]) -> Path:
    """A copy of the backup in which some members are others (None: left out)."""
    with tarfile.open(saved) as old, tarfile.open(target, "w") as new:
        for member in [*old.getmembers(), *(tarfile.TarInfo(n) for n in change if n not in old.getnames())]:
            replaced = change.get(member.name, b"")
            if replaced is None:
                continue
            if isinstance(replaced, tarfile.TarInfo):
                new.addfile(replaced)
            elif member.name in change:
                member.size = len(replaced)
                new.addfile(member, io.BytesIO(replaced))
            else:
                new.addfile(member, old.extractfile(member))
    return target


def link(name: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = tarfile.SYMTYPE, "/etc"
    return member


BROKEN: dict[str, tuple[dict[str, bytes | tarfile.TarInfo | None], str]] = {
    "another byte": ({"media/a.txt": b"hellO"}, "media/a.txt"),
    "a missing file": ({"media/a.txt": None}, "media/a.txt"),
    "a file more": ({"media/more": b"x"}, "media/more"),
    "no dump": ({"database.dump": None}, "database.dump"),
    "no list": ({"manifest.json": None}, "list of contents"),
    "a list that is none": ({"manifest.json": b'{"format": 1}'}, "list of contents"),
    "another format": (
        {
            "manifest.json": json.dumps(
                {"format": 9, "version": "7", "made_at": "", "postgres": 1, "rows": {}, "files": {}}
            ).encode()
        },
        "format 9",
    ),
    "a way out": ({"media/../../x": b"x"}, "no part of a backup"),
    "an absolute path": ({"/etc/x": b"x"}, "no part of a backup"),
    "a foreign name": ({"postgres/pg_hba.conf": b"x"}, "no part of a backup"),
    "a link": ({"media/l": link("media/l")}, "no part of a backup"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_backup_is_refused_and_leaves_nothing(saved: Path, data_dir: Path, tmp_path: Path, name: str) -> None:
    change, said = BROKEN[name]
    file = rewritten(saved, tmp_path / "broken", change)
    with pytest.raises(BackupError, match=said) as caught:
        postgres.restore(Settings(data_dir=data_dir), file, say=quiet)
    assert caught.value.problems[0].place == str(file)
    assert os.listdir(data_dir) == ["smartedu.lock"]


@pytest.mark.parametrize("part", [0, 0.1, 0.5, 0.97])
def test_a_backup_that_was_cut_off_is_refused(saved: Path, data_dir: Path, tmp_path: Path, part: float) -> None:
    content = saved.read_bytes()
    file = tmp_path / "cut"
    file.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(BackupError):
        postgres.restore(Settings(data_dir=data_dir), file, say=quiet)
    assert os.listdir(data_dir) == ["smartedu.lock"]


def test_a_dump_that_cannot_be_loaded_leaves_nothing(saved: Path, data_dir: Path, tmp_path: Path) -> None:
    import hashlib

    with tarfile.open(saved) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))  # type: ignore[arg-type]
    manifest["files"]["database.dump"] = [4, hashlib.sha256(b"junk").hexdigest()]
    change: dict[str, bytes | tarfile.TarInfo | None] = {
        "database.dump": b"junk",
        "manifest.json": json.dumps(manifest).encode(),
    }
    with pytest.raises(BackupError, match="pg_restore"):
        postgres.restore(Settings(data_dir=data_dir), rewritten(saved, tmp_path / "junk", change), say=quiet)
    assert os.listdir(data_dir) == ["smartedu.lock"]


@pytest.fixture
def own_database(database_url: str) -> Iterator[str]:
    """An empty database on the session's cluster, as an operator's own PostgreSQL."""
    name = sql.Identifier(f"own_{os.getpid()}")
    with closing(psycopg.connect(database_url, autocommit=True)) as db:
        db.execute(sql.SQL("CREATE DATABASE {}").format(name))
        yield database_url.replace("/smartedu?", f"/own_{os.getpid()}?")
        db.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def test_a_database_of_ones_own_is_filled_when_it_is_empty(saved: Path, data_dir: Path, own_database: str) -> None:
    settings = Settings(data_dir=data_dir, database_url=own_database, app_processes=1)
    postgres.restore(settings, saved, say=quiet)
    with closing(psycopg.connect(own_database)) as db:
        assert db.execute("SELECT count(*) FROM book").fetchone() == (2,)
    assert not (data_dir / "postgres").exists()
    again = data_dir.parent / "again"
    with pytest.raises(BackupError, match="tables already"):
        postgres.restore(Settings(data_dir=again, database_url=own_database, app_processes=1), saved, say=quiet)
    contents = postgres.back_up(settings, data_dir.parent / "second", at=AT, say=quiet)
    assert contents.rows["public.book"] == 2
