"""The words that readers may mean: subjects, knowledge points, titles, editions, with how they sound.

The worker writes them from the catalogue into a file beside the index; a process reads the file when it has changed.
From it come suggestions, the reading of pinyin and initials, and «did you mean».
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import msgspec
import tantivy
from django.db import connection

from smartedu.library.models import Dimension, Tag
from smartedu.library.search.documents import ANY
from smartedu.library.search.sounds import HAN, blurred, initials, syllables
from smartedu.library.search.words import curriculum_words, folded, index_tokens, query_tokens

FILE = "lexicon.msgpack"
LONGEST_WORD = 12
"""Characters of what may be one word; longer titles are suggested but not read out of pinyin."""
# «第17章», «5.1», «第2课时»: readers begin with what comes after.
NUMBERING = re.compile(r"^(?:第?[0-9一二三四五六七八九十百]+(?:[.\-][0-9]+)*[章节课单元时讲]*[\s:：、.]*)")
LATIN_WORD = re.compile("[a-z]{2,}")


class Word(msgspec.Struct, array_like=True, frozen=True):
    """`text` folded, as it is compared; `shown` as it is written; `weight`: how many resources it stands for.

    `code` and `resource` (its kind) are set where it is the title of one resource only.
    """

    text: str
    shown: str
    english: str
    sort: str
    weight: int
    sounds: list[str]
    code: str = ""
    resource: str = ""


class Lexicon:
    """All words, the weightier ones first, with what is needed to find them by what was typed or heard."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words

    @cached_property
    def by_text(self) -> dict[str, Word]:
        return {word.text: word for word in reversed(self.words)}

    @cached_property
    def by_beginning(self) -> dict[str, list[tuple[int, Word]]]:
        """By the first character and the first letter of each place where a reader may begin."""
        found: dict[str, list[tuple[int, Word]]] = defaultdict(list)
        for word in self.words:
            for start in beginnings(word.text):
                for key in {word.text[start], word.sounds[start][:1]}:
                    found[key].append((start, word))
        return found

    @cached_property
    def by_pinyin(self) -> dict[str, list[Word]]:
        return self._by(lambda word: "".join(word.sounds))

    @cached_property
    def by_initials(self) -> dict[str, list[Word]]:
        return self._by(lambda word: initials(word.sounds))

    @cached_property
    def by_sound(self) -> dict[tuple[str, ...], list[Word]]:
        """By syllables as they are heard, zh as z."""
        found: dict[tuple[str, ...], list[Word]] = defaultdict(list)
        for word in self.readable:
            found[tuple(blurred(sound) for sound in word.sounds)].append(word)
        return found

    @cached_property
    def readable(self) -> list[Word]:
        """What is short enough to be one word, and Chinese throughout."""
        return [word for word in self.words if 1 < len(word.text) <= LONGEST_WORD and _all_han(word.text)]

    @cached_property
    def by_length(self) -> dict[int, list[str]]:
        """By the number of characters, the weightier first."""
        found: dict[int, list[str]] = defaultdict(list)
        for word in self.readable:
            found[len(word.text)].append(word.text)
        return found

    @cached_property
    def english(self) -> list[tuple[str, Word]]:
        """Every English word of the titles with its title, in alphabetical order, for looking up a beginning."""
        pairs = [(each, word) for word in self.words for each in set(LATIN_WORD.findall(word.english.lower()))]
        return sorted(pairs, key=lambda pair: (pair[0], -pair[1].weight))

    @cached_property
    def english_words(self) -> list[str]:
        """Every English word once."""
        return list(dict.fromkeys(each for each, _ in self.english))

    def english_beginning(self, typed: str) -> Iterator[tuple[str, Word]]:
        """The English words that begin so, with their titles."""
        for at in range(bisect_left(self.english, typed, key=lambda pair: pair[0]), len(self.english)):
            if not self.english[at][0].startswith(typed):
                return
            yield self.english[at]

    def _by(self, key: Callable[[Word], str]) -> dict[str, list[Word]]:
        found: dict[str, list[Word]] = defaultdict(list)
        for word in self.readable:
            found[key(word)].append(word)
        return found


