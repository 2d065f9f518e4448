"""Every address of the product."""

from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.translation import get_language_from_request

from smartedu.web.pages import error_page
from smartedu.web.public.accounts import hello


def by_browser(request: HttpRequest) -> HttpResponse:
    """`/` goes where the browser's language says."""
    language = get_language_from_request(request)
    response = redirect("/en/" if language.startswith("en") else "/zh/")
    response["Vary"] = "Accept-Language"
    return response


urlpatterns = [
    path("", by_browser),
    path("me/hello", hello, name="hello"),
    *i18n_patterns(path("", include("smartedu.web.public.urls"))),
]


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 400)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def handler500(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500)


def handler403(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    return error_page(request, 403)
