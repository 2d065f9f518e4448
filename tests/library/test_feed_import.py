"""Importing the catalogue feed: every record finds its place or is named; a broken file changes nothing."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.db import connection

from smartedu.base.errors import DomainError
from smartedu.library import queries
from smartedu.library.actions import Publication, publish_version
from smartedu.library.content import ChapterNode, Kind, Textbook
from smartedu.library.feed.actions import BARE_TITLES
from smartedu.library.feed.importer import SOURCE, import_feed
from smartedu.library.feed.result import ImportResult
from smartedu.library.models import Publisher, Resource, ResourceVersion, Tag, TaxonomyNode
from smartedu.rules.taxonomy import View
from tests.formats import feeds
from tests.library.makers import Maker, lesson_content, textbook_content

pytestmark = pytest.mark.django_db

AT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
TABLES = (
    "library_resource",
    "library_resourceversion",
    "library_tag",
    "library_taxonomynode",
    "library_publisher",
    "library_chapter",
    "base_auditentry",
)


def run(folder: Path, *, later: int = 0) -> ImportResult:
    said: list[str] = []
    result = import_feed(folder, by=None, at=AT + timedelta(days=later), report=said.append)
    assert said
    return result


def state() -> dict[str, tuple[int, str]]:
    """Rows and a digest of every table an import writes to."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t")
            found[table] = cursor.fetchone()
    return found


def of(source_id: str) -> Resource:
    return Resource.objects.get(source=SOURCE, source_id=source_id)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return feeds.write(tmp_path / "feed", feeds.small_feed())


def test_books_of_both_modules_find_their_places(folder: Path) -> None:
    result = run(folder)
    assert (result.created, result.versioned, result.unchanged) == (6, 0, 0)
    assert result.unplaced == ()
    assert len(result.skipped_parts) == 1
    assert result.skipped_parts[0].endswith("part_101.json")
    assert result.nameless == 1

    book = of("book-1")
    assert (book.kind, book.column.code, book.system, book.grades) == ("textbook", "primary", "6-3", ["grade-1"])
    assert book.title_en.startswith("Maths, grade 1, volume 1")
    five_four = of("book-3")
    assert (five_four.column.code, five_four.system, five_four.grades) == ("five-four", "5-4", ["grade-6"])
    senior = of("book-4")
    assert (senior.column.code, senior.system, senior.grades) == ("senior", "", [])
    electronic = of("e-book-1")
    assert (electronic.kind, electronic.column.code) == ("e_textbook", "e-textbooks")
    assert electronic.publisher is not None
    assert electronic.publisher.name_zh == "人民教育出版社"


def test_a_special_schools_book_is_placed_by_its_path_through_the_tree(folder: Path) -> None:
    run(folder)
    book = of("e-book-2")
    assert book.stage is not None
    assert book.strand is not None
    assert (book.stage.code, book.strand.code, book.grades) == ("special", "blind-school", ["grade-3"])
    assert book.edition is None


def test_both_trees_are_laid_with_what_they_hide(folder: Path) -> None:
    run(folder)
    lessons = TaxonomyNode.objects.filter(view=View.LESSONS).order_by("position")
    assert [(n.name, n.depth, n.hidden) for n in lessons] == [
        ("小学", 1, False),
        ("一年级", 2, False),
        ("数学", 3, False),
        ("人教版", 4, False),
        ("上册", 5, False),
        ("下册", 5, True),
    ]
    books = TaxonomyNode.objects.filter(view=View.E_TEXTBOOKS).order_by("position")
    assert [n.name for n in books if n.depth == 1] == ["小学", "特殊教育"]
    assert all(n.tag for n in books)


def test_a_second_import_changes_nothing(folder: Path) -> None:
    run(folder)
    before = state()
    result = run(folder, later=1)
    assert (result.created, result.versioned, result.unchanged) == (0, 0, 6)
    assert state() == before


def test_a_changed_record_makes_a_new_version_and_the_old_one_stays(folder: Path) -> None:
    run(folder)
    feeds.write(folder, {"course-part_100.json": [feeds.book(1, title="小学数学人教版一年级上册（修订）")]})
    result = run(folder, later=1)
    assert (result.versioned, result.unchanged) == (1, 2)
    book = of("book-1")
    assert book.title.endswith("（修订）")
    titles = [v.read().title for v in ResourceVersion.objects.filter(resource=book).order_by("number")]
    assert titles == ["小学数学人教版一年级上册1", "小学数学人教版一年级上册（修订）"]


