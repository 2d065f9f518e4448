"""Files for the front: media with ranges, static files with their compressed twins. No Django in here.

A file is read in pieces, first only what the kernel has in memory (`RWF_NOWAIT`, no thread, no waiting), and by a
thread where the disk must be asked. So a thousand players share one small process, and a slow disk stalls none.
"""

import asyncio
import contextlib
import email.utils
import os
import stat
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

from smartedu.base.pages import words
from smartedu.base.pages.asgi import Headers, Receive, Scope, Send, header, respond
from smartedu.library.media.ranges import NotSatisfiable, Span, wanted_span

PIECE = 256 * 1024  # bytes; four fill the usual socket buffer of a fast line, few enough to keep memory small
_NOWAIT: int = getattr(os, "RWF_NOWAIT", 0)

# Our own table: the machine's /etc/mime.types differs from machine to machine.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4a": "audio/mp4",
    ".m4s": "video/iso.segment",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ts": "video/mp2t",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".wasm": "application/wasm",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
# What a browser may show under our own name. Everything else that was uploaded is offered for saving: a drawing or
# a page with a script in it would otherwise act as us.
_SHOWN = (
    "video/",
    "audio/",
    "image/",
    "font/",
    "text/vtt",
    "text/plain",
    "application/pdf",
    "application/vnd.apple",
)


