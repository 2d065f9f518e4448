"""Addresses of the test site."""

import hashlib
import os
import time

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

from smartedu.base.settings import get_settings
from tests.config.small_site import jobs


def process(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"pid": os.getpid(), "master": os.getppid()})


def headers(request: HttpRequest) -> HttpResponse:
    return JsonResponse(dict(request.headers))


def digest(request: HttpRequest) -> HttpResponse:
    total, sha = 0, hashlib.sha256()
    while piece := request.read(65536):
        total += len(piece)
        sha.update(piece)
    return JsonResponse({"bytes": total, "sha256": sha.hexdigest(), "path": request.get_full_path()})


def drip(request: HttpRequest) -> StreamingHttpResponse:
    def pieces():  # type: ignore[no-untyped-def]
        try:
            for number in range(200):
                yield b"%d\n" % number
                time.sleep(0.05)
        finally:
            (get_settings().data_dir / "drip.ended").touch()

    return StreamingHttpResponse(pieces())


def defer(request: HttpRequest, job: str, name: str) -> HttpResponse:
    getattr(jobs, job).defer(name=name)
    return HttpResponse("deferred")


def sleep(request: HttpRequest) -> HttpResponse:
    (get_settings().data_dir / "sleep.begun").touch()
    time.sleep(float(request.GET["seconds"]))
    return JsonResponse({"pid": os.getpid()})


urlpatterns = [
    path("process", process),
    path("headers", headers),
    path("digest", digest),
    path("drip", drip),
    path("sleep", sleep),
    path("defer/<job>/<name>", defer),
]
