"""What machines read: sitemaps, feeds, linked data, cards for sharing, and the small files they look for."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import Client

from smartedu.base.settings import get_settings
from smartedu.library import keys
from smartedu.library.actions import withdraw_version
from smartedu.library.actions.media import Announcement, announce_media, store_media
from smartedu.library.content import Audience, Caption, Credit, ETextbook, Link, Part, PartKind, Video
from smartedu.rules.covers import FAMILIES, PLATES
from smartedu.web.machines import sitemaps
from smartedu.web.machines.linked import json_ld, trail_data
from smartedu.web.machines.sharing import share_picture
from tests.library.makers import Maker

SITE = get_settings().public_url
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


def tree(visitor: Client, path: str) -> ElementTree.Element:
    answer = visitor.get(path)
    assert answer.status_code == 200, path
    return ElementTree.fromstring(answer.content)


def locations(root: ElementTree.Element) -> list[str]:
    return [str(loc.text) for loc in root.iter(f"{MAP}loc")]


def linked_data(visitor: Client, path: str) -> list[dict[str, object]]:
    page = visitor.get(path).content.decode()
    return [
        json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    ]


# -- sitemaps ---------------------------------------------------------------------------------------------


def test_every_published_page_stands_in_the_sitemap_in_both_languages(visitor: Client, make: Maker) -> None:
    book = make.textbook()
    lesson = make.lesson(book)
    gone = make.article("gone")
    withdraw_version(gone.resource.code, by=None, at=make.at, reason="过时")
    parts = locations(tree(visitor, "/sitemap.xml"))
    assert parts[0] == f"{SITE}/sitemap-pages.xml"
    listed = [place for part in parts for place in locations(tree(visitor, part.removeprefix(SITE)))]
    assert len(listed) == len(set(listed))
    for language in ("zh", "en"):
        for path in ("", "textbooks", "plates/course", "plates/theme/mental-health", "providers/national-catalogue",
                     f"lessons/{lesson.resource.code}", f"textbooks/{book.resource.code}"):  # fmt: skip
            assert f"{SITE}/{language}/{path}" in listed
    assert not any(gone.resource.code in place for place in listed)
    for place in listed:
        assert visitor.get(place.removeprefix(SITE)).status_code == 200, place


def test_parts_are_stretches_of_ids_and_empty_ones_are_left_out(
    visitor: Client, make: Maker, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    monkeypatch.setattr(sitemaps, "IDS_A_PART", 2)
    made = [make.article(str(n), title=f"第{n}篇") for n in range(5)]
    for one in made[1:4]:
        withdraw_version(one.resource.code, by=None, at=make.at, reason="过时")
    parts = locations(tree(visitor, "/sitemap.xml"))[1:]
    numbers = [made[n].resource.pk // 2 for n in (0, 4)]
    assert parts == [f"{SITE}/sitemap-{number}.xml" for number in dict.fromkeys(numbers)]
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(locations(tree(visitor, parts[-1].removeprefix(SITE)))) == 2
    for nothing in (made[2].resource.pk // 2 if made[2].resource.pk // 2 not in numbers else 999_999, 9_999_999):
        assert visitor.get(f"/sitemap-{nothing}.xml").status_code == 404


def test_an_entry_names_its_twin_and_its_change(visitor: Client, make: Maker) -> None:
    resource = make.article().resource
    code = resource.code
    part = locations(tree(visitor, "/sitemap.xml"))[1].removeprefix(SITE)
    entry = next(url for url in tree(visitor, part).iter(f"{MAP}url") if code in str(url[0].text))
    others = {link.get("hreflang"): link.get("href") for link in entry.iter("{http://www.w3.org/1999/xhtml}link")}
    assert others == {"zh-CN": f"{SITE}/zh/resources/{code}", "en": f"{SITE}/en/resources/{code}"}
    assert entry.findtext(f"{MAP}lastmod") == resource.changed_at.isoformat(timespec="seconds")


def test_robots_find_the_sitemap_and_stay_out_of_ones_own_pages(visitor: Client, db: None) -> None:
    text = visitor.get("/robots.txt").content.decode()
    assert f"Sitemap: {SITE}/sitemap.xml" in text
    for path in ("/me/", "/zh/me", "/en/sign-in", "/zh/manage/", "/zh/search?*&"):
        assert f"\nDisallow: {path}\n" in text


# -- feeds and search -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "title"), [("zh", "考试周睡不着怎么办"), ("en", "When you cannot sleep in exam week")]
)
def test_a_feed_tells_what_is_new(visitor: Client, make: Maker, language: str, title: str) -> None:
    code = make.article().resource.code
    make.textbook()
    for path in (f"/feed/{language}.atom", f"/feed/{language}/theme.atom"):
        root = tree(visitor, path)
        assert root.findtext(f"{ATOM}id") == SITE + path
        (entry,) = root.iter(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == title
        assert entry.findtext(f"{ATOM}id") == f"{SITE}/s/{code}"
        assert entry.find(f"{ATOM}link").get("href") == f"{SITE}/{language}/resources/{code}"  # type: ignore[union-attr]
    empty = tree(visitor, f"/feed/{language}/family.atom")
    assert list(empty.iter(f"{ATOM}entry")) == []
    assert empty.findtext(f"{ATOM}updated")
    assert visitor.get(f"/feed/{language}/moon.atom").status_code == 404


def test_a_feed_holds_fifty_and_costs_the_same_however_long(
    visitor: Client, make: Maker, django_assert_num_queries: object
) -> None:
    for n in range(53):
        make.article(str(n), title=f"第{n}篇 <&> \x07" if n == 52 else f"第{n}篇")
    visitor.get("/feed/zh.atom")
    with django_assert_num_queries(6):  # type: ignore[operator] # one a plate, each along its index
        assert len(list(tree(visitor, "/feed/zh.atom").iter(f"{ATOM}entry"))) == 50


def test_a_browser_learns_to_search_here(visitor: Client, make: Maker) -> None:
    page = visitor.get("/en/").content.decode()
    assert 'type="application/opensearchdescription+xml"' in page
    root = tree(visitor, "/opensearch.en.xml")
    templates = [str(url.get("template")) for url in root.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")]
    assert f"{SITE}/en/search?q={{searchTerms}}" in templates


# -- nobody's host gets into a page -----------------------------------------------------------------------


def test_a_forged_host_never_gets_into_what_is_remembered(make: Maker, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined] # as where a phone is let in by any name
    lesson = make.lesson(make.textbook()).resource
    forged = Client(headers={"host": "evil.example", "x-forwarded-host": "evil.example"})
    public = ("/zh/", f"/zh/lessons/{lesson.code}", "/sitemap.xml", "/feed/zh.atom", "/robots.txt",
              "/opensearch.zh.xml", "/api/v1/resources", "/api/v1/openapi.json", f"/s/{lesson.code}.svg")  # fmt: skip
    for path in public:
        answer = forged.get(path)
        assert answer.status_code == 200, path
        assert b"evil.example" not in answer.content, path
        assert "X-Page-Keys" in answer.headers, path


def test_what_is_told_to_machines_is_dropped_with_what_it_tells(visitor: Client, make: Maker) -> None:
    code = make.article().resource.code
    number = make.made[0].resource.pk // sitemaps.IDS_A_PART
    for path in ("/sitemap.xml", f"/sitemap-{number}.xml", "/feed/en.atom", "/feed/zh/theme.atom"):
        assert keys.plate("theme") in visitor.get(path)["X-Page-Keys"].split(), path
    assert keys.resource(code) in visitor.get(f"/api/v1/resources/{code}")["X-Page-Keys"].split()


# -- linked data and sharing ------------------------------------------------------------------------------


@pytest.fixture
def filmed(make: Maker, tmp_path: Path, settings: object) -> str:
    """A lesson with a film, its captions and its credits."""
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    announce_media(
        [Announcement("film", "video/mp4", "lesson.mp4", seconds=395), Announcement("cap", "text/vtt", "zh.vtt")],
        at=make.at,
    )
    for code, name in (("film", "lesson.mp4"), ("cap", "zh.vtt")):
        (tmp_path / name).write_bytes(b"WEBVTT\n\n")
        (tmp_path / "poster.jpg").write_bytes(b"jpeg")
        poster = tmp_path / "poster.jpg" if code == "film" else None
        store_media(code, tmp_path / name, tmp_path, at=make.at, poster=poster)
    lesson = make.lesson(
        make.textbook(),
        parts=(Part("video", PartKind.VIDEO, "视频课程", "film", (), (Caption("zh", "cap"),)),),
        credits=(Credit("林知远", "执教"),),
        audience=(Audience.STUDENT,),
        length_seconds=395,
    )
    return lesson.resource.code


def test_a_lesson_says_what_it_is(visitor: Client, filmed: str) -> None:
    learning, crumbs = linked_data(visitor, f"/en/lessons/{filmed}")
    assert learning["@type"] == "LearningResource"
    assert learning["educationalLevel"] == "Grade 8"
    assert learning["teaches"] == ["勾股定理"]
    assert learning["timeRequired"] == "PT6M35S"
    assert learning["isPartOf"]["name"] == "Maths, grade 8, volume 2"  # type: ignore[index]
    assert learning["license"].startswith("https://creativecommons.org/")  # type: ignore[attr-defined]
    assert learning["audience"] == [{"@type": "EducationalAudience", "educationalRole": "student"}]
    video = learning["video"]
    assert isinstance(video, dict)
    assert video["duration"] == "PT6M35S"
    assert video["caption"][0]["inLanguage"] == "zh-CN"
    assert video["contentUrl"].startswith(f"{SITE}/media/")
    assert video["thumbnailUrl"].endswith("poster.jpg")
    assert crumbs["@type"] == "BreadcrumbList"
    assert [item["position"] for item in crumbs["itemListElement"]] == [1, 2, 3, 4]  # type: ignore[attr-defined, index]


def test_every_kind_says_what_it_is(visitor: Client, make: Maker) -> None:
    announce_media([Announcement("film", "video/mp4", "a.mp4")], at=make.at)
    book = make.textbook().resource
    kinds = {
        f"/zh/textbooks/{book.code}": ["Book", "LearningResource"],
        f"/zh/resources/{make.article().resource.code}": ["LearningResource", "Article"],
    }
    e_book = make.textbook("e-book", title="电子教材", body=ETextbook(publisher="人民教育出版社", pages=120)).resource
    video = make.article("video", title="影片", body=Video("film")).resource
    link = make.article("link", title="故宫", body=Link("https://www.dpm.org.cn/", "故宫博物院")).resource
    kinds |= {
        f"/zh/resources/{e_book.code}": ["Book", "LearningResource"],
        f"/zh/resources/{video.code}": ["LearningResource", "VideoObject"],
        f"/zh/resources/{link.code}": "LearningResource",
    }
    for path, kind in kinds.items():
        told = linked_data(visitor, path)[0]
        assert told["@type"] == kind, path
        assert None not in told.values()
        assert "" not in told.values()
    assert linked_data(visitor, "/zh/")[0]["@type"] == "WebSite"


def test_no_text_ends_the_script_it_stands_in() -> None:
    written = str(json_ld({"name": "</script><script>alert(1)</script>&<!--"}))
    assert written.count("<") == 2
    assert json.loads(written.partition(">")[2].removesuffix("</script>"))["name"].startswith("</script>")


def test_steps_without_an_address_have_none() -> None:
    items = trail_data([("首页", "/zh/"), ("这里", None)])["itemListElement"]
    assert items[0]["item"] == f"{SITE}/zh/"
    assert "item" not in items[1]


def test_a_page_that_is_handed_on_shows_a_picture(visitor: Client, filmed: str, make: Maker) -> None:
    def told(path: str) -> dict[str, str]:
        page = visitor.get(path).content.decode()
        assert page.count('name="description"') == 1
        return dict(re.findall(r'<meta property="(og:[a-z_]+)" content="([^"]*)"', page))

    lesson = told(f"/zh/lessons/{filmed}")
    assert lesson["og:image"].endswith("poster.jpg")
    assert lesson["og:url"] == f"{SITE}/zh/lessons/{filmed}"
    assert lesson["og:title"].startswith("勾股定理的发现与证明")
    assert told(f"/zh/textbooks/{make.made[0].resource.code}")["og:image"] == f"{SITE}/static/share/maths.png"
    assert told("/en/plates/family")["og:image"] == f"{SITE}/static/share/family.png"
    assert told("/en/")["og:image"] == f"{SITE}/static/share/smartedu.png"
    assert told("/zh/sign-in?next=x")["og:image"].startswith(SITE)


def test_there_is_a_picture_for_every_subject_and_plate() -> None:
    from PIL import Image

    folder = Path(sitemaps.__file__).parents[2] / "static" / "share"
    for name in ("smartedu", *FAMILIES, *PLATES):
        with Image.open(folder / f"{name}.png") as picture:
            assert picture.size == (1200, 630), name
    assert sum(file.stat().st_size for file in folder.iterdir()) < 700_000
    assert share_picture("life-maths").endswith("/maths.png")
    assert share_picture("moon", "moon", "/media/poster.webp").endswith("/smartedu.png")


def test_an_old_version_is_no_address_to_be_found(visitor: Client, make: Maker) -> None:
    code = make.article().resource.code
    make.article(title="改过的题目")
    assert '<meta name="robots" content="noindex">' in visitor.get(f"/zh/resources/{code}/v/1").content.decode()
    assert '<meta name="robots" content="noindex">' not in visitor.get(f"/zh/resources/{code}").content.decode()
