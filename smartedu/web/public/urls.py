"""The public pages. They are the same bytes for everybody: nothing here reads who is asking."""

from django.urls import path

from smartedu.web.public import accounts, catalogue, home, lessons, search

urlpatterns = [
    path("", home.home, name="home"),
    path("plates/<slug:plate_code>", catalogue.plate, name="plate"),
    path("plates/<slug:plate_code>/<slug:column_code>", catalogue.column, name="column"),
    path("textbooks", catalogue.textbooks, name="textbooks"),
    path("textbooks/<slug:code>", catalogue.textbook, name="textbook"),
    path("lessons/<slug:code>", lessons.lesson, name="lesson"),
    path("lessons/<slug:code>/v/<int:number>", lessons.lesson, name="lesson-version"),
    path("resources/<slug:code>", lessons.resource, name="resource"),
    path("resources/<slug:code>/v/<int:number>", lessons.resource, name="resource-version"),
    path("search", search.search, name="search"),
    path("gallery", home.gallery, name="gallery"),
    path("sign-in", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out", accounts.SignOut.as_view(), name="sign-out"),
    path("me", accounts.me, name="me"),
]
