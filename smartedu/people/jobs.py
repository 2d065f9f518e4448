"""What is done for people by itself, every night."""

from datetime import UTC, datetime

from smartedu.base.jobs import periodic, task
from smartedu.people.actions import forget_traces


@periodic(cron="37 3 * * *")
@task(queueing_lock="people.forget_old_traces")
def forget_old_traces(timestamp: int) -> None:
    """Delete ended sessions and old failed sign-ins; both would grow without end."""
    forget_traces(at=datetime.fromtimestamp(timestamp, UTC))
