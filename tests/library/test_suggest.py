"""Suggestions: by characters, pinyin, initials and English, and what a reader has typed before."""

from pathlib import Path

import pytest

from smartedu.library.search import lexicon
from smartedu.library.search.asking import searcher
from smartedu.library.search.index import rebuild
from smartedu.library.search.suggest import suggest
from tests.library.makers import Maker


@pytest.fixture
def folder(make: Maker, tmp_path: Path) -> Path:
    """A node whose library has a lesson on Pythagoras, two of one title, and an article."""
    book = make.textbook()
    make.lesson(book)
    for n in range(2):
        make.lesson(book, f"twin {n}", title="全等三角形", title_en="Congruent triangles", knowledge=("全等三角形",))
    make.article()
    rebuild(tmp_path)
    index = searcher(tmp_path).current()
    assert index is not None
    lexicon.write(tmp_path, index)
    return tmp_path


def shown(folder: Path, typed: str) -> list[str]:
    return [f"{one.before} {one.word.shown}".strip() for one in suggest(folder, typed)]


@pytest.mark.parametrize(
    "typed", ["勾", "勾股", "gou", "gougu", "gougudl", "ggdl", "GGDL", "勾gu", "勾gdl", "gou gu", "ｇｏｕ", "勾股定"]
)
def test_a_topic_is_found_however_it_is_typed(folder: Path, typed: str) -> None:
    assert shown(folder, typed)[0] == "勾股定理"


def test_a_title_of_one_resource_leads_to_it_and_a_shared_one_to_its_search(folder: Path) -> None:
    by_text = {one.word.shown: one.word for one in [*suggest(folder, "考试"), *suggest(folder, "全等")]}
    assert by_text["考试周睡不着怎么办"].code
    assert by_text["全等三角形"].code == ""


def test_what_is_typed_of_a_word_is_told(folder: Path) -> None:
    first = suggest(folder, "ggd")[0]
    assert (first.start, first.end, first.english) == (0, 3, False)


def test_words_typed_before_stay(folder: Path) -> None:
    assert shown(folder, "八年级 勾股定")[0] == "八年级 勾股定理"


def test_english_words_of_a_title_are_found_in_any_order(folder: Path) -> None:
    for typed in ("pyth", "discovering pyth", "theorem disc"):
        assert "勾股定理的发现与证明" in shown(folder, typed), typed
    found = suggest(folder, "pyth", english_first=True)[0]
    assert (found.english, found.word.english[found.start : found.end]) == (True, "Pyth")


def test_there_are_eight_at_most_and_none_twice(make: Maker, folder: Path) -> None:
    for n in range(20):
        make.article(f"more {n}", title=f"勾画心里的春天 {n}")
    rebuild(folder)
    index = searcher(folder).current()
    assert index is not None
    lexicon.write(folder, index)
    found = shown(folder, "g")
    assert len(found) == len(set(found)) == 8


@pytest.mark.parametrize("typed", ["", " ", "🙂", "%", "zzzz", "的的的", "'", "1", "a" * 3000, "光" * 3000, "\u0301"])
def test_nothing_typed_is_an_error(folder: Path, typed: str) -> None:
    assert len(suggest(folder, typed)) <= 8


def test_without_a_lexicon_nothing_is_suggested(tmp_path: Path) -> None:
    assert suggest(tmp_path, "勾") == []
