"""Asking a part of the front, an ASGI app, without a server between."""

import asyncio
from typing import Any


class Answer:
    """What was sent: `headers` by lower-case name, `whole` unless the line was broken off."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.status: int = messages[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        self.body = b"".join(bytes(message["body"]) for message in messages[1:])
        self.whole = bool(messages[1:]) and not messages[-1].get("more_body", False)


def ask(app: Any, path: str, method: str = "GET", **headers: str) -> Answer:
    """One request whose reader stays to the end; headers by their names with _ for -."""
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": told, "query_string": b""}
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(3600)
        return {}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return Answer(sent)
