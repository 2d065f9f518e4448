"""Linked data: what a page is about, in the words of schema.org, for search engines and harvesters.

The source of the words is schema.org (LearningResource and the LRMI terms of DCMI). A value is a dict that
`json_ld` writes into the page; what is not known is left out rather than written empty.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from markupsafe import Markup

from smartedu.library import shelfmarks
from smartedu.library.content import (
    Article,
    Audience,
    Audio,
    Content,
    Document,
    ETextbook,
    LessonPackage,
    Link,
    PartKind,
    Picture,
    Textbook,
    Video,
)
from smartedu.library.licences import licence
from smartedu.library.models import MediaFile, MediaState, Resource
from smartedu.library.queries import Reading
from smartedu.rules.taxonomy import FIVE_FOUR
from smartedu.web import cards
from smartedu.web.machines.addresses import absolute, short_address
from smartedu.web.machines.sharing import share_picture

Data = dict[str, Any]
CONTEXT = "https://schema.org"
# The roles of schema.org's EducationalAudience, as LRMI names them.
ROLES = {Audience.STUDENT: "student", Audience.TEACHER: "teacher", Audience.PARENT: "parent"}


def json_ld(data: Data) -> Markup:
    """The script element that bears the data. No browser runs it; «<» is written so that no text can end it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup('<script type="application/ld+json">' + safe + "</script>")  # noqa: S704 - made safe above


def website() -> Data:
    """The platform as a whole, with its search; for the home page."""
    language = cards.page_language()
    home = absolute(f"/{language}/")
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": "SmartEdu 智慧教育" if language == "zh" else "SmartEdu",
        "url": home,
        "inLanguage": _tag_of(language),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": home + "search?q={search_term_string}"},
            "query-input": "required name=search_term_string",
        },
    }


