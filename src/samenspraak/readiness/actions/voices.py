"""Ask colleagues about conditions, remind them, let them go, and keep what they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils import timezone

from samenspraak.method.small_groups import is_block
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
from samenspraak.readiness.actions.rounds import open_round
from samenspraak.readiness.models import Inquiry, Round, Voice
from samenspraak.readiness.queries import VOICE, asked_before, receipt_of
from samenspraak.tasks.actions import StaleVersion


class VoiceShown(Exception):
    """What was said without a name has been shown together with others meanwhile, so it changes no more."""


class Addressee(NamedTuple):
    """Somebody to ask."""

    email: str
    name: str
    language: str


@dataclass(frozen=True, kw_only=True)
class InquiryDraft:
    """What colleagues are asked, and whether readers see who said what; ``once`` is the number of the form."""

    conditions: tuple[str, ...]
    is_named: bool
    message: str
    once: UUID


class Asked(NamedTuple):
    """Who was asked by this very form, and the addresses that had been asked about one of these conditions already."""

    inquiry: Inquiry
    guests: list[AskedGuest]
    skipped: list[str]

    @property
    def number(self) -> int:
        """How many got a mail just now."""
        return sum(asked.is_new for asked in self.guests)


@transaction.atomic
def ask_colleagues(member: Member, round: Round, draft: InquiryDraft, people: Sequence[Addressee]) -> Asked:
    """Ask each of these people by one mail, whoever was not asked about one of these conditions in this round already.

    The same form sent twice asks once.
    """
    round = open_round(round)
    form = uuid5(draft.once, f"{round.id} {draft.is_named} {draft.conditions} {draft.message}")
    if Inquiry.objects.filter(id=form).exclude(organisation_id=member.organisation_id, round_id=round.id).exists():
        raise Http404
    before = asked_before(round, draft.conditions, [who.email for who in people], besides=form)
    wanted = [who for who in people if who.email not in before]
    inquiry = Inquiry(
        id=form,
        organisation=member.organisation,
        round=round,
        conditions=list(draft.conditions),
        is_named=draft.is_named,
        message=draft.message,
        asked_by=member,
    )
    if wanted:
        inquiry, _is_new = Inquiry.objects.get_or_create(
            organisation_id=member.organisation_id,
            id=form,
            defaults={
                name: getattr(inquiry, name) for name in ("round", "conditions", "is_named", "message", "asked_by")
            },
        )
    guests = [_ask(member, inquiry, who, draft.once) for who in wanted]
    record(member, round.id, *(Change("voice_asked", "", g.guest.name) for g in guests if g.is_new))
    return Asked(inquiry, guests, sorted(before))


def _ask(member: Member, inquiry: Inquiry, who: Addressee, once: UUID) -> AskedGuest:
    draft = GuestDraft(
        purpose=VOICE,
        subject=inquiry.id,
        email=who.email,
        name=who.name,
        language=who.language,
        once=once,
        letter=_letter(inquiry),
    )
    return ask_guest(member, draft)


def _letter(inquiry: Inquiry, kind: str = "voice") -> GuestLetter:
    context = {"inquiry": inquiry, "number": len(inquiry.conditions)}
    return GuestLetter(template=f"readiness/mail/{kind}", route="readiness:voice", context=context)


@transaction.atomic
def remind_colleagues(member: Member, round: Round, guests: Iterable[Guest]) -> int:
    """Send whoever has not answered yet a fresh mail with the same link, at most one a day; gives how many went."""
    open_round(round)
    guests = list(guests)
    inquiries = Inquiry.objects.in_bulk({guest.subject for guest in guests})
    reminded = [g for g in guests if remind_guest(member, g, _letter(inquiries[g.subject], "voice_reminder"))]
    record(member, round.id, *(Change("voice_reminded", "", guest.name) for guest in reminded))
    return len(reminded)


@transaction.atomic
def withdraw_question(member: Member, round: Round, guest: Guest) -> bool:
    """This colleague need not answer any more; what was answered stays."""
    if not withdraw_guest(member, guest):
        return False
    record(member, round.id, Change("voice_asked", guest.name, ""))
    return True


class Said(NamedTuple):
    """What a colleague says about one condition; both may be empty."""

    condition_id: str
    value: str
    how: str


@dataclass(frozen=True, kw_only=True)
class VoiceDraft:
    """What a colleague fills in. ``key`` is that of the link, ``version`` the sum of those it was based on."""

    key: str
    said: tuple[Said, ...]
    version: int


@transaction.atomic
def save_voices(guest: Guest, inquiry: Inquiry, draft: VoiceDraft) -> None:
    """Keep what a colleague says, or corrects.

    Raises ``StaleVersion`` with what stands there when somebody else with the same link was first, ``VoiceShown``
    when an answer without a name is out already, ``RoundClosed``, and ``GuestGone`` when the question was withdrawn.
    """
    round = open_round(inquiry.round)
    receipts = {receipt_of(draft.key, said.condition_id): said for said in draft.said}
    there = {v.receipt: v for v in Voice.objects.filter(organisation_id=round.organisation_id, receipt__in=receipts)}
    if all(receipt in there and _is_same(there[receipt], said) for receipt, said in receipts.items()):
        return
    if sum(voice.version for voice in there.values()) != draft.version:
        raise StaleVersion(list(there.values()))
    _use(guest, inquiry)
    for receipt, said in receipts.items():
        voice = there.get(receipt) or Voice(
            organisation_id=round.organisation_id,
            round=round,
            receipt=receipt,
            condition_id=said.condition_id,
            version=0,
        )
        _keep(voice, said, guest if inquiry.is_named else None)
    if not inquiry.is_named:
        _show_blocks(round, [said.condition_id for said in draft.said])


def _is_same(voice: Voice, said: Said) -> bool:
    return (voice.value, voice.how) == (said.value, said.how)


def _use(guest: Guest, inquiry: Inquiry) -> None:
    """Use the link, or correct with one that was used; not with one that ended while somebody typed."""
    if mark_answered(guest, keeps_time=inquiry.is_named):
        return
    now = Guest.objects.select_related("organisation", "asked_by__person").get(pk=guest.pk)
    if now.answered_at is None or now.is_expired:
        raise GuestGone(now, Gone.WITHDRAWN if now.withdrawn_at else Gone.EXPIRED)


def _keep(voice: Voice, said: Said, guest: Guest | None) -> None:
    """Keep one voice as it is now; of somebody with a name the history keeps what it was."""
    if voice.version and _is_same(voice, said):
        return
    if voice.block is not None:
        raise VoiceShown
    changes = [
        Change(field, old, new, said.condition_id)
        for field, old, new in (("voice", voice.value, said.value), ("voice_how", voice.how, said.how))
        if old != new
    ]
    voice.value, voice.how, voice.version = said.value, said.how, voice.version + 1
    if guest is not None:
        voice.guest, voice.changed_at = guest, timezone.now()
        record(guest, voice.round_id, *changes)
    voice.save()


def _show_blocks(round: Round, conditions: Iterable[str]) -> None:
    """Let answers without a name out, when enough of them wait to go together."""
    for condition_id in conditions:
        nameless = Voice.objects.filter(
            organisation_id=round.organisation_id, round=round, condition_id=condition_id, guest=None
        )
        waiting = nameless.filter(block=None)
        if is_block(waiting.count()):
            newest = nameless.aggregate(newest=Max("block"))["newest"] or 0
            waiting.update(block=newest + 1)
