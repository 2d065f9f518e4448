"""The front's ear: notices of the database drop what the page memory holds; a lost connection empties it.

A connection that is silently dead (a cable pulled out, a machine gone) is found by asking for an answer every two
seconds and waiting two for it: so long, at the most, is a page served that a notice would have dropped.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any

import psycopg
from psycopg import AsyncConnection, pq, sql
from psycopg.conninfo import make_conninfo

from smartedu.base.pages.memory import Memory

log = logging.getLogger(__name__)

BEAT_SECONDS = 2.0
"""Between two questions whether the connection lives."""
_ANSWER_SECONDS = 2.0
_LETTING_GO_SECONDS = 0.5
_CONNECT_SECONDS = 4.0
_PAUSES = (0.0, 0.1, 0.25, 0.5, 1.0)  # seconds before the next attempt; the last is repeated
# The kernel gives up an unanswered question before we do, also while nothing is asked.
_KEEPALIVE = {"keepalives_idle": 3, "keepalives_interval": 1, "keepalives_count": 2, "tcp_user_timeout": 3000}


async def listen(memory: Memory, address: Callable[[], str], channels: Iterable[str]) -> None:
    """Keep `memory` true to the notices on `channels`, for ever; whenever it does not, the memory is not live.

    `address` gives the libpq address of the database. Whatever goes wrong is logged and tried again; only being
    cancelled ends this.
    """
    wanted = tuple(channels)
    failures, told, heard = 0, False, False
    try:
        while True:
            where: str | None = None
            try:
                where = address()
                async with _connected(where) as connection:
                    for channel in wanted:
                        await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                    memory.regain()
                    log.info("page memory: the database is heard, remembering begins anew")
                    failures, told, heard = 0, False, True
                    await _hear(memory, connection)
            except Exception as error:  # also what nobody foresaw: without an ear, pages of yesterday stay for ever
                memory.lose()
                failures += 1
                if not told and (heard or failures == len(_PAUSES)):  # at start the database may come a little later
                    told = True
                    foreseen = isinstance(error, (psycopg.Error, OSError, TimeoutError))
                    what = "page memory: the database is not heard, nothing is remembered: %s"
                    log.warning(what, _first_line(error), exc_info=None if foreseen else error)
                heard = False
                memory.away = where is not None and not await _answers(where)
            await asyncio.sleep(_PAUSES[min(failures, len(_PAUSES)) - 1])
    finally:
        memory.lose()


@contextlib.asynccontextmanager
async def _connected(address: str) -> AsyncIterator[AsyncConnection]:
    keepalive: Any = _KEEPALIVE
    async with asyncio.timeout(_CONNECT_SECONDS):
        connection = await AsyncConnection.connect(
            address, autocommit=True, application_name="smartedu front", connect_timeout=3, **keepalive
        )
    try:
        yield connection
    finally:
        await connection.close()  # a word to the kernel: a server that does not answer holds nobody here


async def _answers(address: str) -> bool:
    """Whether somebody answers there who takes connections, though perhaps not ours just now.

    A server that is gone, starting or recovering is away for the app as well. One that refuses us for a reason of
    its own (too many connections, a wrong password) says nothing about those that the app has open.
    """
    try:
        asked = make_conninfo(address, connect_timeout=3).encode()
        return await asyncio.to_thread(pq.PGconn.ping, asked) == pq.Ping.OK
    except Exception as error:  # no address at all, or no thread to ask from: that says nothing of the server
        log.warning("page memory: whether the database answers cannot be asked: %s", _first_line(error))
        return True


async def _hear(memory: Memory, connection: AsyncConnection) -> None:
    """Drop what notices name; raises when the connection does not answer any more."""
    while True:
        async for notice in connection.notifies(timeout=BEAT_SECONDS):
            memory.drop(notice.payload)
        await _ask(memory, connection)


async def _ask(memory: Memory, connection: AsyncConnection) -> None:
    """Return when the connection answers; when it does not in time, empty the memory at once and raise."""
    question = asyncio.ensure_future(connection.execute("SELECT 1"))
    try:
        await asyncio.wait((question,), timeout=_ANSWER_SECONDS)
        if not question.done():
            # First of all: to let go of a question on a line that is silent takes its time.
            memory.lose()
            raise TimeoutError("the connection does not answer")
        question.result()
    finally:
        # Cancelled once, psycopg asks the server to give the question up, and waits for that; twice, it lets go.
        for _ in range(2):
            if not question.done():
                question.cancel()
                await asyncio.wait((question,), timeout=_LETTING_GO_SECONDS)
        if question.done() and not question.cancelled():
            question.exception()  # seen, so that nobody complains of it later


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), "") or type(error).__name__
