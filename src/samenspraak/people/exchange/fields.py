"""One column as JSON and back, by the kind of column."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from samenspraak.people.exchange.refused import Refused
from samenspraak.ui.fields import FIRST_DAY, LAST_DAY, clean_text

Column = models.Field[Any, Any]
DEEPEST = 20
MOST_OF_OURS = 1_000_000
MICROSECONDS = "microseconds"


class Kind(NamedTuple):
    """How values of a kind of column are written, read and described."""

    write: Callable[[Any], Any]
    read: Callable[[Column, Any], Any]
    schema: Callable[[Column], dict[str, Any]]


def _wrong() -> Refused:
    return Refused(_("this is not written the way it should be"))


def _only(kind: type, given: Any) -> Any:
    if type(given) is not kind:
        raise _wrong()
    return given


def _text(column: Column, given: Any) -> str:
    text = clean_text(_only(str, given), _most(column))
    if not isinstance(column, models.TextField) and ("\n" in text or "\t" in text):
        raise Refused(_("this text has to stand on one line"))
    return text


def _most(column: Column) -> int:
    """How long a text may be; what we write ourselves has no limit in its table, and one here."""
    return column.max_length or MOST_OF_OURS


def _text_schema(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "string", "maxLength": _most(column)}
    if column.choices:
        found["enum"] = [value for value, _label in column.flatchoices]
    elif not column.blank:
        found["minLength"] = 1
    return found


def _moment(_column: Column, given: Any) -> datetime:
    found = datetime.fromisoformat(_only(str, given))
    if found.tzinfo is None or not FIRST_DAY <= found.astimezone(UTC).date() <= LAST_DAY:
        raise _wrong()
    return found.astimezone(UTC)


def _write_moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec=MICROSECONDS).replace("+00:00", "Z")


def _day(_column: Column, given: Any) -> date:
    found = date.fromisoformat(_only(str, given))
    if not FIRST_DAY <= found <= LAST_DAY:
        raise Refused(_("this day does not lie between 2000 and 2100"))
    return found


def _id(_column: Column, given: Any) -> UUID:
    return UUID(_only(str, given))


def _whole(_column: Column, given: Any) -> int:
    return int(_only(int, given))


def _amount(_column: Column, given: Any) -> Decimal:
    found = Decimal(_only(str, given))
    if not found.is_finite():
        raise _wrong()
    return found


def _json(_column: Column, given: Any) -> Any:
    return _any(given, 0)


def _any(given: Any, depth: int) -> Any:
    """Anything JSON can say, with the rule for text in every text of it."""
    if depth > DEEPEST:
        raise Refused(_("this is nested too deeply"))
    if isinstance(given, dict):
        return {clean_text(key): _any(value, depth + 1) for key, value in given.items()}
    if isinstance(given, list):
        return [_any(value, depth + 1) for value in given]
    if isinstance(given, str):
        return clean_text(given)
    if isinstance(given, float) and not math.isfinite(given):
        raise _wrong()
    return given


def _same(value: Any) -> Any:
    return value


ID = {"type": "string", "format": "uuid"}
KINDS: dict[type[Column], Kind] = {
    models.UUIDField: Kind(str, _id, lambda _c: ID),
    models.DateTimeField: Kind(_write_moment, _moment, lambda _c: {"type": "string", "format": "date-time"}),
    models.DateField: Kind(date.isoformat, _day, lambda _c: {"type": "string", "format": "date"}),
    models.BooleanField: Kind(_same, lambda _c, given: _only(bool, given), lambda _c: {"type": "boolean"}),
    models.IntegerField: Kind(_same, _whole, lambda _c: {"type": "integer"}),
    models.DecimalField: Kind(
        lambda value: format(value, "f"), _amount, lambda _c: {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
    ),
    models.JSONField: Kind(_same, _json, lambda _c: {}),
    models.CharField: Kind(_same, _text, _text_schema),
    models.TextField: Kind(_same, _text, _text_schema),
}


def _kind_of(column: Column) -> Kind:
    """The kind of a column; raises ``KeyError`` for a kind that nobody has thought about yet."""
    return next(KINDS[ancestor] for ancestor in type(column).__mro__ if ancestor in KINDS)


def write(column: Column, value: Any) -> Any:
    """The value as JSON."""
    return None if value is None else _kind_of(column).write(value)


def read(column: Column, given: Any) -> Any:
    """The value that JSON speaks of, checked as the column wants it; raises ``Refused``."""
    if given is None:
        if column.null:
            return None
        raise Refused(_("there is nothing here, and there should be"))
    try:
        value = _kind_of(column).read(column, given)
        return value if isinstance(column, models.JSONField) else _checked(column, value)
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages)) from None
    except (ValueError, OverflowError, InvalidOperation):
        raise _wrong() from None


def _checked(column: Column, value: Any) -> Any:
    """The rules of the column itself: length, choices, range, an address that is one."""
    if value != "" or not column.blank:
        column.validate(value, None)
        column.run_validators(value)
    return value


def schema_of(column: Column) -> dict[str, Any]:
    """JSON Schema of the column."""
    if isinstance(column, models.BinaryField):
        found: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    elif column.is_relation:
        found = dict(ID)
    else:
        found = dict(_kind_of(column).schema(column))
    if column.null and found:
        return {"anyOf": [found, {"type": "null"}]}
    return found
