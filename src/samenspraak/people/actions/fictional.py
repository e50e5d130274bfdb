"""A made-up organisation with made-up people, for the demo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction

from samenspraak.people.models import Member, Organisation, Person, Role


class Figure(NamedTuple):
    """Somebody who does not exist."""

    role: Role
    name: str
    function: str
    email: str


@transaction.atomic
def start_fictional(name: str, language: str, figures: Sequence[Figure]) -> list[Member]:
    """Make the organisation and its members, in the order given; nobody gets a password that works."""
    organisation = Organisation.objects.create(name=name, language=language, is_fictional=True)
    members = []
    for figure in figures:
        person = Person.objects.create(
            email=figure.email, name=figure.name, language=language, password=make_password(None)
        )
        members.append(
            Member.objects.create(organisation=organisation, person=person, role=figure.role, function=figure.function)
        )
    return members