def trail_data(steps: Sequence[tuple[str, str | None]]) -> Data:
    """Where a page stands: (title, address or None), the page itself last."""
    items = [
        {"@type": "ListItem", "position": place, "name": str(title)} | ({"item": absolute(address)} if address else {})
        for place, (title, address) in enumerate(steps, start=1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def linked(reading: Reading) -> Data:
    """A resource, whatever its kind."""
    resource, content = reading.resource, reading.content
    data = {"@context": CONTEXT, "@type": _types(content)} | _common(reading)
    body = content.body
    if isinstance(body, LessonPackage):
        data |= _lesson(reading, body)
    elif isinstance(body, Textbook | ETextbook):
        data |= _book(resource, body)
    elif isinstance(body, Video):
        data |= _film(reading, reading.media[body.media], body)
    elif isinstance(body, Document | Audio | Picture):
        data |= _file(reading.media[body.media])
    elif isinstance(body, Article):
        data["headline"] = data["name"][:110]  # as long as readers of Article take
    elif isinstance(body, Link):
        data["sameAs"] = body.address
    return _said(data)


def _said(data: Data) -> Data:
    """Without what is not known, at any depth of objects."""
    known = {name: _said(value) if isinstance(value, dict) else value for name, value in data.items()}
    return {name: value for name, value in known.items() if value not in ("", None, [], {})}


def _types(content: Content) -> str | list[str]:
    match content.body:
        case Textbook() | ETextbook():
            return ["Book", "LearningResource"]
        case Video():
            return ["LearningResource", "VideoObject"]
        case Audio():
            return ["LearningResource", "AudioObject"]
        case Picture():
            return ["LearningResource", "ImageObject"]
        case Article():
            return ["LearningResource", "Article"]
    return "LearningResource"


def _common(reading: Reading) -> Data:
    resource, content = reading.resource, reading.content
    language = cards.page_language()
    terms = licence(content.licence)
    title = cards.title_of(resource, language)
    subject = shelfmarks.tag_or_none(resource.subject_id)
    return {
        "@id": short_address(resource.code),
        "url": absolute(cards.url_of(resource, language)),
        "name": title,
        "alternateName": content.title if title != content.title else content.title_en,
        "description": cards.summary_of(resource, language),
        "inLanguage": _tag_of(content.language),
        "learningResourceType": cards.kind_name(resource.kind, language),
        "educationalLevel": _level(resource, language),
        "about": [{"@type": "Thing", "name": cards.name_of(subject, language)}] if subject else [],
        "audience": [{"@type": "EducationalAudience", "educationalRole": ROLES[a]} for a in content.audience],
        "provider": _organisation(cards.name_of(resource.provider, language))
        | {"url": absolute(f"/{language}/providers/{resource.provider.code}")},
        "contributor": [{"@type": "Person", "name": person.name} for person in content.credits],
        "license": terms.url or terms.name_en,
        "isAccessibleForFree": True,
        "version": str(reading.version.number),
        "datePublished": _day(reading),
        "image": share_picture(
            subject.code if subject else "",
            resource.column.plate.code,
            cards.media_url(resource.media.poster_path) if resource.media else None,
        ),
    }


def _lesson(reading: Reading, body: LessonPackage) -> Data:
    resource = reading.resource
    assert resource.textbook is not None
    film = next((part for part in body.parts if part.kind == PartKind.VIDEO), None)
    data: Data = {
        "teaches": list(body.knowledge),
        "timeRequired": _length(resource.length_seconds),
        "isPartOf": {
            "@type": "Book",
            "@id": short_address(resource.textbook.code),
            "name": cards.title_of(resource.textbook),
            "url": absolute(cards.url_of(resource.textbook)),
        },
    }
    if film and reading.media[film.media].state == MediaState.READY:
        named = {"@type": "VideoObject", "name": cards.title_of(resource), "inLanguage": "zh-CN"}
        video = _film(reading, reading.media[film.media], film)
        data["video"] = named | video | {"uploadDate": reading.version.published_at.isoformat()}
        data["video"] |= {"description": cards.summary_of(resource) or cards.title_of(resource)}
    return data


def _film(reading: Reading, file: MediaFile, film: Any) -> Data:
    """A film's own facts; `film` names its captions."""
    captions = [
        {
            "@type": "MediaObject",
            "encodingFormat": "text/vtt",
            "inLanguage": _tag_of(caption.language),
            "contentUrl": absolute(cards.media_url(reading.media[caption.media].path) or ""),
        }
        for caption in film.captions
        if reading.media[caption.media].state == MediaState.READY
    ]
    poster = cards.media_url(file.poster_path)
    return _file(file) | {
        "duration": _length(file.seconds),
        "thumbnailUrl": absolute(poster) if poster else None,
        "uploadDate": reading.version.published_at.isoformat(),
        "caption": captions,
    }


def _book(resource: Resource, body: Textbook | ETextbook) -> Data:
    language = cards.page_language()
    publisher = cards.name_of(resource.publisher, language)
    volume = cards.named(resource.volume_id, language)
    edition = cards.named(resource.edition_id, language)
    data: Data = {
        "bookEdition": " · ".join(filter(None, (edition, volume))),
        "publisher": _organisation(publisher) if publisher else None,
    }
    if isinstance(body, ETextbook):
        data |= {"bookFormat": "https://schema.org/EBook", "numberOfPages": body.pages or None}
    return data


def _file(file: MediaFile) -> Data:
    if file.state != MediaState.READY:
        return {}
    return {
        "contentUrl": absolute(cards.media_url(file.path) or ""),
        "encodingFormat": file.content_type,
        "contentSize": f"{file.bytes} B",
    }


def _level(resource: Resource, language: str) -> str:
    """«八年级», "Grade 8"; where there is no grade the stage."""
    grade = cards.grade_name(resource, language)
    stage = cards.named(resource.stage_id, language)
    system = " (5+4)" if resource.system == FIVE_FOUR and stage else ""
    return grade or stage + system


def _organisation(name: str) -> Data:
    return {"@type": "Organization", "name": name}


def _day(reading: Reading) -> str:
    return timezone.localtime(reading.version.published_at).date().isoformat()


def _tag_of(language: str) -> str:
    return "zh-CN" if language == "zh" else language


def _length(seconds: int) -> str | None:
    """A length as ISO 8601 writes it: PT6M30S; None for none."""
    if seconds <= 0:
        return None
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return "PT" + "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (rest, "S")) if n)
