"""Leaving, handing over, ending an organisation after thirty days of grace, and closing an account."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from samenspraak.people.actions.changing import LastOwner, lock, role_now
from samenspraak.people.actions.recording import Change, record
from samenspraak.people.actions.sending import cancel_mail, queue_mail, write_letter
from samenspraak.people.actions.sessions import end_sessions
from samenspraak.people.http import address_of
from samenspraak.people.models import Invitation, Mail, Member, Organisation, Person, Role
from samenspraak.people.queries import memberships_of, number_of_owners

GRACE = timedelta(days=30)


class NotAColleague(Exception):
    """Whoever should become owner takes part no longer."""


@transaction.atomic
def hand_over(member: Member, colleague: Member) -> None:
    """Make a colleague owner and oneself editor, both at once; a second click changes nothing.

    Raises ``NotAColleague`` when the colleague has left.
    """
    lock(member)
    theirs, mine = role_now(colleague), role_now(member)
    if theirs is None:
        raise NotAColleague
    if mine != Role.OWNER or colleague.pk == member.pk:
        return
    for who, old, new in ((colleague, theirs, Role.OWNER), (member, mine, Role.EDITOR)):
        if old != new:
            Member.objects.filter(pk=who.pk).update(role=new)
            record(member, member.organisation_id, Change("role", old, new, item=str(who.pk)))


@transaction.atomic
def end_organisation(member: Member) -> None:
    """Begin the days of grace: everything stays as it is until the day, every owner gets a mail. Twice is once."""
    organisation = lock(member)
    if organisation.ends_on is not None:
        return
    day = timezone.localdate() + GRACE
    Organisation.objects.filter(pk=organisation.pk).update(ends_on=day)
    record(member, organisation.pk, Change("ends_on", "", day.isoformat()))
    _tell_owners(member, "people/mail/ending", day)


@transaction.atomic
def keep_organisation(member: Member) -> None:
    """Undo: the organisation stays. Any owner may, until the day itself."""
    organisation = lock(member)
    if organisation.ends_on is None:
        return
    Organisation.objects.filter(pk=organisation.pk).update(ends_on=None)
    record(member, organisation.pk, Change("ends_on", organisation.ends_on.isoformat(), ""))
    _tell_owners(member, "people/mail/staying", organisation.ends_on)


def _tell_owners(member: Member, prefix: str, day: date) -> None:
    owners = Member.objects.filter(organisation_id=member.organisation_id, left_at=None, role=Role.OWNER)
    moment = timezone.now().isoformat()
    for owner in owners.select_related("person"):
        context = {
            "name": owner.person.name,
            "organisation": member.organisation.name,
            "who": member.label,
            "day": day,
            "link": address_of("people:organisation"),
        }
        key = f"{prefix.rpartition('/')[2]}:{owner.pk}:{moment}"
        letter = write_letter(prefix, key, owner.person.email, owner.person.language, context)
        queue_mail(letter, member.organisation)


def delete_ended_organisations() -> int:
    """Delete what has reached its day, rows and files, and say how many; for the clock of the worker."""
    ending = Organisation.objects.filter(ends_on__isnull=False).values_list("pk", "ends_on", "time_zone")
    ended = [pk for pk, day, zone in ending if day and day <= timezone.localdate(timezone=ZoneInfo(zone))]
    return sum(_delete_organisation(pk) for pk in ended)


def _delete_organisation(organisation_id: UUID) -> bool:
    """Files first: when rows cannot go, the clock comes round again. What came in meanwhile goes after the rows."""
    _delete_files(str(organisation_id))
    with transaction.atomic():
        found = Organisation.objects.select_for_update().filter(pk=organisation_id, ends_on__isnull=False)
        if not found.only("pk").first():
            return False
        alone = Person.objects.filter(memberships__organisation_id=organisation_id).exclude(
            pk__in=Member.objects.exclude(organisation_id=organisation_id).values("person_id")
        )
        people = list(alone.values_list("pk", "email"))
        found.delete()
        Person.objects.filter(pk__in=[pk for pk, _email in people]).delete()
        _forget_addresses({email for _pk, email in people})
    _delete_files(str(organisation_id))
    return True


def _delete_files(folder: str) -> None:
    """Every file of an organisation: rooms keep them in a folder that bears its id."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        default_storage.delete(f"{folder}/{name}")
    for name in folders:
        _delete_files(f"{folder}/{name}")
    default_storage.delete(folder)


def _forget_addresses(emails: set[str]) -> None:
    """What the outbox and the queue know about people who are gone."""
    Mail.objects.filter(organisation=None, to__in=emails).delete()
    stale = [task.pk for task in DBTaskResult.objects.all() if emails & {str(a) for a in task.args_kwargs["args"]}]
    DBTaskResult.objects.filter(pk__in=stale).delete()


def close_account(person: Person) -> None:
    """Close the own account. Name, address, password, second factor and sessions go; lines in histories stay as they were.

    Raises ``LastOwner`` when an organisation would be left without an owner.
    """
    unusable = make_password(None)
    with transaction.atomic():
        if not Person.objects.select_for_update().filter(pk=person.pk, is_active=True).exists():
            return
        for member in memberships_of(person):
            _leave(member)
        with translation.override(person.language):
            name = _("Former colleague")
        address = f"closed-{person.pk}@closed.invalid"
        for invitation in Invitation.objects.filter(email=person.email).select_related("mail"):
            cancel_mail(invitation.mail)
        Mail.objects.filter(to=person.email).delete()
        Invitation.objects.filter(email=person.email).delete()
        _forget_addresses({person.email})
        Authenticator.objects.filter(user=person).delete()
        end_sessions(person)
        Person.objects.filter(pk=person.pk).update(name=name, email=address, password=unusable, is_active=False)
        Member.objects.filter(person=person).update(function="")


def _leave(member: Member) -> None:
    lock(member)
    old = role_now(member)
    if old == Role.OWNER and number_of_owners(member.organisation_id) == 1:
        raise LastOwner
    if old is not None:
        Member.objects.filter(pk=member.pk).update(left_at=timezone.now())
        record(member, member.organisation_id, Change("member", old, "", item=str(member.pk)))
