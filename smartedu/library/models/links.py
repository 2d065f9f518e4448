"""Addresses: permanent ones of ours that lead elsewhere after printing, and those of outside institutions."""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from smartedu.library.models.resources import Resource
from smartedu.library.models.shelving import NO_PERSONAL_DATA


class Repointing(models.Model):
    """A permanent short link that no longer leads to the resource whose code it bears, but to another.

    Every lesson and textbook has the link `/s/CODE` by its code alone; a row is here only once it was re-pointed.
    Who pointed it where before stands in the audit trail.
    """

    personal_data: ClassVar = "who re-pointed the link; kept with the link"

    code = models.CharField(max_length=16, unique=True)
    target = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    @override
    def __str__(self) -> str:
        return self.code


class LinkState(models.TextChoices):
    UNCHECKED = "unchecked"
    WORKS = "works"
    AWAY = "away"
    REFUSED = "refused"


class LinkCheck(models.Model):
    """What the last look at an outside address found; `failures` counts looks in a row that found nothing.

    `refused` is an address that we do not visit: no public host.
    """

    personal_data: ClassVar = NO_PERSONAL_DATA

    resource = models.OneToOneField(Resource, primary_key=True, on_delete=models.CASCADE, related_name="link_check")
    state = models.CharField(max_length=10, choices=LinkState, default=LinkState.UNCHECKED)
    status = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["checked_at"], name="link_check_by_age")]

    @override
    def __str__(self) -> str:
        return f"{self.resource_id} {self.state}"
