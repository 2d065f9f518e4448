"""One page as it is remembered: every answer it can give, made beforehand."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from smartedu.base.pages import encodings, inside
from smartedu.base.pages.asgi import Headers, Message, Scope
from smartedu.base.pages.guard import completed

Answer = tuple[Message, Message]
"""What is sent: the start and the body."""

_BODYLESS: Message = {"type": "http.response.body", "body": b""}
# Ours for every page, or true of one answer and not of the page.
_NOT_KEPT = frozenset(
    (
        *(b"age", b"cache-control", b"connection", b"content-encoding", b"content-length", b"date", b"etag"),
        *(b"expires", b"keep-alive", b"last-modified", b"server", b"set-cookie", b"transfer-encoding", b"vary"),
    )
)
# Measured: the messages, lists and tuples of an entry, and its places in the tables. Bytes; then for each key borne.
_OVERHEAD_BYTES = 3600
_KEY_BYTES = 180
_KEYS, _UNTIL = inside.KEYS.lower().encode(), inside.UNTIL.lower().encode()
# In a 304: what a kept copy goes by (RFC 9110, 15.4.5). A browser that asks from another site's page reads in this
# very answer whether that page may see it, and not in the copy.
_TOLD_AGAIN = frozenset((b"etag", b"cache-control", b"vary"))
_LEAVE = b"access-control-"
_MOST_SHARED = 2000
_shared: dict[tuple[bytes, bytes], tuple[bytes, bytes]] = {}


@dataclass(slots=True, eq=False)
class Entry:
    """A page under its canonical address. `until` and `made` are seconds since 1970; `size` counts all it takes."""

    target: bytes
    keys: frozenset[str]
    until: float | None
    made: float
    etag: bytes
    starts: tuple[Message, ...]
    bodies: tuple[Message | None, ...]
    unchanged: Message
    size: int

    def answer(self, scope: Scope) -> Answer:
        """What this reader gets: the page in the encoding he takes, or word that his copy is still right."""
        accepted = known = None
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                accepted = value
            elif name == b"if-none-match":
                known = value
        if known is not None and (known == self.etag or _names(known, self.etag)):
            return self.unchanged, _BODYLESS
        which = encodings.chosen(accepted)
        body = self.bodies[which]
        if body is None:
            which, body = self._otherwise(which)
        return self.starts[which], (_BODYLESS if scope["method"] == "HEAD" else body)

    def _otherwise(self, which: int) -> tuple[int, Message]:
        """The page in a form that is not at hand: unpacked it is made, for br gzip will do."""
        packed = self.bodies[encodings.GZIP]
        assert packed is not None
        if which == encodings.BROTLI:
            return encodings.GZIP, packed
        return which, {"type": "http.response.body", "body": encodings.unpacked(packed["body"])}

    def passing(self, scope: Scope) -> Answer:
        """The page for one reader, while what it shows is just changing: nobody on the way is to keep it."""
        return self._instead(scope, [(b"cache-control", inside.NOT_KEPT.encode())])

    def stale(self, scope: Scope) -> Answer:
        """The page while nobody can tell whether it still is right: it says so (RFC 7234, 5.5.1), and is not kept."""
        since = datetime.fromtimestamp(self.made, UTC).isoformat(timespec="seconds")
        says = [(b"warning", b'110 - "Response is Stale"'), (b"x-smartedu-stale", since.encode())]
        return self._instead(scope, [(b"cache-control", b"no-store"), *says])

    def _instead(self, scope: Scope, headers: Headers) -> Answer:
        """The whole page with other headers about keeping it, and so without its mark."""
        bare: Scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"if-none-match"]}
        start, body = self.answer(bare)
        kept = [pair for pair in start["headers"] if pair[0] not in (b"cache-control", b"etag")]
        return {**start, "headers": [*kept, *headers]}, body


def make(target: bytes, headers: Headers, body: bytes, *, now: float, always: Headers, lasting: bool = True) -> Entry:
    """The entry for an answer of the app that `may_be_remembered`.

    `headers` are the app's with those of `inside`; `always` those that every answer bears. `lasting`: pack it well,
    since many will read it; else only for the one who waits. Takes some milliseconds: call it in a thread.
    """
    told = {name.lower(): value for name, value in headers}
    until = float(told[_UNTIL]) if _UNTIL in told else None
    if lasting:
        control = inside.cache_control(until, now)
        # A dated page leaves before its end by as long as others may keep it; what is made later nobody keeps.
        if until is not None and control != inside.NOT_KEPT:
            until -= inside.EVE_SECONDS
    else:
        control = inside.NOT_KEPT
    etag = b'W/"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'
    own = [
        pair for pair in headers if pair[0].lower() not in _NOT_KEPT and not pair[0].lower().startswith(inside.PREFIX)
    ]
    own = completed(own, always)
    own += [(b"cache-control", control.encode()), (b"vary", b"Accept-Encoding")]
    own = [_shared.get(pair, pair) if len(_shared) >= _MOST_SHARED else _shared.setdefault(pair, pair) for pair in own]
    own.append((b"etag", etag))
    bodies = encodings.in_every(body) if lasting else encodings.quickly(body)
    keys = frozenset(told[_KEYS].decode("ascii").split())
    return Entry(
        target=target,
        keys=keys,
        until=until,
        made=now,
        etag=etag,
        starts=tuple(_start(own, body, packed, name) for packed, name in zip(bodies, encodings.NAMES, strict=True)),
        bodies=tuple(None if packed is None else {"type": "http.response.body", "body": packed} for packed in bodies),
        unchanged={
            "type": "http.response.start",
            "status": 304,
            "headers": [pair for pair in own if pair[0] in _TOLD_AGAIN or pair[0].lower().startswith(_LEAVE)],
        },
        size=sum(len(packed or b"") for packed in bodies) + len(target) + _OVERHEAD_BYTES + _KEY_BYTES * len(keys),
    )


def may_be_remembered(headers: Headers) -> bool:
    """Whether a 200 with these headers is a page for everybody: it bears keys, is text, and is nobody's own."""
    told = {name.lower(): value for name, value in headers}
    kind = told.get(b"content-type", b"").partition(b";")[0].strip().lower()
    text = kind.startswith(b"text/") or kind.endswith((b"json", b"xml", b"javascript"))
    own = b"set-cookie" in told or b"content-encoding" in told
    return text and not own and bool(told.get(_KEYS))


def _start(own: Headers, body: bytes, packed: bytes | None, name: bytes) -> Message:
    # Without `packed` it is the page unpacked that is told of: br is never sent when it is not at hand.
    length = len(body) if packed is None else len(packed)
    headers = [*own, (b"content-length", b"%d" % length)]
    if name:
        headers.append((b"content-encoding", name))
    return {"type": "http.response.start", "status": 200, "headers": headers}


def _names(known: bytes, etag: bytes) -> bool:
    """Whether If-None-Match names the page; weakly compared (RFC 9110, 13.1.2)."""
    bare = etag.removeprefix(b"W/")
    tags: Iterable[bytes] = (tag.strip().removeprefix(b"W/") for tag in known.split(b","))
    return any(tag in (bare, b"*") for tag in tags)
