"""The front, put together: liveness, static files, media, and everything else passed on to the app. No Django.

`python -m smartedu.config.front --fd N` serves the listening socket that the supervisor has opened; so several
fronts share one port, and what arrives while one is being restarted waits in the socket instead of being refused.
"""

import argparse
import json
import socket
from pathlib import Path

import aiohttp
import uvicorn

from smartedu.base.lifeline import die_with_parent
from smartedu.base.logs import log_lines
from smartedu.base.pages.asgi import App, Receive, Scope, Send, respond
from smartedu.base.pages.guard import guarded
from smartedu.base.pages.proxy import Limits, Proxy
from smartedu.base.settings import Settings, get_settings
from smartedu.library.media.files import Folder

_STATIC = Path(__file__).resolve().parent.parent / "static"
_JSON = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
_APP_READY = aiohttp.ClientTimeout(total=5)


def build(settings: Settings, static: Path = _STATIC) -> App:
    """The front's ASGI app for these settings; `static` is the folder behind /static/."""
    limits = Limits(body_bytes=settings.body_limit_mb * 1024 * 1024)
    proxy = Proxy(settings.run_dir / "app.sock", limits, trusted_proxies=settings.trusted_proxies)
    static_files = Folder(static, "/static/", _static_age, ours=True)
    media = Folder(settings.media_dir, "/media/", _media_age)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path.startswith("/static/"):
            await static_files(scope, receive, send)
        elif path.startswith("/media/"):
            await media(scope, receive, send)
        elif path == "/livez":
            await respond(scope, send, 200, _JSON, b'{"live": true}')
        elif path == "/readyz":
            status, body = await _readiness(proxy)
            await respond(scope, send, status, _JSON, body)
        else:
            await proxy(scope, receive, send)

    inside = guarded(answer, https=settings.production and settings.public_url.startswith("https://"))

    async def front(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await inside(scope, receive, send)
        elif scope["type"] == "lifespan":
            await _lifespan(proxy, receive, send)

    return front


async def _readiness(proxy: Proxy) -> tuple[int, bytes]:
    """Status and JSON of /readyz: what the app says of the database and its migrations, or that it is away."""
    try:
        async with proxy.session.get("http://localhost/readyz", timeout=_APP_READY) as answer:
            return (answer.status if answer.status in (200, 503) else 503), await answer.read()
    except (aiohttp.ClientError, OSError, TimeoutError):
        away = {"part": "app", "zh": "应用进程没有回答。", "en": "The app process does not answer."}
        return 503, json.dumps({"ready": False, "missing": [away]}, ensure_ascii=False).encode()


async def _lifespan(proxy: Proxy, receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        else:
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
