"""Films and files of a page as plain values: what can be played, looked at and taken home."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from smartedu.library.content import Caption, Part, PartKind
from smartedu.library.models import MediaFile, MediaState
from smartedu.web import cards
from smartedu.web.public.facts import language_name
from smartedu.web.public.transcripts import Line, transcript

PART_NAMES = {
    PartKind.VIDEO: gettext_lazy("Video"),
    PartKind.COURSEWARE: gettext_lazy("Courseware"),
    PartKind.TEACHING_DESIGN: gettext_lazy("Teaching design"),
    PartKind.TASK_SHEET: gettext_lazy("Task sheet"),
    PartKind.EXERCISES: gettext_lazy("Exercises"),
}
PERIOD_ONLY = re.compile("（第.{1,3}课时）")
PDF = "application/pdf"
UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
"""What Windows takes in no file name; a pupil's computer is likely to be one."""


@dataclass(frozen=True)
class CaptionTrack:
    lang: str
    label: str
    url: str


@dataclass(frozen=True)
class VideoView:
    """`state` is "ready", "making" (comes in a few minutes) or "failed"."""

    key: str
    state: str
    master_url: str | None
    mp4_url: str | None
    poster_url: str | None
    captions: list[CaptionTrack]
    seconds: int


@dataclass(frozen=True)
class PartView:
    """A file as a sheet: `look_url` shows it in the page's own reader (or the browser's), `url` is the file itself.

    Both are None until it is there; `look_url` is None for what can only be taken home. `format` is «PDF», «PPTX».
    """

    key: str
    kind: str
    kind_name: str
    title: str
    url: str | None
    look_url: str | None
    save_as: str
    format: str
    size_text: str
    pages: int
    state: str
    periods: tuple[int, ...]


def video_view(key: str, code: str, captions: tuple[Caption, ...], media: dict[str, MediaFile]) -> VideoView:
    """A film with the captions that are there; `media` are the files the content names, by code."""
    file = media[code]
    ready = file.state == MediaState.READY
    tracks = [
        CaptionTrack(c.language, language_name(c.language), cards.media_url(media[c.media].path) or "")
        for c in captions
        if media[c.media].state == MediaState.READY
    ]
    return VideoView(
        key,
        state_of(file),
        cards.media_url(f"{file.hls_path}/master.m3u8") if ready and file.hls_path else None,
        cards.media_url(file.path) if ready else None,
        cards.media_url(file.poster_path),
        tracks,
        file.seconds,
    )


def transcripts(captions: tuple[Caption, ...], media: dict[str, MediaFile]) -> dict[str, list[Line]]:
    """The spoken text by language, from the caption files that are there."""
    return {c.language: transcript(media[c.media]) for c in captions if media[c.media].state == MediaState.READY}


def lesson_part(part: Part, media: dict[str, MediaFile], *, lesson: str, code: str, current: bool) -> PartView:
    """A part of a lesson as a sheet; `lesson` is the lesson's title, `code` its name in addresses.

    The reader shows the current version only, so that a sheet of an old one opens as it is.
    """
    name = str(PART_NAMES[part.kind])
    file = media[part.media]
    url = _url(file)
    reader = f"{_reader(code)}?part={quote(part.key)}"
    return PartView(
        key=part.key,
        kind=part.kind.value,
        kind_name=name,
        title=own_title(part),
        url=url,
        look_url=(reader if current else url) if url and file.content_type == PDF else None,
        save_as=file_name(f"{lesson} {own_title(part) or name}", file),
        format=format_of(file),
        size_text=size_text(file.bytes),
        pages=file.pages,
        state=state_of(file),
        periods=part.periods,
    )


def whole_file(file: MediaFile, *, title: str, code: str, current: bool) -> PartView:
    """The file that a document or an e-textbook is, as a sheet with its reader."""
    url = _url(file)
    reader = _reader(code)
    return PartView(
        key="file",
        kind="document",
        kind_name=_("Document"),
        title=title,
        url=url,
        look_url=(reader if current else url) if url and file.content_type == PDF else None,
        save_as=file_name(title, file),
        format=format_of(file),
        size_text=size_text(file.bytes),
        pages=file.pages,
        state=state_of(file),
        periods=(),
    )


def _reader(code: str) -> str:
    return reverse("read", kwargs={"code": code})


def _url(file: MediaFile) -> str | None:
    return cards.media_url(file.path) if file.state == MediaState.READY else None


def state_of(file: MediaFile) -> str:
    """ "ready", "failed", or "making" where it comes in a few minutes."""
    return {MediaState.READY.value: "ready", MediaState.FAILED.value: "failed"}.get(file.state, "making")


def own_title(part: Part) -> str:
    """The part's title where it says more than kind and period do, which stand beside it anyway."""
    with override("zh"):
        rest = part.title.removeprefix(str(PART_NAMES[part.kind]))
    return "" if not rest or (part.periods and PERIOD_ONLY.fullmatch(rest)) else part.title


def ending_of(file: MediaFile) -> str:
    """The ending of a stored file's name, ".pdf"; empty where it has none."""
    dot, ending = file.name.rpartition(".")[1:]
    return f".{ending.lower()}" if dot and ending.isascii() and ending.isalnum() and len(ending) < 6 else ""


def format_of(file: MediaFile) -> str:
    """What people call the type of a file: «PDF»."""
    return ending_of(file).removeprefix(".").upper()


def file_name(title: str, file: MediaFile) -> str:
    """The name under which a file is saved at home: what it is, not what it was called where it was made."""
    return plain_name(title) + ending_of(file)


def plain_name(title: str, longest: int = 80) -> str:
    """A title as part of a file name that every system takes; `longest` in characters."""
    plain = " ".join(UNSAFE_IN_NAMES.sub(" ", title).split())
    return plain.strip(" .")[:longest].rstrip(" .") or "SmartEdu"


def size_text(size: int) -> str:
    """A file's size as people say it: «230 KB», «4.1 MB»; 1 KB is 1,000 bytes."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"
