"""Which units a book has: its volume of the vocabulary, or its share where its series is cut another way."""

from collections.abc import Sequence

from smartedu.demo.country.editions import is_numbered
from smartedu.demo.country.topics import Unit, Vocabulary, VolumeKey
from smartedu.library import reference
from smartedu.library.reference import TextbookFact
from smartedu.rules.taxonomy import FIVE_FOUR

HALVES = {"volume-1": 0, "volume-2": 1}


def units_of(fact: TextbookFact, vocabulary: Vocabulary, series: Sequence[TextbookFact]) -> tuple[Unit, ...]:
    """The units of a book. Raises LookupError where the vocabulary has nothing for it.

    A series of the five-four system teaches the same in other years: its volumes share the stage's units out in order.
    «全一册» is both volumes of a year; a year that is one volume in the vocabulary is cut in halves where an edition
    has two. A new revision teaches what the old one does.
    """
    if fact.system == FIVE_FOUR:
        return _share(fact, vocabulary, series)
    grade = fact.grades[0] if fact.grades and fact.stage != "senior" else 0
    volumes = vocabulary.volumes
    if (grade, fact.volume) in volumes:
        return volumes[grade, fact.volume]
    if fact.volume == "whole" and (grade, "volume-1") in volumes:
        return volumes[grade, "volume-1"] + volumes.get((grade, "volume-2"), ())
    if fact.volume in HALVES and (grade, "whole") in volumes:
        whole = volumes[grade, "whole"]
        middle = (len(whole) + 1) // 2
        return whole[middle:] if HALVES[fact.volume] else whole[:middle]
    raise LookupError(f"{fact.title}: the vocabulary has no {grade} {fact.volume}")


def first_number(fact: TextbookFact, vocabulary: Vocabulary, units: Sequence[Unit]) -> int:
    """The number of a book's first chapter in an edition that numbers on from volume to volume."""
    before = 0
    for key in sorted(vocabulary.volumes, key=_order):
        for unit in vocabulary.volumes[key]:
            if unit in units:
                return before + 1
            if _same_run(fact, key):
                before += is_numbered(unit.name)
    return before + 1


def _same_run(fact: TextbookFact, key: VolumeKey) -> bool:
    """Senior books number through the compulsory ones, and anew through the selective ones."""
    return fact.stage != "senior" or key[1].partition("-")[0] == fact.volume.partition("-")[0]


def _order(key: VolumeKey) -> tuple[int, int]:
    tag = reference.tags_by_code().get(("volume", key[1]))
    return key[0], tag.position if tag else 0


def _share(fact: TextbookFact, vocabulary: Vocabulary, series: Sequence[TextbookFact]) -> tuple[Unit, ...]:
    units = [unit for key in sorted(vocabulary.volumes, key=_order) for unit in vocabulary.volumes[key]]
    places = sorted({(book.grades, _order((0, book.volume))[1]) for book in series})
    here = places.index((fact.grades, _order((0, fact.volume))[1]))
    weights = [len(unit.topics) for unit in units]
    total, edges, run = sum(weights), [], 0
    for weight in weights:
        edges.append(int((run + weight / 2) * len(places) / total))
        run += weight
    return tuple(unit for unit, place in zip(units, edges, strict=True) if place == here)
