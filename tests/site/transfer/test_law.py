"""The law: export → import → export is the same bytes, whatever stands in the rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from samenspraak.people.exchange import Table, read, write
from samenspraak.people.models import Organisation
from samenspraak.site.transfer.bring import bring_in
from samenspraak.site.transfer.rooms import tables
from samenspraak.ui.fields import clean_text
from tests.factories import make_person
from tests.readiness.filled import make_filled
from tests.site.transfer.files import elsewhere, exported

pytestmark = pytest.mark.django_db
LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"))


def texts(column: models.Field[Any, Any]) -> SearchStrategy[str]:
    most = min(column.max_length or 200, 200)
    least = 0 if column.blank else 1
    return st.text(LETTERS, min_size=least, max_size=most).map(clean_text).filter(lambda t: least <= len(t) <= most)


MOMENTS = st.datetimes(datetime(2000, 1, 2), datetime(2100, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001  UTC
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(LETTERS, max_size=20).map(clean_text),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(LETTERS, max_size=9).map(clean_text), inner, max_size=3)
    ),
    max_leaves=8,
)
KINDS: list[tuple[models.Field[Any, Any], SearchStrategy[Any]]] = [
    (models.DateTimeField(), MOMENTS),
    (models.DateField(), DAYS),
    (models.UUIDField(), st.uuids()),
    (models.BooleanField(), st.booleans()),
    (models.PositiveIntegerField(), st.integers(0, 2_000_000_000)),
    (models.DecimalField(max_digits=12, decimal_places=2), st.decimals(-(10**9), 10**9, places=2)),
    (models.JSONField(null=True), ANYTHING),
    (models.TextField(), texts(models.TextField())),
]


@pytest.mark.parametrize(("column", "values"), KINDS, ids=lambda v: type(v).__name__)
@given(data=st.data())
def test_every_value_of_every_kind_of_column_comes_back(
    column: models.Field[Any, Any], values: SearchStrategy[Any], data: st.DataObject
) -> None:
    value = data.draw(values)

    assert read(column, write(column, value)) == value
    assert write(column, read(column, write(column, value))) == write(column, value)


def test_an_amount_keeps_its_cents() -> None:
    assert write(models.DecimalField(), Decimal("1250.50")) == "1250.50"


def free_columns(table: Table) -> Iterator[models.Field[Any, Any]]:
    """Columns that may hold any text: nothing hangs on what they say."""
    held = {n for c in table.model._meta.constraints for n in getattr(c, "fields", ())} | set(table.checks)
    held |= set(table.ids_in) | {
        "edition",
        "condition_id",
        "value",
        "language",
        "origin_item",
        "origin_route",
        "media_type",
        "outcome",
        "kind",
        "currency",
        "meeting",
        "item_id",
        "element_id",
    }
    held |= {n for c in table.model._meta.constraints for n in str(c).split("'")} | {
        "sha256",
        "name" if table.file else "",
    }
    for column in table.columns():
        is_text = isinstance(column, models.CharField | models.TextField) and not isinstance(column, models.EmailField)
        if is_text and not column.choices and column.name not in held:
            yield column


FREE = [(t, c) for _room, t in tables() for c in free_columns(t)]


@st.composite
def planted(draw: DrawFn) -> dict[tuple[str, str], str]:
    """For some columns a text."""
    chosen = draw(st.lists(st.sampled_from(range(len(FREE))), min_size=1, max_size=6, unique=True))
    found = {}
    for number in chosen:
        table, column = FREE[number]
        line = texts(column)
        text = draw(
            line if isinstance(column, models.TextField) else line.filter(lambda t: "\n" not in t and "\t" not in t)
        )
        found[table.name, column.name] = text
    return found


@given(given_texts=planted(), shift=st.timedeltas(timedelta(0), timedelta(days=3000)))
@settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_whatever_was_typed_comes_back_as_the_same_bytes(
    given_texts: dict[tuple[str, str], str], shift: timedelta
) -> None:
    with transaction.atomic():
        organisation = make_filled("nl").member.organisation
        for table, column in FREE:
            if (table.name, column.name) in given_texts:
                rows = table.model._default_manager.filter(**{table.of: organisation.pk})
                rows.update(**{column.name: given_texts[table.name, column.name]})
        Organisation.objects.filter(pk=organisation.pk).update(created_at=datetime(2010, 1, 1, tzinfo=UTC) + shift)
        before = exported(organisation)
        elsewhere()

        brought = bring_in(io.BytesIO(before), make_person(f"Koerier {uuid4()}"))

        assert exported(brought) == before
        transaction.set_rollback(True)
