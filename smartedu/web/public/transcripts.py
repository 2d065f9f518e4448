"""The spoken text of a video, read from its captions."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import webvtt
from django.conf import settings
from webvtt.errors import MalformedFileError

from smartedu.library.models import MediaFile


@dataclass(frozen=True)
class Line:
    """`start` in seconds."""

    start: float
    text: str


def transcript(file: MediaFile) -> list[Line]:
    """The lines of a caption file; empty where the file is gone from the folder or holds no captions."""
    try:
        return list(_lines(Path(settings.MEDIA_ROOT) / file.path, file.digest))
    except (OSError, UnicodeDecodeError, MalformedFileError):
        return []


@lru_cache(maxsize=500)
def _lines(path: Path, digest: str) -> tuple[Line, ...]:
    """Read once for each content: `digest` is part of the key, not of the reading."""
    captions = webvtt.read(str(path))
    return tuple(Line(c.start_in_seconds, c.text.replace("\n", " ").strip()) for c in captions.captions)
