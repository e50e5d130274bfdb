"""Factories of self-assessments, of one person and of teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from samenspraak.method.load import load_edition
from samenspraak.people.models import Guest, Member, Role
from samenspraak.readiness import actions
from samenspraak.readiness.actions import AskedToJoin, TeamDraft, TypedDraft
from samenspraak.readiness.models import Assessment, TeamAssessment
from tests.factories import make_member

EDITION = load_edition("2025-04", "nl")
ELEMENTS = list(EDITION.elements)
FIRST = ELEMENTS[0]
STATEMENTS = [s.id for e in ELEMENTS for s in e.statements]


def everywhere(value: str, **others: str) -> dict[str, str]:
    """The same answer to all 36 statements, but for the ones that are named (with _ for -)."""
    return dict.fromkeys(STATEMENTS, value) | {name.replace("_", "-"): said for name, said in others.items()}


def fill_in(assessment: Assessment, answers: Mapping[str, str]) -> None:
    for element in ELEMENTS:
        own = {s.id: answers[s.id] for s in element.statements if s.id in answers}
        actions.save_statements(assessment, element, own, version=0)


def make_assessment(
    member: Member, answers: Mapping[str, str] | None = None, *, on: date | None = None, is_finished: bool = True
) -> Assessment:
    assessment = actions.start_assessment(member, EDITION.name)
    fill_in(assessment, everywhere("yes") if answers is None else answers)
    return actions.finish_assessment(member, assessment, on) if is_finished else assessment


def make_team(member: Member, name: str = "Inkoop en duurzaamheid", **fields: Any) -> TeamAssessment:
    draft = {"name": name, "edition": EDITION.name, "due_on": None, "key": uuid4(), **fields}
    return actions.start_team(member, TeamDraft(**draft))


def hand_in(member: Member, team: TeamAssessment, answers: Mapping[str, str]) -> None:
    draft = actions.join_team(member, team)
    assert draft is not None
    fill_in(draft, answers)
    assert actions.hand_in(member, team, EDITION)


def colleagues(member: Member, number: int) -> list[Member]:
    return [make_member(Role.READER, member.organisation) for _ in range(number)]


def make_handed_in(member: Member, several: Sequence[Mapping[str, str]], **fields: Any) -> TeamAssessment:
    """A team of which as many colleagues handed in as there are answers."""
    team = make_team(member, **fields)
    for colleague, answers in zip(colleagues(member, len(several)), several, strict=True):
        hand_in(colleague, team, answers)
    return team


def make_closed(member: Member, several: Sequence[Mapping[str, str]], **fields: Any) -> TeamAssessment:
    team = make_handed_in(member, several, **fields)
    actions.close_team(member, team, EDITION)
    return TeamAssessment.objects.get(pk=team.pk)


def type_in(team: TeamAssessment, answers: Mapping[str, str]) -> None:
    actions.type_in_form(team, EDITION, TypedDraft(key=uuid4(), answers=answers))


def ask_guest(member: Member, team: TeamAssessment, email: str = "bram@example.org") -> tuple[Guest, str]:
    """A guest and the key of the link, read from the mail."""
    actions.ask_to_join(member, team, AskedToJoin(email=email, name="Bram", language="nl", once=uuid4()))
    guest = Guest.objects.select_related("mail", "organisation", "asked_by__person").get(email=email, subject=team.id)
    assert guest.mail is not None
    link = next(line for line in guest.mail.text.splitlines() if "/asked/" in line)
    return guest, link.rpartition("/")[2]


# Five people who differ: at the first element three are green and two orange.
FIVE: tuple[Mapping[str, str], ...] = (
    everywhere("yes"),
    everywhere("yes", commitment_1="no"),
    everywhere("partly", inclusion_1="unknown"),
    everywhere("partly", motivation_1="yes", motivation_2="yes"),
    everywhere("no"),
)
