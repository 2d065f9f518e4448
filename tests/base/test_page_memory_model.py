"""Two fronts, one database, and everything that can come between: no page is ever served as fresh that is not.

The guarantee, precisely (`smartedu.base.pages.memory`): when a front has been delivered the notice of a change, or has
lost its LISTEN, no answer to a request that comes to it afterwards, and that does not say that it is stale, was read
from the database before that change was committed, or before the loss; and once LISTEN is back, none was read before
a change that was committed until then, whose notice was missed. Nor is an answer called stale while the
database can be asked. Every reader who stays gets one whole answer.

Random sequences of publishing, withdrawing, notices that come late, LISTEN lost and back, a database that stops,
renderings of any length side by side, readers who leave, and packing that takes its time drive two real memories; only
the database and the app behind it are stood in for.
"""

import asyncio
import itertools
import json
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from smartedu.base.pages.asgi import Message
from tests.base.page_world import PAGES, QUERIES, THINGS, Asked, Database, Front, Rendering, Slow


class TwoFronts(RuleBasedStateMachine):
    """The machine that hypothesis drives."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.packing = Slow()
        self.loop.set_default_executor(self.packing)
        self.database = Database()
        # The second has room for two pages at a time.
        self.fronts = [Front(self.database, 1 << 20), Front(self.database, 40_000)]
        self.asked: list[Asked] = []

    def settle(self) -> None:
        """Let everything run that does not wait for us."""

        async def breathe() -> None:
            for _ in range(12):
                await asyncio.sleep(0)

        self.loop.run_until_complete(breathe())

    # -- the world ----------------------------------------------------------------------------------------

    @rule(thing=st.sampled_from([*THINGS, "*"]), withdrawn=st.booleans())
    @precondition(lambda self: self.database.running)
    def publish(self, thing: str, withdrawn: bool) -> None:
        committed = self.database.tick()
        for each in THINGS if thing == "*" else [thing]:
            old = self.database.version[each] or 0
            self.database.version[each] = None if withdrawn else old + 1
            self.database.committed[each] = committed
        for front in self.fronts:
            if front.memory.live:
                front.notices.append((thing, committed))

    @rule(which=st.integers(0, 1))
    def deliver(self, which: int) -> None:
        front = self.fronts[which]
        if front.notices:
            thing, committed = front.notices.popleft()
            front.memory.drop(thing)
            self.database.tick()
            for each in THINGS if thing == "*" else [thing]:
                front.known[each] = committed

    @rule(which=st.integers(0, 1), what=st.sampled_from(["lose", "lose", "lose", "stop", "stop unnoticed"]))
    def trouble(self, which: int, what: str) -> None:
        """One front loses its line; or the database stops, and the fronts know it to be away or not yet."""
        if what == "lose":
            self.fronts[which].lose()
        elif self.database.running:
            self.database.running = False
            self.database.tick()
            for front in self.fronts:
                front.lose()
                front.memory.away = what == "stop"
        self.settle()

    @rule(which=st.integers(0, 1))
    @precondition(lambda self: not self.database.running or not all(front.memory.live for front in self.fronts))
    def recover(self, which: int) -> None:
        """The database starts, then the fronts hear it again, one after the other."""
        if not self.database.running:
            self.database.running = True
            self.database.stopped_at.append(self.database.tick())
            for front in self.fronts:
                front.memory.away = False
        lost = [front for front in self.fronts if not front.memory.live]
        lost[which % len(lost)].regain()

    # -- readers ------------------------------------------------------------------------------------------

    @rule(
        which=st.integers(0, 1),
        path=st.sampled_from(sorted(PAGES)),
        query=st.sampled_from(QUERIES),
        method=st.sampled_from(["GET", "GET", "GET", "HEAD"]),
    )
    def ask_somewhere(self, which: int, path: str, query: str, method: str) -> None:
        self.ask(which, path, query, method)

    @rule(which=st.integers(0, 1), path=st.sampled_from(["/zh/ab", "/zh/list"]))
    def ask_for_what_all_want(self, which: int, path: str) -> None:
        self.ask(which, path, "", "GET")

    def ask(self, which: int, path: str, query: str, method: str) -> None:
        front = self.fronts[which]
        things = THINGS if PAGES[path] == ["*"] else PAGES[path]
        asked = Asked(front, things, dict(front.known), self.database.tick(), asyncio.Event())
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(b"accept-encoding", b"identity")],
        }

        async def receive() -> Message:
            await asked.gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            asked.sent.append(message)

        async def serve() -> None:
            found = front.memory.answer(scope)
            if found is None:
                await front.pages(scope, receive, send)
            else:
                asked.sent += found

        asked.task = self.loop.create_task(serve())
        self.asked.append(asked)
        self.settle()

    @rule(picks=st.lists(st.integers(0, 11), min_size=1, max_size=6))
    def go_on(self, picks: list[int]) -> None:
        """Work under way takes a few steps: the app reads, the app answers, a page is packed."""
        for pick in picks:
            works = [work for front in self.fronts for work in front.renderings if not work.answer.is_set()]
            steps: list[Any] = [*works, *self.packing.waiting]
            if not steps:
                return
            self.step(steps[pick % len(steps)])

    def step(self, step: Any) -> None:
        if isinstance(step, Rendering):
            (step.answer if step.read.is_set() else step.read).set()
        else:
            self.packing.waiting.remove(step)
            future, work = step
            future.set_result(work())
        self.settle()

    @rule(pick=st.integers(0, 9))
    def leave(self, pick: int) -> None:
        """A reader closes the page before it has come."""
        waiting = [asked for asked in self.asked if asked.task and not asked.task.done()]
        if waiting:
            waiting[pick % len(waiting)].gone.set()
            self.settle()

    @rule(which=st.integers(0, 1), path=st.sampled_from(sorted(PAGES)))
    def read_to_the_end(self, which: int, path: str) -> None:
        """A page is asked for and made without anything between, as it is nearly always."""
        self.ask(which, path, "", "GET")
        for _ in range(6):
            for work in [*self.fronts[which].renderings, *self.packing.waiting]:
                if not isinstance(work, Rendering) or not work.answer.is_set():
                    self.step(work)

    @rule(
        which=st.integers(0, 1),
        path=st.sampled_from(sorted(PAGES)),
        thing=st.sampled_from([*THINGS, "*"]),
        lost=st.booleans(),
        gaps=st.tuples(*[st.lists(st.sampled_from(["publish", "regain", "lose", "ask"]), max_size=3)] * 4),
    )
    def race(self, which: int, path: str, thing: str, lost: bool, gaps: tuple[Sequence[str], ...]) -> None:
        """What random steps alone hit too seldom: news of a page's things between the steps of its rendering."""
        front = self.fronts[which]
        while not self.database.running or not front.memory.live:
            self.recover(which)
        self.publish("*", withdrawn=False)
        while front.notices:
            self.deliver(which)
        if lost:
            front.lose()
        self.ask(which, path, "", "GET")
        for gap, step in zip(gaps, ("read", "answer", "pack", "be kept"), strict=True):
            for what in gap:
                self.happen(front, what, path, thing)
            under_way: list[Any] = [*self.packing.waiting] if step == "pack" else [*front.renderings]
            for work in under_way:
                if not isinstance(work, Rendering) or not work.answer.is_set():
                    self.step(work)
        self.ask(which, path, "", "GET")

    def happen(self, front: Front, what: str, path: str, thing: str) -> None:
        which = self.fronts.index(front)
        if what == "publish":
            self.publish(thing, withdrawn=False)
            while front.notices:
                self.deliver(which)
        elif what == "lose":
            front.lose()
        elif what == "regain" and not front.memory.live:
            front.regain()
        elif what == "ask":
            self.ask(which, path, "", "GET")

    # -- what holds ---------------------------------------------------------------------------------------

    @invariant()
    def every_answer_is_fresh_or_says_that_it_is_not(self) -> None:
        for asked in self.asked:
            assert asked.task is not None
            if asked.task.done() and not asked.checked:
                asked.checked = True
                self.check(asked)

    def check(self, asked: Asked) -> None:
        assert asked.task is not None
        asked.task.result()
        if asked.gone.is_set():
            return
        start, *bodies = asked.sent
        headers = dict(start["headers"])
        assert not any(name.startswith(b"x-page-") for name in headers)
        stale = b"x-smartedu-stale" in headers
        if stale:
            assert headers[b"warning"] == b'110 - "Response is Stale"'
            assert headers[b"cache-control"] == b"no-store"
            away = not self.database.running or any(at >= asked.at for at in self.database.stopped_at)
            assert away, "called stale while the database could be asked"
        if start["status"] == 503:
            assert not self.database.running or any(at >= asked.at for at in self.database.stopped_at)
            return
        body = b"".join(message["body"] for message in bodies)
        if not body:
            return
        page = json.loads(body)
        if not stale:
            for thing in asked.things:
                assert page["read_at"] >= asked.must_be_read_after[thing], f"{thing} is older than its notice"

    @invariant()
    def memories_are_counted(self) -> None:
        for front in self.fronts:
            assert front.memory.used_bytes <= front.memory._limit
            assert front.memory.used_bytes == sum(entry.size for entry in front.memory._found.values())
            borne = {key for entry in front.memory._found.values() for key in entry.keys}
            assert set(front.memory._bearing) == borne
            if not front.memory.live:
                assert len(front.memory) == 0

    def finish(self) -> None:
        """All renderings come to their end."""
        while self.packing.waiting or any(front.renderings for front in self.fronts):
            for front in self.fronts:
                for work in list(front.renderings):
                    work.read.set()
                    work.answer.set()
            self.settle()
            for packed in [*self.packing.waiting]:
                self.step(packed)

    def teardown(self) -> None:
        """Everything comes to its end: nobody who stayed waits for ever."""
        try:
            self.finish()
            for asked in self.asked:
                assert asked.task is not None
                assert asked.task.done(), "a reader waits for ever"
            self.every_answer_is_fresh_or_says_that_it_is_not()
        finally:
            self.packing.shutdown()
            self.loop.close()


TwoFronts.TestCase.settings = settings(
    max_examples=120,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
test_no_page_is_older_than_its_last_notice = TwoFronts.TestCase


def test_in_whatever_order_news_comes_around_one_rendering() -> None:
    """All of it, where random sequences find the rare only now and then: news in each of the four gaps of a rendering
    (before it reads, before it answers, before it is packed, once it is kept), and then somebody asks."""
    news = ((), ("publish",), ("lose",), ("lose", "regain"), ("publish", "regain"))
    pages = (("/zh/ab", "b"), ("/zh/ab", "*"), ("/zh/all", "b"))
    world = TwoFronts()
    try:
        for (path, thing), lost in itertools.product(pages, (False, True)):
            for gaps in itertools.product(news, repeat=4):
                world.race(0, path, thing, lost=lost, gaps=gaps)
                world.every_answer_is_fresh_or_says_that_it_is_not()
                world.finish()
                world.asked.clear()
    finally:
        world.teardown()
