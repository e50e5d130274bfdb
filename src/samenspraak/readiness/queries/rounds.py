"""Reads of rounds, and the loaders that authorise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.http import Http404

from samenspraak.library.queries import edition_for, kept_conditions, withdrawn_conditions
from samenspraak.method.types import Condition, Edition, Language
from samenspraak.people.models import Member
from samenspraak.people.remembered import Remembered, columns
from samenspraak.readiness.models import Answer, Evidence, Round

PAGE = 100
MOST_OTHERS = 5


class RoundRow(NamedTuple):
    """One line in the list of rounds."""

    id: UUID
    name: str
    unit: str
    held_on: date
    closed_at: datetime | None
    met: int
    answered: int
    total: int


def rounds_of(member: Member, page: int = 1) -> tuple[list[RoundRow], bool]:
    """The rounds of the organisation, newest first, a hundred a page, and whether there are more."""
    start = (page - 1) * PAGE
    rounds = Round.objects.filter(organisation_id=member.organisation_id).order_by("-held_on", "-created_at")
    fields = ("id", "name", "unit", "held_on", "closed_at", "edition", "overlay_version")
    rows = list(rounds.values_list(*fields)[start : start + PAGE + 1])
    answers = Answer.objects.filter(organisation_id=member.organisation_id, round_id__in=[r[0] for r in rows[:PAGE]])
    asked = _asked_in(member, rows[:PAGE])
    met, answered = Counter[UUID](), Counter[UUID]()
    for round_id, condition_id, value in answers.exclude(value="").values_list("round_id", "condition_id", "value"):
        if condition_id in asked[round_id]:
            answered[round_id] += 1
            met[round_id] += value == "yes"
    found = [RoundRow(*(*row[:5], met[row[0]], answered[row[0]], len(asked[row[0]]))) for row in rows[:PAGE]]
    return found, len(rows) > PAGE


def _asked_in(member: Member, rows: list[tuple[Any, ...]]) -> dict[UUID, set[str]]:
    """Which conditions each round asks: those of its edition, and the own ones of today or of when it was closed."""
    kept = kept_conditions(member.organisation, [row[6] or 0 for row in rows])
    asked: dict[UUID, set[str]] = {}
    for row in rows:
        is_open = row[6] is None
        edition = edition_for(member.organisation, "nl", row[5], None if is_open else 0)
        asked[row[0]] = {c.id for c in edition.conditions} | (set() if is_open else kept.get(row[6], set()))
    return asked


_ROUND_FIELDS = columns(Round)
_ANSWER_FIELDS = columns(Answer)
_ROUND = Remembered(
    lambda organisation_id, round_id: Round.objects.filter(organisation_id=organisation_id, id=round_id).values_list(
        *_ROUND_FIELDS
    )
)


def round_for(member: Member, round_id: UUID) -> Round:
    """The round when it is of the member's organisation; else 404."""
    rows = _ROUND(member.organisation_id, round_id)
    if not rows:
        raise Http404
    found = Round.from_db("default", _ROUND_FIELDS, rows[0])
    found.organisation = member.organisation
    return found


def beginning_of(round: Round) -> tuple[str, str]:
    """The name of the round whose answers it began with, and of who started it; empty where there is none."""
    found = Round.objects.filter(organisation_id=round.organisation_id, id=round.id)
    previous, started_by = found.values_list("previous__name", "created_by__person__name").get()
    return previous or "", started_by or ""


def newest_round(member: Member) -> Round | None:
    """The round that the route shows: the newest one."""
    found = Round.objects.filter(organisation_id=member.organisation_id)
    return found.order_by("-held_on", "-created_at").first()


def edition_of(round: Round, language: str) -> Edition:
    """The edition that this round was started from, in the reader's language, with the organisation's own words.

    A closed round keeps those it was closed with.
    """
    wanted: Language = "en" if language == "en" else "nl"
    return edition_for(round.organisation, wanted, round.edition, round.overlay_version)


