"""What the other rooms know about the nine steps, put together for the home page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from samenspraak.library.queries import edition_for
from samenspraak.method.standing import Standing, standing_of
from samenspraak.method.types import Edition, Element, Language, Step
from samenspraak.people.models import Member
from samenspraak.readiness.models import Round
from samenspraak.readiness.queries import Newest, edition_of, newest_result, newest_round, values_of
from samenspraak.tasks.queries import Row, next_tasks, open_count

State = Literal["done", "attention", "todo"]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One step on the route and how it stands; ``because`` of elements that ask attention in one's own self-assessment."""

    step: Step
    state: State
    because: tuple[Element, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Journey:
    """Everything the home page shows. ``begin`` is the lowest step that asks attention, if any."""

    edition: Edition
    round: Round | None
    standing: Standing | None
    stops: tuple[Stop, ...]
    tasks: list[Row]
    open_tasks: int
    newest: Newest | None

    @property
    def begin(self) -> Stop | None:
        """Where to start."""
        waiting = [s for s in self.stops if s.state == "attention"]
        return waiting[0] if waiting else None

    def count(self, state: State) -> int:
        """How many steps stand like this."""
        return sum(stop.state == state for stop in self.stops)


def journey_of(member: Member, language: str) -> Journey:
    """The route of the member's organisation, from its newest round."""
    round = newest_round(member)
    wanted: Language = "en" if language == "en" else "nl"
    if round is None:
        edition, standing = edition_for(member.organisation, wanted), None
    else:
        round.organisation = member.organisation
        edition = edition_of(round, wanted)
        standing = standing_of(edition, values_of(round))
    newest = newest_result(member, wanted)
    because = {s.step.id: s.because for s in newest.result.steps} if newest else {}
    return Journey(
        edition=edition,
        round=round,
        standing=standing,
        stops=tuple(_stop(step, because.get(step.id, ()), round, standing, newest) for step in edition.steps),
        newest=newest,
        tasks=next_tasks(member) if round else [],
        open_tasks=open_count(member) if round else 0,
    )


def _stop(
    step: Step, because: tuple[Element, ...], round: Round | None, standing: Standing | None, newest: Newest | None
) -> Stop:
    if because:
        return Stop(step=step, state="attention", because=because)
    if step.number == 0:
        return Stop(step=step, state="done" if newest else "todo")
    return Stop(step=step, state=_state(step.number, round, standing))


def _state(number: int, round: Round | None, standing: Standing | None) -> State:
    """How a step stands, from what is recorded. Rooms for the later steps come later: those are not begun."""
    if round is None or standing is None:
        return "todo"
    if number == 1:
        return "done" if round.motive else "attention"
    if number == 2:
        return "done" if standing.met == standing.total else "attention"
    return "todo"
