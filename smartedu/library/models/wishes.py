"""What readers looked for and did not find."""

from typing import ClassVar

from django.db import models
from typing_extensions import override


class SearchGap(models.Model):
    """Words that were searched without a hit, folded as the index folds them, and how often."""

    personal_data: ClassVar = "words typed by readers, without who they are; dropped 400 days after the last search"

    words = models.CharField(max_length=80, unique=True)
    language = models.CharField(max_length=2)
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-times", "words"], name="gap_by_times")]

    @override
    def __str__(self) -> str:
        return self.words