def test_a_book_that_goes_offline_is_withdrawn_and_may_come_back(folder: Path) -> None:
    run(folder)
    feeds.write(folder, {"course-part_100.json": [feeds.book(1, status="OFFLINE"), feeds.book(9, status="OFFLINE")]})
    result = run(folder, later=1)
    assert (result.withdrawn, result.offline, result.created) == (1, 2, 0)
    assert of("book-1").version is None
    assert not Resource.objects.filter(source_id="book-9").exists()
    before = state()
    assert run(folder, later=2).withdrawn == 0
    assert state() == before
    feeds.write(folder, {"course-part_100.json": [feeds.book(1)]})
    assert run(folder, later=3).versioned == 1
    assert of("book-1").version is not None


def test_a_name_nobody_knew_becomes_a_tag_of_its_level(folder: Path) -> None:
    new = feeds.book(1, tags={"edition": "火星版（主编：甲&乙）", "volume": "必修9 没人听说过的主题"})
    feeds.write(folder, {"course-part_100.json": [new]})
    assert run(folder).unplaced == ()
    book = of("book-1")
    assert book.edition is not None
    assert book.edition.name_zh == "火星版（主编：甲&乙）"
    assert book.volume is not None
    before = Tag.objects.get(dimension="volume", name_zh="选择性必修 上册")
    assert book.volume.position < before.position


UNPLACED: dict[str, tuple[dict[str, Any], str]] = {
    "no tags": ({"tag_list": []}, "stage"),
    "unknown stage": ({"tags": {"stage": "火星学校"}}, "stage"),
    "no subject": ({"tags": {"subject": None}}, "subject"),
    "no edition": ({"tags": {"edition": None}}, "edition"),
    "no grade": ({"tags": {"grade": None}}, "grade"),
    "grade of another stage": ({"tags": {"grade": "高二"}}, "grade"),
    "tag of another level": ({"tag_list": [feeds.tag("edition", "数学", "stage-小学")]}, "edition"),
    "not a textbook": ({"resource_type_code": "national_lesson"}, "resource_type_code"),
    "two subjects": (
        {"tag_list": [feeds.tag("stage", "小学"), feeds.tag("subject", "数学"), feeds.tag("subject", "语文")]},
        "subject",
    ),
}


@pytest.mark.parametrize(("changes", "field"), UNPLACED.values(), ids=UNPLACED.keys())
def test_a_record_without_a_place_is_named_and_the_rest_come_in(
    folder: Path, changes: dict[str, Any], field: str
) -> None:
    feeds.write(folder, {"course-part_100.json": [feeds.book(1), feeds.book(2, **changes)]})
    result = run(folder)
    (left_out,) = result.unplaced
    assert left_out.field == field
    assert "record 2 ('book-2')" in left_out.record
    assert left_out.zh
    assert left_out.en
    assert left_out.text in str(result)
    assert not Resource.objects.filter(source_id="book-2").exists()
    assert of("book-1").version is not None


def test_a_tag_that_the_tree_calls_otherwise_is_placed_as_it_says_and_noted(folder: Path) -> None:
    record = feeds.book(1)
    record["tag_list"][3] = feeds.tag("edition", "北师大版", "edition-人教版")
    feeds.write(folder, {"course-part_100.json": [record]})
    result = run(folder)
    assert len(result.notes) == 1
    edition = of("book-1").edition
    assert edition is not None
    assert edition.code == "bnup"


