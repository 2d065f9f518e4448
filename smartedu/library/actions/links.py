"""Writes about addresses: re-pointing a permanent short link, and what looks at outside addresses found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from smartedu.base import audit
from smartedu.base.errors import DomainError, Problem
from smartedu.library import keys
from smartedu.library.actions.telling import tell
from smartedu.library.models import LinkCheck, LinkState, Repointing, Resource
from smartedu.library.short_links import BEAR_LINKS, REPOINTED, led_to, link_subject
from smartedu.people.models import Person

LONGEST_REASON = 200


def repoint_link(code: str, target: str, reason: str, *, by: Person | None, at: datetime) -> Resource:
    """Let the short link of `code` lead to the resource `target` from now on; its own code leads it back home.

    Returns the target. Raises DomainError with all that is wrong, each under its field
    (`code`, `target`, `reason`): nothing bears the code, the target is not published or is no lesson or textbook, the
    link would lead in a circle, no reason is given. Links that lead to `code` follow, for they too are printed.
    """
    reason = reason.strip()
    with transaction.atomic():
        _one_at_a_time()
        own = Resource.objects.filter(code=code, kind__in=BEAR_LINKS).select_related("textbook").first()
        goal = Resource.objects.published().filter(code=target).first()
        problems = [*_problems(code, own, target, goal), *_reason_problems(reason)]
        if problems or own is None or goal is None:
            raise DomainError(*problems)
        before = led_to(code)
        if before == target:  # it leads there already: twice the same click is one
            return goal
        if goal.pk == own.pk:
            Repointing.objects.filter(code=code).delete()
        else:
            Repointing.objects.update_or_create(
                code=code, defaults={"target": goal, "reason": reason, "at": at, "by": by}
            )
        audit.record(
            REPOINTED,
            actor_id=by.pk if by else None,
            at=at,
            subject=link_subject(code),
            reason=reason,
            led_to=before,
            leads_to=target,
        )
        tell([keys.resource(code), keys.resource(target)])
    return goal


def _problems(code: str, own: Resource | None, target: str, goal: Resource | None) -> list[Problem]:
    problems = []
    if own is None:
        problems.append(
            Problem(
                "unknown-link",
                "code",
                "没有课或教材使用这个代码，请照印出来的再输入一次。",
                "No lesson or textbook bears this code. Type it again as it is printed.",
            )
        )
    if goal is None:
        problems.append(
            Problem(
                "unknown-target",
                "target",
                "没有找到已发布的这一课或教材，请输入它的代码或网址。",
                "No published lesson or textbook bears this code. Give its code or its address.",
            )
        )
    elif goal.kind not in BEAR_LINKS:
        problems.append(
            Problem(
                "target-no-lesson",
                "target",
                "短链接只能指向课或教材，请另选一个。",
                "A short link leads to a lesson or a textbook. Choose one of these.",
            )
        )
    if own is not None and goal is not None and goal.pk != own.pk and led_to(target) == code:
        problems.append(
            Problem(
                "circle",
                "target",
                f"“{goal.title}”的短链接正指向这里，会绕成一圈。请先让它指回自己，或另选一个。",
                f"The short link of “{goal.title}” leads here, so the two would lead in a circle. First let it lead"
                " to its own page again, or choose another.",
            )
        )
    elif own is not None and goal is not None and goal.pk != own.pk and (further := led_to(target)) != target:
        problems.append(
            Problem(
                "target-moved-on",
                "target",
                f"“{goal.title}”的短链接已改指 {further}，请直接指向那里。",
                f"The short link of “{goal.title}” itself leads on to {further}. Point this one there.",
            )
        )
    return problems


def _reason_problems(reason: str) -> list[Problem]:
    if reason and reason.isprintable() and len(reason) <= LONGEST_REASON:
        return []
    return [
        Problem(
            "reason",
            "reason",
            f"请写明原因，1 到 {LONGEST_REASON} 个字，写成一行。",
            f"Say why, in 1 to {LONGEST_REASON} characters on one line.",
        )
    ]


def _one_at_a_time() -> None:
    """Two links pointed at each other in the same moment would close a circle that neither sees."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE library_repointing IN SHARE ROW EXCLUSIVE MODE")


@dataclass(frozen=True)
class LinkNews:
    """What became of an outside link after a look: as it is stored in its `LinkCheck`."""

    resource_id: int
    code: str
    state: LinkState
    status: int | None
    reason: str
    failures: int


def record_link_checks(news: Sequence[LinkNews], *, at: datetime) -> None:
    """Store what looks at outside addresses found; pages that tell of it are dropped. A look is no act of anybody's,
    so the audit trail has none of it."""
    with transaction.atomic():
        LinkCheck.objects.bulk_create(
            [
                LinkCheck(
                    resource_id=one.resource_id,
                    state=one.state,
                    status=one.status,
                    reason=one.reason[:200],
                    failures=one.failures,
                    checked_at=at,
                )
                for one in news
            ],
            update_conflicts=True,
            unique_fields=["resource"],
            update_fields=["state", "status", "reason", "failures", "checked_at"],
        )
        tell(keys.resource(one.code) for one in news)
