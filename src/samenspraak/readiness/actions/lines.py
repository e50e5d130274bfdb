"""The lines of an instrument: as drafts, put in place of the old ones, and taken over by a next round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeAlias
from uuid import uuid4

from samenspraak.people.models import Member
from samenspraak.readiness import models
from samenspraak.readiness.models import Instrument, Round


@dataclass(frozen=True, kw_only=True)
class MandateDraft:
    """How far one may go on one topic; of the edition when ``item_id`` is given, else of one's own."""

    item_id: str = ""
    title: str = ""
    may_promise: str = ""
    must_ask: str = ""
    not_possible: str = ""
    by_whom: str = ""
    until_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class HoursDraft:
    """Quarters of an hour for each of ``people``."""

    item_id: str = ""
    title: str = ""
    quarters: int = 0
    people: int = 1


@dataclass(frozen=True, kw_only=True)
class BudgetDraft:
    """One cost; amounts in the smallest unit of ``currency``."""

    item_id: str = ""
    title: str = ""
    currency: str = "EUR"
    low: int | None = None
    expected: int | None = None
    high: int | None = None
    is_yearly: bool = False
    meeting: str = ""


@dataclass(frozen=True, kw_only=True)
class TeamLineDraft:
    """What one team does, and who by name."""

    item_id: str = ""
    title: str = ""
    who: str = ""
    member: Member | None = None
    leads: bool = False
    gives_input: bool = False
    wants_results: bool = False
    helps: bool = False


LineDraft: TypeAlias = MandateDraft | HoursDraft | BudgetDraft | TeamLineDraft
TABLES: dict[str, tuple[type[Any], type[Any]]] = {
    "mandate": (models.MandateLine, MandateDraft),
    "hours": (models.HoursLine, HoursDraft),
    "budget": (models.BudgetLine, BudgetDraft),
    "team": (models.TeamLine, TeamLineDraft),
}


def drafts_of(instrument: Instrument) -> tuple[Any, ...]:
    """The lines as they are kept, as drafts."""
    table, made = TABLES[instrument.kind]
    names = [field.name for field in fields(made)]
    lines = table.objects.filter(organisation_id=instrument.organisation_id, instrument=instrument).order_by("place")
    if "member" in names:
        lines = lines.select_related("member__person")
    return tuple(made(**{name: getattr(line, name) for name in names}) for line in lines)


def replace_lines(instrument: Instrument, table: type[Any], lines: Sequence[Any]) -> None:
    """Put these lines in the place of all that the instrument has; ``table`` is where its lines stand."""
    organisation_id = instrument.organisation_id
    table.objects.filter(organisation_id=organisation_id, instrument=instrument).delete()
    table.objects.bulk_create(
        table(
            id=uuid4(),
            organisation_id=organisation_id,
            instrument=instrument,
            place=place,
            **{field.name: getattr(line, field.name) for field in fields(line)},
        )
        for place, line in enumerate(lines, start=1)
    )


def copy_instruments(previous: Round, fresh: Round, member: Member) -> None:
    """Take over every instrument and its lines; a signature stays with the round in which it was given."""
    for instrument in Instrument.objects.filter(organisation_id=fresh.organisation_id, round=previous):
        lines = drafts_of(instrument)
        instrument.id, instrument.round, instrument.version, instrument.changed_by = uuid4(), fresh, 1, member
        instrument._state.adding = True  # noqa: SLF001  Django's documented way to copy a row
        instrument.save(force_insert=True)
        replace_lines(instrument, TABLES[instrument.kind][0], lines)
