"""What a table says of itself: which columns travel, which stay and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import AutoField, Field, Model, Q, QuerySet

Rows = Mapping[type[Model], Sequence[Model]]


def rows_of(model: type[Model]) -> QuerySet[Any]:
    """Every row of a table that is known only when it is asked for."""
    return model._default_manager.all()  # noqa: SLF001  Django's documented way to ask


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """The columns that speak of a file in storage. ``check`` gives its media type, or refuses the file.

    The name in storage is made anew where the file arrives; ``sha256`` leads to the bytes.
    """

    check: Callable[[UploadedFile[bytes]], str]
    name: str = "name"
    stored_as: str = "stored_as"
    media_type: str = "media_type"
    size: str = "size"
    sha256: str = "sha256"


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table that travels. Every column does, but those in ``left_out``, each with its reason. Every row does, or only
    ``rows``; then ``rows_why`` says why the others stay.

    ``ids_in`` are columns that may hold the id of any other row without being a foreign key. ``checks`` hold a rule for
    a text beyond the one for all text. ``added`` are columns of the file that are none of the table; ``write_added``
    gives them for a row. ``fresh`` makes what a column that stays needs on arrival. ``only_if_named`` gives the ids of rows that travel only when another row points at them.
    ``of_round`` is the way from a row to its round, for a table that travels with a single round, without the rows
    that ``round_rows`` keeps out and with ``round_blank`` empty.
    """

    model: type[Model]
    of: str = "organisation"
    rows: Q = field(default_factory=Q)
    rows_why: str = ""
    left_out: Mapping[str, str] = field(default_factory=dict)
    ids_in: tuple[str, ...] = ()
    checks: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    file: StoredFile | None = None
    added: Mapping[str, Field[Any, Any]] = field(default_factory=dict)
    write_added: Callable[[Any], Mapping[str, Any]] | None = None
    fresh: Mapping[str, Callable[[], Any]] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    only_if_named: Callable[[UUID], set[UUID]] | None = None
    of_round: str = ""
    round_rows: Q = field(default_factory=Q)
    round_blank: tuple[str, ...] = ()

    @property
    def meta(self) -> Any:
        """What Django knows of the table."""
        return self.model._meta  # noqa: SLF001  Django's documented way to ask

    @property
    def name(self) -> str:
        """What the table is called in a file."""
        return str(self.meta.model_name)

    @property
    def has_own_ids(self) -> bool:
        """Whether rows have an id that says something elsewhere; otherwise their order is all there is."""
        return not isinstance(self.meta.pk, AutoField)

    def columns(self) -> Iterator[Field[Any, Any]]:
        """The columns that travel, by name."""
        stays = {*self.left_out, "" if self.has_own_ids else self.meta.pk.name}
        if self.of != "pk":
            stays.add(self.of)
        if self.file:
            stays.add(self.file.stored_as)
        yield from sorted((f for f in self.meta.concrete_fields if f.name not in stays), key=lambda column: column.name)

    def keys(self) -> set[str]:
        """What stands in the file for one row."""
        return {c.name for c in self.columns()} | set(self.added) | ({"file"} if self.file else set())


@dataclass(frozen=True, kw_only=True)
class Room:
    """The tables of a room. ``left_out`` are its tables that do not travel, each with its reason.

    ``check`` refuses rows that are right one by one and wrong together. ``editions`` names the editions of the method
    that rows speak of.
    """

    name: str
    tables: tuple[Table, ...] = ()
    left_out: Mapping[type[Model], str] = field(default_factory=dict)
    check: Callable[[Rows], None] = lambda _rows: None
    editions: Callable[[Rows], set[str]] = lambda _rows: set()
