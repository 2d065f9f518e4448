"""Signing in and out, one's own page, and the small answer that puts a name on public pages."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from typing_extensions import override

from smartedu.people.models import Role
from smartedu.people.queries import person_of

ROLE_NAMES = {
    Role.STUDENT: gettext_lazy("Pupil"),
    Role.TEACHER: gettext_lazy("Teacher"),
    Role.PARENT: gettext_lazy("Parent"),
    Role.ADMINISTRATOR: gettext_lazy("Administrator"),
    Role.PROVIDER: gettext_lazy("Provider"),
    Role.REVIEWER: gettext_lazy("Reviewer"),
    Role.OPERATOR: gettext_lazy("Operator"),
}


# Where the pages for one's work are: role, word, name of the address.
DESKS = ((Role.OPERATOR, gettext_lazy("Links"), "manage-links"),)


class SignIn(LoginView):
    """The sign-in page. It never tells whether an account exists."""

    template_name = "people/sign_in.html"
    redirect_authenticated_user = True

    @override
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"locked": False}


class SignOut(LogoutView):
    http_method_names = ["post"]  # noqa: RUF012 - the base class has it so


@login_required
@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here."""
    person = person_of(request.user)
    return render(
        request,
        "people/me.html",
        {
            "person": {"name": person.name, "roles": [str(ROLE_NAMES[Role(r)]) for r in person.roles]},
            "desks": [(str(word), url) for role, word, url in DESKS if role in person.roles],
        },
    )


@never_cache
@require_safe
def hello(request: HttpRequest) -> JsonResponse:
    """`/me/hello`: the name to slip into a page that is the same for everybody."""
    if not request.user.is_authenticated:
        return JsonResponse({"signed_in": False, "name": ""})
    return JsonResponse({"signed_in": True, "name": person_of(request.user).name})


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """After too many wrong passwords for one account from one address."""
    context = {
        "code": 429,
        "title": _("Too many attempts"),
        "text": _("Signing in from here is paused for 15 minutes."),
        "what_to_do": _("Wait a little, or ask your school for a new password."),
        "number": None,
    }
    return render(request, "public/error.html", context, status=429)
