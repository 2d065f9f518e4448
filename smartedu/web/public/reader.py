"""The reader: an e-textbook, a document or a sheet of a lesson, page by page in the browser."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from smartedu.base.errors import NotFound
from smartedu.library import keys, queries
from smartedu.library.content import Document, ETextbook, Kind, LessonPackage
from smartedu.library.models import MediaFile
from smartedu.web import cards
from smartedu.web.public.parts import PDF, PartView, lesson_part, whole_file
from smartedu.web.remembering import bears, remembered

KINDS = (Kind.E_TEXTBOOK, Kind.DOCUMENT, Kind.LESSON)


@dataclass(frozen=True)
class ReadView:
    """What is read: `name` stands above the pages, `back` is the page it belongs to.

    `key` is what a device remembers the page under: another version is another book.
    """

    name: str
    back: str
    back_name: str
    key: str
    sheet: PartView
    book: cards.BookView | None


@remembered("part")
@require_safe
def read(request: HttpRequest, code: str) -> HttpResponse:
    """The pages of a PDF. `part` names the sheet of a lesson; without it the resource itself must be one."""
    reading = queries.reading(code, KINDS)
    found = _file_of(reading, request.GET.get("part", ""))
    if found is None:
        raise NotFound(code)
    file, sheet = found
    bears(request, keys.resource(code), keys.media(file.code))
    if reading.resource.textbook is not None:
        bears(request, keys.resource(reading.resource.textbook.code))
    title = cards.title_of(reading.resource)
    own = sheet.title or sheet.kind_name
    view = ReadView(
        name=f"{title} · {own}" if isinstance(reading.content.body, LessonPackage) else title,
        back=cards.url_of(reading.resource),
        back_name=title,
        key=f"{code}/{sheet.key}/{reading.version.number}",
        sheet=sheet,
        book=cards.book(reading.resource) if isinstance(reading.content.body, ETextbook) else None,
    )
    return render(request, "public/reader.html", {"read": view})


def _file_of(reading: queries.Reading, part: str) -> tuple[MediaFile, PartView] | None:
    """The PDF that is asked for with its sheet; None where the resource has none of that name."""
    body, code = reading.content.body, reading.resource.code
    title = cards.title_of(reading.resource)
    if isinstance(body, LessonPackage):
        named = next((p for p in body.parts if p.key == part), None)
        file = reading.media.get(named.media) if named else None
        if named is None or file is None or file.content_type != PDF:
            return None
        return file, lesson_part(named, reading.media, lesson=title, code=code, current=True)
    if part or not isinstance(body, ETextbook | Document):
        return None
    file = reading.media.get(body.media)
    if file is None or file.content_type != PDF:
        return None
    return file, whole_file(file, title=title, code=code, current=True)
