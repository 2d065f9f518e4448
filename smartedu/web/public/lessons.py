"""A lesson package, and any resource outside textbooks: the current version or an older one by number."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_safe

from smartedu.library import queries
from smartedu.library.content import (
    Article,
    Audience,
    Caption,
    Education,
    ETextbook,
    Kind,
    LessonPackage,
    Link,
    Part,
    PartKind,
    Period,
    Picture,
    Video,
)
from smartedu.library.licences import licence
from smartedu.library.models import MediaFile, MediaState
from smartedu.web import cards
from smartedu.web.public.transcripts import Line, transcript

PART_NAMES = {
    PartKind.VIDEO: gettext_lazy("Video"),
    PartKind.COURSEWARE: gettext_lazy("Courseware"),
    PartKind.TEACHING_DESIGN: gettext_lazy("Teaching design"),
    PartKind.TASK_SHEET: gettext_lazy("Task sheet"),
    PartKind.EXERCISES: gettext_lazy("Exercises"),
}
EDUCATION_NAMES = {
    Education.MORAL: gettext_lazy("moral education"),
    Education.INTELLECTUAL: gettext_lazy("intellectual education"),
    Education.PHYSICAL: gettext_lazy("physical education"),
    Education.AESTHETIC: gettext_lazy("aesthetic education"),
    Education.LABOUR: gettext_lazy("labour education"),
}
AUDIENCE_NAMES = {
    Audience.STUDENT: gettext_lazy("pupils"),
    Audience.TEACHER: gettext_lazy("teachers"),
    Audience.PARENT: gettext_lazy("parents"),
}
PERIOD_ONLY = re.compile("（第.{1,3}课时）")
# What people are usually credited for; any other word stands as it was published.
ROLE_NAMES = {
    "执教": gettext_lazy("Taught by"),
    "指导": gettext_lazy("Advised by"),
    "撰文": gettext_lazy("Written by"),
}
LANGUAGE_NAMES = {"zh": gettext_lazy("Chinese"), "en": gettext_lazy("English")}


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
    key: str
    kind: str
    kind_name: str
    title: str
    url: str | None
    size_text: str
    pages: int
    state: str
    periods: tuple[int, ...]


@dataclass(frozen=True)
class CreditView:
    name: str
    role: str


@dataclass(frozen=True)
class Facts:
    """What stands on every resource's page, whatever its kind."""

    code: str
    kind: str
    kind_name: str
    title: str
    title_en: str
    summary: str
    language: str
    language_code: str
    provider: str
    credits: list[CreditView]
    licence_name: str
    licence_url: str
    educations: list[str]
    audience: list[str]
    version: int
    published_at: datetime
    length: int
    note: str


@dataclass(frozen=True)
class LessonFacts(Facts):
    book: cards.BookView
    chapter_path: list[str]
    periods: tuple[Period, ...]
    objectives: tuple[str, ...]
    knowledge: tuple[str, ...]


