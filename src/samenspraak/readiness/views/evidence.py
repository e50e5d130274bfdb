"""Evidence: add, fetch, take off and put back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from samenspraak.people.http import MemberRequest
from samenspraak.people.models import Member
from samenspraak.readiness import actions
from samenspraak.readiness.forms import EvidenceForm
from samenspraak.readiness.models import Evidence, Round
from samenspraak.readiness.queries import condition_for, edition_of, evidence_for, round_for
from samenspraak.readiness.views.answers import condition_page
from samenspraak.ui.uploads import as_download


def add(request: MemberRequest, round_id: UUID, condition_id: str) -> HttpResponse:
    """Keep a file or link."""
    round = round_for(request.member, round_id)
    condition_for(edition_of(round, request.LANGUAGE_CODE), condition_id)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return condition_page(request, round, condition_id, status=422, evidence_form=form)
    values = form.cleaned_data
    try:
        if values["file"]:
            actions.add_file(request.member, round, condition_id, values["file"], form.media_type)
        if values["link"]:
            actions.add_link(request.member, round, condition_id, name=values["link_name"], link=values["link"])
    except actions.RoundClosed:
        return condition_page(request, round, condition_id, status=409, evidence_form=form, is_closed_now=True)
    return HttpResponseRedirect(reverse("readiness:condition", args=[round.id, condition_id]) + "#evidence")


def download(request: MemberRequest, round_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    """The file as it was given, always as a download."""
    evidence = evidence_for(request.member, round_id, evidence_id)
    return as_download(evidence.stored_as, evidence.name, evidence.media_type)


def remove(request: MemberRequest, round_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Take evidence off; the page offers to undo it."""
    return _change(request, round_id, evidence_id, actions.remove_evidence, f"?removed={evidence_id}")


def put_back(request: MemberRequest, round_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Undo a removal."""
    return _change(request, round_id, evidence_id, actions.put_back_evidence, "")


Act = Callable[[Member, Round, Evidence], None]


def _change(request: MemberRequest, round_id: UUID, evidence_id: UUID, act: Act, query: str) -> HttpResponse:
    evidence = evidence_for(request.member, round_id, evidence_id)
    condition_id = evidence.answer.condition_id
    try:
        act(request.member, evidence.answer.round, evidence)
    except actions.RoundClosed:
        round = round_for(request.member, round_id)
        return condition_page(request, round, condition_id, status=409, is_closed_now=True)
    return HttpResponseRedirect(reverse("readiness:condition", args=[round_id, condition_id]) + f"{query}#evidence")
