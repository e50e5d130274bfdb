"""A task for a colleague without an account: one mail with one link, and what comes back by that link."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from samenspraak.people.actions import (
    AskedGuest,
    Change,
    GuestDraft,
    GuestLetter,
    ask_guest,
    link_of,
    mark_answered,
    record,
    remind_guest,
    withdraw_guest,
)
from samenspraak.people.models import Guest, Member
from samenspraak.tasks.actions.holding import conclude, locked, save
from samenspraak.tasks.actions.proving import NOTHING, Given, stored
from samenspraak.tasks.models import Task
from samenspraak.tasks.queries import GUEST_PURPOSE

ROUTE = "tasks:guest"


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody without an account; ``once`` is the number of the form."""

    name: str
    email: str
    language: str
    once: UUID


@transaction.atomic
def hand_over(member: Member, task: Task, colleague: Colleague) -> AskedGuest | None:
    """Make a task that of somebody without an account, who gets a mail with a link; a second click changes nothing.

    Whoever had the task by a link before can no longer open it. None when the task is done or off the list.
    """
    task = locked(task)
    if task.done_at or task.removed_at:
        return None
    before, old = task.guest, task.who
    asked = _ask(member, task, colleague)
    if asked.guest == before:
        return asked
    if before:
        withdraw_guest(member, before)
    task.owner, task.guest = None, asked.guest
    save(task, "owner", "guest")
    record(member, task.id, Change("owner", old, asked.guest.name))
    return asked


def _letter(task: Task) -> GuestLetter:
    context = {"title": task.title, "due_on": task.due_on}
    return GuestLetter(template="tasks/mail/handed", route=ROUTE, context=context)


def _ask(member: Member, task: Task, colleague: Colleague) -> AskedGuest:
    draft = GuestDraft(
        purpose=GUEST_PURPOSE,
        subject=task.id,
        email=colleague.email,
        name=colleague.name,
        language=colleague.language,
        once=colleague.once,
        letter=_letter(task),
    )
    return ask_guest(member, draft)


def ask_again(member: Member, task: Task) -> None:
    """A task that is open again opens with a fresh link for whose it is; call it with the task locked."""
    guest = task.guest
    if guest and (guest.answered_at or guest.withdrawn_at):
        colleague = Colleague(name=guest.name, email=guest.email, language=guest.language, once=uuid4())
        task.guest = _ask(member, task, colleague).guest


def mail_again(member: Member, task: Task) -> bool:
    """A fresh mail with the same link, at most one a day; whether it goes."""
    return task.guest is not None and remind_guest(member, task.guest, _letter(task))


def open_link(task: Task) -> str:
    """The link to pass on by hand where no mail goes out; empty when nobody can use one."""
    guest = task.guest
    if guest is None or task.done_at or task.removed_at or guest.withdrawn_at:
        return ""
    return link_of(guest, ROUTE)


def finish_by_link(guest: Guest, task: Task, note: str, given: Given = NOTHING) -> bool:
    """Say that a task is done, by its link; False when the link had been used or withdrawn by then."""
    with stored(task, given) as pieces, transaction.atomic():
        task = locked(task)
        if not mark_answered(guest):
            return False
        if task.done_at is None:
            conclude(guest, task, note, pieces)
    return True
