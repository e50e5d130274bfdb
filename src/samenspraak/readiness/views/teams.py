"""The self-assessment of a team: start, join, hand in, ask others, type in paper, close, see the spread."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samenspraak.library.queries import edition_for
from samenspraak.method.small_groups import SMALLEST
from samenspraak.people.http import MemberRequest
from samenspraak.readiness import actions
from samenspraak.readiness.forms import JoinForm, StatementsForm, TeamForm
from samenspraak.readiness.models import TeamAssessment
from samenspraak.readiness.queries import (
    edition_named,
    element_for,
    guests_of,
    handed_in,
    is_team,
    origin_of,
    place_of,
    shown_teams,
    team_for,
    team_result,
)
from samenspraak.readiness.report.words import colour_marks, marks, people_in_words, withheld_words
from samenspraak.readiness.views.assessment import add_suggestion, assessments_page, where_you_were
from samenspraak.tasks.queries import tasks_by_action
from samenspraak.ui.fields import Unsent
from samenspraak.ui.pages import render


def start(request: MemberRequest) -> HttpResponse:
    """Start one for a team."""
    form = TeamForm(request.POST)
    if not form.is_valid():
        return assessments_page(request, status=422, form=form)
    values = form.cleaned_data
    edition = edition_for(request.member.organisation, "nl")
    draft = actions.TeamDraft(
        name=values["name"], edition=edition.name, due_on=values["due_on"], key=values["key"] or uuid4()
    )
    team = actions.start_team(request.member, draft)
    return HttpResponseRedirect(reverse("readiness:team", args=[team.id]))


def team(request: MemberRequest, team_id: UUID) -> HttpResponse:
    """How many have handed in, and after closing the spread."""
    return _team_page(request, team_for(request.member, team_id))


def _team_page(request: MemberRequest, team: TeamAssessment, *, status: int = 200, **extra: Any) -> HttpResponse:
    edition = edition_named(request.member, team.edition, request.LANGUAGE_CODE)
    result = team_result(team, edition)
    context = {
        "room": "readiness",
        "team": team,
        "edition": edition,
        "handed": handed_in(team),
        "smallest": SMALLEST,
        "place": place_of(request.member, team),
        "guests": guests_of(team),
        "result": result,
        "withheld": withheld_words(result.withheld.reason) if result.withheld else "",
        "colours": colour_marks(request.LANGUAGE_CODE),
        "marks": marks(request.LANGUAGE_CODE),
        "count_words": people_in_words,
        "tasks": tasks_by_action(request.member, team.id),
        "may_change": request.member.may_edit,
        "form": Unsent(JoinForm, {"once": uuid4(), "language": request.member.organisation.language}),
        "problem": "",
    }
    return render(request, "readiness/team.html", context | extra, status=status)


def join(request: MemberRequest, team_id: UUID) -> HttpResponse:
    """Begin to fill in, or go on where you were."""
    found = team_for(request.member, team_id)
    try:
        draft = actions.join_team(request.member, found)
    except actions.AssessmentEnded:
        return _team_page(request, team_for(request.member, team_id), status=409, problem="closed")
    if draft is None:
        return HttpResponseRedirect(reverse("readiness:team", args=[found.id]))
    return HttpResponseRedirect(where_you_were(request.member, draft))


def hand_in(request: MemberRequest, team_id: UUID) -> HttpResponse:
    """Hand in: from now on nobody can tell which answers are yours."""
    found = team_for(request.member, team_id)
    try:
        actions.hand_in(request.member, found, edition_named(request.member, found.edition, "nl"))
    except actions.AssessmentEnded:
        return _team_page(request, team_for(request.member, team_id), status=409, problem="closed")
    except actions.NothingFilledIn:
        return _team_page(request, found, status=422, problem="empty")
    return HttpResponseRedirect(reverse("readiness:team", args=[found.id]))


def close(request: MemberRequest, team_id: UUID) -> HttpResponse:
    """Close for good."""
    found = team_for(request.member, team_id)
    actions.close_team(request.member, found, edition_named(request.member, found.edition, "nl"))
    return HttpResponseRedirect(reverse("readiness:team", args=[found.id]))


def ask(request: MemberRequest, team_id: UUID) -> HttpResponse:
    """Ask somebody without an account to join, by mail."""
    found, form = team_for(request.member, team_id), JoinForm(request.POST)
    if not form.is_valid():
        return _team_page(request, found, status=422, form=form)
    values = form.cleaned_data
    asked = actions.AskedToJoin(
        email=values["email"],
        name=values["name"],
        language=values["language"] or request.member.organisation.language,
        once=values["once"] or uuid4(),
    )
    try:
        actions.ask_to_join(request.member, found, asked)
    except actions.AssessmentEnded:
        return _team_page(request, team_for(request.member, team_id), status=409, problem="closed")
    return HttpResponseRedirect(reverse("readiness:team", args=[found.id]) + "#guests")


def type_in(request: MemberRequest, team_id: UUID) -> HttpResponse:
    """Type in a paper form of somebody in the team."""
    found = team_for(request.member, team_id)
    edition = edition_named(request.member, found.edition, request.LANGUAGE_CODE)
    context: dict[str, Any] = {"room": "readiness", "edition": edition, "team": found, "errors": {}, "problem": ""}
    context |= {"marks": marks(request.LANGUAGE_CODE), "values": {}, "key": uuid4(), "typed": handed_in(found).typed}
    if request.method != "POST":
        return render(request, "readiness/type_in.html", context)
    form = StatementsForm(request.POST, elements=edition.elements)
    if not form.is_valid():
        why = {"errors": form.errors, "values": form.shown()}
        return render(request, "readiness/type_in.html", context | why, status=422)
    try:
        draft = actions.TypedDraft(key=form.cleaned_data["key"] or uuid4(), answers=form.answers())
        actions.type_in_form(found, edition, draft)
    except actions.NothingFilledIn:
        return render(request, "readiness/type_in.html", context | {"problem": "empty"}, status=422)
    except actions.AssessmentEnded:
        why = {"problem": "closed", "values": form.shown()}
        return render(request, "readiness/type_in.html", context | why, status=409)
    return HttpResponseRedirect(reverse("readiness:type_in_team", args=[found.id]) + "?done=1")


def make_task(request: MemberRequest, team_id: UUID) -> HttpResponse:
    """Make a task of a suggestion to the team."""
    found = team_for(request.member, team_id)
    add_suggestion(request, edition_named(request.member, found.edition, request.LANGUAGE_CODE), found.id)
    return HttpResponseRedirect(reverse("readiness:team", args=[found.id]) + "#elements")


def from_assessment(request: MemberRequest, row_id: UUID, element_id: str) -> HttpResponse:
    """Where a task came from: the result when you may see it, else what the library says about the element."""
    member = request.member
    if is_team(member, row_id):
        return HttpResponseRedirect(reverse("readiness:team", args=[row_id]) + f"#{element_id}")
    name, is_readable = origin_of(member, row_id)
    element_for(edition_named(member, name, "nl"), element_id)
    if is_readable:
        return HttpResponseRedirect(reverse("readiness:assessment", args=[row_id]) + f"#{element_id}")
    return HttpResponseRedirect(reverse("library:item", args=["element", element_id]))


def over_time(request: MemberRequest) -> HttpResponse:
    """Closed teams next to each other, each through the same rule."""
    edition = edition_for(request.member.organisation, "en" if request.LANGUAGE_CODE == "en" else "nl")
    context = {
        "room": "readiness",
        "edition": edition,
        "several": shown_teams(request.member, edition),
        "colours": colour_marks(request.LANGUAGE_CODE),
        "count_words": people_in_words,
    }
    return render(request, "readiness/teams_over_time.html", context)
