"""What a company says together, for programs: voices of colleagues, what is needed, and self-assessments.

Numbers about people who were promised that nobody sees who said what come from the same rule as on the pages and on paper
(``method/small_groups``), which the queries below apply.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from samenspraak.method.small_groups import Count
from samenspraak.people.endpoints import Endpoint, Operation, Struct
from samenspraak.people.http import MemberRequest
from samenspraak.readiness.models import BudgetLine, HoursLine
from samenspraak.readiness.queries import (
    Finished,
    Result,
    Sheet,
    edition_named,
    edition_of,
    finished_by,
    items_of,
    results_of,
    round_for,
    shared_by_others,
    sheets_of,
    signed_of,
    spreads_of,
    team_for,
    team_result,
    title_of,
)
from samenspraak.readiness.report.sums import cost_sums, hours_around, hours_of


class Number(Struct, frozen=True):
    """How many people: one number when both are the same, else a range, so that nobody is known by it."""

    least: int
    most: int


class SpreadWhole(Struct, frozen=True):
    """What colleagues say about one condition, by answer; never an average. An empty answer is one left open.

    ``is_waiting``: there are answers without a name that are too few to be shown.
    """

    condition_id: str
    people: int
    counts: dict[str, Number]
    is_waiting: bool


class MandateTopic(Struct, frozen=True):
    """How far somebody may go on one topic."""

    item_id: str
    title: str
    may_promise: str
    must_ask: str
    not_possible: str
    by_whom: str
    until_on: date | None


class MandateWhole(Struct, frozen=True):
    """The mandate; ``is_signed`` is whether the text as it is now was signed."""

    about: str
    version: int
    is_signed: bool
    topics: list[MandateTopic]


class Work(Struct, frozen=True):
    """Hours for one kind of work, of all people together."""

    item_id: str
    title: str
    people: int
    hours: Decimal


class HoursWhole(Struct, frozen=True):
    """The hours of one dialogue; ``around`` is what goes to preparation and follow-up."""

    about: str
    version: int
    total: Decimal
    around: Decimal
    work: list[Work]


class Cost(Struct, frozen=True):
    """A cost in the smallest unit of its currency: cents for EUR. ``meeting`` is in-person, online or empty for both."""

    item_id: str
    title: str
    currency: str
    low: int | None
    expected: int | None
    high: int | None
    is_yearly: bool
    meeting: str


class CostTotal(Struct, frozen=True):
    """What costs of one currency add up to, once or every year, in its smallest unit."""

    currency: str
    is_yearly: bool
    low: int
    expected: int
    high: int


class BudgetWhole(Struct, frozen=True):
    """The budget; two currencies are never added up."""

    about: str
    version: int
    costs: list[Cost]
    totals: list[CostTotal]


class TeamPart(Struct, frozen=True):
    """What one team does in a dialogue."""

    item_id: str
    title: str
    who: str
    leads: bool
    gives_input: bool
    wants_results: bool
    helps: bool


class TeamMap(Struct, frozen=True):
    """Which team does what."""

    about: str
    version: int
    teams: list[TeamPart]


class NeedsWhole(Struct, frozen=True):
    """What one dialogue needs, as the round says it."""

    mandate: MandateWhole
    hours: HoursWhole
    budget: BudgetWhole
    team: TeamMap


class ResultLine(Struct, frozen=True):
    """A finished self-assessment: your own, or one that was shared. ``elements`` is green, orange or grey by element."""

    id: UUID
    finished_on: date
    is_own: bool
    is_shared: bool
    by: str
    elements: dict[str, str]
    steps: list[str]


class TeamElementWhole(Struct, frozen=True):
    """How many people have which colour for one element."""

    element_id: str
    colours: dict[str, Number]


class TeamResultWhole(Struct, frozen=True):
    """What may be shown of a team; ``withheld`` says why nothing may: still_open, too_few or would_reveal."""

    id: UUID
    name: str
    withheld: str
    elements: list[TeamElementWhole]


def _numbers(counts: Mapping[str, Count]) -> dict[str, Number]:
    return {option: Number(least=count.least, most=count.most) for option, count in counts.items()}


def voices(request: MemberRequest, round_id: UUID) -> list[SpreadWhole]:
    """What colleagues say, by condition."""
    spreads = spreads_of(round_for(request.member, round_id))
    return [
        SpreadWhole(condition_id=c, people=s.people, counts=_numbers(s.counts), is_waiting=s.is_waiting)
        for c, s in sorted(spreads.items())
    ]


def needs(request: MemberRequest, round_id: UUID) -> NeedsWhole:
    """Mandate, hours, budget and team."""
    round = round_for(request.member, round_id)
    edition, sheets = edition_of(round, request.LANGUAGE_CODE), sheets_of(round)

    def named(line: Any, kind: str) -> dict[str, str]:
        return {"item_id": line.item_id, "title": title_of(line, items_of(edition, kind))}

    def lines(kind: str, same: tuple[str, ...]) -> list[dict[str, Any]]:
        return [named(line, kind) | {name: getattr(line, name) for name in same} for line in sheets[kind].lines]

    hours: list[HoursLine] = sheets["hours"].lines
    return NeedsWhole(
        mandate=MandateWhole(
            **_head(sheets["mandate"]),
            is_signed=signed_of(round, sheets["mandate"]).is_signed,
            topics=[MandateTopic(**line) for line in lines("mandate", _own(MandateTopic))],
        ),
        hours=HoursWhole(
            **_head(sheets["hours"]),
            total=hours_of(hours),
            around=hours_around(hours),
            work=[Work(**named(line, "hours"), people=line.people, hours=line.total) for line in hours],
        ),
        budget=BudgetWhole(
            **_head(sheets["budget"]),
            costs=[Cost(**line) for line in lines("budget", _own(Cost))],
            totals=_totals(sheets["budget"].lines),
        ),
        team=TeamMap(**_head(sheets["team"]), teams=[TeamPart(**line) for line in lines("team", _own(TeamPart))]),
    )


def _own(kind: type[Struct]) -> tuple[str, ...]:
    """The fields of a line that are its own."""
    return tuple(name for name in kind.__struct_fields__ if name not in ("item_id", "title"))


def _head(sheet: Sheet) -> dict[str, Any]:
    return {"about": sheet.instrument.about, "version": sheet.instrument.version}


def _totals(lines: list[BudgetLine]) -> list[CostTotal]:
    return [
        CostTotal(
            currency=found.expected.currency,
            is_yearly=found.is_yearly,
            low=found.low.minor,
            expected=found.expected.minor,
            high=found.high.minor,
        )
        for found in cost_sums(lines)
    ]


def self_assessments(request: MemberRequest) -> list[ResultLine]:
    """What you finished, and what colleagues finished and shared."""
    own, others = finished_by(request.member), shared_by_others(request.member)
    results = results_of(request.member, [*own, *others], request.LANGUAGE_CODE)
    return [
        _result(one, result, is_own=n < len(own))
        for n, (one, result) in enumerate(zip([*own, *others], results, strict=True))
    ]


def _result(one: Finished, result: Result, *, is_own: bool) -> ResultLine:
    return ResultLine(
        id=one.id,
        finished_on=one.finished_on,
        is_own=is_own,
        is_shared=one.shared_on is not None,
        by=one.by,
        elements=dict(result.colours),
        steps=[found.step.id for found in result.steps],
    )


def team(request: MemberRequest, team_id: UUID) -> TeamResultWhole:
    """What may be shown of a team."""
    found = team_for(request.member, team_id)
    result = team_result(found, edition_named(request.member, found.edition, request.LANGUAGE_CODE))
    elements = [TeamElementWhole(element_id=e.element.id, colours=_numbers(e.colours.counts)) for e in result.elements]
    return TeamResultWhole(
        id=found.id, name=found.name, withheld=result.withheld.reason if result.withheld else "", elements=elements
    )


ENDPOINTS = (
    Endpoint(
        name="voices",
        address="rounds/<uuid:round_id>/voices",
        get=Operation(
            view=voices, about="What colleagues say, by condition, next to each other", gives=list[SpreadWhole]
        ),
    ),
    Endpoint(
        name="needs",
        address="rounds/<uuid:round_id>/needs",
        get=Operation(view=needs, about="Mandate, hours, budget and team of a round", gives=NeedsWhole),
    ),
    Endpoint(
        name="self_assessments",
        address="self-assessments",
        get=Operation(
            view=self_assessments, about="Your own finished self-assessments and those shared", gives=list[ResultLine]
        ),
    ),
    Endpoint(
        name="team_result",
        address="self-assessments/teams/<uuid:team_id>",
        get=Operation(view=team, about="What may be shown of a team", gives=TeamResultWhole),
    ),
)
