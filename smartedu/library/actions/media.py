"""Files of the library: announced before they are made, stored by content, told of when they fail."""

import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import F

from smartedu.library import keys
from smartedu.library.actions.telling import tell
from smartedu.library.models import MediaFile, MediaState

PIECE = 1024 * 1024


@dataclass(frozen=True)
class Announcement:
    """A file that versions may name before it is there; `seconds` and `pages` as far as known beforehand."""

    code: str
    content_type: str
    name: str
    seconds: int = 0
    pages: int = 0


def announce_media(announcements: Iterable[Announcement], *, at: datetime) -> None:
    """Make rows for files to come. A code that is known already stays as it is."""
    MediaFile.objects.bulk_create(
        [
            MediaFile(
                code=a.code,
                content_type=a.content_type,
                name=Path(a.name).name,  # a name, never a path out of the folder it will be stored in
                seconds=a.seconds,
                pages=a.pages,
                changed_at=at,
            )
            for a in announcements
        ],
        ignore_conflicts=True,
        batch_size=2_000,
    )


def begin_media(code: str, *, at: datetime) -> None:
    """Say that a file is being made."""
    with transaction.atomic():
        MediaFile.objects.filter(code=code).update(state=MediaState.MAKING, changed_at=at)
        tell([keys.media(code)])


def store_media(
    code: str,
    source: Path,
    folder: Path,
    *,
    at: datetime,
    hls: Path | None = None,
    poster: Path | None = None,
    seconds: int | None = None,
    pages: int | None = None,
) -> None:
    """Move a finished file into the media folder under its SHA-256, and let its row say that it is there.

    `hls` (a folder) and `poster` are stored beside it. The same bytes twice are stored once. `seconds` and `pages`
    keep what was announced where they are None.
    """
    digest = file_digest(source)
    home = Path("files") / digest[:2] / digest
    (folder / home).mkdir(parents=True, exist_ok=True)
    name = MediaFile.objects.values_list("name", flat=True).get(code=code)
    _keep(source, folder / home / name)
    if poster is not None:
        _keep(poster, folder / home / f"poster{poster.suffix}")
    if hls is not None and not (folder / home / "hls").exists():
        shutil.move(hls, folder / home / "hls")
    with transaction.atomic():
        MediaFile.objects.filter(code=code).update(
            state=MediaState.READY,
            failure="",
            digest=digest,
            bytes=(folder / home / name).stat().st_size,
            path=str(home / name),
            hls_path=str(home / "hls") if hls is not None else "",
            poster_path=str(home / f"poster{poster.suffix}") if poster is not None else "",
            seconds=F("seconds") if seconds is None else seconds,
            pages=F("pages") if pages is None else pages,
            changed_at=at,
        )
        tell([keys.media(code), keys.FILMS] if poster is not None else [keys.media(code)])


def fail_media(code: str, reason: str, *, at: datetime) -> None:
    """Say that a file could not be made, and why."""
    with transaction.atomic():
        MediaFile.objects.filter(code=code).update(state=MediaState.FAILED, failure=reason[:500], changed_at=at)
        tell([keys.media(code)])


def file_digest(path: Path) -> str:
    """SHA-256 of a file, hex."""
    total = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            total.update(piece)
    return total.hexdigest()


def _keep(source: Path, target: Path) -> None:
    """Move by way of a temporary name, so that a reader never meets half a file."""
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.move(source, partial)
    partial.replace(target)
