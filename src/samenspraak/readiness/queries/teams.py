"""Reads of self-assessments of teams. What a team answered goes through the small-group rule, here and nowhere else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count
from django.http import Http404

from samenspraak.method.small_groups import Outcome, Shown, Withheld, of_closed
from samenspraak.method.standing import ANSWERS
from samenspraak.method.types import Edition, Element, Statement
from samenspraak.people.models import Guest, Member
from samenspraak.people.remembered import Remembered, columns
from samenspraak.readiness.models import Assessment, Participation, TeamAssessment, TeamCount, TypedForm
from samenspraak.readiness.queries.assessment import BESIDE, SHOWN

PURPOSE = "assessment"
COLOURS = ("green", "orange", "grey")


@dataclass(frozen=True, kw_only=True)
class TeamElement:
    """The spread at one element: how many people have which colour, and what they answered to each statement."""

    element: Element
    colours: Shown
    statements: tuple[tuple[Statement, Shown], ...]

    @property
    def suggestions(self) -> tuple[Statement, ...]:
        """At most three suggestions: those of the statements that most people did not answer with yes, ours."""
        open_ones = [(s, shown) for s, shown in self.statements if shown.counts["yes"].least < shown.people]
        return tuple(s for s, _ in sorted(open_ones, key=lambda pair: pair[1].counts["yes"].least))[:3]


@dataclass(frozen=True, kw_only=True)
class TeamResult:
    """What may be shown of a team: nothing but ``withheld`` with its reason, or everything in ``elements``."""

    edition: Edition
    withheld: Withheld | None
    elements: tuple[TeamElement, ...] = ()

    @property
    def people(self) -> int:
        """How many people the spread is about."""
        return self.elements[0].colours.people if self.elements else 0

    @property
    def kept_back(self) -> int:
        """How many forms are left out because they are too few to be shown."""
        return self.elements[0].colours.kept_back if self.elements else 0


class TeamRow(NamedTuple):
    """One line in the list of teams."""

    id: UUID
    name: str
    edition: str
    due_on: date | None
    closed_on: date | None


class Handed(NamedTuple):
    """How many forms are in: by people themselves, and typed in from paper."""

    own: int
    typed: int

    @property
    def total(self) -> int:
        """All forms that are in."""
        return self.own + self.typed


_TEAMS = Remembered(
    lambda organisation_id: (
        TeamAssessment.objects.filter(organisation_id=organisation_id)
        .order_by("-created_at")
        .values_list(*TeamRow._fields)[:SHOWN]
    )
)
_FIELDS = columns(TeamAssessment)
_TEAM = Remembered(
    lambda organisation_id, team_id: TeamAssessment.objects.filter(
        organisation_id=organisation_id, id=team_id
    ).values_list(*_FIELDS)
)


def teams_of(member: Member) -> list[TeamRow]:
    """The teams of the organisation, the newest twenty."""
    return [TeamRow(*row) for row in _TEAMS(member.organisation_id)]


def team_for(member: Member, team_id: UUID) -> TeamAssessment:
    """The team assessment when it is of the member's organisation; else 404."""
    rows = _TEAM(member.organisation_id, team_id)
    if not rows:
        raise Http404
    return TeamAssessment.from_db("default", _FIELDS, rows[0])


def is_team(member: Member, team_id: UUID) -> bool:
    """Whether this is a team of the member's organisation."""
    return TeamAssessment.objects.filter(organisation_id=member.organisation_id, id=team_id).exists()


def team_of_guest(guest: Guest) -> TeamAssessment:
    """What a guest was asked to join; else 404."""
    found = TeamAssessment.objects.filter(organisation_id=guest.organisation_id, id=guest.subject).first()
    if found is None:
        raise Http404
    return found


class Place(NamedTuple):
    """Where a member stands in a team: with a draft, done, or neither."""

    draft_id: UUID | None
    is_done: bool


_PLACE = Remembered(
    lambda organisation_id, team_id, member_id: Participation.objects.filter(
        organisation_id=organisation_id, team_id=team_id, member_id=member_id
    ).values_list("is_done")
)
_TEAM_DRAFT = Remembered(
    lambda organisation_id, team_id, member_id: Assessment.objects.filter(
        organisation_id=organisation_id, team_id=team_id, member_id=member_id
    ).values_list("id")
)


def place_of(member: Member, team: TeamAssessment) -> Place:
    """Where this member stands; nobody can ask it of another."""
    done = _PLACE(team.organisation_id, team.id, member.id)
    draft = _TEAM_DRAFT(team.organisation_id, team.id, member.id)
    return Place(draft[0][0] if draft else None, bool(done and done[0][0]))


