"""Tokens: the way in for programs."""

from __future__ import annotations

import base64
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from samenspraak.people.actions.recording import Change, record
from samenspraak.people.models import ApiToken, Member, Organisation, TokenDraft
from samenspraak.people.queries import hash_of_token

START = "sam_"  # so that whoever finds one in a file knows what it opens


@transaction.atomic
def make_token(member: Member, draft: TokenDraft) -> str:
    """A token of 256 bits that nobody can guess, told now; only its hash is kept."""
    Organisation.objects.select_for_update().only("pk").get(pk=member.organisation_id)
    drawn = salted_hmac("samenspraak.api-token", f"{member.pk} {draft.once}", algorithm="sha256").digest()
    token = START + base64.urlsafe_b64encode(drawn).decode().rstrip("=")
    _found, is_new = ApiToken.objects.get_or_create(
        organisation_id=member.organisation_id,
        member=member,
        token_hash=hash_of_token(token),
        defaults={
            "name": draft.name,
            "scope": draft.scope,
            "expires_at": timezone.now() + timedelta(days=draft.days),
        },
    )
    if is_new:
        record(member, member.organisation_id, Change("api_token", "", draft.name, item=str(member.pk)))
    return token


@transaction.atomic
def withdraw_token(member: Member, token: ApiToken) -> None:
    """The token stops working; a second click changes nothing."""
    if ApiToken.objects.filter(pk=token.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        record(member, member.organisation_id, Change("api_token", token.name, "", item=str(member.pk)))


def note_use(token: ApiToken) -> None:
    """Keep the day on which a token was last used: one write a day at most."""
    today = timezone.now().date()
    if token.last_used_on != today:
        ApiToken.objects.filter(Q(last_used_on=None) | Q(last_used_on__lt=today), pk=token.pk).update(
            last_used_on=today
        )
