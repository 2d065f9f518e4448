"""`smartedu serve`: one command, one port; starts PostgreSQL, app, worker and fronts, and watches over them.

A plain small process: no Django, no work of its own. It opens the port before anything else and hands it to the
fronts, so that what arrives while a front is restarted waits instead of being refused. PostgreSQL is started from
one thread that lives as long as we do: the kernel ends PostgreSQL when the thread that started it ends, and the
wait for its recovery, which has no limit, must not stop the watch.
"""

import asyncio
import concurrent.futures
import contextlib
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from smartedu.base import postgres
from smartedu.base.errors import DomainError, Problem
from smartedu.base.folders import make_folder
from smartedu.base.settings import Settings, get_settings
from smartedu.config.greeting import missing, print_signins, say, tell
from smartedu.config.opening import ServeError, open_port, own_run_dir, raise_file_limit
from smartedu.config.supervisor import Child, Echo, LogFile, child_environment, pump, restart_pause
from smartedu.library import school_year

_FRONT_SECONDS = 8.0  # a front ends its answers within five
_APP_SECONDS = 13.0  # gunicorn gives requests ten
_WORKER_SECONDS = 11.0  # the worker gives jobs eight
_TICK_SECONDS = 1.0
_TRIM_SECONDS = 60.0


class _StopAsked(Exception):
    """Raised out of a long wait when we were asked to end."""


def serve(settings: Settings) -> None:
    """Run the platform until Ctrl-C or SIGTERM; returns when all has ended in order.

    Raises AlreadyRunning when another instance has the data folder, ServeError when the port is taken or the
    migrations fail, PostgresError when the database cannot be started, CalendarRefused when the school's own calendar
    is none.
    """
    started = time.monotonic()
    school_year.check(settings)
    with postgres.instance_lock(settings.data_dir, "serve"):
        listening = open_port(settings)
        own_run_dir(settings)
        make_folder(settings.log_dir)
        make_folder(settings.media_dir)
        raise_file_limit()
        with contextlib.suppress(KeyboardInterrupt):  # pressed before the loop takes it over: nothing runs yet
            asyncio.run(_Supervisor(settings, listening, started).run())


