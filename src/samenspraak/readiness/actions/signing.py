"""Have the mandate signed by somebody without an account: ask, remind, withdraw, sign or say what must change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from samenspraak.people.actions import (
    AskedGuest,
    Change,
    GuestDraft,
    GuestLetter,
    ask_guest,
    mark_answered,
    record,
    remind_guest,
    withdraw_guest,
)
from samenspraak.people.http import Gone, GuestGone
from samenspraak.people.models import Guest, Member
from samenspraak.readiness.actions.instruments import locked_instrument
from samenspraak.readiness.actions.rounds import open_round
from samenspraak.readiness.models import Instrument, Round, Signature
from samenspraak.tasks.actions import StaleVersion

PURPOSE = "mandate"


@dataclass(frozen=True, kw_only=True)
class SignDraft:
    """Who is asked to sign; ``once`` is the number of the form."""

    name: str
    email: str
    language: str
    once: UUID


@dataclass(frozen=True, kw_only=True)
class SignatureDraft:
    """What somebody says about ``version`` of the mandate; ``content`` is what stood in it, a dict for each line."""

    outcome: str
    name: str
    says: str
    version: int
    content: list[dict[str, Any]]


def letter_of(round: Round) -> GuestLetter:
    """The mail with the link."""
    return GuestLetter(
        template="readiness/mail/mandate", route="readiness:sign", context={"motive": " ".join(round.motive.split())}
    )


@transaction.atomic
def ask_signature(member: Member, round: Round, draft: SignDraft) -> AskedGuest:
    """Ask somebody to sign the mandate; the same form twice, or the same address while it is open, asks once."""
    round = open_round(round)
    instrument = locked_instrument(round, "mandate")
    asked = ask_guest(
        member,
        GuestDraft(
            purpose=PURPOSE,
            subject=instrument.id,
            email=draft.email,
            name=draft.name,
            language=draft.language,
            once=draft.once,
            letter=letter_of(round),
        ),
    )
    if asked.is_new:
        record(member, round.id, Change("asked", "", draft.name, "mandate"))
    return asked


@transaction.atomic
def remind_signer(member: Member, round: Round, guest: Guest) -> None:
    """A fresh mail with the same link, at most once a day."""
    if remind_guest(member, guest, letter_of(open_round(round))):
        record(member, round.id, Change("reminded", "", guest.name, "mandate"))


@transaction.atomic
def withdraw_signer(member: Member, round: Round, guest: Guest) -> None:
    """The link stops working; what was signed stays."""
    open_round(round)
    if withdraw_guest(member, guest):
        record(member, round.id, Change("asked", guest.name, "", "mandate"))


@transaction.atomic
def answer_mandate(guest: Guest, draft: SignatureDraft, *, seen_version: int) -> Signature:
    """Sign the mandate, or say what must change; the link is used up by it. ``seen_version`` is that of the content.

    Raises ``StaleVersion`` when the mandate is another one than was read, ``RoundClosed`` when nothing in the round
    changes any more, and ``GuestGone`` when the link was used or withdrawn meanwhile.
    """
    found = Instrument.objects.select_related("round").get(organisation_id=guest.organisation_id, id=guest.subject)
    instrument = locked_instrument(open_round(found.round), "mandate")
    if not instrument.version == draft.version == seen_version:
        raise StaleVersion(instrument)
    if not mark_answered(guest):
        raise GuestGone(guest, Gone.USED)
    signature = Signature.objects.create(
        organisation_id=guest.organisation_id,
        instrument=instrument,
        guest=guest,
        outcome=draft.outcome,
        name=draft.name,
        says=draft.says,
        version=draft.version,
        content=draft.content,
    )
    said = draft.name if draft.outcome == "signed" else draft.says
    record(guest, found.round_id, Change(draft.outcome, "", said, "mandate"))
    return signature
