"""Which volume of a subject a grade works through in a term, and which stretch of it.

Books up to grade 9 say it themselves (上册 in autumn, 下册 in spring). Senior books name no grade: the compulsory ones
are taken from the first year on, the selective ones from the second, one a term, as the curriculum plan for senior
schools (2017, revised 2020) lays the years out.
"""

from dataclasses import dataclass

from smartedu.rules.taxonomy import VolumeGroup, VolumeName
from smartedu.rules.teaching_calendar import Half

FIRST_SENIOR_GRADE = 10


@dataclass(frozen=True)
class Stretch:
    """The part of a book that a term covers, as shares of its lessons from 0 to 1."""

    start: float
    end: float

    def lessons(self, count: int) -> range:
        """The places of the lessons of this stretch in a book of so many."""
        return range(round(count * self.start), round(count * self.end))


ALL = Stretch(0, 1)
_YEAR_LONG = {Half.AUTUMN: Stretch(0, 0.5), Half.SPRING: Stretch(0.5, 1)}
_HALVES = {"上": 0, "中": 1, "下": 1}
_SELECTIVE_HALVES = {"上": 0, "中": 1, "下": 2}  # the one series of three


def stretch_of(volume: VolumeName | None, grade: int, half: Half) -> Stretch | None:
    """What of this volume a grade (1 to 12) works through in a term; None where it is not the term's book.

    A book without a volume, and one for a whole year, has its first half in autumn.
    """
    if grade >= FIRST_SENIOR_GRADE:
        return _senior(volume, (grade - FIRST_SENIOR_GRADE) * 2 + (half == Half.SPRING), half) if volume else None
    if volume and volume.group == VolumeGroup.PLAIN and volume.number and not volume.half:
        return ALL if (volume.number % 2 == 1) == (half == Half.AUTUMN) else None  # 第一册, 第二册: one a term
    part = volume.half if volume else ""
    return _in_term(part, half) if part in _HALVES else _YEAR_LONG[half]


def _in_term(part: str, half: Half) -> Stretch | None:
    return ALL if _HALVES[part] == (half == Half.SPRING) else None


def _senior(volume: VolumeName, term: int, half: Half) -> Stretch | None:
    """Of a senior book, by the term from 0 (first year, autumn) to 5."""
    if volume.group == VolumeGroup.SENIOR_YEAR:
        if (volume.grade - FIRST_SENIOR_GRADE) * 2 != term - (half == Half.SPRING):
            return None
        return _in_term(volume.half, half) if volume.half in _HALVES else _YEAR_LONG[half]
    if volume.group == VolumeGroup.COMPULSORY:
        if volume.half == "全":
            return _YEAR_LONG[half] if term < 2 else None
        place = volume.number - 1 if volume.number else _HALVES.get(volume.half, -1)
        return ALL if place == term else None
    if volume.group == VolumeGroup.SELECTIVE:
        place = volume.number - 1 if volume.number else _SELECTIVE_HALVES.get(volume.half, -1)
        return ALL if place >= 0 and place + 2 == term else None
    return None
