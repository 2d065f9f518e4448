"""Addresses without a language, for machines and for print."""

from django.urls import path, re_path

from smartedu.web.machines import feeds, signposts, sitemaps
from smartedu.web.public import short

urlpatterns = [
    path("robots.txt", signposts.robots),
    path("sitemap.xml", sitemaps.index),
    path("sitemap-pages.xml", sitemaps.pages),
    re_path(r"^sitemap-(?P<number>[0-9]{1,7})\.xml$", sitemaps.numbered),
    re_path(r"^feed/(?P<language>zh|en)\.atom$", feeds.feed),
    re_path(r"^feed/(?P<language>zh|en)/(?P<plate>[a-z-]+)\.atom$", feeds.feed),
    re_path(r"^opensearch\.(?P<language>zh|en)\.xml$", signposts.opensearch),
    re_path(r"^s/(?P<code>[a-z2-7]{10})\.(?P<form>svg|png)$", short.picture),
    path("s/<str:code>", short.short, name="short"),
]
