"""Start, word, close and reopen a round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from samenspraak.library.actions import keep_overlay
from samenspraak.people.actions import Change, record
from samenspraak.people.models import Member
from samenspraak.readiness.actions.in_tasks import keep_in_tasks_again, take_over_tasks
from samenspraak.readiness.actions.lines import copy_instruments
from samenspraak.readiness.models import Answer, Evidence, Round
from samenspraak.tasks.actions import StaleVersion, let_go


class RoundClosed(Exception):
    """The round has been closed, so nothing in it changes any more."""


@dataclass(frozen=True, kw_only=True)
class RoundDraft:
    """What a new round starts with. ``key`` makes a repeated post the same round."""

    name: str
    held_on: date
    edition: str
    motive: str = ""
    unit: str = ""
    previous: Round | None = None
    key: UUID | None = None


TEXTS = ("name", "unit", "motive", "question", "ask", "benefits", "feasibility")


@transaction.atomic
def start_round(member: Member, draft: RoundDraft) -> Round:
    """Start a round, with the answers and evidence of the previous one when that is given."""
    key = draft.key or uuid4()
    if Round.objects.filter(id=key).exclude(organisation_id=member.organisation_id).exists():
        raise Http404
    previous = draft.previous
    defaults: dict[str, Any] = {
        "name": draft.name,
        "unit": draft.unit,
        "held_on": draft.held_on,
        "edition": draft.edition,
        "motive": draft.motive,
        "previous": previous,
        "created_by": member,
    }
    if previous:
        defaults |= {name: getattr(previous, name) for name in ("question", "ask", "benefits")}
    found, is_new = Round.objects.get_or_create(organisation_id=member.organisation_id, id=key, defaults=defaults)
    if is_new:
        record(member, found.id, Change("started", "", found.name))
        if previous:
            _take_over(member, previous, found)
    return found


def _take_over(member: Member, previous: Round, fresh: Round) -> None:
    """Copy answers, evidence and instruments; the stored files are shared, because they never change."""
    for answer in Answer.objects.filter(organisation_id=fresh.organisation_id, round=previous):
        evidence = list(Evidence.objects.filter(organisation_id=fresh.organisation_id, answer=answer, removed_at=None))
        answer.id, answer.round, answer.version, answer.changed_by = uuid4(), fresh, 1, member
        answer._state.adding = True  # noqa: SLF001  Django's documented way to copy a row
        answer.save(force_insert=True)
        for piece in evidence:
            piece.id, piece.answer = uuid4(), answer
        Evidence.objects.bulk_create(evidence)
    copy_instruments(previous, fresh, member)
    take_over_tasks(member, previous, fresh)


def open_round(round: Round) -> Round:
    """The round as it is now, held until the transaction ends; refuses a closed one."""
    found = Round.objects.select_for_update().get(organisation_id=round.organisation_id, id=round.id)
    if found.is_closed:
        raise RoundClosed
    return found


@transaction.atomic
def save_texts(member: Member, round: Round, texts: dict[str, str], *, version: int) -> Round:
    """Save words of the round itself (``TEXTS``); stale versions as in ``save_answer``."""
    found = open_round(round)
    changes = [Change(name, getattr(found, name), text) for name, text in texts.items() if getattr(found, name) != text]
    if not changes:
        return found
    if found.version != version:
        raise StaleVersion(found)
    for change in changes:
        assert change.field in TEXTS
        setattr(found, change.field, change.new)
    found.version += 1
    found.save()
    record(member, found.id, *changes)
    return found


@transaction.atomic
def close_round(member: Member, round: Round) -> None:
    """Close a round: it stays readable and nothing in it changes, the own words it is read with neither.

    A second click changes nothing. What its answers still ask of people stays in Tasks, and is finished there.
    """
    found = Round.objects.select_for_update().get(organisation_id=round.organisation_id, id=round.id)
    if not found.is_closed:
        kept = keep_overlay(member)
        Round.objects.filter(id=found.id).update(closed_at=timezone.now(), overlay_version=kept)
        let_go(member, found.id)
        record(member, found.id, Change("closed", "", "✓"))


@transaction.atomic
def reopen_round(member: Member, round: Round) -> None:
    """Open a closed round again."""
    found = Round.objects.select_for_update().get(organisation_id=round.organisation_id, id=round.id)
    if found.is_closed:
        Round.objects.filter(id=found.id).update(closed_at=None, overlay_version=None)
        keep_in_tasks_again(member, found)
        record(member, found.id, Change("closed", "✓", ""))
