"""How Chinese words sound and are typed: pinyin, initials, and the two mixed with characters.

A word is a tuple of units, one a character: the character itself and its syllable without tones («ü» as v, as on a
keyboard). What is no Chinese character is its own syllable.
"""

import re

from pypinyin import lazy_pinyin

HAN = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")
RUNS = re.compile(f"(?:{HAN.pattern})+|(?:(?!{HAN.pattern}).)+", re.DOTALL)
LATIN = re.compile("[a-z]+")
TYPED = re.compile(f"{HAN.pattern}|[a-z]+|[0-9]")
# What speakers of southern dialects do not tell apart.
_BLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


def syllables(text: str) -> list[str]:
    """One syllable a character of a folded text, read as words are read: 音乐 yin yue, 快乐 kuai le."""
    found: list[str] = []
    for run in RUNS.findall(text):
        found += lazy_pinyin(run, v_to_u=False) if HAN.match(run) else list(run)
    return found if len(found) == len(text) else list(text)


def initials(units: list[str]) -> str:
    """The first letters: g g d l for 勾股定理."""
    return "".join(unit[:1] for unit in units)


def blurred(syllable: str) -> str:
    """A syllable as it is heard where zh and z, ang and an are one."""
    for clear, vague in _BLURRED:
        syllable = syllable.replace(clear, vague)
    return syllable


def typed_units(text: str) -> list[str]:
    """What was typed, cut where a match may be cut: characters, runs of letters, figures."""
    return TYPED.findall(text)


def begins(typed: list[str], text: str, sounds: list[str], start: int = 0) -> int:
    """How many characters of `text` from `start` on are typed by `typed`; 0 where they do not begin so.

    A run of letters is cut into whole syllables and beginnings of syllables, each for one character: `ggdl`, `gougu`,
    `goug`, `gdingl` all begin 勾股定理 or its tail; `勾gu定l` does too.
    """
    at = start
    for place, unit in enumerate(typed):
        if at >= len(text):
            return 0
        if not LATIN.fullmatch(unit):
            if text[at] != unit:
                return 0
            at += 1
            continue
        end = _letters(unit, sounds, at, set(), last=place == len(typed) - 1)
        if end < 0:
            return 0
        at = end
    return at - start


def _letters(run: str, sounds: list[str], at: int, misfits: set[tuple[int, int]], *, last: bool) -> int:
    """Where a run of letters ends, longest syllables first; -1 where it does not fit.

    A syllable is typed whole or by its beginning; one that is begun with more than its initial must be the last.
    `misfits` are the ends of the run, by their length and place, that are known not to fit: without them every syllable
    that may be cut in two ways would double the work.
    """
    if not run:
        return at
    if at >= len(sounds) or (len(run), at) in misfits:
        return -1
    sound = sounds[at]
    if run.startswith(sound) and (end := _letters(run[len(sound) :], sounds, at + 1, misfits, last=last)) >= 0:
        return end
    if last and sound.startswith(run):
        return at + 1
    for initial in (sound[:2], sound[:1]) if sound[:2] in ("zh", "ch", "sh") else (sound[:1],):
        if run.startswith(initial) and (end := _letters(run[len(initial) :], sounds, at + 1, misfits, last=last)) >= 0:
            return end
    misfits.add((len(run), at))
    return -1
