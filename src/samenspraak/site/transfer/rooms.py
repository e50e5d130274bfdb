"""The rooms whose rows travel, the lowest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from samenspraak.library import transfer as library
from samenspraak.people import transfer as people
from samenspraak.people.exchange import Room, Table
from samenspraak.readiness import transfer as readiness
from samenspraak.tasks import transfer as tasks

ROOMS: tuple[Room, ...] = (people.ROOM, library.ROOM, tasks.ROOM, readiness.ROOM)
# What travels with a single round, the round itself first.
OF_ROUND: tuple[Room, ...] = tuple(
    replace(room, tables=tuple(table for table in room.tables if table.of_round))
    for room in reversed(ROOMS)
    if any(table.of_round for table in room.tables)
)


def tables() -> Iterator[tuple[Room, Table]]:
    """Every table that travels, with its room."""
    for room in ROOMS:
        for table in room.tables:
            yield room, table


def file_of(room: Room) -> str:
    """The file in the archive that holds the rows of a room."""
    return f"{room.name}.json"
