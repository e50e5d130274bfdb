"""What a person changes about the own account, and an owner about the organisation and its members."""

from __future__ import annotations

from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from samenspraak.people.actions.recording import Change, record
from samenspraak.people.actions.sending import cancel_waiting_mail
from samenspraak.people.actions.sessions import end_sessions
from samenspraak.people.models import Member, Organisation, Person, Reminders, Role
from samenspraak.people.queries import number_of_owners

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class LastOwner(Exception):
    """An organisation keeps at least one owner."""


class Account(NamedTuple):
    """What a person changes about the own account; ``function`` is that in the organisation of the session."""

    name: str
    language: str
    function: str


class Settings(NamedTuple):
    """What an owner changes about the organisation."""

    name: str
    language: str
    time_zone: str
    reminder_weekday: int
    reminder_hour: int


def choose_language(person: Person, language: str) -> None:
    """Keep the language in which this person reads pages and mail."""
    Person.objects.filter(pk=person.pk).update(language=language)


@transaction.atomic
def change_account(person: Person, member: Member | None, account: Account) -> None:
    """Keep name, language and, for somebody in an organisation, function."""
    Person.objects.filter(pk=person.pk).update(name=account.name, language=account.language)
    if member is not None:
        Member.objects.filter(pk=member.pk).update(function=account.function)


def choose_reminders(member: Member, reminders: Reminders) -> None:
    """Keep when this member wants mail about the own tasks."""
    Member.objects.filter(pk=member.pk).update(reminders=reminders)


def lock(member: Member) -> Organisation:
    """The organisation as it is now; whoever else wants to change its members waits."""
    return Organisation.objects.select_for_update().defer("logo").get(pk=member.organisation_id)


@transaction.atomic
def change_organisation(member: Member, wanted: Settings) -> None:
    """Keep name, language, time zone and the hour of reminders, with what they were in the history."""
    organisation = lock(member)
    changes = [
        Change(field, _shown(field, getattr(organisation, field)), _shown(field, new))
        for field, new in wanted._asdict().items()
        if getattr(organisation, field) != new
    ]
    Organisation.objects.filter(pk=organisation.pk).update(**wanted._asdict())
    record(member, organisation.pk, *changes)


def _shown(field: str, value: str | int) -> str:
    """How a setting stands in the history."""
    if field == "reminder_weekday":
        return WEEKDAYS[int(value)]
    return f"{value}:00" if field == "reminder_hour" else str(value)


@transaction.atomic
def change_logo(member: Member, logo: bytes | None) -> None:
    """Keep a logo that we encoded ourselves; None removes it."""
    organisation = lock(member)
    if organisation.logo == logo:
        return
    Organisation.objects.filter(pk=organisation.pk).update(logo=logo)
    record(member, member.organisation_id, Change("logo", "", "new" if logo else "removed"))


@transaction.atomic
def change_role(member: Member, colleague: Member, role: Role) -> None:
    """Give a colleague another role; raises ``LastOwner`` when nobody would be owner any more."""
    lock(member)
    old = role_now(colleague)
    if old in (None, role):
        return
    _keep_an_owner(member, old)
    Member.objects.filter(pk=colleague.pk).update(role=role)
    record(member, member.organisation_id, Change("role", old, role, item=str(colleague.pk)))


@transaction.atomic
def let_leave(member: Member, colleague: Member, *, session_key: str | None = None) -> None:
    """End a membership; what this colleague did stays, and mail that still waits for this colleague does not go.

    Raises ``LastOwner`` when nobody would be owner any more. Whoever takes part nowhere any more is signed out;
    ``session_key`` is the session of somebody who leaves by choice.
    """
    lock(member)
    old = role_now(colleague)
    if old is None:
        return
    _keep_an_owner(member, old)
    Member.objects.filter(pk=colleague.pk).update(left_at=timezone.now())
    cancel_waiting_mail(member.organisation_id, colleague.person.email)
    record(member, member.organisation_id, Change("member", old, "", item=str(colleague.pk)))
    if not Member.objects.filter(person_id=colleague.person_id, left_at=None).exists():
        end_sessions(colleague.person, but=session_key)


def role_now(colleague: Member) -> str | None:
    """The role as it is under the lock; None when this colleague has left."""
    return Member.objects.filter(pk=colleague.pk, left_at=None).values_list("role", flat=True).first()


def _keep_an_owner(member: Member, old: str) -> None:
    if old == Role.OWNER and number_of_owners(member.organisation_id) == 1:
        raise LastOwner
