"""The search page."""

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markupsafe import Markup, escape

from smartedu.base.settings import get_settings
from smartedu.library.models import Resource
from smartedu.library.search.find import find
from smartedu.library.search.words import LONGEST_QUERY, folded
from smartedu.web import cards
from smartedu.web.pages import page_number, pages

SNIPPET = 90  # characters


@dataclass(frozen=True)
class Hit:
    """A found resource with its matching words marked."""

    card: cards.Card
    title_marked: Markup
    snippet_marked: Markup
    place: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results best first; with nothing found, what to try."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    found = find(get_settings().index_dir, query, page_number(request))
    context = {
        "query": query,
        "understood": found.tokens,
        "loose": found.loose,
        "results": [_hit(resource, found.tokens) for resource in found.resources],
        "pages": pages(request, found.number, found.count, found.total),
        "suggestions": [] if found.total else _suggestions(),
    }
    return render(request, "public/search.html", context)


def _hit(resource: Resource, tokens: list[str]) -> Hit:
    card = cards.card(resource)
    place = " · ".join(
        part
        for part in (
            card.kind_name,
            cards.title_of(resource.textbook) if resource.textbook else card.subtitle,
        )
        if part
    )
    return Hit(card, marked(card.title, tokens), marked(card.summary[:SNIPPET], tokens), place)


def marked(text: str, tokens: list[str]) -> Markup:
    """The text, escaped, with every token inside <mark>; case and width do not matter.

    Folding may change a text's length (traditional characters do not, some ligatures do); such a text is left
    unmarked rather than marked in the wrong place.
    """
    lowered = folded(text)
    if not tokens or len(lowered) != len(text):
        return escape(text)
    pattern = re.compile("|".join(re.escape(token) for token in sorted(tokens, key=len, reverse=True)))
    pieces, end = [], 0
    for match in pattern.finditer(lowered):
        pieces += [
            escape(text[end : match.start()]),
            Markup("<mark>{}</mark>").format(text[match.start() : match.end()]),
        ]
        end = match.end()
    return Markup("").join([*pieces, escape(text[end:])])


def _suggestions() -> list[str]:
    return [
        _("Try a shorter word: the title of the lesson alone often does."),
        _("Name the subject and the grade, as in “maths grade 8”."),
        _("Go through the textbooks by stage, grade and subject."),
    ]
