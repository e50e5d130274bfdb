"""Somebody without an account fills in the self-assessment of a team, by a link."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from django.http import HttpResponse, HttpResponseRedirect

from samenspraak.library.queries import edition_for
from samenspraak.method.types import Edition
from samenspraak.people.http import GuestRequest, for_guest
from samenspraak.people.queries import guest_for
from samenspraak.readiness import actions
from samenspraak.readiness.forms import StatementsForm
from samenspraak.readiness.models import ElementAnswers, TeamAssessment
from samenspraak.readiness.queries import (
    PURPOSE,
    answers_by_element,
    element_for,
    said_in,
    statement_answers,
    team_of_guest,
)
from samenspraak.readiness.queries.assessment import guest_draft
from samenspraak.readiness.views.assessment import around, complete
from samenspraak.tasks.actions import StaleVersion
from samenspraak.ui.pages import render

LAST = "end"


@for_guest(partial(guest_for, purpose=PURPOSE))
def guest(request: GuestRequest) -> HttpResponse:
    """One element a page, named by ``?at=``; the last page hands in."""
    team = team_of_guest(request.guest)
    edition = _edition(request, team)
    if team.is_closed:
        return render(request, "readiness/guest_ended.html", {"team": team, "is_done": False}, status=410)
    if request.method == "POST":
        return _hand_in(request, team, edition) if "hand_in" in request.POST else _save(request, team, edition)
    at = request.GET.get("at", "")
    return _end_page(request, team) if at == LAST else _page(request, team, at or edition.elements[0].id)


def _edition(request: GuestRequest, team: TeamAssessment) -> Edition:
    return edition_for(request.guest.organisation, "en" if request.LANGUAGE_CODE == "en" else "nl", team.edition)


def _page(
    request: GuestRequest, team: TeamAssessment, element_id: str, *, status: int = 200, **extra: Any
) -> HttpResponse:
    edition = _edition(request, team)
    found = element_for(edition, element_id)
    draft = guest_draft(request.guest)
    elements = answers_by_element(draft) if draft else {}
    row = elements.get(found.id) or ElementAnswers()
    context = {
        **around(request.LANGUAGE_CODE, edition, found),
        "team": team,
        "last": LAST,
        "complete": complete(edition, said_in(elements)),
        "values": row.answers,
        "version": row.version,
    }
    return render(request, "readiness/guest_statements.html", context | extra, status=status)


def _end_page(request: GuestRequest, team: TeamAssessment, *, status: int = 200, problem: str = "") -> HttpResponse:
    edition, draft = _edition(request, team), guest_draft(request.guest)
    answers = statement_answers(draft) if draft else {}
    todo = [e for e in edition.elements if any(s.id not in answers for s in e.statements)]
    context = {"team": team, "todo": todo, "problem": problem, "edition": edition}
    return render(request, "readiness/guest_end.html", context, status=status)


def _save(request: GuestRequest, team: TeamAssessment, edition: Edition) -> HttpResponse:
    """Save one page, and on to the next."""
    found = element_for(edition, request.POST.get("element", ""))
    form = StatementsForm(request.POST, elements=[found])
    if not form.is_valid():
        return _page(request, team, found.id, status=422, errors=form.errors, values=form.shown())
    try:
        draft = actions.join_as_guest(request.guest, team)
        actions.save_statements(draft, found, form.answers(), version=form.cleaned_data["version"] or 0)
    except StaleVersion as stale:
        theirs = cast("ElementAnswers", stale.row)
        shown = {"values": form.shown(), "theirs": theirs, "version": theirs.version}
        return _page(request, team, found.id, status=409, **shown)
    except actions.AssessmentEnded:
        return render(request, "readiness/guest_ended.html", {"team": team, "is_done": False}, status=410)
    place = edition.elements.index(found) + 1
    return _on(request, edition.elements[place].id if place < len(edition.elements) else LAST)


def _on(request: GuestRequest, at: str) -> HttpResponse:
    language = request.GET.get("language", "")
    also = f"&language={language}" if language in ("nl", "en") else ""
    return HttpResponseRedirect(f"{request.path}?at={at}{also}")


def _hand_in(request: GuestRequest, team: TeamAssessment, edition: Edition) -> HttpResponse:
    try:
        actions.hand_in_as_guest(request.guest, team, edition)
    except actions.NothingFilledIn:
        return _end_page(request, team, status=422, problem="empty")
    except actions.AssessmentEnded:
        return render(request, "readiness/guest_ended.html", {"team": team, "is_done": False}, status=410)
    return render(request, "readiness/guest_ended.html", {"team": team, "is_done": True})
