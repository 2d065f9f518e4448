"""One look at an outside address: HEAD, then GET where HEAD says nothing, with every redirect checked anew.

Names are resolved once, every address that comes of it is checked, and the connection goes to exactly what was
checked: a name that changes its mind between the check and the visit (DNS rebinding) gains nothing.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from typing_extensions import override

from smartedu.library.links.hosts import WEB_PORTS, Address, as_address, is_public, why_not

MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_BYTES = 64 * 1024
TIMEOUT = aiohttp.ClientTimeout(total=20, sock_connect=8, sock_read=10)
HEAD_SAYS_NOTHING = frozenset({400, 401, 403, 404, 405, 406, 409, 410, 429, 500, 501, 502, 503})
"""Answers to HEAD that many servers give to nothing but HEAD."""

NOT_PUBLIC = "leads to an address that is not public"

Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]


class Found(StrEnum):
    """What a look found. `GUARDED` is a server that answers and turns robots away: it tells nothing of the page."""

    WORKS = "works"
    FAILS = "fails"
    GUARDED = "guarded"
    UNREACHED = "unreached"
    REFUSED = "refused"


@dataclass(frozen=True)
class Look:
    """What one look found; `status` is the last HTTP status, `reason` a few English words for the operator."""

    found: Found
    status: int | None = None
    reason: str = ""


async def by_dns(host: str, port: int) -> Sequence[Address]:
    """The addresses of a host name, as the machine resolves it. Raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


@dataclass(frozen=True)
class Manners:
    """How visits are made: `agent` says who we are; the rest is what tests replace to visit a server of their own."""

    agent: str
    resolve: Resolve = by_dns
    may_visit: Callable[[Address], bool] = is_public
    ports: frozenset[int] = field(default=WEB_PORTS)


class NotPublic(OSError):
    """A name or address that is not of the public internet."""


class _Checked(AbstractResolver):
    """Resolves for the connector, which connects to nothing else: only addresses that were checked come out of it."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        addresses = await self._manners.resolve(host, port)
        if not addresses:
            raise OSError("the name leads nowhere")
        if not all(map(self._manners.may_visit, addresses)):  # one hidden among public ones is no accident
            raise NotPublic(NOT_PUBLIC)
        return [
            ResolveResult(
                hostname=host,
                host=str(address),
                port=port,
                family=socket.AF_INET6 if address.version == 6 else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    @override
    async def close(self) -> None:
        """Nothing is held."""


def _socket(info: tuple[Any, ...], manners: Manners) -> socket.socket:
    """The last gate before a connection: whatever way an address came about, it is one that may be visited.

    aiohttp takes hosts of digits and dots for addresses and resolves them by itself (`2130706433` is 127.0.0.1).
    """
    family, kind, protocol, _, peer = info
    spelled = as_address(str(peer[0]))
    if spelled is None or not manners.may_visit(spelled):
        raise NotPublic(NOT_PUBLIC)
    return socket.socket(family, kind, protocol)


async def look(url: str, manners: Manners) -> Look:
    """Look whether an address opens. Never raises for what the other side does."""
    connector = aiohttp.TCPConnector(
        resolver=_Checked(manners),
        use_dns_cache=False,
        force_close=True,
        socket_factory=lambda info: _socket(info, manners),
    )
    # No cookies: who is redirected to set one comes round in a circle and is counted out.
    session = aiohttp.ClientSession(
        connector=connector,
        timeout=TIMEOUT,
        trust_env=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": manners.agent, "Accept": "text/html,*/*;q=0.8", "Accept-Language": "zh-CN,zh,en;q=0.8"},
        max_line_size=16_384,
        max_field_size=16_384,
    )
    async with session:
        try:
            head = await _followed(session, "HEAD", url, manners)
            if head.found in (Found.WORKS, Found.REFUSED) or head.status not in HEAD_SAYS_NOTHING:
                return head
            return await _followed(session, "GET", url, manners)
        except NotPublic as refusal:
            return Look(Found.REFUSED, reason=str(refusal))
        except aiohttp.ClientConnectorError as fault:
            if isinstance(fault.os_error, NotPublic):
                return Look(Found.REFUSED, reason=str(fault.os_error))
            return Look(Found.UNREACHED, reason=_words(fault))
        except (aiohttp.ClientConnectionError, TimeoutError, OSError) as fault:
            return Look(Found.UNREACHED, reason=_words(fault))
        except aiohttp.InvalidURL:
            return Look(Found.REFUSED, reason="not an address of the web")
        except (aiohttp.ClientError, ValueError) as fault:  # an answer that is none
            return Look(Found.FAILS, reason=_words(fault))


async def _followed(session: aiohttp.ClientSession, method: str, url: str, manners: Manners) -> Look:
    for _ in range(MOST_REDIRECTS + 1):
        refusal = why_not(url, manners.ports)
        if refusal:
            return Look(Found.REFUSED, reason=refusal)
        async with session.request(method, url, allow_redirects=False) as answer:
            target = answer.headers.get("Location")
            if answer.status in REDIRECTS and target:
                url = urljoin(url, target)
                continue
            if method == "GET":
                await _read_a_little(answer)
            return _judged(answer.status)
    return Look(Found.FAILS, reason="leads in a circle")


async def _read_a_little(answer: aiohttp.ClientResponse) -> None:
    """Take the beginning of a body: a server that breaks off there does not work. The rest is not fetched."""
    read = 0
    async for piece in answer.content.iter_chunked(16_384):
        read += len(piece)
        if read >= MOST_BYTES:
            return


def _judged(status: int) -> Look:
    if status < 300:
        return Look(Found.WORKS, status)
    if status in (401, 403, 429, 451):
        return Look(Found.GUARDED, status, f"answers {status}: turns robots away")
    return Look(Found.FAILS, status, f"answers {status}")


def _words(fault: BaseException) -> str:
    if isinstance(fault, TimeoutError):
        return "did not answer in time"
    return (str(fault) or type(fault).__name__)[:160]
