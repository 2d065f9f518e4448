"""Similar by meaning: what is near, what stays away, and that the vectors follow the database."""

from datetime import timedelta
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartedu.library.actions import Published, withdraw_version
from smartedu.library.search import vectors
from smartedu.library.search.meaning import nearest, similar
from tests.library.makers import GRADE_8_MATHS, Maker


def read_all(folder: Path) -> int:
    """What the worker does, in one piece."""
    items, up_to = vectors.waiting(folder / vectors.FOLDER)
    vectors.take(folder / vectors.FOLDER, items, up_to)
    return len(items)


def other_book(make: Maker, name: str, edition: str = "bnup", **changes: str) -> Published:
    place = msgspec.structs.replace(GRADE_8_MATHS, edition=edition, **changes)
    return make.textbook(name, title=f"书 {name}", placement=place)


def lesson(make: Maker, book: Published, name: str, title: str, *points: str, **changes: str) -> str:
    place = msgspec.structs.replace(GRADE_8_MATHS, **changes)
    return make.lesson(book, name, title=title, summary="", knowledge=points, placement=place).resource.code


def codes(found: list) -> list[str]:  # type: ignore[type-arg]
    return [one.code for one in found]


def test_a_lesson_has_its_like_in_other_books_and_languages(make: Maker, tmp_path: Path) -> None:
    book = make.textbook()
    here = lesson(make, book, "here", "圆的面积", "圆的面积")
    lesson(make, book, "own", "圆的面积的应用", "圆的面积")  # of the same book: its contents show it
    near = lesson(make, other_book(make, "b"), "near", "怎样求圆的面积", "圆的面积")
    english = lesson(make, other_book(make, "c", "jsep"), "english", "The area of a circle")
    lesson(make, other_book(make, "d", "jsst"), "far", "古代的交通工具", "交通")
    read_all(tmp_path)
    assert set(codes(similar(here, folder=tmp_path))) == {near, english}


def test_what_is_for_another_stage_or_of_another_kind_is_not_alike(make: Maker, tmp_path: Path) -> None:
    here = lesson(make, make.textbook(), "here", "圆的面积", "圆的面积")
    place = msgspec.structs.replace(GRADE_8_MATHS, stage="primary", grades=("grade-6",))
    child = make.textbook("b", title="小学六年级上册", column="primary", placement=place)
    make.lesson(child, "child", title="圆的面积", knowledge=("圆的面积",), column="primary", placement=place)
    make.article("article", title="圆的面积")
    read_all(tmp_path)
    assert similar(here, folder=tmp_path) == []


def test_where_everything_was_withdrawn_nothing_is_near(make: Maker, tmp_path: Path) -> None:
    article = make.article("only", title="圆的面积")
    read_all(tmp_path)
    make.at += timedelta(hours=1)
    withdraw_version(article.resource.code, by=None, at=make.at, reason="")
    read_all(tmp_path)
    assert vectors.read_state(tmp_path / vectors.FOLDER).rows
    assert nearest("圆的面积", folder=tmp_path) == []


def test_of_one_text_in_many_editions_one_is_shown_and_none_that_the_page_has(make: Maker, tmp_path: Path) -> None:
    here = lesson(make, make.textbook(), "here", "探索勾股定理", "勾股定理")
    same = [
        lesson(make, other_book(make, str(n), edition), f"same {n}", "勾股定理的证明", "勾股定理")
        for n, edition in enumerate(("bnup", "jsep"))
    ]
    read_all(tmp_path)
    assert len(similar(here, folder=tmp_path)) == 1
    assert similar(here, without=same[:1], folder=tmp_path) == []


def test_a_query_finds_what_is_about_the_same_in_either_language(make: Maker, tmp_path: Path) -> None:
    book = make.textbook()
    circle = lesson(make, book, "circle", "圆的面积", "圆的面积")
    lesson(make, book, "poem", "背影 朱自清", "散文")
    make.article()
    read_all(tmp_path)
    assert codes(nearest("the area of a circle", folder=tmp_path)) == [circle]
    assert codes(nearest("圓的面積怎麼求", folder=tmp_path)) == [circle]
    assert nearest("the area of a circle", without=[circle], folder=tmp_path) == []
    for nonsense in ("", "  ", "qwer asdfgh", "🙂"):
        assert nearest(nonsense, folder=tmp_path) == []


