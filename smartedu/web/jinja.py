"""The template environment: strict about undefined names, the same helpers on every page."""

from functools import lru_cache
from typing import Any

from django.db import Error
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils import translation
from jinja2 import Environment, StrictUndefined

from smartedu.base.settings import get_settings
from smartedu.web import components
from smartedu.web.cards import PlateView, page_language, plates_in
from smartedu.web.house import house


def environment(**options: Any) -> Environment:
    """Called by Django with its own options; ours come on top."""
    env = Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})  # noqa: S701 - Django passes autoescape
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
    )
    env.globals.update(components.GLOBALS)
    env.globals.update(url=_url, static=static)
    return env


def _url(name: str, **kwargs: Any) -> str:
    return _address(translation.get_language(), name, tuple(kwargs.items()))


@lru_cache(maxsize=4096)
def _address(language: str | None, name: str, arguments: tuple[tuple[str, Any], ...]) -> str:
    """A page has some forty addresses, nearly all of them the same as on the page before."""
    return reverse(name, kwargs=dict(arguments))


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every page knows besides its own: its language, itself in the other one, the plates."""
    language = page_language()
    path = request.get_full_path()
    return {
        "lang": language,
        "path": path,
        "site": get_settings().public_url,
        "house": house(language),
        "other_lang_url": translate_url(path, "en" if language == "zh" else "zh"),
        "plates": _plates(language),
    }


def _plates(language: str) -> tuple[PlateView, ...]:
    """The plates for the head of the page; none where the database is away, so that even then a page can say so."""
    try:
        return plates_in(language)
    except Error:
        return ()
