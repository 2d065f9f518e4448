"""Starting, waiting for and stopping the embedded PostgreSQL."""

import ctypes
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..folders import make_folder
from ..settings import Settings
from .cluster import init_cluster, write_configuration
from .connection import check_server, url
from .leftovers import TELL_EVERY_SECONDS, clear_leftovers
from .lock import AlreadyRunning, instance_lock
from .place import (
    Owner,
    Place,
    PostgresError,
    Say,
    closed_parent,
    major,
    own_folder,
    owner,
    place,
    programs,
    reachable,
    refuse,
    server_programs,
    spawn_as,
)

LOG_NAME = "postgres.log"
LOG_LIMIT_BYTES = 10 * 1024 * 1024
SILENCE_LIMIT_SECONDS = 300  # no answer at all and nothing logged for so long is no recovery but a fault
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL that this process started."""

    process: subprocess.Popen[bytes]
    settings: Settings

    @property
    def pid(self) -> int:
        """The postmaster's pid."""
        return self.process.pid

    def poll(self) -> int | None:
        """Its exit code, or None while it runs."""
        return self.process.poll()

    def trim_log(self) -> None:
        """Keep its log below the limit: what is over becomes the one older file. Safe while it writes."""
        _trim(self.settings.log_dir / LOG_NAME)


def start(settings: Settings, say: Say = print, *, for_tests: bool = False) -> Server:
    """Start the embedded PostgreSQL, making the cluster first if there is none, and wait until it answers.

    The caller holds the instance lock. The wait has no limit while recovery goes on, and `say` is told what is
    waited for. PostgreSQL ends (as at a normal stop) when the calling *thread* ends, so call it from the main
    thread. Raises PostgresError.
    """
    init_cluster(settings, say, for_tests=for_tests)
    user, where = owner(), place(settings)
    folder = server_programs(settings, user)
    _check_usable(where, folder, user)
    clear_leftovers(where.data, say)
    own_folder(where.sockets, user)
    for left in where.sockets.glob(".s.PGSQL.*"):
        # No server of ours is left, but the number in its socket's lock may live on as a process not yet reaped.
        left.unlink(missing_ok=True)
    write_configuration(settings, where, user, for_tests=for_tests)
    make_folder(settings.log_dir)
    log = settings.log_dir / LOG_NAME
    _trim(log)
    with open(log, "ab") as out:
        begin = out.tell()
        process = subprocess.Popen(
            [folder / "postgres", "-D", where.data],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,  # Ctrl-C in a terminal reaches the supervisor, which ends us last
            preexec_fn=_ends_with_parent(),  # noqa: PLW1509 - two system calls, no Python lock
            **spawn_as(user),
        )
    server = Server(process, settings)
    try:
        _wait(server, where, log, begin, say)
    except BaseException:
        stop(server)
        raise
    return server


def stop(server: Server, say: Say = print) -> None:
    """Stop it as at a normal end: clients are cut off, everything is written, the next start need not recover."""
    told = time.monotonic()
    if server.poll() is None:
        server.process.send_signal(signal.SIGINT)
    while True:
        try:
            server.process.wait(TELL_EVERY_SECONDS)
            return
        except subprocess.TimeoutExpired:
            seconds = round(time.monotonic() - told)
            say(f"PostgreSQL 正在写完数据（{seconds} 秒）。 PostgreSQL is writing what it has ({seconds} s).")


@contextmanager
def running(settings: Settings, command: str, say: Say = print) -> Iterator[str]:
    """A database for the length of the block: one's own, that of a running `serve`, or one started for it.

    Yields its address. `command` is what another is told that finds the folder taken. Raises PostgresError,
    and AlreadyRunning when another short command has it (whose PostgreSQL would end under our feet).
    """
    if not settings.embedded:
        check_server(settings)
        yield url(settings)
        return
    with ExitStack() as held:
        tries = 0
        while True:
            try:
                held.enter_context(instance_lock(settings.data_dir, command))
                server = start(settings, say)
                held.callback(stop, server, say)
                break
            except AlreadyRunning as busy:
                tries += 1
                if busy.command != "serve" and (busy.command or tries > 10):  # "": it is just about to say
                    raise
                if busy.command and _answer(settings, place(settings)) == 0:
                    break
            time.sleep(0.1)  # serve is starting or ending: it will answer, or let go of the lock
        yield url(settings)


