"""The page memory as an ASGI app in front of another: answer from memory, or ask once for all who wait.

`Memory` says what may be remembered; here is who waits for whom. A page that nobody has asked for yet is rendered
for the first reader while the others wait for the same rendering; when it cannot be shared (a page of one's own, or
what it shows has just changed) each goes on by himself.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator

from smartedu.base.pages import entry as entries
from smartedu.base.pages import inside, words
from smartedu.base.pages.addresses import canonical
from smartedu.base.pages.asgi import App, Headers, Message, Receive, Scope, Send, language_of, respond
from smartedu.base.pages.entry import Answer, Entry
from smartedu.base.pages.flight import Flight, for_outside
from smartedu.base.pages.memory import Memory

log = logging.getLogger(__name__)

_QUERY = inside.QUERY.lower().encode()
_LONGEST_ADDRESS = 1000  # bytes; longer than any page of ours with every facet and a long search
_PATIENCE_SECONDS = 10.0  # how long one waits for another's rendering
_ROUNDS = 3  # so often: then the page is changing faster than it can be made
_MOST_ROUTES = 20_000
_RETRY_AFTER: Headers = [(b"retry-after", b"5")]


class Remembering:
    """`app` with a memory in front of it. `always` are the security headers that every answer bears."""

    def __init__(self, app: App, memory: Memory, always: Headers) -> None:
        self.memory = memory
        self._app = app
        self._always = always
        self._flights: dict[bytes, Flight] = {}
        self._works: set[asyncio.Task[tuple[Entry, bool] | None]] = set()  # the loop itself holds tasks but loosely
        # What the app has told of a path: the parameters it knows, or that it is not remembered. Oldest first.
        self._known: dict[str, tuple[str, ...] | None] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request that was not found in the memory under its very address."""
        if scope["method"] not in ("GET", "HEAD") or _has_body(scope):
            await self._app(scope, receive, _stripping(send))
            return
        if self.memory.away:
            await self._in_need(scope, send, self._address(scope)[0])
            return
        async with _reader(receive) as gone:
            alone = False
            for _ in range(_ROUNDS):
                target, asked = self._address(scope)  # each time: more may be known of it than before
                found = self.memory.get(target) if target else None
                if found is not None:
                    await _say(send, found.answer(scope))
                    return
                flight = self._flights.get(target) if target else None
                if flight is None or flight.landed.done():
                    break
                if not await _waited(flight, gone):
                    alone = True
                    break
            if not gone.done():
                await self._lead(scope, asked, send, target, gone, alone=alone)

    # -- one rendering ------------------------------------------------------------------------------------

    async def _lead(
        self,
        scope: Scope,
        asked: Scope,
        send: Send,
        target: bytes | None,
        gone: "asyncio.Future[None]",
        *,
        alone: bool = False,
    ) -> None:
        """Have the page rendered; for those too who come meanwhile, unless this is done `alone`."""
        aside = self.memory.put_aside(target) if target else None
        # Without LISTEN nobody can tell whether a page on its way is already outdated: nobody joins it.
        shared = (
            target is not None and self.memory.live and not alone and self._known.get(scope["path"], ()) is not None
        )
        flight = Flight(self.memory.begin(), _for(scope, send), need=aside is not None)
        if shared and target is not None:
            self._flights[target] = flight
        work = asyncio.ensure_future(self._fly(flight, scope, asked))
        self._works.add(work)
        work.add_done_callback(lambda _: self._ended(work, flight, target))
        try:
            await asyncio.wait((work, gone), return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not work.done():
                flight.leader_gone()
        if not work.done():
            return  # the reader has gone; whoever waits gets the page all the same
        made = work.result()
        if aside is not None and (flight.away or flight.broke_off):
            await _say(send, aside.stale(scope))
        elif flight.broke_off:
            await words.say(scope, send, 503, words.BROKEN, extra=_RETRY_AFTER)
        elif made is not None:
            entry, stored = made
            await _say(send, entry.answer(scope) if stored else entry.passing(scope))

    async def _fly(self, flight: Flight, scope: Scope, asked: Scope) -> tuple[Entry, bool] | None:
        """Ask the app; the page and whether it was stored, or None when there is no whole page for everybody."""
        now = time.time()
        await self._app(asked, flight.receive, flight.send)
        if flight.caught is None or flight.broke_off:
            if flight.passing:
                self._learn(scope, None)
            return None
        names = dict(flight.headers).get(_QUERY, b"").decode("ascii").split()
        self._learn(scope, tuple(names))
        target = _canonical(scope, tuple(names))
        keys = dict(flight.headers)[inside.KEYS.lower().encode()].decode("ascii").split()
        lasting = target is not None and self.memory.fresh(keys, flight.begun)
        entry = await asyncio.to_thread(
            entries.make,
            target or b"",
            flight.headers,
            bytes(flight.caught),
            now=now,
            always=self._always,
            lasting=lasting,
        )
        stored = lasting and self.memory.store(entry, flight.begun)
        flight.land(again=stored)
        return entry, stored

    def _ended(self, work: "asyncio.Task[tuple[Entry, bool] | None]", flight: Flight, target: bytes | None) -> None:
        self._works.discard(work)
        if target is not None and self._flights.get(target) is flight:
            del self._flights[target]
        flight.land(again=True)  # when it is not known by now, it broke off: the next in line asks
        if flight.orphan and not work.cancelled() and (error := work.exception()) is not None:
            log.warning("a rendering broke off after its reader had gone: %r", error)

    # -- addresses ----------------------------------------------------------------------------------------

    def _address(self, scope: Scope) -> tuple[bytes | None, Scope]:
        """The address under which this page is remembered as far as is known, and the request to ask the app with.

        None for an address that is never remembered. The app is always asked as if by GET: a HEAD then finds the page.
        """
        asked = {**scope, "method": "GET"}
        if not scope["query_string"]:
            return _canonical(scope, ()), asked
        names = self._known.get(scope["path"])
        if names is None:
            raw: bytes = scope["raw_path"]
            return (raw + b"?" + scope["query_string"] if len(raw) < _LONGEST_ADDRESS else None), asked
        target = _canonical(scope, names)
        if target is not None:
            asked["query_string"] = target.partition(b"?")[2]
        return target, asked

    def _learn(self, scope: Scope, names: tuple[str, ...] | None) -> None:
        path: str = scope["path"]
        self._known.pop(path, None)
        if len(scope["raw_path"]) > _LONGEST_ADDRESS:  # never remembered, so there is nothing to know of it
            return
        self._known[path] = names
        if len(self._known) > _MOST_ROUTES:
            del self._known[next(iter(self._known))]

    # -- need ---------------------------------------------------------------------------------------------

    async def _in_need(self, scope: Scope, send: Send, target: bytes | None) -> None:
        """The database is away: what was remembered, or a plain word. The app is not asked, which could but wait."""
        aside = self.memory.put_aside(target) if target else None
        if aside is not None:
            await _say(send, aside.stale(scope))
        elif scope["path"] == "/":
            headers = [
                (b"location", f"/{language_of(scope)}/".encode()),
                (b"vary", b"Accept-Language"),
                (b"cache-control", b"no-store"),
            ]
            await respond(scope, send, 302, headers)
        else:
            what = words.DATABASE_AWAY if self.memory.was_live else words.AWAY
            await words.say(scope, send, 503, what, extra=_RETRY_AFTER)


def _canonical(scope: Scope, names: tuple[str, ...]) -> bytes | None:
    """The canonical address; None for one that is never remembered: too long, or not text."""
    try:
        target = canonical(scope["path"], scope["query_string"].decode("ascii"), names)
    except ValueError:  # also what is not ASCII
        return None
    return None if len(target) > _LONGEST_ADDRESS or "\ufffd" in scope["path"] else target


def _has_body(scope: Scope) -> bool:
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value != b"0")
        for name, value in scope["headers"]
    )


def _stripping(send: Send) -> Send:
    """`send` without what app and front tell each other."""

    async def stripped(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": for_outside(message["headers"])}
        await send(message)

    return stripped


def _for(scope: Scope, send: Send) -> Send:
    """`send` for this reader: to a HEAD the app's answer to GET is passed on without its body."""
    if scope["method"] == "GET":
        return send

    async def bodyless(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return bodyless


async def _say(send: Send, answer: Answer) -> None:
    start, body = answer
    await send(start)
    await send(body)


@contextlib.asynccontextmanager
async def _reader(receive: Receive) -> AsyncIterator["asyncio.Future[None]"]:
    """Done when the reader has gone."""

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    gone = asyncio.ensure_future(watch())
    try:
        yield gone
    finally:
        gone.cancel()


async def _waited(flight: Flight, gone: "asyncio.Future[None]") -> bool:
    """Wait for another's rendering; whether to look into the memory again. False: go on alone (or the reader left)."""
    flight.waiting += 1
    try:
        await asyncio.wait((flight.landed, gone), timeout=_PATIENCE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    finally:
        flight.waiting -= 1
    return flight.landed.done() and flight.landed.result() and not gone.done()
