"""Making a cluster, whole or not at all, and the settings that each start writes into it."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from ..folders import kept_secret
from ..settings import Settings
from .connection import NAME, PASSWORD_FILE
from .place import (
    Owner,
    Place,
    Say,
    major,
    new_place,
    own_folder,
    owner,
    place,
    refuse,
    server_programs,
    spawn_as,
)

_MB = 1024 * 1024
OUR_CONF = "smartedu.conf"


def is_made(settings: Settings) -> bool:
    """Whether the data folder has a cluster."""
    return (place(settings).data / "PG_VERSION").is_file()


def init_cluster(settings: Settings, say: Say = print, *, for_tests: bool = False) -> None:
    """Make the cluster with the role and database `smartedu`. Does nothing when there is one.

    It is made under a draft name and renamed when all is done, so that a killed start leaves nothing that
    looks like a cluster. `for_tests` lets the role make databases.
    """
    if is_made(settings):
        return
    user = owner()
    where = new_place(settings, user, say)
    folder = server_programs(settings, user)
    draft = where.data.with_name(where.data.name + ".new")
    if draft.exists():
        shutil.rmtree(draft)
    own_folder(draft, user)
    _initdb(folder, draft, user)
    write_configuration(settings, Place(draft, where.sockets), user, for_tests=for_tests)
    password = kept_secret(settings.data_dir / PASSWORD_FILE)
    more = "CREATEDB" if for_tests else ""
    _single_user(
        folder,
        draft,
        user,
        [
            f"CREATE ROLE {NAME} LOGIN {more} PASSWORD '{password}'",
            f"CREATE DATABASE {NAME} OWNER {NAME}",
        ],
    )
    os.rename(draft, where.data)
    if where.data != settings.postgres_dir:
        settings.postgres_dir.symlink_to(where.data)


def _run(what: str, command: Sequence[str | Path], user: Owner | None, given: str | None = None) -> None:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False, **spawn_as(user))
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()
        raise refuse(
            "not-made",
            f"建立数据库时 {what} 失败：{said}；请检查磁盘空间与文件夹权限后再试。",
            f"{what} failed while the database was made: {said}; check disk space and the folder's permissions.",
        )


def _initdb(folder: Path, data: Path, user: Owner | None) -> None:
    # Texts are sorted by bytes: fast, the same on every machine, and Chinese is sorted by a stored key anyway.
    # Letters are known by Unicode where the programs can do that without the machine's locales.
    if major(folder) >= 17:
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    else:
        locale = ["--locale=C", *(["--lc-ctype=C.UTF-8"] if os.uname().sysname == "Linux" else [])]
    rest = ["--auth=reject", "--data-checksums", "--no-instructions"]
    _run(
        "initdb",
        [folder / "initdb", "-D", data, "--username=postgres", "--encoding=UTF8", *locale, *rest],
        user,
    )
    with open(data / "postgresql.conf", "a", encoding="utf-8") as conf:
        conf.write(
            f"\ninclude_if_exists = '{OUR_CONF}'   # written anew by every start\n"
            "include_if_exists = 'own.conf'   # yours: what stands there wins\n"
        )


def _single_user(folder: Path, data: Path, user: Owner | None, statements: list[str]) -> None:
    # One statement a line, by the program's own single-user mode: no server, no socket, no moment without a
    # password. It ends with success even after an error unless told otherwise.
    options = ["-c", "exit_on_error=true", "-c", "log_checkpoints=off"]
    given = "".join(statement + "\n" for statement in statements)
    _run("postgres", [folder / "postgres", "--single", "-D", data, *options, "postgres"], user, given)


def write_configuration(settings: Settings, where: Place, user: Owner | None, *, for_tests: bool = False) -> None:
    """Write our settings and who may connect into a cluster; `own.conf` beside them stays the operator's."""
    system_user = user.name if user else _own_name()
    values = _values(settings, where.sockets)
    if for_tests:
        values |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    texts = {
        OUR_CONF: "".join(f"{key} = '{value}'\n" for key, value in values.items()),
        "pg_hba.conf": (
            "# The owner of the files is the superuser; everybody else has a password. No network.\n"
            "local all postgres peer map=smartedu\n"
            "local all all scram-sha-256\n"
        ),
        "pg_ident.conf": "".join(f'smartedu "{name}" postgres\n' for name in {system_user, _own_name()}),
    }
    for name, text in texts.items():
        file = where.data / name
        draft = file.with_name(name + ".new")
        draft.write_text(text, encoding="utf-8")
        os.chmod(draft, 0o600)
        if user:
            os.chown(draft, user.uid, user.gid)
        os.rename(draft, file)


def _own_name() -> str:
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # a container's user without an entry
        return str(os.geteuid())


def memory_bytes() -> int:
    """The memory of this machine, or of this container when it has a limit."""
    found = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for name in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            found = min(found, int(Path(name).read_text()))
        except (OSError, ValueError):
            continue
    return found


def _values(settings: Settings, sockets: Path) -> dict[str, str | int]:
    memory = memory_bytes()
    values: dict[str, str | int] = {
        "listen_addresses": "",
        "unix_socket_directories": str(sockets).replace("'", "''"),
        "unix_socket_permissions": "0700",
        "max_connections": max(50, settings.pool_plan().total + 3),  # 3 stay the superuser's
        "password_encryption": "scram-sha-256",
        # An eighth: the app, the worker and ffmpeg live on the same machine.
        "shared_buffers": f"{min(1024, max(64, memory // 8 // _MB))}MB",
        "effective_cache_size": f"{max(128, memory // 2 // _MB)}MB",
        "maintenance_work_mem": f"{min(256, max(32, memory // 32 // _MB))}MB",
        "work_mem": "8MB",
        "wal_compression": "on",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "10min",
        "random_page_cost": "1.5",
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "logging_collector": "off",  # the launcher gives it its log and keeps that small
        "log_line_prefix": "%m [%p] ",
        "log_checkpoints": "off",
        "log_startup_progress_interval": "2s",
        "idle_in_transaction_session_timeout": "10min",
    }
    if _shared_memory_is_small():
        values["max_parallel_workers_per_gather"] = 0
    return values


def _shared_memory_is_small() -> bool:
    """A container gives /dev/shm 64 MB by default, and a parallel query that finds it full fails."""
    try:
        state = os.statvfs("/dev/shm")  # noqa: S108 - asked, not written
    except OSError:
        return False
    return state.f_blocks * state.f_frsize < 256 * _MB
