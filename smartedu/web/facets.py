"""The facets of a list: what it can be narrowed by, with counts, as plain links.

The counts come from whoever knows the list (`library.shelves` for columns, the search index for hits); this module
names them in the reader's language, puts them in the order of the curriculum and writes their addresses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from smartedu.library import shelfmarks
from smartedu.library.content import Kind
from smartedu.web import cards

FACET_NAMES = {
    "plate": _("Section"),
    "column": _("Column"),
    "stage": _("Stage"),
    "grade": _("Grade"),
    "subject": _("Subject"),
    "edition": _("Edition"),
    "kind": _("Type"),
    "provider": _("Provided by"),
}
PARAMETERS = tuple(FACET_NAMES)
"""The parameters of an address that narrow a list, in the order in which they are shown."""

BELOW = {"plate": ("column",), "stage": ("grade",)}
"""What loses its meaning when the facet above it changes: a column stands in one plate."""

LAST_OF_ALL = 1_000_000  # a position behind any of the curriculum's


@dataclass(frozen=True)
class ChoiceView:
    name: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True)
class FacetView:
    """One facet: `choices` with counts, `chosen` the one that is picked, `clear_url` the list without it."""

    parameter: str
    name: str
    choices: list[ChoiceView]
    chosen: ChoiceView | None
    clear_url: str


def facet_views(
    request: HttpRequest, counts: Mapping[str, Mapping[str, int]], keep: Sequence[str] = ("q", "sort")
) -> list[FacetView]:
    """The facets of a list as links that keep what else is picked.

    `counts` is, for every facet that the list offers, the code of each choice with how many entries it would leave;
    `keep` are the parameters besides facets that go with every link. A facet that offers nothing to choose (one
    choice that all entries share) is left out unless it is the one that is picked.
    """
    views = []
    for parameter in PARAMETERS:
        picked = request.GET.get(parameter, "")
        choices = [
            ChoiceView(
                choice_name(parameter, code),
                address(request, keep, {parameter: "" if code == picked else code}),
                n,
                code == picked,
            )
            for code, n in _in_order(parameter, counts.get(parameter, {}), picked)
        ]
        chosen = next((choice for choice in choices if choice.current), None)
        if len(choices) < 2 and chosen is None:
            continue
        name = str(FACET_NAMES[parameter])
        views.append(FacetView(parameter, name, choices, chosen, address(request, keep, {parameter: ""})))
    return views


def address(request: HttpRequest, keep: Sequence[str], changes: Mapping[str, str]) -> str:
    """This list with some facets picked otherwise ("" drops one), from its first page; parameters by name, as the
    page memory writes them."""
    dropped = {below for parameter in changes for below in BELOW.get(parameter, ())}
    known = [*keep, *(p for p in PARAMETERS if p not in keep)]
    now = {p: "" if p in dropped else request.GET.get(p, "") for p in known} | dict(changes)
    pairs = [(parameter, value) for parameter, value in sorted(now.items()) if value]
    return f"{request.path}?{urlencode(pairs)}" if pairs else request.path


def without_facets(request: HttpRequest, keep: Sequence[str] = ("q", "sort")) -> str:
    """This list with nothing picked."""
    return address(request, keep, dict.fromkeys(PARAMETERS, ""))


def choice_name(parameter: str, code: str) -> str:
    """What a choice is called in the reader's language; its code where we do not know it."""
    return _name(parameter, code) or code


def is_choice(parameter: str, code: str) -> bool:
    """Whether there is such a choice at all, whatever it leaves of a list."""
    return bool(_name(parameter, code))


def _name(parameter: str, code: str) -> str:
    language = cards.page_language()
    if parameter == "kind":
        return cards.kind_name(code, language) if code in set(Kind) else ""
    if parameter == "plate":
        return next((plate.name for plate in cards.plates_in(language) if plate.code == code), "")
    if parameter == "column":
        columns = (column for plate in cards.plates_in(language) for column in plate.columns)
        return next((column.name for column in columns if column.code == code), "")
    if parameter == "provider":
        return cards.name_of(shelfmarks.provider_or_none(code), language)
    return cards.name_of(shelfmarks.tag_by_code(parameter, code), language)


def _in_order(parameter: str, counts: Mapping[str, int], picked: str) -> list[tuple[str, int]]:
    """Choices as a reader expects them: what the curriculum orders in its order, all else by how much there is."""
    if picked and picked not in counts:
        counts = {**counts, picked: 0}  # so that it can be taken back
    if parameter in ("plate", "column"):
        plates = cards.plates_in(cards.page_language())
        order = {code: at for at, code in enumerate(c for p in plates for c in (p.code, *(x.code for x in p.columns)))}
        return sorted(counts.items(), key=lambda item: order.get(item[0], LAST_OF_ALL))
    if parameter in ("kind", "provider"):
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    tags = {code: shelfmarks.tag_by_code(parameter, code) for code in counts}
    return sorted(counts.items(), key=lambda item: (t.position if (t := tags[item[0]]) else LAST_OF_ALL, item[0]))
