"""What the library does in the worker: it keeps this node's search index and vectors up to date, and forgets."""

import asyncio
import logging
import time
from datetime import UTC, datetime
from pathlib import Path

from asgiref.sync import sync_to_async
from django.db import connection
from psycopg import AsyncConnection

from smartedu.base import jobs
from smartedu.base.settings import get_settings
from smartedu.library import keys
from smartedu.library.actions.gaps import drop_old_gaps
from smartedu.library.actions.telling import MOST_RESOURCES, tell
from smartedu.library.channel import CHANNEL
from smartedu.library.links import jobs as _links  # noqa: F401 - its round registers itself
from smartedu.library.search import lexicon, vectors
from smartedu.library.search.asking import searcher
from smartedu.library.search.index import catch_up

log = logging.getLogger(__name__)
LOOK_AGAIN_SECONDS = 60.0
"""Even without being told: a notice is lost when the connection breaks."""
LEXICON_SECONDS = 300.0
"""The words change slower than the resources, and cost a look at all of them: one such look in five minutes."""


@jobs.runner
async def keep_index() -> None:
    """Bring the index up to the database now, whenever the library changes, and once a minute."""
    parameters = await sync_to_async(connection.get_connection_params)()
    for name in ("cursor_factory", "context", "pool", "prepare_threshold", "row_factory"):
        parameters.pop(name, None)
    async with await AsyncConnection.connect(**parameters, autocommit=True) as listening:
        await listening.execute(f"LISTEN {CHANNEL}")
        folder, words_at, stale = get_settings().index_dir, -LEXICON_SECONDS, True
        while True:
            while read := await sync_to_async(catch_up)(folder):  # in slices, each of which is searchable at once
                log.info("search index: %d resources read", read)
                stale = True
            due = stale and time.monotonic() - words_at >= LEXICON_SECONDS
            if due and (words := await sync_to_async(write_lexicon)(folder)):  # an empty index is asked again at once
                log.info("search index: %d words", words)
                words_at, stale = time.monotonic(), False
            async for _ in listening.notifies(timeout=LOOK_AGAIN_SECONDS, stop_after=1):
                await asyncio.sleep(0.2)  # a batch of notices is one change
                break


def write_lexicon(folder: Path) -> int:
    """Write the words of this node's index, for suggestions and corrections; returns how many there are."""
    index = searcher(folder).current()
    if index is None:
        return 0
    count = lexicon.write(folder, index)
    tell([keys.SEARCH])
    return count


@jobs.runner
async def keep_meanings() -> None:
    """Make vectors of what is new or has changed, in pieces, now and once a minute; then tell its pages."""
    folder = get_settings().index_dir / vectors.FOLDER
    while True:
        items, up_to = await sync_to_async(vectors.waiting)(folder)
        size = max(vectors.SLICE, len(items) // MOST_PIECES)
        for start in range(0, len(items), size):
            piece, end = items[start : start + size], min(start + size, len(items))
            await asyncio.to_thread(vectors.take, folder, piece, up_to if end == len(items) else None)
            log.info("similar by meaning: %d of %d resources read", end, len(items))
        if items:
            many = len(items) > MOST_RESOURCES
            await sync_to_async(tell)(
                [keys.EVERYTHING] if many else [keys.SEARCH, *(keys.resource(item.code) for item in items)]
            )
        await asyncio.sleep(LOOK_AGAIN_SECONDS)


MOST_PIECES = 50
"""Each piece writes the state anew, which in a large catalogue takes as long as some hundred texts."""


@jobs.periodic(cron="41 3 * * *")
@jobs.task(queueing_lock="library.forget_old_gaps")
def forget_old_gaps(timestamp: int) -> None:
    """Every night: words that nobody has searched in vain for 400 days."""
    drop_old_gaps(at=datetime.fromtimestamp(timestamp, UTC))
