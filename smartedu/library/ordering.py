"""Orders that people expect: the curriculum's, then the title by its pronunciation."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

LONGEST_KEY = 400
POSITIONS = 100_000  # five digits in the key


@lru_cache(maxsize=50_000)
def pinyin_key(text: str) -> str:
    """The text by pronunciation with tones («数学» → "shu4 xue2"), for sorting where no ICU is there."""
    return " ".join(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)).lower()


def shelf_key(positions: list[int], title: str) -> str:
    """A string that sorts by the given positions first (each below POSITIONS), then by the title's sound."""
    return ("".join(f"{position:05d}" for position in positions) + pinyin_key(title))[:LONGEST_KEY]
