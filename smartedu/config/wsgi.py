"""The WSGI entry of the app: Django, and in front of it the question whether the database is that of this code."""

import os
from collections.abc import Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartedu.config.settings")

from django.core.wsgi import get_wsgi_application

from smartedu.config.readiness import answer_ready, is_settled

_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer one request. /readyz needs neither middleware nor a known host: it asks about the house itself."""
    if environ.get("PATH_INFO") == "/readyz":
        status, body = answer_ready()
        start_response(status, [("Content-Type", "application/json"), ("Cache-Control", "no-store")])
        return [body]
    if not is_settled():
        # The front tells the visitor in words; no page is made from tables that are not those of this code.
        start_response("503 Service Unavailable", [("X-Not-Ready", "1"), ("Content-Length", "0")])
        return [b""]
    return _django(environ, start_response)
