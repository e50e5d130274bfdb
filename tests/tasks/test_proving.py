"""Proof that a task is done, by members: kept, fetched, taken off and put back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from samenspraak.people.models import HistoryEntry, Member
from samenspraak.tasks import actions
from samenspraak.tasks.actions import Given, TaskDraft
from samenspraak.tasks.models import Proof, Task
from tests.factories import client_of, make_member
from tests.readiness.rounds import pdf, stored_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return make_member(function="inkoop")


@pytest.fixture
def task(member: Member) -> Task:
    return actions.add_task(member, TaskDraft(title="Bel de vakbond", owner=member, due_on=date(2026, 12, 4)))


def history(task: Task) -> list[tuple[str, str, str]]:
    lines = HistoryEntry.objects.filter(subject=task.id).exclude(field="created").order_by("id")
    return list(lines.values_list("field", "old", "new"))


def test_members_add_proof_when_they_finish_and_take_it_off_and_put_it_back(member: Member, task: Task) -> None:
    client = client_of(member)
    client.post(reverse("tasks:done", args=[task.id]), {"done-note": "Gebeld", "done-file": pdf("verslag.pdf")})
    proof = Proof.objects.get()
    where = {"task_id": task.id, "proof_id": proof.id}

    fetched = client.get(reverse("tasks:proof", kwargs=where))
    steps = [
        client.post(reverse(f"tasks:{step}", kwargs=where)).status_code
        for step in ("remove_proof", "remove_proof", "put_back_proof", "put_back_proof")
    ]

    assert b"".join(fetched).startswith(b"%PDF-")
    assert (fetched["Content-Disposition"], "sandbox" in fetched["Content-Security-Policy"]) == (
        'attachment; filename="verslag.pdf"',
        True,
    )
    assert (steps, Proof.objects.get().removed_at) == ([302] * 4, None)
    assert history(task) == [
        ("done", "", "Gebeld"),
        ("proof", "", "verslag.pdf"),
        ("proof", "verslag.pdf", ""),
        ("proof", "", "verslag.pdf"),
    ]
    assert proof.stored_as.startswith(f"{member.organisation_id}/tasks/")


def test_the_same_file_after_reopening_is_one_piece_of_proof(member: Member, task: Task) -> None:
    before = stored_files()
    for _ in range(2):
        actions.finish_task(member, task, "", Given(file=pdf(), media_type="application/pdf"))
        actions.reopen_task(member, task)
    actions.remove_proof(member, Proof.objects.get())
    actions.finish_task(member, task, "", Given(file=pdf(), media_type="application/pdf"))

    assert (Proof.objects.get().removed_at, len(stored_files() - before)) == (None, 1)


def test_a_row_that_cannot_be_written_leaves_no_file(member: Member, task: Task) -> None:
    before = stored_files()
    task.organisation_id = make_member().organisation_id

    with pytest.raises(Task.DoesNotExist):
        actions.finish_task(member, task, "", Given(file=pdf(), media_type="application/pdf"))

    assert stored_files() == before


def test_a_file_that_went_from_the_folder_is_not_found(member: Member, task: Task) -> None:
    actions.finish_task(member, task, "", Given(link="https://example.org", link_name="Verslag"))

    answer = client_of(member).get(reverse("tasks:proof", args=[task.id, Proof.objects.get().id]))

    assert (answer.status_code, Proof.objects.get().name) == (404, "Verslag")


@pytest.mark.parametrize("number", [1, 3, 100])
def test_a_task_costs_the_same_queries_however_much_shows_it(
    member: Member, task: Task, number: int, django_assert_num_queries: Any
) -> None:
    Proof.objects.bulk_create(
        Proof(
            organisation=task.organisation, task=task, name="a", link="https://a.example", sha256=str(n), added_by="x"
        )
        for n in range(number)
    )
    client = client_of(member)

    with django_assert_num_queries(6):
        page = client.get(reverse("tasks:task", args=[task.id]))

    assert page.content.decode().count("https://a.example") == number
