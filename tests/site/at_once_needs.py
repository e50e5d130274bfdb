"""The forms of mandate, hours, budget and team, and of signing, to be sent fifty times at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from samenspraak.people.models import Guest, Member
from samenspraak.readiness.models import BudgetLine, HoursLine, Instrument, MandateLine, Signature, TeamLine
from tests.readiness.needs import ask, key_of, save
from tests.readiness.rounds import make_round
from tests.site.at_once import Case, Sent

NEEDS = (Instrument, MandateLine, HoursLine, BudgetLine, TeamLine, Guest, Signature)


def on_instrument(kind: str, **form: Any) -> Callable[[Member], Sent]:
    return lambda member: Sent(
        {"round_id": make_round(member).id, "instrument": kind}, lambda: {"about": "", "version": 0, **form}
    )


def a_signer(member: Member) -> Sent:
    form = {"signer-name": "Ilse", "signer-email": "ilse@example.org", "signer-once": uuid4()}
    return Sent({"round_id": make_round(member).id}, lambda: form)


def asked_to_sign(member: Member, *, is_old: bool = False) -> Sent:
    round = make_round(member)
    guest = ask(member, round).guest
    if is_old:
        Guest.objects.update(created_at="2026-11-01T12:00:00Z")
    return Sent({"round_id": round.id, "guest_id": guest.pk}, dict)


def a_signature(member: Member) -> Sent:
    round = make_round(member)
    version = save(member, round, "mandate").version
    return Sent({"key": key_of(ask(member, round))}, lambda: {"name": "Ilse Bos", "version": version})


OF_NEEDS = {
    "hours": Case(
        "readiness:save_instrument",
        on_instrument("hours", **{"preparation-hours": "1,5", "own-1-title": "Cadeau", "own-1-hours": "2"}),
        {"Instrument": 1, "HoursLine": 2},
        ["quarters", "quarters", "title"],
    ),
    "a budget": Case(
        "readiness:save_instrument",
        on_instrument("budget", **{"room-expected": "1.234,56"}),
        {"Instrument": 1, "BudgetLine": 1},
        ["expected"],
    ),
    "a mandate": Case(
        "readiness:save_instrument",
        on_instrument("mandate", **{"training-must_ask": "Een trainer"}),
        {"Instrument": 1, "MandateLine": 1},
        ["must_ask"],
    ),
    "a team map": Case(
        "readiness:save_instrument",
        on_instrument("team", **{"legal-leads": "on"}),
        {"Instrument": 1, "TeamLine": 1},
        ["leads"],
    ),
    "somebody asked to sign": Case(
        "readiness:ask_signature", a_signer, {"Instrument": 1, "Guest": 1, "Mail": 1}, ["asked"]
    ),
    "somebody asked again to sign": Case(
        "readiness:remind_signer", lambda m: asked_to_sign(m, is_old=True), {"Mail": 1}, ["reminded"]
    ),
    "somebody need not sign any more": Case("readiness:withdraw_signer", asked_to_sign, {}, ["asked"]),
    "a signature": Case("readiness:sign", a_signature, {"Signature": 1}, ["signed"], frozenset({200, 410})),
}
