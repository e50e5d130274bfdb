"""What tests of the second step share: browsers halfway, an app, a device."""

from __future__ import annotations

import json
import re
import time
from html import unescape
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client as AnyClient

from samenspraak.people import actions
from samenspraak.people.models import Member, Person
from tests.factories import PASSWORD, make_member, make_person
from tests.people.device import Device
from tests.people.signing_in import DUTCH, sign_in

CODE, SECURITY, APP, PASSKEY = (
    "/account/sign-in/code",
    "/account/security",
    "/account/security/app",
    "/account/security/passkey",
)
CONFIRM, BY_PASSKEY = "/account/confirm", "/account/sign-in/passkey"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Client(AnyClient):
    """A browser at localhost, where passkeys are possible."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"SERVER_NAME": "localhost", **options})


@pytest.fixture
def member() -> Member:
    return make_member(person=make_person("Sanne", email="sanne@example.org", password=PASSWORD))


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_app(person: Person) -> list[str]:
    """An app whose last code was used a while ago; gives the recovery codes."""
    drawn = actions.add_app(person, SECRET, code_of(SECRET))
    app = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    app.data["step"] -= 10
    app.save()
    return drawn


def without_password() -> Person:
    person = make_person()
    person.set_unusable_password()
    person.save()
    return person


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def hidden(response: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text_of(response))
    assert found
    return unescape(found[1])


def signed_in(person: Person) -> Client:
    client = Client(headers=DUTCH)
    assert sign_in(client, person.email).status_code == 302
    return client


def after_password(person: Person) -> Client:
    """A browser in which the password was right and the second step is asked for."""
    client = Client(headers=DUTCH)
    assert sign_in(client, person.email)["Location"] == CODE
    return client


def give(client: Client, code: str) -> HttpResponse:
    return client.post(CODE, {"code": code}, headers=DUTCH)


def device_for(client: Client, device: Device | None = None, name: str = "Laptop") -> Device:
    device, page = device or Device(), client.get(PASSKEY)
    form = {"name": name, "state": hidden(page, "state"), "credential": json.dumps(device.new(hidden(page, "options")))}
    assert client.post(PASSKEY, form).status_code in (200, 302)
    return device
