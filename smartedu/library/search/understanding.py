"""What a reader means: places of the curriculum among the words, and words typed by their sound.

«七年级 生物 光合作用» is the word 光合作用 under two facets; `shuxue` is 数学. It keeps to what is certain: a grade or
a stage is taken as such, a subject only beside one of these (历史人物 may be about anybody), and everything else
stays a word.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from smartedu.library import reference
from smartedu.library.models import Dimension
from smartedu.library.search.lexicon import Lexicon
from smartedu.library.search.words import LONGEST_QUERY, folded, query_tokens

FACETS = (Dimension.GRADE, Dimension.STAGE, Dimension.SUBJECT)
LETTERS = re.compile("[a-z]{2,}")
SYLLABLE = re.compile("[a-z]{1,6}")
_MORE_NAMES = {
    "初一": ("grade", "grade-7"),
    "初二": ("grade", "grade-8"),
    "初三": ("grade", "grade-9"),
    "math": ("subject", "maths"),
    "mathematics": ("subject", "maths"),
}
_GRADE = re.compile(r"\bgrade ?(1[0-2]|[1-9])\b")
_GRADE_IN_FIGURES = re.compile("(?<![0-9])([1-9])(?=年级)")
_STAGES = ("primary", "junior", "senior")
"""Stages by code; in English also the beginning of primary colours and of senior citizens."""
_STAGE = re.compile(
    rf"\b({'|'.join(_STAGES)})(?:(?: (?:secondary|high|middle))? schools?\b| secondary\b| grades\b|(?= grade\b))"
)


@dataclass(frozen=True)
class Meant:
    """`tokens` are the words to look for, `facets` what was said of the place by code, `offered` a subject that may be
    meant as one; `left` is the query without the places; `readings` what letters were taken for."""

    tokens: tuple[str, ...]
    facets: dict[str, str] = field(default_factory=dict)
    offered: dict[str, str] = field(default_factory=dict)
    left: str = ""
    readings: dict[str, str] = field(default_factory=dict)


def understand(text: str, lexicon: Lexicon, known: Callable[[str], bool], *, places: bool = True) -> Meant:
    """Read a query. `known` tells whether any resource bears a token; without `places` every word stays a word."""
    text = _GRADE_IN_FIGURES.sub(lambda figure: "零一二三四五六七八九"[int(figure[1])], folded(text[:LONGEST_QUERY]))
    said: dict[str, str] = {}
    rest = _without_places(text, said) if places else text
    subjects = {k: v for k, v in said.items() if k == "subject"}
    if len(said) == len(subjects):  # a subject alone stays a word; it is offered as a facet
        rest, said = text, {}
    tokens: list[str] = []
    readings: dict[str, str] = {}
    for token in _joined(query_tokens(rest), lexicon, known):
        heard = "" if known(token) or not LETTERS.fullmatch(token) else reading(token, lexicon)
        if heard:
            readings[token] = heard
        tokens += query_tokens(heard) if heard else [token]
    offered = subjects if not said and len(tokens) > 1 else {}
    return Meant(tuple(dict.fromkeys(tokens)), said, offered, rest, readings)


def _joined(tokens: list[str], lexicon: Lexicon, known: Callable[[str], bool]) -> list[str]:
    """Pinyin that was typed a syllable at a time as one word: shu xue."""
    if len(tokens) < 2 or any(known(token) or not SYLLABLE.fullmatch(token) for token in tokens):
        return tokens
    return ["".join(tokens)] if reading("".join(tokens), lexicon) else tokens


def reading(letters: str, lexicon: Lexicon) -> str:
    """The weightiest word that is typed so in pinyin or in initials, or the words one after the other; else ""."""
    for table in (lexicon.by_pinyin, lexicon.by_initials):
        if found := table.get(letters):
            return found[0].shown
    return " ".join(_cut(letters, lexicon))


def _cut(letters: str, lexicon: Lexicon) -> list[str]:
    """Run-together pinyin as words, as few as possible: chuzhongshuxue = 初中 数学. Empty where it is none."""
    best: list[list[str] | None] = [[], *([None] * len(letters))]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 24), end - 2):
            before = best[start]
            word = lexicon.by_pinyin.get(letters[start:end])
            here = best[end]
            if before is not None and word and (here is None or len(before) + 1 < len(here)):
                best[end] = [*before, word[0].shown]
    return best[-1] or []


def _without_places(text: str, said: dict[str, str]) -> str:
    """The text without names of grades, stages and subjects; what they are goes to `said`."""

    def grade(match: re.Match[str]) -> str:
        said.setdefault("grade", f"grade-{match[1]}")
        return " "

    def stage(match: re.Match[str]) -> str:
        said.setdefault("stage", match[1])
        return " "

    chunks = _GRADE.sub(grade, _STAGE.sub(stage, " ".join(text.split()))).split()
    return " ".join(filter(None, (_rest(chunk, said) for chunk in _without_stage(chunks, said))))


def _without_stage(chunks: list[str], said: dict[str, str]) -> list[str]:
    """The chunks without a stage in English that stands beside a subject: «primary maths», but «primary colours»."""
    names = place_names()
    for at, chunk in enumerate(chunks):
        beside = [*chunks[max(0, at - 1) : at], *chunks[at + 1 : at + 2]]
        if chunk in _STAGES and "stage" not in said and any(names.get(one, "")[:1] == ("subject",) for one in beside):
            said["stage"] = chunk
            return chunks[:at] + chunks[at + 1 :]
    return chunks


def _rest(chunk: str, said: dict[str, str]) -> str:
    """A run of characters without the places it begins with; a subject in front of other words needs a place before."""
    names, before = place_names(), bool(said)
    while chunk:
        name = next((chunk[:n] for n in range(min(8, len(chunk)), 1, -1) if chunk[:n] in names), "")
        if not name:
            break
        facet, code = names[name]
        whole = len(name) == len(chunk)
        if facet in said or (facet == "subject" and not whole and not before) or _longer(chunk, name):
            break
        said[facet] = code
        chunk, before = chunk[len(name) :], True
    return chunk


def _longer(chunk: str, name: str) -> bool:
    """Whether the name is but the beginning of a longer word: 高中生, 地理学家, 化学式."""
    first = query_tokens(chunk)[:1]
    return bool(first) and len(first[0]) > len(name) and first[0].startswith(name)


@cache
def place_names() -> dict[str, tuple[str, str]]:
    """The names of grades, stages and subjects in both languages, folded, with facet and code."""
    return dict(_names()) | _MORE_NAMES


def _names() -> Iterator[tuple[str, tuple[str, str]]]:
    for tag in reference.tags():
        if tag.dimension in {str(dimension) for dimension in FACETS}:
            english = [tag.name_en] if " " not in tag.name_en else []
            for name in (tag.name_zh, *tag.aliases, *english):
                yield folded(name), (tag.dimension, tag.code)
