"""Factories of mandate, hours, budget and team, and of who is asked to sign."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from samenspraak.people.actions import AskedGuest
from samenspraak.people.models import Guest, Member
from samenspraak.readiness import actions
from samenspraak.readiness.models import Instrument, Round, Signature

LINES: dict[str, list[dict[str, Any]]] = {
    "mandate": [
        {
            "item_id": "living-wage",
            "title": "Leefbaar loon",
            "may_promise": "Samen uitzoeken wat er mist",
            "must_ask": "Een hogere stukprijs",
            "not_possible": "Zelf loon uitbetalen",
            "by_whom": "Ilse van de directie",
            "until_on": date(2027, 4, 30),
        },
        {"title": "Levertijden", "may_promise": "Rooster drie dagen vooraf"},
    ],
    "hours": [
        {"item_id": "preparation", "title": "Voorbereiding", "quarters": 50, "people": 2},
        {"title": "Cadeau uitzoeken", "quarters": 6},
    ],
    "budget": [
        {"item_id": "interpreter", "title": "Tolk", "low": 90050, "expected": 112450, "high": 140075},
        {"title": "Vragenlijst", "expected": 120000, "is_yearly": True, "meeting": "online"},
    ],
    "team": [
        {"item_id": "purchasing", "title": "Inkoop", "who": "Bram", "leads": True, "helps": True},
        {"title": "Atelier", "who": "Yara", "gives_input": True, "wants_results": True},
    ],
}


def save(member: Member, round: Round, kind: str, lines: list[dict[str, Any]] | None = None, **head: Any) -> Instrument:
    """Save an instrument with these lines, ordinary ones where a test does not name them."""
    head = {"about": f"Gesprek over {kind}", "version": 0, **head}
    given = LINES[kind] if lines is None else lines
    return actions.save_instrument(member, round, actions.draft_of(kind=kind, lines=given, **head))


def fill_needs(member: Member, round: Round) -> None:
    for kind in LINES:
        save(member, round, kind)


def ask(member: Member, round: Round, **fields: Any) -> AskedGuest:
    """Ask a director to sign the mandate."""
    given = {"name": "Ilse", "email": "ilse@example.org", "language": "nl", "once": uuid4(), **fields}
    return actions.ask_signature(member, round, actions.SignDraft(**given))


def key_of(asked: AskedGuest) -> str:
    return asked.link.rpartition("/")[2]


def sign(guest: Guest, version: int = 1, **fields: Any) -> Signature:
    """Sign the mandate as it is at ``version``."""
    given = {"outcome": "signed", "name": "Ilse Bos", "says": "", "version": version, **fields}
    given.setdefault("content", [{"title": "Levertijden", "may_promise": "Rooster"}])
    return actions.answer_mandate(guest, actions.SignatureDraft(**given), seen_version=version)
