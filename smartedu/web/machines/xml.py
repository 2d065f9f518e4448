"""Writing XML: escaped text, and answers that are it."""

import re
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpResponse

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def text(value: object) -> str:
    """A text between tags; signs that XML has no room for are left out."""
    return escape(_FORBIDDEN.sub("", str(value)))


def attribute(value: object) -> str:
    """A value in its quotes."""
    return quoteattr(_FORBIDDEN.sub("", str(value)))


def answer(body: str, content_type: str) -> HttpResponse:
    """The document `body` (without its declaration) as an answer."""
    return HttpResponse(DECLARATION + body, content_type=f"{content_type}; charset=utf-8")
