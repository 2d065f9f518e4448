"""Every address of the product."""

from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, re_path
from django.utils.translation import get_language_from_request

from smartedu.web.packages import package
from smartedu.web.pages import error_page
from smartedu.web.public import installable
from smartedu.web.public.accounts import hello
from smartedu.web.public.gaps import gap


def by_browser(request: HttpRequest) -> HttpResponse:
    """`/` goes where the browser's language says."""
    language = get_language_from_request(request)
    response = redirect("/en/" if language.startswith("en") else "/zh/")
    response["Vary"] = "Accept-Language"
    return response


urlpatterns = [
    path("", by_browser),
    path("me/hello", hello, name="hello"),
    path("gaps", gap, name="gaps"),
    path("sw.js", installable.worker),
    re_path(r"^offline/(?P<language>zh|en)$", installable.offline),
    re_path(r"^manifest\.(?P<language>zh|en)\.webmanifest$", installable.manifest),
    path("internal/packages/<slug:code>", package),
    path("", include("smartedu.web.machines.urls")),
    path("api/v1/", include("smartedu.web.api.urls")),
    *i18n_patterns(
        path("manage/", include("smartedu.web.manage.urls")),
        path("", include("smartedu.web.public.urls")),
    ),
]


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 400)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def handler500(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500)


def handler403(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    return error_page(request, 403)
