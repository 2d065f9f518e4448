"""Pages for those who run the platform; each has a gate."""

from django.urls import path

from smartedu.web.manage import gaps, links

urlpatterns = [
    path("links", links.links, name="manage-links"),
    path("gaps", gaps.gaps, name="manage-gaps"),
]
