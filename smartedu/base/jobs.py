"""Jobs: work that must not be lost and need not be done at once; and runners, which live beside the worker.

A room writes its jobs in its own `jobs.py` (found by itself), each with `@task`. Deferring a job is a row written
with the caller's connection: inside a transaction the job exists exactly when the transaction is committed. That is
how events travel up the house, and why a crash loses none.

    @task(queue="media", retry=3)
    def transcode(*, part_id: int) -> None: ...

    transcode.defer(part_id=part.id)

A job may run twice (a killed worker's job is taken up again), so it is written to be repeatable.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from procrastinate import App
from procrastinate.contrib.django import app as _app
from procrastinate.exceptions import ConnectorException

log = logging.getLogger(__name__)

app = _app
"""The procrastinate app. Usable for deferring once Django is set up, for registering jobs at any time."""

task = _app.task
periodic = _app.periodic

Runner = Callable[[], Awaitable[None]]
_runners: list[Runner] = []

HEARTBEAT_SECONDS = 5.0
STALLED_SECONDS = 20.0
"""A worker that was silent so long is dead: four heartbeats, so that a short stall does not make a job run twice."""


def runner(run: Runner) -> Runner:
    """Register an async function that runs beside the jobs as long as the worker lives (decorator).

    It is started again, after a pause, when it raises or returns, and cancelled when the worker ends. The search
    index is kept by one: whatever must exist exactly once per node and listens instead of being called.
    """
    _runners.append(run)
    return run


def runners() -> list[Runner]:
    """The runners that were registered so far."""
    return [*_runners]


async def keep_running(run: Runner, *, longest_pause_seconds: float = 60.0) -> None:
    """Run `run` for ever: after an error again, with a pause that grows up to `longest_pause_seconds`."""
    pause = 1.0
    clock = asyncio.get_running_loop().time
    while True:
        started = clock()
        try:
            await run()
        except Exception:
            log.exception("runner %s ended with an error", getattr(run, "__qualname__", run))
        if clock() - started > longest_pause_seconds:
            pause = 1.0
        await asyncio.sleep(pause)
        pause = min(pause * 2, longest_pause_seconds)


async def retry_stalled(of: App, silent_seconds: float = STALLED_SECONDS) -> int:
    """Give jobs back that a dead worker had begun; returns how many.

    Dead is a worker whose heartbeat is older than `silent_seconds`, or that has been struck off.
    """
    stalled = [*await of.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_seconds)]
    for job in stalled:
        log.warning("job %s (%s) was left by a dead worker and is taken up again", job.id, job.task_name)
        # Another worker may have been quicker; then the row is no longer «doing» and the database says so.
        with contextlib.suppress(ConnectorException):
            await of.job_manager.retry_job(job)
    return len(stalled)


KEPT_HOURS = 30 * 24
"""How long a job that failed or was cancelled can be looked at."""


@periodic(cron="17 3 * * *")
@task(queueing_lock="base.forget_old_jobs")
async def forget_old_jobs(timestamp: int) -> None:
    """Delete jobs that ended in vain long ago (every night; those that succeeded are deleted at once).

    There must always be one periodic job: without any, procrastinate (3.10) ends the task that would put them off,
    takes that end for the end of its watch over LISTEN and heartbeat, and does not notice when these break.
    """
    await app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
