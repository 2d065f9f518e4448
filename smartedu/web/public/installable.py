"""The platform as an app on a phone: its manifest, its service worker, and the page for when there is no line."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from smartedu.web.public.about import HOUSE_KEY
from smartedu.web.remembering import bears, remembered

WORKER = "build/worker.js"
ICONS = (("icons/app-192.png", "192x192", "any"), ("icons/app-512.png", "512x512", "any"),
         ("icons/app-maskable-512.png", "512x512", "maskable"))  # fmt: skip


@remembered()
@require_safe
def manifest(request: HttpRequest, language: str) -> JsonResponse:
    """`/manifest.zh.webmanifest`: what the app is called and where it begins, in one language."""
    bears(request, HOUSE_KEY)
    home = f"/{language}/"
    told = {
        "id": home,
        "lang": "zh-CN" if language == "zh" else "en",
        "name": "SmartEdu 智慧教育" if language == "zh" else "SmartEdu",
        "short_name": "智慧教育" if language == "zh" else "SmartEdu",
        "description": _("Lessons for every textbook, from primary to senior school, free to watch and read."),
        "start_url": home,
        "scope": "/",
        "display": "standalone",
        "background_color": "#FBFAF7",  # paper, the ground of every page by day
        "theme_color": "#FBFAF7",
        "categories": ["education"],
        "icons": [
            {"src": static(file), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for file, sizes, purpose in ICONS
        ],
        "shortcuts": [
            {"name": _("Search"), "url": f"{home}search"},
            {"name": _("Textbooks"), "url": f"{home}textbooks"},
            {"name": _("Someone to talk to"), "url": f"{home}help"},
        ],
    }
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/manifest+json"
    return response


@remembered()
@require_safe
def offline(request: HttpRequest, language: str) -> HttpResponse:
    """What the service worker shows where there is no line and the page was never seen: what can be read yet."""
    bears(request, HOUSE_KEY)
    return render(request, "public/offline.html")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """`/sw.js`, asked for again at each visit: a new release takes over. Without a build 404, which removes it."""
    built = finders.find(WORKER)
    if not isinstance(built, str):
        raise Http404
    response = HttpResponse(Path(built).read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
