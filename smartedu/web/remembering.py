"""Pages that are remembered: rendered once, the same bytes for everybody, dropped when what they show changes.

A view says with `@remembered` which parameters it depends on, and with `bears` which domain keys it shows; the front
keeps the page until one of the keys is dropped. The decorator takes away what would make the page somebody's own
(cookies, session, account, the browser's language, the host that was asked for), so that a view that reads any of it
fails where it is written and not in front of a reader.
"""

import functools
import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation

from smartedu.base.pages import inside
from smartedu.base.pages.addresses import canonical_query
from smartedu.base.settings import get_settings

MOST_KEYS = 500
"""A page that shows more than so many things is dropped with any change: its header would be longer than the page."""
_PERSONAL = ("session", "user", "auser")
_PERSONAL_HEADERS = ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE", "HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_AUTHORIZATION")


class NotRemembered(UserWarning):
    """A view promises a page for everybody and does not keep the promise; in tests this is an error."""


class View(Protocol):
    """A function view."""

    def __call__(self, request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse: ...


@dataclass
class _Page:
    """What a view has said of its page so far."""

    keys: set[str] = field(default_factory=set)
    until: float | None = None
    passing: bool = False


def remembered(*parameters: str) -> Callable[[View], View]:
    """Outermost on a public view whose answer depends on the path and on `parameters` alone.

    The view sees `request.GET` narrowed to these parameters (the last value of each, none that is empty) and the
    platform's own public address; it has no cookies, session or account. Its language is the one in the address, at
    the beginning or as the argument `language` (`/feed/en.atom`), else Chinese. It must call `bears` at least once.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
            page = _Page()
            _narrow(request, parameters, page)
            language = translation.get_language_from_path(request.path_info) or kwargs.get("language") or "zh"
            with translation.override(language):
                response = view(request, *args, **kwargs)
            response.headers.setdefault("Content-Language", language)  # else Django's: the browser's
            _tell(response, parameters, page, where=f"{view.__module__}.{view.__name__}")  # type: ignore[attr-defined]
            return response

        answer.remembered = parameters  # type: ignore[attr-defined]
        return answer

    return decorate


def parameters_of(view: Any) -> tuple[str, ...] | None:
    """The parameters that a view's pages are remembered by; None for a view that is not remembered."""
    found: tuple[str, ...] | None = getattr(view, "remembered", None)
    return found


def bears(request: HttpRequest, *keys: str | Iterable[str]) -> None:
    """Say that the page shows the things of these domain keys (`library.keys`), one by one or many at once.

    On a page that is not remembered this says nothing, so that pages may share what they show.
    """
    page = _page(request)
    if page is not None:
        for key in keys:
            page.keys.update((key,) if isinstance(key, str) else key)


def ends_at_midnight(request: HttpRequest) -> None:
    """Say that the page shows something of today: it ends with the day, by the platform's clock (Asia/Shanghai)."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    ends_at(request, today + timedelta(days=1))


def ends_at(request: HttpRequest, instant: datetime) -> None:
    """Say that the page is right until `instant`; of several, the first counts."""
    page = _page(request)
    if page is not None:
        end = instant.timestamp()
        page.until = end if page.until is None else min(page.until, end)


def passing(request: HttpRequest) -> None:
    """Say that this is no address of its own (a page beyond the last, an unknown choice): shown, not remembered."""
    page = _page(request)
    if page is not None:
        page.passing = True


def _page(request: HttpRequest) -> _Page | None:
    return getattr(request, "_remembered_page", None)


def _narrow(request: HttpRequest, parameters: tuple[str, ...], page: _Page) -> None:
    """Leave of the request what the page may depend on."""
    try:
        query = canonical_query(request.META.get("QUERY_STRING", ""), parameters)
    except ValueError:  # hundreds of fields: nobody's link
        query, page.passing = "", True
    public = urlsplit(get_settings().public_url)
    request.META.update(QUERY_STRING=query, HTTP_HOST=public.netloc, HTTP_X_FORWARDED_PROTO=public.scheme)
    for name in _PERSONAL_HEADERS:
        request.META.pop(name, None)
    for name in ("headers", *_PERSONAL):
        request.__dict__.pop(name, None)
    request.GET = QueryDict(query)  # type: ignore[assignment, misc, unused-ignore]
    request.COOKIES = {}
    request._remembered_page = page  # type: ignore[attr-defined]


def _tell(response: HttpResponse, parameters: tuple[str, ...], page: _Page, *, where: str) -> None:
    """Write what the front needs to know into the answer's headers, or say why it may not be kept."""
    if response.status_code != 200:
        return
    if page.passing:
        response.headers["Cache-Control"] = inside.NOT_KEPT
        return
    broken = _broken_promise(response, page)
    if broken:
        warnings.warn(f"{where} {broken}", NotRemembered, stacklevel=3)
        response.headers["Cache-Control"] = "private, no-store"
        return
    keys = page.keys if len(page.keys) <= MOST_KEYS else {inside.EVERYTHING}
    response.headers[inside.KEYS] = " ".join(sorted(keys))
    response.headers[inside.QUERY] = " ".join(parameters)
    response.headers["Cache-Control"] = inside.cache_control(page.until, time.time())
    if page.until is not None:
        response.headers[inside.UNTIL] = f"{page.until:.0f}"


def _broken_promise(response: HttpResponse, page: _Page) -> str:
    """What stands against remembering the page; empty when nothing does."""
    if response.cookies:
        return "sets a cookie on a page for everybody"
    if response.streaming:
        return "streams; a page that is remembered is made whole"
    if not page.keys:
        return "bears no key: nothing would ever drop its page"
    if any(not key or any(not "!" <= sign <= "~" for sign in key) for key in page.keys):
        return f"bears a key that cannot be sent: {sorted(page.keys)!r}"
    return ""
