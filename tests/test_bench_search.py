"""The bench of searches asks for words that a search really looks for."""

import importlib
from collections import Counter
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[1] / "bench"


def test_broad_queries_are_words_and_no_stop_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    bench = importlib.import_module("search")
    bearing = Counter({"的": 99, "of": 98, "and": 97, "数学": 90, "grade": 80, "勾股定理": 3})
    asked = bench._queries(bearing, [["勾股定理", "证明"]], 100)
    assert len(asked) == bench.QUERIES
    assert {word for words in asked for word in words.split()} == {"数学", "grade", "勾股定理", "证明"}