def beginnings(text: str) -> list[int]:
    """Where a reader may begin to type a title: at its first character, behind its numbering, behind a space."""
    starts = [0]
    numbering = NUMBERING.match(text)
    if numbering and numbering.end() < len(text):
        starts.append(numbering.end())
    space = max(text.find(" "), text.find("·"))
    if 0 < space < len(text) - 1 and len(starts) == 1:
        starts.append(space + 1)
    return starts


_read: dict[Path, tuple[int, Lexicon]] = {}


def lexicon(folder: Path) -> Lexicon:
    """The words of this node; an empty lexicon while there is no file."""
    file = folder / FILE
    try:
        stamp = file.stat().st_mtime_ns
        if folder not in _read or _read[folder][0] != stamp:
            words = msgspec.msgpack.decode(file.read_bytes(), type=list[Word])
            _read[folder] = (stamp, Lexicon(words))
    except (FileNotFoundError, msgspec.DecodeError):
        return Lexicon([])
    return _read[folder][1]


def write(folder: Path, searcher: tantivy.Searcher) -> int:
    """Make the file anew from the catalogue; returns how many words it has. Pinyin of known words is taken over."""
    known = {word.text: word.sounds for word in lexicon(folder).words}
    gathered: dict[str, Word] = {}
    for shown, english, sort, weight, code, kind in _gather(searcher):
        text = folded(shown).strip()
        if not text or text in gathered or not query_tokens(text):
            continue
        sounds = known.get(text) or syllables(text)
        gathered[text] = Word(text, shown, english, sort, weight, sounds, code, kind)
    words = sorted(gathered.values(), key=lambda word: (-word.weight, word.text))
    partial = folder / f"{FILE}.new"
    partial.write_bytes(msgspec.msgpack.encode(words))
    partial.replace(folder / FILE)
    return len(words)


Row = tuple[str, str, str, int, str, str]
# A subject before a point of knowledge before a title, whatever their numbers.
SUBJECTS, POINTS, TAGS = 100_000_000, 10_000, 1_000_000


def _gather(searcher: tantivy.Searcher) -> Iterator[Row]:
    """Subjects, knowledge points, editions and grades, words of the curriculum, titles; what nothing bears is left."""
    sort_of = {Dimension.SUBJECT: "subject", Dimension.EDITION: "edition", Dimension.GRADE: "grade"}
    for tag in Tag.objects.filter(dimension__in=sort_of):
        weight = _bearing(searcher, tag.name_zh)
        if weight:
            factor = SUBJECTS if tag.dimension == Dimension.SUBJECT else TAGS
            for name in {tag.name_zh, tag.name_zh.removesuffix("学") if len(tag.name_zh) > 2 else tag.name_zh}:
                yield name, tag.name_en, sort_of[Dimension(tag.dimension)], weight + factor, "", ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT point, count(*) FROM library_resource, unnest(knowledge) AS point"
            " WHERE version_id IS NOT NULL GROUP BY point"
        )
        for point, count in cursor.fetchall():
            yield point, "", "point", count * POINTS, "", ""
        for word in curriculum_words():
            if weight := _bearing(searcher, word):
                yield word, "", "word", weight * 100, "", ""
        cursor.execute(
            "SELECT title, max(title_en), count(*), min(code), min(kind) FROM library_resource"
            " WHERE version_id IS NOT NULL GROUP BY title"
        )
        for title, english, count, code, kind in cursor.fetchall():
            # one that several resources share leads to all of them, another straight to its resource
            yield title, english, "title", count, *((code, kind) if count == 1 else ("", ""))


def _bearing(searcher: tantivy.Searcher, word: str) -> int:
    tokens = index_tokens([word]).split()
    return min((searcher.doc_freq(ANY, token) for token in tokens), default=0)


def _all_han(text: str) -> bool:
    return all(HAN.fullmatch(sign) for sign in text)
