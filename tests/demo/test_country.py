"""The country as it is planned: its exact figures, and lessons that read like a real catalogue's. No database."""

import json
import os
import re
import subprocess
import sys
from collections import Counter

import pytest

from smartedu.demo.chance import lot, shuffled
from smartedu.demo.country import PlannedBook, plan, shelf
from smartedu.demo.country.bookshelf import EBOOKS, PUBLISHERS
from smartedu.demo.country.editions import habit, habits, heading, numeral
from smartedu.demo.country.grammar import TOPIC
from smartedu.demo.country.lending import film_for, nearest
from smartedu.demo.country.planning import BOOKS, EDITIONS, FEWEST, LESSONS, MOST
from smartedu.demo.country.selection import SERIES, base_edition, chosen, spot_of_book
from smartedu.demo.country.topics import VocabularyError, read, vocabulary
from smartedu.demo.country.wording import phrases
from smartedu.demo.films import FILMS
from smartedu.demo.regions import provider_names, regions, teachers
from smartedu.library import reference

FILLER = re.compile(r"第[一二三四五六七八九十\d]+课(?!时)")


def every_lesson() -> list[tuple[PlannedBook, int]]:
    return [(book, position) for book in plan().planned for position in range(len(book.lessons))]


def test_the_country_has_exactly_the_figures_of_the_founding_report() -> None:
    country = plan()
    lessons = sum(len(b.lessons) for b in country.planned) + sum(len(b.lessons) for b in country.written)
    assert (len(country.planned) + len(country.written), lessons) == (BOOKS, LESSONS) == (452, 19_508)
    assert len(country.written) == 30
    editions = {base_edition(b.fact.edition) for b in country.planned}
    editions |= {base_edition(spot_of_book(b)[3]) for b in country.written}
    assert len(editions) == EDITIONS == 19


def test_the_shelf_has_67_publishers_and_the_rest_of_2004_books() -> None:
    books = shelf()
    assert len(books) + len(plan().written) == EBOOKS + 30 == 2_004
    assert len({book.publisher for book in books}) == PUBLISHERS == 67
    assert {book.publisher for book in books} <= {house.name_zh for house in reference.publishers()}
    assert len({book.fact.title for book in books}) == len(books)


def test_there_are_34_regions_and_every_one_contributes() -> None:
    assert len(regions()) == len({r.gb for r in regions()}) == len({r.slug for r in regions()}) == 34
    providers = {lesson.provider for book in plan().planned for lesson in book.lessons}
    assert providers <= set(provider_names())
    assert all(any(r.centre == p or p.startswith(f"school-{r.slug}-") for p in providers) for r in regions())
    assert all("示范" in zh and "demonstration" in en for zh, en in provider_names().values())


def test_every_book_reads_like_a_book() -> None:
    for book in plan().planned:
        titles = [lesson.title for lesson in book.lessons]
        assert FEWEST <= len(titles) <= MOST, book.fact.title
        assert [t for t, n in Counter(titles).items() if n > 1] == [], book.fact.title
        assert [t for t in titles if FILLER.search(t)] == []
        beside = sum(lesson.kind != TOPIC for lesson in book.lessons)
        assert beside * 4 <= len(titles), book.fact.title
        keys = [chapter.key for chapter in book.chapters]
        assert len(keys) == len(set(keys))
        # in reading order, and no chapter without a lesson
        assert list(dict.fromkeys(lesson.chapter for lesson in book.lessons)) == keys, book.fact.title
        assert [lesson.position for lesson in book.lessons] == list(range(1, len(titles) + 1))


def test_no_sentence_is_left_unfinished() -> None:
    for book in plan().planned:
        for lesson in book.lessons:
            said = [lesson.title, lesson.summary, *lesson.objectives, *lesson.periods, *lesson.knowledge]
            assert not any(sign in text for text in said for sign in "{}|~@"), said
            assert lesson.summary[-1] in "。？", lesson.summary
            assert 10 <= len(lesson.summary) <= 200, lesson.summary
            assert len(lesson.objectives) == len(set(lesson.objectives)) >= 1
            assert lesson.knowledge
            assert len(f"{book.fact.title}/{lesson.title}") <= 120  # its name at its source


