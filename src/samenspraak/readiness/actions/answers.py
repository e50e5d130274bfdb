"""Save what is said about a condition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from samenspraak.people.actions import Change, record
from samenspraak.people.models import Member
from samenspraak.readiness.actions.in_tasks import keep_in_tasks
from samenspraak.readiness.actions.rounds import open_round
from samenspraak.readiness.models import Answer, Round
from samenspraak.tasks.actions import StaleVersion


@dataclass(frozen=True, kw_only=True)
class AnswerDraft:
    """What somebody fills in about a condition; ``version`` is that of the answer it was based on."""

    value: str
    how: str
    owner: Member | None
    due_on: date | None
    version: int


def locked_answer(round: Round, condition_id: str) -> Answer:
    """The row of this answer, made when it is not there; call it inside a transaction."""
    where: dict[str, Any] = {
        "organisation_id": round.organisation_id,
        "round_id": round.id,
        "condition_id": condition_id,
    }
    Answer.objects.get_or_create(**where)
    return Answer.objects.select_for_update(of=("self",)).select_related("owner__person").get(**where)


@transaction.atomic
def save_answer(member: Member, round: Round, condition_id: str, draft: AnswerDraft) -> Answer:
    """Save what is said about a condition.

    A draft that was based on an older version raises ``StaleVersion`` with what stands there now, unless it says
    exactly the same: then the save is a repeat and nothing changes.
    """
    round = open_round(round)
    answer = locked_answer(round, condition_id)
    wanted = {"value": draft.value, "how": draft.how, "owner": draft.owner, "due_on": draft.due_on}
    changes = [
        Change(name, _shown(getattr(answer, name)), _shown(value), condition_id)
        for name, value in wanted.items()
        if getattr(answer, name) != value
    ]
    if not changes:
        return answer
    if answer.version != draft.version:
        raise StaleVersion(answer)
    for name, value in wanted.items():
        setattr(answer, name, value)
    answer.version += 1
    answer.changed_by = member
    answer.save()
    record(member, round.id, *changes)
    if {change.field for change in changes} & {"value", "owner", "due_on"}:
        keep_in_tasks(member, round, answer)
    return answer


def _shown(value: Member | date | str | None) -> str:
    return "" if value is None else value.label if isinstance(value, Member) else str(value)
