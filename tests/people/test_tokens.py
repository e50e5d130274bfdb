from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samenspraak.people import actions
from samenspraak.people.models import ApiToken, HistoryEntry, Role
from tests.factories import client_of, make_member, token_of

pytestmark = pytest.mark.django_db


def form(**other: object) -> dict[str, object]:
    return {"name": "Rekenblad", "scope": "read", "days": "30", "once": uuid4(), **other}


def test_a_token_is_shown_once() -> None:
    client = client_of(make_member(Role.READER))

    made = client.post("/account/tokens", form()).content.decode()
    later = client.get("/account/tokens").content.decode()

    assert ("sam_" in made, "sam_" in later, "Rekenblad" in later) == (True, False, True)
    token = ApiToken.objects.get()
    assert abs(token.expires_at - timezone.now() - timedelta(days=30)) < timedelta(minutes=1)


def test_the_same_form_twice_makes_one_token() -> None:
    client, sent = client_of(make_member()), form()

    pages = [client.post("/account/tokens", sent).content.decode().partition("sam_")[2][:43] for _ in range(2)]

    assert (pages[0], ApiToken.objects.count(), HistoryEntry.objects.count()) == (pages[1], 1, 1)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Zeg in een paar woorden waar het voor is."),
        ({"name": "x" * 81}, "81"),
        ({"scope": "alles"}, "alles"),
        ({"days": "9999"}, "9999"),
    ],
)
def test_a_token_that_cannot_be_made_says_why(wrong: dict[str, object], told: str) -> None:
    response = client_of(make_member()).post("/account/tokens", form(**wrong))

    assert (response.status_code, told in response.content.decode(), ApiToken.objects.count()) == (422, True, 0)


def test_a_token_is_withdrawn_by_its_member_alone() -> None:
    member = make_member()
    token_of(member)
    token = ApiToken.objects.get()
    colleague = make_member(organisation=member.organisation)
    address = f"/account/tokens/{token.pk}/withdraw"

    theirs = client_of(colleague).post(address).status_code
    own = client_of(member).post(address, follow=True)

    token.refresh_from_db()
    assert (theirs, token.withdrawn_at is None) == (404, False)
    assert "Het token is ingetrokken." in own.content.decode()


def test_a_token_withdrawn_twice_stands_in_the_history_once() -> None:
    member = make_member()
    token_of(member)
    token = ApiToken.objects.get()

    for _ in range(2):
        actions.withdraw_token(member, token)

    assert list(HistoryEntry.objects.values_list("old", "new")) == [("", "Rekenblad"), ("Rekenblad", "")]


def test_a_token_that_is_too_old_says_so() -> None:
    member = make_member()
    token_of(member)
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(days=1), last_used_on="2026-11-01")

    text = client_of(member).get("/account/tokens").content.decode()

    assert ("Te oud" in text, "1 november 2026" in text) == (True, True)


def test_use_is_noted_once_a_day() -> None:
    token_of(make_member())
    token = ApiToken.objects.get()
    actions.note_use(token)
    token.refresh_from_db()

    actions.note_use(token)

    assert token.last_used_on == timezone.now().date()


@pytest.mark.parametrize("number", [1, 3, 300])
def test_the_page_asks_the_same_however_many_tokens_there_are(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    member = make_member()
    for _ in range(number):
        token_of(member)
    client = client_of(member)

    with django_assert_num_queries(3):
        text = client.get("/account/tokens").content.decode()

    assert text.count("Trek in") == min(number, 100)
