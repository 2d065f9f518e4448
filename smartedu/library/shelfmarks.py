"""The small tables that every card and facet needs, remembered by the process: tags, columns, providers.

Joining them to every list would cost more than the list itself (nine tables to plan for 24 rows). Rows are only ever
added while the product runs, so a key that is not known is the one reason to look again; names are mended at
set-up, before processes start.
"""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from smartedu.library.models import Column, Dimension, Provider, Tag

Key = TypeVar("Key", int, str)
Row = TypeVar("Row", Tag, Column, Provider)


class Remembered(Generic[Key, Row]):
    """Rows by a key of theirs, read all at once when an unknown key is asked for."""

    def __init__(self, read: Callable[[], Iterable[Row]], key: Callable[[Row], Key]) -> None:
        self._read: Callable[[], Iterable[Row]] = read
        self._key: Callable[[Row], Key] = key
        self._rows: dict[Key, Row] = {}

    def __call__(self, key: Key) -> Row:
        """The row of that key. Raises KeyError where the table has none."""
        if key not in self._rows:
            self._rows = {self._key(row): row for row in self._read()}
        return self._rows[key]

    def forget(self) -> None:
        """Remember nothing; for tests, whose tables change under the process."""
        self._rows = {}


tag: Remembered[int, Tag] = Remembered(Tag.objects.all, lambda row: row.pk)
grade: Remembered[str, Tag] = Remembered(lambda: Tag.objects.filter(dimension=Dimension.GRADE), lambda row: row.code)
column: Remembered[int, Column] = Remembered(lambda: Column.objects.select_related("plate"), lambda row: row.pk)


def tag_or_none(pk: int | None) -> Tag | None:
    """The tag of that id; None for None."""
    return None if pk is None else tag(pk)


_tag_by_name: Remembered[str, Tag] = Remembered(Tag.objects.all, lambda row: f"{row.dimension}:{row.code}")
_provider: Remembered[str, Provider] = Remembered(Provider.objects.all, lambda row: row.code)


def tag_by_code(dimension: str, code: str) -> Tag | None:
    """The tag of a level and code, as addresses name it; None where there is none."""
    try:
        return _tag_by_name(f"{dimension}:{code}")
    except KeyError:
        return None


def provider_or_none(code: str) -> Provider | None:
    """The provider of that code; None where there is none."""
    try:
        return _provider(code)
    except KeyError:
        return None
