"""Putting resources on shelves and keeping the shelves' counts."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Q

from smartedu.library.content import BOOKS
from smartedu.library.models import Resource, Shelf

FACETS = ("column_id", "provider_id", "kind", "stage_id", "system", "grades", "subject_id", "edition_id")
OF_BOOKS = ("strand_id", "volume_id", "revision_id")
Combination = tuple[Any, ...]


def put_on_shelves(resources: Sequence[Resource]) -> set[int]:
    """Set the shelf of resources whose cards are written, making shelves that are new; returns the shelves' ids.

    Call it under `one_publisher_at_a_time`: two makers of one shelf would meet at its constraint.
    """
    wanted = {_combination(resource) for resource in resources}
    there = _known(wanted)
    fresh = [_shelf(combination) for combination in sorted(wanted - there.keys(), key=repr)]
    Shelf.objects.bulk_create(fresh)
    there |= {_combination(shelf): shelf for shelf in fresh}
    for resource in resources:
        resource.shelf = there[_combination(resource)]
    return {there[combination].pk for combination in wanted}


def recount(shelves: set[int]) -> None:
    """Count what is published on these shelves."""
    if shelves:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE library_shelf s SET count ="
                " (SELECT count(*) FROM library_resource r WHERE r.shelf_id = s.id AND r.version_id IS NOT NULL)"
                " WHERE s.id = ANY(%s)",
                [sorted(shelves)],
            )


def _known(wanted: set[Combination]) -> dict[Combination, Shelf]:
    at_all = Q(column__in={c[0] for c in wanted}, provider__in={c[1] for c in wanted}, kind__in={c[2] for c in wanted})
    return {c: shelf for shelf in Shelf.objects.filter(at_all) if (c := _combination(shelf)) in wanted}


def _combination(of: Resource | Shelf) -> Combination:
    plain = [getattr(of, name) for name in FACETS]
    plain[5] = tuple(plain[5])
    books = [getattr(of, name) if of.kind in BOOKS else None for name in OF_BOOKS]
    return (*plain, *books)


def _shelf(combination: Combination) -> Shelf:
    shelf = Shelf(**dict(zip((*FACETS, *OF_BOOKS), combination, strict=True)))
    shelf.grades = list(shelf.grades)
    return shelf
