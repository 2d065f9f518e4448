"""The round of looks at outside links: which are due, what a look makes of a link, and when a whole round says
more about our own line than about the links."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from asgiref.sync import sync_to_async

from smartedu.library.actions.links import LinkNews, record_link_checks
from smartedu.library.content import Kind, Link
from smartedu.library.links.visiting import Found, Look, Manners, look
from smartedu.library.models import LinkCheck, LinkState, Resource

log = logging.getLogger(__name__)

EVERY = timedelta(days=7)
AGAIN = timedelta(days=1)
"""A link that failed is looked at the next day, so that three failures are three days and not three weeks."""
SPREAD = timedelta(hours=24)
"""Links that came in one batch drift apart by up to so much, by their ids: nobody is knocked at by all at once."""
FAILURES_UNTIL_AWAY = 3
A_ROUND = 12
AT_ONCE = 3
WITNESSES = 3


@dataclass(frozen=True)
class Due:
    """An outside link to look at, with what is known of it."""

    resource_id: int
    code: str
    address: str
    state: LinkState
    failures: int


def due(at: datetime, most: int = A_ROUND) -> list[Due]:
    """The links to look at now: those never looked at first, then the oldest looks."""
    links = Resource.objects.published().of_kind(Kind.LINK).select_related("version", "link_check")
    # By lot: where the first dozen are all dead and nothing ever worked, the next round asks others.
    new = list(links.filter(link_check__isnull=True).order_by("?")[:most])
    looked = links.filter(link_check__checked_at__lt=at - AGAIN).order_by("link_check__checked_at", "pk")
    failing = looked.filter(link_check__failures__gt=0)[:most]
    settled = looked.filter(link_check__failures=0, link_check__checked_at__lt=at - EVERY)[: 4 * most]
    ripe = [one for one in settled if _ripe(one, at)]
    return [_due(one) for one in [*new, *failing, *ripe][:most]]


def _ripe(resource: Resource, at: datetime) -> bool:
    checked = resource.link_check.checked_at
    drift = SPREAD * (resource.pk % 97) / 97
    return checked is None or checked + EVERY + drift < at


def _due(resource: Resource) -> Due:
    assert resource.version is not None
    body = resource.version.read().body
    assert isinstance(body, Link)
    check: LinkCheck | None = getattr(resource, "link_check", None)
    state = LinkState(check.state) if check else LinkState.UNCHECKED
    return Due(resource.pk, resource.code, body.address, state, check.failures if check else 0)


def witnesses(besides: Sequence[Due]) -> list[Due]:
    """Links that worked when they were last looked at: what they say now tells whether our own line holds."""
    links = Resource.objects.published().of_kind(Kind.LINK).select_related("version", "link_check")
    known = links.filter(link_check__state=LinkState.WORKS).exclude(pk__in=[one.resource_id for one in besides])
    return [_due(one) for one in known.order_by("-link_check__checked_at", "pk")[:WITNESSES]]


def judged(link: Due, seen: Look) -> LinkNews:
    """What a look makes of a link: away after three failures in a row, working again with the first look that opens.

    A server that turns robots away tells nothing of the page behind it: what was known stays.
    """
    state, failures = link.state, link.failures
    if seen.found == Found.WORKS:
        state, failures = LinkState.WORKS, 0
    elif seen.found == Found.REFUSED:
        state, failures = LinkState.REFUSED, 0
    elif seen.found in (Found.FAILS, Found.UNREACHED):
        failures += 1
        if failures >= FAILURES_UNTIL_AWAY:
            state = LinkState.AWAY
        elif state == LinkState.REFUSED:
            state = LinkState.UNCHECKED
    return LinkNews(link.resource_id, link.code, state, seen.status, seen.reason, failures)


async def go_round(manners: Manners, *, at: datetime, most: int = A_ROUND) -> int:
    """Look at the links that are due and store what was found; returns how many.

    Where nothing at all could be reached, links that worked before are asked too. If these do not answer either, it is
    our own line that is cut (a school without the internet), and everything stays as it was.
    """
    links = await sync_to_async(due)(at, most)
    if not links:
        return 0
    looks = await _look_at(links, manners)
    if all(seen.found == Found.UNREACHED for seen in looks):
        others = await sync_to_async(witnesses)(links)
        if all(seen.found == Found.UNREACHED for seen in await _look_at(others, manners)):
            _tell_once(len(links))
            return 0
    _line_out.clear()
    news = [judged(link, seen) for link, seen in zip(links, looks, strict=True)]
    await sync_to_async(record_link_checks)(news, at=at)
    log.info("outside links: %d looked at, %d do not open", len(news), sum(one.failures > 0 for one in news))
    return len(news)


_line_out: list[str] = []
"""What was said when no line out was found; empty while there is one."""


def _tell_once(links: int) -> None:
    """A school without the internet is told so once, not every six minutes."""
    if not _line_out:
        said = f"none of {links} could be reached, nor any that worked before; is there a line out? Nothing is changed."
        log.warning("outside links: %s", said)
        _line_out.append(said)


async def _look_at(links: Sequence[Due], manners: Manners) -> list[Look]:
    some = asyncio.Semaphore(AT_ONCE)

    async def one(link: Due) -> Look:
        async with some:
            return await look(link.address, manners)

    return list(await asyncio.gather(*map(one, links)))
