"""Pages, memories and requests for the tests of the page memory."""

from typing import Any

from smartedu.base.pages.asgi import Scope
from smartedu.base.pages.entry import Entry, make
from smartedu.base.pages.guard import always
from smartedu.base.pages.memory import Memory

PAGE = "<!doctype html><p>光合作用 &amp; 勾股定理</p>".encode() * 40
HEADERS = [(b"Content-Type", b"text/html; charset=utf-8"), (b"X-Page-Keys", b"resource:a column:b")]
NOW = 1_788_000_000.0


def entry(target: bytes = b"/zh/", keys: str = "resource:a column:b", body: bytes = PAGE, **more: Any) -> Entry:
    headers = [HEADERS[0], (b"X-Page-Keys", keys.encode()), *more.pop("headers", [])]
    return make(target, headers, body, **{"now": NOW, "always": always(https=False), **more})


def live(limit_bytes: int = 1 << 20, now: float = NOW) -> Memory:
    memory = Memory(limit_bytes, clock=lambda: now)
    memory.regain()
    return memory


def scope(path: str = "/zh/", query: bytes = b"", method: str = "GET", **headers: str) -> Scope:
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "headers": told,
    }
