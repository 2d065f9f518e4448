"""Bringing a topic and a form together: title, summary and paragraphs, the same way every time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from smartedu.demo.chance import lot, shuffled
from smartedu.demo.columns.reading import Form, Topic

LONGEST_SUMMARY = 84  # characters: three lines of a card on a phone
HEADING = "# "
SHORT = 30  # characters; on a wide page such a paragraph looks like a line left over
ENOUGH = 260  # characters; less looks unfinished on its page, and gets another thought before it ends
POINT = re.compile(r"[^“”（）]{6,17}")
HALF = re.compile(
    r"^(如果|虽然|即使|凡|当|不过|但|而|可是|所以|因此|后来|其|就|也|还|只要|一旦|只有|直到|为了|由于|今天|有的|他|她|它|这|那|和|与|除|"
    r"把|被|第|至今|连续|一个学期|躺了|如今|每年|二十|三十|四十|\d)|(时|的|后|前|里|中|上|下|年|月|日|起|们|是|说|看|处|天|晚|和|边|阶段|例子|几句|习俗|这样|不去|时候)$"
)
"""A clause that begins or ends like this leaves its reader waiting for the rest."""
BANDS: Mapping[str, tuple[tuple[str, tuple[int, ...]], ...]] = MappingProxyType(
    {
        "primary": (("小学", ()), ("小学低年级", (1, 2)), ("小学中年级", (3, 4)), ("小学高年级", (5, 6))),
        "junior": (("初中", ()), ("七年级", (7,)), ("八年级", (8,))),
        "senior": (("高中", ()), ("高一", (10,)), ("高二", (11,))),
        "special": (("特殊教育学校", ()),),
    }
)
"""How teachers call the ages that something is made for, and the grades which that means; () is the whole stage."""


@dataclass(frozen=True)
class Words:
    """What stands for the marks of a pattern, by mark: t topic, g ages, s school, r region, j subject, k lesson …"""

    marks: Mapping[str, str]

    def fill(self, pattern: str) -> str:
        """The pattern with its marks replaced. Raises KeyError for a mark that this case has no word for."""
        return pattern.format_map(self.marks)

    def fits(self, pattern: str) -> bool:
        """Whether this case has a word for every mark of the pattern."""
        try:
            self.fill(pattern)
        except KeyError:
            return False
        return True


def titled(patterns: Sequence[str], words: Words, taken: set[str], *seed: object) -> str:
    """The first title by lot that nothing else bears; "" where all are taken."""
    for pattern in shuffled([p for p in patterns if words.fits(p)], *seed):
        title = words.fill(pattern)
        if title not in taken:
            return title
    return ""


def pointed(topic: Topic, *seed: object) -> Sequence[str]:
    """Titles out of the topic's own words, «岳飞的军纪是冻死不拆屋», in the order of the lot; none if none can."""
    clauses = [re.split("[，。；？：]", sentence)[0] for sentence in topic.sentences]
    whole = [c for c in clauses if POINT.fullmatch(c) and not HALF.search(c) and "{" not in c]
    return shuffled([c if topic.name in c else f"{topic.name}：{c}" for c in whole], "point", *seed)


def summarised(topic: Topic, form: Form, words: Words, turn: int, *seed: object) -> str:
    """One sentence of the topic, two where that one is short, and where there is room what the form offers."""
    sentences = [words.fill(sentence) for sentence in topic.sentences]
    first = turn % len(sentences)
    said = sentences[first]
    if len(said) < SHORT:
        start = min(first, len(sentences) - 2)
        said = "".join(sentences[start : start + 2])
    tails = [words.fill(t) for t in form.tails if words.fits(t)]
    tail = tails[lot("tail", *seed) % len(tails)]
    return said if len(said) + len(tail) > LONGEST_SUMMARY else said + tail


def told(topic: Topic, form: Form, notes: Sequence[str], words: Words, *seed: object) -> tuple[str, ...]:
    """The paragraphs by one of the form's skeletons.

    A skeleton names paragraphs by letters, those joined by + make one: a b c the topic's sentences, o an opening,
    m a sentence of the form, n a note of the column, h a heading, e an ending. Each m, n and h is another one.
    """
    pools = {
        "o": _drawn(form.open, words, "o", *seed),
        "m": _drawn(form.middle, words, "m", *seed),
        "n": _drawn(notes, words, "n", *seed),
        "h": _drawn(form.heads, words, "h", *seed),
        "e": _drawn(form.end, words, "e", *seed),
    }
    shape = form.shapes[lot("shape", *seed) % len(form.shapes)]
    said = {letter: words.fill(s) for letter, s in zip("abc", topic.sentences, strict=True)}
    paragraphs = []
    for paragraph in shape.split():
        pieces = [said[letter] if letter in said else pools[letter].pop() for letter in paragraph.split("+")]
        paragraphs.append(f"{HEADING}{pieces[0]}" if paragraph == "h" else "".join(pieces))
    while len("".join(paragraphs)) < ENOUGH and pools["m"]:
        more = pools["m"].pop() + (pools["n"].pop() if pools["n"] else "")
        paragraphs.insert(len(paragraphs) - 1, more)
    return tuple(_rounded(paragraphs))


def _rounded(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs, one that is a single short sentence joined to the next where no heading comes between."""
    rounded: list[str] = []
    for paragraph in paragraphs:
        last = rounded[-1] if rounded else HEADING
        if len(last) < SHORT and not last.startswith(HEADING) and not paragraph.startswith(HEADING):
            rounded[-1] = last + paragraph
        else:
            rounded.append(paragraph)
    return rounded


def _drawn(pool: Sequence[str], words: Words, *seed: object) -> list[str]:
    return [words.fill(one) for one in shuffled([p for p in pool if words.fits(p)], *seed)]
