"""One instance a data folder: an flock that the kernel lets go of when its holder dies, however it dies."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import DomainError, Problem
from ..folders import make_folder

LOCK_NAME = "smartedu.lock"


class AlreadyRunning(DomainError):
    """Another process holds the data folder: `pid` and `command` say which (0 and "" when it did not say)."""

    def __init__(self, data_dir: Path, pid: int, command: str) -> None:
        self.pid, self.command = pid, command
        who = f"smartedu {command or '?'}" + (f" (pid {pid})" if pid else "")
        super().__init__(
            Problem(
                "already-running",
                "",
                f"数据文件夹 {data_dir} 正由 {who} 使用；请先结束它，或用 SMARTEDU_DATA_DIR 另选一个文件夹。",
                f"The data folder {data_dir} is in use by {who}; end that first, "
                "or choose another folder with SMARTEDU_DATA_DIR.",
            )
        )


@contextmanager
def instance_lock(data_dir: Path, command: str = "serve") -> Iterator[None]:
    """Hold the data folder for as long as the block runs; `command` is told to whoever is refused.

    Raises AlreadyRunning at once when another holds it. The file stays: removing a lock file that somebody may
    be waiting on gives two holders. The descriptor is closed at exec, so no child keeps the lock for us.
    """
    make_folder(data_dir)
    with open(data_dir / LOCK_NAME, "a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            try:
                holder = json.loads(file.read())
            except ValueError:
                holder = {}
            raise AlreadyRunning(data_dir, holder.get("pid", 0), holder.get("command", "")) from None
        file.truncate(0)
        file.write(json.dumps({"pid": os.getpid(), "command": command}))
        file.flush()
        yield
