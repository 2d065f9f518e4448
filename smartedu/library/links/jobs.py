"""The round of looks at outside links, every few minutes."""

from datetime import UTC, datetime

from smartedu.base.jobs import periodic, task
from smartedu.base.settings import get_settings
from smartedu.library.links.health import go_round
from smartedu.library.links.visiting import Manners


@periodic(cron="3-59/6 * * * *")
@task(queueing_lock="library.look_at_links", lock="library.look_at_links")
async def look_at_links(timestamp: int) -> None:
    """Look at a dozen links that are due: two a minute, some 20,000 in a week."""
    await go_round(Manners(agent()), at=datetime.fromtimestamp(timestamp, UTC))


def agent() -> str:
    """How we introduce ourselves: whoever wonders about a visit finds who we are and whom to ask."""
    return f"SmartEdu-LinkCheck/1 (+{get_settings().public_url}/en/about/contact)"
