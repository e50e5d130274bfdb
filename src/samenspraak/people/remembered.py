"""Queries whose SQL is worked out once: for the few reads that every page or every list pays for.

Django's ORM spends ten times longer on writing a query than SQLite on answering it. A remembered query is written by
the ORM the first time, for either database, and after that only its values change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Model, QuerySet


def columns(model: type[Model]) -> list[str]:
    """The columns of a table, for a ``values_list`` that ``Model.from_db`` makes a row of again."""
    return [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001  Django's documented Meta API


class Remembered:
    """Call it with UUIDs and texts; it gives the rows of the ``values_list`` that ``build`` makes of them.

    ``build`` gets one stand-in for every value and must pass each on as it is: a value that decides *how* the query
    is written, such as a page number, is not for here. Rows are tuples with Python values, as the ORM gives them.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build
        self.written: dict[tuple[str, int], tuple[str, list[Any], Any]] = {}

    def __call__(self, *values: UUID | str) -> list[tuple[Any, ...]]:
        """The rows for these values."""
        key = (connection.vendor, len(values))
        if key not in self.written:
            self.written[key] = self._write(values)
        sql, places, convert = self.written[key]
        given = [self._adapted(value) for value in values]
        with connection.cursor() as cursor:
            cursor.execute(sql, [given[p.number] if isinstance(p, _Place) else p for p in places])
            rows = cursor.fetchall()
        return [tuple(row) for row in convert(rows)]

    def _write(self, values: tuple[UUID | str, ...]) -> tuple[str, list[Any], Any]:
        stand_ins = [uuid4() if isinstance(value, UUID) else uuid4().hex for value in values]
        compiler = self.build(*stand_ins).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        numbers = {self._adapted(s): _Place(number) for number, s in enumerate(stand_ins)}
        places = [numbers.get(param, param) if isinstance(param, UUID | str) else param for param in params]
        converters = compiler.get_converters([column[0] for column in compiler.select])

        def convert(rows: list[Any]) -> Any:
            return compiler.apply_converters(rows, converters) if converters else rows

        return sql, places, convert

    @staticmethod
    def _adapted(value: UUID | str) -> UUID | str:
        """As the database driver takes it: SQLite keeps a UUID as 32 hexadecimal digits."""
        if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
            return value.hex
        return value


class _Place:
    """Where a value goes in the parameters."""

    def __init__(self, number: int) -> None:
        self.number = number
