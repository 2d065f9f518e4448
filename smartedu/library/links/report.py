"""What the operator sees of outside links."""

from dataclasses import dataclass
from datetime import datetime

from smartedu.library.content import Link
from smartedu.library.models import LinkCheck, LinkState, Resource


@dataclass(frozen=True)
class Broken:
    """A link that does not open (`failures` looks in a row) or that is not visited because it is not public."""

    resource: Resource
    address: str
    reason: str
    refused: bool
    failures: int
    checked_at: datetime | None


def broken_links(most: int = 100) -> list[Broken]:
    """Outside links that are away or refused, and those that just failed; the longest away first."""
    wrong = LinkCheck.objects.exclude(state=LinkState.WORKS, failures=0).exclude(state=LinkState.UNCHECKED, failures=0)
    rows = wrong.filter(resource__version__isnull=False).select_related("resource__version")
    found = []
    for check in rows.order_by("-failures", "resource_id")[:most]:
        assert check.resource.version is not None
        body = check.resource.version.read().body
        if isinstance(body, Link):
            refused = check.state == LinkState.REFUSED
            found.append(Broken(check.resource, body.address, check.reason, refused, check.failures, check.checked_at))
    return found
