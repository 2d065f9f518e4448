"""`/s/CODE`: the permanent short link of a lesson or textbook, and its QR code to print."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from smartedu.base.errors import NotFound
from smartedu.formats.qr_codes import qr_code
from smartedu.library import keys, short_links
from smartedu.library.models import Resource
from smartedu.web import cards
from smartedu.web.machines.addresses import short_address
from smartedu.web.remembering import bears, remembered

LED_FOR_SECONDS = 60
"""How long a browser or a cache on the way may lead there without asking: a link that was just re-pointed is right
for everybody a minute later."""
CONTENT_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the page in the language of the browser. What was withdrawn has a page too, which says what it was."""
    resource = short_links.destination(short_links.tidy(code))
    language = "en" if get_language_from_request(request).startswith("en") else "zh"
    response = redirect(cards.url_of(resource, language))
    response["Cache-Control"] = f"public, max-age={LED_FOR_SECONDS}"
    response["Vary"] = "Accept-Language"
    return response


@remembered()
@require_safe
def picture(request: HttpRequest, code: str, form: Literal["svg", "png"]) -> HttpResponse:
    """The QR code of a short link as SVG (for the page, and for print at any size) or PNG.

    It is the same for ever: a link that is re-pointed keeps its code, which is what it is for.
    """
    if not Resource.objects.filter(code=code, kind__in=short_links.BEAR_LINKS).exists():
        raise NotFound(code)
    bears(request, keys.resource(code))
    response = HttpResponse(qr_code(short_address(code), form), content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'inline; filename="smartedu-{code}.{form}"'
    return response
