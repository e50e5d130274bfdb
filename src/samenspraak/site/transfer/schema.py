"""What stands in a file, as JSON Schema, made from the same declarations that read and write it."""

from __future__ import annotations

from typing import Any

from samenspraak.people.exchange import Room, Table, schema_of
from samenspraak.site.transfer.archive import FORMAT, KEYS, PRODUCT
from samenspraak.site.transfer.rooms import OF_ROUND, ROOMS, file_of

HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
COUNT = {"type": "integer", "minimum": 0}


def schema() -> dict[str, Any]:
    """The manifest and the file of every room."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Samenspraak export, format {FORMAT}",
        "$defs": {
            "manifest.json": _manifest(),
            **{file_of(room): _of_room(room) for room in ROOMS},
            **{f"round: {file_of(room)}": _of_room(room) for room in OF_ROUND},
        },
    }


def _manifest() -> dict[str, Any]:
    entry = _object({"bytes": COUNT, "sha256": HASH})
    properties = {
        "product": {"const": PRODUCT},
        "format": {"const": FORMAT},
        "version": {"type": "string"},
        "kind": {"enum": ["organisation", "round"]},
        "editions": {"type": "array", "items": {"type": "string"}},
        "counts": {"type": "object", "additionalProperties": COUNT},
        "entries": {"type": "object", "additionalProperties": entry},
    }
    assert properties.keys() == KEYS
    return _object(properties)


def _of_room(room: Room) -> dict[str, Any]:
    return _object({t.name: {"type": "array", "items": _row(t)} for t in room.tables})


def _row(table: Table) -> dict[str, Any]:
    properties = {c.name: schema_of(c) for c in table.columns()}
    properties |= {name: schema_of(c) for name, c in table.added.items()}
    if table.file:
        properties["file"] = {"anyOf": [HASH, {"type": "null"}]}
    return _object(properties)


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }
