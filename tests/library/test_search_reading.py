"""What a reader means: places among the words, words by their sound, and words that were typed wrongly."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartedu.library.jobs import write_lexicon
from smartedu.library.search.asking import Order
from smartedu.library.search.correcting import better
from smartedu.library.search.find import Found, find
from smartedu.library.search.index import catch_up, rebuild
from smartedu.library.search.lexicon import Lexicon, Word
from smartedu.library.search.sounds import begins, blurred, initials, syllables
from smartedu.library.search.understanding import understand
from smartedu.library.shelves import Facets
from tests.library.makers import Maker


def word(text: str, english: str = "") -> Word:
    return Word(text, text, english, "point", 1, syllables(text))


LEXICON = Lexicon(
    [
        word("光合作用", "Photosynthesis"),
        word("勾股定理", "Pythagorean theorem"),
        word("数学"),
        word("初中"),
        word("函数"),
    ]
)


def known(token: str) -> bool:
    return token in {"光合作用", "勾股定理", "数学", "作用", "photosynthesi"}


@pytest.mark.parametrize(
    ("text", "tokens", "facets"),
    [
        ("七年级 生物 光合作用", ("光合作用",), {"grade": "grade-7", "subject": "biology"}),
        ("七年级生物光合作用", ("光合作用",), {"grade": "grade-7", "subject": "biology"}),
        ("高中生物", (), {"stage": "senior", "subject": "biology"}),
        ("grade 8 maths triangles", ("triangle",), {"grade": "grade-8", "subject": "maths"}),
        ("历史人物", ("历史", "人物"), {}),
        ("数学", ("数学",), {}),
        ("高中生 数学", ("高中生", "数学"), {}),
        ("七年级 八年级 数学", ("八年级",), {"grade": "grade-7", "subject": "maths"}),
        ("7年级 数学", (), {"grade": "grade-7", "subject": "maths"}),
        ("８年级物理", (), {"grade": "grade-8", "subject": "physics"}),
        ("17年级", ("17", "年级"), {}),
        ("小学生守则", ("小学生", "守则"), {}),
        ("初中生 压力", ("初中生", "压力"), {}),
        ("初中生物", (), {"stage": "junior", "subject": "biology"}),
        ("小学生字", ("生字",), {"stage": "primary"}),
        ("primary colours", ("primary", "colour"), {}),
        ("senior moments", ("senior", "moment"), {}),
        ("primary maths", (), {"stage": "primary", "subject": "maths"}),
        ("triangles maths senior", ("triangle",), {"stage": "senior", "subject": "maths"}),
        ("Primary  School plants", ("plant",), {"stage": "primary"}),
        ("junior secondary school plants", ("plant",), {"stage": "junior"}),
        ("senior secondary plants", ("plant",), {"stage": "senior"}),
        ("senior grade 10 plants", ("plant",), {"stage": "senior", "grade": "grade-10"}),
    ],
)
def test_places_among_the_words(text: str, tokens: tuple[str, ...], facets: dict[str, str]) -> None:
    meant = understand(text, LEXICON, known)
    assert (meant.tokens, meant.facets) == (tokens, facets)


def test_a_subject_alone_stays_a_word_and_is_offered() -> None:
    meant = understand("数学 勾股定理", LEXICON, known)
    assert (meant.tokens, meant.facets, meant.offered) == (("数学", "勾股定理"), {}, {"subject": "maths"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shuxue", "数学"),
        ("shu xue", "数学"),
        ("gougudingli", "勾股定理"),
        ("ggdl", "勾股定理"),
        ("GGDL", "勾股定理"),
        ("chuzhongshuxue", "初中 数学"),
        ("xyzzy", "xyzzy"),
    ],
)
def test_letters_are_read_as_pinyin_where_they_are_no_word(typed: str, meant: str) -> None:
    assert understand(typed, LEXICON, known).tokens == tuple(meant.split())


def test_a_word_that_resources_bear_is_not_read_as_pinyin() -> None:
    assert understand("shuxue", LEXICON, lambda token: True).readings == {}


@pytest.mark.parametrize(
    ("typed", "far", "meant"),
    [
        ("光和作用", False, "光合作用"),
        ("光合做用的过程", False, "光合作用的过程"),
        ("勾股定里", False, "勾股定理"),
        ("匀股定理", False, ""),
        ("匀股定理", True, "勾股定理"),
        ("光合作用", True, ""),
        ("函树", True, ""),
        ("photosyntesis", True, "photosynthesis"),
        ("photosynthesis", True, ""),
        ("guogudingli", True, "勾股定理"),
        ("恐龙时代", True, ""),
        ("", True, ""),
    ],
)
def test_what_sounds_or_looks_like_a_word(typed: str, far: bool, meant: str) -> None:
    assert better(typed, LEXICON, known, far=far) == meant


@given(st.text(max_size=120), st.booleans())
def test_any_text_can_be_read(text: str, far: bool) -> None:
    understand(text, LEXICON, known)
    mended = better(text, LEXICON, known, far=far)
    assert mended == "" or better(mended, LEXICON, known, far=far) == ""
    assert len(syllables(text)) == len(text)


def test_a_long_run_of_letters_is_followed_once() -> None:
    for text in ("啊" * 40, "a" * 40):
        sounds = syllables(text)
        assert begins(["a" * 39 + "b"], text, sounds) == 0
        assert begins(["a" * 40], text, sounds) == 40


def test_how_words_sound() -> None:
    assert syllables("音乐快乐") == ["yin", "yue", "kuai", "le"]
    assert initials(syllables("勾股定理")) == "ggdl"
    assert blurred("zhuang") == blurred("zuan")


def filled(make: Maker, folder: Path) -> None:
    book = make.textbook()
    make.lesson(book)
    make.lesson(
        book, "photo", title="绿色植物的光合作用", title_en="Photosynthesis", knowledge=("光合作用",), summary=""
    )
    make.lesson(book, "light", title="光的作用", title_en="What light does", knowledge=(), summary="")
    make.article("equal", title="网络安全等级保护")
    rebuild(folder)
    write_lexicon(folder)


def titles(found: Found) -> list[str]:
    return [resource.title for resource in found.resources]


def test_pinyin_initials_and_wrong_characters_find_the_lesson(make: Maker, tmp_path: Path) -> None:
    filled(make, tmp_path)
    for text in ("gougudingli", "ggdl", "勾股定里", "匀股定理", "勾股订理"):
        assert titles(find(tmp_path, text))[0] == "勾股定理的发现与证明", text
    found = find(tmp_path, "勾股定里")
    assert (found.text, found.instead_of) == ("勾股定理", "勾股定里")


def test_where_something_was_found_another_reading_is_only_offered(make: Maker, tmp_path: Path) -> None:
    filled(make, tmp_path)
    make.lesson(make.made[0], "more", title="光合作用的原理", knowledge=("光合作用",), summary="")
    catch_up(tmp_path)
    found = find(tmp_path, "光和作用")
    assert (titles(found), found.did_you_mean, found.instead_of) == (["光的作用"], "光合作用", "")
    assert find(tmp_path, "光合作用").did_you_mean == ""


def test_places_become_facets_unless_nothing_stands_there(make: Maker, tmp_path: Path) -> None:
    filled(make, tmp_path)
    found = find(tmp_path, "八年级 数学 勾股定理")
    assert found.facets == Facets(grade="grade-8", subject="maths")
    assert found.meant.left == "勾股定理"
    assert titles(found)[0] == "勾股定理的发现与证明"
    elsewhere = find(tmp_path, "一年级 勾股定理")
    assert (elsewhere.facets, elsewhere.loose) == (Facets(), True)
    against = find(tmp_path, "八年级 勾股定理", facets=Facets(grade="grade-7"))
    assert against.total == 0


def test_facets_are_counted_under_the_other_choices(make: Maker, tmp_path: Path) -> None:
    filled(make, tmp_path)
    free = find(tmp_path, "光")
    assert free.counts.by_facet["kind"] == {"lesson": 1}
    everything = find(tmp_path, "", facets=Facets(kind="lesson"))
    assert everything.total == len(everything.resources) == 3
    assert everything.counts.by_facet["kind"] == {"textbook": 1, "lesson": 3, "article": 1}
    assert everything.counts.by_facet["subject"] == {"maths": 3}


def test_newest_first_is_stable(make: Maker, tmp_path: Path) -> None:
    for n in range(30):
        make.at = make.at.replace(minute=n // 2)
        make.article(str(n), title=f"考试周第 {n} 天")
    rebuild(tmp_path)
    pages = [find(tmp_path, "考试周", number, order=Order.NEWEST) for number in (1, 2)]
    stamps = [resource.code for page in pages for resource in page.resources]
    assert len(set(stamps)) == 30
    assert titles(pages[0])[0] in {"考试周第 28 天", "考试周第 29 天"}


def test_where_the_longest_word_is_nowhere_its_parts_are_looked_for(make: Maker, tmp_path: Path) -> None:
    make.article("a", title="三角形的全等")
    make.article("b", title="三角形的面积")
    rebuild(tmp_path)
    found = find(tmp_path, "全等三角形")
    assert (titles(found), found.loose) == (["三角形的全等"], False)


def test_a_new_index_is_searched_slice_by_slice(make: Maker, tmp_path: Path) -> None:
    for n in range(5):
        make.article(str(n), title=f"考试周第 {n} 天")
    seen = []
    while catch_up(tmp_path, most=2):
        seen.append(find(tmp_path, "考试周").total)
    assert seen == [2, 4, 5]
    make.article("late", title="考试周之后")
    assert catch_up(tmp_path, most=2) == 1
    assert catch_up(tmp_path, most=2) == 0


def test_without_a_lexicon_nothing_is_corrected(make: Maker, tmp_path: Path) -> None:
    make.lesson(make.textbook())
    rebuild(tmp_path)
    (tmp_path / "lexicon.msgpack").write_bytes(b"\xff broken")
    assert find(tmp_path, "勾股定里").instead_of == ""
    assert find(tmp_path, "勾股定理").total > 0
