"""Reads of what a conversation needs: mandate, hours, budget and team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import Http404

from samenspraak.method.types import Edition, ListingItem
from samenspraak.people.remembered import Remembered, columns
from samenspraak.readiness.models import (
    KINDS,
    BudgetLine,
    HoursLine,
    Instrument,
    MandateLine,
    Round,
    TeamLine,
)

TABLES: Mapping[str, type[Any]] = {
    "mandate": MandateLine,
    "hours": HoursLine,
    "budget": BudgetLine,
    "team": TeamLine,
}
# Which condition asks for which instrument, and which list of the edition its lines begin with.
CONDITIONS = {
    "mandate": ("commitment-outcomes", "outcomes"),
    "hours": ("capacity-time", "hours"),
    "budget": ("capacity-money", "cost-kinds"),
    "team": ("processes-alignment", "teams"),
}
_OF_CONDITION = {condition: kind for kind, (condition, _listing) in CONDITIONS.items()}
_FIELDS = columns(Instrument)
_INSTRUMENTS = Remembered(
    lambda organisation_id, round_id: Instrument.objects.filter(
        organisation_id=organisation_id, round_id=round_id
    ).values_list(*_FIELDS)
)


def _of_round(kind: str, table: type[Any]) -> Remembered:
    """Lines by way of the id of their instrument: a join would read every line of the organisation."""
    names = columns(table)

    def build(organisation_id: Any, round_id: Any) -> QuerySet[Any, Any]:
        instrument = Instrument.objects.filter(organisation_id=organisation_id, round_id=round_id, kind=kind)
        lines = table.objects.filter(organisation_id=organisation_id, instrument_id=instrument.values("id")[:1])
        return lines.order_by("place").values_list(*names)  # type: ignore[no-any-return]

    return Remembered(build)


_LINES = {kind: (_of_round(kind, table), columns(table)) for kind, table in TABLES.items()}


class Sheet(NamedTuple):
    """An instrument and its lines in order; one that is not saved and has none where nobody filled it in."""

    instrument: Instrument
    lines: list[Any]


def kind_for(kind: str) -> str:
    """One of the four; else 404."""
    if kind not in KINDS:
        raise Http404
    return kind


def _instruments(round: Round) -> dict[str, Instrument]:
    rows = _INSTRUMENTS(round.organisation_id, round.id)
    return {found.kind: found for found in (Instrument.from_db("default", _FIELDS, row) for row in rows)}


def _lines(round: Round, kind: str) -> list[Any]:
    read, names = _LINES[kind]
    return [TABLES[kind].from_db("default", names, row) for row in read(round.organisation_id, round.id)]


def _fresh(round: Round, kind: str) -> Instrument:
    return Instrument(organisation_id=round.organisation_id, round_id=round.id, kind=kind)


def sheet_of(round: Round, kind: str) -> Sheet:
    """One instrument of a round, in two queries."""
    return Sheet(_instruments(round).get(kind) or _fresh(round, kind), _lines(round, kind))


def sheets_of(round: Round) -> dict[str, Sheet]:
    """All four of a round with who changed them last, for papers; in five queries."""
    rows = Instrument.objects.filter(organisation_id=round.organisation_id, round_id=round.id)
    found = {row.kind: row for row in rows.select_related("changed_by__person")}
    return {kind: Sheet(found.get(kind) or _fresh(round, kind), _lines(round, kind)) for kind in KINDS}


def lines_for_condition(round: Round, condition_id: str) -> tuple[str, list[Any]] | None:
    """Which instrument a condition asks for, with its lines; None for a condition that asks for none."""
    kind = _OF_CONDITION.get(condition_id)
    return (kind, _lines(round, kind)) if kind else None


def items_of(edition: Edition, kind: str) -> dict[str, ListingItem]:
    """What the edition proposes for the lines of an instrument, by id; nothing where it has no such list."""
    condition_id, listing_id = CONDITIONS[kind]
    found = (c for c in edition.conditions if c.id == condition_id)
    return {
        item.id: item
        for condition in found
        for listing in condition.listings
        if listing.id == listing_id
        for item in listing.items
    }


def title_of(line: Any, items: Mapping[str, ListingItem]) -> str:
    """What a line is called: as the edition says it now, else as it was saved."""
    item = items.get(line.item_id)
    return item.title if item else line.title or line.item_id


def known_items(items: Mapping[str, ListingItem], lines: Iterable[Any]) -> dict[str, tuple[str, str]]:
    """Title and explanation by id: what the edition proposes now, and what lines were kept for that it proposes no more."""
    found = {item.id: (item.title, item.about) for item in items.values()}
    for line in lines:
        if line.item_id:
            found.setdefault(line.item_id, (line.title or line.item_id, ""))
    return found
