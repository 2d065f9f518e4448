"""What belongs in the zip of a lesson: told to the front, which reads the files itself (`library.media.packages`).

The address lies under `/internal/`, which the front passes on for nobody else. Nothing here is secret: it names files
that the lesson's page links to anyway.
"""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from smartedu.base.errors import NotFound
from smartedu.base.settings import get_settings
from smartedu.library import queries
from smartedu.library.content import Kind, LessonPackage, PartKind
from smartedu.library.licences import licence
from smartedu.library.media.packages import Manifest, Packed
from smartedu.library.models import MediaFile, MediaState
from smartedu.web import cards
from smartedu.web.public.facts import ROLE_NAMES
from smartedu.web.public.parts import PART_NAMES, ending_of, own_title, plain_name


@require_safe
def package(request: HttpRequest, code: str) -> HttpResponse:
    """The manifest of a lesson's current version as JSON; 404 and 410 without words, which the front has."""
    try:
        reading = queries.reading(code, [Kind.LESSON])
    except queries.Withdrawn:
        return HttpResponse(status=410)
    except NotFound:
        return HttpResponse(status=404)
    with translation.override("zh"):  # file names are Chinese, like the sheets themselves
        manifest = manifest_of(reading)
    return HttpResponse(msgspec.json.encode(manifest), content_type="application/json")


def manifest_of(reading: queries.Reading) -> Manifest:
    """Every file of a lesson under a name that says what it is, the film first, captions beside their film."""
    body = reading.content.body
    assert isinstance(body, LessonPackage)
    files: list[Packed] = []
    left_out: list[str] = []

    def put(file: MediaFile, name: str) -> None:
        if file.state == MediaState.READY:
            files.append(Packed(file.path, name + ending_of(file), file.digest))
        else:
            left_out.append(name + ending_of(file))

    parts = sorted(body.parts, key=lambda part: part.kind != PartKind.VIDEO)
    for number, part in enumerate(parts, start=1):
        name = f"{number:02} {plain_name(own_title(part) or str(PART_NAMES[part.kind]))}"
        if part.periods and len(body.periods) > len(part.periods):
            name += f"（第{'、'.join(map(str, part.periods))}课时）"
        put(reading.media[part.media], name)
        for caption in part.captions:
            put(reading.media[caption.media], f"{name}.{plain_name(caption.language)}")
    return Manifest(
        title=plain_name(reading.content.title),
        at=timezone.localtime(reading.version.published_at),
        readme=_readme(reading, [file.name for file in files]),
        files=tuple(files),
        left_out=tuple(left_out),
    )


def _readme(reading: queries.Reading, names: list[str]) -> str:
    """Where this comes from, who made it and what may be done with it, in both languages."""
    content, resource = reading.content, reading.resource
    assert resource.textbook is not None
    terms = licence(content.licence)
    day = timezone.localtime(reading.version.published_at).date().isoformat()
    people = [f"{ROLE_NAMES.get(c.role, c.role)}：{c.name}" if c.role else c.name for c in content.credits]
    zh = [
        f"《{content.title}》",
        f"教材：{resource.textbook.title}",
        f"提供：{resource.provider.name_zh}",
        *people,
        f"版本：第 {reading.version.number} 版，{day} 发布",
        f"许可：{terms.name_zh}",
        f"网页：{_address('zh', resource.code)}",
    ]
    en = [
        content.title_en or content.title,
        f"Textbook: {cards.title_of(resource.textbook, 'en')}",
        f"Provided by: {cards.name_of(resource.provider, 'en')}",
        f"Version {reading.version.number}, published {day}",
        f"Licence: {terms.name_en}",
        *([terms.url] if terms.url else []),
        f"Page: {_address('en', resource.code)}",
    ]
    listed = ["内容 / Contents", *(f"- {name}" for name in names)] if names else []
    return "\n".join([*zh, "", *en, *([""] if listed else []), *listed])


def _address(language: str, code: str) -> str:
    return f"{get_settings().public_url.rstrip('/')}/{language}/lessons/{code}"
