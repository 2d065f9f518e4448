"""The front, put together: page memory, liveness, static files, media; all else is passed on to the app. No Django.

`python -m smartedu.config.front --fd N` serves the listening socket that the supervisor has opened; so several
fronts share one port, and what arrives while one is being restarted waits in the socket instead of being refused.
"""

import argparse
import asyncio
import json
import socket
from pathlib import Path

import aiohttp
import uvicorn

from smartedu.base import postgres
from smartedu.base.lifeline import die_with_parent
from smartedu.base.logs import log_lines
from smartedu.base.pages import words
from smartedu.base.pages.asgi import App, Receive, Scope, Send, respond
from smartedu.base.pages.guard import always, guarded
from smartedu.base.pages.listener import listen
from smartedu.base.pages.memory import Memory
from smartedu.base.pages.proxy import Limits, Proxy
from smartedu.base.pages.remember import Remembering
from smartedu.base.settings import Settings, get_settings
from smartedu.library.channel import CHANNEL
from smartedu.library.media.files import Folder
from smartedu.library.media.packages import Packages

_STATIC = Path(__file__).resolve().parent.parent / "static"
_JSON = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
_APP_READY = aiohttp.ClientTimeout(total=5)


def build(settings: Settings, static: Path = _STATIC) -> App:
    """The front's ASGI app for these settings; `static` is the folder behind /static/.

    The page memory fills once the lifespan has begun: before, nobody listens to the database.
    """
    limits = Limits(body_bytes=settings.body_limit_mb * 1024 * 1024)
    proxy = Proxy(settings.run_dir / "app.sock", limits, trusted_proxies=settings.trusted_proxies)
    security = always(https=settings.production and settings.public_url.startswith("https://"))
    memory = Memory(settings.page_memory_mb * 1024 * 1024)
    pages = Remembering(proxy, memory, security)
    static_files = Folder(static, "/static/", _static_age, ours=True)
    media = Folder(settings.media_dir, "/media/", _media_age)
    packages = Packages(settings.media_dir, lambda path: _told(proxy, settings, path))

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path.startswith("/static/"):
            await static_files(scope, receive, send)
        elif path.startswith("/media/"):
            await media(scope, receive, send)
        elif path.startswith("/packages/"):
            await packages(scope, receive, send)
        elif path.startswith("/internal/"):  # what the app tells us and nobody else
            await words.say(scope, send, 404, words.NOT_FOUND)
        elif path == "/livez":
            await respond(scope, send, 200, _JSON, b'{"live": true}')
        elif path == "/readyz":
            status, body = await _readiness(proxy)
            await respond(scope, send, status, _JSON, body)
        else:
            await pages(scope, receive, send)

    rest = guarded(answer, security)

    async def front(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            # First of all, and by the shortest way: nearly every request on a record day ends here.
            remembered = memory.answer(scope) if scope["method"] in ("GET", "HEAD") else None
            if remembered is not None:
                await send(remembered[0])
                await send(remembered[1])
            else:
                await rest(scope, receive, send)
        elif scope["type"] == "lifespan":
            await _lifespan(settings, memory, proxy, receive, send)

    return front


async def _readiness(proxy: Proxy) -> tuple[int, bytes]:
    """Status and JSON of /readyz: what the app says of the database and its migrations, or that it is away."""
    try:
        async with proxy.session.get("http://localhost/readyz", timeout=_APP_READY) as answer:
            return (answer.status if answer.status in (200, 503) else 503), await answer.read()
    except (aiohttp.ClientError, OSError, TimeoutError):
        away = {"part": "app", "zh": "应用进程没有回答。", "en": "The app process does not answer."}
        return 503, json.dumps({"ready": False, "missing": [away]}, ensure_ascii=False).encode()


async def _told(proxy: Proxy, settings: Settings, path: str) -> tuple[int, bytes]:
    """Status and body of what the app tells the front alone; 503 where it is away."""
    try:
        headers = {"Host": settings.public_host}
        async with proxy.session.get(f"http://app{path}", headers=headers, timeout=_APP_READY) as answer:
            return answer.status, await answer.read()
    except (aiohttp.ClientError, OSError, TimeoutError):
        return 503, b""


async def _lifespan(settings: Settings, memory: Memory, proxy: Proxy, receive: Receive, send: Send) -> None:
    listening: asyncio.Task[None] | None = None
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            listening = asyncio.create_task(listen(memory, lambda: postgres.url(settings), (CHANNEL,)))
            await send({"type": "lifespan.startup.complete"})
        else:
            if listening is not None:
                listening.cancel()
                await asyncio.wait((listening,), timeout=1)
            await proxy.close()
            await send({"type": "lifespan.shutdown.complete"})
            return


def _static_age(path: str) -> bytes:
    """Built files bear a hash of their content in their name: kept for ever. Others are asked for again."""
    if path.startswith("build/"):
        return b"public, max-age=31536000, immutable"
    return b"public, max-age=3600"


def _media_age(path: str) -> bytes:
    """Playlists and captions may be made anew; pieces of a film stay what they are under their name."""
    return b"public, max-age=60" if path.endswith((".m3u8", ".vtt")) else b"public, max-age=86400"


def main() -> None:
    """Serve until SIGTERM: then accept no more, and end the running answers within ten seconds."""
    die_with_parent()
    parser = argparse.ArgumentParser()
    parser.add_argument("--fd", type=int, required=True, help="the listening socket, opened by the supervisor")
    listening = socket.socket(fileno=parser.parse_args().fd)
    settings = get_settings()
    log_lines(settings.log_level)
    config = uvicorn.Config(
        build(settings),
        http="httptools",
        loop="uvloop",
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=10,
    )
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
