"""From text to search tokens: Chinese by dictionary, Latin letters and figures as they are.

Indexing cuts a word into every dictionary word inside it («光合作用» also as 光合 and 作用); a query is cut into
the longest words only, so that 全等 never finds 网络安全等级.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import opencc
import rjieba

LONGEST_QUERY = 80
WORD = re.compile(r"[0-9a-z\u00c0-\u024f\u3400-\u9fff\U00020000-\U000323af]+")
# Frequent enough to outweigh any cut of the same characters into shorter words.
CURRICULUM_FREQUENCY = 200_000


@cache
def _jieba() -> "rjieba.Jieba":
    """The segmenter with the curriculum's words added; one a process, read-only afterwards."""
    jieba = rjieba.Jieba()
    for word in curriculum_words():
        jieba.add_word(word, CURRICULUM_FREQUENCY, "n")
    return jieba


@cache
def curriculum_words() -> tuple[str, ...]:
    """Words of the curriculum that a general dictionary cuts wrongly."""
    text = files("smartedu.library.search").joinpath("curriculum.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.split() if not line.startswith("#"))


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def folded(text: str) -> str:
    """One form for what a reader takes as the same: width, case, traditional characters."""
    return str(_simplifier().convert(unicodedata.normalize("NFKC", text).lower()))


def index_tokens(texts: Iterable[str]) -> str:
    """Every dictionary word of the texts, separated by spaces, for a field that is cut at white space."""
    cut = _jieba().cut_for_search
    return " ".join(singular(token) for text in texts for token in cut(folded(text)) if WORD.fullmatch(token))


def query_tokens(text: str) -> list[str]:
    """The longest words of a query, each once, in order; at most 80 characters of it are read."""
    tokens = _jieba().cut(folded(text[:LONGEST_QUERY]))
    return list(dict.fromkeys(singular(token) for token in tokens if WORD.fullmatch(token) and token not in STOP))


def parts(token: str) -> list[str]:
    """The dictionary words that make up a longer one: 全等三角形 = 全等 三角形; itself where they do not."""
    inside = {part for part in _jieba().cut_for_search(token) if part != token}
    found, at = [], 0
    while at < len(token):
        part = max((part for part in inside if token.startswith(part, at)), key=len, default="")
        if not part:
            return [token]
        found.append(part)
        at += len(part)
    return found


def singular(token: str) -> str:
    """An English plural as its singular, by the three rules of the S-stemmer and one more; anything else as it is.

    Source: Harman, «How effective is suffixing?», JASIS 42 (1991). It joins «triangles» with «triangle» and, unlike
    bolder stemmers, never two different words of a textbook. Its second rule makes «classe» of «classes» and «boxe» of
    «boxes», which then are not «class» and «box»: what ends in -ss, -x and (viruses, campuses) -us loses -es before.
    """
    if not PLURAL.fullmatch(token):
        return token
    if token.endswith("ies") and not token.endswith(("eies", "aies")):
        return token[:-3] + "y"
    if token.endswith(AFTER_HISS):
        return token[:-2]
    if token.endswith("es") and not token.endswith(("aes", "ees", "oes")):
        return token[:-1]
    return token if token.endswith(("us", "ss")) else token[:-1]


PLURAL = re.compile("[a-z]{3,}s")
AFTER_HISS = ("sses", "xes", "ruses", "nuses", "puses", "tuses")
STOP = frozenset(
    "的 了 和 与 及 是 在 the a an of and to in on for with is are was be do does how what why my your i it this that"
    " about".split()
)
