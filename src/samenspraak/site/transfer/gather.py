"""Everything of an organisation as one archive."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import IO, Any, cast
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import BinaryField, Model
from django.utils.translation import gettext as _

from samenspraak.people.exchange import Refused, Room, Table, write_row
from samenspraak.people.exchange import rows_of as every_row
from samenspraak.people.models import Organisation
from samenspraak.site.transfer.archive import as_json, pack
from samenspraak.site.transfer.rooms import ROOMS

Lines = dict[str, list[dict[str, Any]]]


@dataclass
class Gathered:
    """What goes into an archive: lines by room and table, ways to the bytes, and the editions they speak of."""

    rooms: dict[str, Lines] = field(default_factory=dict)
    files: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    editions: set[str] = field(default_factory=set)

    def write(self, target: IO[bytes], kind: str) -> None:
        """Write the archive."""
        entries: dict[str, Callable[[], bytes]] = {f"files/{sha256}": read for sha256, read in self.files.items()}
        for room, lines in self.rooms.items():
            entries[f"{room}.json"] = partial(as_json, lines)
        counts = {f"{room}.{name}": len(rows) for room, lines in self.rooms.items() for name, rows in lines.items()}
        pack(target, {"kind": kind, "editions": sorted(self.editions), "counts": counts}, entries)


def rows_of(table: Table, organisation_id: UUID) -> Iterable[Any]:
    """The rows of an organisation that travel, in an order of their own."""
    found = every_row(table.model).filter(table.rows, **{f"{table.of}": organisation_id})
    return found.select_related(*table.related).order_by("pk")


@transaction.atomic
def gather(organisation: Organisation) -> Gathered:
    """Everything of ``organisation``, at one moment."""
    found, named = Gathered(), defaultdict[type[Model], set[str]](set)
    for room in ROOMS:
        kept: dict[type[Model], list[Any]] = {t.model: list(rows_of(t, organisation.pk)) for t in room.tables}
        found.rooms[room.name] = {t.name: _lines(t, kept[t.model], found, named) for t in room.tables}
        found.editions |= room.editions(kept)
    for room in ROOMS:
        _leave_unnamed(room, organisation.pk, found.rooms[room.name], named)
    return found


def _lines(table: Table, rows: Iterable[Any], found: Gathered, named: Mapping[type[Model], set[str]]) -> list[Any]:
    lines = []
    for row in rows:
        line = write_row(table, row)
        lines.append(line)
        keep_bytes(table, row, line, found)
        for column in table.columns():
            if column.is_relation and line[column.name]:
                named[cast("type[Model]", column.related_model)].add(line[column.name])
    return sorted(lines, key=lambda line: str(line["id"])) if table.has_own_ids else lines


def _leave_unnamed(room: Room, organisation_id: UUID, lines: Lines, named: Mapping[type[Model], set[str]]) -> None:
    for table in room.tables:
        if table.only_if_named:
            silent = {str(pk) for pk in table.only_if_named(organisation_id)} - named.get(table.model, set())
            lines[table.name] = [line for line in lines[table.name] if line["id"] not in silent]


def keep_bytes(table: Table, row: Any, line: Mapping[str, Any], found: Gathered) -> None:
    """Note where the bytes of a row are; they are read when the archive is written."""
    if table.file and line["file"]:
        stored_as, name = getattr(row, table.file.stored_as), getattr(row, table.file.name)
        found.files[line["file"]] = partial(_stored, stored_as, name, line["file"])
    for column in table.columns():
        if isinstance(column, BinaryField) and line[column.name]:
            found.files[line[column.name]] = partial(bytes, getattr(row, column.name))


def _stored(stored_as: str, name: str, sha256: str) -> bytes:
    """The bytes of a stored file; one that is gone or damaged is said, never left out in silence."""
    try:
        with default_storage.open(stored_as) as stored:
            content: bytes = stored.read()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refused(
            _("The file “%(name)s” is damaged or gone on this server. Take it off, or put it back from a backup.")
            % {"name": name}
        )
    return content


def write_organisation(organisation: Organisation, target: IO[bytes]) -> None:
    """Write everything of ``organisation`` to ``target``."""
    gather(organisation).write(target, "organisation")
