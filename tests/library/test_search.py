"""Search by words: what is cut, what is found, and that the index follows the database."""

import fcntl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartedu.library.actions import withdraw_version
from smartedu.library.models import Resource
from smartedu.library.search.find import find
from smartedu.library.search.index import ask_for_rebuild, catch_up, rebuild
from smartedu.library.search.words import folded, index_tokens, query_tokens, singular
from tests.library.makers import Maker


def titles(folder: Path, text: str) -> list[str]:
    return [resource.title for resource in find(folder, text).resources]


def test_words_of_the_curriculum_are_kept_whole() -> None:
    assert query_tokens("光合作用") == ["光合作用"]
    assert query_tokens("勾股定理的证明") == ["勾股定理", "证明"]
    assert "光合" in index_tokens(["绿色植物的光合作用"]).split()


@pytest.mark.parametrize(
    ("plural", "one"),
    [("triangles", "triangle"), ("stories", "story"), ("classes", "class"), ("boxes", "box"), ("viruses", "virus"),
     ("campuses", "campus"), ("houses", "house"), ("causes", "cause"), ("leaves", "leave")],
)  # fmt: skip
def test_a_plural_is_found_by_its_singular(plural: str, one: str) -> None:
    assert singular(plural) == singular(one) == one


def test_width_case_and_traditional_characters_do_not_matter() -> None:
    assert folded("ＰＥＰ 數學") == "pep 数学"


@given(st.text(max_size=200))
def test_any_text_can_be_cut(text: str) -> None:
    assert all(token in folded(text) for token in query_tokens(text))
    assert isinstance(index_tokens([text]), str)


def test_found_by_title_knowledge_and_english(make: Maker, tmp_path: Path) -> None:
    make.lesson(make.textbook())
    make.article()
    rebuild(tmp_path)
    for text in ("勾股定理", "勾股", "Pythagoras", "PYTHAGORAS", "拼图", "發現與證明"):
        assert titles(tmp_path, text)[0] == "勾股定理的发现与证明", text
    assert titles(tmp_path, "考试周") == ["考试周睡不着怎么办"]
    assert titles(tmp_path, "八年级 数学")[:1] != []


def test_two_characters_mean_that_word(make: Maker, tmp_path: Path) -> None:
    make.article("a", title="网络安全等级保护")
    make.article("b", title="全等三角形")
    rebuild(tmp_path)
    assert titles(tmp_path, "全等") == ["全等三角形"]


def test_where_nothing_has_every_word_any_word_does(make: Maker, tmp_path: Path) -> None:
    make.article()
    rebuild(tmp_path)
    found = find(tmp_path, "考试周 恐龙")
    assert (found.total, found.loose) == (1, True)


@pytest.mark.parametrize("text", ["", "   ", '"', "title:", "a AND (", "[* TO", "\\", "🙂", "的"])
def test_no_query_is_an_error(make: Maker, tmp_path: Path, text: str) -> None:
    make.article()
    rebuild(tmp_path)
    assert find(tmp_path, text).total == 0


def test_without_an_index_nothing_is_found(make: Maker, tmp_path: Path) -> None:
    assert find(tmp_path / "none", "数学").total == 0


def test_the_index_follows_publishing_and_withdrawing(make: Maker, tmp_path: Path) -> None:
    make.article("a")
    assert catch_up(tmp_path) == 1
    assert catch_up(tmp_path) == 0
    make.at += timedelta(hours=1)
    make.article("b", title="怎样准备期末考试周")
    assert catch_up(tmp_path) == 1
    assert len(titles(tmp_path, "考试周")) == 2
    make.at += timedelta(hours=1)
    withdraw_version(Resource.objects.get(source_id="a").code, by=None, at=make.at, reason="")
    catch_up(tmp_path)
    assert titles(tmp_path, "考试周") == ["怎样准备期末考试周"]


def test_a_change_that_commits_late_is_not_missed(make: Maker, tmp_path: Path) -> None:
    make.article("a")
    catch_up(tmp_path)
    make.at -= timedelta(minutes=2)
    make.article("late", title="写在前面、提交在后的一篇")
    assert catch_up(tmp_path) == 1
    assert len(titles(tmp_path, "提交")) == 1


def test_an_index_of_another_dictionary_is_made_anew(make: Maker, tmp_path: Path) -> None:
    make.article()
    rebuild(tmp_path)
    (tmp_path / "cursor.json").write_text('{"fingerprint": "old", "changed_at": "2026-01-01T00:00:00+00:00"}')
    assert catch_up(tmp_path) == 1
    assert len(titles(tmp_path, "考试周")) == 1


def test_a_page_behind_the_end_is_the_last_one(make: Maker, tmp_path: Path) -> None:
    for n in range(23):
        make.article(str(n), title=f"考试周第 {n} 天")
    rebuild(tmp_path)
    for asked, number, there in ((0, 1, 20), (2, 2, 3), (9, 2, 3), (10**9, 2, 3)):
        found = find(tmp_path, "考试周", asked)
        assert (found.number, found.count, len(found.resources)) == (number, 2, there)


def test_while_another_writes_the_index_is_left_alone_and_asked_for(make: Maker, tmp_path: Path) -> None:
    make.article()
    rebuild(tmp_path)
    with (tmp_path / ".writing").open("w") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        assert ask_for_rebuild(tmp_path) is None
        assert titles(tmp_path, "考试周") == ["考试周睡不着怎么办"]
    assert catch_up(tmp_path) == 1
    assert titles(tmp_path, "考试周") == ["考试周睡不着怎么办"]


def test_a_first_index_in_the_making_is_not_swept_away(make: Maker, tmp_path: Path) -> None:
    make.article()
    rebuild(tmp_path)
    (tmp_path / "cursor.json").unlink()
    with (tmp_path / ".writing").open("w") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        assert ask_for_rebuild(tmp_path) is None
        assert (tmp_path / "meta.json").exists()


def test_a_clock_that_runs_ahead_hides_nothing(make: Maker, tmp_path: Path) -> None:
    make.at = datetime.now(UTC) + timedelta(days=365)
    make.article("ahead", title="明年的一篇")
    catch_up(tmp_path)
    make.at = datetime.now(UTC)
    make.article("now", title="今天的一篇")
    assert catch_up(tmp_path) == 1
    assert catch_up(tmp_path) == 0
