"""An answer with a name or a day is one line in Tasks, and only one, whatever happens to its round."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samenspraak.people.models import HistoryEntry, Member, Role
from samenspraak.readiness import actions
from samenspraak.readiness.models import Answer, Round
from samenspraak.tasks.actions import TaskDraft, change_task, finish_task
from samenspraak.tasks.models import Task
from samenspraak.tasks.queries import calendar_tasks, task_rows, tasks_of_item, tasks_of_origin
from tests.factories import client_of, make_member
from tests.readiness.rounds import draft, make_round

pytestmark = pytest.mark.django_db
ONE = "commitment-support"
DAY, LATER = date(2026, 12, 4), date(2027, 1, 8)


def say(member: Member, round: Round, value: str, **fields: Any) -> Answer:
    found = Answer.objects.filter(round=round, condition_id=ONE).first()
    return actions.save_answer(member, round, ONE, draft(value, version=found.version if found else 0, **fields))


def open_lines(member: Member) -> list[tuple[str, str, date | None]]:
    rows, _ = task_rows(member, "open")
    return [(row.title, row.owner, row.due_on) for row in rows]


def test_an_answer_with_a_name_and_a_day_stands_in_the_list_under_mine_and_in_the_calendar() -> None:
    member = make_member()
    round = make_round(member)

    say(member, round, "partly", owner=member, due_on=DAY)

    line = ("Nog te regelen: Het bedrijf steunt dialoog", member.person.name, DAY)
    assert open_lines(member) == [line]
    assert [row.title for row in task_rows(member, "mine")[0]] == [line[0]]
    assert [task.title for task in calendar_tasks(member)] == [line[0]]


@pytest.mark.parametrize("fields", [{"due_on": DAY}, {"owner": True}])
def test_a_day_alone_or_a_name_alone_is_enough(fields: dict[str, Any]) -> None:
    member = make_member()

    say(
        member, make_round(member), "", **{name: member if name == "owner" else value for name, value in fields.items()}
    )

    assert len(open_lines(member)) == 1


def test_without_a_name_and_a_day_or_when_it_is_so_nothing_stands_there() -> None:
    member = make_member()

    say(member, make_round(member), "no", how="Nog niemand")
    say(member, make_round(member), "yes", owner=member, due_on=DAY)

    assert Task.objects.count() == 0


def test_another_name_and_another_day_change_the_line() -> None:
    member = make_member()
    bram = make_member(Role.EDITOR, member.organisation)
    round = make_round(member)
    say(member, round, "no", owner=member, due_on=DAY)

    say(member, round, "no", owner=bram, due_on=LATER)

    task = Task.objects.get()
    assert (task.owner, task.due_on) == (bram, LATER)
    assert list(HistoryEntry.objects.filter(subject=task.id).values_list("field", flat=True)) == [
        "created",
        "owner",
        "due_on",
    ]


def test_yes_finishes_it_and_no_opens_it_again() -> None:
    member = make_member()
    round = make_round(member)
    say(member, round, "no", owner=member, due_on=DAY)

    say(member, round, "yes", owner=member, due_on=DAY)
    done = Task.objects.get().done_by
    say(member, round, "partly", owner=member, due_on=DAY)

    assert done == member
    assert Task.objects.get().done_at is None


def test_without_a_name_and_a_day_it_leaves_the_list_and_comes_back_with_one() -> None:
    member = make_member()
    round = make_round(member)
    say(member, round, "no", owner=member, due_on=DAY)

    say(member, round, "no")
    without = open_lines(member)
    say(member, round, "no", due_on=LATER)

    assert without == []
    assert [line[2] for line in open_lines(member)] == [LATER]
    assert Task.objects.count() == 1


def test_other_words_leave_the_line_alone() -> None:
    member = make_member()
    round = make_round(member)
    say(member, round, "no", owner=member, due_on=DAY)

    say(member, round, "no", owner=member, due_on=DAY, how="Ik heb gebeld.")

    assert Task.objects.get().version == 1


def test_the_line_shows_who_and_when_beside_the_answer_alone() -> None:
    member = make_member()
    round = make_round(member)

    say(member, round, "no", owner=member, due_on=DAY)

    assert (tasks_of_item(member, round.id, ONE)[0], tasks_of_origin(member, round.id)) == ([], [])


def test_the_line_is_changed_at_the_condition() -> None:
    member = make_member()
    round = make_round(member)
    say(member, round, "no", owner=member, due_on=DAY)
    address, client = f"/tasks/{Task.objects.get().id}", client_of(member)

    page = client.get(address).content.decode()
    statuses = [client.post(f"{address}/{what}").status_code for what in ("change", "done", "reopen", "remove")]

    assert f"/ready/{round.id}/condition/{ONE}" in page
    assert ("Dit is klaar" in page, "Haal dit van de lijst" in page) == (False, False)
    assert statuses == [404, 404, 404, 404]


def test_a_closed_round_leaves_its_lines_to_whoever_works_on_them() -> None:
    member = make_member()
    round = make_round(member)
    say(member, round, "no", owner=member, due_on=DAY)

    actions.close_round(member, round)
    finish_task(member, Task.objects.get(), "Geregeld")
    actions.reopen_round(member, round)

    task = Task.objects.get()
    assert (task.done_note, task.follows_origin) == ("Geregeld", False)


def test_a_round_that_is_opened_again_says_who_and_when() -> None:
    member = make_member()
    round = make_round(member)
    say(member, round, "no", owner=member, due_on=DAY)
    actions.close_round(member, round)
    task = Task.objects.get()
    change_task(member, task, TaskDraft(title=task.title, due_on=LATER), version=task.version)

    actions.reopen_round(member, round)

    task = Task.objects.get()
    assert (task.owner, task.due_on, task.follows_origin) == (member, DAY, True)


@pytest.mark.parametrize("is_closed", [True, False])
def test_the_next_round_takes_its_lines_along(is_closed: bool) -> None:
    member = make_member()
    first = make_round(member)
    say(member, first, "no", owner=member, due_on=DAY)
    if is_closed:
        actions.close_round(member, first)

    second = make_round(member, name="Voorjaar 2027", previous=first)
    line = Task.objects.get()
    say(member, second, "yes", owner=member, due_on=DAY)

    assert (line.origin, line.follows_origin) == (second.id, True)
    assert open_lines(member) == []


def test_what_was_finished_after_closing_is_asked_again_by_the_next_round() -> None:
    member = make_member()
    first = make_round(member)
    say(member, first, "no", owner=member, due_on=DAY)
    actions.close_round(member, first)
    finish_task(member, Task.objects.get(), "")

    second = make_round(member, name="Voorjaar 2027", previous=first)

    assert list(Task.objects.filter(done_at=None).values_list("origin", flat=True)) == [second.id]
