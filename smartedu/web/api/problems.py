"""Refusals as problem+json (RFC 9457), in the language that the request accepts."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import ValidationError

from smartedu.web.api.cursors import NoCursor

LANGUAGE = "_problem_language"
"""Where the language of the request stands: pages for everybody do not know it (`web.remembering`)."""

TITLES = {
    400: ("请求有误", "The request does not fit"),
    404: ("没有找到", "There is nothing here"),
    405: ("只能读取", "This is for reading only"),
    406: ("请求有误", "The request does not fit"),
    503: ("暂时读不到目录", "The catalogue cannot be read right now"),
    500: ("我们这边出了问题", "Something went wrong on our side"),
}
DETAILS = {
    400: ("请按接口说明改正参数后重试。", "Correct the parameters as the documentation says and try again."),
    404: (
        "没有这个地址或代码。代码可从列表中取得。",
        "There is no such address or code. Codes are found in the lists.",
    ),
    405: ("这个接口只接受 GET 和 HEAD。", "Only GET and HEAD are answered here."),
    503: ("请一分钟后重试。", "Try again in a minute."),
    500: ("不是您的问题，请稍后重试。", "It is not your fault. Try again later."),
}
MOMENT = ("应为时刻，例如 2026-09-01T00:00:00Z", "must be a moment, e.g. 2026-09-01T00:00:00Z")
# By pydantic's kinds of error: what is wrong with a parameter, and what to do.
WRONG = {
    "int_parsing": ("应为整数", "must be a whole number"),
    "greater_than_equal": ("太小，至少为 {ge}", "is too small: at least {ge}"),
    "less_than_equal": ("太大，最多为 {le}", "is too large: at most {le}"),
    "datetime_from_date_parsing": MOMENT,
    "datetime_parsing": MOMENT,
    "timezone_aware": ("须带时区，例如 2026-09-01T00:00:00Z", "must bear a time zone, e.g. 2026-09-01T00:00:00Z"),
    "literal_error": ("应为其中之一：{expected}", "must be one of {expected}"),
    "enum": ("应为其中之一：{expected}", "must be one of {expected}"),
    "string_too_long": ("太长，最多 {max_length} 个字符", "is too long: at most {max_length} characters"),
}
OTHERWISE = ("写法不对", "is not written as it should be")
NO_CODE = (
    "没有这个代码，可用的代码见 /api/v1/tags、/plates 和 /providers",
    "is not known; see /api/v1/tags, /plates and /providers for the codes",
)
NO_CURSOR = (
    "不是本接口给出的位置，请从第一页重新读起",
    "was not given out here; begin again with the first page",
)


def problem(request: HttpRequest, status: int, errors: Sequence[tuple[str, str, str]] = ()) -> HttpResponse:
    """A refusal; `errors` are (field, sentence in Chinese, in English)."""
    english = getattr(request, LANGUAGE, "zh") == "en"
    which = 1 if english else 0
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, TITLES[400])[which],
        "status": status,
        "detail": DETAILS.get(status, DETAILS[400])[which],
    }
    if errors:
        told["errors"] = [{"field": field, "detail": en if english else zh} for field, zh, en in errors]
    response = HttpResponse(
        json.dumps(told, ensure_ascii=False), status=status, content_type="application/problem+json"
    )
    response["Content-Language"] = "en" if english else "zh-CN"
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = "30"
    return response


def of_validation(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    """Parameters that are not as they should be, each with its mend."""
    errors = []
    for fault in refusal.errors:
        zh, en = WRONG.get(fault["type"], OTHERWISE)
        context = {name: str(value).replace("'", "") for name, value in fault.get("ctx", {}).items()}
        errors.append((str(fault["loc"][-1]), _filled(zh, context), _filled(en, context)))
    return problem(request, 400, errors)


def of_cursor(request: HttpRequest, _: NoCursor) -> HttpResponse:
    """A cursor that nobody gave out."""
    return problem(request, 400, [("cursor", *NO_CURSOR)])


def of_choice(request: HttpRequest, field: str) -> HttpResponse:
    """A code that this facet does not have."""
    return problem(request, 400, [(field, *NO_CODE)])


def _filled(sentence: str, context: dict[str, str]) -> str:
    try:
        return sentence.format(**context)
    except KeyError:
        return sentence.partition("：")[0].partition(":")[0]
