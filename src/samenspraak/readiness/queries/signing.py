"""Reads of who was asked to sign the mandate, and what they said."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from samenspraak.people.models import Guest, Member
from samenspraak.people.queries import guest_of
from samenspraak.people.remembered import Remembered, columns
from samenspraak.readiness.models import Instrument, Round, Signature
from samenspraak.readiness.queries.instruments import Sheet

MOST_ASKED = 20
_SIGNATURE = columns(Signature)
_NEWEST = Remembered(
    lambda organisation_id, round_id: (
        Signature.objects.filter(organisation_id=organisation_id, instrument__round_id=round_id)
        .order_by("-signed_at")
        .values_list(*_SIGNATURE)[:1]
    )
)


def newest_signature(round: Round) -> Signature | None:
    """What was said last about the mandate of a round."""
    rows = _NEWEST(round.organisation_id, round.id)
    return Signature.from_db("default", _SIGNATURE, rows[0]) if rows else None


def signatures_of(round: Round) -> list[Signature]:
    """Everything that was said about the mandate of a round, oldest first."""
    found = Signature.objects.filter(organisation_id=round.organisation_id, instrument__round_id=round.id)
    return list(found.order_by("signed_at", "id"))


def asked_of(instrument: Instrument) -> list[Guest]:
    """Who was asked to sign and has not answered, the newest twenty; expired links too."""
    found = Guest.objects.filter(organisation_id=instrument.organisation_id, purpose="mandate", subject=instrument.id)
    return list(found.filter(answered_at=None, withdrawn_at=None).order_by("-created_at")[:MOST_ASKED])


def signer_for(member: Member, round: Round, guest_id: UUID) -> Guest:
    """Somebody who was asked to sign the mandate of this round; else 404."""
    guest = guest_of(member, "mandate", guest_id)
    is_of_round = Instrument.objects.filter(organisation_id=round.organisation_id, round_id=round.id, id=guest.subject)
    if not is_of_round.exists():
        raise Http404
    return guest


class Signed(NamedTuple):
    """How the mandate stands: ``signature`` is what was said last, ``has_changed`` whether it was about an older text."""

    signature: Signature | None
    has_changed: bool

    @property
    def is_signed(self) -> bool:
        """Whether the text as it is now was signed."""
        return bool(self.signature and self.signature.outcome == "signed" and not self.has_changed)


def signed_of(round: Round, sheet: Sheet) -> Signed:
    """How the mandate on ``sheet`` stands."""
    signature = newest_signature(round)
    return Signed(signature, bool(signature and signature.version != sheet.instrument.version))


def mandate_of_guest(guest: Guest) -> Instrument:
    """The mandate that a link is about, with its round and organisation; else 404."""
    found = Instrument.objects.select_related("round__organisation").defer("round__organisation__logo")
    return get_object_or_404(found, organisation_id=guest.organisation_id, id=guest.subject, kind="mandate")


def content_of(lines: list[Any], titles: dict[str, str]) -> list[dict[str, Any]]:
    """The lines of a mandate as they are signed; ``titles`` are those of the edition, by id."""
    names = ("may_promise", "must_ask", "not_possible", "by_whom")
    return [
        {
            "title": titles.get(line.item_id) or line.title or line.item_id,
            **{name: getattr(line, name) for name in names},
            "until_on": line.until_on.isoformat() if line.until_on else "",
        }
        for line in lines
    ]
