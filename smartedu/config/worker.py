"""The worker: every job, and the runners beside them. Niced, bounded in memory, the first to go when memory is short.

The bound is RLIMIT_DATA (private memory that was really asked for), not RLIMIT_AS: address space is reserved by the
hundred megabyte by search indexes (mapped files), thread stacks and native libraries that never use it, and a
limit on it breaks them at random. A job over the bound meets a MemoryError and fails alone.
"""

import asyncio
import contextlib
import logging
import os
import resource

from smartedu.base.lifeline import be_the_first_to_go, die_with_parent
from smartedu.base.logs import log_lines
from smartedu.base.settings import Settings, get_settings

log = logging.getLogger(__name__)

NICENESS = 10
MEMORY_BYTES = 3 * 1024**3
SHUTDOWN_SECONDS = 8.0
"""How long a job may go on when the worker is told to end. An async job is then cancelled; a sync one, in its thread,
cannot be: the supervisor ends the process, and the job is taken up at the next start."""


async def work(settings: Settings) -> None:
    """Take jobs until SIGTERM or SIGINT."""
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django.utils import connector_params

    from smartedu.base import jobs

    # procrastinate's Django connector cannot LISTEN; this one has a pool of its own, counted in Settings.worker_pool.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=2, max_size=4)
    with jobs.app.replace_connector(connector) as app:
        async with app.open_async():
            # With the data folder to ourselves no other worker can be alive: what is «doing» now, a killed one left.
            # Of a shared database only silence tells.
            await jobs.retry_stalled(app, 0 if settings.embedded else jobs.STALLED_SECONDS)

            async def revive() -> None:
                while True:
                    await jobs.retry_stalled(app)
                    await asyncio.sleep(jobs.HEARTBEAT_SECONDS)

            beside = [asyncio.create_task(jobs.keep_running(run)) for run in (revive, *jobs.runners())]
            log.info("worker ready")
            try:
                await app.run_worker_async(
                    concurrency=settings.worker_concurrency,
                    listen_notify=True,
                    shutdown_graceful_timeout=SHUTDOWN_SECONDS,
                    update_heartbeat_interval=jobs.HEARTBEAT_SECONDS,
                    # Kept on the list for a while: `revive` must see whose jobs they were.
                    stalled_worker_timeout=jobs.STALLED_SECONDS * 6,
                    delete_jobs="successful",
                )
            finally:
                for each in beside:
                    each.cancel()
                await asyncio.gather(*beside, return_exceptions=True)


def main() -> None:
    """Work until told to end."""
    die_with_parent()
    os.nice(NICENESS)
    be_the_first_to_go()
    with contextlib.suppress(ValueError, OSError):  # a smaller limit may be set already
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    settings = get_settings()
    log_lines(settings.log_level)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartedu.config.settings")
    import django

    django.setup()
    asyncio.run(work(settings))


if __name__ == "__main__":
    main()
