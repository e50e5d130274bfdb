"""A task as it is now, held while it changes; and the one way to write that it is done."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from samenspraak.people.actions import Change, record
from samenspraak.people.models import Guest, Member
from samenspraak.tasks.actions.proving import keep_proof
from samenspraak.tasks.models import Proof, Task


def locked(task: Task) -> Task:
    """The task as it is now, held until the transaction ends, with whose it is."""
    found = Task.objects.select_for_update(of=("self",)).select_related("owner__person", "guest")
    return found.get(organisation_id=task.organisation_id, id=task.id)


def save(task: Task, *fields: str) -> None:
    """Write these fields, and that the task is another version now."""
    task.version += 1
    task.save(update_fields=[*fields, "version"])


def conclude(by: Member | Guest, task: Task, note: str, pieces: Sequence[Proof]) -> None:
    """Write down that a task is done, with what shows it; call it with the task locked."""
    task.done_at, task.done_by, task.done_note = timezone.now(), by if isinstance(by, Member) else None, note
    save(task, "done_at", "done_by", "done_note")
    record(by, task.id, Change("done", "", note or "✓"))
    for piece in pieces:
        keep_proof(by, task, piece)
