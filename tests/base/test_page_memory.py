"""The page memory by itself: what it stores, what leaves it, and what its answers say."""

import gzip

import brotli
import pytest

from smartedu.base.pages import inside
from smartedu.base.pages.entry import Entry
from smartedu.base.pages.memory import Memory
from tests.base.page_makers import NOW, PAGE, entry, live, scope

# -- answers ----------------------------------------------------------------------------------------------


def test_each_reader_gets_the_page_in_his_encoding() -> None:
    page = entry()
    for accepted, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)):
        start, body = page.answer(scope(accept_encoding=accepted))
        headers = dict(start["headers"])
        assert unpack(body["body"]) == PAGE
        assert int(headers[b"content-length"]) == len(body["body"])
        assert headers.get(b"content-encoding", b"identity").decode() == accepted
        assert headers[b"vary"] == b"Accept-Encoding"
        assert headers[b"etag"].startswith(b'W/"')
        assert not any(name.startswith(b"x-page-") for name in headers)


def test_the_answers_bear_the_security_headers_and_the_page_its_own() -> None:
    own = (b"content-security-policy", b"default-src 'self'; frame-ancestors 'none'")
    headers = entry(headers=[own, (b"Referrer-Policy", b"same-origin")]).answer(scope())[0]["headers"]
    assert [value for name, value in headers if name == b"content-security-policy"] == [own[1]]
    assert [value for name, value in headers if name.lower() == b"referrer-policy"] == [b"same-origin"]
    assert (b"x-content-type-options", b"nosniff") in headers


def test_what_is_true_of_one_answer_only_is_not_kept() -> None:
    passing = [
        (b"Date", b"x"),
        (b"Vary", b"Cookie"),
        (b"ETag", b"x"),
        (b"Content-Length", b"9"),
        (b"X-Page-Query", b""),
    ]
    names = [name.lower() for name, _ in entry(headers=passing).answer(scope())[0]["headers"]]
    assert len(names) == len(set(names))
    assert b"date" not in names
    assert b"x-page-query" not in names


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', "*", 'W/"other",W/{}'])
def test_who_has_the_page_is_told_so(known: str) -> None:
    page = entry()
    tag = page.etag.removeprefix(b"W/").decode()
    start, body = page.answer(scope(if_none_match=known.format(tag), accept_encoding="br"))
    assert (start["status"], body["body"]) == (304, b"")
    assert {name for name, _ in start["headers"]} == {b"etag", b"cache-control", b"vary"}


def test_who_has_the_page_on_another_site_may_read_that_he_has_it() -> None:
    shared = [(b"Access-Control-Allow-Origin", b"*"), (b"Access-Control-Expose-Headers", b"ETag"), (b"Link", b"</x>")]
    page = entry(headers=shared)
    headers = page.answer(scope(if_none_match=page.etag.decode()))[0]["headers"]
    assert [pair for pair in headers if pair[0] not in (b"etag", b"cache-control", b"vary")] == shared[:2]


def test_who_has_another_page_gets_this_one() -> None:
    assert entry().answer(scope(if_none_match='W/"other"'))[0]["status"] == 200
    assert entry(body=b"new").etag != entry().etag


def test_head_is_answered_like_get_without_the_page() -> None:
    page = entry()
    start, body = page.answer(scope(method="HEAD", accept_encoding="gzip"))
    assert start == page.answer(scope(accept_encoding="gzip"))[0]
    assert body["body"] == b""


def test_a_stale_page_says_so_and_is_kept_by_nobody() -> None:
    page = entry()
    start, body = page.stale(scope(if_none_match=page.etag.decode()))
    headers = dict(start["headers"])
    assert (start["status"], body["body"]) == (200, PAGE)
    assert headers[b"warning"] == b'110 - "Response is Stale"'
    assert headers[b"x-smartedu-stale"] == b"2026-08-29T10:40:00+00:00"
    assert headers[b"cache-control"] == b"no-store"


# -- dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "control", "kept"),
    [
        (None, "public, max-age=0, s-maxage=30, stale-while-revalidate=30, stale-if-error=86400", None),
        (3600, "public, max-age=0, s-maxage=30, stale-while-revalidate=30", 3540),
        (61, "public, max-age=0, s-maxage=30, stale-while-revalidate=30", 1),
        (60, "public, no-cache", 60),
        (5, "public, no-cache", 5),
    ],
)
def test_a_dated_page_lives_nowhere_past_its_end(left: float | None, control: str, kept: float | None) -> None:
    until = [] if left is None else [(inside.UNTIL.encode(), f"{NOW + left:.0f}".encode())]
    page = entry(headers=until)
    assert dict(page.answer(scope())[0]["headers"])[b"cache-control"].decode() == control
    assert page.until == (None if kept is None else NOW + kept)


