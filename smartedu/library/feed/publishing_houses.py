"""Which publisher a book comes from: by the record itself, by edition-publishers.csv, by our reference."""

import re
from collections.abc import Iterable, Mapping

from smartedu.library import reference
from smartedu.library.content import Placement
from smartedu.library.feed.folder import PublisherRow
from smartedu.rules.taxonomy import parse_edition, parse_stage, tidy

_HOUSE = re.compile(r"出版|学社|印书馆|传媒")
Key = tuple[str, str, str, str]


class Houses:
    """Answers with one publisher's present name; of several that made a book together, the first."""

    def __init__(self, rows: Iterable[PublisherRow], former: Mapping[str, str]) -> None:
        self._former = former
        self._rows: dict[Key, set[str]] = {}
        names = reference.tags_by_name()
        for row in rows:
            house = self._first(row.publisher)
            stage = parse_stage(row.stage)
            if not house or stage is None:
                continue
            subject, edition = (
                names[level, tidy(name)].code if (level, tidy(name)) in names else tidy(name)
                for level, name in (("subject", row.subject), ("edition", row.edition))
            )
            for key in (
                (stage.stage, stage.system, subject, edition),
                (stage.stage, "", subject, edition),
                ("", "", subject, edition),
                ("", "", "", edition),
            ):
                self._rows.setdefault(key, set()).add(house)

    def house(self, place: Placement, edition_name: str, providers: Iterable[str]) -> str:
        """The publisher of a book, "" where nothing tells it.

        What the record says comes first; then the table, from the very row down to any row of the edition, as long
        as its rows agree; then what our reference knows of the edition, or of the plain edition it is a variant of.
        """
        for name in providers:
            if _HOUSE.search(name):
                return self._first(name)
        editions = dict.fromkeys((place.edition, tidy(edition_name)))
        for stage, system, subject in (
            (place.stage, place.system, place.subject),
            (place.stage, "", place.subject),
            ("", "", place.subject),
            ("", "", ""),
        ):
            for edition in editions:
                houses = self._rows.get((stage, system, subject, edition), set())
                if edition and len(houses) == 1:
                    return next(iter(houses))
        fact = reference.tags_by_code().get(("edition", place.edition))
        if fact is None:
            fact = reference.tags_by_name().get(("edition", parse_edition(edition_name).base))
        return self._first(fact.publisher) if fact and not parse_edition(edition_name).companion else ""

    def _first(self, written: str) -> str:
        """The first of publishers who made a book together; "" where the table says one or another made it."""
        if "|" in written:
            return ""
        name = written.partition("、")[0].strip()
        return self._former.get(name, name)


def former_names(rows: Iterable[tuple[str, list[str]]]) -> dict[str, str]:
    """Former name to present name of every publisher that changed its name."""
    return {old: name for name, former in rows for old in former}
