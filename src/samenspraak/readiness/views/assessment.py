"""The self-assessment of one person: fill in, see what it says, share it, make tasks, look back."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samenspraak.library.queries import edition_for
from samenspraak.method.types import Edition, Element
from samenspraak.people.http import MemberRequest
from samenspraak.people.models import Member
from samenspraak.readiness import actions
from samenspraak.readiness.forms import StatementsForm, SuggestionForm, TeamForm
from samenspraak.readiness.models import Assessment, ElementAnswers
from samenspraak.readiness.queries import (
    Result,
    answers_by_element,
    assessment_for,
    draft_of,
    edition_named,
    element_for,
    finished_by,
    newest_round,
    own_assessment,
    result_of,
    results_of,
    said_in,
    shared_by_others,
    statement_answers,
    team_for,
    teams_of,
)
from samenspraak.readiness.queries.assessment import BESIDE
from samenspraak.readiness.report.words import colour_marks, marks, result_headline
from samenspraak.tasks.actions import Origin, StaleVersion, TaskDraft, add_task
from samenspraak.tasks.queries import tasks_by_action
from samenspraak.ui.fields import Unsent
from samenspraak.ui.pages import render, wants_part


def assessments(request: MemberRequest) -> HttpResponse:
    """Go on or start, what you finished before, what colleagues shared, and the teams."""
    return assessments_page(request)


def assessments_page(request: MemberRequest, *, status: int = 200, **extra: Any) -> HttpResponse:
    """The page of all self-assessments, with a form that came back where ``extra`` holds it."""
    member = request.member
    draft = draft_of(member)
    context = {
        "room": "readiness",
        "draft": draft,
        "answered": len(statement_answers(draft)) if draft else 0,
        "finished": finished_by(member),
        "shared": shared_by_others(member),
        "teams": teams_of(member),
        "form": Unsent(TeamForm, {"key": uuid4()}),
    }
    return render(request, "readiness/assessments.html", context | extra, status=status)


def start(request: MemberRequest) -> HttpResponse:
    """Start, or go on where you were."""
    edition = edition_for(request.member.organisation, "nl")
    assessment = actions.start_assessment(request.member, edition.name)
    return HttpResponseRedirect(where_you_were(request.member, assessment))


def where_you_were(member: Member, assessment: Assessment) -> str:
    """The first element that is not complete yet; the result when all are."""
    edition, answers = edition_named(member, assessment.edition, "nl"), statement_answers(assessment)
    for element in edition.elements:
        if any(statement.id not in answers for statement in element.statements):
            return reverse("readiness:statements", args=[assessment.id, element.id])
    return reverse("readiness:assessment", args=[assessment.id])


def statements(request: MemberRequest, assessment_id: UUID, element_id: str) -> HttpResponse:
    """The four statements of one element."""
    assessment = own_assessment(request.member, assessment_id)
    return _statements_page(request, assessment, element_id)


def _statements_page(
    request: MemberRequest, assessment: Assessment, element_id: str, *, status: int = 200, **extra: Any
) -> HttpResponse:
    edition = edition_named(request.member, assessment.edition, request.LANGUAGE_CODE)
    found = element_for(edition, element_id)
    if assessment.is_finished:
        return HttpResponseRedirect(reverse("readiness:assessment", args=[assessment.id]))
    elements = answers_by_element(assessment)
    row = elements.get(found.id) or ElementAnswers()
    team = team_for(request.member, assessment.team_id) if assessment.team_id else None
    context = {
        **around(request.LANGUAGE_CODE, edition, found),
        "room": "readiness",
        "assessment": assessment,
        "team": team,
        "complete": complete(edition, said_in(elements)),
        "values": row.answers,
        "version": row.version,
    }
    return render(request, "readiness/statements.html", context | extra, status=status)


def around(language: str, edition: Edition, element: Element) -> dict[str, Any]:
    """What a page of statements needs, for a member or a guest."""
    place = edition.elements.index(element)
    return {
        "edition": edition,
        "element": element,
        "place": place + 1,
        "before": edition.elements[place - 1] if place else None,
        "after": edition.elements[place + 1] if place + 1 < len(edition.elements) else None,
        "marks": marks(language),
        "theirs": None,
        "errors": {},
    }


def complete(edition: Edition, answers: dict[str, str]) -> set[str]:
    """The elements of which every statement has an answer."""
    return {e.id for e in edition.elements if all(s.id in answers for s in e.statements)}


def save_statements(request: MemberRequest, assessment_id: UUID, element_id: str) -> HttpResponse:
    """Save what is said at one element; with ``go`` the next page follows."""
    assessment = own_assessment(request.member, assessment_id)
    edition = edition_named(request.member, assessment.edition, request.LANGUAGE_CODE)
    found = element_for(edition, element_id)
    form = StatementsForm(request.POST, elements=[found])
    if not form.is_valid():
        return _not_saved(request, assessment, form, found, status=422, errors=form.errors)
    try:
        version = form.cleaned_data["version"] or 0
        row = actions.save_statements(assessment, found, form.answers(), version=version)
    except StaleVersion as stale:
        return _not_saved(request, assessment, form, found, status=409, theirs=cast("ElementAnswers", stale.row))
    except actions.AssessmentEnded:
        return _not_saved(request, assessment, form, found, status=409, is_ended=True)
    return saved(request, row.version, _next(request, assessment, edition, found))


def saved(request: MemberRequest, version: int, target: str) -> HttpResponse:
    """After saving: on to the next page when that was asked, else the parts of this one that changed."""
    if not wants_part(request):
        return HttpResponseRedirect(target)
    if "go" in request.POST:
        response = HttpResponse()
        response["HX-Redirect"] = target
        return response
    return render(request, "readiness/_statements_saved.html", {"version": version})


def _next(request: MemberRequest, assessment: Assessment, edition: Edition, element: Element) -> str:
    place = edition.elements.index(element) + 1
    if "go" not in request.POST:
        return reverse("readiness:statements", args=[assessment.id, element.id])
    if place < len(edition.elements):
        return reverse("readiness:statements", args=[assessment.id, edition.elements[place].id])
    return reverse("readiness:assessment", args=[assessment.id])


def _not_saved(
    request: MemberRequest, assessment: Assessment, form: StatementsForm, element: Element, *, status: int, **why: Any
) -> HttpResponse:
    """Say why it was not saved; what was chosen is still there."""
    theirs = why.get("theirs")
    if wants_part(request):
        language = request.LANGUAGE_CODE
        context = {"element": element, "marks": marks(language), "theirs": None, "errors": {}, "assessment": assessment}
        return render(request, "readiness/_statements_problem.html", context | why, status=status)
    shown = {"values": form.shown(), **why, **({"version": theirs.version} if theirs else {})}
    return _statements_page(request, assessment, element.id, status=status, **shown)


def assessment(request: MemberRequest, assessment_id: UUID) -> HttpResponse:
    """What it says: per element, and the steps that ask attention."""
    found = assessment_for(request.member, assessment_id)
    return result_page(request, found)


def result_page(request: MemberRequest, assessment: Assessment, *, status: int = 200, **extra: Any) -> HttpResponse:
    """The result of one person, finished or on the way."""
    answers = statement_answers(assessment)
    result = result_of(edition_named(request.member, assessment.edition, request.LANGUAGE_CODE), answers)
    context = {
        "room": "readiness",
        "assessment": assessment,
        "result": result,
        "is_own": assessment.member_id == request.member.id,
        "headline": result_headline(request.LANGUAGE_CODE, result.count("green"), result.count("orange")),
        "lead": lead_of(result),
        "colours": colour_marks(request.LANGUAGE_CODE),
        "tasks": tasks_by_action(request.member, assessment.id),
        "others": len(finished_by(request.member)) > 1,
        "may_change": request.member.may_edit,
        "answered": len(answers),
        "problem": "",
    }
    return render(request, "readiness/assessment.html", context | extra, status=status)


def lead_of(result: Result) -> list[str]:
    """The elements of which an answer is missing, by name."""
    return [found.element.title for found in result.elements if found.colour == "grey"]


def finish(request: MemberRequest, assessment_id: UUID) -> HttpResponse:
    """Finish your own."""
    found = own_assessment(request.member, assessment_id)
    if found.team_id:
        return HttpResponseRedirect(reverse("readiness:team", args=[found.team_id]))
    if not found.is_finished and not statement_answers(found):
        return result_page(request, found, status=422, problem="empty")
    actions.finish_assessment(request.member, found)
    return HttpResponseRedirect(reverse("readiness:assessment", args=[found.id]))


def share(request: MemberRequest, assessment_id: UUID) -> HttpResponse:
    """Let colleagues see it, or no longer."""
    found = own_assessment(request.member, assessment_id)
    actions.share_assessment(request.member, found, is_shared=request.POST.get("share") == "yes")
    return HttpResponseRedirect(reverse("readiness:assessment", args=[found.id]) + "#share")


def make_task(request: MemberRequest, assessment_id: UUID) -> HttpResponse:
    """Make a task of a suggestion."""
    found = assessment_for(request.member, assessment_id)
    edition = edition_named(request.member, found.edition, request.LANGUAGE_CODE)
    add_suggestion(request, edition, found.id)
    return HttpResponseRedirect(reverse("readiness:assessment", args=[found.id]) + "#elements")


def add_suggestion(request: MemberRequest, edition: Edition, origin: UUID) -> None:
    """Add a task of a suggestion of the method; a statement that is not there makes none."""
    form = SuggestionForm(request.POST)
    wanted = form.cleaned_data["statement"] if form.is_valid() else ""
    for element in edition.elements:
        for statement in element.statements:
            if statement.id == wanted:
                draft = TaskDraft(title=statement.suggestion[:200], note=statement.text, owner=request.member)
                where = Origin(route="readiness:from_assessment", row=origin, item=element.id, action_id=statement.id)
                add_task(request.member, draft, where)


def take_back(request: MemberRequest) -> HttpResponse:
    """Undo that a self-assessment answered the condition about insight."""
    newest = newest_round(request.member)
    if newest is None:
        return HttpResponseRedirect(reverse("readiness:assessments"))
    actions.take_back_insight(request.member, newest)
    return HttpResponseRedirect(reverse("readiness:condition", args=[newest.id, actions.INSIGHT]))


def over_time(request: MemberRequest) -> HttpResponse:
    """Your own results next to each other."""
    several = list(reversed(finished_by(request.member)[:BESIDE]))
    context = {
        "room": "readiness",
        "several": several,
        "results": results_of(request.member, several, request.LANGUAGE_CODE),
        "edition": edition_for(request.member.organisation, "en" if request.LANGUAGE_CODE == "en" else "nl"),
        "colours": colour_marks(request.LANGUAGE_CODE),
    }
    return render(request, "readiness/over_time.html", context)


def type_in(request: MemberRequest) -> HttpResponse:
    """Type in a paper form of your own."""
    edition = edition_for(request.member.organisation, "en" if request.LANGUAGE_CODE == "en" else "nl")
    context: dict[str, Any] = {"room": "readiness", "edition": edition, "team": None, "errors": {}, "problem": ""}
    context |= {"marks": marks(request.LANGUAGE_CODE), "values": {}, "key": uuid4()}
    if request.method != "POST":
        return render(request, "readiness/type_in.html", context)
    form = StatementsForm(request.POST, elements=edition.elements)
    if not form.is_valid() or not form.answers():
        why = {"errors": form.errors, "values": form.shown(), "problem": "" if form.errors else "empty"}
        return render(request, "readiness/type_in.html", context | why, status=422)
    draft = actions.TypedDraft(key=form.cleaned_data["key"] or uuid4(), answers=form.answers())
    made = actions.type_in_assessment(request.member, edition, draft)
    return HttpResponseRedirect(reverse("readiness:assessment", args=[made.id]))
