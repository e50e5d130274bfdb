"""What tests of signing in share: posting the forms as a browser does."""

from __future__ import annotations

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpResponse
from django.test import Client

from samenspraak.people.models import Person
from tests.factories import PASSWORD

SIGN_IN = "/account/sign-in"
DUTCH = {"accept-language": "nl"}


def sign_in(client: Client, email: str = "sanne@example.org", password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post(SIGN_IN, {"login": email, "password": password, **more}, headers=DUTCH)


def is_in(client: Client) -> bool:
    return bool(client.get("/account").status_code == 200)


def link_of(person: Person) -> str:
    return f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
