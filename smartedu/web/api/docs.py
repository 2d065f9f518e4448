"""What the API says of itself: the OpenAPI schema, and a page made of it for people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from smartedu.web.api.shapes import ProblemOut
from smartedu.web.machines.addresses import absolute
from smartedu.web.public.about import HOUSE_KEY
from smartedu.web.remembering import bears, remembered

ROOT = "/api/v1"


@dataclass(frozen=True)
class Parameter:
    name: str
    kind: str
    choices: list[str]


@dataclass(frozen=True)
class Question:
    """One address of the API: `template` with {code} in it, `example` to be opened."""

    template: str
    example: str | None
    parameters: list[Parameter]


def schema_of(api: NinjaAPI) -> dict[str, Any]:
    """The OpenAPI schema with the public address, refusals among the answers."""
    told: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=ROOT + "/"))
    told["servers"] = [{"url": absolute("")}]
    problem = {
        "description": "What went wrong (RFC 9457)",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}},
    }
    described = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    parts = described.pop("$defs", {})
    told["components"]["schemas"] |= parts | {"ProblemOut": described}
    for methods in told["paths"].values():
        for operation in methods.values():
            operation["responses"] |= {"400": problem, "404": problem, "503": problem}
    return told


def schema(api: NinjaAPI) -> Callable[..., HttpResponse]:
    """The view of `/api/v1/openapi.json`."""

    def answer(request: HttpRequest) -> HttpResponse:
        bears(request, HOUSE_KEY)
        return JsonResponse(schema_of(api), json_dumps_params={"ensure_ascii": False})

    return answer


@remembered()
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`/zh/api`: how to use it, for people. Nothing is loaded from elsewhere."""
    from smartedu.web.api.urls import api

    bears(request, HOUSE_KEY)
    told = schema_of(api)
    paths, parts = told["paths"], told["components"]["schemas"]
    context = {
        "questions": [_question(path, methods["get"], parts) for path, methods in paths.items()],
        "root": absolute(ROOT),
    }
    return render(request, "public/api.html", context)


def _question(path: str, operation: dict[str, Any], parts: dict[str, Any]) -> Question:
    given = [p for p in operation.get("parameters", []) if p["in"] == "query"]
    return Question(
        path, None if "{" in path else path, [Parameter(p["name"], *_kind(p["schema"], parts)) for p in given]
    )


def _kind(told: dict[str, Any], parts: dict[str, Any]) -> tuple[str, list[str]]:
    """What a parameter takes: "integer", "date-time", "string", and the words where they are few; `parts` are the
    schema's components, which it may point at."""
    options = [told, *told.get("anyOf", []), *told.get("allOf", [])]
    options += [parts[option["$ref"].rpartition("/")[2]] for option in options if "$ref" in option]
    choices: list[str] = next((o["enum"] for o in options if "enum" in o), [])
    return next((o.get("format") or o["type"] for o in options if o.get("type") not in (None, "null")), ""), choices