def test_a_page_of_yesterday_is_not_in_the_memory() -> None:
    time = [NOW]
    memory = Memory(1 << 20, clock=lambda: time[0])
    memory.regain()
    assert memory.store(entry(headers=[(b"x-page-until", f"{NOW + 100:.0f}".encode())]), 0 + memory.begin())
    assert memory.answer(scope()) is not None
    time[0] = NOW + 40
    assert memory.answer(scope()) is None
    assert memory.get(b"/zh/") is None
    assert len(memory) == memory.used_bytes == 0
    assert not memory.store(entry(headers=[(b"x-page-until", f"{NOW + 10:.0f}".encode())]), memory.begin())


def test_a_page_of_yesterday_is_not_served_in_need_either() -> None:
    time = [NOW]
    memory = Memory(1 << 20, clock=lambda: time[0])
    memory.regain()
    memory.store(entry(headers=[(b"x-page-until", f"{NOW + 1000:.0f}".encode())]), memory.begin())
    memory.lose()
    assert memory.put_aside(b"/zh/") is not None
    time[0] = NOW + 1000
    assert memory.put_aside(b"/zh/") is None


# -- the memory -------------------------------------------------------------------------------------------


def test_a_notice_drops_what_bears_its_key_and_nothing_else() -> None:
    memory = live()
    memory.store(entry(b"/zh/a", "resource:a"), memory.begin())
    memory.store(entry(b"/en/a", "resource:a column:x"), memory.begin())
    memory.store(entry(b"/zh/b", "resource:b"), memory.begin())
    assert memory.drop("resource:a") == 2
    assert [memory.get(target) is None for target in (b"/zh/a", b"/en/a", b"/zh/b")] == [True, True, False]
    assert memory.drop("*") == 1
    assert len(memory) == memory.used_bytes == 0


def test_nothing_is_stored_before_the_database_is_heard() -> None:
    memory = Memory(1 << 20)
    assert not memory.store(entry(), memory.begin())


def test_what_was_begun_before_the_database_is_heard_again_is_not_stored() -> None:
    memory = live()
    memory.lose()
    begun = memory.begin()
    memory.regain()
    assert not memory.store(entry(), begun)
    assert memory.store(entry(), memory.begin())


def test_a_page_without_a_key_is_not_stored() -> None:
    memory = live()
    assert not memory.store(entry(keys=""), memory.begin())


def test_so_many_notices_that_they_are_not_all_remembered_are_on_the_safe_side() -> None:
    memory = live()
    begun = memory.begin()
    for number in range(20_001):
        memory.drop(f"resource:{number}")
    assert not memory.store(entry(keys="resource:quiet"), begun)
    assert memory.store(entry(keys="resource:quiet"), memory.begin())


def test_the_least_recently_used_page_leaves_first() -> None:
    size = entry(b"/zh/0").size
    memory = live(size * 10 + 100)
    for number in range(10):
        memory.store(entry(f"/zh/{number}".encode()), memory.begin())
    memory.answer(scope("/zh/0"))
    memory.store(entry(b"/zh/new"), memory.begin())
    assert memory.get(b"/zh/0") is not None
    assert memory.get(b"/zh/1") is None
    assert memory.used_bytes <= size * 10 + 100


def test_searches_without_end_push_out_nothing_but_searches() -> None:
    memory = live(200_000)
    for number in range(20):
        memory.store(entry(f"/zh/{number}".encode()), memory.begin())
    for number in range(1000):
        memory.store(entry(f"/zh/search?q={number}".encode()), memory.begin())
    assert all(memory.get(f"/zh/{number}".encode()) is not None for number in range(20))
    assert memory.get(b"/zh/search?q=999") is not None
    assert memory.used_bytes <= 200_000


def test_a_page_too_large_for_the_memory_is_not_stored() -> None:
    import random

    memory = live(100_000)
    assert not memory.store(entry(body=random.Random(1).randbytes(50_000)), memory.begin())
    assert memory.used_bytes == 0


def test_what_an_entry_takes_is_counted_truly() -> None:
    import tracemalloc

    def made(number: int) -> Entry:
        headers = [
            (b"x-frame-options", b"DENY"),
            (b"content-language", b"zh"),
            (b"content-security-policy", b"x" * 300),
        ]
        keys = " ".join(f"resource:{number}-{other}" for other in range(12))
        return entry(f"/zh/lessons/{number}".encode(), keys, b"%d" % number * 2000, headers=headers)

    memory = live(1 << 30)
    made(0)
    tracemalloc.start()
    for number in range(400):
        assert memory.store(made(number), memory.begin())
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 0.75 * taken < memory.used_bytes < 1.5 * taken
