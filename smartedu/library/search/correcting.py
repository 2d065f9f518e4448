"""«Did you mean»: words that sound or look like what was typed, among the words of this library.

Three characters or more that sound like a known word are that word (光和作用 is heard as 光合作用); where nothing was
found, one wrong character in four or more, and one or two wrong letters, are forgiven too. What is known already is
left as it is, so that a right query is never «corrected».
"""

import re
from collections.abc import Callable

from rapidfuzz import process
from rapidfuzz.distance import OSA, Hamming

from smartedu.library.search.lexicon import LONGEST_WORD, Lexicon
from smartedu.library.search.sounds import HAN, blurred, syllables
from smartedu.library.search.words import LONGEST_QUERY, STOP, folded, singular

Known = Callable[[str], bool]
RUN = re.compile(f"(?:{HAN.pattern})+|[a-z]+")
LEAST_HEARD = 3
"""Characters: two syllables are shared by too many words."""
LEAST_SEEN = 4
"""Characters of which one may be wrong: of three, it could be any."""
LEAST_LETTERS = 5
LONGEST_RUN = 24
"""Characters of a run that are compared; behind them it is a sentence and not a word."""


def better(text: str, lexicon: Lexicon, known: Known, *, far: bool) -> str:
    """The query with what is likely meant in the place of what was typed; "" where nothing better is known.

    `known` tells whether any resource bears a word; `far` lets words differ in sound too, where nothing was found.
    """
    text = folded(text[:LONGEST_QUERY])

    def mend(match: re.Match[str]) -> str:
        run = match[0]
        return _heard(run, lexicon, far=far) if HAN.match(run) else _spelt(run, lexicon, known) if far else run

    mended = RUN.sub(mend, text)
    return "" if mended == text else mended


def _heard(run: str, lexicon: Lexicon, *, far: bool) -> str:
    """A run of Chinese characters with the longest words that it sounds like."""
    if len(run) < LEAST_HEARD or run in lexicon.by_text or not lexicon.words:
        return run
    run, rest = run[:LONGEST_RUN], run[LONGEST_RUN:]
    sounds = syllables(run)
    heard = [blurred(sound) for sound in sounds]
    made, at = "", 0
    while at < len(run):
        for end in range(min(len(run), at + LONGEST_WORD), at + LEAST_HEARD - 1, -1):
            word = _word(run[at:end], tuple(heard[at:end]), sounds[at:end], lexicon, far=far)
            if word:
                made, at = made + word, end
                break
        else:
            made, at = made + run[at], at + 1
    return made + rest


def _word(written: str, heard: tuple[str, ...], sounds: list[str], lexicon: Lexicon, *, far: bool) -> str:
    """The word that a piece of the query is or sounds like; "" for none."""
    if written in lexicon.by_text:
        return written
    if candidates := lexicon.by_sound.get(heard):
        exact = [word for word in candidates if word.sounds == sounds]
        return (exact or candidates)[0].text
    if far and len(written) >= LEAST_SEEN:
        words = lexicon.by_length.get(len(written), [])
        found = process.extractOne(written, words, scorer=Hamming.distance, score_cutoff=1)
        return str(found[0]) if found else ""
    return ""


def _spelt(run: str, lexicon: Lexicon, known: Known) -> str:
    """A run of letters as the English word, or the word in pinyin, that differs least from it."""
    if len(run) < LEAST_LETTERS or run in STOP or known(singular(run)):
        return run
    most = 1 if len(run) < 8 else 2
    english = process.extractOne(run, lexicon.english_words, scorer=OSA.distance, score_cutoff=most)
    if english:
        return str(english[0])
    pinyin = process.extractOne(run, lexicon.by_pinyin.keys(), scorer=OSA.distance, score_cutoff=1)
    return lexicon.by_pinyin[str(pinyin[0])][0].text if pinyin else run
