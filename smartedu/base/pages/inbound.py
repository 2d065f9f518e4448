"""The reader's side of a request: its body in pieces, its limits, and the moment he leaves."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from smartedu.base.pages.asgi import Receive, Scope, header


class TooLarge(Exception):
    """The body is longer than allowed."""


class TooSlow(Exception):
    """The body stopped arriving."""


class ReaderGone(Exception):
    """The reader closed the connection before the body was whole."""


class Inbound:
    """The body of one request, to be read once; afterwards `gone()` waits for the reader to leave."""

    def __init__(self, scope: Scope, receive: Receive, limit_bytes: int, pause_seconds: float) -> None:
        self._receive = receive
        self._limit = limit_bytes
        self._pause = pause_seconds
        self._read = asyncio.Event()
        self._begun = False
        length = header(scope, b"content-length")
        self.length: int | None = int(length) if length.isdigit() else None
        self.chunked = self.length is None and "chunked" in header(scope, b"transfer-encoding").lower()
        if self.length is None and not self.chunked:
            self._read.set()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The pieces. Raises TooLarge, TooSlow (no piece within the pause allowed) and ReaderGone."""
        if self._begun:
            raise ReaderGone  # half of it was sent to an app that broke off; there is no second reading
        self._begun = True
        total = 0
        while True:
            try:
                async with asyncio.timeout(self._pause):
                    message = await self._receive()
            except TimeoutError as error:
                raise TooSlow from error
            if message["type"] == "http.disconnect":
                raise ReaderGone
            piece: bytes = message.get("body", b"")
            total += len(piece)
            if total > self._limit:
                raise TooLarge
            if piece:
                yield piece
            if not message.get("more_body", False):
                self._read.set()
                return

    async def whole(self, most_bytes: int, *, or_else: type[Exception] = TooLarge) -> bytes:
        """The body in one piece; raises `or_else` when it is longer than `most_bytes`."""
        pieces = bytearray()
        async for piece in self:
            pieces += piece
            if len(pieces) > most_bytes:
                raise or_else
        return bytes(pieces)

    async def discard(self, seconds: float = 3.0) -> None:
        """Read and forget what still comes, for a short while."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while (await self._receive()).get("more_body", False):
                    pass

    async def gone(self) -> None:
        """Return when the reader has closed the connection (never before the body is read)."""
        await self._read.wait()
        while (await self._receive())["type"] != "http.disconnect":
            pass
