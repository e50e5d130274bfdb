"""How many queries a page of tasks costs: one number, with one row, three or three hundred; and what a list holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404
from django.urls import reverse
from icalendar import Calendar

from samenspraak.people.models import Person
from samenspraak.tasks import actions
from samenspraak.tasks.actions import Origin, TaskDraft
from samenspraak.tasks.models import Task
from samenspraak.tasks.queries import (
    calendar_tasks,
    member_of_calendar,
    next_tasks,
    open_count,
    open_counts,
    open_tasks_of,
    task_for,
    task_rows,
    tasks_of_item,
    tasks_of_origin,
)
from tests.factories import client_of, make_member
from tests.readiness.many import CONDITIONS, ONE, make_many

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
PAGES = {"": 3, "?show=mine": 3, "?show=done": 3, "?page=2": 3, "new": 3, "calendar": 2}


@pytest.mark.parametrize("rows", [1, 3, 300])
@pytest.mark.parametrize("where", PAGES)
def test_a_list_costs_the_same_queries_however_much_there_is(
    where: str, rows: int, django_assert_num_queries: Any
) -> None:
    member = make_member()
    make_many(member, rows)
    Task.objects.filter(title__endswith="1").update(owner=member)
    client = client_of(member)

    with django_assert_num_queries(PAGES[where]):
        response = client.get(f"/tasks/{where}")

    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_a_task_costs_the_same_queries_however_long_its_history(rows: int, django_assert_num_queries: Any) -> None:
    member = make_member()
    make_many(member, rows)
    task = actions.add_task(member, TaskDraft(title="Bel", owner=member))
    for number in range(min(rows, 120)):
        actions.change_task(member, task, TaskDraft(title=f"Bel {number}"), version=number + 1)
    client = client_of(member)

    with django_assert_num_queries(6):
        response = client.get(reverse("tasks:task", args=[task.id]))

    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_a_calendar_costs_the_same_queries_however_much_stands_in_it(
    rows: int, django_assert_num_queries: Any, client: Any
) -> None:
    member = make_member()
    make_many(member, rows)
    Task.objects.update(owner=None)
    key = actions.make_calendar_key(member)

    with django_assert_num_queries(2):
        response = client.get(reverse("tasks:calendar_feed", args=[key]))

    assert len(Calendar.from_ical(response.content).walk("VEVENT")) == rows


def test_a_calendar_holds_at_most_a_thousand_tasks_the_first_to_do() -> None:
    member = make_member()
    Task.objects.bulk_create(
        Task(organisation=member.organisation, title=f"{n}", due_on=TODAY + timedelta(days=n)) for n in range(1001)
    )

    found = [task.title for task in calendar_tasks(member)]

    assert (len(found), found[0], found[-1]) == (1000, "0", "999")


def test_a_calendar_holds_own_tasks_and_those_of_nobody_that_have_a_day_and_are_open() -> None:
    member, colleague = make_member(), make_member()
    colleague.organisation = member.organisation
    colleague.save()
    own, nobodys, theirs, dayless, done, removed = (
        actions.add_task(member, TaskDraft(title="Bel", owner=owner, due_on=day))
        for owner, day in [(member, TODAY), (None, TODAY), (colleague, TODAY), (member, None), *[(member, TODAY)] * 2]
    )
    actions.finish_task(member, done, "")
    actions.remove_task(member, removed)

    found = {task.id for task in calendar_tasks(member)}

    assert found == {own.id, nobodys.id}
    assert {theirs.id, dayless.id, done.id, removed.id}.isdisjoint(found)


def test_the_key_of_somebody_whose_account_was_closed_opens_nothing() -> None:
    member = make_member()
    key = actions.make_calendar_key(member)
    Person.objects.filter(pk=member.person_id).update(is_active=False)

    with pytest.raises(Http404):
        member_of_calendar(key)


def test_a_hundred_tasks_stand_on_a_page_the_first_to_do_first() -> None:
    member = make_member()
    make_many(member, 201)
    Task.objects.filter(title="Actiepunt 0").update(due_on=None)

    pages = [task_rows(member, "open", page) for page in (1, 2, 3)]

    assert [(len(rows), has_next) for rows, has_next in pages] == [(100, True), (100, True), (1, False)]
    assert (pages[0][0][0].title, pages[2][0][0].title) == ("Actiepunt 1", "Actiepunt 0")


def test_each_list_holds_its_own() -> None:
    member, colleague = make_member(function="inkoop"), make_member()
    mine = actions.add_task(member, TaskDraft(title="Van mij", owner=member))
    nobodys = actions.add_task(member, TaskDraft(title="Van niemand"))
    done = actions.finish_task(member, actions.add_task(member, TaskDraft(title="Klaar", owner=member)), "")
    actions.remove_task(member, actions.add_task(member, TaskDraft(title="Weg", owner=member)))
    actions.add_task(colleague, TaskDraft(title="Elders", owner=colleague))

    found = {which: {row.id for row in task_rows(member, which)[0]} for which in ("open", "mine", "done")}

    assert found == {"open": {mine.id, nobodys.id}, "mine": {mine.id}, "done": {done.id}}
    assert open_count(member) == 2


def test_what_is_done_stands_with_the_latest_first() -> None:
    member = make_member()
    for title in ("Eerst", "Daarna"):
        actions.finish_task(member, actions.add_task(member, TaskDraft(title=title)), "")

    rows, _has_next = task_rows(member, "done")

    assert [row.title for row in rows] == ["Daarna", "Eerst"]


def test_the_first_three_are_next_and_know_who_and_whether_they_are_late() -> None:
    member = make_member(function="inkoop")
    for days in (3, -1, 0, 9):
        actions.add_task(member, TaskDraft(title=f"{days}", owner=member, due_on=TODAY + timedelta(days=days)))
    actions.add_task(member, TaskDraft(title="zonder dag"))

    found = next_tasks(member)

    assert [(row.title, row.is_late(TODAY)) for row in found] == [("-1", True), ("0", False), ("3", False)]
    assert {(row.owner, row.function) for row in found} == {(member.person.name, "inkoop")}


def test_a_row_without_owner_or_day_is_of_nobody_and_never_late() -> None:
    member = make_member()
    actions.add_task(member, TaskDraft(title="Bel"))

    [row] = next_tasks(member)

    assert (row.owner, row.function, row.is_late(TODAY)) == ("", "", False)


def test_what_is_done_is_never_late() -> None:
    member = make_member()
    task = actions.add_task(member, TaskDraft(title="Bel", due_on=TODAY - timedelta(days=9)))
    actions.finish_task(member, task, "")

    [row], _has_next = task_rows(member, "done")

    assert row.is_late(TODAY) is False
    assert (task_for(member, task.id).done_at is None) is False


def test_a_removed_task_is_found_by_its_address_and_counted_nowhere() -> None:
    member, row = make_member(), uuid4()
    task = actions.add_task(member, TaskDraft(title="Bel"), Origin(route="readiness:condition", row=row, item=ONE))
    actions.remove_task(member, task)

    assert task_for(member, task.id) == task
    assert (tasks_of_origin(member, row), open_counts(member, row), open_tasks_of(member, row, 5)) == ([], {}, ([], 0))


def test_a_task_of_another_organisation_is_not_found() -> None:
    task = actions.add_task(make_member(), TaskDraft(title="Van een ander"))

    with pytest.raises(Http404):
        task_for(make_member(), task.id)


def test_tasks_of_one_condition_begin_with_those_of_the_method_and_end_at_a_hundred() -> None:
    member = make_member()
    round = make_many(member, 100)
    origin = Origin(route="readiness:condition", row=round.id, item=ONE, action_id="commitment-support-terms")
    chosen = actions.add_task(member, TaskDraft(title="Van de methode"), origin)

    found, has_more = tasks_of_item(member, round.id, ONE)

    assert (found[0].id, len(found), has_more) == (chosen.id, 100, True)
    assert tasks_of_item(member, round.id, CONDITIONS[1]) == ([], False)


def test_open_tasks_are_counted_and_only_the_first_are_read() -> None:
    member = make_member()
    round = make_many(member, 7)
    actions.finish_task(member, Task.objects.get(title="Actiepunt 0"), "")

    found, number = open_tasks_of(member, round.id, 5)

    assert (len(found), number, open_counts(member, round.id)) == (5, 6, {ONE: 6})
