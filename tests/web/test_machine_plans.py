"""What machines ask for does not scan the catalogue either: they ask for all of it, piece by piece."""

import json

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from smartedu.library.models import Resource
from smartedu.web.machines.sitemaps import IDS_A_PART
from tests.library.large import enlarge
from tests.library.makers import Maker
from tests.web.test_plans import plan_of, scans

QUESTIONS = (
    "/sitemap.xml", "/sitemap-pages.xml", "/feed/zh.atom", "/feed/en/course.atom", "/api/v1/resources",
    "/api/v1/resources?limit=200", "/api/v1/resources?changed_since=2026-01-01T00:00:00Z",
    "/api/v1/resources?changed_since=2030-01-01T00:00:00Z", "/api/v1/resources?kind=lesson",
    "/api/v1/resources?column=law&kind=article", "/api/v1/resources?provider=large-3&stage=junior",
    "/api/v1/textbooks", "/api/v1/textbooks?subject=maths", "/api/v1/providers", "/api/v1/tags",
)  # fmt: skip


def test_no_answer_for_machines_scans_the_catalogue(make: Maker) -> None:
    book = make.textbook()
    lesson = make.lesson(book)
    assert enlarge(book.resource.pk) > 25_000
    machine = Client(headers={"host": "localhost"})
    newest = Resource.objects.order_by("-pk").values_list("pk", flat=True)[0]
    following = json.loads(machine.get("/api/v1/resources?limit=200").content)["next"]
    own = (
        f"/sitemap-{newest // IDS_A_PART}.xml",
        f"/s/{lesson.resource.code}",
        f"/api/v1/resources/{lesson.resource.code}",
        f"/api/v1/textbooks/{book.resource.code}",
        "/api/" + following.partition("/api/")[2],
    )
    scanned = []
    for address in (*QUESTIONS, *own):
        with CaptureQueriesContext(connection) as asked:
            assert machine.get(address).status_code in (200, 302), address
        for question in asked.captured_queries:
            scanned += [(address, name, question["sql"]) for name in scans(plan_of(question["sql"]))]
    assert not scanned, scanned[:3]
