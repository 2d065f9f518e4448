"""One rendering on its way: what the app answers is caught when it can be remembered, and passed on when not."""

import asyncio

from smartedu.base.pages import inside
from smartedu.base.pages.asgi import Headers, Message, Send
from smartedu.base.pages.entry import may_be_remembered

_AWAY = inside.AWAY.lower().encode()
_LARGEST_BYTES = 4 * 1024 * 1024  # a page larger than this is passed on as it comes


class Flight:
    """The app's side of one request, for its leader (who asked first) and those who wait for the same page.

    `landed` is set when it is known what they get: True, look into the memory again; False, go to the app yourself.
    """

    def __init__(self, begun: int, send: Send, *, need: bool = False) -> None:
        self.begun = begun
        self.landed: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.waiting = 0
        self.headers: Headers = []
        self.caught: bytearray | None = None
        """The page, when it can be remembered."""
        self.whole = False
        """The last piece of the answer has come; without it what was caught is but the beginning of a page."""
        self.away = False
        """The app said that it or the database is away, and something else will be sent (only asked for by `need`)."""
        self.passing = False
        """The answer goes to the leader as it comes."""
        self.orphan = False
        """The leader has gone."""
        self._send = send
        self._need = need
        self._left = asyncio.Event()
        self._told = False

    @property
    def broke_off(self) -> bool:
        """Whether a page has begun and not ended: nothing of it was sent, and nothing of it may be."""
        return self.caught is not None and not self.whole

    def land(self, *, again: bool) -> None:
        """Let those who wait go on."""
        if not self.landed.done():
            self.landed.set_result(again)

    def leader_gone(self) -> None:
        """The first reader has left: where nobody else needs the answer, the app's side sees him go."""
        self.orphan = True
        if self.passing or not self.waiting:
            self._left.set()

    async def receive(self) -> Message:
        """The request's body (none), then silence until everybody has left."""
        if not self._told:
            self._told = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Take a piece of the app's answer."""
        if message["type"] == "http.response.start":
            await self._start(message)
            return
        self.whole = not message.get("more_body", False)
        if self.away:
            return
        if self.caught is None:
            await self._send(message)
        else:
            self.caught += message.get("body", b"")
            if len(self.caught) > _LARGEST_BYTES:
                body, self.caught = bytes(self.caught), None
                await self._pass_on({"type": "http.response.start", "status": 200, "headers": self.headers})
                await self._send({**message, "body": body})

    async def _start(self, message: Message) -> None:
        self.headers = [(name.lower(), value) for name, value in message["headers"]]
        if message["status"] == 200 and may_be_remembered(self.headers):
            self.caught = bytearray()
        elif self._need and message["status"] == 503 and any(name == _AWAY for name, _ in self.headers):
            self.away = True
            self.land(again=False)
        else:
            await self._pass_on(message)

    async def _pass_on(self, message: Message) -> None:
        self.passing = True
        self.land(again=False)
        if self.orphan:
            self._left.set()
        await self._send({**message, "headers": for_outside(message["headers"])})


def for_outside(headers: Headers) -> Headers:
    """The headers without those that app and front tell each other."""
    return [pair for pair in headers if not pair[0].lower().startswith(inside.PREFIX)]
