"""Reads of voices: who was asked, what they say together, and what may be seen of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count as Number
from django.db.models import Q, QuerySet
from django.http import Http404

from samenspraak.method.small_groups import Count, Shown, of_growing
from samenspraak.method.standing import ANSWERS
from samenspraak.people.models import Guest, Member
from samenspraak.people.queries import guest_for, guest_of
from samenspraak.people.remembered import Remembered, columns
from samenspraak.readiness.models import Inquiry, Round, Voice

VOICE = "voice"
A_PAGE = 100
FEW = 10

voice_guest = partial(guest_for, purpose=VOICE, may_correct=True)


def receipt_of(key: str, condition_id: str) -> str:
    """What ties an answer to the link it came by, for one condition alone: two answers of one person are not tied."""
    return hashlib.sha256(f"voice {condition_id} {key}".encode()).hexdigest()


def inquiry_of(guest: Guest) -> Inquiry:
    """What this guest is asked, with its round; 404 when that is gone."""
    found = Inquiry.objects.filter(organisation_id=guest.organisation_id, id=guest.subject).select_related("round")
    inquiry = found.first()
    if inquiry is None:
        raise Http404
    inquiry.round.organisation = guest.organisation
    return inquiry


def own_voices(inquiry: Inquiry, key: str) -> dict[str, Voice]:
    """What was said with this link already, by condition."""
    receipts = [receipt_of(key, condition_id) for condition_id in inquiry.conditions]
    found = Voice.objects.filter(organisation_id=inquiry.organisation_id, receipt__in=receipts)
    return {voice.condition_id: voice for voice in found}


def asked_before(round: Round, conditions: Collection[str], emails: Iterable[str], *, besides: UUID) -> set[str]:
    """The addresses among these that were asked about one of these conditions in this round by another form."""
    of_round = Inquiry.objects.filter(organisation_id=round.organisation_id, round=round).exclude(id=besides)
    about = [pk for pk, asked in of_round.values_list("id", "conditions") if set(asked) & set(conditions)]
    guests = Guest.objects.filter(organisation_id=round.organisation_id, purpose=VOICE, subject__in=about)
    return set(guests.filter(email__in=list(emails), withdrawn_at=None).values_list("email", flat=True))


class AskedRow(NamedTuple):
    """Somebody who was asked: about which conditions, and how it stands; the moments are those of the newest mail."""

    guest: Guest
    inquiry: Inquiry
    sent_at: datetime | None
    given_up_at: datetime | None

    @property
    def state(self) -> str:
        """One of answered, withdrawn, undelivered, expired, waiting (the mail), open."""
        guest = self.guest
        if guest.answered_at:
            return "answered"
        if guest.withdrawn_at:
            return "withdrawn"
        if self.given_up_at:
            return "undelivered"
        if guest.is_expired:
            return "expired"
        return "open" if self.sent_at else "waiting"

    @property
    def is_open(self) -> bool:
        """Whether an answer may still come."""
        return not (self.guest.answered_at or self.guest.withdrawn_at)


class AskedPage(NamedTuple):
    """At most a hundred of those who were asked, first who has not answered; ``total`` leaves out who was let go."""

    rows: list[AskedRow]
    page: int
    has_more: bool
    total: int
    answered: int


_INQUIRY = columns(Inquiry)
_GUEST = columns(Guest)
_INQUIRIES = Remembered(
    lambda organisation_id, round_id: Inquiry.objects.filter(
        organisation_id=organisation_id, round_id=round_id
    ).values_list(*_INQUIRY)
)


def _guests(organisation_id: UUID, round_id: UUID) -> QuerySet[Guest]:
    """Who was asked in a round, whatever came of it."""
    inquiries = Inquiry.objects.filter(organisation_id=organisation_id, round_id=round_id).values("id")
    return Guest.objects.filter(organisation_id=organisation_id, purpose=VOICE, subject__in=inquiries)


def _asked_rows(organisation_id: UUID, round_id: UUID, start: int = 0) -> QuerySet[Guest, tuple[Any, ...]]:
    done = Q(answered_at__isnull=False) | Q(withdrawn_at__isnull=False)
    rows = _guests(organisation_id, round_id).annotate(is_done=done).order_by("is_done", "name", "id")
    return rows.values_list(*_GUEST, "mail__sent_at", "mail__given_up_at")[start : start + A_PAGE + 1]


_FIRST_ASKED = Remembered(_asked_rows)
_ASKED_NUMBERS = Remembered(
    lambda organisation_id, round_id: (
        _guests(organisation_id, round_id)
        .order_by()
        .values_list("purpose")
        .annotate(
            total=Number("id", filter=Q(withdrawn_at=None)), answered=Number("id", filter=Q(answered_at__isnull=False))
        )
    )
)


def asked_page(round: Round, page: int = 1) -> AskedPage:
    """Who was asked in a round; three queries."""
    where = round.organisation_id, round.id
    inquiries = {row[0]: Inquiry.from_db("default", _INQUIRY, row) for row in _INQUIRIES(*where)}
    start = (page - 1) * A_PAGE
    found = list(_asked_rows(*where, start)) if start else _FIRST_ASKED(*where)
    guests = [(Guest.from_db("default", _GUEST, row[: len(_GUEST)]), row[-2], row[-1]) for row in found[:A_PAGE]]
    rows = [AskedRow(guest, inquiries[guest.subject], *of_mail) for guest, *of_mail in guests]
    total, answered = next(((row[1], row[2]) for row in _ASKED_NUMBERS(*where)), (0, 0))
    return AskedPage(rows, page, len(found) > A_PAGE, total, answered)


def everybody_asked(round: Round) -> list[AskedRow]:
    """Who was asked in a round, for papers; two queries."""
    found = Inquiry.objects.filter(organisation_id=round.organisation_id, round=round)
    inquiries = {inquiry.id: inquiry for inquiry in found.select_related("asked_by__person")}
    guests = _guests(round.organisation_id, round.id).select_related("mail").order_by("name", "id")
    return [
        AskedRow(g, inquiries[g.subject], g.mail.sent_at if g.mail else None, g.mail.given_up_at if g.mail else None)
        for g in guests
    ]


def guest_of_round(member: Member, round: Round, guest_id: UUID) -> Guest:
    """Somebody who was asked about this round, or 404."""
    guest = guest_of(member, VOICE, guest_id)
    if not Inquiry.objects.filter(organisation_id=round.organisation_id, round=round, id=guest.subject).exists():
        raise Http404
    return guest


def guests_to_remind(round: Round, ids: Collection[UUID]) -> list[Guest]:
    """Those of these who were asked about this round and have not answered yet, at most a page of them."""
    found = _guests(round.organisation_id, round.id).filter(answered_at=None, withdrawn_at=None, pk__in=ids)
    return list(found.select_related("mail").order_by("name", "id")[:A_PAGE])


class Spread(NamedTuple):
    """How answers of colleagues on one condition lie next to each other: never an average.

    ``counts`` are by answer, over ``people``; the empty answer is there only with answers without a name, of people who
    left this one open. ``is_waiting``: there are answers without a name that are too few to be shown.
    """

    counts: Mapping[str, Count]
    people: int
    is_waiting: bool


def _counted(found: QuerySet[Voice]) -> QuerySet[Voice, tuple[Any, ...]]:
    named = found.annotate(has_name=Q(guest__isnull=False))
    return named.order_by().values_list("condition_id", "block", "value", "has_name").annotate(number=Number("id"))


_SPREADS = Remembered(
    lambda organisation_id, round_id: _counted(Voice.objects.filter(organisation_id=organisation_id, round_id=round_id))
)
_SPREAD = Remembered(
    lambda organisation_id, round_id, condition_id: _counted(
        Voice.objects.filter(organisation_id=organisation_id, round_id=round_id, condition_id=condition_id)
    )
)


def spreads_of(round: Round, condition_id: str = "") -> dict[str, Spread]:
    """The spread of every condition about which somebody said something, or of one; one query, however many voices."""
    where = round.organisation_id, round.id
    named: dict[str, Counter[str]] = {}
    blocks: dict[str, dict[int | None, Counter[str]]] = {}
    for condition, block, value, has_name, number in (
        _SPREAD(*where, condition_id) if condition_id else _SPREADS(*where)
    ):
        if has_name:
            named.setdefault(condition, Counter())[value] += number
        else:
            blocks.setdefault(condition, {}).setdefault(block, Counter())[value] += number
    return {c: _spread(named.get(c, Counter()), blocks.get(c, {})) for c in {**named, **blocks}}


def _spread(named: Counter[str], blocks: Mapping[int | None, Counter[str]]) -> Spread:
    counts: dict[str, Count] = {answer: Count(named[answer], named[answer]) for answer in ANSWERS}
    people = sum(counts[answer].least for answer in ANSWERS)
    outcome = of_growing(ANSWERS, [tally for block, tally in blocks.items() if block is not None])
    if isinstance(outcome, Shown):
        people += outcome.people
        counts |= {
            answer: Count(c.least + named[answer], c.most + named[answer]) for answer, c in outcome.counts.items()
        }
    return Spread(counts, people, None in blocks)


class Saying(NamedTuple):
    """What somebody says who is named."""

    name: str
    value: str
    how: str


class VoicesPage(NamedTuple):
    """What was said about a condition: ``named`` with who said it, ``texts`` of people without a name, in no order."""

    named: list[Saying]
    texts: list[str]
    page: int
    has_more: bool


def _named(found: QuerySet[Voice]) -> QuerySet[Voice]:
    return found.filter(guest__isnull=False).exclude(value="", how="").order_by("guest__name", "id")


def _texts(found: QuerySet[Voice]) -> QuerySet[Voice]:
    return found.filter(block__isnull=False).exclude(how="").order_by("id")


def _of_page(organisation_id: UUID, round_id: UUID, condition_id: str, part: slice) -> tuple[Any, Any]:
    found = Voice.objects.filter(organisation_id=organisation_id, round_id=round_id, condition_id=condition_id)
    return _named(found).values_list("guest__name", "value", "how")[part], _texts(found).values_list("how")[part]


def _first(most: int, which: int) -> Remembered:
    """The first page of this length, which is what nearly everybody reads."""

    def build(organisation_id: UUID, round_id: UUID, condition_id: str) -> QuerySet[Any, Any]:
        found: QuerySet[Any, Any] = _of_page(organisation_id, round_id, condition_id, slice(0, most + 1))[which]
        return found

    return Remembered(build)


_FIRST = {most: (_first(most, 0), _first(most, 1)) for most in (FEW, A_PAGE)}


def voices_page(round: Round, condition_id: str, page: int = 1, most: int = A_PAGE) -> VoicesPage:
    """Voices with a name, by name, and texts without; two queries.

    Texts stand apart from what their writers answered: beside a range that would say too much. Their order is that of
    random numbers, so it does not follow that of coming in.
    """
    where, start = (round.organisation_id, round.id, condition_id), (page - 1) * most
    if start:
        named, texts = (list(found) for found in _of_page(*where, slice(start, start + most + 1)))
    else:
        named, texts = (read(*where) for read in _FIRST[most])
    sayings, words = [Saying(*row) for row in named[:most]], [row[0] for row in texts[:most]]
    return VoicesPage(sayings, words, page, max(len(named), len(texts)) > most)


class WholeVoices(NamedTuple):
    """All that may be seen of a round, for papers."""

    spreads: dict[str, Spread]
    named: dict[str, list[Voice]]
    texts: dict[str, list[str]]


def whole_voices(round: Round) -> WholeVoices:
    """Every voice of a round that may be seen, by condition; three queries."""
    named: dict[str, list[Voice]] = {}
    of_round = Voice.objects.filter(organisation_id=round.organisation_id, round=round)
    for voice in _named(of_round).select_related("guest"):
        named.setdefault(voice.condition_id, []).append(voice)
    texts: dict[str, list[str]] = {}
    for condition_id, how in _texts(of_round).values_list("condition_id", "how"):
        texts.setdefault(condition_id, []).append(how)
    return WholeVoices(spreads_of(round), named, texts)
