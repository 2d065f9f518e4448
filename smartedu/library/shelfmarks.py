"""The small tables that every card needs, remembered by the process: tags and columns by id.

Joining them to every list would cost more than the list itself (nine tables to plan for 24 rows). Rows are only ever
added while the product runs, so an id that is not known is the one reason to look again; names are mended at
set-up, before processes start.
"""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from smartedu.library.models import Column, Tag

Row = TypeVar("Row", Tag, Column)


class Remembered(Generic[Row]):
    """Rows by id, read all at once when an unknown id is asked for."""

    def __init__(self, read: Callable[[], Iterable[Row]]) -> None:
        self._read: Callable[[], Iterable[Row]] = read
        self._rows: dict[int, Row] = {}

    def __call__(self, pk: int) -> Row:
        """The row of that id. Raises KeyError where the table has none."""
        if pk not in self._rows:
            self._rows = {row.pk: row for row in self._read()}
        return self._rows[pk]

    def forget(self) -> None:
        """Remember nothing; for tests, whose tables change under the process."""
        self._rows = {}


tag: Remembered[Tag] = Remembered(Tag.objects.all)
column: Remembered[Column] = Remembered(lambda: Column.objects.select_related("plate"))


def tag_or_none(pk: int | None) -> Tag | None:
    """The tag of that id; None for None."""
    return None if pk is None else tag(pk)
