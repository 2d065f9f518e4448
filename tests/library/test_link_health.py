"""Looking at outside links: a server of our own on this machine, names and rules given from here."""

import asyncio
import ipaddress
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from asgiref.sync import async_to_sync
from typing_extensions import override

from smartedu.library.actions.links import LinkNews, record_link_checks
from smartedu.library.around import link_check
from smartedu.library.content import Link
from smartedu.library.links import health, visiting
from smartedu.library.links.health import Due, due, go_round, judged
from smartedu.library.links.hosts import Address, is_public
from smartedu.library.links.report import broken_links
from smartedu.library.links.visiting import Found, Look, Manners, look
from smartedu.library.models import LinkCheck, LinkState, Resource
from tests.conftest import AT
from tests.library.makers import Maker

HERE = ipaddress.ip_address("127.0.0.1")
ELSEWHERE = "http://good.example"


class _Site(BaseHTTPRequestHandler):
    """Answers by its path, and remembers who knocked."""

    knocks: ClassVar[list[tuple[str, str, str]]] = []

    def _answer(self) -> None:
        self.knocks.append((self.command, self.path, self.headers["User-Agent"]))
        where = self.path.partition("?")[0]
        status, headers, body = 200, {}, b"<p>here</p>"
        if where == "/no-head" and self.command == "HEAD":
            status = 405
        elif where == "/gone":
            status = 404
        elif where == "/robots":
            status = 403
        elif where == "/down":
            status = 503
        elif where == "/endless":
            self.send_response(405 if self.command == "HEAD" else 200)
            self.end_headers()
            try:
                while self.command == "GET":
                    self.wfile.write(b"x" * 16_384)
            except OSError:
                return
            return
        elif where == "/broken-off":
            self.send_response(405 if self.command == "HEAD" else 200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"short")
            self.close_connection = True
            return
        elif where.startswith("/hop/"):
            left = int(where.rpartition("/")[2])
            status, headers = 302, {"Location": f"/hop/{left - 1}" if left else "/fine"}
        elif where.startswith("/to/"):
            status, headers = 301, {"Location": self.path.partition("?")[2]}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_GET = do_HEAD = _answer  # noqa: N815 - the base class looks for these names

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[int]:
    """The port of the site."""
    _Site.knocks = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


async def _resolve(host: str, port: int) -> list[Address]:
    if host == "inner.example":
        return [ipaddress.ip_address("10.0.0.8")]
    if host == "both.example":
        return [HERE, ipaddress.ip_address("10.0.0.8")]
    if host == "nowhere.example":
        raise OSError("no such name")
    return [HERE]


def manners(port: int) -> Manners:
    """Everything leads to this machine, which is «public»; so is nothing else of the inner ones."""
    return Manners("SmartEdu-Test/1", _resolve, lambda a: a == HERE or is_public(a), frozenset({port, 80}))


def seen(port: int, path: str, host: str = "good.example") -> Look:
    return asyncio.run(look(f"http://{host}:{port}{path}", manners(port)))


def test_a_page_that_opens_works_and_knows_who_asked(site: int) -> None:
    assert seen(site, "/fine") == Look(Found.WORKS, 200)
    assert _Site.knocks == [("HEAD", "/fine", "SmartEdu-Test/1")]


def test_who_does_not_answer_head_is_asked_by_get(site: int) -> None:
    assert seen(site, "/no-head").found == Found.WORKS
    assert [method for method, *_ in _Site.knocks] == ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("path", "found", "status"),
    [("/gone", Found.FAILS, 404), ("/down", Found.FAILS, 503), ("/robots", Found.GUARDED, 403),
     ("/endless", Found.WORKS, 200), ("/broken-off", Found.FAILS, None)],
)  # fmt: skip
def test_what_a_look_finds(site: int, path: str, found: Found, status: int | None) -> None:
    answer = seen(site, path)
    assert (answer.found, answer.status) == (found, status)


def test_five_redirects_are_followed_and_no_more(site: int) -> None:
    assert seen(site, "/hop/4").found == Found.WORKS
    assert seen(site, "/hop/5") == Look(Found.FAILS, reason="leads in a circle")


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.8/", "http://inner.example/", "http://both.example/", "http://169.254.169.254/latest",
     "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://127.1/", "http://10.8/",
     "http://127。0。0。2/", "http://u:p@good.example/", "file:///etc/passwd", "http://good.example:22/"],
)  # fmt: skip
def test_a_redirect_leads_to_no_inner_place(site: int, target: str) -> None:
    answer = asyncio.run(look(f"http://good.example:{site}/to/?{target}", manners(site)))
    assert answer.found in (Found.REFUSED, Found.UNREACHED, Found.FAILS), answer
    assert {path.partition("?")[0] for _, path, _ in _Site.knocks} == {"/to/"}


@pytest.mark.parametrize("host", ["inner.example", "both.example", "10.0.0.8", "[::1]"])
def test_an_inner_host_is_refused_before_anybody_knocks(site: int, host: str) -> None:
    assert seen(site, "/fine", host).found == Found.REFUSED
    assert _Site.knocks == []


def test_spelled_out_addresses_are_found_out_where_the_socket_is_made(site: int) -> None:
    """127.0.0.1 as one number: aiohttp asks no resolver for it."""
    only_public = Manners("x", _resolve, is_public, frozenset({site}))
    for host in ("2130706433", "127.1", "0x7f000001", "127.0.0.1", "localhost"):
        answer = asyncio.run(look(f"http://{host}:{site}/fine", only_public))
        assert answer.found in (Found.REFUSED, Found.UNREACHED), host
    assert _Site.knocks == []


