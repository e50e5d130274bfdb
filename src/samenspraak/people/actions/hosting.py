"""Guests: somebody without an account is asked one thing, by a link in a mail.

The room whose thing it is gives the letter and writes the line in the history of what it is about: every action here
says whether it changed something.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from samenspraak.people.actions.sending import cancel_mail, queue_mail, write_letter
from samenspraak.people.http import address_of
from samenspraak.people.models import Guest, Mail, Member, Organisation
from samenspraak.people.queries import hash_of_token

LIFETIME = timedelta(days=30)
BETWEEN_REMINDERS = timedelta(hours=20)
KEY_BYTES = 16


@dataclass(frozen=True, kw_only=True)
class GuestLetter:
    """The mail that carries a link: ``template`` as ``write_letter`` takes it, ``route`` takes one argument, ``key``.

    The templates get ``guest``, ``asker``, ``organisation`` and ``link``, and what stands in ``context``.
    """

    template: str
    route: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class GuestDraft:
    """Whom to ask for what; ``once`` is the number of the form, ``subject`` the id of the row it is about."""

    purpose: str
    subject: UUID
    email: str
    name: str
    language: str
    once: UUID
    letter: GuestLetter


class AskedGuest(NamedTuple):
    """A guest and the link, which is known only now; ``is_new`` tells whether this very call asked."""

    guest: Guest
    link: str
    is_new: bool


def _key(organisation_id: UUID, purpose: str, once: UUID) -> str:
    """128 bits that nobody can guess in 22 characters, and the same for the same ``once``."""
    drawn = salted_hmac("samenspraak.guest", f"{organisation_id} {purpose} {once}", algorithm="sha256")
    return base64.urlsafe_b64encode(drawn.digest()[:KEY_BYTES]).decode().rstrip("=")


@transaction.atomic
def ask_guest(member: Member, draft: GuestDraft) -> AskedGuest:
    """Ask somebody without an account one thing by mail.

    The same form sent twice asks once, and so does another form while this address is being asked the same already;
    who was asked and let go may be asked anew.
    """
    Organisation.objects.select_for_update().only("pk").get(pk=member.organisation_id)
    once = uuid5(draft.once, f"{draft.purpose} {draft.subject} {draft.email}")
    guests = Guest.objects.filter(organisation_id=member.organisation_id)
    while True:
        key = _key(member.organisation_id, draft.purpose, once)
        known = guests.filter(key_hash=hash_of_token(key)).first()
        if known is None or known.withdrawn_at is None:
            break
        once = uuid5(once, "again")
    if known is None:
        is_open = guests.filter(purpose=draft.purpose, subject=draft.subject, email=draft.email)
        known = is_open.filter(answered_at=None, withdrawn_at=None).first()
    if known is not None:
        return AskedGuest(known, link_of(known, draft.letter.route), is_new=False)
    guest = Guest(
        organisation=member.organisation,
        purpose=draft.purpose,
        subject=draft.subject,
        email=draft.email,
        name=draft.name,
        language=draft.language,
        once=once,
        key_hash=hash_of_token(key),
        asked_by=member,
        expires_at=timezone.now() + LIFETIME,
    )
    _mail(guest, member, draft.letter)
    return AskedGuest(guest, link_of(guest, draft.letter.route), is_new=True)


def link_of(guest: Guest, route: str) -> str:
    """The link of a guest; empty once it was used, because then only whoever holds it can open it."""
    if guest.once is None:
        return ""
    return address_of(route, key=_key(guest.organisation_id, guest.purpose, guest.once))


def prolong_guests(ids: Sequence[UUID]) -> None:
    """The links of guests who get mail in another way work for another thirty days."""
    Guest.objects.filter(pk__in=list(ids)).update(expires_at=timezone.now() + LIFETIME)


def _mail(guest: Guest, asker: Member, letter: GuestLetter, number: str = "") -> None:
    """Keep the guest with a mail that carries the link; an older mail that still waits does not go."""
    cancel_mail(guest.mail)
    around = {
        "guest": guest,
        "asker": asker.label,
        "organisation": asker.organisation.name,
        "link": link_of(guest, letter.route),
    }
    key = f"guest:{guest.key_hash}{number}"
    written = write_letter(letter.template, key, guest.email, guest.language, {**letter.context, **around})
    guest.mail = queue_mail(written, asker.organisation)
    guest.save()


@transaction.atomic
def remind_guest(member: Member, guest: Guest, letter: GuestLetter) -> bool:
    """A fresh mail with the same link, which works thirty days again; at most one a day, and none after an answer."""
    found = Guest.objects.select_for_update(of=("self",)).select_related("mail")
    guest = found.get(organisation_id=member.organisation_id, pk=guest.pk)
    now = timezone.now()
    last = guest.reminded_at or guest.created_at
    if guest.answered_at or guest.withdrawn_at or last > now - BETWEEN_REMINDERS:
        return False
    if guest.once is None:  # came along with a file: the link of then opens nothing here
        guest.once = uuid4()
        guest.key_hash = hash_of_token(_key(guest.organisation_id, guest.purpose, guest.once))
    guest.reminded_at, guest.expires_at = now, now + LIFETIME
    _mail(guest, member, letter, f":{now:%Y%m%d%H}")
    return True


@transaction.atomic
def withdraw_guest(member: Member, guest: Guest) -> bool:
    """The link stops working and its mail, if it still waits, does not go out; an answer that was given stays."""
    found = Guest.objects.filter(organisation_id=member.organisation_id, pk=guest.pk, withdrawn_at=None)
    if not found.filter(answered_at=None).update(withdrawn_at=timezone.now()):
        return False
    cancel_mail(guest.mail)
    return True


@transaction.atomic
def mark_answered(guest: Guest, *, keeps_time: bool = True) -> bool:
    """Use the link; False when that was done, or when it was withdrawn meanwhile.

    Nobody here can make the key again after this. Without ``keeps_time`` only that there is an answer is written
    down, not when: the order of answers can tell whose they are.
    """
    is_open = Guest.objects.filter(pk=guest.pk, answered_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
    if not is_open.update(answered_at=timezone.now() if keeps_time else F("created_at"), once=None):
        return False
    waiting = Mail.objects.filter(key__startswith=f"guest:{guest.key_hash}", sent_at=None, given_up_at=None)
    waiting.update(given_up_at=timezone.now() if keeps_time else F("created_at"), text="", problem="cancelled")
    return True
