"""An organisation's own words: from rows to an overlay, and back to the values of rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from samenspraak.library.models import COLUMNS, OwnWords
from samenspraak.method.load import editions
from samenspraak.method.overlay import Overlay, OwnAction, OwnCondition, OwnExample, OwnLine, Wording, Words

# The texts of each kind: the field in an overlay, and the columns that hold it.
FIELDS: dict[str, dict[str, str]] = {
    "wording": {"text": "text"},
    "condition": {"title": "title", "statement": "text", "why": "why", "signs": "signs"},
    "example": {"title": "title", "text": "text"},
    "action": {"text": "text"},
    "line": {"title": "title", "about": "text"},
}
# What each kind belongs to: the name of the field in an overlay, which is the kind of that address too.
HOMES = {"condition": "category", "example": "condition", "action": "condition", "line": "listing"}
_TYPES: dict[str, Any] = {
    "wording": Wording,
    "condition": OwnCondition,
    "example": OwnExample,
    "action": OwnAction,
    "line": OwnLine,
}
_GROUPS = {
    "wording": "wordings",
    "condition": "conditions",
    "example": "examples",
    "action": "actions",
    "line": "lines",
}


def rows_of(organisation_id: UUID) -> list[OwnWords]:
    """Everything an organisation says otherwise or added, in order, taken back or not."""
    found = OwnWords.objects.filter(organisation_id=organisation_id).select_related("changed_by__person")
    return list(found.order_by("rank", "id"))


def overlay_of(organisation_id: UUID) -> Overlay:
    """The overlay that holds now."""
    return overlay_from(rows_of(organisation_id))


def overlay_from(rows: Iterable[OwnWords]) -> Overlay:
    """The overlay of these rows: what was not taken back and does not rest."""
    rows = list(rows)
    there = [row for row in rows if not row.is_taken_back and row.pk not in resting(rows)]
    groups: dict[str, list[Any]] = {group: [] for group in _GROUPS.values()}
    for row in there:
        groups[_GROUPS[row.kind]].append(piece_of(row))
    edition = max((row.edition for row in there), default=editions()[-1])
    return Overlay(edition=edition, **{group: tuple(pieces) for group, pieces in groups.items()})


def resting(rows: Iterable[OwnWords]) -> set[UUID]:
    """What was added to an own condition that is taken back: it waits for the condition to come back."""
    rows = list(rows)
    gone = {f"condition:{row.key}" for row in rows if row.kind == "condition" and row.is_taken_back}
    return {row.pk for row in rows if row.home in gone}


def piece_of(row: OwnWords) -> Any:
    """A row as a piece of an overlay."""
    texts: dict[str, Any] = {
        field: Words(nl=getattr(row, f"{column}_nl"), en=getattr(row, f"{column}_en"))
        for field, column in FIELDS[row.kind].items()
    }
    if row.kind == "wording":
        return Wording(item=row.home, field=row.field, **texts)
    return _TYPES[row.kind](id=row.key, **{HOMES[row.kind]: row.home.partition(":")[2]}, **texts)


def values_of(overlay: Overlay) -> list[dict[str, Any]]:
    """The pieces of an overlay as the values of rows, in order."""
    return [_values(kind, piece) for kind, group in _GROUPS.items() for piece in getattr(overlay, group)]


def _values(kind: str, piece: Any) -> dict[str, Any]:
    values: dict[str, Any] = dict.fromkeys(COLUMNS, "") | {"kind": kind, "key": piece.key, "field": ""}
    if kind == "wording":
        values |= {"home": piece.item, "field": piece.field}
    else:
        values["home"] = f"{HOMES[kind]}:{getattr(piece, HOMES[kind])}"
    for field, column in FIELDS[kind].items():
        words: Words = getattr(piece, field)
        values |= {f"{column}_nl": words.nl, f"{column}_en": words.en}
    return values
