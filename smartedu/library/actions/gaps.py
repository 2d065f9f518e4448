"""Writes about what readers looked for in vain: words, how often, never who."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import F

from smartedu.library.models import SearchGap
from smartedu.library.search.find import find
from smartedu.library.search.words import LONGEST_QUERY, folded, query_tokens

KEPT = timedelta(days=400)
"""One school year and the beginning of the next: what is asked for once a year is seen twice."""
NEW_WORDS_A_DAY = 200
"""More new words than an operator can read are no wish of readers any more but somebody's game."""
# Numbers of telephones, of identity cards and of accounts, and addresses: what was typed into the wrong field.
_OF_A_PERSON = re.compile(r"[0-9xX]{6,}|@|://|www\.")


def count_gap(words: str, language: str, folder: Path, *, at: datetime) -> bool:
    """Count that these words found nothing; whether they were counted.

    They are asked again of the index in `folder`, so that only what is missing comes onto the list; words that could
    tell of a person, and new ones beyond the day's number, are let go. The language is that of the page.
    """
    text = tidy(words)
    if not text:
        return False
    found = find(folder, text)
    if not found.ready or found.total:
        return False
    if SearchGap.objects.filter(words=text).update(times=F("times") + 1, last_at=at):
        return True
    if SearchGap.objects.filter(first_at__gt=at - timedelta(days=1)).count() >= NEW_WORDS_A_DAY:
        return False
    _, new = SearchGap.objects.get_or_create(
        words=text, defaults={"language": language, "first_at": at, "last_at": at}
    )  # of two that count it first in the same moment, one is enough
    return new


def drop_old_gaps(*, at: datetime) -> int:
    """Forget words that were last searched more than 400 days before `at`; returns how many."""
    return SearchGap.objects.filter(last_at__lt=at - KEPT).delete()[0]


def tidy(words: str) -> str:
    """Words as they are counted: folded as the index folds them, single spaces. Empty for what is not to be kept."""
    text = " ".join(folded(words[:LONGEST_QUERY]).split())[:LONGEST_QUERY]
    if not text.isprintable() or _OF_A_PERSON.search(text.replace(" ", "").replace("-", "")):
        return ""
    return text if query_tokens(text) else ""
