"""Bringing a backup back into an empty data folder: checked first, all or nothing."""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath

from ..folders import make_folder
from ..settings import Settings
from .backup import (
    DUMP,
    FORMAT,
    KEPT_FILES,
    MANIFEST,
    MEDIA,
    PIECE_BYTES,
    Contents,
    client,
    count_rows,
    tables,
)
from .backup import refuse_backup as refuse
from .connection import check_server, parameters
from .lock import LOCK_NAME, instance_lock
from .place import Say
from .scratch import remove_data_folder
from .server import start, stop

_DRAFT = ".restoring"
_NOT_DATA = {LOCK_NAME, "lost+found", _DRAFT}


def restore(settings: Settings, file: Path, *, say: Say = print) -> Contents:
    """Bring back what `file` holds into the empty data folder (and, with one's own PostgreSQL, the empty database).

    Everything is made in a draft folder and moved into place at the end; after an error the folder is as empty
    as before. Returns the manifest. Raises BackupError, PostgresError, AlreadyRunning.
    """
    with instance_lock(settings.data_dir, "restore"):
        draft = _draft_settings(settings)
        _must_be_empty(settings)
        if draft.data_dir.exists():  # of a restore that was killed
            remove_data_folder(draft)
        contents = check(file, say)
        try:
            make_folder(draft.data_dir)
            _unpack(file, draft, say)
            _load(draft, contents, say)
        except BaseException:
            remove_data_folder(draft)
            raise
        # The cluster last: without it the folder is no house yet.
        for name in sorted(os.listdir(draft.data_dir), key=lambda n: n.startswith("postgres")):
            if name in ("run", "log", LOCK_NAME):
                continue
            os.rename(draft.data_dir / name, settings.data_dir / name)
        _remove_rest(draft)
        return contents


def check(file: Path, say: Say = print) -> Contents:
    """Read a backup through and compare every size and digest. Raises BackupError naming the first that differs."""
    say(f"核对备份 {file}…… Checking the backup…")
    with _opened(file) as tar:
        seen: dict[str, tuple[int, str]] = {}
        text = b""
        for member in tar:
            _must_be_harmless(file, member)
            source = tar.extractfile(member)
            assert source is not None
            if member.name == MANIFEST:
                text = source.read(PIECE_BYTES * 256)
                continue
            digest = hashlib.sha256()
            while piece := source.read(PIECE_BYTES):
                digest.update(piece)
            seen[member.name] = (member.size, digest.hexdigest())
    contents = _manifest(file, text)
    if contents.format != FORMAT:
        raise refuse(
            "format",
            f"备份的格式是 {contents.format}（由 {contents.version} 版写成），本版只认识 {FORMAT}；请先更新程序。",
            f"the backup has format {contents.format} (written by version {contents.version}), this version knows "
            f"{FORMAT}; update the program first.",
            str(file),
        )
    for name in sorted(contents.files.keys() | seen.keys() | {DUMP}):
        if contents.files.get(name) != seen.get(name) or name not in seen:
            raise refuse(
                "damaged",
                f"其中的 {name} 与清单不符，备份已损坏；请使用另一份备份。",
                f"{name} in it differs from the list of contents: the backup is damaged; use another one.",
                str(file),
            )
    return contents


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(file, "r:") as tar:
            yield tar
    except FileNotFoundError:
        raise refuse(
            "missing", "没有这个文件，请检查路径。", "there is no such file; check the path.", str(file)
        ) from None
    except (tarfile.TarError, EOFError, OSError) as error:
        raise refuse(
            "unreadable",
            f"读不出来（{error}），不是完整的备份；请使用另一份备份。",
            f"it cannot be read ({error}): not a whole backup; use another one.",
            str(file),
        ) from error


