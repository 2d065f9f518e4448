"""The parts of the supervisor: one watched process, its log file, and what of it is said aloud."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from smartedu.base.lifeline import PARENT_VARIABLE
from smartedu.base.settings import PREFIX, Settings

_PAUSES = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)
CALM_SECONDS = 60.0
"""A process that lived so long has recovered: its next end counts as the first again."""

LOG_LIMIT_BYTES = 10 * 1024 * 1024
_LOG_GENERATIONS = 3
_PIECE = 64 * 1024


def restart_pause(early_ends: int) -> float:
    """Seconds to wait before a process that ended early `early_ends` times in a row is started again."""
    return _PAUSES[min(max(early_ends, 1), len(_PAUSES)) - 1]


class LogFile:
    """A file that is written in whole pieces and begins anew when it is full; three older ones are kept."""

    def __init__(self, path: Path, limit_bytes: int = LOG_LIMIT_BYTES) -> None:
        self.path = path
        self._limit = limit_bytes
        self._file = open(path, "ab", buffering=0)  # noqa: SIM115 - kept open

    def write(self, data: bytes) -> None:
        """Append; a full disk loses the log and nothing else."""
        try:
            if self._file.tell() + len(data) > self._limit and self._file.tell():
                self._turn_over()
            self._file.write(data)
        except OSError:
            return

    def _turn_over(self) -> None:
        self._file.close()
        for number in range(_LOG_GENERATIONS - 1, -1, -1):
            older = self.path.with_name(f"{self.path.name}.{number + 1}")
            this = self.path.with_name(f"{self.path.name}.{number}") if number else self.path
            if this.exists():
                os.replace(this, older)
        self._file = open(self.path, "ab", buffering=0)  # noqa: SIM115 - kept open

    def close(self) -> None:
        """Close the file."""
        self._file.close()


_LEVEL = re.compile(r"^\d{4}-\S+ \S+ (DEBUG|INFO|WARNING|ERROR|CRITICAL) ")
_NEWS = re.compile(r"^\d{4}-\S+ \S+ INFO smartedu\.news: (.+)")
_LAST_WORDS = re.compile(r"^(Fatal Python error|Segmentation fault|[\w.]+(Error|Exception)\b)")
_LONGEST_SHOWN = 300


@dataclass
class Echo:
    """Chooses the lines of a log that a person at the terminal is to see, few at a time: warnings, last words, news.

    News is what a job says through the logger `smartedu.news`: that long work is done, or how far it is.

    What lies under a warning (its traceback) stays in the file. After `most` lines within `seconds` the rest does
    too: a database that is away makes every process say so many times a second.
    """

    most: int = 3
    seconds: float = 10.0
    _rest: bytes = b""
    _under_warning: bool = False
    _times: list[float] = field(default_factory=list)

    def chosen(self, data: bytes, now: float) -> list[str]:
        """The lines among `data` (the next piece of the stream) to be shown; `now` in seconds of any clock."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._rest = self._rest[-_PIECE:]
        shown = []
        for raw in lines:
            line = raw.decode("utf-8", "replace").rstrip()
            if news := _NEWS.match(line):
                line = news[1]
            elif not self._wanted(line):
                continue
            self._times = [time for time in self._times if now - time < self.seconds]
            if len(self._times) < self.most:
                self._times.append(now)
                shown.append(line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…")
        return shown

    def _wanted(self, line: str) -> bool:
        if level := _LEVEL.match(line):
            self._under_warning = level[1] not in ("DEBUG", "INFO")
            return self._under_warning
        return not self._under_warning and _LAST_WORDS.match(line) is not None


class Child:
    """One process of ours: started in its own group, its output kept, started again when it ends."""

    def __init__(self, name: str, module: str, log: LogFile, *arguments: str, sockets: tuple[int, ...] = ()) -> None:
        self.name = name
        self.log = log
        self._command = [sys.executable, "-m", module, *arguments]
        self._sockets = sockets
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.start_at = 0.0
        self.early_ends = 0

    def start(self, environment: dict[str, str], now: float) -> int:
        """Start it; returns the descriptor on which its output arrives. Its parent is the calling thread."""
        ours, theirs = os.pipe()
        try:
            # A group of its own: Ctrl-C in the terminal reaches the supervisor alone, which ends all in order, and
            # whatever the process has started itself (ffmpeg) can be ended with it.
            self.process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=theirs,
                stderr=theirs,
                env=environment,
                pass_fds=self._sockets,
                process_group=0,
            )
        except BaseException:
            os.close(ours)
            raise
        finally:
            os.close(theirs)
        os.set_blocking(ours, False)
        self.started_at = now
        return ours

    def running(self) -> bool:
        """Whether its process lives; asks the kernel."""
        return self.process is not None and self.process.poll() is None

    def ended(self, now: float) -> str:
        """Note that it has ended, sweep up what it left, and set when to start again. Returns how it ended."""
        assert self.process is not None
        code = self.process.returncode
        self.kill_group()
        self.process = None
        self.early_ends = 1 if now - self.started_at > CALM_SECONDS else self.early_ends + 1
        self.start_at = now + restart_pause(self.early_ends)
        return signal.Signals(-code).name if code < 0 else f"exit {code}"

    def terminate(self) -> None:
        """Ask it to end."""
        if self.running():
            assert self.process is not None
            self.process.terminate()

    def kill_group(self) -> None:
        """End it and all that it has started, by force."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                return


def child_environment(settings: Settings) -> dict[str, str]:
    """The environment of our processes: ours, with the settings that were decided here put in."""
    environment = dict(os.environ)
    for name, described in Settings.model_fields.items():
        variable = PREFIX + (described.alias or name).upper()
        environment.pop(variable, None)
        value = getattr(settings, name)
        if name in settings.model_fields_set and value is not None:
            environment[variable] = ",".join(value) if isinstance(value, tuple) else str(value)
    environment[PREFIX + "DATA_DIR"] = str(settings.data_dir)
    environment[PARENT_VARIABLE] = str(os.getpid())
    environment["PYTHONUNBUFFERED"] = "1"
    return environment


def pump(descriptor: int, log: LogFile, echo: Callable[[bytes], None]) -> bool:
    """Move what has arrived on `descriptor` into the log; False at its end (the descriptor is then closed)."""
    try:
        data = os.read(descriptor, _PIECE)
    except BlockingIOError:
        return True
    if not data:
        os.close(descriptor)
        return False
    log.write(data)
    echo(data)
    return True