@require_safe
def lesson(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """A lesson: its video, its parts, its place in the book, the lessons before and after."""
    reading = queries.reading(code, [Kind.LESSON], number)
    resource, body = reading.resource, reading.content.body
    assert isinstance(body, LessonPackage)
    assert resource.textbook is not None
    video_part = next((part for part in body.parts if part.kind == PartKind.VIDEO), None)
    video = _video(video_part.key, video_part.media, video_part.captions, reading.media) if video_part else None
    before, after = queries.neighbours(resource)
    context = {
        "lesson": LessonFacts(
            **vars(_facts(reading)),
            book=cards.book(resource.textbook),
            chapter_path=[c.title for c in queries.chapter_path(resource.textbook, body.chapter)],
            periods=body.periods,
            objectives=body.objectives,
            knowledge=body.knowledge,
        ),
        "video": video,
        "parts": [_part(part, reading.media) for part in body.parts if part.kind != PartKind.VIDEO],
        "transcript": _transcript(video_part.captions, reading.media) if video_part else {},
        "previous": cards.card(before) if before else None,
        "next": cards.card(after) if after else None,
        "old_version_of": None if reading.current else reverse("lesson", kwargs={"code": code}),
    }
    return render(request, "public/lesson.html", context)


@require_safe
def resource(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """A resource outside textbooks, or an e-textbook."""
    kinds = [kind for kind in Kind if kind not in (Kind.LESSON, Kind.TEXTBOOK)]
    reading = queries.reading(code, kinds, number)
    body = reading.content.body
    media = reading.media.get(getattr(body, "media", ""))
    context = {
        "resource": _facts(reading),
        "place": cards.card(reading.resource),
        "plate": next(
            p for p in cards.plates_in(cards.page_language()) if p.code == reading.resource.column.plate.code
        ),
        "column_name": cards.name_of(reading.resource.column),
        "column_code": reading.resource.column.code,
        "paragraphs": body.paragraphs if isinstance(body, Article) else (),
        "video": _video("video", body.media, body.captions, reading.media) if isinstance(body, Video) else None,
        "transcript": _transcript(body.captions, reading.media) if isinstance(body, Video) else {},
        "file": _file(media) if media and not isinstance(body, Video | Picture) else None,
        "audio_url": cards.media_url(media.path) if media and reading.content.kind == Kind.AUDIO else None,
        "image_url": cards.media_url(media.path) if media and isinstance(body, Picture) else None,
        "image_alternative": body.alternative if isinstance(body, Picture) else "",
        "link": body if isinstance(body, Link) else None,
        "host": urlsplit(body.address).hostname if isinstance(body, Link) else "",
        "book": cards.book(reading.resource) if isinstance(body, ETextbook) else None,
        "counterpart": cards.counterpart(reading.resource) if isinstance(body, ETextbook) else None,
        "old_version_of": None if reading.current else reverse("resource", kwargs={"code": code}),
    }
    return render(request, "public/resource.html", context)


def _facts(reading: queries.Reading) -> Facts:
    content, resource = reading.content, reading.resource
    english = cards.page_language() == "en"
    terms = licence(content.licence)
    return Facts(
        code=resource.code,
        kind=resource.kind,
        kind_name=str(cards.KIND_NAMES[content.kind]),
        title=(content.title_en or content.title) if english else content.title,
        title_en="" if english else content.title_en,
        summary=(content.summary_en or content.summary) if english else content.summary,
        language=_language(content.language),
        language_code=content.language,
        provider=cards.name_of(resource.provider),
        credits=[CreditView(c.name, str(ROLE_NAMES.get(c.role, c.role))) for c in content.credits],
        licence_name=terms.name_en if english else terms.name_zh,
        licence_url=terms.url,
        educations=[str(EDUCATION_NAMES[e]) for e in content.educations],
        audience=[str(AUDIENCE_NAMES[a]) for a in content.audience],
        version=reading.version.number,
        published_at=reading.version.published_at,
        length=content.length_seconds,
        note=reading.version.note,
    )


def _language(code: str) -> str:
    """What a language is called; one that has no name here by its code."""
    return str(LANGUAGE_NAMES.get(code, code))


def _video(key: str, code: str, captions: tuple[Caption, ...], media: dict[str, MediaFile]) -> VideoView:
    file = media[code]
    ready = file.state == MediaState.READY
    tracks = [
        CaptionTrack(c.language, _language(c.language), cards.media_url(media[c.media].path) or "")
        for c in captions
        if media[c.media].state == MediaState.READY
    ]
    return VideoView(
        key,
        _state(file),
        cards.media_url(f"{file.hls_path}/master.m3u8") if ready and file.hls_path else None,
        cards.media_url(file.path) if ready else None,
        cards.media_url(file.poster_path),
        tracks,
        file.seconds,
    )


def _state(file: MediaFile) -> str:
    """ "ready", "failed", or "making" where it comes in a few minutes."""
    return {MediaState.READY.value: "ready", MediaState.FAILED.value: "failed"}.get(file.state, "making")


def _part(part: Part, media: dict[str, MediaFile]) -> PartView:
    file = media[part.media]
    return PartView(
        part.key,
        part.kind.value,
        str(PART_NAMES[part.kind]),
        _own_title(part),
        cards.media_url(file.path) if file.state == MediaState.READY else None,
        size_text(file.bytes),
        file.pages,
        _state(file),
        part.periods,
    )


def _own_title(part: Part) -> str:
    """The part's title where it says more than kind and period do, which stand beside it anyway."""
    with override("zh"):
        rest = part.title.removeprefix(str(PART_NAMES[part.kind]))
    return "" if not rest or (part.periods and PERIOD_ONLY.fullmatch(rest)) else part.title


def _file(file: MediaFile) -> PartView | None:
    return PartView(
        "file",
        "document",
        _("Document"),
        file.name,
        cards.media_url(file.path) if file.state == MediaState.READY else None,
        size_text(file.bytes),
        file.pages,
        _state(file),
        (),
    )


def size_text(size: int) -> str:
    """A file's size as people say it: «230 KB», «4.1 MB»; 1 KB is 1,000 bytes."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


def _transcript(captions: tuple[Caption, ...], media: dict[str, MediaFile]) -> dict[str, list[Line]]:
    """The spoken text by language, from the caption files that are there."""
    return {c.language: transcript(media[c.media]) for c in captions if media[c.media].state == MediaState.READY}
