"""Two real fronts, real PostgreSQL, its own NOTIFY: what was published is what is served, whatever breaks between."""

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiohttp import web

from smartedu.base import postgres
from smartedu.base.settings import Settings
from smartedu.config.front import build
from smartedu.library.channel import CHANNEL

LESSON = "/zh/lesson"
Scenario = Callable[["Town"], Awaitable[None]]


class Answer:
    """What one front said."""

    def __init__(self, sent: list[Any]) -> None:
        self.status: int = sent[0]["status"]
        self.headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        self.body = b"".join(message.get("body", b"") for message in sent[1:]).decode()
        self.stale = "x-smartedu-stale" in self.headers

    @property
    def version(self) -> int:
        return int(self.body.removeprefix("version "))


class Town:
    """A database with one lesson, the app that shows it, and two fronts."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.fronts = [build(settings) for _ in range(2)]
        self.renderings: Counter[str] = Counter()
        self.read = 0
        self.slow: asyncio.Event | None = None
        self.marks: Counter[str] = Counter()

    async def page(self, request: web.Request) -> web.Response:
        self.renderings[request.path] += 1
        mark = request.path.rpartition("/")[2]
        if mark.startswith("mark-"):
            headers = {"X-Page-Keys": mark, "X-Page-Query": ""}
            return web.Response(text=f"version {self.marks[mark]}", headers=headers, content_type="text/html")
        return await self.lesson()

    async def lesson(self) -> web.Response:
        try:
            async with await psycopg.AsyncConnection.connect(postgres.url(self.settings)) as db:
                row = await (await db.execute("SELECT version FROM page_memory_test")).fetchone()
        except psycopg.OperationalError:
            return web.Response(status=503, text="away", headers={"X-Page-Away": "database"})
        self.read += 1
        if self.slow:
            await self.slow.wait()
        assert row
        headers = {"X-Page-Keys": "resource:lesson", "X-Page-Query": ""}
        return web.Response(text=f"version {row[0]}", headers=headers, content_type="text/html")

    async def publish(self, *, told: str = "resource:lesson") -> int:
        async with await psycopg.AsyncConnection.connect(postgres.url(self.settings)) as db:
            await db.execute("UPDATE page_memory_test SET version = version + 1")
            await db.execute("SELECT pg_notify(%s, %s)", [CHANNEL, told])
            row = await (await db.execute("SELECT version FROM page_memory_test")).fetchone()
        assert row
        return int(row[0])

    async def cut_lines(self) -> None:
        async with await psycopg.AsyncConnection.connect(postgres.url(self.settings), autocommit=True) as db:
            await db.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'smartedu front' AND datname = current_database()"
            )

    async def heard(self, front: int) -> None:
        """Return when whatever was published before has reached this front: notices come in their order."""
        mark = f"mark-{front}"
        await self.remembered(front, f"/zh/{mark}")
        self.marks[mark] += 1
        async with await psycopg.AsyncConnection.connect(postgres.url(self.settings)) as db:
            await db.execute("SELECT pg_notify(%s, %s)", [CHANNEL, mark])
        await self.until(front, lambda answer: answer.version == self.marks[mark], f"/zh/{mark}")

    async def get(self, front: int, path: str = LESSON) -> Answer:
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            await asyncio.sleep(3600)
            return {}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(b"host", b"localhost")],
        }
        await self.fronts[front](scope, receive, send)
        return Answer(sent)

    async def until(self, front: int, wanted: Callable[[Answer], bool], path: str = LESSON) -> Answer:
        """Ask until the answer is as wanted: seconds at most, since notices take milliseconds."""
        async with asyncio.timeout(20):
            while not wanted(answer := await self.get(front, path)):
                await asyncio.sleep(0.02)
        return answer

    async def remembered(self, front: int, path: str = LESSON) -> None:
        """Ask until a second reader needs no rendering."""
        async with asyncio.timeout(20):
            while True:
                await self.get(front, path)
                before = self.renderings[path]
                await self.get(front, path)
                if self.renderings[path] == before:
                    return
                await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def lifespan(front: Any) -> AsyncIterator[None]:
    told: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    done: asyncio.Queue[str] = asyncio.Queue()

    async def send(message: Any) -> None:
        await done.put(message["type"])

    task = asyncio.create_task(front({"type": "lifespan"}, told.get, send))
    await told.put({"type": "lifespan.startup"})
    await done.get()
    try:
        yield
    finally:
        await told.put({"type": "lifespan.shutdown"})
        await task


def play(settings: Settings, scenario: Scenario) -> None:
    with psycopg.connect(postgres.url(settings), autocommit=True) as db:
        db.execute("CREATE TABLE page_memory_test AS SELECT 1 AS version")

    async def run() -> None:
        town = Town(settings)
        settings.run_dir.mkdir(parents=True, exist_ok=True)
        app = web.Application()
        app.router.add_get("/{rest:.*}", town.page)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.UnixSite(runner, str(settings.run_dir / "app.sock")).start()
        try:
            async with lifespan(town.fronts[0]), lifespan(town.fronts[1]):
                await scenario(town)
        finally:
            await runner.cleanup()

    asyncio.run(run())


@pytest.fixture
def settings(tmp_path: Path, lone_database: str) -> Settings:
    return Settings(data_dir=tmp_path / "d", database_url=lone_database)


def test_a_page_is_rendered_once_and_again_when_its_key_is_told(settings: Settings) -> None:
    async def scenario(town: Town) -> None:
        for front in (0, 1):
            await town.remembered(front)
        version = await town.publish()
        for front in (0, 1):
            await town.until(front, lambda answer: answer.version == version)
            await town.remembered(front)
        before = town.renderings[LESSON]
        await town.publish(told="resource:another")
        await asyncio.gather(*(town.heard(front) for front in (0, 1)))
        await asyncio.gather(*(town.get(front) for front in (0, 1)))
        assert town.renderings[LESSON] == before, "what the page does not show drops nothing"

    play(settings, scenario)


def test_a_page_that_changes_while_it_is_rendered_is_not_kept(settings: Settings) -> None:
    async def scenario(town: Town) -> None:
        await town.remembered(0)
        await town.publish(told="*")
        await town.heard(0)
        town.slow = asyncio.Event()
        before = town.read
        first = asyncio.create_task(town.get(0))
        while town.read == before:
            await asyncio.sleep(0.01)
        version = await town.publish()  # while it has read, and is not done
        await town.heard(0)
        late = asyncio.create_task(town.get(0))
        await asyncio.sleep(0.05)
        town.slow.set()
        assert (await first).version == version - 1
        assert (await late).version == version, "who asked after the notice gets the new page"
        assert (await town.get(0)).version == version

    play(settings, scenario)


def test_a_line_that_was_cut_empties_the_memory(settings: Settings) -> None:
    async def scenario(town: Town) -> None:
        for front in (0, 1):
            await town.remembered(front)
        await town.cut_lines()
        version = await town.publish(told="nothing that the page bears")
        for front in (0, 1):
            answer = await town.until(front, lambda answer: answer.version == version)
            assert not answer.stale
            await town.remembered(front)

    play(settings, scenario)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_front_goes_back_in_time(settings: Settings, seed: int) -> None:
    """Readers ask both fronts all the time while versions come and lines are cut: what one front has been told of is
    the oldest that it ever shows from then on. (Before it is told, a page rendered for one reader alone may be newer
    than the one that is remembered.)"""

    async def scenario(town: Town) -> None:
        chance = random.Random(seed)
        told = [1, 1]
        version = 1
        ending = asyncio.Event()

        async def reader(front: int) -> None:
            while not ending.is_set():
                oldest = told[front]
                answer = await town.get(front)
                assert not answer.stale
                assert answer.version >= oldest
                await asyncio.sleep(0.002)

        async def teller(front: int) -> None:
            while not ending.is_set():
                published = version
                await town.heard(front)
                told[front] = published

        readers = [asyncio.create_task(reader(front)) for front in (0, 1) for _ in range(4)]
        readers += [asyncio.create_task(teller(front)) for front in (0, 1)]
        for _ in range(25):
            if chance.random() < 0.2:
                await town.cut_lines()
            version = await town.publish()
            await asyncio.sleep(chance.random() * 0.1)
        for front in (0, 1):
            await town.until(front, lambda answer: answer.version == version)
        ending.set()
        await asyncio.gather(*readers)
        assert min(told) > 1

    play(settings, scenario)


def test_with_the_database_stopped_what_is_remembered_is_served_on(data_dir: Path) -> None:
    settings = Settings(data_dir=data_dir)
    server = postgres.start(settings)
    holder = [server]

    async def scenario(town: Town) -> None:
        for front in (0, 1):
            await town.remembered(front)
        await asyncio.to_thread(postgres.stop, holder[0])
        for front in (0, 1):
            answer = await town.until(front, lambda answer: answer.stale)
            assert (answer.status, answer.version) == (200, 1)
            assert (answer.headers["cache-control"], answer.headers["warning"]) == (
                "no-store",
                '110 - "Response is Stale"',
            )
            zh, en = await town.get(front, "/zh/never-asked"), await town.get(front, "/en/never-asked")
            assert (zh.status, en.status) == (503, 503)
            assert zh.headers["retry-after"] == en.headers["retry-after"] == "5"
            assert "暂时读不到数据" in zh.body
            assert "cannot reach its records" in en.body
        holder[0] = await asyncio.to_thread(postgres.start, settings)
        version = await town.publish(told="nothing that the page bears")
        for front in (0, 1):
            answer = await town.until(front, lambda answer: not answer.stale)
            assert answer.version == version
            await town.remembered(front)

    try:
        play(settings, scenario)
    finally:
        postgres.stop(holder[0])
