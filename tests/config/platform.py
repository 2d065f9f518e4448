"""A whole platform in processes of its own, for tests that kill parts of it."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from smartedu.base.postgres.leftovers import processes_of
from smartedu.base.postgres.place import place
from smartedu.base.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
LONG_SECONDS = 30.0  # a limit for giving up, never an expectation
T = TypeVar("T")


def eventually(ask: Callable[[], T], what: str = "") -> T:
    """Ask again and again until the answer is true; answers that fail to come count as not true yet."""
    until = time.monotonic() + LONG_SECONDS
    while True:
        try:
            if answer := ask():
                return answer
            last: object = answer
        except (OSError, ValueError, KeyError) as error:
            last = error
        assert time.monotonic() < until, f"{what or ask} did not come about: {last!r}"
        time.sleep(0.05)


class Platform:
    """`smartedu serve` on a data folder, with the small test site as its application."""

    def __init__(self, data_dir: Path, **settings: object) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.settings = Settings(data_dir=data_dir, port=self.port)
        own = {"data_dir": data_dir, "port": self.port, **settings}
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(PREFIX)}
        self.environment |= {PREFIX + name.upper(): str(value) for name, value in own.items()}
        self.environment["DJANGO_SETTINGS_MODULE"] = "tests.config.small_site.settings"
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it and wait until it is ready."""
        # A file and not a pipe for what it says: nobody reads along.
        with tempfile.TemporaryFile("w+") as said:
            command = [sys.executable, "-m", "smartedu.config.serve"]
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=said, stderr=said, text=True
            )
            process = self.process

            def ready() -> bool:
                if process.poll() is not None:
                    said.seek(0)
                    raise AssertionError(f"serve ended: {said.read()}")
                return bool(self.get("/readyz")["ready"])

            eventually(ready)

    def start_again_refused(self) -> subprocess.CompletedProcess[str]:
        """What a second start on the same folder comes to."""
        command = [sys.executable, "-m", "smartedu.config.serve"]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=LONG_SECONDS, check=False
        )

    def open(self, path: str, **headers: str) -> Any:
        """An open answer of the platform, also when it is a refusal."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            return urllib.request.urlopen(request, timeout=LONG_SECONDS)
        except urllib.error.HTTPError as refusal:
            return refusal

    def get(self, path: str) -> dict[str, Any]:
        """The JSON behind `path`; ValueError when the answer is not JSON."""
        with self.open(path) as answer:
            found: dict[str, Any] = json.loads(answer.read())
            return found

    def answers(self) -> dict[str, Any]:
        """Wait until a page that needs the database is served; which process did it."""
        return eventually(lambda: self.open("/process").status == 200 and self.get("/process"))

    def processes(self, module: str = "") -> list[int]:
        """The living processes of this platform that run `module` of config (all but PostgreSQL when empty)."""
        mark = f"{PREFIX}DATA_DIR={self.settings.data_dir}".encode()
        wanted = f"smartedu.config.{module}"
        found = []
        for entry in os.listdir("/proc"):
            if not entry.isdigit() or int(entry) == os.getpid():
                continue
            try:
                words = Path(f"/proc/{entry}/cmdline").read_bytes().split(b"\0")
                if mark not in Path(f"/proc/{entry}/environ").read_bytes().split(b"\0"):
                    continue
            except OSError:
                continue
            if not module or wanted.encode() in words:
                found.append(int(entry))
        return found

    def database(self) -> list[int]:
        """The living processes of its PostgreSQL."""
        return processes_of(place(self.settings).data)

    def all_processes(self) -> list[int]:
        return [*self.processes(), *self.database()]

    def kill(self, *pids: int) -> None:
        """kill -9 and wait until they are gone (a zombie is)."""
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        eventually(lambda: not any(alive(pid) for pid in pids))

    def end(self, sig: signal.Signals = signal.SIGINT) -> int:
        """Ask it to end; its exit code."""
        assert self.process is not None
        self.process.send_signal(sig)
        return self.process.wait(LONG_SECONDS)

    def destroy(self) -> None:
        """Leave nothing behind, whatever state it is in."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.kill(*self.all_processes())


def alive(pid: int) -> bool:
    """Whether the process exists and is not just waiting to be forgotten."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False