def withdrawn_of(round: Round, edition: Edition, answered: Iterable[str]) -> list[Condition]:
    """Own conditions that were answered in this round and are asked no longer; no query where there are none."""
    asked = {condition.id for condition in edition.conditions}
    left = [condition_id for condition_id in answered if condition_id not in asked]
    return withdrawn_conditions(round.organisation, edition.language, left) if left else []


def condition_for(edition: Edition, condition_id: str) -> Condition:
    """The condition of this edition; else 404."""
    try:
        return edition.condition(condition_id)
    except KeyError:
        raise Http404 from None


_ANSWER = Remembered(
    lambda organisation_id, round_id, condition_id: Answer.objects.filter(
        organisation_id=organisation_id, round_id=round_id, condition_id=condition_id
    ).values_list(*_ANSWER_FIELDS)
)


def answer_for(round: Round, condition_id: str) -> Answer:
    """The answer in this round; a fresh one that is not saved where nobody answered yet."""
    rows = _ANSWER(round.organisation_id, round.id, condition_id)
    if rows:
        return Answer.from_db("default", _ANSWER_FIELDS, rows[0])
    return Answer(organisation_id=round.organisation_id, round_id=round.id, condition_id=condition_id)


def answers_of(round: Round) -> dict[str, Answer]:
    """Every answer of a round by condition, with its owner and who changed it last."""
    found = Answer.objects.filter(organisation_id=round.organisation_id, round_id=round.id)
    return {a.condition_id: a for a in found.select_related("owner__person", "changed_by__person")}


_VALUES = Remembered(
    lambda organisation_id, round_id: Answer.objects.filter(
        organisation_id=organisation_id, round_id=round_id
    ).values_list("condition_id", "value")
)


def values_of(round: Round) -> dict[str, str]:
    """Condition id → answer, for what has been answered."""
    return dict(_VALUES(round.organisation_id, round.id))


def evidence_of(answer: Answer, page: int = 1) -> tuple[list[Evidence], bool]:
    """What shows how we know, oldest first, a hundred a page, and whether there is more."""
    start = (page - 1) * PAGE
    of_round = Evidence.objects.filter(
        organisation_id=answer.organisation_id, answer__round_id=answer.round_id, removed_at=None
    )
    found = of_round.filter(answer__condition_id=answer.condition_id).select_related("added_by__person")
    rows = list(found.order_by("added_at", "id")[start : start + PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def evidence_by_condition(round: Round) -> Mapping[str, list[Evidence]]:
    """All evidence of a round, by condition."""
    found = Evidence.objects.filter(organisation_id=round.organisation_id, answer__round_id=round.id, removed_at=None)
    grouped: dict[str, list[Evidence]] = {}
    for evidence in found.select_related("answer", "added_by__person").order_by("added_at", "id"):
        grouped.setdefault(evidence.answer.condition_id, []).append(evidence)
    return grouped


def evidence_for(member: Member, round_id: UUID, evidence_id: UUID) -> Evidence:
    """One piece of evidence of this round of the member's organisation; else 404."""
    found = Evidence.objects.filter(
        organisation_id=member.organisation_id, answer__round_id=round_id, id=evidence_id
    ).select_related("answer__round")
    evidence = found.first()
    if evidence is None:
        raise Http404
    return evidence


_NEWEST = Remembered(
    lambda organisation_id: (
        Round.objects.filter(organisation_id=organisation_id)
        .order_by("-held_on", "-created_at")
        .values_list("id", "name")[: MOST_OTHERS + 1]
    )
)


def other_rounds(round: Round) -> list[tuple[UUID, str]]:
    """Id and name of other rounds of the organisation, the newest five, to lay beside this one."""
    return [(found, name) for found, name in _NEWEST(round.organisation_id) if found != round.id][:MOST_OTHERS]
