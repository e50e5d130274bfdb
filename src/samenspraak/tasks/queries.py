"""Reads of tasks, and the loaders that authorise."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple, get_args
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from samenspraak.people.models import Guest, Mail, Member, Organisation, Reminders
from samenspraak.people.remembered import Remembered, columns
from samenspraak.tasks.models import CalendarKey, Proof, Reminded, Task

Which = Literal["open", "mine", "done"]
PAGE = 100
WEEK = timedelta(days=7)
REMINDER = "reminder"
GUEST_PURPOSE = "task"


class Row(NamedTuple):
    """One line of the list; ``owner`` is empty where nobody is responsible yet."""

    id: UUID
    title: str
    owner: str
    function: str
    due_on: date | None
    done_at: datetime | None
    origin_route: str
    origin: UUID | None
    origin_item: str

    def is_late(self, today: date) -> bool:
        """Whether its day has passed while it is not done."""
        return self.done_at is None and self.due_on is not None and self.due_on < today


def _of(member: Member) -> QuerySet[Task]:
    return Task.objects.filter(organisation_id=member.organisation_id, removed_at=None)


def task_for(member: Member, task_id: UUID) -> Task:
    """The task, removed or not, when it is of the member's organisation; else 404."""
    found = Task.objects.filter(organisation_id=member.organisation_id, id=task_id)
    task = found.select_related("owner__person", "done_by__person", "guest").first()
    if task is None:
        raise Http404
    return task


def task_to_change(member: Member, task_id: UUID) -> Task:
    """The task when it is changed here: one that follows its origin is changed there, so here it answers 404."""
    task = task_for(member, task_id)
    if task.follows_origin:
        raise Http404
    return task


_TASK = columns(Task)
_OF_GUEST = Remembered(
    lambda organisation_id, task_id, guest_id: Task.objects.filter(
        organisation_id=organisation_id, id=task_id, guest_id=guest_id
    ).values_list(*_TASK)
)


def task_of(guest: Guest) -> Task:
    """The task that the link of a guest is about; 404 when it is somebody else's now."""
    rows = _OF_GUEST(guest.organisation_id, guest.subject, guest.id)
    if not rows:
        raise Http404
    return Task.from_db("default", _TASK, rows[0])


def proofs_of(task: Task) -> list[Proof]:
    """What shows that a task is done, oldest first."""
    found = Proof.objects.filter(organisation_id=task.organisation_id, task=task, removed_at=None)
    return list(found.order_by("added_at", "id")[:PAGE])


def proof_for(member: Member, task_id: UUID, proof_id: UUID) -> Proof:
    """A piece of proof, taken off or not, of a task of the member's organisation; else 404."""
    return get_object_or_404(Proof, organisation_id=member.organisation_id, task_id=task_id, id=proof_id)


FIELDS = (
    "id",
    "title",
    "owner__person__name",
    "owner__function",
    "guest__name",
    "due_on",
    "done_at",
    "origin_route",
    "origin",
    "origin_item",
)


def _list(which: Which, organisation_id: UUID, member_id: UUID) -> QuerySet[Task, tuple[Any, ...]]:
    """The whole list, the first to do first; what is done, the newest first."""
    tasks = Task.objects.filter(organisation_id=organisation_id, removed_at=None, done_at__isnull=which != "done")
    if which == "mine":
        tasks = tasks.filter(owner_id=member_id)
    order = F("done_at").desc() if which == "done" else F("due_on").asc(nulls_last=True)
    return tasks.order_by(order, "id").values_list(*FIELDS)


_FIRST_PAGES = {which: Remembered(lambda o, m, w=which: _list(w, o, m)[: PAGE + 1]) for which in get_args(Which)}


def task_rows(member: Member, which: Which, page: int = 1) -> tuple[list[Row], bool]:
    """A page of at most 100 tasks, and whether there is a next page. Nearly everybody reads the first."""
    if page == 1:
        rows = _FIRST_PAGES[which](member.organisation_id, member.id)
    else:
        start = (page - 1) * PAGE
        rows = list(_list(which, member.organisation_id, member.id)[start : start + PAGE + 1])
    return _rows(rows[:PAGE]), len(rows) > PAGE