@dataclass(frozen=True)
class Folder:
    """An ASGI app that sends the files under `root`, asked for as `prefix` and their path.

    `cache_control` tells, by the path, how long an answer may be kept. `ours` files were written by us (the
    front-end build): all types are shown, and `x.br` or `x.gz` beside `x` is sent to who accepts it.
    """

    root: Path
    prefix: str
    cache_control: Callable[[str], bytes]
    ours: bool = False
    _real: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request for a file: 200, 206, 304, 404, 405 or 416."""
        if scope["method"] not in ("GET", "HEAD"):
            await words.say(scope, send, 405, words.NOT_ALLOWED, extra=[(b"allow", b"GET, HEAD")])
            return
        relative = scope["path"].removeprefix(self.prefix)
        ranged = header(scope, b"range") if scope["method"] == "GET" else ""
        found = self._find(relative, "" if ranged else header(scope, b"accept-encoding"))
        if found is None:
            await words.say(scope, send, 404, words.NOT_FOUND)
            return
        file, encoding = found
        try:
            await self._send((scope, receive, send), relative, file, encoding=encoding, ranged=ranged)
        finally:
            os.close(file)

    def _find(self, relative: str, accepted: str) -> tuple[int, str] | None:
        """An open file (its descriptor) and its content encoding, or None."""
        if self.ours:
            for encoding, ending in (("br", ".br"), ("gzip", ".gz")):
                if _accepts(accepted, encoding) and (file := self._open(relative + ending)) is not None:
                    return file, encoding
        file = self._open(relative)
        return None if file is None else (file, "")

    def _open(self, relative: str) -> int | None:
        if not self._real:
            self._real.append(os.path.realpath(self.root))
        return open_inside(self._real[0], relative)

    async def _send(
        self, call: tuple[Scope, Receive, Send], relative: str, file: int, *, encoding: str, ranged: str
    ) -> None:
        scope, receive, send = call
        status = os.fstat(file)
        etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}{"-" + encoding if encoding else ""}"'
        modified = email.utils.formatdate(status.st_mtime, usegmt=True)
        headers: Headers = [
            (b"etag", etag.encode()),
            (b"last-modified", modified.encode()),
            (b"cache-control", self.cache_control(relative)),
            (b"accept-ranges", b"bytes"),
        ]
        if self.ours:
            headers.append((b"vary", b"Accept-Encoding"))
        if unchanged(scope, etag, status.st_mtime):
            await respond(scope, send, 304, headers)
            return
        headers += self._type_headers(relative)
        if encoding:
            headers.append((b"content-encoding", encoding.encode()))
        span = Span(0, status.st_size)
        code = 200
        if ranged and still_meant(scope, etag, modified):
            try:
                part = wanted_span(ranged, status.st_size)
            except NotSatisfiable:
                extra = [(b"content-range", b"bytes */%d" % status.st_size)]
                await respond(scope, send, 416, [*headers[:4], *extra])
                return
            if part is not None:
                span, code = part, 206
                headers.append((b"content-range", b"bytes %d-%d/%d" % (span.start, span.stop - 1, status.st_size)))
        headers.append((b"content-length", b"%d" % span.length))
        await send({"type": "http.response.start", "status": code, "headers": headers})
        if scope["method"] == "HEAD" or span.length == 0:
            await send({"type": "http.response.body", "body": b""})
            return
        await _send_span(file, span, receive, send)

    def _type_headers(self, relative: str) -> Headers:
        kind = TYPES.get(os.path.splitext(relative)[1].lower(), "application/octet-stream")
        headers: Headers = [(b"content-type", kind.encode())]
        if not self.ours and (kind.startswith("image/svg") or not kind.startswith(_SHOWN)):
            headers.append((b"content-disposition", b"attachment"))
            headers.append((b"content-security-policy", b"default-src 'none'; sandbox"))
        return headers


def open_inside(root: str, relative: str) -> int | None:
    """Open the plain file `relative` under `root` (a real path) for reading; None when it is none of ours.

    Refused alike, so that nothing outside can be felt for: steps upwards, NUL, backslashes, hidden names (an
    unfinished upload is one), folders, devices, and symbolic links that lead out of `root`.
    """
    parts = relative.split("/")
    if any(not part or part.startswith(".") for part in parts) or "\0" in relative or "\\" in relative:
        return None
    try:
        full = os.path.realpath(os.path.join(root, relative))
        if not full.startswith(root.rstrip("/") + "/"):
            return None
        # O_NONBLOCK: a named pipe in the folder must not hold us; O_NOFOLLOW: nothing changed since realpath.
        file = os.open(full, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        return None
    return file


async def _send_span(file: int, span: Span, receive: Receive, send: Send) -> None:
    """Send the bytes of `span`; stop early when the reader goes away, or break off when the file was cut."""
    async with reader_gone(receive, needed=span.length > PIECE) as gone:
        position = span.start
        while position < span.stop and not gone.is_set():
            piece = await read_piece(file, min(PIECE, span.stop - position), position)
            if not piece:
                # The file got shorter under our hands. Returning without the last message makes the server close
                # the connection, and the player knows that something is missing.
                return
            position += len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": position < span.stop})


@contextlib.asynccontextmanager
async def reader_gone(receive: Receive, *, needed: bool) -> AsyncIterator[asyncio.Event]:
    """An event that is set when the reader has gone: uvicorn takes what is sent to nobody without a word."""
    gone = asyncio.Event()
    if not needed:
        yield gone
        return

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        gone.set()

    task = asyncio.create_task(watch())
    try:
        yield gone
    finally:
        task.cancel()


async def read_piece(file: int, length: int, position: int) -> bytes | memoryview:
    """Up to `length` bytes from `position`; by a thread when the disk has to be asked. Empty at the end."""
    if _NOWAIT:
        buffer = bytearray(length)
        try:
            count = os.preadv(file, [buffer], position, _NOWAIT)
        except OSError:  # not in memory (EAGAIN), or a file system that knows no NOWAIT
            count = 0
        if count:
            return memoryview(buffer)[:count]
    return await asyncio.to_thread(os.pread, file, length, position)


def _accepts(accepted: str, encoding: str) -> bool:
    """Whether Accept-Encoding names `encoding` (and not with a weight of nought)."""
    for item in accepted.split(","):
        name, _, weight = item.strip().partition(";")
        if name.strip().lower() == encoding:
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def unchanged(scope: Scope, etag: str, mtime: float | None) -> bool:
    """Whether the reader has this very file already (RFC 9110, 13.1.2 and 13.1.3); `mtime` None: told by tags alone."""
    if known := header(scope, b"if-none-match"):
        tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
        return "*" in tags or etag in tags
    if mtime is not None and (since := header(scope, b"if-modified-since")):
        with contextlib.suppress(ValueError, TypeError, OverflowError):
            return int(mtime) <= email.utils.parsedate_to_datetime(since).timestamp()
    return False


def still_meant(scope: Scope, etag: str, modified: str) -> bool:
    """Whether a range is of the file that the reader began to load (If-Range; RFC 9110, 13.1.5)."""
    condition = header(scope, b"if-range").strip()
    return not condition or condition in (etag, modified)
