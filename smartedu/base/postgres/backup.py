"""One file that holds the whole house: the database, the media, and what is needed to check both."""

import hashlib
import importlib.metadata
import io
import json
import os
import subprocess
import tarfile
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from ..errors import DomainError, Problem
from ..settings import DEMO_SIGNINS, Settings
from .connection import parameters
from .place import Say, programs

FORMAT = 1
DUMP, MANIFEST, MEDIA = "database.dump", "manifest.json", "media"
# Without the key every session and every signed token of a device would end with the restore.
KEPT_FILES = ("secret.key", DEMO_SIGNINS)
PIECE_BYTES = 1024 * 1024


class BackupError(DomainError):
    """A backup cannot be made or used; the problem says why and what to do."""


def refuse_backup(code: str, zh: str, en: str, place: str = "") -> BackupError:
    """A BackupError of one problem."""
    return BackupError(Problem(f"backup-{code}", place, zh, en))


@dataclass(frozen=True)
class Contents:
    """The manifest, which stands last in the file: a file that was cut off has none.

    `files` gives size in bytes and SHA-256 of every member; `rows` counts each table as of the dump.
    """

    format: int
    version: str
    made_at: str
    postgres: int
    rows: dict[str, int]
    files: dict[str, tuple[int, str]] = field(default_factory=dict)


def version() -> str:
    """The product's version, from a checkout or from what is installed."""
    project = Path(__file__).resolve().parents[3] / "pyproject.toml"
    if project.is_file():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    return importlib.metadata.version("smartedu")


def client(settings: Settings, program: str, *arguments: str | Path) -> tuple[list[str | Path], dict[str, str]]:
    """Command and environment of a client program; the password goes by the environment, not for `ps` to show."""
    from psycopg.conninfo import make_conninfo

    found = parameters(settings)
    password = found.pop("password", None)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}
    if password is not None:
        environment["PGPASSWORD"] = password
    target = make_conninfo(**found)  # type: ignore[arg-type, unused-ignore]
    return [programs(settings.postgres_bin) / program, f"--dbname={target}", *arguments], environment


def back_up(settings: Settings, target: Path, *, at: datetime, say: Say = print) -> Contents:
    """Write database and media into the one file `target` (mode 0600). The database must be running.

    The database is dumped first, as of one moment, and media after it: a file that came later is harmless, one
    that the database names is there. `target` appears only when it is whole. Raises BackupError.
    """
    if target.exists():
        raise refuse_backup(
            "exists",
            f"{target} 已经存在；请换一个名字，或先移走它。",
            f"{target} exists already; take another name, or move it away first.",
        )
    if not target.parent.is_dir():
        raise refuse_backup(
            "no-folder",
            f"没有文件夹 {target.parent}；请先建立它。",
            f"There is no folder {target.parent}; make it first.",
        )
    draft, dump = target.with_name(f".{target.name}.part"), target.with_name(f".{target.name}.dump")
    try:
        for each in (draft, dump):
            each.unlink(missing_ok=True)
            os.close(os.open(each, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        contents = Contents(FORMAT, version(), at.isoformat(), *_dump(settings, dump, say))
        with open(draft, "wb") as out, tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            _add(tar, DUMP, dump, contents)
            dump.unlink()
            for name in KEPT_FILES:
                if (settings.data_dir / name).is_file():
                    _add(tar, name, settings.data_dir / name, contents)
            _add_media(tar, settings.media_dir, contents, say)
            text = json.dumps(asdict(contents), ensure_ascii=False).encode()
            last = tarfile.TarInfo(MANIFEST)
            last.size = len(text)
            tar.addfile(last, io.BytesIO(text))
            tar.close()
            out.flush()
            os.fsync(out.fileno())
        os.rename(draft, target)
    except OSError as error:
        raise refuse_backup(
            "not-written",
            f"备份没有写成：{error}；请检查磁盘空间与权限后再试。",
            f"The backup could not be written: {error}; check disk space and permissions, then try again.",
        ) from error
    finally:
        for each in (draft, dump):
            each.unlink(missing_ok=True)
    return contents


def tables(db: Any) -> list[str]:
    """The names of all tables of ours with their schema, quoted as SQL wants them."""
    return [
        name
        for (name,) in db.execute(
            "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'm', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'"
            " ORDER BY 1"
        )
    ]


def count_rows(db: Any) -> dict[str, int]:
    """How many rows each table has."""
    counts = {}
    for name in tables(db):  # names quoted by the database itself
        counts[name] = db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
    return counts


def _dump(settings: Settings, file: Path, say: Say) -> tuple[int, dict[str, int]]:
    import psycopg

    say("备份数据库…… Saving the database…")
    with closing(psycopg.connect(**parameters(settings))) as db:  # type: ignore[arg-type, unused-ignore]
        db.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        db.read_only = True
        row = db.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        rows = count_rows(db)
        # The same snapshot: what was counted is what is dumped, whatever is written meanwhile.
        command, environment = client(
            settings,
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={row[0]}",
            "--file",
            file,
        )
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise refuse_backup(
                "dump",
                f"pg_dump 失败：{done.stderr.strip()}；若数据库比程序新，请用 SMARTEDU_POSTGRES_BIN 指出同版本的程序。",
                f"pg_dump failed: {done.stderr.strip()}; if the database is newer than the programs, "
                "name programs of its version in SMARTEDU_POSTGRES_BIN.",
            )
        return db.info.server_version // 10000, rows


class _Digesting:
    """A file that remembers the SHA-256 of what was read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.digest.update(piece)
        return piece


def _add(tar: tarfile.TarFile, name: str, file: Path, contents: Contents) -> int:
    with open(file, "rb") as source:
        info = tarfile.TarInfo(name)
        state = os.fstat(source.fileno())
        info.size, info.mtime, info.mode = state.st_size, int(state.st_mtime), 0o600
        reader = _Digesting(source)
        tar.addfile(info, reader)
    contents.files[name] = (info.size, reader.digest.hexdigest())
    return info.size


def media_files(folder: Path) -> Iterator[Path]:
    """Every plain file below the media folder, in order; links lead out of it and are left."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            file = Path(parent, name)
            if file.is_file() and not file.is_symlink():
                yield file


def _add_media(tar: tarfile.TarFile, folder: Path, contents: Contents, say: Say) -> None:
    count = size = 0
    for file in media_files(folder):
        try:
            size += _add(tar, f"{MEDIA}/{file.relative_to(folder).as_posix()}", file, contents)
        except FileNotFoundError:  # a draft that was finished or thrown away meanwhile
            continue
        count += 1
        if count % 500 == 0:
            say(f"已保存媒体文件 {count} 个，{size / 1e6:.0f} MB。 {count} media files saved.")
