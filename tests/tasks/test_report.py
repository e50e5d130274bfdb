"""The list of tasks as a workbook."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from uuid import uuid4

import openpyxl
import pytest

from samenspraak.people.models import Member
from samenspraak.tasks import actions
from samenspraak.tasks.actions import Colleague, Origin, TaskDraft
from tests.factories import client_of, make_member

pytestmark = pytest.mark.django_db


def sheet(member: Member) -> list[tuple[Any, ...]]:
    answer = client_of(member).get("/tasks/tasks.xlsx")
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))


def test_every_task_stands_in_the_workbook_with_who_has_it() -> None:
    member = make_member(function="inkoop")
    origin = Origin(route="readiness:condition", row=uuid4(), item="capacity-time")
    late = TaskDraft(title="=Bel", note="Ilse", owner=member, due_on=date(2026, 12, 4))
    actions.add_task(member, late, origin)
    handed = actions.add_task(member, TaskDraft(title="Mail"))
    asked = actions.hand_over(
        member, handed, Colleague(name="Joke", email="j@example.org", language="nl", once=uuid4())
    )
    assert asked is not None
    actions.finish_by_link(asked.guest, handed, "Gemaild")
    actions.add_task(make_member(), TaskDraft(title="Van een ander"))

    rows = [row for row in sheet(member) if row[0] in ("=Bel", "Mail", "Van een ander")]

    assert [row[:3] for row in rows] == [("=Bel", "Ilse", member.label), ("Mail", None, "Joke")]
    assert (rows[0][3].date(), rows[0][4] is None, rows[1][6:8]) == (date(2026, 12, 4), False, ("Joke", "Gemaild"))


@pytest.mark.parametrize("number", [1, 3, 300])
def test_a_workbook_costs_the_same_queries_however_long_the_list(number: int, django_assert_num_queries: Any) -> None:
    member = make_member()
    for _ in range(number):
        actions.add_task(member, TaskDraft(title="Bel", owner=member))
    client = client_of(member)

    with django_assert_num_queries(3):
        client.get("/tasks/tasks.xlsx")
