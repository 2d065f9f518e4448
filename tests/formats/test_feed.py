"""Reading the catalogue feed: what is right is read, what is wrong is named with its place."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartedu.formats.feed import FeedError, FeedProblem, read_books, read_tree, read_version
from tests.formats import feeds

DEEP = 100_000


def as_bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def problems(read: Any, data: bytes) -> tuple[FeedProblem, ...]:
    with pytest.raises(FeedError) as caught:
        read(data, "part.json")
    found: tuple[FeedProblem, ...] = caught.value.problems
    assert found
    for problem in found:
        assert problem.file == "part.json"
        assert problem.zh
        assert problem.en
        problem.text.encode()  # a message must be printable whatever it speaks of
    return found


def test_urls_may_be_a_list_or_a_joined_string() -> None:
    listed = read_version(as_bytes(feeds.version("national_lesson", 100, 101)), "v")
    joined = read_version(as_bytes(feeds.version("national_lesson", 100, 101, joined=True)), "v")
    assert listed == joined
    assert len(listed.urls) == 2


@pytest.mark.parametrize(
    "urls",
    [
        "",
        [],
        ["ftp://example.org/part_1.json"],
        ["https://example.org/../../etc/passwd"],
        ["https://example.org/part_1.json\0"],
        ["https://[broken/part_1.json"],
        ["part_1.json"],
        [7],
        7,
        None,
    ],
)
def test_addresses_that_are_none_are_refused(urls: Any) -> None:
    problems(read_version, as_bytes({"module": "national_lesson", "module_version": 1, "urls": urls}))


@pytest.mark.parametrize("number", [True, "7", 1.5, -1, 10**30, None])
def test_a_version_is_a_number(number: Any) -> None:
    data = feeds.version("national_lesson", 1) | {"module_version": number}
    assert problems(read_version, as_bytes(data))[0].where == "module_version"


def test_a_book_is_read_with_its_levels() -> None:
    (book,) = read_books(as_bytes([feeds.book(1, tags={"revision": "新教材"})]), "p")
    assert (book.id, book.status, book.type_code) == ("book-1", "ONLINE", "teachingmaterials")
    assert book.names("subject") == ("数学",)
    assert book.names("revision") == ("新教材",)
    assert book.updated is not None


def test_an_e_textbook_brings_its_publisher_and_its_path() -> None:
    (book,) = read_books(as_bytes([feeds.e_book(1, title=None, global_title={"zh-CN": "数学"})]), "p")
    assert book.title == "数学"
    assert book.providers == ("智慧中小学", "人民教育出版社")
    assert book.tag_paths[0][-1] == "e-one"


def test_extra_fields_and_dimensions_are_fine() -> None:
    record = feeds.book(1, whatever={"deep": [1, None]})
    record["tag_list"].append(feeds.tag("tagView", "同步课资源视图"))
    (book,) = read_books(as_bytes([record]), "p")
    assert [tag.level for tag in book.tags][-1] == ""


def test_a_mark_of_order_is_looked_over() -> None:
    assert len(read_books(b"\xef\xbb\xbf" + as_bytes([feeds.book()]), "p")) == 1


GOOD = as_bytes([feeds.book(1), feeds.book(2)])
BROKEN_FILES = {
    "empty": b"",
    "cut off": GOOD[: len(GOOD) // 2],
    "cut off in a character": GOOD[: GOOD.index("小".encode()) + 1],
    "not a list": b"{}",
    "null": b"null",
    "list of numbers": b"[1, 2]",
    "trailing": GOOD + b"x",
    "not UTF-8": GOOD.replace("小".encode(), b"\xff\xfe"),
    "UTF-16": "[]".encode("utf-16"),
    "NaN": GOOD.replace(b'"size": 0', b'"size": NaN'),
    "nested without end": b"[" * DEEP,
    "nested and closed": b"[" * DEEP + b"]" * DEEP,
    "nested in a field": GOOD.replace(b'"size": 0', b'"size": ' + b"[" * DEEP + b"]" * DEEP),
    "lone surrogate": GOOD.replace("小".encode(), b"\\ud800"),
    "lone surrogate unseen": GOOD.replace(b'"size": 0', b'"size": "\\udfff"'),
    "repeated key": GOOD.replace(b'"status": "ONLINE"', b'"status": "ONLINE", "status": "OFFLINE"'),
}


@pytest.mark.parametrize("data", BROKEN_FILES.values(), ids=BROKEN_FILES.keys())
def test_broken_files_are_refused(data: bytes) -> None:
    problems(read_books, data)


def test_a_file_that_claims_to_be_larger_than_it_is_is_cut_off() -> None:
    assert problems(read_books, b'[{"title": "' + b"x" * 1_000_000)[0].code == "cut-off"


BROKEN_FIELDS: dict[str, tuple[str, Any]] = {
    "number as title": ("title", 7),
    "no title": ("title", None),
    "blank title": ("title", "  \n "),
    "endless title": ("title", "数" * 301),
    "NUL in title": ("title", "小学\0数学"),
    "bell in title": ("title", "小学\a数学"),
    "turned direction": ("title", "小学\u202e数学"),
    "script": ("title", "<script>alert(1)</script>"),
    "entity": ("title", "&lt;b&gt;"),
    "id of another type": ("id", ["x"]),
    "id with a path": ("id", "../../x"),
    "endless id": ("id", "x" * 101),
    "status of another type": ("status", True),
    "time that is none": ("update_time", "yesterday"),
    "tags of another type": ("tag_list", {}),
    "tag of another type": ("tag_list", ["数学"]),
    "tag without name": ("tag_list", [{"tag_id": "x", "tag_dimension_id": "zxxxk"}]),
    "tag with a number for a name": ("tag_list", [feeds.tag("subject", "数学") | {"tag_name": 5}]),
    "tag with markup": ("tag_list", [feeds.tag("subject", "<img src=x onerror=alert(1)>")]),
    "enormous order": ("tag_list", [feeds.tag("subject", "数学") | {"order_num": 10**400}]),
    "a thousand tags": ("tag_list", [feeds.tag("subject", "数学")] * 1000),
    "provider of another type": ("provider_list", "人民教育出版社"),
    "path of another type": ("tag_paths", [7]),
}


@pytest.mark.parametrize(("field", "value"), BROKEN_FIELDS.values(), ids=BROKEN_FIELDS.keys())
def test_a_wrong_field_is_named_with_its_record(field: str, value: Any) -> None:
    found = problems(read_books, as_bytes([feeds.book(1), feeds.book(2, **{field: value})]))
    assert found[0].where.startswith("record 2")
    assert field in found[0].where


def test_a_missing_field_is_named() -> None:
    record = feeds.book()
    del record["status"]
    (problem,) = problems(read_books, as_bytes([record]))
    assert problem.where == "record 1, status"
    assert "缺少" in problem.zh


def test_an_id_stands_once() -> None:
    (problem,) = problems(read_books, as_bytes([feeds.book(1), feeds.book(2), feeds.book(1)]))
    assert problem.where.startswith("record 3")
    assert "record 1" in problem.en


def test_all_problems_are_told_at_once_up_to_a_limit() -> None:
    found = problems(read_books, as_bytes([feeds.book(n, title=n) for n in range(100)]))
    assert len(found) == 20


def test_a_tree_is_flattened_in_its_order() -> None:
    read = read_tree(as_bytes(feeds.lessons_tree()), "t")
    assert [node.name for node in read.nodes] == ["小学", "一年级", "数学", "人教版", "上册"]
    assert [node.dimension for node in read.nodes] == ["stage", "grade", "subject", "edition", "volume"]
    assert read.nodes[-1].path == ("小学", "一年级", "数学", "人教版", "上册")
    (hidden,) = read.hidden
    assert (hidden.tag_id, hidden.dimension, hidden.path[-1]) == ("volume-下册", "volume", "人教版")


def test_siblings_keep_their_order() -> None:
    data = feeds.tree(feeds.node("初中", "b", feeds.node("九年级", "b9"), level="年级"), feeds.node("小学", "a"))
    assert [node.name for node in read_tree(as_bytes(data), "t").nodes] == ["初中", "九年级", "小学"]


def test_a_hidden_child_is_marked() -> None:
    data = feeds.tree(feeds.node("小学", "a", feeds.node("一年级", "x"), level="年级", hidden_tags=["x"]))
    read = read_tree(as_bytes(data), "t")
    assert [node.hidden for node in read.nodes] == [False, True]
    assert read.hidden == ()


def nest(depth: int) -> dict[str, Any]:
    inner = feeds.node("底", "end")
    for number in range(depth):
        inner = feeds.node(f"层{number}", f"n{number}", inner, level="年级")
    return feeds.tree(inner)


BROKEN_TREES = {
    "no hierarchies": b"{}",
    "empty": as_bytes({"hierarchies": []}),
    "children of another type": as_bytes({"hierarchies": [{"children": {}}]}),
    "tag below itself": as_bytes(feeds.tree(feeds.node("小学", "a", feeds.node("一年级", "a"), level="年级"))),
    "two of one name": as_bytes(feeds.tree(feeds.node("小学", "a"), feeds.node("小学", "b"))),
    "name with NUL": as_bytes(feeds.tree(feeds.node("小\0学", "a"))),
    "name with markup": as_bytes(feeds.tree(feeds.node("<b>小学</b>", "a"))),
    "too deep for a curriculum": as_bytes(nest(30)),
    "too deep for anything": b'{"hierarchies":' + b'[{"children":' * DEEP,
    "hidden tags of another type": as_bytes(feeds.tree(feeds.node("小学", "a", level="年级", hidden_tags=[7]))),
}


@pytest.mark.parametrize("data", BROKEN_TREES.values(), ids=BROKEN_TREES.keys())
def test_broken_trees_are_refused(data: bytes) -> None:
    problems(read_tree, data)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_are_worse_than_a_refusal(data: bytes) -> None:
    for read in (read_books, read_tree, read_version):
        with contextlib.suppress(FeedError):
            read(data, "file")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(feeds.book())), JSON)
def test_any_value_in_any_field_is_read_or_refused(field: str, value: Any) -> None:
    with contextlib.suppress(FeedError):
        (book,) = read_books(as_bytes([feeds.book(1, **{field: value})]), "file")
        assert book.title.strip()


@given(st.data())
def test_a_file_cut_anywhere_is_refused(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD) - 1))
    problems(read_books, GOOD[:at])


@pytest.mark.skipif(not feeds.SHARED_FEED.is_dir(), reason="the captured feed is not beside this checkout")
def test_the_captured_feed_is_read_whole() -> None:
    def data(name: str) -> bytes:
        return (feeds.SHARED_FEED / name).read_bytes()

    assert len(read_version(data("course-data_version.json"), "v").urls) == 3
    assert len(read_version(data("textbook-data_version.json"), "v").urls) == 3
    books = [b for n in (100, 101) for b in read_books(data(f"course-part_{n}.json"), "p")]
    assert len(books) == 2000
    assert len(read_tree(data("course-national_lesson_tag.json"), "t").nodes) == 1575
    assert len(read_tree(data("textbook-tch_material_tag.json"), "t").nodes) == 1467
