"""The self-assessment of a team: start, join, hand in, type in a paper form, close.

Handing in cuts the link between a person and the answers: they are added to the numbers of the team and the rows of
the person go, in one transaction. Nothing of it stands in the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.utils import timezone

from samenspraak.method.scoring import Answer, colours
from samenspraak.method.small_groups import NO_ANSWER
from samenspraak.method.standing import ANSWERS
from samenspraak.method.types import Edition
from samenspraak.people.actions import Change, GuestDraft, GuestLetter, ask_guest, mark_answered, record
from samenspraak.people.models import Guest, Member
from samenspraak.readiness.actions.assessment import AssessmentEnded, TypedDraft, checked, tell_insight
from samenspraak.readiness.models import Assessment, Participation, TeamAssessment, TeamCount, TypedForm
from samenspraak.readiness.queries import statement_answers, team_result
from samenspraak.readiness.queries.teams import PURPOSE


class NothingFilledIn(Exception):
    """There is not one answer in it, so there is nothing to hand in."""


@dataclass(frozen=True, kw_only=True)
class TeamDraft:
    """What a team assessment starts with; ``key`` makes a repeated post the same one."""

    name: str
    edition: str
    due_on: date | None
    key: UUID


@dataclass(frozen=True, kw_only=True)
class AskedToJoin:
    """Somebody without an account who is asked to join a team; ``once`` is the number of the form."""

    email: str
    name: str
    language: str
    once: UUID


@transaction.atomic
def start_team(member: Member, draft: TeamDraft) -> TeamAssessment:
    """Start a self-assessment for a team."""
    if TeamAssessment.objects.filter(id=draft.key).exclude(organisation_id=member.organisation_id).exists():
        raise Http404
    defaults: dict[str, Any] = {
        "name": draft.name,
        "edition": draft.edition,
        "due_on": draft.due_on,
        "created_by": member,
    }
    team, is_new = TeamAssessment.objects.get_or_create(
        organisation_id=member.organisation_id, id=draft.key, defaults=defaults
    )
    if is_new:
        record(member, team.id, Change("started", "", team.name))
    return team


def _open_team(team: TeamAssessment) -> TeamAssessment:
    """The row as it is now, held until the transaction ends; refuses a closed one."""
    found = TeamAssessment.objects.select_for_update().get(organisation_id=team.organisation_id, id=team.id)
    if found.is_closed:
        raise AssessmentEnded
    return found


def _fresh(team: TeamAssessment, **whose: Any) -> Assessment:
    found, _is_new = Assessment.objects.get_or_create(
        organisation_id=team.organisation_id,
        team=team,
        **whose,
        defaults={"edition": team.edition, "started_on": timezone.localdate()},
    )
    return found


@transaction.atomic
def join_team(member: Member, team: TeamAssessment) -> Assessment | None:
    """Begin to fill in for a team, or go on; None when this member has handed in already."""
    team = _open_team(team)
    place, _is_new = Participation.objects.get_or_create(organisation_id=team.organisation_id, team=team, member=member)
    return None if place.is_done else _fresh(team, member=member)


@transaction.atomic
def join_as_guest(guest: Guest, team: TeamAssessment) -> Assessment:
    """Begin to fill in by a link, or go on."""
    return _fresh(_open_team(team), guest=guest)


@transaction.atomic
def ask_to_join(member: Member, team: TeamAssessment, asked: AskedToJoin) -> None:
    """Mail somebody without an account a link to join. Who was asked before is not asked again, answered or not.

    Whether the mail went out anew is not told: that would tell who has answered.
    """
    team = _open_team(team)
    known = Guest.objects.filter(organisation_id=team.organisation_id, purpose=PURPOSE, subject=team.id)
    if known.filter(email=asked.email).exists():
        return
    letter = GuestLetter(
        template="readiness/mail/team", route="readiness:guest_assessment", context={"team": team.name}
    )
    draft = GuestDraft(
        purpose=PURPOSE,
        subject=team.id,
        email=asked.email,
        name=asked.name,
        language=asked.language,
        once=asked.once,
        letter=letter,
    )
    if ask_guest(member, draft).is_new:
        record(member, team.id, Change("asked", "", asked.name))


@transaction.atomic
def hand_in(member: Member, team: TeamAssessment, edition: Edition) -> bool:
    """Add the answers of a member to the numbers of the team and forget whose they were. Again changes nothing."""
    team = _open_team(team)
    place = Participation.objects.select_for_update().filter(
        organisation_id=team.organisation_id, team=team, member=member, is_done=False
    )
    draft = Assessment.objects.filter(organisation_id=team.organisation_id, team=team, member=member).first()
    if draft is None or not place.exists():
        return False
    _count(team, edition, [_answers(draft)], is_typed=False)
    draft.delete()
    place.update(is_done=True)
    return True


@transaction.atomic
def hand_in_as_guest(guest: Guest, team: TeamAssessment, edition: Edition) -> bool:
    """The same for somebody who came by a link; the link works no more."""
    team = _open_team(team)
    draft = Assessment.objects.filter(organisation_id=team.organisation_id, team=team, guest=guest).first()
    if draft is None:
        if Guest.objects.filter(pk=guest.pk, answered_at__isnull=False).exists():
            return False
        raise NothingFilledIn
    answers = _answers(draft)
    if not mark_answered(guest, keeps_time=False):
        return False
    _count(team, edition, [answers], is_typed=False)
    draft.delete()
    return True


def _answers(draft: Assessment) -> dict[str, str]:
    answers = statement_answers(draft)
    if not answers:
        raise NothingFilledIn
    return answers


@transaction.atomic
def type_in_form(team: TeamAssessment, edition: Edition, draft: TypedDraft) -> None:
    """Add a paper form to the numbers of a team; the same key counts once."""
    team = _open_team(team)
    answers = checked(list(edition.elements), draft.answers)
    if not answers:
        raise NothingFilledIn
    if TypedForm.objects.filter(id=draft.key).exclude(team=team).exists():
        raise Http404
    _form, is_new = TypedForm.objects.get_or_create(organisation_id=team.organisation_id, team=team, id=draft.key)
    if is_new:
        _count(team, edition, [answers], is_typed=True)


def _count(team: TeamAssessment, edition: Edition, forms: Iterable[Mapping[str, str]], *, is_typed: bool) -> None:
    """Add forms to the numbers: every statement, and the colour of every element; call it with the team held.

    The numbers are made all at once the first time, zeros too, so that no row tells by being new.
    """
    of_team = TeamCount.objects.filter(organisation_id=team.organisation_id, team=team, is_typed=is_typed)
    if not of_team.exists():
        TeamCount.objects.bulk_create(
            TeamCount(organisation_id=team.organisation_id, team=team, item_id=item, option=option, is_typed=is_typed)
            for item, option in _places(edition)
        )
    for answers in forms:
        chosen = colours(edition, cast("Mapping[str, Answer]", answers))
        said = {s.id: answers.get(s.id, NO_ANSWER) for e in edition.elements for s in e.statements} | chosen
        for item, option in said.items():
            of_team.filter(item_id=item, option=option).update(people=F("people") + 1)


def _places(edition: Edition) -> Iterable[tuple[str, str]]:
    for element in edition.elements:
        yield from ((element.id, colour) for colour in ("green", "orange", "grey"))
        for statement in element.statements:
            yield from ((statement.id, value) for value in (*ANSWERS, NO_ANSWER))


@transaction.atomic
def close_team(member: Member, team: TeamAssessment, edition: Edition) -> None:
    """Close it for good: what was not handed in goes, and the spread may be seen. A second click changes nothing."""
    found = TeamAssessment.objects.select_for_update().get(organisation_id=team.organisation_id, id=team.id)
    if found.is_closed:
        return
    found.closed_on = timezone.localdate()
    found.save(update_fields=["closed_on"])
    Assessment.objects.filter(organisation_id=found.organisation_id, team=found).delete()
    record(member, found.id, Change("closed", "", "✓"))
    if team_result(found, edition).elements:
        tell_insight(member, found.closed_on)