def test_neighbours_never_say_the_same() -> None:
    for book in plan().planned:
        summaries = [lesson.summary for lesson in book.lessons]
        assert max(Counter(summaries).values()) == 1, book.fact.title


def test_both_lessons_of_a_topic_are_there_in_order() -> None:
    for book in plan().planned:
        titles = [lesson.title for lesson in book.lessons]
        firsts = [t for t in titles if t.endswith("（第1课时）")]
        assert [t for t in titles if t.endswith("（第2课时）")] == [t.replace("第1课时", "第2课时") for t in firsts]
        for first in firsts:
            assert first.removesuffix("（第1课时）") not in titles


def test_a_series_is_whole() -> None:
    """Every volume of a chosen series that the catalogue has is there: no shelf looks moth-eaten."""
    there = {each.fact.title for each in chosen() if each.fact}
    for stage, system, subject, editions in SERIES:
        for edition in editions.split():
            place = (stage, system, subject, edition)
            titles = [f.title for f in reference.textbooks() if (f.stage, f.system, f.subject, f.edition) == place]
            assert titles, place
            assert set(titles) <= there


def test_editions_differ_in_wording_order_and_habit() -> None:
    def of(edition: str) -> PlannedBook:
        return next(
            b
            for b in plan().planned
            if (b.fact.subject, b.fact.stage, b.fact.edition, b.fact.volume)
            == ("maths", "primary", edition, "volume-1")
            and b.fact.grades == (4,)
        )

    books = [of(edition) for edition in ("pep", "bnup", "jsep", "qingdao")]
    titles = [{lesson.title for lesson in book.lessons} for book in books]
    assert all(len(a & b) < len(a) * 0.7 for a in titles for b in titles if a is not b)
    knowledge = [{k for lesson in book.lessons for k in lesson.knowledge} for book in books]
    assert all(len(a & b) > len(a) * 0.7 for a in knowledge for b in knowledge)


def test_chinese_has_the_same_texts_in_the_same_order_everywhere() -> None:
    chinese = vocabulary("primary", "chinese").volumes[3, "volume-2"]
    book = next(b for b in plan().planned if b.fact.title == "小学语文统编版三年级下册")
    topics = [lesson.title.partition("（第")[0] for lesson in book.lessons if lesson.kind == TOPIC]
    wanted = [t.title.partition("（第")[0] for unit in chinese for t in unit.topics]
    assert list(dict.fromkeys(topics)) == wanted


def test_lent_sheets_are_of_the_nearest_lesson() -> None:
    assert "加法" in nearest("junior", "maths", "有理数的加法", ("加法法则",)).lesson.title
    for book, position in every_lesson():
        lesson = book.lessons[position]
        if book.fact.subject in ("maths", "chinese", "english"):
            assert (lesson.lender.book.stage, lesson.lender.subject) == (book.fact.stage, book.fact.subject)
    assert nearest("senior", "history", "辛亥革命", ("三民主义",)).subject == "history"
    assert nearest("senior", "technology", "流程的优化", ("流程",)).book.stage == "senior"


@pytest.mark.parametrize(
    ("stage", "subject", "title", "points", "film"),
    [
        ("junior", "maths", "勾股定理", ("面积法",), "pythagoras"),
        ("junior", "physics", "浮力", ("阿基米德原理",), "buoyancy"),
        ("senior", "maths", "函数的基本性质", ("函数的单调性",), "monotonic"),
        ("junior", "maths", "一次函数", ("函数的单调性",), ""),
        ("primary", "chinese", "静夜思", ("古诗诵读",), "quiet-night"),
        ("junior", "chinese", "春", ("写景散文",), ""),
    ],
)
def test_a_film_is_shown_only_where_it_speaks_of_the_topic(
    stage: str, subject: str, title: str, points: tuple[str, ...], film: str
) -> None:
    assert film_for(stage, subject, title, points) == film


