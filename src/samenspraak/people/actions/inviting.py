"""Asking somebody in."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from samenspraak.people.actions.recording import Change, record
from samenspraak.people.actions.sending import cancel_mail, queue_mail, write_letter
from samenspraak.people.http import address_of
from samenspraak.people.models import Invitation, Member, Organisation, Role
from samenspraak.people.queries import hash_of_token, invitation_of_token

LIFETIME = timedelta(days=14)


class Asked(NamedTuple):
    """An invitation and the link that opens it, which is known only now."""

    invitation: Invitation
    link: str


def _token(organisation_id: UUID, email: str, role: str, once: UUID) -> str:
    """256 bits that nobody can guess, and the same for the same form: a second click gives the same link."""
    drawn = salted_hmac("samenspraak.invitation", f"{organisation_id} {email} {role} {once}", algorithm="sha256")
    return base64.urlsafe_b64encode(drawn.digest()).decode().rstrip("=")


@transaction.atomic
def invite(member: Member, email: str, role: Role, once: UUID) -> Asked:
    """Ask somebody in by mail; an address that was asked already gets a new link, and the old one stops working.

    ``once`` is the number of the form: the same form sent twice changes nothing the second time. After its invitation
    has ended, the same form (found again with the button Back) is a new one.
    """
    Organisation.objects.select_for_update().only("pk").get(pk=member.organisation_id)
    of_organisation = Invitation.objects.filter(organisation_id=member.organisation_id)
    while True:
        token = _token(member.organisation_id, email, role, once)
        link = address_of("people:invitation", token=token)
        known = of_organisation.filter(token_hash=hash_of_token(token)).first()
        if known is None:
            break
        if invitation_of_token(token) is not None:
            return Asked(known, link)
        once = uuid5(once, "again")
    invitation = of_organisation.filter(email=email, accepted_at=None, withdrawn_at=None).first()
    if invitation is None:
        invitation = Invitation(organisation=member.organisation, email=email, language=member.organisation.language)
    invitation.role, invitation.invited_by = role, member
    invitation.token_hash, invitation.expires_at = hash_of_token(token), timezone.now() + LIFETIME
    _mail(invitation, member.label, link)
    record(member, member.organisation_id, Change("invitation", "", role, item=str(invitation.pk)))
    return Asked(invitation, link)


def _mail(invitation: Invitation, inviter: str, link: str) -> None:
    """Keep the invitation with a mail that carries the link; an older mail that still waits does not go."""
    cancel_mail(invitation.mail)
    context = {"invitation": invitation, "inviter": inviter, "link": link}
    key = f"invitation:{invitation.token_hash}"
    letter = write_letter("people/mail/invitation", key, invitation.email, invitation.language, context)
    invitation.mail = queue_mail(letter, invitation.organisation)
    invitation.save()


@transaction.atomic
def withdraw_invitation(member: Member, invitation: Invitation) -> None:
    """The link stops working and its mail, if it still waits, does not go out."""
    is_open = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if is_open.update(withdrawn_at=timezone.now()):
        cancel_mail(invitation.mail)
        record(member, member.organisation_id, Change("invitation", invitation.role, "", item=str(invitation.pk)))
