"""The audit trail: one row for each user-visible write, one for each batch."""

from typing import ClassVar

from django.db import models
from typing_extensions import override


class AuditEntry(models.Model):
    """Who did what, when. Appended by actions in their own transaction; a trigger refuses change and deletion."""

    personal_data: ClassVar = "who acted, by person id; kept six years"

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    count = models.PositiveIntegerField(default=1)
    data = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["subject", "-at"], name="audit_of_subject"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
