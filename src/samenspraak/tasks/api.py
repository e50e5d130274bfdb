"""Tasks for programs: the same loaders, forms and actions as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from msgspec import UNSET, UnsetType

from samenspraak.people.endpoints import Endpoint, Given, Operation, Page, Struct, checked, stale, typed
from samenspraak.people.http import MemberRequest
from samenspraak.people.queries import members_of
from samenspraak.tasks import actions
from samenspraak.tasks.forms import DoneForm, TaskForm
from samenspraak.tasks.models import Task
from samenspraak.tasks.queries import Which, task_for, task_rows, task_to_change
from samenspraak.ui.pages import page_number


class TaskLine(Struct, frozen=True):
    """A task in the list. ``origin`` is the id of the round it came from, ``origin_item`` the piece of the method."""

    id: UUID
    title: str
    owner: str
    due_on: date | None
    done_at: datetime | None
    origin: UUID | None
    origin_item: str


class TaskWhole(Struct, frozen=True):
    """A task; ``owner`` is the id of a colleague."""

    id: UUID
    title: str
    note: str
    owner: UUID | None
    due_on: date | None
    done_at: datetime | None
    done_note: str
    is_removed: bool
    origin: UUID | None
    origin_item: str
    version: int


class TaskGiven(Given, frozen=True):
    """What a task says. ``key`` makes the same post twice one task; ``version`` is needed to change one."""

    title: str | UnsetType = UNSET
    note: str | UnsetType = UNSET
    owner: UUID | UnsetType | None = UNSET
    due_on: date | UnsetType | None = UNSET
    key: UUID | UnsetType = UNSET
    version: int | UnsetType = UNSET


class DoneGiven(Given, frozen=True):
    """The note with which a task is done."""

    note: str | UnsetType = UNSET


def _whole(task: Task) -> TaskWhole:
    same = ("id", "title", "note", "due_on", "done_at", "done_note", "origin", "origin_item", "version")
    values: dict[str, Any] = {name: getattr(task, name) for name in same}
    return TaskWhole(**values, owner=task.owner_id, is_removed=task.removed_at is not None)


def tasks(request: MemberRequest) -> Page[TaskLine]:
    """The list: ``?show=open``, ``mine`` or ``done``."""
    which = cast("Which", request.GET.get("show") if request.GET.get("show") in ("mine", "done") else "open")
    page = page_number(request)
    rows, has_more = task_rows(request.member, which, page)
    items = [TaskLine(**{name: getattr(row, name) for name in TaskLine.__struct_fields__}) for row in rows]
    return Page(items=items, page=page, has_more=has_more)


def add(request: MemberRequest, given: TaskGiven) -> TaskWhole:
    """Add a task."""
    form = TaskForm(typed(given), members=members_of(request.member))
    checked(form)
    return _whole(actions.add_task(request.member, actions.TaskDraft(**form.draft())))


def task(request: MemberRequest, task_id: UUID) -> TaskWhole:
    """One task."""
    return _whole(task_for(request.member, task_id))


def change(request: MemberRequest, task_id: UUID, given: TaskGiven) -> TaskWhole:
    """Change what a task says."""
    found = task_to_change(request.member, task_id)
    present = {"title": found.title, "note": found.note, "owner": found.owner_id, "due_on": found.due_on}
    form = TaskForm(typed(given, present), members=members_of(request.member))
    version = checked(form)["version"]
    try:
        draft = actions.TaskDraft(**form.draft())
        return _whole(actions.change_task(request.member, found, draft, version=version if version is not None else -1))
    except actions.StaleVersion as problem:
        raise stale(_whole(cast("Task", problem.row))) from None


def done(request: MemberRequest, task_id: UUID, given: DoneGiven) -> TaskWhole:
    """Say that it is done."""
    found = task_to_change(request.member, task_id)
    form = DoneForm({f"done-{name}": value for name, value in typed(given).items()})
    return _whole(actions.finish_task(request.member, found, checked(form)["note"]))


def reopen(request: MemberRequest, task_id: UUID) -> TaskWhole:
    """Not done after all."""
    return _whole(actions.reopen_task(request.member, task_to_change(request.member, task_id)))


ENDPOINTS = (
    Endpoint(
        name="tasks",
        address="tasks",
        get=Operation(
            view=tasks, about="Tasks; ?show=mine and ?show=done for others", gives=Page[TaskLine], is_paged=True
        ),
        post=Operation(view=add, about="Add a task", gives=TaskWhole, takes=TaskGiven),
    ),
    Endpoint(
        name="task",
        address="tasks/<uuid:task_id>",
        get=Operation(view=task, about="One task", gives=TaskWhole),
        post=Operation(view=change, about="Change what a task says", gives=TaskWhole, takes=TaskGiven),
    ),
    Endpoint(
        name="task_done",
        address="tasks/<uuid:task_id>/done",
        post=Operation(view=done, about="Say that a task is done", gives=TaskWhole, takes=DoneGiven),
    ),
    Endpoint(
        name="task_reopen",
        address="tasks/<uuid:task_id>/reopen",
        post=Operation(view=reopen, about="Not done after all", gives=TaskWhole),
    ),
)
