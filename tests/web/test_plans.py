"""No public page reads the whole catalogue: what PostgreSQL plans for each of its questions at full size."""

from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from smartedu.library import shelves
from tests.library.large import enlarge
from tests.library.makers import Maker

LARGE_TABLES = ("library_resource", "library_resourceversion")

PAGES = (
    "", "?grade=grade-3", "?grade=grade-11", "notices", "help", "about",
    "plates/course", "plates/theme", "plates/theme?sort=shelf", "plates/course?page=300",
    "plates/theme?kind=video&provider=large-3", "plates/course?grade=grade-5&subject=chinese",
    "plates/theme/law", "plates/course/junior", "plates/course/junior?sort=newest", "plates/course/primary?page=250",
    "plates/course/junior?edition=unified&grade=grade-8&kind=lesson&subject=chinese&sort=newest",
    "plates/theme/law?kind=article", "plates/course/e-textbooks?subject=chinese",
    "providers/large-1", "providers/large-0?page=400", "providers/large-0?plate=course&sort=shelf",
    "providers/large-1?column=law",
    "textbooks", "textbooks?page=30", "textbooks?order=e-textbooks", "textbooks?stage=primary",
    "textbooks?grade=grade-4&stage=primary", "textbooks?grade=grade-4&stage=primary&subject=chinese",
    "textbooks?order=e-textbooks&stage=junior&subject=chinese",
)  # fmt: skip


def plan_of(sql: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql.replace("%", "%%"), [])
        plan: dict[str, Any] = cursor.fetchone()[0][0]["Plan"]
        return plan


def scans(plan: dict[str, Any]) -> list[str]:
    """The large tables that a plan reads from end to end."""
    here = [plan["Relation Name"]] if plan["Node Type"] in ("Seq Scan", "Sample Scan") else []
    below = [name for part in plan.get("Plans", []) for name in scans(part)]
    return [name for name in [*here, *below] if name in LARGE_TABLES]


def test_no_public_page_scans_the_catalogue(make: Maker) -> None:
    book = make.textbook()
    lesson = make.lesson(book)
    article = make.article()
    assert enlarge(book.resource.pk) > 25_000
    visitor = Client(headers={"host": "localhost"})
    own = (
        f"textbooks/{book.resource.code}",
        f"lessons/{lesson.resource.code}",
        f"lessons/{lesson.resource.code}/v/1",
        f"resources/{article.resource.code}",
    )
    asked, scanned = 0, []
    for address in (*PAGES, *own):
        with CaptureQueriesContext(connection) as questions:
            assert visitor.get(f"/zh/{address}").status_code == 200, address
        for question in questions.captured_queries:
            asked += 1
            scanned += [(address, name, question["sql"]) for name in scans(plan_of(question["sql"]))]
    assert not scanned, scanned[:3]
    assert asked > 100


def test_a_scan_would_be_seen(make: Maker) -> None:
    enlarge(make.textbook().resource.pk, lessons=3, others=3)
    assert scans(plan_of("SELECT count(*) FROM library_resource WHERE title LIKE '%a%'")) == ["library_resource"]


def test_lists_ask_as_little_of_a_catalogue_ten_times_as_large(make: Maker) -> None:
    """Rows that PostgreSQL goes through for a page, in a small and in a large catalogue.

    Where facets are chosen the planner takes the shelves or the order, whichever is shorter, so that the rows grow to
    some hundred and then no more; how long that takes is measured in bench/.
    """
    book = make.textbook().resource.pk
    small, large = rows_read(book, 8), rows_read(book, 80)
    dear = {address: (rows, large[address]) for address, rows in small.items() if large[address] >= 1.5 * rows + 100}
    assert not dear


def rows_read(book: int, others: int) -> dict[str, float]:
    """The rows that the questions of each page go through, as PostgreSQL counts them while it answers."""
    visitor = Client(headers={"host": "localhost"})
    totals = {}
    with transaction.atomic(), connection.cursor() as cursor:
        enlarge(book, lessons=2, others=others, providers=2)
        shelves.forget()
        for address in ("", "plates/theme", "plates/theme/law", "providers/large-1"):
            visitor.get(f"/zh/{address}")
            with CaptureQueriesContext(connection) as questions:
                assert visitor.get(f"/zh/{address}").status_code == 200
            totals[address] = 0.0
            for question in questions.captured_queries:
                cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + question["sql"].replace("%", "%%"), [])
                totals[address] += _rows(cursor.fetchone()[0][0]["Plan"])
        transaction.set_rollback(True)
    shelves.forget()
    return totals


def _rows(plan: dict[str, Any]) -> float:
    skipped = plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
    here = (plan["Actual Rows"] + skipped) * plan["Actual Loops"] if "Scan" in plan["Node Type"] else 0
    return float(here + sum(_rows(part) for part in plan.get("Plans", [])))
