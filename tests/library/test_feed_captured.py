"""The real feed, where the captured files lie beside the checkout."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from smartedu.base.errors import DomainError
from smartedu.library import reference
from smartedu.library.feed.importer import SOURCE
from smartedu.library.models import Resource, Tag, TaxonomyNode
from smartedu.rules.taxonomy import View
from tests.formats import feeds
from tests.library.test_feed_import import run, state

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not feeds.SHARED_FEED.is_dir(), reason="the captured feed is not beside this checkout"),
]


def test_every_record_of_the_captured_feed_finds_its_place() -> None:
    result = run(feeds.SHARED_FEED)
    assert (result.created, result.unplaced, result.notes) == (2000, (), ())
    assert len(result.skipped_parts) == 4
    books = Resource.objects.filter(source=SOURCE)
    assert books.filter(stage=None).count() == 0
    assert books.filter(system="5-4").count() == 302
    assert books.filter(revision__code="new").count() == 143
    assert books.filter(strand__isnull=False).count() == 6
    assert books.filter(publisher=None).values("edition__name_zh").distinct().count() == 1
    assert TaxonomyNode.objects.filter(view=View.LESSONS, hidden=True).count() == 57
    assert Tag.objects.count() == len(reference.tags())
    before = state()
    assert run(feeds.SHARED_FEED, later=1).unchanged == 2000
    assert state() == before


REAL = "course-part_101.json"
REAL_DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda d: d[:-1000],
    "cut at the start": lambda d: d[1:],
    "a number for a title": lambda d: d.replace('"title": "高中'.encode(), '"title": 7, "x": "高中'.encode(), 1),
    "a lost bracket": lambda d: d.replace(b"[]", b"[", 1),
    "a wrong byte": lambda d: d.replace("高中".encode(), b"\xe9\xab", 1),
    "a lost id": lambda d: d.replace(b'"tag_id"', b'"tag_no"', 1),
    "all of it twice": lambda d: d[:-1] + b"," + d[1:],
}


@pytest.mark.parametrize("damage", REAL_DAMAGE.values(), ids=REAL_DAMAGE.keys())
def test_damage_to_the_captured_feed_is_refused(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    before = state()
    for path in feeds.SHARED_FEED.iterdir():
        os.symlink(path, tmp_path / path.name)
    data = (feeds.SHARED_FEED / REAL).read_bytes()
    data = json.dumps(json.loads(data), ensure_ascii=False).encode()
    assert damage(data) != data
    (tmp_path / REAL).unlink()
    (tmp_path / REAL).write_bytes(damage(data))
    with pytest.raises(DomainError) as caught:
        run(tmp_path)
    assert all(REAL in problem.place for problem in caught.value.problems)
    assert state() == before


def test_our_reference_tells_the_same_books_as_the_captured_feed() -> None:
    run(feeds.SHARED_FEED)
    feed = Resource.objects.filter(source=SOURCE).select_related("subject", "edition", "volume", "stage")
    theirs = {
        (
            b.title,
            b.title_en,
            b.stage and b.stage.code,
            b.system,
            b.edition and b.edition.code,
            b.volume and b.volume.code,
        )
        for b in feed
    }
    ours = {(b.title, b.title_en, b.stage, b.system, b.edition, b.volume) for b in reference.textbooks()}
    assert theirs == ours