def _check_usable(where: Place, folder: Path, user: Owner | None) -> None:
    made, ours = int((where.data / "PG_VERSION").read_text()), major(folder)
    if made != ours:
        raise refuse(
            "other-version",
            f"{where.data} 由 PostgreSQL {made} 建立，现有程序是 {ours}；请用旧版本备份，再用新版本读回。",
            f"{where.data} was made by PostgreSQL {made}, these programs are {ours}; "
            "make a backup with the old ones and restore it with the new ones.",
        )
    if not reachable(where.data, user):
        closed = closed_parent(where.data, user)
        raise refuse(
            "closed",
            f"数据库用户不能进入 {closed}；请放开它（chmod o+x），或用 SMARTEDU_DATA_DIR 另选文件夹。",
            f"The database user cannot enter {closed}; open it (chmod o+x) or choose another folder with "
            "SMARTEDU_DATA_DIR.",
        )


def _ends_with_parent() -> Callable[[], None] | None:
    """A hook for the child: when its parent is gone, however, the kernel sends it SIGINT (a fast, clean stop)."""
    if os.uname().sysname != "Linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def hook() -> None:
        prctl(_PR_SET_PDEATHSIG, int(signal.SIGINT), 0, 0, 0)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return hook


def _answer(settings: Settings, where: Place) -> int:
    """pg_isready's answer: 0 accepts, 1 is starting up or ending, 2 no answer."""
    command = [str(programs(settings.postgres_bin) / "pg_isready"), "-q", "-t", "3", "-h", str(where.sockets)]
    return subprocess.run(command, check=False, **spawn_as(None)).returncode


def _wait(server: Server, where: Place, log: Path, begin: int, say: Say) -> None:
    began = told = alive = time.monotonic()
    size, pause = begin, 0.01
    while True:
        answer = _answer(server.settings, where)
        if answer == 0:
            return
        if server.poll() is not None:
            raise refuse(
                "not-started",
                f"PostgreSQL 没有启动起来：{_last_lines(log, begin)}（日志：{log}）",
                f"PostgreSQL did not start: {_last_lines(log, begin)} (log: {log})",
            )
        now = time.monotonic()
        if answer == 1 or log.stat().st_size != size:
            alive, size = now, log.stat().st_size
        elif now - alive > SILENCE_LIMIT_SECONDS:
            raise refuse(
                "silent",
                f"PostgreSQL 在 {SILENCE_LIMIT_SECONDS} 秒内毫无回应；请看日志 {log}。",
                f"PostgreSQL gave no sign for {SILENCE_LIMIT_SECONDS} seconds; see its log {log}.",
            )
        if now - told > TELL_EVERY_SECONDS:
            told, last = now, _last_lines(log, begin, 1)
            say(
                f"PostgreSQL 正在恢复，已 {now - began:.0f} 秒：{last} "
                f"PostgreSQL is recovering, {now - began:.0f} s so far."
            )
        time.sleep(pause)
        pause = min(0.2, pause * 1.5)


def _last_lines(log: Path, begin: int, count: int = 5) -> str:
    with open(log, "rb") as file:
        file.seek(max(begin, file.seek(0, os.SEEK_END) - 8192))
        return " / ".join(file.read().decode(errors="replace").strip().splitlines()[-count:])


def _trim(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        shutil.copyfile(log, log.with_name(log.name + ".1"))
        os.truncate(log, 0)  # PostgreSQL appends, so that its next line stands at the beginning


__all__ = ["PostgresError", "Server", "running", "start", "stop"]
