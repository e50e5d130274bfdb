"""Add, change, finish and remove tasks."""

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

from samenspraak.people.actions import Change, StaleVersion, record, withdraw_guest
from samenspraak.people.models import Guest, Member
from samenspraak.tasks.actions.handing import ask_again
from samenspraak.tasks.actions.holding import conclude, locked, save
from samenspraak.tasks.actions.proving import NOTHING, Given, stored
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
    """What somebody fills in. ``key`` makes a repeated post the same task.

    ``owner`` may be the guest who has the task already: who gets it by mail is what ``hand_over`` decides.
    """

    title: str
    note: str = ""
    owner: Member | Guest | None = None
    due_on: date | None = None
    key: UUID | None = None


def _shown(value: Member | Guest | date | str | None) -> str:
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
        "owner": draft.owner if isinstance(draft.owner, Member) else None,
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
    task = locked(task)
    guest = task.guest
    wanted = {"title": draft.title, "note": draft.note, "owner": draft.owner, "due_on": draft.due_on}
    present = {"title": task.title, "note": task.note, "owner": task.owner or guest, "due_on": task.due_on}
    changes = [
        Change(name, _shown(present[name]), _shown(value)) for name, value in wanted.items() if present[name] != value
    ]
    if not changes:
        return task
    if task.version != version:
        raise StaleVersion(task)
    if guest and draft.owner != guest:
        withdraw_guest(member, guest)
        task.guest = None
    task.title, task.note, task.due_on = draft.title, draft.note, draft.due_on
    task.owner = draft.owner if isinstance(draft.owner, Member) else None
    save(task, *wanted, "guest")
    record(member, task.id, *changes)
    return task


def finish_task(member: Member, task: Task, note: str, given: Given = NOTHING) -> Task:
    """Say that a task is done, with a note and perhaps proof; a second click changes nothing.

    Whoever had it by a link need not do it any more.
    """
    with stored(task, given) as pieces, transaction.atomic():
        task = locked(task)
        if task.done_at is None:
            conclude(member, task, note, pieces)
            if task.guest:
                withdraw_guest(member, task.guest)
    return task


@transaction.atomic
def reopen_task(member: Member, task: Task) -> Task:
    """Take ‘done’ back; the note stays in the history. Whoever had it by a link gets a fresh one."""
    task = locked(task)
    if task.done_at:
        record(member, task.id, Change("done", task.done_note or "✓", ""))
        task.done_at, task.done_by, task.done_note = None, None, ""
        ask_again(member, task)
        save(task, "done_at", "done_by", "done_note", "guest")
    return task


@transaction.atomic
def remove_task(member: Member, task: Task) -> None:
    """Take a task off the list; it can be put back. A link to it stops working."""
    task = locked(task)
    if task.removed_at is None:
        task.removed_at = timezone.now()
        save(task, "removed_at")
        if task.guest:
            withdraw_guest(member, task.guest)
        record(member, task.id, Change("removed", task.title, ""))


@transaction.atomic
def put_back_task(member: Member, task: Task) -> None:
    """Undo a removal."""
    task = locked(task)
    if task.removed_at is not None:
        _put_back(member, task)


def _put_back(member: Member, task: Task) -> None:
    task.removed_at = None
    if task.done_at is None:
        ask_again(member, task)
    save(task, "removed_at", "guest")
    record(member, task.id, Change("removed", "", task.title))


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
