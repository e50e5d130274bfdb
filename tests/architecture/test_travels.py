from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.db.models import AutoField, Model

from samenspraak.people.exchange import Table, schema_of
from samenspraak.people.models import Organisation
from samenspraak.site.transfer.rooms import ROOMS, file_of, tables
from samenspraak.site.transfer.schema import schema
from tests.architecture.source import ROOT

TABLES = [table for _room, table in tables()]
every_table = pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)


def tenant_tables() -> Iterator[type[Model]]:
    """Every table of ours whose rows belong to an organisation, and the organisation itself."""
    for model in apps.get_models():
        fields = {f.name: f for f in model._meta.concrete_fields}
        points = any(f.is_relation and f.related_model is Organisation for f in fields.values())
        if model.__module__.startswith("samenspraak.") and (points or model is Organisation):
            yield model


def unsaid(declared: set[type[Model]]) -> list[str]:
    return sorted(f"{m.__module__}.{m.__name__}" for m in set(tenant_tables()) - declared)


def test_every_table_of_an_organisation_travels_or_says_why_not() -> None:
    declared = {t.model for t in TABLES} | {m for room in ROOMS for m in room.left_out}

    assert unsaid(declared) == []


def test_a_table_that_nobody_thought_of_is_found() -> None:
    assert unsaid({t.model for t in TABLES if t.name != "task"} | {m for r in ROOMS for m in r.left_out}) == [
        "samenspraak.tasks.models.Task"
    ]


def test_nothing_travels_twice_or_is_both_told_and_left_out() -> None:
    told = [t.model for t in TABLES] + [m for room in ROOMS for m in room.left_out]

    assert len(told) == len(set(told))


@every_table
def test_every_column_travels_or_says_why_not(table: Table) -> None:
    columns = {f.name: f for f in table.model._meta.concrete_fields}
    known = {name for name, f in columns.items() if name == table.of or isinstance(f, AutoField)}
    known |= {table.file.stored_as} if table.file else set()

    assert sorted(columns.keys() - table.keys() - set(table.left_out) - known) == []
    assert sorted(set(table.left_out) - columns.keys()) == []
    assert [name for name, why in table.left_out.items() if len(why) < 10] == []


@every_table
def test_a_table_of_which_only_some_rows_travel_says_why(table: Table) -> None:
    assert bool(table.rows) == (len(table.rows_why) > 10)


@every_table
def test_what_points_at_rows_points_at_rows_that_travel(table: Table) -> None:
    travelling = {t.model for t in TABLES if t.has_own_ids}

    astray = [c.name for c in table.columns() if c.is_relation and c.related_model not in travelling]

    assert astray == []


@every_table
def test_every_column_is_of_a_kind_that_can_be_read_back(table: Table) -> None:
    kinds = {c.name: schema_of(c) for c in table.columns()}

    assert kinds.keys() <= table.keys()


def test_a_column_of_a_kind_that_nobody_thought_of_is_found() -> None:
    with pytest.raises(StopIteration):
        schema_of(models.GenericIPAddressField())


def test_the_schema_in_the_docs_is_that_of_the_code() -> None:
    written = (ROOT / "docs" / "export.schema.json").read_text(encoding="utf-8")

    assert json.loads(written) == json.loads(json.dumps(schema()))


def test_the_docs_name_every_file_of_an_export() -> None:
    text = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")

    assert [file_of(room) for room in ROOMS if f"`{file_of(room)}`" not in text] == []
    assert [table.name for table in TABLES if f"`{table.name}`" not in text] == []
