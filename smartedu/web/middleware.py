"""What every request passes, in small pieces."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from smartedu.base.errors import DomainError, NotFound
from smartedu.base.pages import inside
from smartedu.library.queries import Withdrawn
from smartedu.web.cards import page_language
from smartedu.web.pages import error_page, withdrawn_page

log = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]

CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline';"
    " script-src 'self'; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)


def address_from_front(answer: Answer) -> Answer:
    """Take the visitor's address from the front, the only one that reaches the app's socket."""

    def middleware(request: HttpRequest) -> HttpResponse:
        forwarded = request.headers.get("X-Forwarded-For", "")
        request.META["REMOTE_ADDR"] = forwarded.split(",")[-1].strip() or "127.0.0.1"
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        return response

    return middleware


def client_address(request: HttpRequest) -> str:
    """The visitor's address, as the sign-in guard asks for it."""
    return str(request.META["REMOTE_ADDR"])


class told_in_words:  # noqa: N801 - named as Django's function middleware are
    """Turn refusals into pages that say what to do, in the reader's language."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Called by Django with what a view raised; anything else than a refusal is left to the 500 page."""
        if isinstance(error, Withdrawn):
            return withdrawn_page(request, error.resource)
        if isinstance(error, NotFound):
            return error_page(request, 404)
        if isinstance(error, DomainError):
            text = " ".join(problem.text(page_language()) for problem in error.problems[:5])
            return error_page(request, 400, text)
        if isinstance(error, OperationalError | InterfaceError):
            log.error("the database is away: %s", error)
            response = error_page(request, 503)
            response.headers[inside.AWAY] = "database"  # the front may still have the page
            return response
        return None
