"""The sentences of a lesson: what pupils do in it, what they can do afterwards, how its periods are called."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from smartedu.demo.chance import lot, one_in, shuffled
from smartedu.demo.country.grammar import TOPIC, Draft, Outline
from smartedu.demo.country.topics import Vocabulary
from smartedu.demo.written import read_file

TAILS = {
    "maths": "maths", "chinese": "language", "english": "english", "science": "science", "physics": "science",
    "chemistry": "science", "biology": "science", "geography": "humanities", "history": "humanities",
    "morality": "civics", "politics": "civics", "music": "music", "fine-arts": "arts", "it": "technology",
    "technology": "technology",
}  # fmt: skip
SKILLS = ("阅读理解", "短文写作", "听力理解", "听说训练", "口语表达", "精神品质", "写作训练")
"""What pupils of English practise in every lesson: true, but no word to say what one lesson is about."""
FIRST_PART = (
    "先弄清{k1}，其余留到第2课时。", "第1课时重在理解，第2课时重在运用。", "打好底子，第2课时再往深处走。", "",
)  # fmt: skip
SECOND_PART = (
    "承接第1课时，把{k1}学透。", "先用三分钟回顾第1课时，再往下学。", "第1课时打了底，这一课时重在运用。", "",
)  # fmt: skip


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How lessons of a kind are spoken of, and which sheets they have."""

    parts: tuple[str, ...]
    summaries: tuple[str, ...]
    aims: tuple[str, ...]


class Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kinds: dict[str, Kind]
    tails: dict[str, tuple[str, ...]]


@cache
def phrases() -> Phrases:
    """Every sentence that no vocabulary has. Raises msgspec.ValidationError where `phrases.toml` is malformed."""
    return read_file("country/phrases.toml", Phrases)


@dataclass(frozen=True)
class Words:
    """What a lesson says."""

    summary: str
    aims: tuple[str, ...]
    periods: tuple[str, ...]
    knowledge: tuple[str, ...]


class Voice:
    """One book's way of speaking: it goes through all patterns of a kind, in an order of its own and every round in
    another, before it says one again; so lessons beside each other never sound alike."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self._said: set[str] = set()
        self._left: dict[str, list[str]] = {}
        self._rounds: dict[str, int] = defaultdict(int)

    def next(self, kind: str, patterns: Sequence[str], fits: Callable[[str], bool]) -> str:
        """The next pattern of the kind that fits; of a kind without one, the next at all."""
        able = [pattern for pattern in patterns if fits(pattern)] or list(patterns)
        left = self._left.setdefault(kind, [])
        found = next((pattern for pattern in left if pattern in able), None)
        if found is None:
            self._rounds[kind] += 1
            left += shuffled([p for p in patterns if p not in left], self.seed, kind, self._rounds[kind])
            found = next(pattern for pattern in left if pattern in able)
        left.remove(found)
        return found

    def say(self, kind: str, patterns: Sequence[str], fits: Callable[[str], bool], names: Mapping[str, str]) -> str:
        """The next pattern that fits with its names filled in, and not a sentence that was said before."""
        for _ in patterns:
            sentence = self.next(kind, patterns, fits).format_map(names)
            if sentence not in self._said:
                break
        self._said.add(sentence)
        return sentence


def worded(outlined: Outline, drafts: Sequence[Draft], vocabulary: Vocabulary, seed: str) -> list[Words]:
    """What each lesson of a book says, in the order of `drafts`; `seed` names the book."""
    voice = Voice(seed)
    return [_words(outlined, draft, vocabulary, voice) for draft in drafts]


def _words(outlined: Outline, draft: Draft, vocabulary: Vocabulary, voice: Voice) -> Words:
    unit = outlined.units[draft.unit]
    kind = None if draft.kind == TOPIC else phrases().kinds[draft.kind]
    points = list(draft.knowledge) if kind is None else shuffled(draft.knowledge, voice.seed, draft.title)
    points.sort(key=lambda point: point in SKILLS)
    names = {"t": draft.about if kind is None else _a_topic(outlined, draft, voice.seed), "u": unit.name}
    names |= dict(zip(("k1", "k2", "k3"), points, strict=False))
    names |= dict(zip(("a", "b"), points, strict=False))

    def fits(pattern: str) -> bool:
        return _needs(pattern) <= names.keys()

    def apt(pattern: str) -> bool:
        return fits(pattern) and _names_a_point(pattern)

    rest = next((topic.knowledge[0] for topic in unit.topics if topic.knowledge[0] not in points), points[0])
    full = {"k2": rest, "b": rest} | names
    summary = voice.say(draft.kind, kind.summaries if kind else vocabulary.summaries, fits, full)
    if draft.part:
        pool = FIRST_PART if draft.part == 1 else SECOND_PART
        summary += pool[lot(voice.seed, draft.title) % len(pool)].format_map(full)
    elif one_in(3, voice.seed, draft.title, "tail"):
        summary += voice.next("tail", phrases().tails[TAILS[vocabulary.subject]], lambda tail: True)
    aims: dict[str, None] = {}
    for turn in range(3 if draft.part == 0 else 2):
        # the first aim names what the lesson is about, whatever the others say
        aim = voice.next(f"{draft.kind}+", kind.aims if kind else vocabulary.aims, fits if turn else apt)
        aim = aim.format_map(full)
        aims[f"{aim.removesuffix('。')}。"] = None
    return Words(summary, tuple(aims), _periods(draft, voice.seed), draft.knowledge)


def _names_a_point(pattern: str) -> bool:
    return "{k1}" in pattern or "{a}" in pattern or "{t}" in pattern


@cache
def _needs(pattern: str) -> frozenset[str]:
    return frozenset(name for name in ("k1", "k2", "k3", "a", "b", "t", "u") if f"{{{name}}}" in pattern)


def _a_topic(outlined: Outline, draft: Draft, seed: str) -> str:
    """A lesson of the unit to speak of; the topic itself where the draft belongs to one."""
    titles = [topic.title for topic in outlined.units[draft.unit].topics]
    return draft.about if draft.about in titles else titles[lot(seed, draft.title) % len(titles)]


def _periods(draft: Draft, seed: str) -> tuple[str, ...]:
    """A rich topic takes two class periods now and then, each with its own point."""
    if draft.kind == TOPIC and draft.part == 0 and len(draft.knowledge) > 2 and one_in(3, seed, draft.title, "periods"):
        first, *rest = draft.knowledge
        return (f"第一课时 {first}", f"第二课时 {'、'.join(rest[:2])}")
    return ("第一课时",)