class _Supervisor:
    def __init__(self, settings: Settings, listening: socket.socket, started: float) -> None:
        self._settings = settings
        self._listening = listening
        self._started = started
        self._environment = child_environment(settings)
        self._children: list[Child] = []
        self._logs: dict[str, LogFile] = {}
        self._postgres: postgres.Server | None = None
        self._postgres_ends = 0
        self._stopping = False
        self._in_a_hurry = False
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._one_thread = concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="postgres")

    async def run(self) -> None:
        """Start, watch until asked to end, end."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._asked_to_stop)
        loop.add_signal_handler(signal.SIGCHLD, self._wake.set)
        start = asyncio.create_task(self._start())
        start.add_done_callback(lambda _: self._wake.set())
        trimmed = time.monotonic()
        try:
            while not self._stopping:
                await self._woken(_TICK_SECONDS)
                if start.done() and (error := start.exception()) is not None:
                    raise error
                self._look_after()
                if self._postgres is not None and time.monotonic() - trimmed > _TRIM_SECONDS:
                    self._postgres.trim_log()
                    trimmed = time.monotonic()
        except _StopAsked:
            pass
        finally:
            self._stopping = True
            with contextlib.suppress(_StopAsked, asyncio.CancelledError, DomainError):
                start.cancel()
                await start
            await self._stop()

    # -- starting -----------------------------------------------------------------------------------------

    async def _start(self) -> None:
        fd = self._listening.fileno()
        for number in range(self._settings.fronts):
            # Fronts first: whoever comes while the database recovers is told so instead of waiting in vain.
            name = "front" if self._settings.fronts == 1 else f"front {number + 1}"
            self._add(Child(name, "smartedu.config.front", self._log("front"), "--fd", str(fd), sockets=(fd,)))
        if self._settings.embedded:
            say("正在启动数据库……", "Starting the database …")
            await self._start_postgres()
        else:
            await self._in_thread(postgres.check_server, self._settings)
        self._add(Child("app", "smartedu.config.app", self._log("app")))
        await self._ready()
        self._add(Child("worker", "smartedu.config.worker", self._log("worker")))
        seconds = time.monotonic() - self._started
        say(
            f"平台已启动（{seconds:.1f} 秒）：",
            f"SmartEdu is up ({seconds:.1f} s): {self._settings.public_url}",
        )
        print_signins(self._settings)
        say("按 Ctrl-C 结束。", "Ctrl-C ends it.")

    async def _start_postgres(self) -> None:
        def start() -> None:
            # Kept by the thread itself: whoever waits may be cancelled, and the server must be stopped all the same.
            self._postgres = postgres.start(self._settings, self._say_or_stop)

        await self._in_thread(start)

    def _say_or_stop(self, line: str) -> None:
        """What PostgreSQL's launcher says while it waits; raises out of that wait when we are to end."""
        if self._stopping:
            raise _StopAsked
        tell(line)

    async def _in_thread(self, call: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._one_thread, call, *arguments)

    async def _migrate(self) -> None:
        child = Child("migrate", "smartedu.config.migrate", self._log("migrate"))
        self._spawn(child)
        try:
            while child.running():
                await self._woken(_TICK_SECONDS)
        finally:
            child.kill_group()  # half a migration is none: PostgreSQL takes it back
        assert child.process is not None
        if child.process.returncode != 0 and not self._stopping:
            log = child.log.path
            raise ServeError(
                Problem(
                    "migrations-failed",
                    "",
                    f"数据库迁移失败，数据没有改变；原因见 {log} 的末尾，改正后再启动。",
                    f"The database migrations failed and changed nothing; see the end of {log} and start again.",
                )
            )

    async def _ready(self) -> None:
        """Wait until the app can serve; bring the database up to date when that is what it lacks.

        The app is asked first, since a process that only finds nothing to migrate costs a second of every start;
        until the tables are those of its code, the app answers nothing else.
        """
        told = time.monotonic()
        while True:
            lacking = await missing(self._listening)
            if not lacking:
                return
            if any(each["part"] == "migrations" for each in lacking):
                say("正在更新数据库的表……", "Bringing the database's tables up to date …")
                await self._migrate()
                continue
            if time.monotonic() - told > 10:
                told = time.monotonic()
                for each in lacking:
                    say(f"还在等待：{each['zh']}", f"Still waiting: {each['en']}")
            await asyncio.sleep(0.05)

    # -- watching -----------------------------------------------------------------------------------------

    def _log(self, name: str) -> LogFile:
        if name not in self._logs:
            self._logs[name] = LogFile(self._settings.log_dir / f"{name}.log")
        return self._logs[name]

    def _add(self, child: Child) -> None:
        if not self._stopping:
            self._children.append(child)
            self._spawn(child)

    def _spawn(self, child: Child) -> None:
        loop = asyncio.get_running_loop()
        echo = Echo()
        descriptor = child.start(self._environment, loop.time())

        def shown(data: bytes) -> None:
            for line in echo.chosen(data, loop.time()):
                tell(f"[{child.name}] {line}")

        def readable() -> None:
            if not pump(descriptor, child.log, shown):
                loop.remove_reader(descriptor)

        loop.add_reader(descriptor, readable)

    def _look_after(self) -> None:
        """Start again what has ended, each after its pause."""
        now = asyncio.get_running_loop().time()
        for child in self._children:
            if child.process is not None and not child.running():
                how = child.ended(now)
                log = child.log.path
                say(
                    f"{child.name} 意外结束（{how}），正在重新启动；日志：{log}。",
                    f"{child.name} ended ({how}) and is started again; its log: {log}",
                )
            if child.process is None and now >= child.start_at:
                self._spawn(child)
            elif child.process is None:
                asyncio.get_running_loop().call_at(child.start_at, self._wake.set)
        if self._postgres is not None and self._postgres.poll() is not None:
            self._postgres = None
            say("数据库意外结束，正在重新启动。", "The database ended and is started again.")
            task = asyncio.create_task(self._revive_postgres())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _revive_postgres(self) -> None:
        began = time.monotonic()
        while not self._stopping:
            try:
                await self._start_postgres()
            except DomainError as error:
                self._postgres_ends += 1
                for problem in error.problems:
                    say(problem.zh, problem.en)
                await asyncio.sleep(restart_pause(self._postgres_ends))
                continue
            except _StopAsked:
                return
            self._postgres_ends = 0
            seconds = time.monotonic() - began
            say(f"数据库已恢复（{seconds:.1f} 秒）。", f"The database is back ({seconds:.1f} s).")
            return

    async def _woken(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        self._wake.clear()

    # -- ending -------------------------------------------------------------------------------------------

    def _asked_to_stop(self) -> None:
        if not self._stopping:
            say("正在结束……（再按一次 Ctrl-C 立即结束）", "Ending … (Ctrl-C again ends at once)")
        self._in_a_hurry = self._stopping
        self._stopping = True
        self._wake.set()

    async def _stop(self) -> None:
        """Front, app and worker, then PostgreSQL; each is given time, then ended by force."""
        self._listening.close()
        fronts = [child for child in self._children if child.name.startswith("front")]
        app = [child for child in self._children if child.name == "app"]
        worker = [child for child in self._children if child.name == "worker"]
        began = time.monotonic()
        for child in worker:
            child.terminate()  # it takes no more jobs while the rest ends
        await self._end(fronts, _FRONT_SECONDS)
        await self._end(app, _APP_SECONDS)
        await self._end(worker, _WORKER_SECONDS - (time.monotonic() - began))
        for task in self._tasks:
            task.cancel()
        await self._in_thread(lambda: None)  # a start that is under way ends first
        if self._postgres is not None:
            await self._in_thread(postgres.stop, self._postgres)
        self._one_thread.shutdown()
        (self._settings.run_dir / "app.sock").unlink(missing_ok=True)
        for log in self._logs.values():
            log.close()
        say("已全部结束。", "All has ended.")

    async def _end(self, children: Iterable[Child], seconds: float) -> None:
        children = [child for child in children if child.process is not None]
        for child in children:
            child.terminate()
        until = time.monotonic() + seconds
        while any(child.running() for child in children) and time.monotonic() < until and not self._in_a_hurry:
            await self._woken(0.2)
        for child in children:
            child.kill_group()


def main() -> int:
    """`python -m smartedu.config.serve`: the same without the command line around it; refusals are one line each."""
    try:
        serve(get_settings())
    except DomainError as error:
        for problem in error.problems:
            sys.stderr.write(f"{problem.zh} {problem.en}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
