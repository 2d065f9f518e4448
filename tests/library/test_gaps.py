"""Words that were looked for in vain: what is counted, what is let go, when it is forgotten."""

from datetime import timedelta
from pathlib import Path

import pytest

from smartedu.library.actions import gaps
from smartedu.library.actions.gaps import count_gap, drop_old_gaps, tidy
from smartedu.library.gaps import most_wanted
from smartedu.library.models import SearchGap
from smartedu.library.search.index import rebuild
from tests.library.makers import Maker


@pytest.fixture
def folder(make: Maker, tmp_path: Path) -> Path:
    make.article()
    rebuild(tmp_path)
    return tmp_path


def test_the_same_words_are_one_line_however_they_are_written(make: Maker, folder: Path) -> None:
    for words in ("恐龙化石", "恐龍化石", " 恐龙化石  "):
        make.at += timedelta(minutes=1)
        assert count_gap(words, "zh", folder, at=make.at)
    gap = SearchGap.objects.get()
    assert (gap.words, gap.times, gap.language) == ("恐龙化石", 3, "zh")
    assert gap.last_at - gap.first_at == timedelta(minutes=2)


def test_what_the_library_has_is_no_gap(make: Maker, folder: Path) -> None:
    assert not count_gap("考试周", "zh", folder, at=make.at)
    assert not count_gap("恐龙", "zh", folder / "no index yet", at=make.at)
    assert not SearchGap.objects.exists()


@pytest.mark.parametrize(
    "words",
    ["", "   ", "的", "🙂", "13800138000", "138-0013-8000", "张三 13800138000", "me@example.cn", "11010119900307123X",
     "https://example.cn", "a\x00b\x07"],
)  # fmt: skip
def test_what_says_nothing_or_could_tell_of_a_person_is_let_go(make: Maker, folder: Path, words: str) -> None:
    assert not count_gap(words, "zh", folder, at=make.at)
    assert not SearchGap.objects.exists()


def test_long_words_fit() -> None:
    assert len(tidy("恐龙" * 400)) <= 80


def test_a_day_has_room_for_so_many_new_words_and_the_known_are_still_counted(
    make: Maker, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gaps, "NEW_WORDS_A_DAY", 2)
    assert [count_gap(words, "zh", folder, at=make.at) for words in ("恐龙", "火山", "极光")] == [True, True, False]
    assert count_gap("恐龙", "zh", folder, at=make.at)
    assert count_gap("极光", "zh", folder, at=make.at + timedelta(days=1, minutes=1))


def test_words_are_forgotten_400_days_after_the_last_search(make: Maker, folder: Path) -> None:
    count_gap("恐龙", "zh", folder, at=make.at)
    count_gap("火山", "zh", folder, at=make.at)
    count_gap("恐龙", "zh", folder, at=make.at + timedelta(days=1))
    assert drop_old_gaps(at=make.at + timedelta(days=400)) == 0
    assert drop_old_gaps(at=make.at + timedelta(days=400, seconds=1)) == 1
    assert [gap.words for gap in most_wanted().gaps] == ["恐龙"]


def test_the_most_wanted_come_first(make: Maker, folder: Path) -> None:
    for words in ("火山", "恐龙", "恐龙"):
        count_gap(words, "zh", folder, at=make.at)
    assert [gap.words for gap in most_wanted(99).gaps] == ["恐龙", "火山"]
