"""Addresses and forms that name two things of which one belongs to somebody else: nothing is found, nothing changes.

The matrix asks with everything of oneself or everything of another organisation; here one part of each is foreign.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.urls import reverse

from samenspraak.people.models import Member
from samenspraak.readiness.actions import add_file
from samenspraak.readiness.models import Evidence, Round
from samenspraak.tasks.actions import TaskDraft, add_task
from samenspraak.tasks.models import Task
from tests.factories import make_member
from tests.people.routes import Browser
from tests.people.test_safety import database
from tests.readiness.rounds import make_round, pdf

pytestmark = pytest.mark.django_db
ONE = "commitment-support"


class Things(NamedTuple):
    """What an organisation has: two rounds, a piece of evidence in the first, a task."""

    member: Member
    round: Round
    other: Round
    evidence: Evidence
    task: Task


def things() -> Things:
    member = make_member()
    first, second = make_round(member), make_round(member)
    piece = add_file(member, first, ONE, pdf(), "application/pdf")
    return Things(member, first, second, piece, add_task(member, TaskDraft(title="Bel de vakbond")))


def address(name: str, *parts: UUID | str) -> str:
    return reverse(name, args=parts)


Asked = tuple[str, str, dict[str, Any]]
EVIDENCE = ("readiness:remove_evidence", "readiness:put_back_evidence")
ADDRESSES: dict[str, Callable[[Things, Things], Asked]] = {
    "own round, foreign evidence": lambda o, t: ("get", address("readiness:evidence", o.round.id, t.evidence.id), {}),
    "foreign round, own evidence": lambda o, t: ("get", address("readiness:evidence", t.round.id, o.evidence.id), {}),
    "own evidence of another round": lambda o, _: ("get", address("readiness:evidence", o.other.id, o.evidence.id), {}),
    "own beside foreign": lambda o, t: ("get", address("readiness:compare", o.round.id, t.round.id), {}),
    "foreign beside own": lambda o, t: ("get", address("readiness:compare", t.round.id, o.round.id), {}),
    "a round begun with foreign answers": lambda _, t: (
        "post",
        address("readiness:start"),
        {"name": "Gekaapt", "previous": t.round.id},
    ),
    "a round with the key of a foreign one": lambda _, t: ("post", address("readiness:start"), {"key": t.round.id}),
    "a task with the key of a foreign one": lambda _, t: (
        "post",
        address("tasks:new"),
        {"title": "Gekaapt", "key": t.task.id},
    ),
    "a task of a condition with the key of a foreign one": lambda o, t: (
        "post",
        address("readiness:make_task", o.round.id, ONE),
        {"title": "Gekaapt", "key": t.task.id},
    ),
} | {
    f"{name}: {said}": lambda o, t, name=name, which=which: ("post", address(name, *which(o, t)), {})
    for name in EVIDENCE
    for said, which in {
        "own round, foreign evidence": lambda o, t: (o.round.id, t.evidence.id),
        "foreign round, own evidence": lambda o, t: (t.round.id, o.evidence.id),
        "own evidence of another round": lambda o, _: (o.other.id, o.evidence.id),
    }.items()
}


@pytest.mark.parametrize("said", ADDRESSES)
def test_half_of_somebody_else_is_not_found_and_changes_nothing(said: str) -> None:
    own, theirs = things(), things()
    client = Browser()
    client.force_login(own.member.person)
    method, where, data = ADDRESSES[said](own, theirs)
    before = database()

    response = getattr(client, method)(where, data)

    assert response.status_code == 404
    assert database() == before


@pytest.mark.parametrize("route", ["readiness:save_answer", "readiness:make_task", "tasks:new", "tasks:change"])
def test_nobody_of_another_organisation_takes_care_of_something_here(route: str) -> None:
    own, theirs = things(), things()
    client = Browser()
    client.force_login(own.member.person)
    places = {"tasks:new": (), "tasks:change": (own.task.id,)}
    data = {"title": "Gekaapt", "value": "yes", "version": 1, "owner": theirs.member.id}
    before = database()

    response = client.post(address(route, *places.get(route, (own.round.id, ONE))), data)

    assert response.status_code == 422
    assert database() == before


NONSENSE = ["x", "", "-1", "0", "1" * 30, "00001" + "9" * 30, "9" * 5000, "²", "%00", "' OR 1=1", "\ud7ff\uffff"]


@pytest.mark.parametrize(
    "route",
    [
        "readiness:rounds",
        "readiness:condition",
        "readiness:history",
        "tasks:tasks",
        "tasks:task",
        "people:organisation",
        "library:search",
    ],
)
@pytest.mark.parametrize("key", ["page", "removed", "show", "history", "done", "q"])
def test_nothing_typed_in_an_address_breaks_a_page(route: str, key: str) -> None:
    own = things()
    client = Browser(raise_request_exception=False)
    client.force_login(own.member.person)
    parts: dict[str, tuple[UUID | str, ...]] = {
        "readiness:condition": (own.round.id, ONE),
        "readiness:history": (own.round.id,),
        "tasks:task": (own.task.id,),
    }

    answers = {text: client.get(address(route, *parts.get(route, ())), {key: text}).status_code for text in NONSENSE}

    assert answers == dict.fromkeys(NONSENSE, 200)


def test_what_somebody_else_removed_cannot_be_put_back_from_the_page_that_offers_it() -> None:
    own, theirs = things(), things()
    client = Browser()
    client.force_login(own.member.person)

    page = client.get(address("readiness:condition", own.round.id, ONE), {"removed": str(theirs.evidence.id)})
    response = client.post(address("readiness:put_back_evidence", own.round.id, theirs.evidence.id))

    assert (page.status_code, response.status_code) == (200, 404)
