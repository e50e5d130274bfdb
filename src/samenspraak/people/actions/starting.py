"""The first run: a one-time code instead of a default account."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from samenspraak.people.models import FirstRunCode, Member, Organisation, Person, Role
from samenspraak.people.queries import has_organisation

LIFETIME = timedelta(hours=24)
SAME_CLICK = timedelta(minutes=10)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O or U, which look or sound like another
LOOKALIKES = str.maketrans("ILO", "110")


class AlreadyStarted(Exception):
    """There is an organisation already: newcomers come by invitation."""


class CodeRefused(Exception):
    """This is not the code, or it has become too old."""


class FirstRun(NamedTuple):
    """What the first person types."""

    code: str
    organisation: str
    name: str
    email: str
    password: str
    language: str


def _hash(code: str) -> str:
    """What is kept of a code. It has 80 bits, so the key of the installation goes in as well."""
    bare = "".join(c for c in code.upper() if c.isalnum()).translate(LOOKALIKES)
    return salted_hmac("samenspraak.first-run", bare, algorithm="sha256").hexdigest()


@transaction.atomic
def make_first_run_code() -> str:
    """A code that starts the first organisation within 24 hours; older codes stop working."""
    if has_organisation():
        raise AlreadyStarted
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(16))
    FirstRunCode.objects.filter(used_at=None).delete()
    FirstRunCode.objects.create(code_hash=_hash(drawn), expires_at=timezone.now() + LIFETIME)
    return "-".join(drawn[i : i + 4] for i in range(0, 16, 4))


def start_organisation(given: FirstRun) -> Person:
    """Make the first organisation with its first owner; the same form sent twice gives the same owner.

    Raises ``CodeRefused``, or ``AlreadyStarted`` when somebody else was first.
    """
    if not has_organisation() and _usable(given.code).exists():
        password = make_password(given.password)  # slow on purpose, so before the transaction that others wait for
        with transaction.atomic():
            if not has_organisation() and _usable(given.code).update(used_at=timezone.now()):
                return _make_first(given, password)
    if not has_organisation():
        raise CodeRefused
    return _started_just_now(given)


def _make_first(given: FirstRun, password: str) -> Person:
    organisation = Organisation.objects.create(
        name=given.organisation, language=given.language, time_zone=settings.TIME_ZONE
    )
    known_as = {"name": given.name, "language": given.language, "password": password, "is_active": True}
    person, _is_new = Person.objects.update_or_create(email=given.email, defaults=known_as)
    Member.objects.create(organisation=organisation, person=person, role=Role.OWNER)
    return person


def _usable(code: str) -> QuerySet[FirstRunCode]:
    return FirstRunCode.objects.filter(code_hash=_hash(code), used_at=None, expires_at__gt=timezone.now())


def _started_just_now(given: FirstRun) -> Person:
    """The owner this very form made a moment ago, for a second click; else the house is taken."""
    since = timezone.now() - SAME_CLICK
    if FirstRunCode.objects.filter(code_hash=_hash(given.code), used_at__gt=since).exists():
        person = Person.objects.filter(email=given.email, is_active=True).first()
        if person and person.check_password(given.password):
            return person
    raise AlreadyStarted
