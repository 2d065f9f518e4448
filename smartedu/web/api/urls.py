"""The addresses of the API, each wrapped in what all of them share.

An answer is the same for everybody and remembered by the front; it bears no cookie and reads no session. Any page on
any site may read it (CORS). What goes wrong is told in the language that the request accepts, and not remembered.
"""

import functools
import logging
import re
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils.translation import get_language_from_request
from ninja import NinjaAPI

from smartedu.base.pages import inside
from smartedu.web.api import catalogue, docs, problems
from smartedu.web.remembering import remembered

log = logging.getLogger(__name__)
View = Callable[..., HttpResponse]

api = NinjaAPI(
    title="SmartEdu catalogue",
    version="1",
    description="The catalogue for machines: read-only, without accounts. Lists are read by following `next`.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_router("", catalogue.router)
catalogue.refusals(api)


def for_machines(view: View) -> View:
    """What every answer of the API has in common; outermost, around `remembered`."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = get_language_from_request(request)
        setattr(request, problems.LANGUAGE, "en" if language.startswith("en") else "zh")
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Allow"] = response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response["Access-Control-Allow-Headers"] = "If-None-Match"
            response["Access-Control-Max-Age"] = "86400"
        elif request.method not in ("GET", "HEAD"):
            response = problems.problem(request, 405)
            response["Allow"] = "GET, HEAD, OPTIONS"
        else:
            response = _told(view, request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link"
        response["Link"] = '</api/v1/openapi.json>; rel="service-desc", </zh/api>; rel="service-doc"'
        if response.status_code >= 400:
            response["Vary"] = "Accept-Language"
        elif response.status_code == 200:
            response["Content-Language"] = "zh-CN, en"  # every name in both
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined] # nothing is written here
    return answer


def _told(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    asked, request.method = request.method, "GET"  # of HEAD the server leaves the body out, of nothing else we know
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return problems.problem(request, 404)
    except (OperationalError, InterfaceError):
        response = problems.problem(request, 503)
        response[inside.AWAY] = "database"
        return response
    except Exception:  # a program that reads us expects JSON, whatever happens
        log.exception("fault: %s", request.get_full_path())
        return problems.problem(request, 500)
    finally:
        request.method = asked


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address below the API."""
    return problems.problem(request, 404)


def _patterns() -> list[URLPattern]:
    """The paths of the API's schema, with the parameters that each answer depends on."""
    told = api.get_openapi_schema(path_prefix="/")["paths"]
    found = []
    for pattern in api.urls[0]:
        address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))
        names = [p["name"] for p in told.get(address, {}).get("get", {}).get("parameters", []) if p["in"] == "query"]
        view: Any = docs.schema(api) if address == "/openapi.json" else pattern.callback
        if address != "/":  # ninja's own root, which only names the namespace
            found.append(path(address[1:].replace("{", "<").replace("}", ">"), for_machines(remembered(*names)(view))))
    return found


urlpatterns = [*_patterns(), re_path(r"^(?P<rest>.*)$", for_machines(nothing_here))]
