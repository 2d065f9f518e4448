"""What a reader may be about to type: subjects, topics, editions and titles that begin so.

By characters, by pinyin, by initials and by the three mixed; by English words of a title too.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from smartedu.library.search.lexicon import LATIN_WORD, Lexicon, Word, lexicon
from smartedu.library.search.sounds import begins, typed_units
from smartedu.library.search.words import LONGEST_QUERY, folded

MOST = 8
LOOKED_AT = 20_000
"""Words that begin with the same sign and are looked at, the weightier first: some 20 ms where none fits."""


class Suggestion(NamedTuple):
    """`word`, and what was typed `before` it that it goes on from; `start` and `end` of what is typed of it, in
    characters of `word.text`, or of `word.english` where `english`."""

    word: Word
    before: str
    start: int
    end: int
    english: bool


def suggest(folder: Path, typed: str, *, english_first: bool = False, most: int = MOST) -> list[Suggestion]:
    """The weightiest words that begin as `typed` does; where none does, those that its last word begins.

    `english_first` puts titles with an English word that begins so before those that sound so.
    """
    words, text = lexicon(folder), folded(typed[:LONGEST_QUERY]).strip()
    found = _fitting(words, text, "", english_first=english_first, most=most)
    before, space, last = text.rpartition(" ")
    if not found and space:
        found = _fitting(words, last, before.strip(), english_first=english_first, most=most)
    return found


def _fitting(words: Lexicon, text: str, before: str, *, english_first: bool, most: int) -> list[Suggestion]:
    chinese = list(islice(_heard(words, text, before), 4 * most))
    english = list(_in_english(words, text, before, most))
    # A topic or title that is typed to its end is meant first; a mere word would add nothing to what is typed.
    chinese.sort(key=lambda one: one.end < len(one.word.text) or one.word.sort == "word")
    distinct: dict[str, Suggestion] = {}
    for one in [*english, *chinese] if english_first else [*chinese, *english]:
        distinct.setdefault(one.word.text, one)
    subjects = {one.word.text for one in distinct.values() if one.word.sort == "subject"}
    # 生物 and 生物学 are one thing to who types
    return [one for text, one in distinct.items() if f"{text}学" not in subjects][:most]


def _heard(words: Lexicon, text: str, before: str) -> Iterator[Suggestion]:
    """Words by their characters and their sound."""
    units = typed_units(text)
    if not units:
        return
    seen = set()
    for start, word in words.by_beginning.get(units[0][0], [])[:LOOKED_AT]:
        length = 0 if word.text in seen else begins(units, word.text, word.sounds, start)
        if length:
            seen.add(word.text)
            yield Suggestion(word, before, start, start + length, english=False)


def _in_english(words: Lexicon, text: str, before: str, most: int) -> Iterator[Suggestion]:
    """Titles that have all the words in English, the last of them begun."""
    *whole, begun = LATIN_WORD.findall(text) or [""]
    if len(begun) < 2 or not text.isascii():
        return
    fitting = []
    for _, word in islice(words.english_beginning(begun), LOOKED_AT):
        english = word.english.lower()
        if all(each in english for each in whole):
            fitting.append(word)
    for word in sorted(fitting, key=lambda word: -word.weight)[:most]:
        start = word.english.lower().find(begun)
        yield Suggestion(word, before, start, start + len(begun), english=True)
