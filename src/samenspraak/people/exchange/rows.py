"""One row as JSON, and JSON as a row that is not saved yet."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import BinaryField, Model
from django.utils.translation import gettext as _

from samenspraak.people.exchange.fields import read, write
from samenspraak.people.exchange.refused import Refused, within
from samenspraak.people.exchange.tables import Table

HASH = re.compile(r"[0-9a-f]{64}")


def write_row(table: Table, row: Any) -> dict[str, Any]:
    """The row as JSON. A file stands in it as the hash of its bytes."""
    found: dict[str, Any] = {}
    for column in table.columns():
        value = getattr(row, column.attname)
        if isinstance(column, BinaryField):
            found[column.name] = None if value is None else hashlib.sha256(bytes(value)).hexdigest()
        elif column.is_relation:
            found[column.name] = None if value is None else str(value)
        else:
            found[column.name] = write(column, value)
    if table.file:
        found["file"] = getattr(row, table.file.sha256) if getattr(row, table.file.stored_as) else None
    if table.write_added:
        found |= {name: write(table.added[name], value) for name, value in table.write_added(row).items()}
    return found


@dataclass(frozen=True)
class Ids:
    """Which rows stand in a file, by table, and what their ids become."""

    known: Mapping[type[Model], set[UUID]]
    rename: Callable[[UUID], UUID]

    def of(self, model: type[Model], given: Any) -> UUID:
        """The id of a row of the file; refuses one that is not in it."""
        found = _id(given)
        if found not in self.known.get(model, ()):
            raise Refused(_("this points at a row that is not in the file"))
        return self.rename(found)

    def loose(self, value: Any) -> Any:
        """A value that may be an id, renamed where it is one."""
        if isinstance(value, UUID):
            return self.rename(value)
        try:
            return str(self.rename(UUID(value))) if len(value) == 36 else value
        except ValueError:
            return value


def _id(given: Any) -> UUID:
    try:
        found = UUID(given) if isinstance(given, str) else None
    except ValueError:
        found = None
    if found is None or str(found) != given:
        raise Refused(_("this is not an id"))
    return found


@dataclass(frozen=True)
class Taken:
    """A row out of a file, not saved yet. ``added`` is what stood there beside its columns.

    ``files`` leads from columns to the hash of their bytes: a column of bytes, or the one that names a stored file.
    """

    table: Table
    row: Any
    added: dict[str, Any]
    files: dict[str, str]


def id_in(given: Any) -> UUID:
    """The id of one row of a file."""
    if not isinstance(given, dict):
        raise Refused(_("this is not a row"))
    return _id(given.get("id"))


def take(table: Table, given: Any, ids: Ids) -> Taken:
    """Make a row of what stands in a file; raises ``Refused`` with the name of the column in front."""
    if not isinstance(given, dict):
        raise Refused(_("this is not a row"))
    if given.keys() != table.keys():
        strange = min(given.keys() ^ table.keys())
        raise Refused(_("“%(name)s” is missing or unknown") % {"name": strange[:80]})
    taken = Taken(table, table.model(), {}, {})
    for column in table.columns():
        with within(column.name):
            _take_column(taken, column, given[column.name], ids)
    for name, make in table.fresh.items():
        setattr(taken.row, name, make())
    for name, added in table.added.items():
        with within(name):
            taken.added[name] = read(added, given[name])
    if table.file:
        with within("file"):
            _take_hash(taken, table.file.stored_as, given["file"])
    return taken


def _take_column(taken: Taken, column: Any, given: Any, ids: Ids) -> None:
    if isinstance(column, BinaryField):
        _take_hash(taken, column.name, given)
        return
    if column.primary_key:
        value: Any = ids.rename(_id(given))
    elif column.is_relation and given is not None:
        value = ids.of(column.related_model, given)
    else:
        value = read(column, given)
    if column.name in taken.table.checks and value:
        try:
            value = taken.table.checks[column.name](value)
        except ValidationError as problem:
            raise Refused(" ".join(problem.messages)) from None
    if column.name in taken.table.ids_in and value is not None:
        value = ids.loose(value)
    setattr(taken.row, column.attname, value)


def _take_hash(taken: Taken, name: str, given: Any) -> None:
    if given is None:
        return
    if not isinstance(given, str) or not HASH.fullmatch(given):
        raise Refused(_("this is not the name of a file"))
    taken.files[name] = given