def test_every_film_finds_lessons_and_none_too_many() -> None:
    shown = Counter(lesson.film for book in plan().planned for lesson in book.lessons)
    # 静夜思 stands in a book that is written by hand
    assert {film.slug for film in FILMS} - {"quiet-night"} <= set(shown)
    assert shown[""] > 18_000


def test_every_habit_names_kinds_that_have_phrases_and_every_kind_is_used() -> None:
    used = {closing.kind for each in habits() for closing in each.closings} | {"experiment", "writing-talk"}
    assert used == set(phrases().kinds)
    assert [s for kind in phrases().kinds.values() for s in kind.summaries if "{" not in s] == []
    for stage, _, subject, editions in SERIES:
        for edition in editions.split():
            assert habit(stage, subject, base_edition(edition)).closings


def test_chapters_are_headed_as_the_edition_does() -> None:
    assert heading("第{n}章 {u}", 12, "勾股定理").title == "第十二章 勾股定理"
    assert heading("第{n}章 {u}", 12, "勾股定理").label == "第十二章"
    assert heading("第{n}单元 {u}", 9, "总复习").title == "总复习"
    assert heading("Unit {d} {u}", 3, "Weather").title == "Unit 3 Weather"
    assert [numeral(n) for n in (1, 10, 11, 20, 28)] == ["一", "十", "十一", "二十", "二十八"]
    book = next(b for b in plan().planned if b.fact.title == "初中数学人教版九年级下册")
    assert int(numeral_of(book.chapters[0].title)) > 20  # numbered on from grade 7


def numeral_of(title: str) -> int:
    found = re.match(r"第(\S+?)章", title)
    assert found
    return next(n for n in range(1, 99) if numeral(n) == found[1])


def test_a_vocabulary_is_read_strictly() -> None:
    text = (
        "# 数学\n@ 7 volume-1\n= 第一章 有理数\n正数和负数/认识负数 | 相反意义的量、负数\n速度3 km/h | 速度\n"
        "~ 学{k1}。\n+ 会{k1}"
    )
    found = read(text, "junior", "maths", "x.txt")
    unit = found.volumes[7, "volume-1"][0]
    assert unit.name == "有理数"
    assert [(t.title, t.other, t.knowledge) for t in unit.topics] == [
        ("正数和负数", "认识负数", ("相反意义的量", "负数")),
        ("速度3 km/h", "", ("速度",)),
    ]
    assert (found.summaries, found.aims) == (("学{k1}。",), ("会{k1}",))
    assert read("@ 9 full-year\n= 电\n电路 | 电路", "junior", "physics", "x").volumes.keys() == {(9, "whole")}
    for wrong in ("@ 7 volume-1\n正数 | 负数", "@ 7 volume-1\n= 有理数\n正数", "@ seven volume-1"):
        with pytest.raises(VocabularyError, match=r"x\.txt:"):
            read(wrong, "junior", "maths", "x.txt")


def test_what_is_drawn_by_lot_is_the_same_every_time() -> None:
    assert lot("a", 1) == lot("a", 1) != lot("a", 2)
    assert sorted(shuffled("abcdef", "x")) == list("abcdef")
    assert teachers("a", "b") == teachers("a", "b")
    assert teachers("a", "b")[0].name != teachers("a", "b")[1].name


def test_another_process_plans_the_same_country() -> None:
    code = (
        "import hashlib, json; from smartedu.demo.country import plan, shelf;"
        "said = [[b.fact.title, b.summary, [[l.title, l.summary, l.objectives, l.provider, l.credits[0].name,"
        " l.lender.lesson.title] for l in b.lessons]] for b in plan().planned];"
        "said.append([[s.fact.title, s.publisher, s.companion.slug] for s in shelf()]);"
        "print(hashlib.sha256(json.dumps(said).encode()).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(json.dumps(runs[0])) > 60