def test_without_vectors_nothing_is_alike_and_no_model_is_loaded(make: Maker, tmp_path: Path) -> None:
    code = lesson(make, make.textbook(), "here", "圆的面积")
    assert similar(code, folder=tmp_path) == []
    assert nearest("圆", folder=tmp_path / "none") == []


def test_vectors_follow_publishing_and_withdrawing(make: Maker, tmp_path: Path) -> None:
    here = lesson(make, make.textbook(), "here", "勾股定理的发现与证明", "勾股定理")
    assert read_all(tmp_path) == 1
    assert vectors.waiting(tmp_path / vectors.FOLDER)[0] == []
    make.at += timedelta(hours=2)
    near = lesson(make, other_book(make, "b"), "near", "探索勾股定理", "勾股定理")
    assert read_all(tmp_path) == 1
    assert codes(similar(here, folder=tmp_path)) == [near]
    withdraw_version(near, by=None, at=make.at, reason="")
    assert similar(here, folder=tmp_path) == []  # at once, whatever the worker knows
    assert read_all(tmp_path) == 1
    assert vectors.waiting(tmp_path / vectors.FOLDER)[0] == []
    assert near not in {known.code for known in vectors.read_state(tmp_path / vectors.FOLDER).resources.values()}


def test_the_same_text_is_read_once_and_books_not_at_all(make: Maker, tmp_path: Path) -> None:
    for n, edition in enumerate(("bnup", "jsep", "jsst")):
        lesson(make, other_book(make, str(n), edition), f"same {n}", f"圆的面积（第{n + 1}课时）", "圆的面积")
    read_all(tmp_path)
    state = vectors.read_state(tmp_path / vectors.FOLDER)
    assert (len(state.rows), len(state.resources)) == (1, 3)


def test_a_worker_killed_at_work_goes_on_where_it_was(make: Maker, tmp_path: Path) -> None:
    folder = tmp_path / vectors.FOLDER
    book = make.textbook()
    named = [lesson(make, book, str(n), title) for n, title in enumerate(("圆的面积", "背影", "水循环"))]
    items, up_to = vectors.waiting(folder)
    vectors.take(folder, items[:1])
    with vectors.vectors_file(folder, vectors.read_state(folder)).open("ab") as file:
        file.write(b"half a vector")  # written and never told of
    left, up_to = vectors.waiting(folder)
    assert [item.pk for item in left] == [item.pk for item in items[1:]]
    vectors.take(folder, left, up_to)
    assert codes(nearest("water cycle", folder=tmp_path)) == [named[2]]
    assert codes(nearest("圆的面积", folder=tmp_path)) == [named[0]]


def test_vectors_of_another_model_are_made_anew(make: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = lesson(make, make.textbook(), "here", "圆的面积")
    read_all(tmp_path)
    monkeypatch.setattr(vectors, "FORM", vectors.FORM + 1)
    assert similar(code, folder=tmp_path) == []
    assert read_all(tmp_path) == 1
    assert len(list((tmp_path / vectors.FOLDER).glob("vectors-*"))) == 1


def test_vectors_that_nobody_needs_any_more_are_swept_out(
    make: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "SLICE", 1)
    book = make.textbook()
    stays = lesson(make, book, "stays", "圆的面积")
    for n, title in enumerate(("背影", "水循环", "春", "济南的冬天", "黄河", "长江")):
        make.at += timedelta(hours=1)
        lesson(make, book, "changes", title, str(n))
        read_all(tmp_path)
    state = vectors.read_state(tmp_path / vectors.FOLDER)
    assert len(state.rows) < 7
    assert codes(nearest("圆的面积", folder=tmp_path)) == [stays]


@given(st.text(max_size=60), st.lists(st.text(max_size=10), max_size=3), st.text(max_size=200))
def test_any_text_can_be_read(title: str, knowledge: list[str], summary: str) -> None:
    text = vectors.told(title, knowledge, summary)
    assert text
    made = vectors.encode([text])
    assert made.shape == (1, vectors.WIDTH)
    assert abs(float(np.linalg.norm(made)) - 1) < 0.01


def test_a_byte_a_number_is_enough() -> None:
    made = vectors.encode(["圆的面积", "The area of a circle", "背影", "水循环", "water cycle", "春天来了"])
    kept = vectors.in_steps(made).astype(np.float32) / vectors.STEPS
    assert float(np.abs(kept @ made.T - made @ made.T).max()) < 0.005
