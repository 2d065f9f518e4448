"""The few words of ASGI that the front needs, so that no framework is between it and the server."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


def header(scope: Scope, name: bytes) -> str:
    """The first value of the request header `name` (lower case), or an empty text."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1"))
    return ""


async def respond(
    scope: Scope, send: Send, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes = b""
) -> None:
    """Send a whole answer at once; the body is left out for HEAD, its length is told all the same."""
    full = [*headers]
    if status not in (204, 304):
        full.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": full})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def language_of(scope: Scope) -> str:
    """The reader's language, "zh" or "en": the one in the address, else the browser's, else Chinese."""
    path: str = scope["path"]
    for language in ("zh", "en"):
        if path == f"/{language}" or path.startswith(f"/{language}/"):
            return language
    wishes: list[tuple[float, str]] = []
    for item in header(scope, b"accept-language").lower().split(","):
        tag, _, rest = item.strip().partition(";")
        weight = rest.strip().removeprefix("q=") if rest else "1"
        try:
            wishes.append((float(weight), tag.split("-")[0]))
        except ValueError:
            continue
    known = [(weight, tag) for weight, tag in wishes if tag in ("zh", "en") and weight > 0]
    return max(known, key=lambda wish: wish[0])[1] if known else "zh"
