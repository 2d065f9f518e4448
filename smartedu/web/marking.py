"""Marking in a text the words that were searched for."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from smartedu.library.search.words import folded

EXCERPT = 90
"""Characters of a summary beside a hit: two lines on a phone."""
BEFORE = 24
"""Characters shown before the first word that matches."""


def marked(text: str, words: Sequence[str]) -> Markup:
    """The text, escaped, with every word inside <mark>; case, width and traditional characters do not matter.

    Folding may change a text's length (traditional characters do not, some ligatures do); such a text is left
    unmarked rather than marked in the wrong place.
    """
    pieces, end = [], 0
    for start, stop in _places(text, words):
        pieces += [escape(text[end:start]), Markup("<mark>{}</mark>").format(text[start:stop])]
        end = stop
    return Markup("").join([*pieces, escape(text[end:])])


def excerpt(text: str, words: Sequence[str]) -> Markup:
    """Some of the text, from its beginning or around the first word that matches, marked."""
    first = next(iter(_places(text, words)), (0, 0))
    start = first[0] - BEFORE if first[1] > EXCERPT else 0
    shown = marked(text[start : start + EXCERPT], words)
    return Markup("{}{}{}").format("…" if start else "", shown, "…" if len(text) > start + EXCERPT else "")


def as_typed(words: Sequence[str], query: str) -> list[str]:
    """The words of a query as the reader typed them: «leaves», where «leave» was looked for."""
    lowered = folded(query)
    return [found[0] if (found := re.search(_pattern(word), lowered)) else word for word in words]


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand."""
    lowered = folded(text)
    if not words or len(lowered) != len(text):
        return []
    longest_first = sorted(words, key=len, reverse=True)
    return [match.span() for match in re.finditer("|".join(map(_pattern, longest_first)), lowered)]


def _pattern(word: str) -> str:
    """A word in Chinese characters anywhere, one in Latin letters as a whole, in the plural too (`words.singular`)."""
    if not word.isascii():
        return re.escape(word)
    endings = f"{re.escape(word[:-1])}(?:y|ies)" if word.endswith("y") else f"{re.escape(word)}s?"
    return rf"(?<![a-z0-9]){endings}(?![a-z0-9])"
