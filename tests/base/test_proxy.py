"""The proxy between a real server and a real app: bodies stream, limits hold, readers leave, apps go away."""

import asyncio
import contextlib
import hashlib
import io
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest
import uvicorn
from aiohttp import web

from smartedu.base.pages.forwarded import Trusted
from smartedu.base.pages.proxy import Limits, Proxy
from smartedu.base.pages.remember import Remembering
from tests.base.page_makers import live, scope
from tests.base.test_page_waiting import Reader

Scenario = Callable[[aiohttp.ClientSession, "Site"], Awaitable[None]]


class Site:
    """The app behind, with what happened to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.cancelled = asyncio.Event()
        self.begun = asyncio.Event()
        self.go_on = asyncio.Event()
        self.calls = 0

    async def start(self) -> web.AppRunner:
        app = web.Application(client_max_size=1 << 30)
        app.router.add_route("*", "/echo", self.echo)
        app.router.add_get("/two-pieces", self.two_pieces)
        app.router.add_route("*", "/wait", self.wait)
        app.router.add_route("*", "/break-off-once", self.break_off_once)
        app.router.add_get("/half", self.half)
        app.router.add_route("*", "/{rest:.*}", self.see)
        runner = web.AppRunner(app, handler_cancellation=True)
        await runner.setup()
        await web.UnixSite(runner, str(self.path)).start()
        return runner

    async def echo(self, request: web.Request) -> web.Response:
        body = await request.read()
        told = {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest(), "method": request.method}
        return web.json_response(told)

    async def see(self, request: web.Request) -> web.Response:
        response = web.json_response({"path": request.raw_path, "headers": [*request.headers.items()]})
        response.headers.add("Set-Cookie", "a=1")
        response.headers.add("Set-Cookie", "b=2")
        response.headers["Connection"] = "X-Private"
        response.headers["X-Private"] = "between the two of us"
        return response

    async def two_pieces(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"first")
        await self.go_on.wait()
        await response.write(b"second")
        return response

    async def wait(self, request: web.Request) -> web.Response:
        self.begun.set()
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        return web.Response()

    async def break_off_once(self, request: web.Request) -> web.Response:
        self.calls += 1
        if self.calls == 1:
            assert request.transport is not None
            request.transport.abort()
        return web.Response(text=f"call {self.calls}")

    async def half(self, request: web.Request) -> web.StreamResponse:
        headers = {"Content-Length": "1000", "Content-Type": "text/html", "X-Page-Keys": "resource:a"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        await response.write(b"x" * 500)
        await asyncio.sleep(0.05)
        assert request.transport is not None
        request.transport.abort()
        return response


@contextlib.asynccontextmanager
async def serving(proxy: Proxy) -> AsyncIterator[str]:
    """The proxy behind a real server; yields its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    options = {"http": "httptools", "ws": "none", "lifespan": "off", "proxy_headers": False}
    config = uvicorn.Config(proxy, **options, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        server.force_exit = True
        await task
        await proxy.close()


def play(folder: Path, scenario: Scenario, limits: Limits | None = None, *, app: bool = True) -> None:
    """Run a scenario with client, server, proxy and app."""

    async def run() -> None:
        site = Site(folder / "app.sock")
        runner = await site.start() if app else None
        proxy = Proxy(site.path, limits or Limits(away_seconds=0.2))
        try:
            async with serving(proxy) as address, aiohttp.ClientSession(address, auto_decompress=False) as client:
                await scenario(client, site)
        finally:
            if runner is not None:
                await runner.cleanup()

    asyncio.run(run())


def test_what_is_asked_arrives_as_it_was_asked(tmp_path: Path) -> None:
    async def scenario(client: aiohttp.ClientSession, site: Site) -> None:
        from yarl import URL

        path = "/zh/%E8%AF%BE%2F%2e?q=%20a+b&q="
        async with client.get(URL(path, encoded=True)) as answer:
            assert (await answer.json())["path"] == path
            assert answer.headers.getall("Set-Cookie") == ["a=1", "b=2"]
            assert "X-Private" not in answer.headers
            assert len(answer.headers.getall("Date")) == 1

    play(tmp_path, scenario)


def test_nobody_outside_says_who_he_is(tmp_path: Path) -> None:
    async def scenario(client: aiohttp.ClientSession, site: Site) -> None:
        lies = {
            "X-Forwarded-For": "9.9.9.9",
            "X_Forwarded_For": "9.9.9.8",
            "X-Forwarded-Host": "evil.example",
            "X-Real-IP": "9.9.9.7",
            "Forwarded": "for=9.9.9.6",
            "Connection": "close, X-Secret",
            "X-Secret": "1",
            "Host": "school.example",
        }
        async with client.get("/", headers=lies) as answer:
            seen = dict((await answer.json())["headers"])
        assert seen["X-Forwarded-For"] == "127.0.0.1"
        assert seen["X-Forwarded-Host"] == seen["Host"] == "school.example"
        assert not {"X_Forwarded_For", "X-Real-IP", "Forwarded", "X-Secret", "Connection"} & set(seen)

    play(tmp_path, scenario)


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 64 * 1024 + 1, 3_000_000])
def test_bodies_of_every_size_arrive_whole(tmp_path: Path, size: int) -> None:
    body = bytes(index % 251 for index in range(1000)) * (size // 1000 + 1)
    body = body[:size]

    async def scenario(client: aiohttp.ClientSession, site: Site) -> None:
        for _ in range(2):  # the second over the same connections
            async with client.post("/echo", data=io.BytesIO(body)) as answer:
                told = await answer.json()
            assert told == {"bytes": size, "sha256": hashlib.sha256(body).hexdigest(), "method": "POST"}

    play(tmp_path, scenario)


def test_a_body_over_the_limit_is_refused_in_words(tmp_path: Path) -> None:
    async def scenario(client: aiohttp.ClientSession, site: Site) -> None:
        async with client.post("/zh/x", data=io.BytesIO(b"x" * 2_000_000)) as answer:
            assert answer.status == 413
            assert "1 MB" in await answer.text()

    play(tmp_path, scenario, Limits(body_bytes=1024 * 1024))


def test_a_body_without_a_length_is_read_when_it_is_small(tmp_path: Path) -> None:
    async def pieces(count: int) -> AsyncIterator[bytes]:
        for _ in range(count):
            yield b"x" * 100_000

    async def scenario(client: aiohttp.ClientSession, site: Site) -> None:
        async with client.post("/echo", data=pieces(3)) as answer:
            assert (await answer.json())["bytes"] == 300_000
        async with client.post("/echo", data=pieces(30)) as answer:
            assert answer.status == 411

    play(tmp_path, scenario)


def test_a_body_that_stops_is_given_up(tmp_path: Path) -> None:
    async def scenario(client: aiohttp.ClientSession, site: Site) -> None:
        reader, writer = await asyncio.open_connection(client._base_url.host, client._base_url.port)  # type: ignore[union-attr]
        writer.write(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
        assert b" 408 " in await reader.readline()
        writer.close()

    play(tmp_path, scenario, Limits(body_seconds=0.2))


def test_an_answer_streams(tmp_path: Path) -> None:
    async def scenario(client: aiohttp.ClientSession, site: Site) -> None:
        async with client.get("/two-pieces") as answer:
            assert await answer.content.readany() == b"first"
            site.go_on.set()
            assert await answer.content.read() == b"second"

    play(tmp_path, scenario)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_reader_who_leaves_frees_the_app(tmp_path: Path, method: str) -> None:
    async def scenario(client: aiohttp.ClientSession, site: Site) -> None:
        waiting = asyncio.create_task(client.request(method, "/wait"))
        await site.begun.wait()
        waiting.cancel()
        await asyncio.wait_for(site.cancelled.wait(), 30)

    play(tmp_path, scenario)


def test_an_app_that_does_not_answer_is_told_as_504(tmp_path: Path) -> None:
    async def scenario(client: aiohttp.ClientSession, site: Site) -> None:
        async with client.get("/wait", headers={"Accept-Language": "en"}) as answer:
            assert answer.status == 504
            assert "took too long" in await answer.text()

    play(tmp_path, scenario, Limits(answer_seconds=0.2))


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [
        ("/zh/x", "en", "正在启动"),
        ("/en/x", "zh", "starting"),
        ("/", "fr, en;q=0.5, zh;q=0.2", "starting"),
        ("/", "", "正在启动"),
    ],
)
def test_an_app_that_is_away_is_told_in_the_readers_language(
    tmp_path: Path, path: str, language: str, words: str
) -> None:
    async def scenario(client: aiohttp.ClientSession, site: Site) -> None:
        async with client.get(path, headers={"Accept-Language": language}) as answer:
            assert answer.status == 503
            assert answer.headers["X-Page-Away"] == "app"  # the page memory in front may have the page
            assert int(answer.headers["Retry-After"]) > 0
            text = await answer.text()
            assert words in text
            assert 'http-equiv="refresh"' in text
        async with client.post(path, data=b"x") as answer:
            assert 'http-equiv="refresh"' not in await answer.text()

    play(tmp_path, scenario, app=False)


def test_a_program_is_told_in_json(tmp_path: Path) -> None:
    async def scenario(client: aiohttp.ClientSession, site: Site) -> None:
        async with client.get("/api/x") as answer:
            assert answer.status == 503
            assert json.loads(await answer.text())["code"] == "app-away"

    play(tmp_path, scenario, app=False)


def test_a_request_waits_for_an_app_that_is_being_restarted(tmp_path: Path) -> None:
    async def scenario(client: aiohttp.ClientSession, site: Site) -> None:
        asked = asyncio.create_task(client.post("/echo", data=b"kept"))
        await asyncio.sleep(0.2)
        runner = await site.start()
        async with await asked as answer:
            assert (await answer.json())["bytes"] == 4
        await runner.cleanup()

    play(tmp_path, scenario, Limits(away_seconds=30), app=False)


def test_a_read_is_asked_again_when_the_app_dies_over_it_and_a_write_never(tmp_path: Path) -> None:
    async def scenario(client: aiohttp.ClientSession, site: Site) -> None:
        async with client.get("/break-off-once") as answer:
            assert (answer.status, await answer.text()) == (200, "call 2")
        site.calls = 0
        async with client.post("/break-off-once", data=b"pay") as answer:
            assert answer.status == 503
        assert site.calls == 1

    play(tmp_path, scenario)


def test_half_an_answer_is_not_passed_off_as_whole(tmp_path: Path) -> None:
    async def scenario(client: aiohttp.ClientSession, site: Site) -> None:
        async with client.get("/half") as answer:
            with pytest.raises(aiohttp.ClientPayloadError):
                await answer.read()

    play(tmp_path, scenario)


def test_half_a_page_is_not_remembered_as_whole(tmp_path: Path) -> None:
    async def scenario(client: aiohttp.ClientSession, site: Site) -> None:
        memory, proxy = live(), Proxy(site.path, Limits())
        try:
            reader = Reader(Remembering(proxy, memory, []), scope("/half", host="localhost"))
            await reader.task
        finally:
            await proxy.close()
        assert (reader.sent[0]["status"], len(memory)) == (503, 0)

    play(tmp_path, scenario)


def test_trusted_proxies_are_believed_up_to_the_first_stranger() -> None:
    def scope(client: str, **headers: str) -> dict[str, object]:
        told = [(f"x-forwarded-{name}".encode(), value.encode()) for name, value in headers.items()]
        return {"client": (client, 1), "scheme": "http", "headers": [(b"host", b"inner"), *told]}

    trusted = Trusted(("10.0.0.0/8", "::1"))
    seen = trusted.outside(
        scope("10.0.0.1", **{"for": "6.6.6.6, 1.2.3.4, 10.0.0.2", "proto": "https", "host": "edu.cn"})
    )
    assert (seen.address, seen.scheme, seen.host) == ("1.2.3.4", "https", "edu.cn")
    stranger = trusted.outside(scope("1.2.3.4", **{"for": "6.6.6.6", "proto": "https", "host": "edu.cn"}))
    assert (stranger.address, stranger.scheme, stranger.host) == ("1.2.3.4", "http", "inner")
    odd = trusted.outside(scope("10.0.0.1", **{"for": "", "proto": "gopher"}))
    assert (odd.address, odd.scheme, odd.host) == ("10.0.0.1", "http", "inner")
