"""The public pages. They are the same bytes for everybody: nothing here reads who is asking."""

from django.urls import path

from smartedu.web.api import docs as api_docs
from smartedu.web.public import (
    about,
    accounts,
    catalogue,
    home,
    lessons,
    notices,
    reader,
    resources,
    search,
    suggest,
    textbooks,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("plates/<slug:plate_code>", catalogue.plate, name="plate"),
    path("plates/<slug:plate_code>/<slug:column_code>", catalogue.column, name="column"),
    path("textbooks", textbooks.textbooks, name="textbooks"),
    path("textbooks/<slug:code>", textbooks.textbook, name="textbook"),
    path("providers/<slug:code>", catalogue.provider, name="provider"),
    path("lessons/<slug:code>", lessons.lesson, name="lesson"),
    path("lessons/<slug:code>/v/<int:number>", lessons.lesson, name="lesson-version"),
    path("resources/<slug:code>", resources.resource, name="resource"),
    path("resources/<slug:code>/v/<int:number>", resources.resource, name="resource-version"),
    path("notices", notices.notices, name="notices"),
    path("search", search.search, name="search"),
    path("suggest", suggest.suggestions, name="suggest"),
    path("read/<slug:code>", reader.read, name="read"),
    path("help", about.help_lines, name="help"),
    path("about", about.about, name="about"),
    path("about/views", about.views, name="about-views"),
    path("about/accessibility", about.accessibility, name="about-accessibility"),
    path("about/privacy", about.privacy, name="about-privacy"),
    path("about/contact", about.contact, name="about-contact"),
    path("api", api_docs.page, name="api"),
    path("gallery", home.gallery, name="gallery"),
    path("sign-in", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out", accounts.SignOut.as_view(), name="sign-out"),
    path("me", accounts.me, name="me"),
]
