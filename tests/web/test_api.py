"""The catalogue API: what it promises in its schema it keeps, lists can be read to their end, refusals are told."""

import contextlib
import functools
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from smartedu.base.settings import get_settings
from smartedu.library.actions import Publication, publish_many, withdraw_version
from smartedu.library.actions.media import Announcement, announce_media
from smartedu.library.content import Part, PartKind
from smartedu.web.api.cursors import Cursor, NoCursor, read, written
from tests.library.makers import Maker, article_content

SITE = get_settings().public_url
ROOT = "/api/v1"
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


@pytest.fixture
def machine() -> Client:
    return Client(headers={"host": "localhost"})


def told(machine: Client, path: str, **headers: str) -> Any:
    answer = machine.get(ROOT + path, headers=headers)
    assert answer.status_code == 200, (path, answer.content)
    return answer.json()


def through(machine: Client, path: str) -> Iterator[dict[str, Any]]:
    """A list to its end, by following `next`."""
    address: str | None = path
    while address:
        answer = told(machine, address.removeprefix(SITE).removeprefix(ROOT))
        yield from answer["items"]
        address = answer["next"]


# -- cursors ----------------------------------------------------------------------------------------------


@given(st.integers(0, 250 * 10**15), st.integers(0, 2**63 - 1))
def test_a_cursor_comes_back_as_it_went(microseconds: int, number: int) -> None:
    cursor = Cursor(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds), number)
    assert read(written(cursor)) == cursor


@given(st.text(max_size=30))
def test_a_word_that_is_no_cursor_is_refused_and_nothing_else(word: str) -> None:
    with contextlib.suppress(NoCursor):
        assert written(read(word)).rstrip("=") == word.rstrip("=") or len(word) >= 22


# -- lists ------------------------------------------------------------------------------------------------


def test_a_list_is_read_to_its_end_whatever_the_size_of_its_pieces(machine: Client, make: Maker) -> None:
    batch = [Publication("test", str(n), article_content(title=f"第{n}篇")) for n in range(7)]
    publish_many(batch, by=None, at=make.at)  # all in one moment: the id decides
    make.lesson(make.textbook())
    everything = [item["code"] for item in through(machine, "/resources")]
    assert len(everything) == len(set(everything)) == 9
    for size in (1, 2, 3, 9, 200):
        assert [item["code"] for item in through(machine, f"/resources?limit={size}")] == everything


def test_what_changes_while_one_reads_comes_again_and_nothing_is_passed_over(machine: Client, make: Maker) -> None:
    for n in range(4):
        make.article(str(n), title=f"第{n}篇")
    first = told(machine, "/resources?limit=2")
    make.at += timedelta(hours=1)
    make.article("0", title="改过的第0篇")
    make.article("new", title="新的一篇")
    rest = list(through(machine, first["next"]))
    assert {item["title"] for item in rest} == {"第2篇", "第3篇", "改过的第0篇", "新的一篇"}


def test_changes_since_a_moment_tell_of_what_was_withdrawn(machine: Client, make: Maker) -> None:
    kept, gone = make.article("kept"), make.article("gone", title="过时的")
    make.textbook()
    since = timezone.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    withdraw_version(gone.resource.code, by=None, at=make.at, reason="过时")
    assert [(i["code"], i["state"]) for i in through(machine, f"/resources?changed_since={since}")] == [
        (gone.resource.code, "withdrawn")
    ]
    published = [item["code"] for item in through(machine, "/resources")]
    assert kept.resource.code in published
    assert gone.resource.code not in published