def _must_be_harmless(file: Path, member: tarfile.TarInfo) -> None:
    path = PurePosixPath(member.name)
    known = member.name in (DUMP, MANIFEST, *KEPT_FILES) or (path.parts[:1] == (MEDIA,) and len(path.parts) > 1)
    if not member.isreg() or not known or ".." in path.parts or path.is_absolute():
        raise refuse(
            "foreign",
            f"其中有不属于备份的内容：{member.name!r}；这个文件不是由 smartedu backup 写成的。",
            f"it holds something that is no part of a backup: {member.name!r}; `smartedu backup` did not write it.",
            str(file),
        )


def _manifest(file: Path, text: bytes) -> Contents:
    try:
        raw = json.loads(text)
        raw["files"] = {name: (int(size), str(digest)) for name, (size, digest) in raw["files"].items()}
        raw["rows"] = {str(name): int(count) for name, count in raw["rows"].items()}
        return Contents(**raw)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise refuse(
            "no-manifest",
            "其中没有清单，文件不完整或不是备份；请使用另一份备份。",
            "it has no list of contents: it was cut off or is no backup; use another one.",
            str(file),
        ) from None


def _draft_settings(settings: Settings) -> Settings:
    values = {name: getattr(settings, name) for name in settings.model_fields_set if name != "secret_key_given"}
    return Settings.model_validate(values | {"data_dir": settings.data_dir / _DRAFT})


def _must_be_empty(settings: Settings) -> None:
    found = sorted(set(os.listdir(settings.data_dir)) - _NOT_DATA)
    if found:
        names = ", ".join(found[:5])
        raise refuse(
            "not-empty",
            f"数据文件夹 {settings.data_dir} 不是空的（{names}）；请用 SMARTEDU_DATA_DIR 选一个空文件夹。",
            f"The data folder {settings.data_dir} is not empty ({names}); choose an empty one with SMARTEDU_DATA_DIR.",
        )
    if settings.embedded:
        return
    import psycopg

    check_server(settings)
    with closing(psycopg.connect(**parameters(settings))) as db:  # type: ignore[arg-type, unused-ignore]
        if there := tables(db):
            raise refuse(
                "database-not-empty",
                f"SMARTEDU_DATABASE_URL 指的数据库里已有 {len(there)} 张表；请另建一个空的数据库。",
                f"The database of SMARTEDU_DATABASE_URL has {len(there)} tables already; make an empty one.",
            )


def _unpack(file: Path, draft: Settings, say: Say) -> None:
    say("取出文件…… Unpacking…")
    with _opened(file) as tar:
        for member in tar:
            _must_be_harmless(file, member)
            if member.name != MANIFEST:
                tar.extract(member, draft.data_dir, filter="data")
    for folder, _, names in os.walk(draft.media_dir):
        os.chmod(folder, 0o755)  # noqa: S103 - another web server may serve it
        for name in names:
            os.chmod(os.path.join(folder, name), 0o644)


def _load(draft: Settings, contents: Contents, say: Say) -> None:
    import psycopg

    server = start(draft, say) if draft.embedded else None
    try:
        say("读回数据库…… Loading the database…")
        dump = draft.data_dir / DUMP
        arguments = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", dump)
        command, environment = client(draft, "pg_restore", *arguments)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise refuse(
                "load",
                f"pg_restore 失败：{done.stderr.strip()}；数据库没有改变。",
                f"pg_restore failed: {done.stderr.strip()}; the database is unchanged.",
            )
        dump.unlink()
        with closing(psycopg.connect(**parameters(draft))) as db:  # type: ignore[arg-type, unused-ignore]
            if (found := count_rows(db)) != contents.rows:
                different = sorted(
                    k for k in found.keys() | contents.rows.keys() if found.get(k) != contents.rows.get(k)
                )
                raise refuse(
                    "rows",
                    f"读回的行数与清单不符（{', '.join(different[:5])}）；请使用另一份备份。",
                    f"The rows brought back differ from the list of contents ({', '.join(different[:5])}); "
                    "use another backup.",
                )
    finally:
        if server:
            stop(server, say)


def _remove_rest(draft: Settings) -> None:
    for folder in {draft.data_dir, draft.run_dir}:
        shutil.rmtree(folder, ignore_errors=True)
