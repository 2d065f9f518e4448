"""A whole lesson as one zip, streamed by the front. No Django in here.

The app says what belongs in (`Manifest`); the front reads the files itself, so that no thread of the app is held by a
slow line. Nothing is compressed: films and PDFs are as small as they get, and so the length is known beforehand, a
broken download goes on where it stopped, and a part of it costs no more than that part.
"""

import asyncio
import hashlib
import io
import os
import stat
import zipfile
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import msgspec
from typing_extensions import override

from smartedu.base.pages import words
from smartedu.base.pages.asgi import Headers, Receive, Scope, Send, header, respond
from smartedu.library.media.files import PIECE, open_inside, read_piece, reader_gone, still_meant, unchanged
from smartedu.library.media.ranges import NotSatisfiable, Span, wanted_span

Ask = Callable[[str], Awaitable[tuple[int, bytes]]]
"""Asks the app for a path of ours: status and body, 503 where the app is away."""

SUMS_KEPT = 20_000  # checksums, some 150 bytes each: a file is read once for its sum, not once a download
README = "请先读我 README.txt"
_LEFT_OUT = (
    "以下文件还没有准备好，未包含在内；过几分钟可以重新下载。\n"
    "These are not ready yet and not in here; download again in a few minutes:"
)
_GONE = words.Words(
    "withdrawn",
    ("这节课已被撤下", "它的资料不再提供下载。请在搜索里找一节类似的课。"),
    ("This lesson was withdrawn", "Its materials can no longer be downloaded. Search for a lesson like it."),
)


class Packed(msgspec.Struct, frozen=True):
    """A file of a package: `path` below the media folder, `name` in the zip, `digest` its SHA-256."""

    path: str
    name: str
    digest: str


