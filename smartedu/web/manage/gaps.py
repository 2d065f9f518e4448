"""What readers looked for in vain: what the library should have next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from smartedu.library.gaps import most_wanted
from smartedu.people.models import Person, Role
from smartedu.web.gates import only_for
from smartedu.web.pages import page_number, pages


@only_for(Role.OPERATOR, Role.REVIEWER)
@require_safe
def gaps(request: HttpRequest, person: Person) -> HttpResponse:
    """Words, how often, when last; each leads to its search, which may find something by now."""
    page = most_wanted(page_number(request))
    context = {"gaps": page.gaps, "pages": pages(request, page.number, page.count, page.total)}
    return render(request, "manage/gaps.html", context)
