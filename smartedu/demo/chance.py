"""Choosing as if by lot, and yet the same way every time: from the words that name the case."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def lot(*words: object) -> int:
    """A number from 0 to 2^64 - 1 that belongs to these words."""
    return int.from_bytes(hashlib.blake2b("\0".join(map(str, words)).encode(), digest_size=8).digest(), "big")


def one_in(chances: int, *words: object) -> bool:
    """Whether the lot falls on this case, one time in `chances`."""
    return lot(*words) % chances == 0


def shuffled(things: Sequence[Thing], *words: object) -> list[Thing]:
    """The things in the order that belongs to these words."""
    order = sorted(range(len(things)), key=lambda position: lot(position, *words))
    return [things[position] for position in order]
