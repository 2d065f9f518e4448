"""The pages of resources outside textbooks, kind by kind; notices and their list."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from smartedu.library.actions.media import Announcement, announce_media, store_media
from smartedu.library.content import Article, Audio, Body, Document, ETextbook, Kind, Link, Notice, Picture
from smartedu.library.models import LinkCheck, LinkState
from smartedu.web.public.notices import newest_notice
from tests.library.makers import GRADE_8_MATHS, Maker

LONG = tuple(line for n in range(4) for line in (f"# 第 {n} 节", "一段话。" * 100))


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def files(make: Maker, tmp_path: Path, settings: Any) -> None:
    """A PDF, a recording and a picture that are there, and a PDF that is still being made."""
    settings.MEDIA_ROOT = tmp_path
    types = {"pdf": "application/pdf", "mp3": "audio/mpeg", "png": "image/png"}
    announce_media([Announcement("later", "application/pdf", "later.pdf")], at=make.at)
    for ending, kind in types.items():
        announce_media([Announcement(ending, kind, f"file.{ending}")], at=make.at)
        (tmp_path / f"file.{ending}").write_bytes(ending.encode() * 900)
        store_media(ending, tmp_path / f"file.{ending}", tmp_path, at=make.at)


def page_of(visitor: Client, make: Maker, body: Body, language: str = "zh", **facts: Any) -> str:
    code = make.article(f"a {body}"[:100], body=body, **facts).resource.code
    response = visitor.get(f"/{language}/resources/{code}")
    assert response.status_code == 200
    assert f"resource:{code}" in response["X-Page-Keys"].split()
    return response.content.decode()


def test_a_document_is_read_here_or_taken_home(visitor: Client, make: Maker, files: None) -> None:
    page = page_of(visitor, make, Document("pdf"), title="安全手册: 一")
    assert "/zh/read/" in page
    assert 'download="安全手册 一.pdf"' in page
    assert "PDF" in page


def test_a_recording_can_be_heard_without_a_script(visitor: Client, make: Maker, files: None) -> None:
    page = page_of(visitor, make, Audio("mp3"))
    assert "<audio" in page
    assert "/zh/read/" not in page


def test_a_picture_keeps_its_place_while_it_loads(visitor: Client, make: Maker, files: None) -> None:
    page = page_of(visitor, make, Picture("png", "长城的烽火台"))
    assert 'alt="长城的烽火台" width="' in page


def test_what_is_still_being_made_says_so_and_offers_no_file(visitor: Client, make: Maker, files: None) -> None:
    page = page_of(visitor, make, Document("later"), "en")
    assert "This file is being made" in page
    assert "/en/read/" not in page
    assert "download=" not in page


@pytest.mark.parametrize(
    ("state", "said"),
    [(LinkState.WORKS, "it opens"), (LinkState.AWAY, "it did not open"), (LinkState.REFUSED, ""), (None, "")],
)
def test_a_link_says_where_it_leads_and_when_we_last_looked(
    visitor: Client, make: Maker, state: LinkState | None, said: str
) -> None:
    body = Link("https://www.dpm.org.cn/a", "故宫博物院")
    made = make.article("link", body=body)
    if state:
        LinkCheck.objects.create(resource=made.resource, state=state, checked_at=timezone.now())
    page = visitor.get(f"/en/resources/{made.resource.code}").content.decode()
    assert 'href="https://www.dpm.org.cn/a" rel="noopener external"' in page
    assert "www.dpm.org.cn. That institution" in page
    assert ("We looked on" in page or "When we looked" in page) == bool(said)
    assert said in page


def test_a_long_article_begins_with_what_is_in_it(visitor: Client, make: Maker) -> None:
    page = page_of(visitor, make, Article(LONG))
    assert [page.count(f'href="#s{n}"') for n in (0, 2, 4, 6)] == [1, 1, 1, 1]
    assert [page.count(f'id="s{n}"') for n in (0, 2, 4, 6)] == [1, 1, 1, 1]
    assert "约 4 分钟读完" in page
    assert 'class="outline"' not in page_of(visitor, make, Article(("# 一", "短。")))


def test_an_e_textbook_leads_to_the_reader_and_one_without_pages_says_so(
    visitor: Client, make: Maker, files: None
) -> None:
    here = page_of(visitor, make, ETextbook("人民教育出版社", "pdf"), placement=GRADE_8_MATHS, column="e-textbooks")
    assert "/zh/read/" in here
    bare = page_of(visitor, make, ETextbook("人民教育出版社"), placement=GRADE_8_MATHS, column="e-textbooks")
    assert "/zh/read/" not in bare
    assert "出版社" in bare


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_has_its_way_home(visitor: Client, make: Maker, files: None, language: str) -> None:
    for body in (Document("pdf"), Audio("mp3"), Picture("png"), Article(LONG), Notice(("一",)), Link("https://a.cn/")):
        page = page_of(visitor, make, body, language)
        trail = page[page.index('class="trail"') :].split("</ol>")[0]
        assert trail.count("<li>") >= 3, body
        assert 'aria-current="page"' in trail, body


# -- notices ----------------------------------------------------------------------------------------------


def notice(make: Maker, name: str, *, until: date | None = None, day: int = 0) -> str:
    make.at += timedelta(days=day)
    return make.article(name, title=name, title_en="", body=Notice(("说明。",), until=until)).resource.code


def test_notices_stand_in_a_list_the_newest_first_and_say_when_they_are_over(visitor: Client, make: Maker) -> None:
    notice(make, "旧的", until=date(2020, 1, 1))
    notice(make, "新的", day=1)
    make.article("no notice", title="一篇文章")
    response = visitor.get("/zh/notices")
    page = response.content.decode()
    assert page.index("新的") < page.index("旧的")
    assert page.count("已结束") == 1
    assert "一篇文章" not in page
    assert "notices" in response["X-Page-Keys"].split()
    assert "X-Page-Until" in response


def test_an_empty_list_of_notices_is_no_dead_end(visitor: Client, make: Maker) -> None:
    assert 'href="/en/"' in visitor.get("/en/notices").content.decode().split("<main")[1]


def test_the_page_of_a_notice_says_until_when_it_matters(visitor: Client, make: Maker) -> None:
    gone, lasting = notice(make, "旧的", until=date(2020, 1, 31)), notice(make, "新的")
    assert "Fri 31 Jan 2020 and is over" in visitor.get(f"/en/resources/{gone}").content.decode()
    assert "is over" not in visitor.get(f"/en/resources/{lasting}").content.decode()


def test_the_home_page_gets_the_newest_notice_that_is_not_over(make: Maker, django_assert_num_queries: Any) -> None:
    request = RequestFactory().get("/zh/")
    assert newest_notice(request) is None
    today = timezone.localdate()
    notice(make, "到今天", until=today)
    notice(make, "昨天为止", until=today - timedelta(days=1), day=1)
    with django_assert_num_queries(1):
        found = newest_notice(request)
    assert found is not None
    assert (found.title, found.over) == ("到今天", False)


def test_a_kind_of_its_own_is_stored_and_read_as_it_was(make: Maker) -> None:
    made = make.article("n", body=Notice(("一", "# 二"), until=date(2026, 12, 31))).resource
    assert made.kind == Kind.NOTICE
    assert made.version is not None
    assert made.version.read().body == Notice(("一", "# 二"), until=date(2026, 12, 31))
