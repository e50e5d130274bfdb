"""The one engine of reminders: every week and on the day itself, one mail with all of it, at most one a day.

An organisation has its turn once for each of its own days, from its hour on. Taking the turn and putting the mails in
the outbox is one transaction, so two workers at once, a clock that jumps and a worker that was off all give one mail.
Reminders that could not go out, because the mail server was away, are taken back at the next turn: the new one says
what is still true, so nobody gets two, and nobody hears of what was done meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from samenspraak.people.actions import Letter, cancel_mails, link_of, prolong_guests, queue_mails, write_letter
from samenspraak.people.http import address_of
from samenspraak.people.models import Reminders
from samenspraak.people.queries import mail_is_configured
from samenspraak.tasks.actions.handing import ROUTE
from samenspraak.tasks.models import Reminded
from samenspraak.tasks.queries import REMINDER, WEEK, Owned, Turn, owned_tasks, turns, waiting_reminders

AT_A_TIME = 50
MOST_TASKS = 40


@dataclass
class Told:
    """What one reader has not heard of since a day, and the tasks, the first due first."""

    turn: Turn
    since: date
    tasks: list[Owned] = field(default_factory=list)

    @property
    def is_weekly(self) -> bool:
        """Whether this is about the whole week."""
        return self.since <= self.turn.weekly_on

    def is_worth_a_mail(self) -> bool:
        """Whether there is something to tell that this reader wants to hear."""
        wants = self.tasks[0].reminders
        if wants in (Reminders.BOTH, Reminders.WEEKLY) and self.is_weekly:
            return True
        return wants != Reminders.WEEKLY and any(self.since <= task.due_on <= self.turn.day for task in self.tasks)

    def shown(self) -> list[Owned]:
        """The coming week only in the weekly mail; what is late stands in both."""
        is_whole = self.is_weekly and self.tasks[0].reminders != Reminders.ON_THE_DAY
        return [task for task in self.tasks if is_whole or task.due_on <= self.turn.day]


def send_reminders() -> int:
    """Put the reminders of every organisation whose hour has come in the outbox, and say how many there were.

    For the clock of a worker; it may run as often as it likes, and in several processes. Without a mail server nothing
    is written: a list of last week is of no use to anybody.
    """
    if not mail_is_configured():
        return 0
    due = turns(timezone.now())
    return sum(_remind(due[start : start + AT_A_TIME]) for start in range(0, len(due), AT_A_TIME))


def _remind(due: Sequence[Turn]) -> int:
    """Some organisations together, with a number of queries that does not grow with their people and tasks."""
    ids = [turn.organisation.pk for turn in due]
    waiting = waiting_reminders(ids)
    told = _told(due, owned_tasks(ids, max(turn.day for turn in due) + WEEK), [mail.key for mail in waiting])
    letters = [(_letter(one), one) for one in told]
    with transaction.atomic():
        taken = _take(due)
        cancel_mails([mail.mail_id for mail in waiting if mail.organisation_id in taken])
        mine = [(letter, one) for letter, one in letters if one.turn.organisation.pk in taken]
        queue_mails([(letter, one.turn.organisation) for letter, one in mine])
        prolong_guests([task.guest.pk for _letter, one in mine for task in one.shown() if task.guest])
    return len(mine)


def _take(due: Sequence[Turn]) -> set[UUID]:
    """Take these turns, and say of which organisations nobody else had; call it inside the transaction."""
    Reminded.objects.bulk_create((Reminded(organisation=turn.organisation) for turn in due), ignore_conflicts=True)
    days = {turn.organisation.pk: turn.day for turn in due}
    rows = list(Reminded.objects.select_for_update().filter(pk__in=list(days)).order_by("pk"))
    free = [row for row in rows if row.told_on is None or row.told_on < days[row.pk]]
    for row in free:
        row.told_on = days[row.pk]
    Reminded.objects.bulk_update(free, ["told_on"])
    return {row.pk for row in free}


def _told(due: Sequence[Turn], tasks: Iterable[Owned], waiting: Iterable[str]) -> list[Told]:
    """Every reader who has something to hear, with what."""
    untold = _untold(waiting)
    by_organisation = {turn.organisation.pk: turn for turn in due}
    readers: dict[UUID, Told] = {}
    for task in tasks:
        turn = by_organisation[task.organisation_id]
        if task.due_on >= turn.day + WEEK:
            continue
        if task.reader not in readers:
            readers[task.reader] = Told(turn, min(untold.get(task.reader, turn.since), turn.since))
        readers[task.reader].tasks.append(task)
    return [told for told in readers.values() if told.is_worth_a_mail()]


def _untold(waiting: Iterable[str]) -> dict[UUID, date]:
    """Since which day each reader has not heard from us, from the keys of reminders that still wait."""
    found: dict[UUID, date] = {}
    for key in waiting:
        _kind, reader, day = key.split(":")
        found[UUID(reader)] = min(date.fromisoformat(day), found.get(UUID(reader), date.max))
    return found


def _letter(told: Told) -> Letter:
    first, day, shown = told.tasks[0], told.turn.day, told.shown()
    parts: dict[str, list[tuple[str, str, date]]] = {"late": [], "today": [], "coming": []}
    for task in shown[:MOST_TASKS]:
        part = "late" if task.due_on < day else "today" if task.due_on == day else "coming"
        parts[part].append((task.title, _address(task), task.due_on))
    asker = first.guest.asked_by if first.guest else None
    context = {
        "name": first.name,
        "organisation": told.turn.organisation.name,
        "parts": parts,
        "more": max(0, len(shown) - MOST_TASKS),
        "all": "" if first.guest else address_of("tasks:tasks") + "?show=mine",
        "choose": "" if first.guest else address_of("people:account") + "#reminders",
        "asker": asker.person.name if asker else told.turn.organisation.name,
    }
    key = f"{REMINDER}:{first.reader}:{day}"
    return write_letter(f"tasks/mail/{REMINDER}", key, first.email, first.language, context)


def _address(task: Owned) -> str:
    """Where the task is done: by somebody without an account at the own link."""
    return link_of(task.guest, ROUTE) if task.guest else address_of("tasks:task", task_id=task.task_id)
