"""Fields for what people type, with one rule for all text.

NFC; control characters other than newline and tab, lone surrogates, non-characters and private-use characters are
refused with a clear message; at most 10,000 characters. The papers lean on this rule: what it keeps out would make
them fail.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_CHARACTERS = 10_000
FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2100, 12, 31)


def _is_refused(character: str) -> bool:
    code = ord(character)
    if character in "\n\t":
        return False
    return unicodedata.category(character) in ("Cc", "Cs", "Co") or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _is_seen(character: str) -> bool:
    """Whether it can be seen: no white space, and no sign that only steers other signs."""
    return not character.isspace() and unicodedata.category(character) != "Cf"


def clean_text(value: str, most: int = MOST_CHARACTERS) -> str:
    """The text as it is kept; raises ``ValidationError`` with a message that says what to change."""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    refused = next((c for c in text if _is_refused(c)), None)
    if refused is not None:
        place = text.index(refused)
        before = text[max(0, place - 20) : place].strip() or _("the start")
        raise ValidationError(
            _(
                "There is a character here that cannot be kept (U+%(code)s, after “%(before)s”). Remove it and save again."
            )
            % {"code": f"{ord(refused):04X}", "before": before},
            code="character",
        )
    if len(text) > most:
        raise ValidationError(
            ngettext(
                "This text is %(length)s characters long. At most %(most)s character fits. Nothing is lost: make it shorter.",
                "This text is %(length)s characters long. At most %(most)s characters fit. Nothing is lost: make it shorter.",
                most,
            )
            % {"length": len(text), "most": most},
            code="length",
        )
    return text


class Text(forms.CharField):
    """One or more lines of text. ``max_length`` is said by the rule above, not cut off by the browser."""

    def __init__(self, *, max_length: int = MOST_CHARACTERS, is_long: bool = False, **options: Any) -> None:
        self.most = max_length
        options.setdefault("widget", forms.Textarea if is_long else forms.TextInput)
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """Strip the ends and apply the rule; a single line keeps no newlines, and what nobody can see is no text."""
        text = clean_text(super().to_python(value) or "", self.most)
        if not any(map(_is_seen, text)):
            return ""
        return text if isinstance(self.widget, forms.Textarea) else " ".join(text.split())


class Day(forms.DateField):
    """A day between 2000 and 2100, as browsers send it (2026-11-27) or as people here type it (27-11-2026)."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"])
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        """The day, or a message that says which days fit."""
        try:
            day = super().to_python(value)
        except ValidationError:
            raise ValidationError(
                _("“%(value)s” is not a day we know. Write it as 27-11-2026.") % {"value": str(value)[:40]}, code="day"
            ) from None
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(_("Choose a day between 2000 and 2100."), code="day")
        return day


class Unsent:
    """A form as it is first shown: its fields with what stands in them, and nothing to mend.

    Templates use it like a Django form. It costs a tenth, because nothing has to be bound or checked yet.
    """

    errors: Mapping[str, list[str]] = {}
    data: Mapping[str, str] = {}

    def __init__(self, form: type[forms.Form], values: Mapping[str, Any]) -> None:
        self.fields = form.base_fields  # Django makes it with the class
        self.prefix = f"{form.prefix}-" if form.prefix else ""
        self.values = values

    def __getitem__(self, name: str) -> UnsentField:
        return UnsentField(f"{self.prefix}{name}", self.values.get(name), self.fields[name])

    def non_field_errors(self) -> list[str]:
        """None yet."""
        return []


class UnsentField(NamedTuple):
    """One field of an ``Unsent`` form."""

    html_name: str
    shown: Any
    field: forms.Field
    errors: tuple[str, ...] = ()

    def value(self) -> Any:
        """What stands in it."""
        return self.shown
