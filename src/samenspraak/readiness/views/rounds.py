"""Rounds: start one, see what it means, prepare the director's page, lay two side by side, close."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, count
from typing import Any, cast
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from samenspraak.library.queries import edition_for
from samenspraak.method.standing import standing_of
from samenspraak.people.http import MemberRequest
from samenspraak.people.queries import history_of
from samenspraak.readiness import actions
from samenspraak.readiness.forms import StartForm, TextsForm
from samenspraak.readiness.models import Round
from samenspraak.readiness.queries import (
    RoundRow,
    answers_of,
    edition_of,
    insights_of,
    other_rounds,
    round_for,
    rounds_of,
    values_of,
    withdrawn_of,
)
from samenspraak.readiness.report.needs import item_names
from samenspraak.readiness.report.words import (
    change_in_words,
    default_question,
    history_fields,
    marks,
    season,
    standing_in_words,
)
from samenspraak.tasks.actions import StaleVersion
from samenspraak.tasks.queries import open_counts
from samenspraak.ui.fields import Unsent
from samenspraak.ui.pages import page_number, render, wants_part


def rounds(request: MemberRequest) -> HttpResponse:
    """All rounds, and the way to a new one."""
    page = page_number(request)
    rows, has_next = rounds_of(request.member, page)
    context = {
        "room": "readiness",
        "rows": rows,
        "page": page,
        "has_next": has_next,
        "count": _number_of_conditions(request),
        "form": Unsent(StartForm, {"key": uuid4(), "held_on": timezone.localdate(), "name": _new_name(rows)}),
    }
    return render(request, "readiness/rounds.html", context)


def _number_of_conditions(request: MemberRequest) -> int:
    """How many conditions a round that starts now has."""
    return len(edition_for(request.member.organisation, "nl").conditions)


def _new_name(rows: Iterable[RoundRow]) -> str:
    """A name for a round of today that no round on this page has: najaar 2026, najaar 2026 (2)."""
    name, taken = season(timezone.localdate()), {row.name for row in rows}
    return next(free for free in chain([name], (f"{name} ({number})" for number in count(2))) if free not in taken)


def start(request: MemberRequest) -> HttpResponse:
    """Start a round: from one sentence, or from the last round."""
    form = StartForm(request.POST)
    if not form.is_valid():
        rows, has_next = rounds_of(request.member)
        context = {"room": "readiness", "rows": rows, "page": 1, "has_next": has_next, "form": form}
        context["count"] = _number_of_conditions(request)
        return render(request, "readiness/rounds.html", context, status=422)
    values = form.cleaned_data
    previous = round_for(request.member, values["previous"]) if values["previous"] else None
    edition = edition_for(request.member.organisation, "nl")
    day = values["held_on"] or timezone.localdate()
    draft = actions.RoundDraft(
        name=values["name"] or season(day),
        unit=values["unit"],
        held_on=day,
        edition=previous.edition if previous else edition.name,
        motive=values["motive"] or (previous.motive if previous else ""),
        previous=previous,
        key=values["key"],
    )
    round = actions.start_round(request.member, draft)
    newest = insights_of(request.member)
    if newest:
        actions.fill_insight(request.member, round, newest[0].on)
    first = edition.conditions[0].id
    return HttpResponseRedirect(
        reverse("readiness:round", args=[round.id])
        if previous
        else reverse("readiness:condition", args=[round.id, first])
    )


def overview(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """What this round means."""
    round = round_for(request.member, round_id)
    return _texts_page(request, "readiness/round.html", round)


def director(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """The words on the director's page."""
    round = round_for(request.member, round_id)
    return _texts_page(request, "readiness/director.html", round)


def _texts_page(
    request: MemberRequest, template: str, round: Round, *, status: int = 200, **extra: Any
) -> HttpResponse:
    edition = edition_of(round, request.LANGUAGE_CODE)
    values = values_of(round)
    standing = standing_of(edition, values)
    headline, lines = standing_in_words(request.LANGUAGE_CODE, standing)
    fields = {name: getattr(round, name) for name in (*actions.TEXTS, "version")}
    context = {
        "room": "readiness",
        "round": round,
        "edition": edition,
        "values": values,
        "marks": marks(request.LANGUAGE_CODE),
        "standing": standing,
        "headline": headline,
        "lines": lines,
        "task_counts": open_counts(request.member, round.id),
        "withdrawn": withdrawn_of(round, edition, values),
        "form": Unsent(TextsForm, fields),
        "default_question": default_question(),
        "may_change": request.member.may_edit and not round.is_closed,
        "theirs": None,
    }
    return render(request, template, context | extra, status=status)


def save_texts(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """Save words of the round; ``page`` says which page sent them."""
    round = round_for(request.member, round_id)
    is_director = request.POST.get("page") == "director"
    template = "readiness/director.html" if is_director else "readiness/round.html"
    form = TextsForm(request.POST)
    if not form.is_valid():
        return _texts_not_saved(request, template, round, form, status=422)
    try:
        round = actions.save_texts(request.member, round, form.texts(), version=form.cleaned_data["version"])
    except StaleVersion as stale:
        return _texts_not_saved(request, template, round, form, status=409, theirs=cast("Round", stale.row))
    except actions.RoundClosed:
        return _texts_not_saved(request, template, round, form, status=409, is_closed_now=True)
    if wants_part(request):
        return render(request, "readiness/_texts_saved.html", {"round": round, "form": form, "theirs": None})
    return HttpResponseRedirect(reverse("readiness:director" if is_director else "readiness:round", args=[round.id]))


def _texts_not_saved(
    request: MemberRequest, template: str, round: Round, form: TextsForm, *, status: int, **extra: Any
) -> HttpResponse:
    if wants_part(request):
        context = {"round": round, "form": form, "theirs": None, **extra}
        return render(request, "readiness/_texts_saved.html", context, status=status)
    return _texts_page(request, template, round, status=status, form=form, **extra)


def close(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """Close the round."""
    actions.close_round(request.member, round_for(request.member, round_id))
    return HttpResponseRedirect(reverse("readiness:round", args=[round_id]))


def reopen(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """Open it again."""
    actions.reopen_round(request.member, round_for(request.member, round_id))
    return HttpResponseRedirect(reverse("readiness:round", args=[round_id]))


def history(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """Who changed what."""
    round = round_for(request.member, round_id)
    edition = edition_of(round, request.LANGUAGE_CODE)
    found = history_of(request.member, round.id, page_number(request))
    for entry in found.entries:
        entry.old, entry.new = change_in_words(entry)
    context = {
        "room": "readiness",
        "round": round,
        "history": found,
        "history_fields": history_fields(),
        "items": item_names(edition),
    }
    return render(request, "readiness/history.html", context)


def compare(request: MemberRequest, round_id: UUID, other_id: UUID) -> HttpResponse:
    """Two rounds side by side."""
    left, right = round_for(request.member, other_id), round_for(request.member, round_id)
    asked = edition_of(right, request.LANGUAGE_CODE).conditions
    known = {c.id for c in asked}
    context = {
        "room": "readiness",
        "left": left,
        "right": right,
        "conditions": [*asked, *(c for c in edition_of(left, request.LANGUAGE_CODE).conditions if c.id not in known)],
        "marks": marks(request.LANGUAGE_CODE),
        "left_answers": answers_of(left),
        "right_answers": answers_of(right),
        "others": other_rounds(right),
    }
    return render(request, "readiness/compare.html", context)
