"""Reads of rounds, and the loaders that authorise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.http import Http404

from samenspraak.library.queries import edition_for
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


def rounds_of(member: Member, page: int = 1) -> tuple[list[RoundRow], bool]:
    """The rounds of the organisation, newest first, a hundred a page, and whether there are more."""
    start = (page - 1) * PAGE
    rounds = Round.objects.filter(organisation_id=member.organisation_id).order_by("-held_on", "-created_at")
    rows = list(rounds.values_list("id", "name", "unit", "held_on", "closed_at")[start : start + PAGE + 1])
    answers = Answer.objects.filter(organisation_id=member.organisation_id, round_id__in=[r[0] for r in rows[:PAGE]])
    met, answered = Counter[UUID](), Counter[UUID]()
    for round_id, value in answers.exclude(value="").values_list("round_id", "value"):
        answered[round_id] += 1
        met[round_id] += value == "yes"
    found = [RoundRow(*row, met=met[row[0]], answered=answered[row[0]]) for row in rows[:PAGE]]
    return found, len(rows) > PAGE


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
    """The edition that this round was started from, in the reader's language."""
    wanted: Language = "en" if language == "en" else "nl"
    return edition_for(round.organisation, wanted, round.edition)


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
