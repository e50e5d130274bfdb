"""Everything that changes tasks."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.utils import timezone

from samenspraak.people.actions import Change, StaleVersion, record
from samenspraak.people.models import Member
from samenspraak.tasks.models import CalendarKey, Task
from samenspraak.tasks.queries import hash_of

__all__ = [
    "Origin",
    "StaleVersion",
    "TaskDraft",
    "add_task",
    "change_task",
    "finish_task",
    "make_calendar_key",
    "put_back_task",
    "remove_task",
    "reopen_task",
]


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a task came from, one click away: a route, the id of its row, a piece of the method, maybe its action."""

    route: str
    row: UUID
    item: str = ""
    action_id: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskDraft:
    """What somebody fills in. ``key`` makes a repeated post the same task."""

    title: str
    note: str = ""
    owner: Member | None = None
    due_on: date | None = None
    key: UUID | None = None


def _shown(value: Member | date | str | None) -> str:
    return "" if value is None else value.label if isinstance(value, Member) else str(value)


@transaction.atomic
def add_task(member: Member, draft: TaskDraft, origin: Origin | None = None) -> Task:
    """Add a task; the same key, or the same action of the same origin, gives the task that is already there."""
    key = draft.key or uuid4()
    if Task.objects.filter(id=key).exclude(organisation_id=member.organisation_id).exists():
        raise Http404
    what: dict[str, Any] = {"id": key}
    if origin and origin.action_id:
        what = {"origin": origin.row, "action_id": origin.action_id}
    rest = {
        "title": draft.title,
        "note": draft.note,
        "owner": draft.owner,
        "due_on": draft.due_on,
        "created_by": member,
        "origin_route": origin.route if origin else "",
        "origin": origin.row if origin else None,
        "origin_item": origin.item if origin else "",
    }
    task, is_new = Task.objects.get_or_create(organisation_id=member.organisation_id, **what, defaults=rest)
    if is_new:
        record(member, task.id, Change("created", "", task.title))
    elif task.removed_at:
        _put_back(member, task)
    return task


@transaction.atomic
def change_task(member: Member, task: Task, draft: TaskDraft, *, version: int) -> Task:
    """Change what a task says; a version that is not the newest raises ``StaleVersion`` unless nothing differs."""
    task = Task.objects.select_for_update(of=("self",)).select_related("owner__person").get(id=task.id)
    wanted = {"title": draft.title, "note": draft.note, "owner": draft.owner, "due_on": draft.due_on}
    changes = [
        Change(name, _shown(getattr(task, name)), _shown(value))
        for name, value in wanted.items()
        if getattr(task, name) != value
    ]
    if not changes:
        return task
    if task.version != version:
        raise StaleVersion(task)
    for name, value in wanted.items():
        setattr(task, name, value)
    _save(task, *wanted)
    record(member, task.id, *changes)
    return task


@transaction.atomic
def finish_task(member: Member, task: Task, note: str) -> Task:
    """Say that a task is done, with a note; a second click changes nothing."""
    task = Task.objects.select_for_update(of=("self",)).get(id=task.id)
    if task.done_at:
        return task
    task.done_at, task.done_by, task.done_note = timezone.now(), member, note
    _save(task, "done_at", "done_by", "done_note")
    record(member, task.id, Change("done", "", note or "✓"))
    return task


@transaction.atomic
def reopen_task(member: Member, task: Task) -> Task:
    """Take ‘done’ back; the note stays in the history."""
    task = Task.objects.select_for_update(of=("self",)).get(id=task.id)
    if task.done_at:
        record(member, task.id, Change("done", task.done_note or "✓", ""))
        task.done_at, task.done_by, task.done_note = None, None, ""
        _save(task, "done_at", "done_by", "done_note")
    return task


@transaction.atomic
def remove_task(member: Member, task: Task) -> None:
    """Take a task off the list; it can be put back."""
    task = Task.objects.select_for_update(of=("self",)).get(id=task.id)
    if task.removed_at is None:
        task.removed_at = timezone.now()
        _save(task, "removed_at")
        record(member, task.id, Change("removed", task.title, ""))


@transaction.atomic
def put_back_task(member: Member, task: Task) -> None:
    """Undo a removal."""
    task = Task.objects.select_for_update(of=("self",)).get(id=task.id)
    if task.removed_at is not None:
        _put_back(member, task)


def _put_back(member: Member, task: Task) -> None:
    task.removed_at = None
    _save(task, "removed_at")
    record(member, task.id, Change("removed", "", task.title))


def _save(task: Task, *fields: str) -> None:
    task.version += 1
    task.save(update_fields=[*fields, "version"])


@transaction.atomic
def follow(member: Member, origin: Origin, draft: TaskDraft | None, *, is_settled: bool) -> None:
    """Keep the one task of a row in step: a row that has an owner or a day of its own (``draft``) and is not settled.

    The row stays the truth, the task is its line in the list. Without a draft it leaves the list; when the row is
    settled it is done, and open again when that is taken back.
    """
    of_row = Task.objects.filter(organisation_id=member.organisation_id, origin=origin.row, action_id=origin.action_id)
    task = of_row.select_for_update(of=("self",)).first()
    if task is None:
        if draft and not is_settled:
            task = add_task(member, draft, origin)
            Task.objects.filter(id=task.id).update(follows_origin=True)
        return
    of_row.update(follows_origin=True)
    if draft is None:
        remove_task(member, task)
        return
    put_back_task(member, task)
    task = finish_task(member, task, "") if is_settled else reopen_task(member, task)
    change_task(member, task, draft, version=task.version)


@transaction.atomic
def let_go(member: Member, origin: UUID) -> None:
    """The row does not change any more: what followed it is from now on changed in the list itself."""
    tasks = Task.objects.filter(organisation_id=member.organisation_id, origin=origin, follows_origin=True)
    tasks.update(follows_origin=False, version=F("version") + 1)


@transaction.atomic
def hand_on(member: Member, old: UUID, new: UUID) -> None:
    """What followed a row, and is still open, follows the row that takes its place."""
    tasks = Task.objects.filter(organisation_id=member.organisation_id, origin=old, action_id=F("origin_item"))
    tasks.exclude(action_id="").filter(done_at=None, removed_at=None).update(
        origin=new, follows_origin=True, version=F("version") + 1
    )


@transaction.atomic
def make_calendar_key(member: Member) -> str:
    """A new secret for this member's feed, told once; the one before stops working."""
    key = secrets.token_urlsafe(24)
    CalendarKey.objects.update_or_create(
        member=member, defaults={"organisation_id": member.organisation_id, "key_hash": hash_of(key)}
    )
    return key
