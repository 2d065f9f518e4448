"""Small files that machines look for: robots.txt, and how to search us from a browser's address bar."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from smartedu.web.machines import xml
from smartedu.web.machines.addresses import absolute
from smartedu.web.public.about import HOUSE_KEY
from smartedu.web.remembering import bears, remembered

# One's own pages, narrowed searches (endless, and made of what stands elsewhere), old versions, inner addresses. A
# search by words alone may be found: it is an address that people hand on.
NOT_FOR_ROBOTS = (
    "/me/", "/zh/me", "/en/me", "/zh/sign-in", "/en/sign-in", "/zh/manage/", "/en/manage/",
    "/zh/search?*&", "/en/search?*&", "/zh/suggest", "/en/suggest",
    "/zh/lessons/*/v/", "/en/lessons/*/v/", "/zh/resources/*/v/", "/en/resources/*/v/",
    "/packages/", "/internal/",
)  # fmt: skip


@remembered()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt` (RFC 9309)."""
    bears(request, HOUSE_KEY)
    rules = "\n".join(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)
    body = f"User-agent: *\n{rules}\n\nSitemap: {absolute('/sitemap.xml')}\n"
    return HttpResponse(body, content_type="text/plain; charset=utf-8")


@remembered()
@require_safe
def opensearch(request: HttpRequest, language: str) -> HttpResponse:
    """`/opensearch.zh.xml` (OpenSearch 1.1): a browser that has seen it searches here by itself."""
    bears(request, HOUSE_KEY)
    search = xml.attribute(absolute(f"/{language}/search?q={{searchTerms}}"))
    own = xml.attribute(absolute(f"/opensearch.{language}.xml"))
    icon = absolute("/static/icons/app-192.png")
    name, words = _("SmartEdu"), _("Search lessons, textbooks and resources")
    return xml.answer(
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{xml.text(name)}</ShortName>"
        f"<Description>{xml.text(words)}</Description>"
        f'<Url type="text/html" method="get" template={search}/>'
        f'<Url type="application/opensearchdescription+xml" rel="self" template={own}/>'
        f'<Image height="192" width="192" type="image/png">{xml.text(icon)}</Image>'
        f"<Language>{'zh-CN' if language == 'zh' else 'en'}</Language><InputEncoding>UTF-8</InputEncoding>"
        "</OpenSearchDescription>\n",
        "application/opensearchdescription+xml",
    )
