"""Telling who keeps something made from the library that it changed: remembered pages and the search index."""

from collections.abc import Iterable, Iterator

from django.db import connection

from smartedu.library import keys
from smartedu.library.channel import CHANNEL
from smartedu.library.content import BOOKS, Kind
from smartedu.library.models import Resource

MOST_RESOURCES = 100
"""More at once are told as one change of everything: cheaper to hear than a thousand notices."""


class Told:
    """The keys of everything that a change touches, gathered while it is made."""

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._resources: set[str] = set()

    def about(self, resource: Resource) -> None:
        """Name a resource where it stands now; call it before and after a move."""
        self._resources.add(resource.code)
        if len(self._resources) > MOST_RESOURCES:
            return
        self._stands(resource)
        if resource.textbook is not None:  # its book counts lessons, and is listed with the count
            self._stands(resource.textbook)
        if resource.kind in BOOKS:
            self._keys.add(keys.TEXTBOOKS)
        if resource.kind == Kind.NOTICE:
            self._keys.add(keys.NOTICES)

    def _stands(self, resource: Resource) -> None:
        self._keys |= {
            keys.resource(resource.code),
            keys.column(resource.column.code),
            keys.plate(resource.column.plate.code),
            keys.provider(resource.provider.code),
        }

    def __iter__(self) -> Iterator[str]:
        return iter([keys.EVERYTHING] if len(self._resources) > MOST_RESOURCES else sorted(self._keys))


def tell(changed: Iterable[str]) -> None:
    """Name these keys to every process that listens, when the transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, key) FROM unnest(%s::text[]) AS key", [CHANNEL, list(changed)])
