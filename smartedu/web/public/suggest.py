"""Suggestions under a search line, for the script that shows them while a reader types."""

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from smartedu.base.settings import get_settings
from smartedu.library import keys
from smartedu.library.models import Resource
from smartedu.library.search.lexicon import Word
from smartedu.library.search.suggest import Suggestion, suggest
from smartedu.web import cards
from smartedu.web.components import HAN
from smartedu.web.remembering import bears, remembered


@remembered("q")
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """At most eight as JSON: `text` in its language `lang`, `from` and `to` of what is typed of it, `hint` on what it
    is, and `url` of the resource or of the search."""
    bears(request, keys.SEARCH)
    typed = request.GET.get("q", "").replace("\0", "")
    english = cards.page_language() == "en"
    shown = [_entry(one, english=english) for one in suggest(get_settings().index_dir, typed, english_first=english)]
    return HttpResponse(msgspec.json.encode({"suggestions": shown}), content_type="application/json")


def _entry(one: Suggestion, *, english: bool) -> dict[str, Any]:
    word = one.word
    text = word.english if word.english and (english or one.english) else word.shown
    start, end = (one.start, one.end) if one.english == (text is word.english) else (0, 0)
    if one.before:  # the rest of a longer query: what is typed already stays
        text = f"{one.before} {text}"
        start, end = (start + len(one.before) + 1, end + len(one.before) + 1) if end else (0, 0)
    if word.code and not one.before:
        url = cards.url_of(Resource(kind=word.resource, code=word.code))
    else:
        url = f"{reverse('search')}?{urlencode({'q': text})}"
    lang = "zh-CN" if HAN.search(text) else "en"
    return {"text": text, "lang": lang, "from": start, "to": end, "hint": _hint(word), "url": url}


def _hint(word: Word) -> str:
    """What kind of thing it is; a title that several bear says how many. Nothing for a word as such."""
    if word.resource:
        return cards.kind_name(word.resource, cards.page_language())
    if word.sort == "title":
        return ngettext("%(num)s match", "%(num)s matches", word.weight) % {"num": word.weight}
    named = {"subject": _("Subject"), "edition": _("Edition"), "grade": _("Grade"), "point": _("Topic")}
    return named.get(word.sort, "")
