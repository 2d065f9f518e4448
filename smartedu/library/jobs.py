"""What the library does in the worker: it keeps this node's search index up to date."""

import asyncio
import logging

from asgiref.sync import sync_to_async
from django.db import connection
from psycopg import AsyncConnection

from smartedu.base import jobs
from smartedu.base.settings import get_settings
from smartedu.library.actions.publishing import CHANNEL
from smartedu.library.search.index import catch_up

log = logging.getLogger(__name__)
LOOK_AGAIN_SECONDS = 60.0
"""Even without being told: a notice is lost when the connection breaks."""


@jobs.runner
async def keep_index() -> None:
    """Bring the index up to the database now, whenever the library changes, and once a minute."""
    parameters = await sync_to_async(connection.get_connection_params)()
    for name in ("cursor_factory", "context", "pool", "prepare_threshold", "row_factory"):
        parameters.pop(name, None)
    async with await AsyncConnection.connect(**parameters, autocommit=True) as listening:
        await listening.execute(f"LISTEN {CHANNEL}")
        while True:
            read = await sync_to_async(catch_up)(get_settings().index_dir)
            if read:
                log.info("search index: %d resources read", read)
            async for _ in listening.notifies(timeout=LOOK_AGAIN_SECONDS, stop_after=1):
                await asyncio.sleep(0.2)  # a batch of notices is one change
                break