_GUESTS = Remembered(
    lambda organisation_id, team_id: (
        Guest.objects.filter(organisation_id=organisation_id, purpose=PURPOSE, subject=team_id, withdrawn_at=None)
        .order_by("name", "id")
        .values_list("name", "email")[:100]
    )
)


def guests_of(team: TeamAssessment) -> list[tuple[str, str]]:
    """Who was asked by link: name and address; not whether they answered."""
    return [(name, email) for name, email in _GUESTS(team.organisation_id, team.id)]


_MEMBERS_DONE = Remembered(
    lambda organisation_id, team_id: (
        Participation.objects.filter(organisation_id=organisation_id, team_id=team_id)
        .values_list("is_done")
        .annotate(n=Count("id"))
        .order_by()
    )
)
_GUESTS_DONE = Remembered(
    lambda organisation_id, team_id: Guest.objects.filter(
        organisation_id=organisation_id, purpose=PURPOSE, subject=team_id, answered_at__isnull=False
    ).values_list("answered_at")
)
_TYPED = Remembered(
    lambda organisation_id, team_id: (
        TypedForm.objects.filter(organisation_id=organisation_id, team_id=team_id)
        .values_list("team_id")
        .annotate(n=Count("id"))
        .order_by()
    )
)


def handed_in(team: TeamAssessment) -> Handed:
    """How many forms are in."""
    members = dict(_MEMBERS_DONE(team.organisation_id, team.id))
    guests = len(_GUESTS_DONE(team.organisation_id, team.id))
    typed = _TYPED(team.organisation_id, team.id)
    return Handed(members.get(True, 0) + guests, typed[0][1] if typed else 0)


_COUNTS = Remembered(
    lambda organisation_id, team_id: TeamCount.objects.filter(
        organisation_id=organisation_id, team_id=team_id
    ).values_list("item_id", "is_typed", "option", "people")
)


def team_result(team: TeamAssessment, edition: Edition) -> TeamResult:
    """What may be shown of what this team answered; one query."""
    counts: dict[tuple[UUID, str, bool], dict[str, int]] = defaultdict(dict)
    for item, is_typed, option, people in _COUNTS(team.organisation_id, team.id):
        counts[team.id, item, is_typed][option] = people
    return _team_result(team, edition, counts)


def team_results(teams: list[TeamAssessment], edition: Edition) -> list[TeamResult]:
    """The same for several teams; one query. Every number goes through the small-group rule."""
    organisations = {team.organisation_id for team in teams}
    rows = TeamCount.objects.filter(organisation_id__in=organisations, team_id__in=[team.id for team in teams])
    counts: dict[tuple[UUID, str, bool], dict[str, int]] = defaultdict(dict)
    for team_id, item, is_typed, option, people in rows.values_list(
        "team_id", "item_id", "is_typed", "option", "people"
    ):
        counts[team_id, item, is_typed][option] = people
    return [_team_result(team, edition, counts) for team in teams]


Counts = Mapping[tuple[UUID, str, bool], dict[str, int]]


def _team_result(team: TeamAssessment, edition: Edition, counts: Counts) -> TeamResult:
    def outcome(item: str, options: tuple[str, ...]) -> Outcome:
        own, typed = counts.get((team.id, item, False), {}), counts.get((team.id, item, True), {})
        return of_closed(options, own, typed, is_closed=team.is_closed)

    elements = []
    for element in edition.elements:
        spread = outcome(element.id, COLOURS)
        if isinstance(spread, Withheld):
            return TeamResult(edition=edition, withheld=spread)
        answers = [(s, outcome(s.id, ANSWERS)) for s in element.statements]
        statements = tuple((s, shown) for s, shown in answers if isinstance(shown, Shown))
        elements.append(TeamElement(element=element, colours=spread, statements=statements))
    return TeamResult(edition=edition, withheld=None, elements=tuple(elements))


def shown_teams(member: Member, edition: Edition) -> list[tuple[TeamAssessment, TeamResult]]:
    """The newest closed teams whose spread may be shown, oldest first: to lay side by side."""
    closed = TeamAssessment.objects.filter(organisation_id=member.organisation_id, closed_on__isnull=False)
    teams = list(closed.filter(edition=edition.name).order_by("-closed_on", "-created_at")[:SHOWN])
    shown = [
        (team, result) for team, result in zip(teams, team_results(teams, edition), strict=True) if result.elements
    ]
    return list(reversed(shown[:BESIDE]))
