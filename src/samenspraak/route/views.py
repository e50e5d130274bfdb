"""The home of an organisation."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from samenspraak.people.http import MemberRequest
from samenspraak.readiness.forms import StartForm
from samenspraak.route.queries import Journey, Stop, journey_of
from samenspraak.ui.fields import Unsent
from samenspraak.ui.illustrations.route import Place, Stretch, draw_route
from samenspraak.ui.pages import render


def home(request: MemberRequest) -> HttpResponse:
    """The route; a new organisation starts at one question."""
    journey = journey_of(request.member, request.LANGUAGE_CODE)
    places = [_place(journey, stop) for stop in journey.stops]
    context = {"room": "route", "journey": journey, "places": places, "drawing": _drawing(journey, places)}
    if journey.round is None:
        context["form"] = Unsent(StartForm, {"key": uuid4()})
        return render(request, "route/start.html", context)
    return render(request, "route/home.html", context)


def _drawing(journey: Journey, places: list[Place]) -> Markup:
    stretches = [Stretch(number=p.number, label=p.label, steps=len(p.steps)) for p in journey.edition.phases]
    begin = journey.begin
    return draw_route(places, stretches, begin_at=begin.step.number if begin else None)


def _place(journey: Journey, stop: Stop) -> Place:
    words = {"done": _("done"), "attention": _("needs attention"), "todo": _("not yet")}
    return Place(
        number=stop.step.number,
        label=stop.step.label,
        state=stop.state,
        state_word=words[stop.state],
        href=_address(journey, stop),
    )


def _address(journey: Journey, stop: Stop) -> str:
    """Where a step is worked on; steps whose room comes later lead to what Naslag says about them."""
    if stop.step.number == 0:  # the self-assessment
        newest = journey.newest
        return reverse("readiness:assessment", args=[newest.id]) if newest else reverse("readiness:assessments")
    if journey.round and stop.step.number == 1:
        return reverse("readiness:director", args=[journey.round.id])
    if journey.round and stop.step.number == 2:  # commitment and conditions
        return reverse("readiness:round", args=[journey.round.id])
    return reverse("library:item", args=["step", stop.step.id])
