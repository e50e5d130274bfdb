"""Plain factories: what a test does not name is ordinary."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.test import Client

from samenspraak.people.actions import make_token
from samenspraak.people.models import Member, Organisation, Person, Role, TokenDraft

_numbers = count(1)
PASSWORD = "een-lang-wachtwoord"


def make_organisation(name: str = "", **fields: Any) -> Organisation:
    return Organisation.objects.create(name=name or f"Organisatie {next(_numbers)}", **fields)


def make_person(name: str = "", *, password: str = "", **fields: Any) -> Person:
    number = next(_numbers)
    fields.setdefault("email", f"persoon{number}@example.org")
    if password:
        fields["password"] = make_password(password)
    return Person.objects.create(name=name or f"Persoon {number}", **fields)


def make_member(role: Role = Role.OWNER, organisation: Organisation | None = None, **fields: Any) -> Member:
    person = fields.pop("person", None) or make_person(language=fields.pop("language", "nl"))
    return Member.objects.create(organisation=organisation or make_organisation(), person=person, role=role, **fields)


def token_of(member: Member, scope: str = "write", days: int = 30) -> str:
    """A token for a program of this member."""
    return make_token(member, TokenDraft("Rekenblad", scope, days, uuid4()))


def program_of(member: Member, scope: str = "write", **options: Any) -> Client:
    """A program that has a token of this member."""
    headers = {"Authorization": f"Bearer {token_of(member, scope)}", **options.pop("headers", {})}
    return Client(headers=headers, **options)


def client_of(member: Member, **options: Any) -> Client:
    """A browser in which this member has signed in."""
    client = Client(**options)
    client.force_login(member.person)
    return client
