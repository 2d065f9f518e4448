"""Files for the front: every range is the slice it says, and nothing outside the folder can be had."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartedu.library.media.files import Folder, open_inside
from smartedu.library.media.ranges import NotSatisfiable, Span, wanted_span
from tests.library.asking import Answer, ask

BYTES = bytes(range(256)) * 4096  # a megabyte: several pieces


@pytest.fixture
def media(tmp_path: Path) -> Folder:
    root = tmp_path / "media"
    (root / "film").mkdir(parents=True)
    (root / "film" / "all.mp4").write_bytes(BYTES)
    (root / "empty.vtt").write_bytes(b"")
    (tmp_path / "secret.txt").write_text("secret")
    return Folder(root, "/media/", lambda path: b"public, max-age=60")


# -- ranges -----------------------------------------------------------------------------------------------


@given(st.binary(max_size=50), st.integers(0, 60), st.integers(0, 60))
def test_a_range_is_the_slice_it_says(data: bytes, first: int, last: int) -> None:
    header = f"bytes={first}-{last}"
    if not data or last < first:
        assert wanted_span(header, len(data)) is None
    elif first >= len(data):
        with pytest.raises(NotSatisfiable):
            wanted_span(header, len(data))
    else:
        span = wanted_span(header, len(data))
        assert span is not None
        assert data[span.start : span.stop] == data[first : last + 1]


@given(st.binary(min_size=1, max_size=50), st.integers(0, 60))
def test_open_ranges_and_suffixes_are_slices(data: bytes, number: int) -> None:
    def cut(header: str) -> bytes:
        try:
            span = wanted_span(header, len(data))
        except NotSatisfiable:
            return b""
        assert span is not None
        return data[span.start : span.stop]

    assert cut(f"bytes={number}-") == data[number:]
    assert cut(f"bytes=-{number}") == (data[-number:] if number else b"")


@given(st.text(max_size=30), st.integers(0, 100))
def test_no_header_breaks_it(value: str, size: int) -> None:
    for header in (value, f"bytes={value}"):
        try:
            span = wanted_span(header, size)
        except NotSatisfiable:
            continue
        assert span is None or 0 <= span.start < span.stop <= size


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-9,10-19", Span(0, 20)),
        ("bytes=10-19, 0-12", Span(0, 20)),
        ("bytes=0-1,50-51", Span(0, 2)),
        ("bytes=500-600,3-4", Span(3, 5)),
        ("bytes=" + ",".join(["0-0"] * 17), None),
        ("bytes=a-b", None),
        ("bytes=-", None),
        ("items=0-1", None),
        ("bytes=٣-٤", None),
    ],
)
def test_several_ranges_and_odd_ones(header: str, span: Span | None) -> None:
    assert wanted_span(header, 100) == span


# -- answers ----------------------------------------------------------------------------------------------


def test_a_file_is_sent_whole_with_its_type(media: Folder) -> None:
    answer = ask(media, "/media/film/all.mp4")
    assert (answer.status, answer.body, answer.whole) == (200, BYTES, True)
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["content-length"] == str(len(BYTES))
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["cache-control"] == "public, max-age=60"


@pytest.mark.parametrize("span", ["0-0", "5-300000", "1000000-", "-7"])
def test_a_part_is_sent_as_206(media: Folder, span: str) -> None:
    answer = ask(media, "/media/film/all.mp4", range=f"bytes={span}")
    wanted = wanted_span(f"bytes={span}", len(BYTES))
    assert wanted is not None
    assert (answer.status, answer.body) == (206, BYTES[wanted.start : wanted.stop])
    assert answer.headers["content-range"] == f"bytes {wanted.start}-{wanted.stop - 1}/{len(BYTES)}"


def test_a_range_behind_the_end_is_416_with_the_length(media: Folder) -> None:
    answer = ask(media, "/media/film/all.mp4", range=f"bytes={len(BYTES)}-")
    assert (answer.status, answer.headers["content-range"]) == (416, f"bytes */{len(BYTES)}")


def test_head_tells_all_and_sends_nothing(media: Folder) -> None:
    answer = ask(media, "/media/film/all.mp4", "HEAD")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", str(len(BYTES)))


def test_what_is_known_already_is_not_sent_again(media: Folder) -> None:
    first = ask(media, "/media/film/all.mp4")
    for condition in (
        {"if_none_match": first.headers["etag"]},
        {"if_none_match": '"other", W/' + first.headers["etag"]},
        {"if_modified_since": first.headers["last-modified"]},
    ):
        answer = ask(media, "/media/film/all.mp4", **condition)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["etag"] == first.headers["etag"]
    changed = {"if_none_match": '"other"', "if_modified_since": first.headers["last-modified"]}
    assert ask(media, "/media/film/all.mp4", **changed).status == 200


def test_a_part_of_another_file_than_the_one_begun_is_never_sent(media: Folder) -> None:
    etag = ask(media, "/media/film/all.mp4").headers["etag"]
    assert ask(media, "/media/film/all.mp4", range="bytes=0-9", if_range=etag).status == 206
    assert ask(media, "/media/film/all.mp4", range="bytes=0-9", if_range='"old"').status == 200


def test_an_empty_file_is_sent(media: Folder) -> None:
    answer = ask(media, "/media/empty.vtt", range="bytes=0-")
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"", "text/vtt; charset=utf-8")


def test_only_reading_is_possible(media: Folder) -> None:
    assert ask(media, "/media/film/all.mp4", "POST").status == 405


def test_a_file_cut_while_it_is_sent_is_not_passed_off_as_whole(media: Folder) -> None:
    path = media.root / "film" / "all.mp4"
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)
        os.truncate(path, 300_000)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(3600)
        return {}

    scope = {"type": "http", "method": "GET", "path": "/media/film/all.mp4", "headers": [], "query_string": b""}
    asyncio.run(media(scope, receive, send))
    answer = Answer(sent)
    assert len(answer.body) == 300_000
    assert not answer.whole


@pytest.mark.parametrize("name", ["drawing.svg", "page.html", "data.xml", "thing", "x.exe", "code.js"])
def test_what_could_act_as_us_is_saved_and_never_shown(media: Folder, name: str) -> None:
    (media.root / name).write_bytes(b"<script>alert(1)</script>")
    headers = ask(media, f"/media/{name}").headers
    assert headers["content-disposition"] == "attachment"
    assert "sandbox" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.m3u8", "application/vnd.apple.mpegurl"),
        ("a.ts", "video/mp2t"),
        ("a.m4s", "video/iso.segment"),
        ("a.pdf", "application/pdf"),
        ("a.JPG", "image/jpeg"),
        ("a.webp", "image/webp"),
    ],
)
def test_what_a_lesson_is_made_of_is_shown(media: Folder, name: str, kind: str) -> None:
    (media.root / name).write_bytes(b"x")
    headers = ask(media, f"/media/{name}").headers
    assert headers["content-type"] == kind
    assert "content-disposition" not in headers


def test_our_own_files_come_compressed_to_who_accepts_that(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("plain")
    (tmp_path / "a.js.br").write_text("by brotli")
    (tmp_path / "a.js.gz").write_text("by gzip")
    static = Folder(tmp_path, "/static/", lambda path: b"", ours=True)
    for accepted, body, encoding in (
        ("gzip, deflate, br", b"by brotli", "br"),
        ("gzip, br;q=0", b"by gzip", "gzip"),
        ("", b"plain", None),
    ):
        answer = ask(static, "/static/a.js", accept_encoding=accepted)
        assert (answer.body, answer.headers.get("content-encoding")) == (body, encoding)
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert answer.headers["vary"] == "Accept-Encoding"
    assert "content-disposition" not in ask(static, "/static/a.js").headers


# -- nothing outside ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "film/../../secret.txt",
        "..\\secret.txt",
        "film/..",
        "/etc/passwd",
        "//etc/passwd",
        "film//all.mp4",
        "./film/all.mp4",
        "film/all.mp4\0.jpg",
        "\0",
        "",
        "film",
        "film/",
        ".hidden",
        "film/.part",
        "out",
        "out-folder/secret.txt",
        "loop",
        "pipe",
        "film/%2e%2e/%2e%2e/secret.txt",
        "a" * 5000,
        "\udcff",
    ],
)
def test_no_path_leads_out(media: Folder, path: str) -> None:
    root = media.root
    for hidden in (root / ".hidden", root / "film" / ".part"):
        hidden.write_text("half an upload")
    (root / "out").symlink_to(root.parent / "secret.txt")
    (root / "out-folder").symlink_to(root.parent)
    (root / "loop").symlink_to(root / "loop")
    os.mkfifo(root / "pipe")
    assert open_inside(os.path.realpath(root), path) is None
    assert ask(media, "/media/" + path).status == 404


def test_a_folder_that_only_begins_with_the_same_name_is_outside(media: Folder) -> None:
    other = media.root.parent / "media-of-others"
    other.mkdir()
    (other / "a.txt").write_text("theirs")
    (media.root / "link.txt").symlink_to(other / "a.txt")
    assert ask(media, "/media/link.txt").status == 404


def test_a_link_that_stays_inside_is_followed(media: Folder) -> None:
    (media.root / "again.mp4").symlink_to(media.root / "film" / "all.mp4")
    assert ask(media, "/media/again.mp4", range="bytes=0-3").body == BYTES[:4]
