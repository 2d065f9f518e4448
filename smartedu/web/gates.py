"""Doors of pages that are for some people only: sign in first, then the role decides."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from smartedu.people.access import person_in_role
from smartedu.people.models import Person, Role

P = ParamSpec("P")
Answer = Callable[Concatenate[HttpRequest, P], HttpResponse]


def only_for(*roles: Role) -> Callable[[Callable[Concatenate[HttpRequest, Person, P], HttpResponse]], Answer[P]]:
    """Let a view be entered by people in one of these roles alone, and hand them to it as its second argument.

    Whoever is not signed in is asked to; for anybody else there is no such page (404). Nothing of it is kept by caches.
    """

    def guard(view: Callable[Concatenate[HttpRequest, Person, P], HttpResponse]) -> Answer[P]:
        def entered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            return view(request, person_in_role(request.user, *roles), *args, **kwargs)

        functools.update_wrapper(entered, view)
        return login_required(never_cache(entered))

    return guard
