"""What comes in about own words: a text beside the original, something added, a whole file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenspraak.library.laid import FIELDS
from samenspraak.library.models import COLUMNS
from samenspraak.method.overlay_file import MOST_BYTES, longest
from samenspraak.ui.fields import Text, clean_text

# Texts that may be left out; of every other one language is enough.
_MAY_BE_EMPTY = frozenset({"why", "signs", "about"})
_BREAKS = re.compile(r"[^\S\n]*[\n\u2028\u2029]\s*")


class OwnForm(forms.Form):
    """The texts of one piece, each in Dutch, English or both; ``home`` is what it is added to."""

    home = forms.ChoiceField(required=False, error_messages={"invalid_choice": gettext_lazy("Choose one of the list.")})
    title_nl = Text(required=False)
    title_en = Text(required=False)
    text_nl = Text(required=False, is_long=True)
    text_en = Text(required=False, is_long=True)
    why_nl = Text(required=False, is_long=True)
    why_en = Text(required=False, is_long=True)
    signs_nl = Text(required=False, is_long=True)
    signs_en = Text(required=False, is_long=True)
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)
    key = forms.CharField(required=False)

    def __init__(
        self, given: Mapping[str, Any], *, kind: str, language: str, homes: Iterable[str] = (), most: int = 0
    ) -> None:
        super().__init__(given)
        self.kind, self.language = kind, language
        self.homes = list(homes)
        self.limits = {
            f"{column}_{code}": most or longest(kind, field)
            for field, column in FIELDS[kind].items()
            for code in ("nl", "en")
        }
        for name in COLUMNS:
            if name not in self.limits:
                del self.fields[name]
        self.fields["home"].choices = [(home, home) for home in self.homes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Paragraphs as an edition has them, texts that fit, and each one there in at least one language."""
        values = super().clean() or {}
        for name, most in self.limits.items():
            if name in values:
                text = _BREAKS.sub("\n", values[name])
                values[name] = self._fitting(name, text, most)
        for field, column in FIELDS[self.kind].items():
            names = (f"{column}_nl", f"{column}_en")
            if field not in _MAY_BE_EMPTY and not any(values.get(n) or n in self.errors for n in names):
                self.add_error(f"{column}_{self.language}", _("Write this in one language at least."))
        if self.homes and not values.get("home") and "home" not in self.errors:
            self.add_error("home", _("Choose one of the list."))
        return values

    def _fitting(self, name: str, text: str, most: int) -> str:
        try:
            return clean_text(text, most)
        except ValidationError as error:
            self.add_error(name, error)
            return text

    def given_key(self) -> UUID | None:
        """The id that makes a repeated post the same piece; none when it was not sent as one."""
        try:
            return UUID(self.data.get("key", ""))
        except ValueError:
            return None

    def texts(self) -> dict[str, str]:
        """What was written, by column."""
        return {name: self.cleaned_data[name] for name in self.limits}


class UploadForm(forms.Form):
    """A file with own words, or its text; ``document`` comes back as it was sent."""

    file = forms.FileField(required=False, allow_empty_file=True)
    document = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)

    def clean(self) -> dict[str, Any]:
        """One of the two, not larger than fits."""
        values = super().clean() or {}
        upload = values.get("file")
        if upload is not None and upload.size > MOST_BYTES:
            self.add_error("file", _("This file is larger than 500 kB. An organisation’s own words fit in that."))
        elif upload is None and not values.get("document", "").strip():
            self.add_error("file", _("Choose a file, or put its text below."))
        return values

    def content(self) -> bytes:
        """The bytes of the file, else those of the text."""
        upload = self.cleaned_data["file"]
        if upload is not None:
            return bytes(upload.read())
        text: str = self.cleaned_data["document"].replace("\r\n", "\n")
        return text.encode("utf-8", "surrogatepass")
