"""Proof that a task is done: fetch, take off and put back."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samenspraak.people.http import MemberRequest
from samenspraak.tasks import actions
from samenspraak.tasks.queries import proof_for
from samenspraak.ui.uploads import as_download


def proof(request: MemberRequest, task_id: UUID, proof_id: UUID) -> FileResponse:
    """The file as it was given, always as a download."""
    found = proof_for(request.member, task_id, proof_id)
    return as_download(found.stored_as, found.name, found.media_type)


def remove(request: MemberRequest, task_id: UUID, proof_id: UUID) -> HttpResponse:
    """Take proof off; the page offers to undo it."""
    actions.remove_proof(request.member, proof_for(request.member, task_id, proof_id))
    return HttpResponseRedirect(f"{reverse('tasks:task', args=[task_id])}?removed={proof_id}#proof")


def put_back(request: MemberRequest, task_id: UUID, proof_id: UUID) -> HttpResponse:
    """Undo a removal."""
    actions.put_back_proof(request.member, proof_for(request.member, task_id, proof_id))
    return HttpResponseRedirect(f"{reverse('tasks:task', args=[task_id])}#proof")