@pytest.mark.parametrize(
    ("query", "count"),
    [("kind=lesson", 1), ("kind=article", 2), ("plate=course", 2), ("column=mental-health", 2), ("stage=junior", 2),
     ("grade=grade-8", 2), ("grade=grade-1", 0), ("subject=maths", 2), ("edition=pep", 2), ("edition=bnup", 0),
     ("provider=national-catalogue", 4), ("kind=lesson&subject=maths&grade=grade-8", 1), ("kind=video", 0),
     ("kind=&plate=", 4), ("unknown=1", 4)],
)  # fmt: skip
def test_lists_are_narrowed_by_every_facet(machine: Client, make: Maker, query: str, count: int) -> None:
    make.lesson(make.textbook())
    make.article("a")
    make.article("b")
    assert len(list(through(machine, f"/resources?{query}"))) == count


@pytest.mark.parametrize("count", [3, 30])
def test_a_list_costs_the_same_queries_however_long(
    machine: Client, make: Maker, count: int, django_assert_max_num_queries: object
) -> None:
    for n in range(count):
        make.article(str(n), title=f"第{n}篇")
    told(machine, "/resources?limit=200&kind=article")
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        told(machine, "/resources?limit=200&kind=article")


# -- single things ----------------------------------------------------------------------------------------


def test_a_resource_is_told_word_for_word(machine: Client, make: Maker) -> None:
    announce_media([Announcement("sheet", "application/pdf", "task.pdf")], at=make.at)
    book = make.textbook()
    lesson = make.lesson(book, parts=(Part("task", PartKind.TASK_SHEET, "学习任务单", "sheet"),))
    code = lesson.resource.code
    one = told(machine, f"/resources/{code}")
    assert one["content"]["body"]["knowledge"] == ["勾股定理"]
    assert one["textbook"] == book.resource.code
    placed = {"stage": "junior", "system": "6-3", "grades": ["grade-8"], "subject": "maths", "edition": "pep"}
    assert one["placement"] == placed | {"volume": "volume-2", "revision": None, "strand": None}
    assert [(f["code"], f["state"], f["url"]) for f in one["files"]] == [("sheet", "waiting", None)]
    assert one["licence"]["url"].startswith("https://creativecommons.org/")
    assert one["page_en"] == f"{SITE}/en/lessons/{code}"
    make.lesson(book, title="改过的题目")
    again = told(machine, f"/resources/{code}")
    assert [v["number"] for v in again["versions"]] == [2, 1]
    withdraw_version(code, by=None, at=make.at, reason="过时")
    gone = told(machine, f"/resources/{code}")
    assert (gone["state"], gone["content"], gone["files"], gone["version"]) == ("withdrawn", None, [], None)


def test_a_textbook_has_its_chapters_and_lessons(machine: Client, make: Maker) -> None:
    book = make.textbook()
    make.lesson(book)
    (listed,) = told(machine, "/textbooks")["items"]
    assert (listed["code"], listed["lesson_count"]) == (book.resource.code, 1)
    whole = told(machine, f"/textbooks/{book.resource.code}")
    assert [(c["key"], c["parent"], c["depth"]) for c in whole["chapters"]] == [
        ("16", None, 1), ("17", None, 1), ("17.1", "17", 2), ("17.2", "17", 2)
    ]  # fmt: skip
    assert [(le["chapter"], le["knowledge"]) for le in whole["lessons"]] == [("17.1", ["勾股定理"])]


def test_codes_are_explained(machine: Client, make: Maker) -> None:
    plates = told(machine, "/plates")
    assert len(plates) == 6
    assert sum(len(plate["columns"]) for plate in plates) == 36
    grades = told(machine, "/tags?dimension=grade")
    assert [tag["code"] for tag in grades][:2] == ["grade-1", "grade-2"]
    assert {tag["dimension"] for tag in told(machine, "/tags")} >= {"stage", "grade", "subject", "edition"}
    assert "national-catalogue" in [provider["code"] for provider in told(machine, "/providers")]