def test_the_table_of_publishers_is_used_with_its_other_spellings(folder: Path) -> None:
    rows = [
        "stage,subject,edition,publisher,n_files",
        "初中,地理,商务星图版,中国地图出版社,4",
        "小学,数学,西南师大版,西南师范大学出版社,12",
        "小学,数学,人教版,甲出版社|乙出版社,4",
    ]
    books = [
        feeds.book(1, tags={"stage": "初中", "grade": "八年级", "subject": "地理", "edition": "商务星球版"}),
        feeds.book(2, tags={"edition": "西南师大版"}),
        feeds.book(3),
        feeds.book(4, tags={"edition": "火星版"}),
    ]
    feeds.write(folder, {"course-part_100.json": books})
    (folder.parent / "edition-publishers.csv").write_text("\n".join(rows), encoding="utf-8")
    run(folder)
    houses = [book.publisher and book.publisher.name_zh for book in map(of, ("book-1", "book-2", "book-3", "book-4"))]
    assert houses == ["中国地图出版社", "西南大学出版社", "人民教育出版社", None]
    assert Publisher.objects.get(name_zh="西南大学出版社").former_names == ["西南师范大学出版社"]


def test_files_may_lie_there_without_their_prefix(tmp_path: Path) -> None:
    files = {name.removeprefix("course-"): f for name, f in feeds.small_feed().items() if name.startswith("course-")}
    assert run(feeds.write(tmp_path / "plain", files)).created == 4


def test_a_part_without_prefix_goes_to_the_module_it_speaks_of(folder: Path) -> None:
    (folder / "course-part_100.json").rename(folder / "part_100.json")
    assert run(folder).created == 6


def test_a_part_that_no_version_file_names_is_told(folder: Path) -> None:
    feeds.write(folder, {"course-part_900.json": [feeds.book(900)]})
    assert run(folder).unnamed_parts == ("course-part_900.json",)


def spoiled(name: str, change: Callable[[Path], object]) -> Any:
    return pytest.param(change, id=name)


def put(**files: Any) -> Callable[[Path], object]:
    """Write files; `__` in a name stands for `-` and the ending is .json."""
    return lambda folder: feeds.write(folder, {f"{name.replace('__', '-')}.json": c for name, c in files.items()})


