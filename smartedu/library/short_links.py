"""Permanent short links: `/s/CODE` for whatever is printed, and where it leads today."""

import re
from dataclasses import dataclass
from datetime import datetime

from smartedu.base.errors import NotFound
from smartedu.base.models import AuditEntry
from smartedu.library.content import BOOKS, Kind
from smartedu.library.models import Repointing, Resource
from smartedu.people.models import Person

BEAR_LINKS = (Kind.LESSON, *BOOKS)
"""What has a short link to print, and what one may lead to."""
REPOINTED = "library.repoint"
"""What a re-pointing is called in the audit trail."""
MOST_STEPS = 8
"""A link may lead to one that was itself re-pointed. Loops are refused when a link is pointed; this is for the eye of
whoever reads the table after somebody mended it by hand."""

# Codes are base32 letters: no 0, 1, 8 or 9. Whoever types one of these from paper has misread its double.
_MISREAD = str.maketrans("0189", "olbg")
_CODE = re.compile(r"[a-z2-7]{10}")


def tidy(typed: str) -> str:
    """The code in what somebody typed or pasted: a code in any case, with a misread digit, or a whole address.

    Empty where there is none.
    """
    last = typed.strip().partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    code = re.sub(r"[\s-]", "", last).lower().translate(_MISREAD)
    return code if _CODE.fullmatch(code) else ""


def led_to(code: str) -> str:
    """The code of the resource that a link leads to, by its re-pointings; itself where it has none.

    One query for a link that was never re-pointed, one more for each step.
    """
    for _ in range(MOST_STEPS):
        target = Repointing.objects.filter(code=code).values_list("target__code", flat=True).first()
        if target is None:
            break
        code = target
    return code


def destination(code: str) -> Resource:
    """Where the link of this code leads, published or withdrawn. Raises NotFound for a code that nothing bears."""
    led = led_to(code)
    found = Resource.objects.filter(code=led).first()
    if found is None:
        raise NotFound(code)
    return found


def link_subject(code: str) -> str:
    """The name of a short link in the audit trail."""
    return f"link:{code}"


@dataclass(frozen=True)
class Turn:
    """One re-pointing as the audit trail has it: from and to are codes, `by` a name, empty for the system itself."""

    at: datetime
    by: str
    led_to: str
    leads_to: str
    reason: str


def history(code: str, most: int = 20) -> list[Turn]:
    """The last re-pointings of a link, the newest first."""
    entries = list(
        AuditEntry.objects.filter(action=REPOINTED, subject=link_subject(code)).order_by("-at", "-pk")[:most]
    )
    names = dict(Person.objects.filter(pk__in=[e.actor_id for e in entries if e.actor_id]).values_list("pk", "name"))
    return [
        Turn(e.at, names.get(e.actor_id or 0, ""), e.data["led_to"], e.data["leads_to"], e.data["reason"])
        for e in entries
    ]


def elsewhere(most: int = 50) -> list[Repointing]:
    """Links that lead elsewhere than to their own page, the newest first."""
    return list(Repointing.objects.select_related("target").order_by("-at", "code")[:most])
