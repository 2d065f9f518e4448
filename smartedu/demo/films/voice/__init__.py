"""The recorded voice: one file of speech for each film, and where in it each text is.

The recordings are made once from the films' own texts (see README.md beside this file) and kept with the project;
a text without a recording stays silent and is read as a caption.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Clip:
    """The place of one text in its film's recording, in seconds."""

    start: float
    seconds: float


def recording(slug: str) -> Path | None:
    """The film's recording, or None where there is none."""
    path = HERE / f"{slug}.ogg"
    return path if path.exists() else None


@lru_cache(maxsize=64)
def _clips(slug: str) -> dict[tuple[str, str], Clip]:
    path = HERE / f"{slug}.json"
    if not path.exists() or recording(slug) is None:
        return {}
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {(row["language"], row["text"]): Clip(row["start"], row["seconds"]) for row in rows}


def clip(slug: str, language: str, text: str) -> Clip | None:
    """Where `text` is spoken in the film's recording, or None."""
    return _clips(slug).get((language, text))