def edit(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(change((folder / name).read_bytes()))


PART, TREE, VERSION = "course-part_100.json", "course-national_lesson_tag.json", "course-data_version.json"
HUGE_ORDER = feeds.tag("stage", "小学") | {"order_num": 10**99}
NO_TAG_ID = {"tag_name": "小学", "tag_dimension_id": "zxxxd"}
LONG_NAMES = feeds.node(
    "年" * 110,
    "b",
    feeds.node("科" * 110, "c", feeds.node("版" * 110, "d", feeds.node("册" * 110, "e"), level="册次"), level="版本"),
    level="学科",
)
LONG_PATHS = feeds.tree(feeds.node("小学", "a", LONG_NAMES, level="年级"))
BELOW_ITSELF = feeds.tree(feeds.node("小学", "a", feeds.node("一年级", "a"), level="年级"))
CLIMBING = feeds.version("national_lesson", 1) | {"urls": ["https://files.example.org/.."]}
PUBLISHERS = "edition-publishers.csv"


def one(**changes: Any) -> Callable[[Path], object]:
    return put(course__part_100=[feeds.book(1, **changes)])


BROKEN = [
    spoiled("part cut off", edit(PART, lambda d: d[: len(d) // 2])),
    spoiled("part empty", edit(PART, lambda d: b"")),
    spoiled("part an object", edit(PART, lambda d: b"{}")),
    spoiled("part not UTF-8", edit(PART, lambda d: d.replace("小学".encode(), b"\xd0\xff"))),
    spoiled("part in UTF-16", edit(PART, lambda d: d.decode().encode("utf-16"))),
    spoiled("part with NaN", edit(PART, lambda d: d.replace(b'"size": 0', b'"size": NaN'))),
    spoiled("part nested deeply", edit(PART, lambda d: b"[" * 100_000)),
    spoiled("part with half a character", edit(PART, lambda d: d.replace("上册1".encode(), b"\\ud83d"))),
    spoiled("part with a repeated key", edit(PART, lambda d: d.replace(b'"id":', b'"id": "x", "id":', 1))),
    spoiled("part a folder", lambda f: ((f / PART).unlink(), (f / PART).mkdir())),
    spoiled("part a pipe", lambda f: ((f / PART).unlink(), os.mkfifo(f / PART))),
    spoiled("title a number", put(course__part_100=[feeds.book(1), feeds.book(2, title=7)])),
    spoiled("title with NUL", one(title="数学\0")),
    spoiled("title with script", one(title="<script>alert(1)</script>")),
    spoiled("title turned round", one(title="数学\u202egnp")),
    spoiled("title endless", one(title="数" * 10_000)),
    spoiled("order beyond numbers", one(tag_list=[HUGE_ORDER])),
    spoiled("tags an object", one(tag_list={})),
    spoiled("tag without id", one(tag_list=[NO_TAG_ID])),
    spoiled("id twice in a part", put(course__part_100=[feeds.book(1), feeds.book(1)])),
    spoiled("id twice in two parts", put(course__part_101=[feeds.book(1)])),
    spoiled("id twice in two modules", put(textbook__part_100=[feeds.e_book(1, id="book-1")])),
    spoiled("e-textbooks broken", put(textbook__part_100=[feeds.e_book(1, provider_list={})])),
    spoiled("tree cut off", edit(TREE, lambda d: d[:-20])),
    spoiled("tree of numbers", put(course__national_lesson_tag={"hierarchies": [1]})),
    spoiled("tree below itself", put(course__national_lesson_tag=BELOW_ITSELF)),
    spoiled("tree with long paths", put(course__national_lesson_tag=LONG_PATHS)),
    spoiled("version cut off", edit(VERSION, lambda d: d[:-5])),
    spoiled("version of something else", put(course__data_version=feeds.version("bookkeeping", 1))),
    spoiled("version without addresses", put(course__data_version=feeds.version("national_lesson"))),
    spoiled("address that climbs", put(course__data_version=CLIMBING)),
    spoiled("publishers not UTF-8", lambda f: (f / PUBLISHERS).write_bytes(b"stage,subject\n\xff,x\n")),
    spoiled("publishers short", lambda f: (f / PUBLISHERS).write_text("stage,subject,edition,publisher\n小学\n")),
    spoiled("no version file", lambda f: [p.unlink() for p in f.glob("*data_version.json")]),
]


@pytest.mark.parametrize("spoil", BROKEN)
def test_a_broken_feed_is_refused_and_leaves_the_catalogue_as_it_was(
    folder: Path, spoil: Callable[[Path], object]
) -> None:
    run(folder)
    before = state()
    spoil(folder)
    with pytest.raises(DomainError) as caught:
        run(folder, later=1)
    assert caught.value.problems
    for problem in caught.value.problems:
        assert problem.place
        assert problem.zh.rstrip().endswith("。")
        assert problem.en.rstrip().endswith(".")
        problem.text("zh").encode()
    assert state() == before


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="no such folder"):
        run(tmp_path / "nowhere")


def test_what_the_feed_does_not_speak_of_stays(folder: Path) -> None:
    """Chapters are added to a book by people; the feed knows none and must not take them away."""
    run(folder)
    content = queries.reading(of("book-1").code, [Kind.TEXTBOOK]).content
    assert isinstance(content.body, Textbook)
    body = msgspec.structs.replace(content.body, chapters=(ChapterNode("1", "第一单元"),))
    publish_version(
        Publication(SOURCE, "book-1", msgspec.structs.replace(content, body=body, summary="数一数")), by=None, at=AT
    )
    assert run(folder, later=1).unchanged == 6
    assert of("book-1").summary == "数一数"


def test_a_bare_title_becomes_the_catalogues_book_with_its_lessons(folder: Path, make: Maker) -> None:
    title = "小学数学人教版一年级上册1"
    content = textbook_content(title=title)
    bare = publish_version(Publication(BARE_TITLES, title, content), by=None, at=AT).resource
    lesson = publish_version(Publication("demo", "lesson", lesson_content(bare.code)), by=None, at=AT).resource
    result = run(folder)
    assert (result.taken_over, result.versioned, result.created) == (1, 1, 5)
    book = of("book-1")
    assert (book.pk, book.code) == (bare.pk, bare.code)
    assert book.chapters.count() == 4
    assert list(book.lessons.all()) == [lesson]
    before = state()
    assert run(folder, later=1).unchanged == 6
    assert state() == before
    again = publish_version(Publication(BARE_TITLES, title, content), by=None, at=AT)
    assert (again.outcome, again.resource.pk) == ("versioned", bare.pk)
