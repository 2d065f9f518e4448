"""Writing to the audit trail."""

from datetime import datetime
from typing import Any

from smartedu.base.models import AuditEntry


def record(action: str, *, actor_id: int | None, at: datetime, subject: str = "", count: int = 1, **data: Any) -> None:
    """Append one entry inside the caller's transaction.

    `actor_id` is the person who acted, None for the system itself; `count` how many things a batch touched.
    """
    AuditEntry.objects.create(action=action, actor_id=actor_id, at=at, subject=subject, count=count, data=data)
