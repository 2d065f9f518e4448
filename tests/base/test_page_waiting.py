"""The page memory in front of an app: who waits for whom, and what is served in need."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from smartedu.base.pages.asgi import Message, Scope
from smartedu.base.pages.remember import Remembering
from tests.base.page_makers import HEADERS, PAGE, entry, live, scope


class App:
    """An app that answers when it is told to, and counts who asks."""

    def __init__(self, status: int = 200, headers: list[tuple[bytes, bytes]] | None = None) -> None:
        self.status = status
        self.headers = HEADERS if headers is None else headers
        self.go_on = asyncio.Event()
        self.asked: list[Scope] = []
        self.cut_off = 0
        self.fails = False
        self.breaks_off = False

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        self.asked.append(scope)
        work = asyncio.ensure_future(self.go_on.wait())
        gone = asyncio.ensure_future(self.gone(receive))
        await asyncio.wait((work, gone), return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if not work.done():
            work.cancel()
            self.cut_off += 1
            return
        if self.fails:
            raise RuntimeError("broke off")
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        if self.breaks_off:  # as the proxy does when the app's line ends too early
            await send({"type": "http.response.body", "body": PAGE[:400], "more_body": True})
            return
        await send({"type": "http.response.body", "body": PAGE[:500], "more_body": True})
        await send({"type": "http.response.body", "body": PAGE[500:]})

    @staticmethod
    async def gone(receive: Any) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass


class Reader:
    """One reader of the front."""

    def __init__(self, pages: Remembering, asked: Scope | None = None) -> None:
        self.left = asyncio.Event()
        self.sent: list[Message] = []
        self.task = asyncio.create_task(pages(asked or scope(), self.receive, self.send))

    async def receive(self) -> Message:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    @property
    def headers(self) -> dict[bytes, bytes]:
        return {name.lower(): value for name, value in self.sent[0]["headers"]}


def play(scenario: Callable[[], Awaitable[None]]) -> None:
    async def limited() -> None:
        async with asyncio.timeout(20):
            await scenario()

    asyncio.run(limited())


async def breathe() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def test_many_who_ask_at_once_are_answered_by_one_rendering() -> None:
    async def scenario() -> None:
        app, memory = App(), live()
        pages = Remembering(app, memory, [])
        readers = [Reader(pages) for _ in range(50)]
        await breathe()
        app.go_on.set()
        await asyncio.gather(*(reader.task for reader in readers))
        assert len(app.asked) == 1
        assert {reader.sent[1]["body"] for reader in readers} == {PAGE}
        assert memory.answer(scope()) is not None

    play(scenario)


def test_a_page_of_ones_own_is_rendered_for_each() -> None:
    async def scenario() -> None:
        app, memory = App(headers=[HEADERS[0], (b"set-cookie", b"a=1"), (b"x-page-query", b"")]), live()
        pages = Remembering(app, memory, [])
        readers = [Reader(pages) for _ in range(5)]
        await breathe()
        app.go_on.set()
        await asyncio.gather(*(reader.task for reader in readers))
        assert len(app.asked) == 5
        assert all(reader.headers.get(b"set-cookie") == b"a=1" for reader in readers)
        assert all(b"x-page-query" not in reader.headers for reader in readers)
        assert len(memory) == 0
        app.go_on.clear()
        again = [Reader(pages) for _ in range(5)]  # now it is known, and nobody waits for another
        await breathe()
        assert len(app.asked) == 10
        app.go_on.set()
        await asyncio.gather(*(reader.task for reader in again))

    play(scenario)


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (404, HEADERS),
        (200, HEADERS[:1]),
        (200, [*HEADERS, (b"set-cookie", b"a=1")]),
        (200, [*HEADERS, (b"content-encoding", b"gzip")]),
        (200, [(b"content-type", b"application/zip"), HEADERS[1]]),
    ],
)
def test_only_whole_pages_for_everybody_are_stored(status: int, headers: list[tuple[bytes, bytes]]) -> None:
    async def scenario() -> None:
        app, memory = App(status, headers), live()
        app.go_on.set()
        reader = Reader(Remembering(app, memory, []))
        await reader.task
        assert reader.sent[0]["status"] == status
        assert b"x-page-keys" not in reader.headers
        assert len(memory) == 0

    play(scenario)


def test_a_reader_who_leaves_does_not_end_what_others_wait_for() -> None:
    async def scenario() -> None:
        app, memory = App(), live()
        pages = Remembering(app, memory, [])
        first, second = Reader(pages), Reader(pages)
        await breathe()
        first.left.set()
        await first.task
        app.go_on.set()
        await second.task
        assert (first.sent, len(app.asked), app.cut_off) == ([], 1, 0)
        assert second.sent[1]["body"] == PAGE

    play(scenario)


def test_when_nobody_waits_any_more_the_app_is_let_go() -> None:
    async def scenario() -> None:
        app = App()
        reader = Reader(Remembering(app, live(), []))
        await breathe()
        reader.left.set()
        await reader.task
        await breathe()
        assert app.cut_off == 1

    play(scenario)


def test_when_a_rendering_breaks_off_the_next_in_line_asks() -> None:
    async def scenario() -> None:
        app = App()
        pages = Remembering(app, live(), [])
        first, second = Reader(pages), Reader(pages)
        await breathe()
        app.fails = True
        app.go_on.set()
        with pytest.raises(RuntimeError, match="broke off"):
            await first.task
        app.fails = False
        await second.task
        assert second.sent[1]["body"] == PAGE

    play(scenario)


def test_half_a_page_is_neither_sent_nor_stored_and_the_next_in_line_asks() -> None:
    async def scenario() -> None:
        app, memory = App(), live()
        pages = Remembering(app, memory, [])
        first, second = Reader(pages, scope("/en/")), Reader(pages, scope("/en/"))
        await breathe()
        app.breaks_off = True
        app.go_on.set()
        await first.task
        assert (first.sent[0]["status"], first.headers[b"retry-after"]) == (503, b"5")
        assert "broke off" in first.sent[1]["body"].decode()
        assert len(memory) == 0
        app.breaks_off = False
        await second.task
        assert second.sent[1]["body"] == PAGE
        assert len(app.asked) == 2
        assert len(memory) == 1

    play(scenario)


def test_a_reader_who_leaves_amid_the_answer_leaves_no_empty_page_behind() -> None:
    """The app has sent its headers and sees the reader go."""

    async def app(scope: Scope, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await App.gone(receive)

    async def scenario() -> None:
        memory = live()
        reader = Reader(Remembering(app, memory, []))
        await breathe()
        reader.left.set()
        await reader.task
        await asyncio.gather(*(task for task in asyncio.all_tasks() if task is not asyncio.current_task()))
        assert (reader.sent, len(memory)) == ([], 0)

    play(scenario)


def test_in_need_half_a_page_gives_way_to_the_one_put_aside() -> None:
    async def scenario() -> None:
        memory = live()
        memory.store(entry(), memory.begin())
        memory.lose()
        app = App()
        app.breaks_off = True
        app.go_on.set()
        reader = Reader(Remembering(app, memory, []))
        await reader.task
        assert (reader.sent[0]["status"], reader.sent[1]["body"]) == (200, PAGE)
        assert b"x-smartedu-stale" in reader.headers

    play(scenario)


def test_nothing_is_learnt_of_addresses_that_are_never_remembered() -> None:
    async def scenario() -> None:
        app, memory = App(), live()
        app.go_on.set()
        pages = Remembering(app, memory, [])
        for status in (200, 404):
            app.status = status
            long = Reader(pages, scope("/zh/" + "x" * 1000))
            await long.task
            assert long.sent[0]["status"] == status
        assert (len(memory), len(pages._known)) == (0, 0)
        await Reader(pages, scope("/zh/x")).task
        assert len(pages._known) == 1

    play(scenario)


def test_what_changes_while_it_is_rendered_is_shown_and_not_kept() -> None:
    async def scenario() -> None:
        app, memory = App(), live()
        reader = Reader(Remembering(app, memory, []))
        await breathe()
        memory.drop("resource:a")
        app.go_on.set()
        await reader.task
        assert reader.headers[b"cache-control"] == b"public, no-cache"
        assert len(memory) == 0

    play(scenario)


def test_unknown_parameters_and_another_order_find_the_same_page() -> None:
    async def scenario() -> None:
        app, memory = App(headers=[*HEADERS, (b"X-Page-Query", b"order page")]), live()
        app.go_on.set()
        pages = Remembering(app, memory, [])
        for query in (
            b"page=2&order=new&utm=1",
            b"order=new&page=2",
            b"utm=2&order=new&page=2",
            b"fb=1&page=2&order=new",
        ):
            await Reader(pages, scope(query=query)).task
        assert len(app.asked) == 1
        await Reader(pages, scope(query=b"utm=9")).task
        assert app.asked[-1]["query_string"] == b""  # the app is asked for the page, not for the link
        await Reader(pages, scope(query=b"fbclid=7")).task
        assert len(app.asked) == 2

    play(scenario)


def test_many_who_come_by_links_of_their_own_wait_for_one_page_once_it_is_known() -> None:
    async def scenario() -> None:
        app, memory = App(headers=[*HEADERS, (b"x-page-query", b"page")]), live()
        app.go_on.set()
        pages = Remembering(app, memory, [])
        await Reader(pages).task
        memory.drop("*")
        app.go_on.clear()
        readers = [Reader(pages, scope(query=b"from=%d" % number)) for number in range(20)]
        await breathe()
        app.go_on.set()
        await asyncio.gather(*(reader.task for reader in readers))
        assert len(app.asked) == 2

    play(scenario)


def test_head_fills_the_memory_and_sends_no_page() -> None:
    async def scenario() -> None:
        app, memory = App(), live()
        app.go_on.set()
        reader = Reader(Remembering(app, memory, []), scope(method="HEAD"))
        await reader.task
        assert (reader.sent[0]["status"], reader.sent[1]["body"]) == (200, b"")
        assert app.asked[0]["method"] == "GET"
        assert len(memory) == 1

    play(scenario)


def test_a_form_that_is_sent_goes_past_the_memory() -> None:
    async def scenario() -> None:
        app, memory = App(), live()
        app.go_on.set()
        memory.store(entry(), memory.begin())
        reader = Reader(Remembering(app, memory, []), scope(method="POST"))
        await reader.task
        assert app.asked[0]["method"] == "POST"
        assert b"x-page-keys" not in reader.headers
        assert len(memory) == 1

    play(scenario)


# -- need -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("noticed", [True, False])
def test_with_the_database_away_what_is_remembered_is_served_and_says_so(noticed: bool) -> None:
    async def scenario() -> None:
        memory = live()
        memory.store(entry(), memory.begin())
        memory.lose()
        memory.away = noticed
        app = App(503, [HEADERS[0], (b"X-Page-Away", b"database"), (b"retry-after", b"30")])
        app.go_on.set()
        pages = Remembering(app, memory, [])
        reader, other = Reader(pages), Reader(pages, scope("/zh/other"))
        await asyncio.gather(reader.task, other.task)
        assert (reader.sent[0]["status"], reader.sent[1]["body"]) == (200, PAGE)
        assert b"x-smartedu-stale" in reader.headers
        assert other.sent[0]["status"] == 503
        assert b"retry-after" in other.headers
        assert b"x-page-away" not in other.headers
        # A refusal that is about the page and not about the database is passed on.
        memory.away, app.status, app.headers = False, 404, HEADERS[:1]
        gone = Reader(pages)
        await gone.task
        assert gone.sent[0]["status"] == 404
        memory.regain()
        memory.lose()
        assert memory.put_aside(b"/zh/") is None

    play(scenario)


@pytest.mark.parametrize(("language", "words"), [("zh", "平台暂时读不到数据"), ("en", "cannot reach its records")])
def test_other_pages_are_refused_in_the_readers_language(language: str, words: str) -> None:
    async def scenario() -> None:
        memory = live()
        memory.lose()
        memory.away = True
        app = App()
        reader = Reader(Remembering(app, memory, []), scope(f"/{language}/never-asked"))
        await reader.task
        assert reader.sent[0]["status"] == 503
        assert reader.headers[b"retry-after"] == b"5"
        assert words in reader.sent[1]["body"].decode()
        assert app.asked == []
        home = Reader(Remembering(app, memory, []), scope("/", accept_language=language))
        await home.task
        assert (home.sent[0]["status"], home.headers[b"location"].decode()) == (302, f"/{language}/")

    play(scenario)
