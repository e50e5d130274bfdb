from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.http import Http404

from samenspraak.people.models import HistoryEntry, Member
from samenspraak.tasks import actions
from samenspraak.tasks.actions import Origin, StaleVersion, TaskDraft
from samenspraak.tasks.models import CalendarKey, Task
from samenspraak.tasks.queries import hash_of, member_of_calendar
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def fields_in_history(task: Task) -> list[tuple[str, str, str]]:
    return list(HistoryEntry.objects.filter(subject=task.id).order_by("id").values_list("field", "old", "new"))


def test_a_repeated_key_gives_the_task_that_is_there() -> None:
    member, key = make_member(), uuid4()

    first = actions.add_task(member, TaskDraft(title="Bel de vakbond", key=key))
    second = actions.add_task(member, TaskDraft(title="Bel de vakbond", key=key))

    assert (first.id, second.id, Task.objects.count()) == (key, key, 1)
    assert fields_in_history(first) == [("created", "", "Bel de vakbond")]


def test_a_key_of_another_organisation_opens_nothing() -> None:
    theirs = actions.add_task(make_member(), TaskDraft(title="Van een ander", key=uuid4()))

    with pytest.raises(Http404):
        actions.add_task(make_member(), TaskDraft(title="Van mij", key=theirs.id))


def test_one_action_of_the_method_gives_one_task_per_origin() -> None:
    member = make_member()
    origin = Origin(route="readiness:condition", row=uuid4(), item="capacity-time", action_id="capacity-time-estimate")

    first = actions.add_task(member, TaskDraft(title="Schat de uren"), origin)
    second = actions.add_task(member, TaskDraft(title="Schat de uren nog eens"), origin)

    assert second.id == first.id
    assert second.title == "Schat de uren"


def test_choosing_a_removed_action_again_puts_it_back() -> None:
    member = make_member()
    origin = Origin(route="readiness:condition", row=uuid4(), item="capacity-time", action_id="capacity-time-estimate")
    task = actions.add_task(member, TaskDraft(title="Schat de uren"), origin)
    actions.remove_task(member, task)

    again = actions.add_task(member, TaskDraft(title="Schat de uren"), origin)

    assert (again.id, again.removed_at) == (task.id, None)


def test_a_change_is_kept_with_what_stood_there_before() -> None:
    member = make_member(function="inkoop")
    task = actions.add_task(member, TaskDraft(title="Bel de vakbond", owner=member))
    draft = TaskDraft(title="Bel de vakbond vandaag", owner=None, due_on=date(2026, 12, 4))

    changed = actions.change_task(member, task, draft, version=task.version)

    assert (changed.title, changed.owner, changed.due_on, changed.version) == (draft.title, None, draft.due_on, 2)
    assert fields_in_history(task)[1:] == [
        ("title", "Bel de vakbond", "Bel de vakbond vandaag"),
        ("owner", member.label, ""),
        ("due_on", "", "2026-12-04"),
    ]


def test_a_stale_page_gets_what_stands_there_now() -> None:
    member = make_member()
    task = actions.add_task(member, TaskDraft(title="Eén"))
    actions.change_task(member, task, TaskDraft(title="Twee"), version=1)

    with pytest.raises(StaleVersion) as stale:
        actions.change_task(member, task, TaskDraft(title="Drie"), version=1)

    assert stale.value.row == task
    assert Task.objects.get().title == "Twee"


def test_saying_the_same_on_a_stale_page_is_no_conflict() -> None:
    member = make_member()
    task = actions.add_task(member, TaskDraft(title="Eén"))
    actions.change_task(member, task, TaskDraft(title="Twee"), version=1)

    same = actions.change_task(member, task, TaskDraft(title="Twee"), version=1)

    assert same.version == 2


def test_done_twice_is_done_once() -> None:
    member, other = make_member(), make_member()
    task = actions.add_task(member, TaskDraft(title="Eén"))

    first = actions.finish_task(member, task, "Gebeld op dinsdag")
    second = actions.finish_task(other, task, "Ook gebeld")

    assert (second.done_by_id, second.done_note, second.done_at) == (member.id, "Gebeld op dinsdag", first.done_at)


def test_done_can_be_taken_back_and_the_note_stays_in_the_history() -> None:
    member = make_member()
    task = actions.finish_task(member, actions.add_task(member, TaskDraft(title="Eén")), "Gebeld")

    reopened = actions.reopen_task(member, task)
    again = actions.reopen_task(member, task)

    assert (reopened.done_at, again.version) == (None, reopened.version)
    assert fields_in_history(task)[1:] == [("done", "", "Gebeld"), ("done", "Gebeld", "")]


def test_removing_and_putting_back_change_once() -> None:
    member = make_member()
    task = actions.add_task(member, TaskDraft(title="Eén"))

    actions.remove_task(member, task)
    actions.remove_task(member, task)
    actions.put_back_task(member, task)
    actions.put_back_task(member, task)

    assert Task.objects.get().removed_at is None
    assert fields_in_history(task)[1:] == [("removed", "Eén", ""), ("removed", "", "Eén")]


def test_a_new_calendar_address_ends_the_old_one() -> None:
    member = make_member()
    old = actions.make_calendar_key(member)

    new = actions.make_calendar_key(member)

    assert CalendarKey.objects.get().key_hash == hash_of(new)
    assert member_of_calendar(new) == member
    with pytest.raises(Http404):
        member_of_calendar(old)


def test_the_feed_ends_with_the_membership() -> None:
    member = make_member()
    key = actions.make_calendar_key(member)
    Member.objects.filter(id=member.id).update(left_at="2026-11-21T12:00:00Z")

    with pytest.raises(Http404):
        member_of_calendar(key)
