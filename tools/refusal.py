"""The one way to give up: a sentence in both languages. No syntax newer than Python 3.6 here (see bootstrap.py)."""

import sys

OLDEST = (3, 11)


def refuse(zh, en):
    """End with one sentence in both languages."""
    sys.exit("\n✗ " + zh + "\n  " + en)
