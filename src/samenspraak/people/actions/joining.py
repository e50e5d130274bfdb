"""Coming in with an invitation."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from samenspraak.people.actions.recording import Change, record
from samenspraak.people.models import Invitation, Member, Person
from samenspraak.people.queries import has_account, hash_of_token, invitation_of_token

SAME_CLICK = timedelta(minutes=10)


class LinkEnded(Exception):
    """The link was used, withdrawn, is too old or never was one."""


class AccountExists(Exception):
    """This address has an account: its owner signs in first."""


class NotYours(Exception):
    """The invitation is for another address than that of the account that is signed in."""


class Newcomer(NamedTuple):
    """What somebody types who comes in for the first time; no password for whom the company account vouches."""

    name: str
    function: str
    password: str | None


def join_as_newcomer(token: str, newcomer: Newcomer, language: str) -> Member:
    """Make the account and the membership of whoever holds the link; the same form sent twice gives the same member.

    Raises ``LinkEnded``, or ``AccountExists`` when this address has an account.
    """
    invitation = invitation_of_token(token)
    if invitation is not None and not has_account(invitation.email):
        password = make_password(newcomer.password)  # slow on purpose, so before the transaction that others wait for
        with transaction.atomic():
            if _use(invitation):
                person, is_new = Person.objects.get_or_create(
                    email=invitation.email,
                    defaults={"name": newcomer.name, "language": language, "password": password},
                )
                if not is_new:  # two organisations asked the same newcomer, who said yes to both at once
                    raise AccountExists
                return _join(invitation, person, newcomer.function)
    member = _joined_just_now(token)
    if member is not None and (newcomer.password is None or member.person.check_password(newcomer.password)):
        return member
    raise LinkEnded if invitation_of_token(token) is None else AccountExists


@transaction.atomic
def join_with_account(token: str, person: Person) -> Member:
    """Make whoever is signed in a member; a second click gives the same member.

    Raises ``LinkEnded``, or ``NotYours`` when the invitation is for another address.
    """
    invitation = invitation_of_token(token)
    if invitation is not None and invitation.email != person.email:
        raise NotYours
    if invitation is not None and _use(invitation):
        return _join(invitation, person)
    member = _joined_just_now(token)
    if member is None or member.person_id != person.pk:
        raise LinkEnded
    return member


def _use(invitation: Invitation) -> bool:
    """Use up the link; False when somebody was first."""
    is_open = Invitation.objects.filter(
        pk=invitation.pk,
        token_hash=invitation.token_hash,
        accepted_at=None,
        withdrawn_at=None,
        expires_at__gt=timezone.now(),
    )
    return bool(is_open.update(accepted_at=timezone.now()))


def _join(invitation: Invitation, person: Person, function: str = "") -> Member:
    """The membership. Who left and comes back gets the old one again; who is in already keeps the role of now."""
    known = _known_as(invitation, person)
    if known is not None:
        return known
    member, is_new = Member.objects.get_or_create(
        organisation_id=invitation.organisation_id,
        person=person,
        defaults={"role": invitation.role, "function": function},
    )
    if not is_new:
        if member.left_at is None:
            return member
        member.role, member.left_at = invitation.role, None
        member.save(update_fields=["role", "left_at"])
    record(member, member.organisation_id, Change("member", "", invitation.role, item=str(member.pk)))
    return member


def _known_as(invitation: Invitation, person: Person) -> Member | None:
    """The place of whoever came along with a file under this address: what they wrote is theirs again."""
    of_organisation = Member.objects.filter(organisation_id=invitation.organisation_id)
    known = of_organisation.filter(known_email=invitation.email).order_by("joined_at", "id").first()
    if known is None or of_organisation.filter(person=person).exists():
        return None
    stand_in = known.person_id
    known.person, known.role, known.left_at = person, invitation.role, None
    known.known_email, known.known_left_at = "", None
    known.save(update_fields=["person", "role", "left_at", "known_email", "known_left_at"])
    Person.objects.filter(pk=stand_in).delete()
    record(known, known.organisation_id, Change("member", "", invitation.role, item=str(known.pk)))
    return known


def _joined_just_now(token: str) -> Member | None:
    """The member this link made a moment ago, for a second click."""
    since = timezone.now() - SAME_CLICK
    used = Invitation.objects.filter(token_hash=hash_of_token(token), accepted_at__gt=since).first()
    if used is None:
        return None
    joined = Member.objects.filter(organisation_id=used.organisation_id, person__email=used.email, left_at=None)
    return joined.filter(person__is_active=True).select_related("person").first()
