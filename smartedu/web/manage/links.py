"""Permanent short links: where they lead, and to point them elsewhere; and links to outside that do not open."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from smartedu.base.errors import DomainError
from smartedu.library import short_links
from smartedu.library.actions.links import repoint_link
from smartedu.library.links.report import Broken, broken_links
from smartedu.library.models import Resource
from smartedu.people.models import Person, Role
from smartedu.web import cards
from smartedu.web.gates import only_for
from smartedu.web.machines.addresses import short_address


@dataclass(frozen=True)
class PlaceView:
    """A resource that a link bears or leads to."""

    code: str
    title: str
    kind: str
    url: str
    withdrawn: bool


@dataclass(frozen=True)
class TurnView:
    """One line of a link's history; `led_to` and `leads_to` are titles."""

    at: datetime
    by: str
    led_to: str
    leads_to: str
    reason: str


@dataclass(frozen=True)
class LinkView:
    address: str
    own: PlaceView
    goal: PlaceView
    history: list[TurnView]


@dataclass(frozen=True)
class OutsideView:
    """An outside link that does not open, or that we do not visit."""

    title: str
    url: str
    address: str
    reason: str
    refused: bool
    failures: int
    checked_at: datetime | None


class RepointForm(forms.Form):
    """What is wrong with either is said by the action."""

    target = forms.CharField(required=False)
    reason = forms.CharField(required=False)


@only_for(Role.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, person: Person) -> HttpResponse:
    """Find a short link by its code, see where it leads and led, and point it elsewhere."""
    typed = request.GET.get("code", "")
    code = short_links.tidy(typed)
    form = RepointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            repoint_link(code, short_links.tidy(given["target"]), given["reason"], by=person, at=timezone.now())
        except DomainError as refusal:
            for problem in refusal.problems:
                field = problem.place if problem.place in form.fields else None
                form.add_error(field, problem.zh if cards.page_language() == "zh" else problem.en)
        else:
            return redirect(f"{reverse('manage-links')}?{urlencode({'code': code, 'done': '1'})}")
    link = _link(code) if code else None
    context = {
        "typed": typed,
        "link": link,
        "form": form,
        "done": link is not None and request.method == "GET" and "done" in request.GET,
        "elsewhere": [
            (one.code, short_address(one.code), _place(one.target), one.at) for one in short_links.elsewhere()
        ],
        "broken": [_outside(one) for one in broken_links()],
    }
    return render(request, "manage/links.html", context, status=400 if form.errors else 200)


def _link(code: str) -> LinkView | None:
    own = Resource.objects.filter(code=code, kind__in=short_links.BEAR_LINKS).first()
    if own is None:
        return None
    goal = short_links.destination(code)
    turns = short_links.history(code)
    codes = {code for turn in turns for code in (turn.led_to, turn.leads_to)}
    titles = {r.code: cards.title_of(r) for r in Resource.objects.filter(code__in=codes)}
    return LinkView(
        short_address(code),
        _place(own),
        _place(goal),
        [
            TurnView(
                t.at,
                t.by or _("the platform itself"),
                titles.get(t.led_to, t.led_to),
                titles.get(t.leads_to, t.leads_to),
                t.reason,
            )
            for t in turns
        ],
    )


def _place(resource: Resource) -> PlaceView:
    return PlaceView(
        resource.code,
        cards.title_of(resource),
        cards.kind_name(resource.kind, cards.page_language()),
        cards.url_of(resource),
        resource.version_id is None,
    )


def _outside(one: Broken) -> OutsideView:
    return OutsideView(
        cards.title_of(one.resource),
        cards.url_of(one.resource),
        one.address,
        one.reason,
        one.refused,
        one.failures,
        one.checked_at,
    )
