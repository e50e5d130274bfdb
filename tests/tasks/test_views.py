"""Pages of tasks as people use them: forms that come back, stale pages, the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from samenspraak.people.models import Member, Role
from samenspraak.tasks import actions
from samenspraak.tasks.actions import Origin, TaskDraft
from samenspraak.tasks.models import CalendarKey, Task
from tests.factories import client_of, make_member
from tests.readiness.rounds import make_round

pytestmark = pytest.mark.django_db
ONE = "commitment-support"


@pytest.fixture
def member() -> Member:
    return make_member(function="inkoop", language="en")


@pytest.fixture
def task(member: Member) -> Task:
    return actions.add_task(member, TaskDraft(title="Bel de vakbond", owner=member))


def address(name: str, *parts: Any) -> str:
    return reverse(f"tasks:{name}", args=parts)


def test_a_task_of_ones_own_stands_on_the_list(member: Member) -> None:
    client, key = client_of(member), uuid4()
    form = {"title": "  Bel de   vakbond ", "note": "Ilse weet het nummer", "owner": member.id, "due_on": "4-12-2026"}

    response = client.post(address("new"), {**form, "key": key})

    task = Task.objects.get()
    assert (response.status_code, response["Location"]) == (302, address("tasks"))
    assert (task.id, task.title, task.note) == (key, "Bel de vakbond", "Ilse weet het nummer")
    assert (task.owner, task.due_on, task.origin) == (member, date(2026, 12, 4), None)
    assert "Bel de vakbond" in client.get(address("tasks")).content.decode()


def test_a_task_without_words_is_not_made_and_the_rest_stays(member: Member) -> None:
    response = client_of(member).post(address("new"), {"title": " ", "note": "Blijft staan", "owner": str(uuid4())})

    page = response.content.decode()
    assert (response.status_code, Task.objects.count()) == (422, 0)
    assert ("Say in a few words what has to be done." in page, "Blijft staan" in page) == (True, True)
    assert "Choose a colleague from the list." in page


def test_the_form_of_a_new_task_proposes_oneself(member: Member) -> None:
    page = client_of(member).get(address("new")).content.decode()

    assert f'<option value="{member.id}" selected>' in page


def test_a_change_is_kept(member: Member, task: Task) -> None:
    form = {"title": "Mail de vakbond", "note": "Kort", "owner": "", "due_on": "2027-01-01", "version": 1}

    response = client_of(member).post(address("change", task.id), form)

    task.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, address("task", task.id))
    assert (task.title, task.note, task.owner, task.due_on) == ("Mail de vakbond", "Kort", None, date(2027, 1, 1))


@pytest.mark.parametrize("version", ["1", ""])
def test_a_stale_page_shows_both_texts_and_keeps_what_stood_there(member: Member, task: Task, version: str) -> None:
    actions.change_task(member, task, TaskDraft(title="Van de ander", note="Hun noot"), version=1)

    response = client_of(member).post(address("change", task.id), {"title": "Van mij", "version": version})

    page = response.content.decode()
    assert (response.status_code, Task.objects.get().title) == (409, "Van de ander")
    assert [text in page for text in ("Van de ander", "Hun noot", "Van mij")] == [True] * 3
    assert 'name="version" value="2"' in page


def test_a_change_without_words_comes_back(member: Member, task: Task) -> None:
    response = client_of(member).post(address("change", task.id), {"title": "", "note": "Blijft staan", "version": 1})

    assert (response.status_code, Task.objects.get().title) == (422, "Bel de vakbond")
    assert "Blijft staan" in response.content.decode()


def test_done_not_done_off_the_list_and_back(member: Member, task: Task) -> None:
    client, page = client_of(member), address("task", task.id)

    steps = [
        client.post(address("done", task.id), {"done-note": "Gebeld op dinsdag"}),
        client.get(page),
        client.post(address("reopen", task.id)),
        client.post(address("remove", task.id)),
        client.get(page),
        client.post(address("put_back", task.id)),
    ]

    assert [step.status_code for step in steps] == [302, 200, 302, 302, 200, 302]
    assert "Gebeld op dinsdag" in steps[1].content.decode()
    assert steps[3]["Location"] == f"{address('tasks')}?removed={task.id}"
    assert "This task has been taken off the list." in steps[4].content.decode()
    task.refresh_from_db()
    assert (task.done_at, task.removed_at) == (None, None)


def test_the_list_offers_to_undo_a_removal(member: Member, task: Task) -> None:
    client = client_of(member)

    page = client.get(client.post(address("remove", task.id))["Location"]).content.decode()

    assert f'action="{address("put_back", task.id)}"' in page
    assert "Bel de vakbond" not in page


def test_a_note_that_is_too_long_comes_back_and_the_task_stays_open(member: Member, task: Task) -> None:
    response = client_of(member).post(address("done", task.id), {"done-note": "w" * 2001})

    page = response.content.decode()
    assert (response.status_code, Task.objects.get().done_at) == (422, None)
    assert ("2001" in page, "w" * 2001 in page) == (True, True)


def test_a_reader_sees_a_task_and_no_way_to_change_it(member: Member, task: Task) -> None:
    reader = make_member(Role.READER, member.organisation)

    page = client_of(reader).get(address("task", task.id)).content.decode()

    assert member.label in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


def test_a_task_leads_back_to_where_it_came_from(member: Member) -> None:
    round = make_round(member)
    origin = Origin(route="readiness:condition", row=round.id, item=ONE)
    task = actions.add_task(member, TaskDraft(title="Bel"), origin)
    client = client_of(member)

    pages = [client.get(where).content.decode() for where in (address("task", task.id), address("tasks"))]

    link = f'href="{reverse("readiness:condition", args=[round.id, ONE])}"'
    assert [link in page for page in pages] == [True, True]


def test_a_task_whose_day_has_passed_is_late(member: Member) -> None:
    actions.add_task(member, TaskDraft(title="Bel", due_on=timezone.localdate() - timedelta(days=1)))

    page = client_of(member).get(address("tasks")).content.decode()

    assert ", late</span>" in page


def test_the_second_page_of_the_list_leads_back_to_the_first(member: Member) -> None:
    Task.objects.bulk_create(Task(organisation=member.organisation, title=f"Taak {n}") for n in range(101))
    client = client_of(member)

    pages = [client.get(address("tasks"), {"page": page}).content.decode() for page in (1, 2)]

    assert ["page=2" in pages[0], "page=1" in pages[1]] == [True, True]


def test_the_address_of_a_calendar_is_told_once_and_only_its_hash_is_kept(member: Member) -> None:
    client = client_of(member)

    told = client.post(address("calendar")).content.decode()
    later = client.get(address("calendar")).content.decode()

    link = told.split('readonly value="')[1].split('"')[0]
    assert ("readonly" in later, CalendarKey.objects.get().key_hash in link) == (False, False)
    assert Client().get(link).status_code == 200


def test_a_calendar_holds_whole_days_with_a_link(member: Member) -> None:
    task = actions.add_task(member, TaskDraft(title="Bel; de, vakbond\\", due_on=date(2026, 12, 4), note="Een\nTwee"))
    key = actions.make_calendar_key(member)

    response = Client().get(address("calendar_feed", key))

    [entry] = Calendar.from_ical(response.content).walk("VEVENT")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert (str(entry["summary"]), str(entry["description"])) == ("Bel; de, vakbond\\", "Een\nTwee")
    assert entry["dtstart"].dt == date(2026, 12, 4)
    assert str(entry["url"]).endswith(address("task", task.id))


def test_an_entry_without_a_note_has_no_description(member: Member) -> None:
    actions.add_task(member, TaskDraft(title="Bel", due_on=date(2026, 12, 4)))
    key = actions.make_calendar_key(member)

    [entry] = Calendar.from_ical(Client().get(address("calendar_feed", key)).content).walk("VEVENT")

    assert "description" not in entry


def test_a_task_and_a_key_are_named_after_what_they_are(member: Member, task: Task) -> None:
    actions.make_calendar_key(member)
    key = CalendarKey.objects.get()

    assert (str(task), str(key)) == ("Bel de vakbond", str(key.made_at))