# -- refusals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [("/resources?limit=0", 400, "limit"), ("/resources?limit=201", 400, "limit"), ("/resources?limit=x", 400, "limit"),
     ("/resources?cursor=moon", 400, "cursor"), ("/resources?kind=moon", 400, "kind"),
     ("/resources?changed_since=yesterday", 400, "changed_since"),
     ("/resources?changed_since=2026-09-01T00:00:00", 400, "changed_since"),
     ("/resources?plate=moon", 400, "plate"), ("/resources?column=moon", 400, "column"),
     ("/resources?subject=moon", 400, "subject"), ("/resources?provider=moon", 400, "provider"),
     ("/resources?subject=%00", 400, "subject"), ("/tags?dimension=moon", 400, "dimension"),
     ("/resources/x", 400, "code"), ("/resources/aaaaaaaaaa", 404, None), ("/textbooks/aaaaaaaaaa", 404, None),
     ("/moon", 404, None), ("/", 404, None), ("", 404, None)],
)  # fmt: skip
def test_refusals_say_what_is_wrong_in_the_readers_language(
    machine: Client, make: Maker, path: str, status: int, field: str | None
) -> None:
    if path == "":
        return
    texts = set()
    for accepted, language in (("zh-CN", "zh-CN"), ("en-GB,en", "en")):
        answer = machine.get(ROOT + path, headers={"accept-language": accepted})
        assert answer.status_code == status, answer.content
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["Content-Language"] == language
        assert "Accept-Language" in answer["Vary"]
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "no-store" in answer["Cache-Control"]
        body = answer.json()
        assert body["status"] == status
        assert [error["field"] for error in body.get("errors", [])] == ([field] if field else [])
        texts.add(json.dumps(body, ensure_ascii=False))
    assert len(texts) == 2


def test_it_is_for_reading_only_and_for_every_site(machine: Client, make: Maker) -> None:
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(machine, method)(f"{ROOT}/resources")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    before = machine.options(f"{ROOT}/resources")
    assert (before.status_code, before["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    answer = machine.get(f"{ROOT}/resources", headers={"cookie": "sessionid=x", "origin": "https://a.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert answer["Cache-Control"].startswith("public")
    head = machine.head(f"{ROOT}/resources")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_tells_people_how(machine: Client, make: Maker, language: str) -> None:
    page = machine.get(f"/{language}/api").content.decode()
    schema = told(machine, "/openapi.json")
    for path in schema["paths"]:
        assert path in page
    elsewhere = re.findall(r'(?:src|href)="(?:https?:)?//[^"]*', page.replace(SITE, ""))
    assert elsewhere == []
    assert schema["servers"] == [{"url": SITE}]


# -- the schema and the answers ---------------------------------------------------------------------------


def test_every_answer_is_as_the_schema_says(machine: Client, make: Maker, request: pytest.FixtureRequest) -> None:
    """Contract: requests drawn from the schema, good and bad, and every answer held against it."""
    book = make.textbook()
    known = [book.resource.code, make.lesson(book).resource.code, make.article().resource.code]
    schema = schemathesis.openapi.from_dict(told(machine, "/openapi.json"))
    application = get_wsgi_application()
    for signal in (request_started, request_finished):  # else the test's connection is put away with the request
        signal.disconnect(close_old_connections)
        request.addfinalizer(functools.partial(signal.connect, close_old_connections))
    seen: set[tuple[str, int]] = set()
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=25, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy(), code=st.sampled_from([*known, None]))
        def holds(case: Any, code: str | None) -> None:
            if "code" in case.path_parameters and code:
                case.path_parameters["code"] = code  # else nothing drawn by lot would ever be found
            answer = case.call(app=application, headers={"Host": "localhost"})
            assert answer.status_code in (200, 400, 404), answer.text
            case.validate_response(answer, checks=CHECKS)
            seen.add((case.operation.path, answer.status_code))

        holds()
    paths = {path for path, _ in seen}
    assert len(paths) == len(told(machine, "/openapi.json")["paths"])
    assert {path for path, status in seen if status == 200} == paths, "a question that was never answered"
