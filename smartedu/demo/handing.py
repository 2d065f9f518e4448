"""Handing what the demonstration makes to the library: everything but what somebody withdrew here."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from smartedu.library.actions import Publication, publish_many
from smartedu.library.actions.publishing import public_code
from smartedu.library.content import LessonPackage
from smartedu.library.models import Resource, ResourceVersion

DEMO = "demo"
"""Source of everything but textbooks."""
OUTDATED = "演示内容有了新版本。 The demonstration has changed."
"""Why the demonstration withdraws something of its own; such a thing may come back."""


def hand_over(publications: Sequence[Publication], *, at: datetime) -> None:
    """Publish all but what somebody withdrew on this platform, and but lessons of a book that somebody withdrew.

    A new release is no reason to bring back what an operator did not want. Raises what `publish_many` raises.
    """
    unwanted = _withdrawn_by_others(publications)
    wanted = [p for p in publications if unwanted.isdisjoint(_codes_of(p) | {(p.source, p.source_id)})]
    publish_many(wanted, by=None, at=at)


def _codes_of(publication: Publication) -> set[str | tuple[str, str]]:
    body = publication.content.body
    own: set[str | tuple[str, str]] = {public_code(publication.source, publication.source_id)}
    return own | {body.textbook} if isinstance(body, LessonPackage) else own


def _withdrawn_by_others(publications: Sequence[Publication]) -> set[str | tuple[str, str]]:
    """Codes and names of what is withdrawn of all this and not by us; what an import took over keeps its code."""
    codes = {code for p in publications for code in _codes_of(p)}
    named = Q(source__in={p.source for p in publications}, source_id__in=[p.source_id for p in publications])
    # two questions: while much is being loaded the planner knows nothing of the tables and would join them row by row
    gone = {r.pk: r for r in Resource.objects.filter(named | Q(code__in=codes), version=None)}
    versions = ResourceVersion.objects.filter(resource__in=list(gone)).order_by("resource", "-number")
    last = versions.distinct("resource").only("resource", "withdrawn_by", "withdrawal_reason")
    others = [gone[v.resource_id] for v in last if v.withdrawn_by_id or v.withdrawal_reason != OUTDATED]
    return {key for r in others for key in (r.code, (r.source, r.source_id))}
