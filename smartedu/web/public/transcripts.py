"""The spoken text of a video, read from its captions."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import webvtt
from django.conf import settings

from smartedu.library.models import MediaFile


@dataclass(frozen=True)
class Line:
    """`start` in seconds."""

    start: float
    text: str


def transcript(file: MediaFile) -> list[Line]:
    """The lines of a caption file; empty where the file is gone from the folder."""
    return list(_lines(Path(settings.MEDIA_ROOT) / file.path, file.digest))


@lru_cache(maxsize=500)
def _lines(path: Path, digest: str) -> tuple[Line, ...]:
    """Read once for each content: `digest` is part of the key, not of the reading."""
    try:
        captions = webvtt.read(str(path))
    except FileNotFoundError:
        return ()
    return tuple(Line(c.start_in_seconds, c.text.replace("\n", " ").strip()) for c in captions.captions)