def test_a_name_is_resolved_once_and_that_address_is_visited(site: int) -> None:
    asked: list[str] = []

    async def changing(host: str, port: int) -> list[Address]:
        asked.append(host)
        return [HERE if len(asked) == 1 else ipaddress.ip_address("10.0.0.8")]

    visit = Manners("x", changing, lambda a: a == HERE, frozenset({site}))
    assert asyncio.run(look(f"http://rebinding.example:{site}/fine", visit)).found == Found.WORKS
    assert asked == ["rebinding.example"]


def test_nobody_there_is_told_from_an_error(site: int) -> None:
    assert seen(site, "/", "nowhere.example").found == Found.UNREACHED
    closed = asyncio.run(look("http://good.example:1/", Manners("x", _resolve, lambda a: True, frozenset({1}))))
    assert closed.found == Found.UNREACHED


# -- what a look makes of a link --------------------------------------------------------------------------


def test_three_failures_in_a_row_are_away_and_one_success_mends_it() -> None:
    state, failures = LinkState.WORKS, 0
    states = []
    for found in (Found.FAILS, Found.UNREACHED, Found.FAILS, Found.FAILS, Found.GUARDED, Found.WORKS, Found.FAILS):
        news = judged(Due(1, "c", "a", state, failures), Look(found))
        state, failures = news.state, news.failures
        states.append((str(state), failures))
    assert states == [("works", 1), ("works", 2), ("away", 3), ("away", 4), ("away", 4), ("works", 0), ("works", 1)]


def test_a_guarded_page_tells_nothing_and_an_inner_one_is_refused() -> None:
    new = Due(1, "c", "a", LinkState.UNCHECKED, 0)
    assert judged(new, Look(Found.GUARDED, 403)).state == LinkState.UNCHECKED
    assert judged(new, Look(Found.REFUSED)).state == LinkState.REFUSED


# -- rounds -----------------------------------------------------------------------------------------------


def rounds(port: int, days: float = 0) -> int:
    """One round; what it asks of the database it asks in this thread, in the test's transaction."""
    return async_to_sync(go_round)(manners(port), at=AT + timedelta(days=days))


def _link(make: Maker, name: str, address: str) -> Resource:
    return make.article(name, title=name, body=Link(address, "某馆")).resource


def _checked(resource: Resource, state: LinkState, days_ago: float, failures: int = 0) -> None:
    news = LinkNews(resource.pk, resource.code, state, 200, "", failures)
    record_link_checks([news], at=AT - timedelta(days=days_ago))


def test_new_links_come_first_then_failing_ones_then_the_oldest(make: Maker) -> None:
    for name, days, failures in (
        ("old", 20, 0),
        ("older", 30, 0),
        ("fresh", 3, 0),
        ("failing", 2, 1),
        ("just", 0.5, 2),
    ):
        _checked(_link(make, name, ELSEWHERE), LinkState.WORKS, days, failures)
    _link(make, "new", ELSEWHERE)
    make.article("no link")
    titles = [Resource.objects.get(code=one.code).title for one in due(AT)]
    assert titles == ["new", "failing", "older", "old"]
    assert [one.address for one in due(AT, 1)] == [ELSEWHERE]


def test_a_round_stores_what_it_finds(make: Maker, site: int) -> None:
    good = _link(make, "good", f"http://good.example:{site}/fine")
    bad = _link(make, "bad", f"http://good.example:{site}/gone")
    inner = _link(make, "inner", f"http://inner.example:{site}/")
    assert rounds(site) == 3
    assert {
        r.code: (r.link_check.state, r.link_check.failures) for r in Resource.objects.select_related("link_check")
    } == {
        good.code: ("works", 0),
        bad.code: ("unchecked", 1),
        inner.code: ("refused", 0),
    }
    check = link_check(good)
    assert check is not None
    assert check.checked_at == AT
    assert rounds(site, 1 / 24) == 0
    for day in (1.1, 2.2):
        rounds(site, day)
    assert [(b.resource.code, b.failures, b.refused) for b in broken_links()] == [
        (bad.code, 3, False),
        (inner.code, 0, True),
    ]
    assert LinkCheck.objects.get(resource=bad).state == LinkState.AWAY


def test_where_the_line_is_out_nothing_is_called_broken(
    make: Maker, site: int, caplog: pytest.LogCaptureFixture
) -> None:
    worked = _link(make, "worked", f"http://nowhere.example:{site}/")
    _checked(worked, LinkState.WORKS, 3)
    dead = _link(make, "dead", f"http://nowhere.example:{site}/")
    with caplog.at_level("WARNING"):
        health._line_out.clear()
        assert rounds(site) == 0
        assert rounds(site) == 0
    assert caplog.text.count("Nothing is changed") == 1
    assert not LinkCheck.objects.filter(resource=dead).exists()


def test_where_another_link_answers_it_is_not_the_line(make: Maker, site: int) -> None:
    _checked(_link(make, "works", f"http://good.example:{site}/fine"), LinkState.WORKS, 3)
    dead = _link(make, "dead", f"http://nowhere.example:{site}/")
    assert rounds(site) == 1
    assert LinkCheck.objects.get(resource=dead).failures == 1


def test_a_look_never_takes_longer_than_it_may() -> None:
    assert visiting.TIMEOUT.total is not None
    assert visiting.TIMEOUT.total * health.A_ROUND / health.AT_ONCE < 360, "a round ends before the next begins"
