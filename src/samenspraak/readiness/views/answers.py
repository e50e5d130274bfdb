"""One condition: answer it, see what helps, make a task of it."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samenspraak.method.types import Condition, Edition
from samenspraak.people.http import MemberRequest
from samenspraak.people.queries import members_of
from samenspraak.readiness import actions
from samenspraak.readiness.forms import ActionForm, AnswerForm, EvidenceForm
from samenspraak.readiness.models import Answer, Round
from samenspraak.readiness.queries import (
    FEW,
    answer_for,
    condition_for,
    edition_of,
    evidence_of,
    insights_of,
    is_from_assessment,
    round_for,
    spreads_of,
    values_of,
    voices_page,
    withdrawn_of,
)
from samenspraak.readiness.report.needs import need_of
from samenspraak.readiness.report.voices import all_shown
from samenspraak.readiness.report.words import marks
from samenspraak.tasks.actions import Origin, StaleVersion, TaskDraft, add_task
from samenspraak.tasks.forms import owner_choices
from samenspraak.tasks.queries import open_counts, tasks_of_item
from samenspraak.ui.fields import Unsent
from samenspraak.ui.pages import page_number, removed_id, render, wants_part


def condition(request: MemberRequest, round_id: UUID, condition_id: str) -> HttpResponse:
    """The page of one condition."""
    round = round_for(request.member, round_id)
    if withdrawn_of(round, edition_of(round, request.LANGUAGE_CODE), [condition_id]):
        return HttpResponseRedirect(reverse("readiness:round", args=[round.id]) + "#withdrawn")
    return condition_page(request, round, condition_id)


def condition_page(
    request: MemberRequest, round: Round, condition_id: str, *, status: int = 200, **extra: Any
) -> HttpResponse:
    """The page of one condition, with forms that came back where ``extra`` holds them."""
    edition = edition_of(round, request.LANGUAGE_CODE)
    found = condition_for(edition, condition_id)
    answer = answer_for(round, condition_id)
    members = members_of(request.member)
    page = page_number(request)
    evidence, has_more_evidence = evidence_of(answer, page)
    tasks, has_more_tasks = tasks_of_item(request.member, round.id, condition_id)
    spreads = spreads_of(round, condition_id)
    context = {
        **_around(request, round, edition, found),
        "answer": answer,
        "form": Unsent(AnswerForm, _values(answer)),
        "evidence": evidence,
        "has_more_evidence": has_more_evidence,
        "page": page,
        "removed": removed_id(request),
        "evidence_form": Unsent(EvidenceForm, {}),
        "action_form": Unsent(ActionForm, {"key": uuid4(), "owner": request.member.id}),
        "tasks": tasks,
        "has_more_tasks": has_more_tasks,
        "owners": owner_choices(members),
        "need": need_of(round, edition, condition_id),
        "spreads": all_shown(request.LANGUAGE_CODE, spreads),
        "voices": voices_page(round, condition_id, most=FEW) if spreads else None,
        "theirs": None,
        **_insight(request, condition_id, answer),
    }
    return render(request, "readiness/condition.html", context | extra, status=status)


def _insight(request: MemberRequest, condition_id: str, answer: Answer) -> dict[str, Any]:
    """At the condition about insight: the self-assessments that were done, and whether one of them answered it."""
    if condition_id != actions.INSIGHT:
        return {"insights": None}
    return {
        "insights": insights_of(request.member),
        "is_from_assessment": is_from_assessment(request.member, answer),
    }


def _values(answer: Answer) -> dict[str, Any]:
    fields = ("value", "how", "due_on", "version")
    return {name: getattr(answer, name) for name in fields} | {"owner": answer.owner_id}


def _around(request: MemberRequest, round: Round, edition: Edition, condition: Condition) -> dict[str, Any]:
    """What the list of conditions and the way to the next need."""
    place = edition.conditions.index(condition)
    return {
        "room": "readiness",
        "round": round,
        "edition": edition,
        "condition": condition,
        "category": edition.category_of(condition.id),
        "place": place + 1,
        "before": edition.conditions[place - 1] if place else None,
        "after": edition.conditions[place + 1] if place + 1 < len(edition.conditions) else None,
        "values": values_of(round),
        "marks": marks(request.LANGUAGE_CODE),
        "task_counts": open_counts(request.member, round.id),
        "may_change": request.member.may_edit and not round.is_closed,
    }


def save_answer(request: MemberRequest, round_id: UUID, condition_id: str) -> HttpResponse:
    """Save what is said about a condition; a part of the page comes back, or without script the page itself."""
    round = round_for(request.member, round_id)
    edition = edition_of(round, request.LANGUAGE_CODE)
    found = condition_for(edition, condition_id)
    form = AnswerForm(request.POST, members=members_of(request.member))
    if not form.is_valid():
        return _not_saved(request, round, condition_id, form, status=422)
    try:
        draft = actions.AnswerDraft(**form.draft())
        answer = actions.save_answer(request.member, round, condition_id, draft)
    except StaleVersion as stale:
        return _not_saved(request, round, condition_id, form, status=409, theirs=cast("Answer", stale.row))
    except actions.RoundClosed:
        return _not_saved(request, round, condition_id, form, status=409, is_closed_now=True)
    if not wants_part(request):
        return HttpResponseRedirect(reverse("readiness:condition", args=[round.id, condition_id]))
    context = {**_around(request, round, edition, found), "answer": answer, "form": form, "theirs": None}
    return render(request, "readiness/_saved.html", context)


def _not_saved(
    request: MemberRequest, round: Round, condition_id: str, form: AnswerForm, *, status: int, **extra: Any
) -> HttpResponse:
    """Say why it was not saved; everything that was typed is still there."""
    if not wants_part(request):
        return condition_page(request, round, condition_id, status=status, form=form, **extra)
    edition = edition_of(round, request.LANGUAGE_CODE)
    context = {
        **_around(request, round, edition, condition_for(edition, condition_id)),
        "answer": answer_for(round, condition_id),
        "form": form,
        "theirs": None,
    }
    return render(request, "readiness/_saved.html", context | extra, status=status)


def make_task(request: MemberRequest, round_id: UUID, condition_id: str) -> HttpResponse:
    """Make a task of one's own words, or of an action of the method: then who and when are those of the answer now."""
    round = round_for(request.member, round_id)
    found = condition_for(edition_of(round, request.LANGUAGE_CODE), condition_id)
    form = ActionForm(request.POST, members=members_of(request.member))
    texts = {action.id: action.text for action in found.actions}
    if not form.is_valid():
        return condition_page(request, round, condition_id, status=422, action_form=form)
    action_id = form.cleaned_data["action"] if form.cleaned_data["action"] in texts else ""
    values, answer = form.cleaned_data, answer_for(round, condition_id)
    draft = TaskDraft(
        title=values["title"] or texts.get(action_id, ""),
        owner=values["owner"] if "owner" in request.POST else answer.owner or request.member,
        due_on=values["due_on"] if "due_on" in request.POST else answer.due_on,
        key=values["key"],
    )
    if not draft.title:
        form.add_error("title", form.fields["title"].error_messages["required"])
        return condition_page(request, round, condition_id, status=422, action_form=form)
    origin = Origin(route="readiness:condition", row=round.id, item=condition_id, action_id=action_id)
    add_task(request.member, draft, origin)
    return HttpResponseRedirect(reverse("readiness:condition", args=[round.id, condition_id]) + "#actions")
