"""A database and fronts whose every step is taken by the test: what is real is the page memory."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from smartedu.base.pages.asgi import Message, Receive, Scope, Send
from smartedu.base.pages.memory import Memory
from smartedu.base.pages.remember import Remembering

THINGS = ["a", "b", "c"]
# What each page shows. The last bears «everything»: any change drops it.
PAGES = {"/zh/a": ["a"], "/zh/ab": ["a", "b"], "/zh/list": ["c", "b"], "/zh/all": ["*"]}
QUERIES = ["", "page=2", "page=2&utm_source=x", "utm_source=y"]


class Database:
    """Committed versions of things, and a clock that ticks with everything that happens."""

    def __init__(self) -> None:
        self.now = 0
        self.running = True
        self.version: dict[str, int | None] = dict.fromkeys(THINGS, 1)
        self.committed: dict[str, int] = dict.fromkeys(THINGS, 0)
        self.stopped_at: list[int] = []

    def tick(self) -> int:
        self.now += 1
        return self.now


@dataclass
class Asked:
    """One request of a reader and what has become of it."""

    front: "Front"
    things: list[str]
    must_be_read_after: dict[str, int]
    at: int
    gone: asyncio.Event
    sent: list[Message] = field(default_factory=list)
    task: "asyncio.Task[None] | None" = None
    checked: bool = False


@dataclass
class Rendering:
    """The app at work: it begins, reads when told to, and answers when told to."""

    path: str
    read: asyncio.Event
    answer: asyncio.Event


class Slow(ThreadPoolExecutor):
    """Packs pages when told to, so that anything may happen meanwhile."""

    def __init__(self) -> None:
        super().__init__(1)
        self.waiting: deque[tuple[Future[Any], Callable[[], Any]]] = deque()

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        self.waiting.append((future, lambda: fn(*args, **kwargs)))
        return future


class Front:
    """A front with its own memory, and its own line to the database on which notices wait."""

    def __init__(self, database: Database, limit_bytes: int) -> None:
        self.database = database
        self.memory = Memory(limit_bytes)
        self.pages = Remembering(self.app, self.memory, [])
        self.notices: deque[tuple[str, int]] = deque()
        self.renderings: list[Rendering] = []
        # What a page that is asked for from now on must have been read after.
        self.known: dict[str, int] = dict.fromkeys(THINGS, 0)
        self.memory.regain()

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        work = Rendering(scope["path"], asyncio.Event(), asyncio.Event())
        self.renderings.append(work)
        await work.read.wait()
        read_at, running = self.database.now, self.database.running
        seen = dict(self.database.version)
        await work.answer.wait()
        self.renderings.remove(work)
        if not running:
            headers = [(b"x-page-away", b"database")]
            await send({"type": "http.response.start", "status": 503, "headers": headers})
            await send({"type": "http.response.body", "body": b"away"})
            return
        things = PAGES[scope["path"]]
        shown = THINGS if things == ["*"] else things
        headers = [
            (b"content-type", b"text/html"),
            (b"x-page-keys", " ".join(things).encode()),
            (b"x-page-query", b"page"),
        ]
        body = json.dumps({"read_at": read_at, "seen": {thing: seen[thing] for thing in shown}}).encode()
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body[:10], "more_body": True})
        await send({"type": "http.response.body", "body": body[10:]})

    def regain(self) -> None:
        self.notices.clear()
        self.memory.regain()
        self.known = dict(self.database.committed)

    def lose(self) -> None:
        self.notices.clear()
        self.memory.lose()
        now = self.database.tick()
        self.known = dict.fromkeys(THINGS, now)
