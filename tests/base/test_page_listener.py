"""The front's ear: whatever befalls the line or the listener, the memory is never live while nothing is heard."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import unquote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from typing_extensions import override

from smartedu.base.pages import listener
from smartedu.base.pages.memory import Memory

CHANNEL = "page_listener_test"


async def until(wanted: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not wanted():
            await asyncio.sleep(0.01)


async def notify(database: str, key: str) -> None:
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as db:
        await db.execute("SELECT pg_notify(%s, %s)", [CHANNEL, key])


@contextlib.asynccontextmanager
async def listening(memory: Memory, address: Callable[[], str]) -> AsyncIterator["asyncio.Task[None]"]:
    task = asyncio.create_task(listener.listen(memory, address, (name for name in [CHANNEL])))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait((task,))


def play(scenario: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        await scenario()

    asyncio.run(run())


@pytest.mark.parametrize("error", [PermissionError("the password cannot be read"), RuntimeError("not foreseen")])
def test_an_address_that_cannot_be_told_is_asked_for_again(lone_database: str, error: Exception) -> None:
    left = [error, error]

    def address() -> str:
        if left:
            raise left.pop()
        return lone_database

    async def scenario() -> None:
        memory = Memory(1 << 20)
        async with listening(memory, address):
            await until(lambda: memory.live)
        assert not memory.live

    play(scenario)


def test_what_nobody_foresaw_is_logged_and_empties_the_memory_and_the_listener_goes_on(
    lone_database: str, caplog: pytest.LogCaptureFixture
) -> None:
    class Failing(Memory):
        begun = 0
        heard: list[str]

        @override
        def drop(self, key: str) -> int:
            if key == "stumble":
                raise KeyError(key)
            self.heard.append(key)
            return super().drop(key)

        @override
        def regain(self) -> None:
            self.begun += 1
            super().regain()

    async def scenario() -> None:
        memory = Failing(1 << 20)
        memory.heard = []
        async with listening(memory, lambda: lone_database) as task:
            await until(lambda: memory.live)
            await notify(lone_database, "stumble")
            await until(lambda: memory.begun == 2)
            assert memory.live
            assert not task.done()
            await notify(lone_database, "resource:a")  # it is the same channel that is heard again
            await until(lambda: memory.heard == ["resource:a"])

    play(scenario)
    assert "KeyError" in caplog.text


class Cable:
    """A line to the database that may be pulled out: nothing comes or goes then, and nobody is told."""

    def __init__(self, database: str) -> None:
        parts = conninfo_to_dict(database)
        self._socket = f"{unquote(str(parts['host']))}/.s.PGSQL.{parts.get('port', 5432)}"
        self._tasks: set[asyncio.Task[None]] = set()
        self._database = database
        self._whole = asyncio.Event()
        self.address = ""

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while piece := await reader.read(65536):
                await self._whole.wait()
                writer.write(piece)
        finally:
            writer.close()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        try:
            await self._whole.wait()
            there, back = await asyncio.open_unix_connection(self._socket)
            await asyncio.gather(self._carry(reader, back), self._carry(there, writer), return_exceptions=True)
        except asyncio.CancelledError:  # the stream's own server would log it as a mishap
            pass
        finally:
            writer.close()

    @contextlib.asynccontextmanager
    async def laid(self) -> AsyncIterator[None]:
        self._whole.set()
        server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        self.address = make_conninfo(self._database, host="127.0.0.1", port=port, sslmode="disable")
        try:
            yield
        finally:
            self._whole.set()
            server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def pull_out(self) -> None:
        self._whole.clear()

    def put_in(self) -> None:
        self._whole.set()


def test_a_silent_line_empties_the_memory_before_it_is_let_go(
    lone_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(listener, "_ANSWER_SECONDS", 0.5)

    async def scenario() -> None:
        memory = Memory(1 << 20)
        cable = Cable(lone_database)
        async with cable.laid(), listening(memory, lambda: cable.address):
            await until(lambda: memory.live)
            cable.pull_out()
            async with asyncio.timeout(6):  # psycopg alone takes ten to give a question up
                await until(lambda: not memory.live)
            cable.put_in()
            await until(lambda: memory.live)

    play(scenario)
