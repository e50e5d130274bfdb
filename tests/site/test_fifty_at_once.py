"""Every form that changes something, sent fifty times at the same moment: it counts once.

A double click, a slow line on which somebody presses again, two tabs: fifty threads with connections of their own,
against the database file, is the same and worse. What the people of an installation do before they are members
(first run, the link of an invitation, passwords) has its own tests in ``tests/people``.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from samenspraak.people import passkeys
from samenspraak.people.access import ACCESS
from samenspraak.people.http import CONFIRMED
from samenspraak.people.models import HistoryEntry
from samenspraak.readiness.models import (
    Answer,
)
from tests.factories import client_of, make_member
from tests.people.device import Device
from tests.people.parallel import all_at_once
from tests.people.routes import Browser
from tests.readiness.rounds import make_round, stored_files
from tests.site.at_once_cases import CASES, ELSEWHERE, ONE, TABLES
from tests.site.at_once_programs import programs_of, send


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def kept() -> Counter[str]:
    """How many rows each table has, and how many files there are."""
    return Counter({table.__name__: table.objects.count() for table in TABLES} | {"file": len(stored_files())})  # type: ignore[attr-defined]


def last_line() -> int:
    return HistoryEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0


def confirmed(client: Client) -> Client:
    """Who gave the password just now."""
    session = client.session
    session[CONFIRMED] = time.time()
    session.save()
    return client


def twins_of(client: Client) -> list[Browser]:
    """Fifty browsers with the same session: one person, fifty clicks."""
    twins = [Browser() for _ in range(50)]
    for twin in twins:
        twin.cookies.update(client.cookies)
    return twins


def test_every_form_that_changes_something_is_sent_fifty_times() -> None:
    asked = {case.route for case in CASES.values()} | ELSEWHERE

    forms = {name for name, rule in ACCESS.items() if rule.post is not None}

    assert sorted(forms - asked) == []
    assert sorted(asked - forms) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", CASES)
def test_fifty_at_once_count_once(name: str) -> None:
    case, member = CASES[name], make_member()
    sent = case.prepare(member)
    address = reverse(case.route, kwargs=sent.arguments or None)
    is_json = case.route.startswith("api:")
    twins = programs_of(member) if is_json else twins_of(confirmed(client_of(member)))
    before, line = kept(), last_line()

    answers = set(all_at_once(50, lambda n: send(twins[n], address, sent.form(), is_json=is_json).status_code))

    lines = HistoryEntry.objects.filter(id__gt=line).values_list("field", flat=True)
    assert answers <= case.ends
    after = kept()
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == case.rows
    assert sorted(lines) == case.history


@pytest.mark.django_db(transaction=True)
def test_fifty_different_answers_at_once_keep_one_and_give_forty_nine_back() -> None:
    member = make_member()
    round: UUID = make_round(member).id
    address = reverse("readiness:save_answer", args=[round, ONE])
    twins = twins_of(client_of(member))

    def save(n: int) -> tuple[int, bool]:
        answer = twins[n].post(address, {"value": "partly", "how": f"Tekst {n}.", "version": 0})
        return answer.status_code, f"Tekst {n}." in answer.content.decode()

    answers = Counter(all_at_once(50, save))

    assert answers == {(302, False): 1, (409, True): 49}
    assert (Answer.objects.get().version, HistoryEntry.objects.filter(field="how").count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_fifty_times_the_same_passkey_is_one() -> None:
    member = make_member()
    question = passkeys.ask_new(member.person)
    form = {"name": "Laptop", "state": question.state, "credential": json.dumps(Device().new(question.options))}
    twins = twins_of(confirmed(client_of(member)))

    answers = Counter(
        all_at_once(50, lambda n: twins[n].post("/account/security/passkey", form, SERVER_NAME="localhost").status_code)
    )

    assert answers == {200: 50}
    assert sorted(Authenticator.objects.values_list("type", flat=True)) == ["recovery_codes", "webauthn"]