class Manifest(msgspec.Struct, frozen=True):
    """What a package holds. `title` names the zip; `at` is the time all files bear; `readme` is told inside.

    `left_out` names what belongs to the lesson but is not ready.
    """

    title: str
    at: datetime
    readme: str
    files: tuple[Packed, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Stretch:
    """A part of the zip, made by us or a whole stored file; `length` in bytes."""

    length: int
    made: bytes = b""
    path: str = ""


class Packages:
    """An ASGI app that answers `/packages/CODE.zip`: 200, 206, 304, 404, 405, 410, 416 or 503."""

    def __init__(self, media: Path, ask: Ask) -> None:
        self._media = media
        self._ask = ask
        self._sums: dict[tuple[str, int], int] = {}  # by digest and length, as what was read was found to be
        self._reading: dict[tuple[str, int], asyncio.Task[int | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await words.say(scope, send, 405, words.NOT_ALLOWED, extra=[(b"allow", b"GET, HEAD")])
            return
        code = scope["path"].removeprefix("/packages/").removesuffix(".zip")
        if not (scope["path"].endswith(".zip") and code.isascii() and code.isalnum() and len(code) <= 16):
            await words.say(scope, send, 404, words.NOT_FOUND)
            return
        status, body = await self._ask(f"/internal/packages/{code}")
        if status == 200:
            await self._send((scope, receive, send), code, msgspec.json.decode(body, type=Manifest))
        elif status == 410:
            await words.say(scope, send, 410, _GONE)
        elif status == 404:
            await words.say(scope, send, 404, words.NOT_FOUND)
        else:
            await words.say(scope, send, 503, words.AWAY, extra=[(b"retry-after", b"5")])

    async def _send(self, call: tuple[Scope, Receive, Send], code: str, manifest: Manifest) -> None:
        scope, receive, send = call
        sized = await asyncio.to_thread(self._sized, manifest)
        readme, etag = _told(manifest, sized)
        if unchanged(scope, etag, None):
            await respond(scope, send, 304, _headers(etag))
            return
        # The sums are needed for what is sent only; how long it will be is known without them.
        with_sums: list[tuple[Packed, int, int]] = []
        for index, (packed, size) in enumerate(sized):
            crc = 0 if size is None or scope["method"] == "HEAD" else await self._sum(packed, size)
            if size is not None and crc is not None:
                with_sums.append((packed, size, crc))
            else:
                sized[index] = packed, None  # perhaps gone just now
        readme, etag = _told(manifest, sized)
        headers = _headers(etag)
        stretches = _stretches(manifest.at, readme, with_sums)
        total = sum(stretch.length for stretch in stretches)
        span, status = Span(0, total), 200
        ranged = header(scope, b"range") if scope["method"] == "GET" else ""
        if ranged and still_meant(scope, etag, ""):
            try:
                part = wanted_span(ranged, total)
            except NotSatisfiable:
                await respond(scope, send, 416, [*headers, (b"content-range", b"bytes */%d" % total)])
                return
            if part is not None:
                span, status = part, 206
                headers.append((b"content-range", b"bytes %d-%d/%d" % (span.start, span.stop - 1, total)))
        headers += [
            (b"content-type", b"application/zip"),
            (b"content-disposition", _disposition(manifest.title, code)),
            (b"content-length", b"%d" % span.length),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return
        left = span.length
        async with reader_gone(receive, needed=span.length > PIECE) as reader:
            async for piece in self._pieces(stretches, span):
                left -= len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
                if reader.is_set():
                    return

    def _sized(self, manifest: Manifest) -> list[tuple[Packed, int | None]]:
        """Each file with its length in bytes; None for one that is gone from the folder."""
        sizes: list[tuple[Packed, int | None]] = []
        for packed in manifest.files:
            file = open_inside(os.path.realpath(self._media), packed.path)
            sizes.append((packed, None if file is None else os.fstat(file)[stat.ST_SIZE]))
            if file is not None:
                os.close(file)
        return sizes

    async def _sum(self, packed: Packed, size: int) -> int | None:
        """The CRC-32 that a zip tells of a file before its bytes; None where it is not `size` bytes long any more.

        Read once for all who ask, then remembered.
        """
        key = packed.digest, size
        if key in self._sums:
            return self._sums[key]
        reading = self._reading.get(key)
        if reading is None:
            reading = self._reading[key] = asyncio.ensure_future(self._read_sum(packed.path, size))
            reading.add_done_callback(lambda _: self._reading.pop(key))
        crc = await asyncio.shield(reading)  # a reader who leaves does not end it for the others
        if crc is not None:
            while len(self._sums) >= SUMS_KEPT:
                self._sums.pop(next(iter(self._sums)))
            self._sums[key] = crc
        return crc

    async def _read_sum(self, path: str, size: int) -> int | None:
        total, position = 0, 0
        file = await asyncio.to_thread(open_inside, os.path.realpath(self._media), path)
        if file is None:
            return None
        try:
            # piece by piece, so that a long film leaves the threads to others in between
            while piece := await asyncio.to_thread(os.pread, file, 16 * PIECE, position):
                total = await asyncio.to_thread(zlib.crc32, piece, total)
                position += len(piece)
        finally:
            os.close(file)
        return total if position == size else None

    async def _pieces(self, stretches: Sequence[_Stretch], span: Span) -> AsyncIterator[bytes | memoryview]:
        """The bytes of a span of the zip. Ends early where a file was lost meanwhile: then the line is broken off."""
        begin = 0
        for stretch in stretches:
            start, stop = max(span.start - begin, 0), min(span.stop - begin, stretch.length)
            begin += stretch.length
            if start >= stop:
                continue
            if not stretch.path:
                yield stretch.made[start:stop]
                continue
            file = open_inside(os.path.realpath(self._media), stretch.path)
            if file is None:
                return
            try:
                while start < stop:
                    piece = await read_piece(file, min(PIECE, stop - start), start)
                    if not piece:
                        return
                    start += len(piece)
                    yield piece
            finally:
                os.close(file)


def _readme(manifest: Manifest, gone: Sequence[str]) -> bytes:
    """The text inside, as the oldest Notepad of a school reads it: with a byte order mark and CRLF."""
    missing = [*manifest.left_out, *gone]
    text = manifest.readme.rstrip() + "\n"
    if missing:
        text += "\n" + _LEFT_OUT + "\n" + "".join(f"- {name}\n" for name in missing)
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _told(manifest: Manifest, sized: Sequence[tuple[Packed, int | None]]) -> tuple[bytes, str]:
    """The text inside and the etag of a package of the files that have a size."""
    readme = _readme(manifest, [packed.name for packed, size in sized if size is None])
    here = [(packed.name, packed.digest, size) for packed, size in sized if size is not None]
    told = msgspec.json.encode([manifest.at, here])
    return readme, f'"{hashlib.sha256(told + readme).hexdigest()[:32]}"'


def _headers(etag: str) -> Headers:
    kept = (b"cache-control", b"public, max-age=0, must-revalidate")
    return [(b"etag", etag.encode()), kept, (b"accept-ranges", b"bytes")]


def _stretches(at: datetime, readme: bytes, files: Sequence[tuple[Packed, int, int]]) -> list[_Stretch]:
    """The zip in order: each file behind its header, and the directory of all at the end.

    The standard library writes headers and directory (with its 64-bit forms where they are needed); only the bytes
    of the files do not pass through it, because it would read all of them to send the last.
    """
    stretches: list[_Stretch] = []
    entries: list[zipfile.ZipInfo] = []
    offset = 0
    contents = [(README, len(readme), zlib.crc32(readme), _Stretch(len(readme), made=readme))]
    contents += [(packed.name, size, crc, _Stretch(size, path=packed.path)) for packed, size, crc in files]
    for name, size, crc, content in contents:
        entry = zipfile.ZipInfo(name, at.timetuple()[:6])
        entry.create_system, entry.external_attr = 3, 0o644 << 16
        entry.file_size = entry.compress_size = size
        entry.CRC, entry.header_offset = crc, offset
        head = entry.FileHeader()
        stretches += [_Stretch(len(head), made=head), content]
        entries.append(entry)
        offset += len(head) + size
    end = _Tail(offset)
    with zipfile.ZipFile(end, "w") as directory:
        directory.filelist.extend(entries)
        directory.comment = b""  # says that there is something to write
    tail = end.getvalue()
    return [*stretches, _Stretch(len(tail), made=tail)]


class _Tail(io.BytesIO):
    """The end of a file of which the first `offset` bytes are elsewhere."""

    def __init__(self, offset: int) -> None:
        super().__init__()
        self._offset = offset

    @override
    def tell(self) -> int:
        return self._offset + super().tell()

    @override
    def seek(self, position: int, whence: int = os.SEEK_SET) -> int:
        return self._offset + super().seek(position - self._offset if whence == os.SEEK_SET else position, whence)


def _disposition(title: str, code: str) -> bytes:
    """The name to save it under: in Chinese for every browser of these ten years, in ASCII for the rest (RFC 6266)."""
    return f"attachment; filename=\"lesson-{code}.zip\"; filename*=UTF-8''{quote(title + '.zip', safe='')}".encode()
