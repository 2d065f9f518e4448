"""Cursors: where a list goes on, as a word that means nothing to whoever carries it.

A list is read in the order of (when it changed, id). What changes while somebody reads moves to the end and is read
again there; nothing that stays is passed over, however long the reading takes.
"""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class NoCursor(ValueError):
    """The word was not given out by us."""


@dataclass(frozen=True)
class Cursor:
    """The last row that was read."""

    changed_at: datetime
    id: int


def written(cursor: Cursor) -> str:
    """The word for a cursor: 16 bytes in URL-safe base64."""
    since = (cursor.changed_at - _EPOCH) // _MICROSECOND
    return base64.urlsafe_b64encode(since.to_bytes(8) + cursor.id.to_bytes(8)).decode().rstrip("=")


def read(word: str) -> Cursor:
    """The cursor that a word stands for. Raises NoCursor."""
    try:
        raw = base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
        if len(raw) != 16:
            raise NoCursor(word)
        number = int.from_bytes(raw[8:])
        if number >= 2**63:
            raise NoCursor(word)
        return Cursor(_EPOCH + _MICROSECOND * int.from_bytes(raw[:8]), number)
    except (ValueError, OverflowError) as fault:
        raise NoCursor(word) from fault
