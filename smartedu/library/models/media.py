"""Stored files."""

from typing import ClassVar

from django.db import models
from typing_extensions import override


class MediaState(models.TextChoices):
    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


class MediaFile(models.Model):
    """A stored file. `path` is below the media folder; a video has its HLS folder and poster besides."""

    personal_data: ClassVar = "what the file shows; kept as long as a version names it"

    code = models.CharField(max_length=80, unique=True)
    content_type = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=MediaState, default=MediaState.WAITING)
    failure = models.CharField(max_length=500, blank=True)
    path = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    hls_path = models.CharField(max_length=300, blank=True)
    poster_path = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-changed_at"], name="films_by_age", condition=~models.Q(poster_path="")),
        ]

    @override
    def __str__(self) -> str:
        return self.code
