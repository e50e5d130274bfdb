"""Taking everything out, and bringing a file in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils import timezone

from samenspraak.people.actions.recording import Change, record
from samenspraak.people.exchange import rows_of
from samenspraak.people.exchange.brought import BROUGHT_IN, TAKEN_OUT, brought_before
from samenspraak.people.http import address_of
from samenspraak.people.models import HistoryEntry, Invitation, Member, Organisation, Person, Role
from samenspraak.people.queries import hash_of_token

LIFETIME = timedelta(days=14)


class AlreadyHere(Exception):
    """This very file has been brought in before."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__("brought in before")
        self.organisation = organisation


class KnownFigure(NamedTuple):
    """Somebody in a file: a member that is not saved yet, with what the file says of the person."""

    member: Member
    name: str
    email: str
    left_at: datetime | None


class Brought(NamedTuple):
    """Everything out of a file, checked and with ids that are free: ``rows`` in an order that can be saved."""

    organisation: Organisation
    figures: Sequence[KnownFigure]
    rows: Sequence[models.Model]
    sha256: str


@transaction.atomic
def note_taken_out(member: Member, sha256: str) -> None:
    """Write in the history that everything was taken out; the same content once more is no news."""
    Organisation.objects.select_for_update().only("pk").get(pk=member.organisation_id)
    lines = HistoryEntry.objects.filter(
        organisation_id=member.organisation_id, subject=member.organisation_id, field=TAKEN_OUT
    )
    newest = lines.order_by("-id").first()
    if newest is None or (newest.new, newest.member_id) != (sha256, member.pk):
        record(member, member.organisation_id, Change(TAKEN_OUT, "", sha256))


@transaction.atomic
def bring_in_organisation(person: Person | None, brought: Brought) -> Organisation:
    """Make the organisation of a file, with ``person`` as its owner; without one nobody has a way in yet.

    People of the file are known by name alone. Whoever brings it takes the place of the owner of the same name and
    address, or else comes beside them as a member who travels on only after having done something. Raises
    ``AlreadyHere`` when this person brought this very file before.
    """
    if person is not None:
        person = Person.objects.select_for_update().get(pk=person.pk)
    before = brought_before(person, brought.sha256)
    if before is not None:
        raise AlreadyHere(before)
    _keep(brought.organisation)
    own = [_place(figure, person) for figure in brought.figures]
    for row in brought.rows:
        _keep(row)
    courier = None
    if person is not None and not any(own):
        courier = Member.objects.create(organisation=brought.organisation, person=person, role=Role.OWNER)
    HistoryEntry.objects.create(
        organisation=brought.organisation,
        subject=brought.organisation.pk,
        field=BROUGHT_IN,
        new=brought.sha256,
        item=str(courier.pk) if courier else "",
        member_name=person.name if person else "",
    )
    return brought.organisation


def _keep(row: models.Model) -> None:
    """Save a row as it is: moments that a column would otherwise set itself are those of the file."""
    row.save_base(raw=True, force_insert=True)


def _place(figure: KnownFigure, person: Person | None) -> bool:
    """Save a member of the file; whether it is the place of whoever brings it."""
    member = figure.member
    is_owner_now = member.role == Role.OWNER and figure.left_at is None
    if person is not None and is_owner_now and (figure.email, figure.name) == (person.email, person.name):
        member.person, member.left_at = person, None
        _keep(member)
        return True
    member.person = Person.objects.create(
        email=f"{uuid4()}@known.invalid",
        name=figure.name,
        language=member.organisation.language,
        password=make_password(None),
        is_active=False,
    )
    member.known_email, member.known_left_at = figure.email, figure.left_at
    member.left_at = figure.left_at or timezone.now()
    _keep(member)
    return False


@transaction.atomic
def invite_first_owner(organisation: Organisation, email: str) -> str:
    """The link with which somebody comes in as owner of an organisation that nobody is in yet."""
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=Role.OWNER,
        language=organisation.language,
        token_hash=hash_of_token(token),
        expires_at=timezone.now() + LIFETIME,
    )
    return address_of("people:invitation", token=token)


@transaction.atomic
def bring_in_rows(member: Member, rows: Sequence[models.Model], name: str) -> None:
    """Save the rows of a single round, itself first, in the organisation of ``member``.

    Raises ``AlreadyHere`` when they are.
    """
    Organisation.objects.select_for_update().only("pk").get(pk=member.organisation_id)
    if rows_of(type(rows[0])).filter(pk=rows[0].pk).exists():
        raise AlreadyHere(member.organisation)
    for row in rows:
        _keep(row)
    record(member, rows[0].pk, Change(BROUGHT_IN, "", name))
