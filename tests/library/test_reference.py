"""The facts that ship with the product."""

import csv
from pathlib import Path

from smartedu.library import reference


def test_the_reference_is_whole() -> None:
    tags = reference.tags()
    assert len({(t.dimension, t.code) for t in tags}) == len(tags)
    assert all(t.name_en for t in tags)
    assert all(t.code.isascii() and len(t.code) <= 80 for t in tags)
    by_code = reference.tags_by_code()
    assert all(not t.base or ("edition", t.base) in by_code for t in tags)
    names = {p.name_zh for p in reference.publishers()}
    assert all(house in names for t in tags if t.publisher for house in t.publisher.split("、"))
    for book in reference.textbooks():
        for level in ("stage", "subject", "edition", "volume"):
            assert (level, getattr(book, level)) in by_code
    assert len(reference.textbooks()) == 2000


def test_the_reference_holds_nothing_of_the_feed_but_facts() -> None:
    """Its identifiers and addresses are the platform's own."""
    folder = Path(reference.__file__).parent
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        assert "http" not in text
        assert not [word for row in csv.reader(text.splitlines()) for word in row if _looks_like_an_id(word)]


def _looks_like_an_id(word: str) -> bool:
    return len(word) >= 22 and all(c in "0123456789abcdef-" for c in word)
