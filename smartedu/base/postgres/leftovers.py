"""What a killed predecessor left: a postmaster without its owner, backends without it, a stale postmaster.pid.

The caller holds the instance lock, so whatever still runs on the data folder belongs to nobody.
"""

import os
import signal
import subprocess
import time
from pathlib import Path

from .place import Say

ORPHAN_PATIENCE_SECONDS = 10
TELL_EVERY_SECONDS = 5


def processes_of(data: Path) -> list[int]:
    """The PostgreSQL processes that work on this data folder (each of them stands in it)."""
    if not Path("/proc/self").exists():
        return _by_ps(data)
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            if Path(f"/proc/{entry}/comm").read_text().strip() in (
                "postgres",
                "postmaster",
            ) and os.path.samefile(f"/proc/{entry}/cwd", data):
                found.append(int(entry))
        except OSError:  # ended meanwhile, or another user's
            continue
    return found


def _by_ps(data: Path) -> list[int]:
    pid = postmaster_pid(data)
    if pid is None:
        return []
    told = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False)
    return [pid] if "postgres" in told.stdout and str(data) in told.stdout else []


def postmaster_pid(data: Path) -> int | None:
    """What postmaster.pid says; the pid may be dead or another program's by now."""
    try:
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def clear_leftovers(data: Path, say: Say) -> None:
    """End what still runs on the data folder and remove a postmaster.pid that means nothing.

    A postmaster is asked to stop as at a normal end, and waited for without limit. Backends whose postmaster
    is gone cannot commit any more: they are ended, at last by force, and the next start recovers.
    A pid file is removed only when nothing runs: PostgreSQL itself takes any live process of that number for
    a server, and would not start after the number was given to another program.
    """
    began = told = time.monotonic()
    asked: set[int] = set()
    while pids := processes_of(data):
        master = postmaster_pid(data)
        now = time.monotonic()
        if master in pids:
            _signal([] if master in asked else [master], signal.SIGINT)
            asked.add(master)
        else:
            hard = now - began > ORPHAN_PATIENCE_SECONDS
            _signal(
                pids if hard else [p for p in pids if p not in asked],
                signal.SIGKILL if hard else signal.SIGTERM,
            )
            asked.update(pids)
        if now - told > TELL_EVERY_SECONDS:
            told = now
            say(
                f"等待上次留下的 PostgreSQL 结束（pid {', '.join(map(str, pids))}）。 "
                "Waiting for the PostgreSQL that an earlier run left to end."
            )
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
