"""Fill in the self-assessment alone: start, save, finish, share; and what that says at the condition about insight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from samenspraak.method.standing import ANSWERS
from samenspraak.method.types import Edition, Element
from samenspraak.people.actions import Change, record
from samenspraak.people.models import Member
from samenspraak.readiness.actions.answers import AnswerDraft, locked_answer, save_answer
from samenspraak.readiness.actions.rounds import RoundClosed
from samenspraak.readiness.models import Assessment, ElementAnswers, Round, TeamAssessment
from samenspraak.readiness.queries import insight_text, is_from_assessment, newest_round
from samenspraak.tasks.actions import StaleVersion

INSIGHT = "capacity-insight"
"""The condition that a self-assessment answers: we know how good we are at this."""


class AssessmentEnded(Exception):
    """It was finished or handed in meanwhile, or its team has closed, so nothing in it changes any more."""


@dataclass(frozen=True, kw_only=True)
class TypedDraft:
    """A paper form as somebody typed it in; ``key`` makes a repeated post the same form."""

    key: UUID
    answers: Mapping[str, str]


@transaction.atomic
def start_assessment(member: Member, edition: str) -> Assessment:
    """Start one's own, or go on with the one that is open: there is never more than one."""
    found, _is_new = Assessment.objects.get_or_create(
        organisation_id=member.organisation_id,
        member=member,
        team=None,
        finished_on=None,
        defaults={"edition": edition, "started_on": timezone.localdate()},
    )
    return found


def open_assessment(assessment: Assessment) -> Assessment:
    """The row as it is now, held until the transaction ends; refuses what has ended."""
    found = Assessment.objects.select_for_update().filter(
        organisation_id=assessment.organisation_id, id=assessment.id, finished_on=None
    )
    row = found.first()
    if row is None or (row.team_id and TeamAssessment.objects.get(pk=row.team_id).is_closed):
        raise AssessmentEnded
    return row


@transaction.atomic
def save_statements(
    assessment: Assessment, element: Element, answers: Mapping[str, str], *, version: int
) -> ElementAnswers:
    """Save what is said about the statements of one element.

    A save that was based on an older version raises ``StaleVersion`` with what stands there now, unless it says exactly
    the same. A statement that is not among the answers has none.
    """
    open_assessment(assessment)
    kept = checked([element], answers)
    where: dict[str, Any] = {
        "organisation_id": assessment.organisation_id,
        "assessment_id": assessment.id,
        "element_id": element.id,
    }
    ElementAnswers.objects.get_or_create(**where)
    row = ElementAnswers.objects.select_for_update().get(**where)
    if row.answers == kept:
        return row
    if row.version != version:
        raise StaleVersion(row)
    row.answers, row.version = kept, row.version + 1
    row.save()
    return row


def checked(elements: list[Element], answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that are one of four, to statements of these elements; anything else is a mistake of the caller."""
    known = {statement.id for element in elements for statement in element.statements}
    wrong = {key: value for key, value in answers.items() if key not in known or value not in ANSWERS}
    if wrong:
        raise ValueError(f"no statement or no answer: {sorted(wrong)}")
    return dict(answers)


@transaction.atomic
def finish_assessment(member: Member, assessment: Assessment, on: date | None = None) -> Assessment:
    """Finish one's own: the answers stay as they are, and the condition about insight hears of it. Again changes nothing."""
    found = Assessment.objects.select_for_update().get(
        organisation_id=member.organisation_id, member=member, team=None, id=assessment.id
    )
    if found.finished_on is None:
        found.finished_on = on or timezone.localdate()
        found.save(update_fields=["finished_on"])
        tell_insight(member, found.finished_on)
    return found


@transaction.atomic
def type_in_assessment(member: Member, edition: Edition, draft: TypedDraft) -> Assessment:
    """Keep a paper form of one's own as finished today; the same key gives the form that is there already."""
    answers = checked(list(edition.elements), draft.answers)
    Member.objects.select_for_update().get(pk=member.pk)  # so that the same form twice is one after the other
    known = Assessment.objects.filter(id=draft.key).first()
    if known is not None:
        if known.member_id != member.id or known.team_id:
            raise Http404
        return known
    today = timezone.localdate()
    made = Assessment.objects.create(
        organisation_id=member.organisation_id,
        id=draft.key,
        member=member,
        edition=edition.name,
        started_on=today,
        finished_on=today,
    )
    ElementAnswers.objects.bulk_create(
        ElementAnswers(
            organisation_id=member.organisation_id,
            assessment=made,
            element_id=element.id,
            answers={s.id: answers[s.id] for s in element.statements if s.id in answers},
            version=1,
        )
        for element in edition.elements
    )
    tell_insight(member, today)
    return made


@transaction.atomic
def share_assessment(member: Member, assessment: Assessment, *, is_shared: bool) -> None:
    """Let colleagues see one's own result, or no longer; a second click changes nothing."""
    found = Assessment.objects.select_for_update().filter(
        organisation_id=member.organisation_id,
        member=member,
        team=None,
        id=assessment.id,
        finished_on__isnull=False,
        shared_on__isnull=is_shared,
    )
    if found.update(shared_on=timezone.localdate() if is_shared else None):
        said = ("", "✓") if is_shared else ("✓", "")
        record(member, assessment.id, Change("shared", *said))


def tell_insight(member: Member, day: date) -> None:
    """Let the newest round know, when this member may change answers at all."""
    newest = newest_round(member) if member.may_edit else None
    if newest:
        fill_insight(member, newest, day)


@transaction.atomic
def fill_insight(member: Member, round: Round, day: date) -> bool:
    """Answer the condition about insight when nobody ever did; what a person said is never overwritten."""
    answer = locked_answer(round, INSIGHT)
    if answer.version or round.is_closed:
        return False
    draft = AnswerDraft(value="yes", how=insight_text(day), owner=None, due_on=None, version=0)
    try:
        save_answer(member, round, INSIGHT, draft)
    except RoundClosed:
        return False
    return True


@transaction.atomic
def take_back_insight(member: Member, round: Round) -> bool:
    """Undo ``fill_insight`` while nobody changed the answer since; with a line in the history, as any change."""
    answer = locked_answer(round, INSIGHT)
    if round.is_closed or not is_from_assessment(member, answer):
        return False
    save_answer(member, round, INSIGHT, AnswerDraft(value="", how="", owner=None, due_on=None, version=1))
    return True
