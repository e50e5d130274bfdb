"""Passkeys: set up, in by one alone, the second step, and what is refused."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from fido2.webauthn import AuthenticatorData

from samenspraak.people import actions, passkeys
from samenspraak.people.models import Member, Person
from tests.factories import client_of, make_member
from tests.people.device import Device
from tests.people.second_step import (
    BY_PASSKEY,
    CODE,
    PASSKEY,
    SECURITY,
    Client,
    after_password,
    device_for,
    hidden,
    member,
    signed_in,
    text_of,
)
from tests.people.signing_in import DUTCH, SIGN_IN, is_in, sign_in

__all__ = ["member"]
pytestmark = pytest.mark.django_db


def test_a_passkey_lets_in_by_itself(member: Member) -> None:
    device = device_for(signed_in(member.person))
    client = Client(headers=DUTCH)
    page = client.get(SIGN_IN)

    form = {"state": hidden(page, "state"), "credential": json.dumps(device.answer(hidden(page, "options")))}
    response = client.post(BY_PASSKEY, {**form, "next": "/organisation"})

    assert (response.status_code, response["Location"], is_in(client)) == (302, "/organisation", True)


def test_the_first_passkey_brings_recovery_codes_and_the_second_does_not(member: Member) -> None:
    client = signed_in(member.person)
    device_for(client)
    page, device = client.get(PASSKEY), Device()

    form = {"state": hidden(page, "state"), "credential": json.dumps(device.new(hidden(page, "options")))}
    response = client.post(PASSKEY, form)

    assert response["Location"] == f"{SECURITY}?done=added"
    assert sorted(Authenticator.objects.values_list("type", flat=True)) == ["recovery_codes", "webauthn", "webauthn"]
    assert '<p class="what">Passkey</p>' in text_of(client.get(SECURITY))


def test_after_the_password_a_passkey_is_the_second_step(member: Member) -> None:
    device = device_for(signed_in(member.person))
    client = after_password(member.person)
    page = client.get(CODE)

    response = client.post(
        CODE, {"state": hidden(page, "state"), "credential": json.dumps(device.answer(hidden(page, "options")))}
    )

    assert (response["Location"], is_in(client)) == ("/", True)


def test_the_answer_of_a_device_counts_once(member: Member) -> None:
    device = device_for(signed_in(member.person))
    page = Client().get(SIGN_IN)
    form = {"state": hidden(page, "state"), "credential": json.dumps(device.answer(hidden(page, "options")))}
    first, second = Client(headers=DUTCH), Client(headers=DUTCH)

    answers = [first.post(BY_PASSKEY, form), second.post(BY_PASSKEY, form)]

    assert [a.status_code for a in answers] == [302, 422]
    assert "Deze passkey past niet" in text_of(answers[1])
    assert not is_in(second)


def test_an_old_question_is_not_answered_any_more(member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    device = device_for(signed_in(member.person))
    page, now = Client().get(SIGN_IN), time.time()
    form = {"state": hidden(page, "state"), "credential": json.dumps(device.answer(hidden(page, "options")))}

    monkeypatch.setattr(time, "time", lambda: now + 601)

    assert Client().post(BY_PASSKEY, form).status_code == 422


@pytest.mark.parametrize(
    "device",
    [
        Device(origin="https://evil.example"),
        Device(origin="http://localhost:9999"),
        Device(flags=AuthenticatorData.FLAG.UP),
    ],
    ids=["another site", "another port", "without finger, face or PIN"],
)
def test_a_device_that_may_not_is_refused(member: Member, device: Device) -> None:
    client = signed_in(member.person)
    page = client.get(PASSKEY)
    answer = device.new(hidden(page, "options"))

    response = client.post(PASSKEY, {"state": hidden(page, "state"), "credential": json.dumps(answer)}, headers=DUTCH)

    assert (response.status_code, "past niet" in text_of(response)) == (422, True)
    assert not Authenticator.objects.exists()


def test_another_device_with_the_same_number_lets_nobody_in(member: Member) -> None:
    device, thief = device_for(signed_in(member.person)), Device()
    thief.id, thief.user = device.id, device.user
    page = Client().get(SIGN_IN)

    form = {"state": hidden(page, "state"), "credential": json.dumps(thief.answer(hidden(page, "options")))}

    assert Client().post(BY_PASSKEY, form).status_code == 422


@pytest.mark.parametrize(
    "credential", ["", "x", "[]", "{}", '{"response": {"userHandle": "eA"}}', "null", '"x"', "1" * 9000, "[" * 9000]
)
def test_nonsense_for_an_answer_is_refused(member: Member, credential: str) -> None:
    client = signed_in(member.person)
    device_for(client)
    state = hidden(Client().get(SIGN_IN), "state")
    mine = hidden(client.get(PASSKEY), "state")
    halfway = after_password(member.person)

    answers = [
        Client().post(BY_PASSKEY, {"state": state, "credential": credential}),
        Client().post(BY_PASSKEY, {"state": "x", "credential": credential}),
        client.post(PASSKEY, {"state": mine, "credential": credential}),
        halfway.post(CODE, {"state": hidden(halfway.get(CODE), "state"), "credential": credential}),
    ]

    assert [a.status_code for a in answers] == [422] * 4


def test_a_passkey_of_somebody_who_is_gone_lets_nobody_in(member: Member) -> None:
    device = device_for(signed_in(member.person))
    page = Client().get(SIGN_IN)
    answer = json.dumps(device.answer(hidden(page, "options")))
    Member.objects.all().delete()
    Person.objects.all().delete()

    assert Client().post(BY_PASSKEY, {"state": hidden(page, "state"), "credential": answer}).status_code == 422


def test_a_closed_account_does_not_open_by_passkey(member: Member) -> None:
    device = device_for(signed_in(member.person))
    Person.objects.update(is_active=False)
    client = Client(headers=DUTCH)
    page = client.get(SIGN_IN)

    response = client.post(
        BY_PASSKEY, {"state": hidden(page, "state"), "credential": json.dumps(device.answer(hidden(page, "options")))}
    )

    assert (response.status_code, is_in(client)) == (403, False)


def test_whoever_is_in_stays_who_they_are(member: Member) -> None:
    device = device_for(signed_in(member.person))
    page, client = Client().get(SIGN_IN), client_of(make_member(), SERVER_NAME="localhost")

    form = {"state": hidden(page, "state"), "credential": json.dumps(device.answer(hidden(page, "options")))}

    assert client.post(BY_PASSKEY, form)["Location"] == "/account"
    assert "sanne@example.org" not in text_of(client.get("/account"))


def test_the_same_passkey_and_the_eleventh_are_not_added(member: Member) -> None:
    client = signed_in(member.person)
    device = device_for(client)
    answer = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).data["credential"]

    assert len(actions.add_passkey(member.person, "Weer", answer)) == 10
    for _ in range(9):
        page, another = client.get(PASSKEY), Device()
        form = {"state": hidden(page, "state"), "credential": json.dumps(another.new(hidden(page, "options")))}
        client.post(PASSKEY, form)
    with pytest.raises(actions.AlreadyThere):
        actions.add_passkey(member.person, "Elfde", Device().new(passkeys.ask_new(member.person).options))

    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).count() == 10
    assert device.user


@pytest.mark.parametrize(
    ("address", "host", "are_there"),
    [
        ("http://192.168.1.20:8000", "192.168.1.20", False),
        ("http://localhost:8000", "127.0.0.1", False),
        ("http://localhost:8000", "localhost", True),
        ("https://samenspraak.example.org", "samenspraak.example.org", True),
    ],
)
def test_passkeys_are_offered_where_browsers_allow_them(
    member: Member, settings: Any, address: str, host: str, are_there: bool
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, address=address)
    settings.ALLOWED_HOSTS = ["*"]
    visitor, client = Client(headers={**DUTCH, "host": host}), Client(headers={**DUTCH, "host": host})
    sign_in(client)

    sign_in_page, security, add = (
        text_of(c.get(p)) for c, p in ((visitor, SIGN_IN), (client, SECURITY), (client, PASSKEY))
    )

    assert (BY_PASSKEY in sign_in_page, "Voeg een passkey toe" in security) == (are_there, are_there)
    assert ("Geen passkeys op dit adres" in add) is not are_there
    assert visitor.post(BY_PASSKEY, {}).status_code == 422
    if not are_there:
        assert client.post(PASSKEY, {}).status_code == 409


def test_thirty_one_passkeys_a_minute_make_wait(member: Member) -> None:
    client = Client(headers=DUTCH)

    answers = [client.post(BY_PASSKEY, {}) for _ in range(31)]

    assert [a.status_code for a in answers] == [422] * 30 + [429]
    assert "Er is niets geblokkeerd" in text_of(answers[-1])
