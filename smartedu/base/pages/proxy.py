"""Pass requests on to the app over its Unix socket, streaming both ways.

What the app must not have to think about is done here: bodies that are too large or never end, a reader who has
gone, an app that is just being restarted (a request that was not sent yet waits a little, a read is tried again),
and headers from outside that only we may set.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from multidict import CIMultiDict
from yarl import URL

from smartedu.base.pages import inside, words
from smartedu.base.pages.asgi import Headers, Receive, Scope, Send
from smartedu.base.pages.forwarded import Trusted
from smartedu.base.pages.inbound import Inbound, ReaderGone, TooLarge, TooSlow

log = logging.getLogger(__name__)

# RFC 9110, 7.6.1, and what we set ourselves.
_HOP_BY_HOP = frozenset(
    (
        *(b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"proxy-connection"),
        *(b"te", b"trailer", b"transfer-encoding", b"upgrade"),
    )
)
_OURS = frozenset((b"host", b"expect", b"forwarded", b"x-real-ip", b"content-length"))
_FROM_APP = _HOP_BY_HOP | {b"server", b"date"}  # the front's own server writes the date
_READS = ("GET", "HEAD", "OPTIONS")
_RETRY_AFTER: Headers = [(b"retry-after", b"2")]
# The page memory may then serve what it has put aside.
_AWAY: Headers = [*_RETRY_AFTER, (inside.AWAY.lower().encode(), b"app")]


@dataclass(frozen=True)
class Limits:
    """What a request may ask of us. Seconds and bytes."""

    body_bytes: int = 20 * 1024 * 1024
    answer_seconds: float = 60.0  # between two pieces of the app's answer
    body_seconds: float = 30.0  # between two pieces of the reader's body
    away_seconds: float = 3.0  # how long a request waits for an app that is being restarted
    connections: int = 256  # at once to the app; more wait here, where waiting costs nothing
    whole_body_bytes: int = 64 * 1024  # a smaller body is read before the app is asked: a slow line holds no thread


class Proxy:
    """An ASGI app that answers with what the app on `socket_path` answers. Open it before use, close it after."""

    def __init__(self, socket_path: Path, limits: Limits, *, trusted_proxies: tuple[str, ...] = ()) -> None:
        self._path = str(socket_path)
        self._limits = limits
        self._trusted = Trusted(trusted_proxies)
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The connections to the app, made when first asked for (a session belongs to the running loop)."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.UnixConnector(self._path, limit=self._limits.connections, keepalive_timeout=15),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
                timeout=aiohttp.ClientTimeout(
                    total=None, connect=30, sock_connect=2, sock_read=self._limits.answer_seconds
                ),
                max_field_size=64 * 1024,  # the keys of a page with five hundred things on it
                read_bufsize=256 * 1024,  # a page fits in: the app's thread is free before the reader's line is
            )
        return self._session

    async def close(self) -> None:
        """Close the connections to the app."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; refusals are told in words."""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) > 1:
            await words.say(scope, send, 400, words.BAD_REQUEST)
            return
        inbound = Inbound(scope, receive, self._limits.body_bytes, self._limits.body_seconds)
        try:
            body = await self._body(inbound)
        except TooLarge:
            limit = self._limits.body_bytes // (1024 * 1024)
            await inbound.discard()  # else the browser shows a broken line instead of our words
            close = [(b"connection", b"close")]
            await words.say(scope, send, 413, words.TOO_LARGE, extra=close, limit=limit)
            return
        except LookupError:
            close = [(b"connection", b"close")]
            await words.say(scope, send, 411, words.LENGTH_NEEDED, extra=close)
            return
        except TooSlow:
            await words.say(scope, send, 408, words.BODY_TOO_SLOW, extra=[(b"connection", b"close")])
            return
        except ReaderGone:
            return
        await self._with_reader(scope, inbound, body, send)

    async def _body(self, inbound: Inbound) -> bytes | Inbound | None:
        """What to send on: nothing, a small body as a whole, or the stream of a large one."""
        if inbound.length is None and not inbound.chunked:
            return None
        if inbound.chunked:
            # WSGI knows no body without a length: it is read here, or refused.
            return await inbound.whole(self._limits.whole_body_bytes * 16, or_else=LookupError)
        assert inbound.length is not None
        if inbound.length > self._limits.body_bytes:
            raise TooLarge
        if inbound.length <= self._limits.whole_body_bytes:
            return await inbound.whole(self._limits.whole_body_bytes)
        return inbound

    async def _with_reader(self, scope: Scope, inbound: Inbound, body: bytes | Inbound | None, send: Send) -> None:
        """Pass the request on as long as the reader is there; when he leaves, the app's connection is closed."""
        work = asyncio.ensure_future(self._pass_on(scope, body, send))
        gone = asyncio.ensure_future(inbound.gone())
        try:
            await asyncio.wait((work, gone), return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work
        finally:
            work.cancel()
            gone.cancel()

    async def _pass_on(self, scope: Scope, body: bytes | Inbound | None, send: Send) -> None:
        started = False
        try:
            async with self._answer(scope, body) as answer:
                if answer.status == 503 and "X-Not-Ready" in answer.headers:
                    await _tell(scope, send, started, 503, words.AWAY)
                    return
                headers = _kept(list(answer.raw_headers), _FROM_APP)
                started = True
                await send({"type": "http.response.start", "status": answer.status, "headers": headers})
                more = True
                while more:
                    piece = await answer.content.readany()
                    more = bool(piece) and not answer.content.at_eof()
                    await send({"type": "http.response.body", "body": piece, "more_body": more})
        except ReaderGone:
            return
        except TooSlow:
            await words.say(scope, send, 408, words.BODY_TOO_SLOW, extra=[(b"connection", b"close")])
        except aiohttp.ConnectionTimeoutError:
            await _tell(scope, send, started, 503, words.BUSY)
        except (aiohttp.ServerTimeoutError, TimeoutError):
            log.warning("no answer in time: %s %s", scope["method"], scope["path"])
            await _tell(scope, send, started, 504, words.TOO_SLOW)
        except aiohttp.ClientConnectorError:
            await _tell(scope, send, started, 503, words.AWAY)
        except (aiohttp.ClientError, OSError) as error:
            log.warning("the app broke off: %s %s (%r)", scope["method"], scope["path"], error)
            await _tell(scope, send, started, 503, words.BROKEN)

    @contextlib.asynccontextmanager
    async def _answer(self, scope: Scope, body: bytes | Inbound | None) -> AsyncIterator[aiohttp.ClientResponse]:
        """The app's answer; asked again where that is safe."""
        loop = asyncio.get_running_loop()
        patience = loop.time() + self._limits.away_seconds
        url, headers = self._url(scope), self._headers(scope, body)
        again = scope["method"] in _READS and body is None
        while True:
            try:
                answer = await self.session.request(
                    scope["method"], url, headers=headers, data=body, allow_redirects=False
                )
                break
            except aiohttp.ClientConnectorError:
                # Nothing was sent: any request may wait for the app to be back.
                if loop.time() > patience:
                    raise
                await asyncio.sleep(0.1)
            except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
                # The app died over a read: nothing was changed, another process may answer it.
                if not again:
                    raise
                again = False
        try:
            yield answer
        except BaseException:
            answer.close()
            raise
        answer.release()

    @staticmethod
    def _url(scope: Scope) -> URL:
        raw: bytes = scope.get("raw_path") or scope["path"].encode()
        query: bytes = scope["query_string"]
        target = raw.partition(b"?")[0] + (b"?" + query if query else b"")
        return URL("http://app" + target.decode("latin-1"), encoded=True)

    def _headers(self, scope: Scope, body: bytes | Inbound | None) -> CIMultiDict[str]:
        """The request's headers, with ours in place of those that only we may set."""
        told: CIMultiDict[str] = CIMultiDict()
        for name, value in _kept(scope["headers"], _HOP_BY_HOP | _OURS):
            # WSGI makes X_Forwarded_For and X-Forwarded-For one name: the underscore is a way in from outside.
            if name.startswith(b"x-forwarded-") or b"_" in name:
                continue
            with contextlib.suppress(UnicodeDecodeError):
                told.add(name.decode("ascii"), value.decode("utf-8"))
        seen = self._trusted.outside(scope)
        told["Host"] = told["X-Forwarded-Host"] = seen.host
        told["X-Forwarded-For"], told["X-Forwarded-Proto"] = seen.address, seen.scheme
        if isinstance(body, Inbound):
            told["Content-Length"] = str(body.length)
        return told


async def _tell(scope: Scope, send: Send, started: bool, status: int, what: words.Words) -> None:
    """Say it if the answer has not begun; else the server closes the line, and the reader sees that it is not whole."""
    if not started:
        extra = {words.AWAY: _AWAY, words.BROKEN: _AWAY, words.BUSY: _RETRY_AFTER}.get(what)
        await words.say(scope, send, status, what, extra=extra)


def _kept(headers: list[tuple[bytes, bytes]], dropped: frozenset[bytes] | set[bytes]) -> Any:
    """The headers without `dropped` and without those that Connection names."""
    named = {
        token.strip().lower() for name, value in headers if name.lower() == b"connection" for token in value.split(b",")
    }
    return [(name, value) for name, value in headers if name.lower() not in dropped and name.lower() not in named]