def _rows(found: Sequence[tuple[Any, ...]]) -> list[Row]:
    return [Row(row[0], row[1], row[2] or row[4] or "", row[3] or "", *row[5:]) for row in found]


_NEXT = Remembered(lambda organisation_id, member_id: _list("open", organisation_id, member_id)[:3])


def next_tasks(member: Member) -> list[Row]:
    """The first three open tasks by date."""
    return _rows(_NEXT(member.organisation_id, member.id))


def open_count(member: Member) -> int:
    """How many tasks are open."""
    return _of(member).filter(done_at=None).count()


def _of_origin(member: Member, origin: UUID) -> QuerySet[Task]:
    """Without those that follow it: the row itself shows who and when."""
    tasks = _of(member).filter(origin=origin, follows_origin=False)
    return tasks.select_related("owner__person", "done_by__person", "created_by__person", "guest")


def tasks_of_origin(member: Member, origin: UUID) -> list[Task]:
    """Every task that came from a row (a round), oldest first: for papers, which leave nothing out."""
    return list(_of_origin(member, origin).order_by("created_at", "id"))


def whole_list(member: Member) -> list[Task]:
    """Every task on the list, open ones first by day, then what is done, the newest first."""
    tasks = _of(member).select_related("owner__person", "done_by__person", "guest")
    return list(tasks.order_by(F("done_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "id"))


class Made(NamedTuple):
    """A task as the page it came from shows it."""

    id: UUID
    title: str
    action_id: str
    due_on: date | None
    done_at: datetime | None


_OF_ITEM = Remembered(
    lambda organisation_id, origin, item: (
        Task.objects.filter(
            organisation_id=organisation_id, origin=origin, origin_item=item, follows_origin=False, removed_at=None
        )
        .order_by("-action_id", "created_at", "id")
        .values_list(*Made._fields)[: PAGE + 1]
    )
)


def tasks_of_item(member: Member, origin: UUID, item: str) -> tuple[list[Made], bool]:
    """The tasks of one piece of the method in a row, those made from its actions first, and whether there are more."""
    found = [Made(*row) for row in _OF_ITEM(member.organisation_id, origin, item)]
    return found[:PAGE], len(found) > PAGE


_MADE = Remembered(
    lambda organisation_id, origin: (
        Task.objects.filter(organisation_id=organisation_id, origin=origin, removed_at=None)
        .exclude(action_id="")
        .order_by("created_at", "id")
        .values_list(*Made._fields)[: PAGE + 1]
    )
)


def tasks_by_action(member: Member, origin: UUID) -> dict[str, Made]:
    """The tasks that were made from actions or suggestions of the method at one row, by the id of the action."""
    return {made.action_id: made for made in (Made(*row) for row in _MADE(member.organisation_id, origin))}


def open_tasks_of(member: Member, origin: UUID, most: int) -> tuple[list[Task], int]:
    """The oldest open tasks that came from a row, and how many there are in all."""
    tasks = _of_origin(member, origin).filter(done_at=None)
    return list(tasks.order_by("created_at", "id")[:most]), tasks.count()


def items_followed(member: Member, origin: UUID) -> list[str]:
    """The pieces of the method in a row that a task follows, and that are still to do."""
    tasks = _of(member).filter(origin=origin, follows_origin=True, done_at=None)
    return list(tasks.values_list("origin_item", flat=True))


_OPEN_COUNTS = Remembered(
    lambda organisation_id, origin: (
        Task.objects.filter(
            organisation_id=organisation_id, origin=origin, follows_origin=False, done_at=None, removed_at=None
        )
        .values_list("origin_item")
        .annotate(n=Count("id"))
        .order_by()
    )
)


def open_counts(member: Member, origin: UUID) -> dict[str, int]:
    """How many open tasks each piece of the method has in this origin."""
    return dict(_OPEN_COUNTS(member.organisation_id, origin))


def hash_of(key: str) -> str:
    """How a calendar key is kept."""
    return hashlib.sha256(key.encode()).hexdigest()


def member_of_calendar(key: str) -> Member:
    """The member whose feed this key opens, while the membership lasts; else 404."""
    found = CalendarKey.objects.filter(
        key_hash=hash_of(key), member__left_at=None, member__person__is_active=True
    ).select_related("member__organisation", "member__person")
    calendar = found.first()
    if calendar is None:
        raise Http404
    return calendar.member


def calendar_tasks(member: Member) -> Iterable[Task]:
    """The open tasks with a date of this member, and those without an owner."""
    tasks = _of(member).filter(done_at=None, due_on__isnull=False)
    own = tasks.filter(owner_id=member.id)
    return (own | tasks.filter(owner=None, guest=None)).order_by("due_on", "id")[:1000]


class Turn(NamedTuple):
    """An organisation whose hour has come on ``day``, its own; what was due from ``since`` on was not told yet.

    ``weekly_on`` is its last weekly day: when that has not been told either, the mail is about the whole week.
    """

    organisation: Organisation
    day: date
    since: date
    weekly_on: date


def turns(now: datetime) -> list[Turn]:
    """The organisations whose reminders are due: from their hour on, once a day, whatever their clocks do.

    A weekly day that went by while nobody worked counts today.
    """
    told = dict(Reminded.objects.values_list("organisation_id", "told_on"))
    found = (_turn(o, now, told.get(o.pk)) for o in Organisation.objects.defer("logo").order_by("pk"))
    return [turn for turn in found if turn]


def _turn(organisation: Organisation, now: datetime, told_on: date | None) -> Turn | None:
    local = now.astimezone(ZoneInfo(organisation.time_zone))
    day = local.date()
    if local.hour < organisation.reminder_hour or (told_on is not None and told_on >= day):
        return None
    weekly_on = day - timedelta(days=(day.weekday() - organisation.reminder_weekday) % 7)
    since = day if told_on is None else max(told_on + timedelta(days=1), day - WEEK)
    return Turn(organisation, day, since, weekly_on)


class Owned(NamedTuple):
    """An open task with a day, and who is to be reminded of it; ``guest`` is the link of somebody without an account."""

    organisation_id: UUID
    task_id: UUID
    title: str
    due_on: date
    reader: UUID
    name: str
    email: str
    language: str
    reminders: str
    guest: Guest | None = None


def owned_tasks(organisations: Iterable[UUID], before: date) -> list[Owned]:
    """Open tasks that are due before a day, by day, of members who want to be reminded and of guests with a link."""
    tasks = Task.objects.filter(organisation_id__in=list(organisations), done_at=None, removed_at=None)
    tasks = tasks.filter(due_on__lt=before).order_by("due_on", "id")
    of_members = tasks.filter(owner__left_at=None, owner__person__is_active=True, owner__isnull=False)
    person = ("owner_id", "owner__person__name", "owner__person__email", "owner__person__language", "owner__reminders")
    rows = of_members.exclude(owner__reminders=Reminders.NEVER)
    found = [Owned(*row) for row in rows.values_list("organisation_id", "id", "title", "due_on", *person)]
    of_guests = tasks.filter(guest__answered_at=None, guest__withdrawn_at=None, guest__once__isnull=False)
    return found + [_of_guest(task) for task in of_guests.select_related("guest__asked_by__person")]


def _of_guest(task: Task) -> Owned:
    """Somebody without an account has a link for each task, and is one reader by the address."""
    guest = task.guest
    assert guest is not None
    assert task.due_on is not None
    reader = uuid5(task.organisation_id, guest.email)
    about = (task.organisation_id, task.id, task.title, task.due_on)
    return Owned(*about, reader, guest.name, guest.email, guest.language, Reminders.BOTH, guest)


class Waiting(NamedTuple):
    """A reminder that has not gone out yet."""

    organisation_id: UUID
    mail_id: UUID
    key: str


def waiting_reminders(organisations: Iterable[UUID]) -> list[Waiting]:
    """Reminders that have not gone out yet."""
    waiting = Mail.objects.filter(Q(sent_at=None, given_up_at=None), organisation_id__in=list(organisations))
    rows = waiting.filter(kind=REMINDER).values_list("organisation_id", "pk", "key")
    return [Waiting(*row) for row in rows]
