"""Public pages are the same bytes for everybody: what the decorator takes away, what it tells the front, and that
no public page is forgotten."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from smartedu.base.pages import inside
from smartedu.library import keys
from smartedu.web.remembering import (
    MOST_KEYS,
    NotRemembered,
    bears,
    ends_at,
    ends_at_midnight,
    parameters_of,
    passing,
    remembered,
)

PERSONAL = {"sign-in", "sign-out", "me", "hello", "gallery", "manage-links", "manage-gaps", "gaps"}
"""Pages that are somebody's own, or for those who build pages; and where words that found nothing are told."""
NOT_KEPT = {"/", "internal/packages/<slug:code>", "sw.js", "s/<str:code>", "api/v1/^(?P<rest>.*)$"}
"""Redirections by the browser's language, what is nowhere in the API, what the app tells the front alone, and the
service worker, which browsers compare with theirs and which must be new the moment it is installed."""


def ask(view: Callable[..., HttpResponse], address: str = "/zh/x", **headers: Any) -> HttpResponse:
    request = RequestFactory().get(address, headers=headers)
    request.COOKIES["sessionid"] = "somebody"
    request.session = object()  # type: ignore[assignment]
    request.user = object()  # type: ignore[assignment]
    return view(request)


def page(request: HttpRequest) -> HttpResponse:
    bears(request, keys.column("maths"), [keys.resource("a"), keys.resource("b")])
    return HttpResponse(f"{sorted(request.GET.items())} {request.META['QUERY_STRING']}")


def test_it_tells_the_front_what_the_page_bears_and_depends_on() -> None:
    response = ask(remembered("page", "order")(page))
    assert response[inside.KEYS] == "column:maths resource:a resource:b"
    assert response[inside.QUERY] == "page order"
    assert inside.UNTIL not in response
    assert response["Cache-Control"].startswith("public, max-age=0, s-maxage=30")


def test_the_view_sees_the_parameters_it_named_and_no_others() -> None:
    response = ask(remembered("page", "order")(page), "/zh/x?utm=1&page=2&order=&page=3")
    assert response.content.decode() == "[('page', '3')] page=3"


def test_the_view_sees_nobody() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        bears(request, "k")
        told = [name for name in ("session", "user") if hasattr(request, name)]
        seen = [*told, *request.COOKIES, request.headers.get("Accept-Language"), request.headers.get("User-Agent")]
        return HttpResponse(f"{seen} {request.get_host()}")

    request_headers = {"accept-language": "en", "user-agent": "x", "host": "evil.example", "cookie": "a=1"}
    assert ask(remembered()(view), **request_headers).content == b"[None, None] localhost:8000"


@pytest.mark.parametrize(
    ("address", "arguments", "language"),
    [("/en/x", {}, "en"), ("/zh/x", {}, "zh"), ("/sitemap.xml", {}, "zh"), ("/feed/en.atom", {"language": "en"}, "en")],
)
def test_the_language_is_that_of_the_address(address: str, arguments: dict[str, str], language: str) -> None:
    @remembered()
    def view(request: HttpRequest, language: str = "") -> HttpResponse:
        bears(request, "k")
        return HttpResponse(translation.get_language())

    with translation.override("en" if language == "zh" else "zh"):  # the browser's, as Django's middleware sets it
        response = view(RequestFactory().get(address), **arguments)
    assert response.content.decode() == response["Content-Language"] == language


def test_a_page_without_a_key_is_an_error_here_and_not_remembered_there() -> None:
    view = remembered()(lambda request: HttpResponse("x"))
    with pytest.raises(NotRemembered, match="bears no key"):
        ask(view)
    with pytest.warns(NotRemembered):
        response = ask(view)
    assert inside.KEYS not in response
    assert response["Cache-Control"] == "private, no-store"


def test_a_cookie_on_a_page_for_everybody_is_an_error() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        bears(request, "k")
        response = HttpResponse()
        response.set_cookie("a", "1")
        return response

    with pytest.raises(NotRemembered, match="cookie"):
        ask(remembered()(view))


def test_a_page_that_streams_or_bears_a_key_with_a_space_is_an_error() -> None:
    def streams(request: HttpRequest) -> Any:
        bears(request, "k")
        return StreamingHttpResponse(iter([b"x"]))

    def spaced(request: HttpRequest) -> HttpResponse:
        bears(request, "two words")
        return HttpResponse()

    for view, words in ((streams, "streams"), (spaced, "cannot be sent")):
        with pytest.raises(NotRemembered, match=words):
            ask(remembered()(view))


def test_a_page_beyond_the_last_is_shown_and_not_remembered() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        bears(request, "k")
        passing(request)
        return HttpResponse("the last page")

    response = ask(remembered("page")(view), "/zh/x?page=99")
    assert inside.KEYS not in response
    assert response["Cache-Control"] == "public, no-cache"


def test_a_refusal_is_not_remembered() -> None:
    response = ask(remembered()(lambda request: HttpResponse(status=404)))
    assert inside.KEYS not in response


def test_a_page_with_too_many_things_on_it_is_dropped_with_any_change() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        bears(request, (keys.resource(str(number)) for number in range(MOST_KEYS + 1)))
        return HttpResponse()

    assert ask(remembered()(view))[inside.KEYS] == inside.EVERYTHING == keys.EVERYTHING


def test_a_dated_page_ends_with_the_day_in_shanghai() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        bears(request, "k")
        ends_at_midnight(request)
        return HttpResponse()

    until = int(ask(remembered()(view))[inside.UNTIL])
    left = until - datetime.now(UTC).timestamp()
    assert 0 <= left <= 86400
    assert (until + 8 * 3600) % 86400 == 0


def test_of_several_ends_the_first_counts() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        bears(request, "k")
        for hour in (12, 9, 15):
            ends_at(request, datetime(2099, 1, 1, hour, tzinfo=UTC))
        return HttpResponse()

    assert int(ask(remembered()(view))[inside.UNTIL]) == datetime(2099, 1, 1, 9, tzinfo=UTC).timestamp()


def test_what_is_said_of_a_page_that_is_not_remembered_is_not_heard() -> None:
    request = RequestFactory().get("/zh/x")
    bears(request, "k")
    passing(request)
    ends_at_midnight(request)


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _patterns(each, address)
        else:
            yield address, each


def test_every_public_page_is_remembered() -> None:
    """A new page is either remembered or stands in the list of personal ones above, with a reason."""
    with translation.override("zh"):
        found = dict(_patterns(get_resolver()))
    forgotten = sorted(
        address
        for address, pattern in found.items()
        if parameters_of(pattern.callback) is None and pattern.name not in PERSONAL and (address or "/") not in NOT_KEPT
    )
    assert forgotten == []


@pytest.mark.django_db
def test_through_the_whole_of_django_nothing_personal_is_left(client: Client) -> None:
    response = client.get("/en/about?utm_source=x", headers={"host": "localhost", "cookie": "sessionid=abc"})
    assert response.status_code == 200
    assert response[inside.KEYS]
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
