"""What comes in about rounds, answers and evidence."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import IO, Any
from urllib.parse import urlsplit

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenspraak.method.standing import ANSWERS
from samenspraak.tasks.forms import OwnedForm
from samenspraak.ui.fields import Day, Text, clean_text

MOST_BYTES = 10_000_000
OFFICE = "application/vnd.openxmlformats-officedocument."


def _office(part: str) -> Callable[[IO[bytes]], bool]:
    """Whether a file is the Office kind whose main folder is ``part``; only its list of names is read."""

    def is_it(stream: IO[bytes]) -> bool:
        try:
            with zipfile.ZipFile(stream) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return False
        return "[Content_Types].xml" in names and any(n.startswith(part) for n in names)

    return is_it


def _starts(start: bytes) -> Callable[[IO[bytes]], bool]:
    return lambda stream: stream.read(len(start)) == start


# Ending → media type and what its content looks like. Anything else is refused; SVG can carry script.
KINDS: dict[str, tuple[str, Callable[[IO[bytes]], bool]]] = {
    "pdf": ("application/pdf", _starts(b"%PDF-")),
    "png": ("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    "jpg": ("image/jpeg", _starts(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _starts(b"\xff\xd8\xff")),
    "docx": (OFFICE + "wordprocessingml.document", _office("word/")),
    "xlsx": (OFFICE + "spreadsheetml.sheet", _office("xl/")),
    "pptx": (OFFICE + "presentationml.presentation", _office("ppt/")),
}


def media_type_of(upload: UploadedFile[bytes]) -> str:
    """The media type by ending and content together; a message that helps when they do not fit."""
    ending = PurePath(upload.name or "").suffix.lstrip(".").lower()
    size = upload.size or 0
    if size == 0:
        raise forms.ValidationError(_("This file is empty (0 bytes). Choose the file again."), code="empty")
    if size > MOST_BYTES:
        raise forms.ValidationError(
            _("This file is %(size)s MB. Up to 10 MB is fine. Everything else you typed is kept.")
            % {"size": f"{size / 1_000_000:.0f}"},
            code="size",
        )
    if ending not in KINDS:
        raise forms.ValidationError(
            _("A file ending in “.%(ending)s” cannot be kept here. PDF, PNG, JPG, Word, Excel and PowerPoint can.")
            % {"ending": ending[:20]},
            code="kind",
        )
    media_type, fits = KINDS[ending]
    upload.seek(0)
    is_it = fits(upload.file if upload.file is not None else upload)
    upload.seek(0)
    if not is_it:
        raise forms.ValidationError(
            _("This is called “.%(ending)s”, but what is inside is something else. Save it anew as PDF and try again.")
            % {"ending": ending},
            code="content",
        )
    return media_type


class AnswerForm(OwnedForm):
    """What is said about one condition. Nothing is required: half an answer is saved too."""

    value = forms.ChoiceField(
        required=False,
        choices=[(a, a) for a in ("", *ANSWERS)],
        error_messages={"invalid_choice": gettext_lazy("Choose yes, partly, no or I don't know yet.")},
    )
    how = Text(required=False, is_long=True)
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)

    def draft(self) -> dict[str, Any]:
        """What was filled in, checked, as ``AnswerDraft`` takes it."""
        return {name: self.cleaned_data[name] for name in ("value", "how", "owner", "due_on", "version")}


class EvidenceForm(forms.Form):
    """One file, or one link with a name."""

    file = forms.FileField(required=False, allow_empty_file=True, max_length=None)
    link = Text(required=False, max_length=2000)
    link_name = Text(required=False, max_length=200)

    def clean_file(self) -> UploadedFile[bytes] | None:
        """Check the file; its media type is kept in ``media_type``."""
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if upload is not None:
            upload.name = clean_text(upload.name or "", 200)
            self.media_type = media_type_of(upload)
        return upload

    def clean_link(self) -> str:
        """Only addresses a browser opens safely; we never fetch them."""
        link: str = self.cleaned_data["link"]
        try:
            parts = urlsplit(link if link.isprintable() else "")
            is_whole = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:  # an address between brackets that is none
            is_whole = False
        if link and not is_whole:
            raise forms.ValidationError(_("Give the whole address, from https:// on."), code="link")
        return link

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        values = super().clean() or {}
        if not self.errors and not values.get("file") and not values.get("link"):
            raise forms.ValidationError(_("Choose a file or give a link."), code="nothing")
        return values


class StartForm(forms.Form):
    """The one question a new organisation starts at; and what a later round is called."""

    motive = Text(required=False, is_long=True, max_length=2000)
    name = Text(required=False, max_length=80)
    unit = Text(required=False, max_length=80)
    held_on = Day(required=False)
    previous = forms.UUIDField(required=False)
    key = forms.UUIDField(required=False)


class TextsForm(forms.Form):
    """The words on the director's page and in the report."""

    name = Text(required=False, max_length=80)
    unit = Text(required=False, max_length=80)
    motive = Text(required=False, is_long=True, max_length=2000)
    question = Text(required=False, max_length=160)
    ask = Text(required=False, is_long=True)
    benefits = Text(required=False, is_long=True)
    feasibility = Text(required=False, is_long=True)
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)

    def clean_name(self) -> str:
        """A page that shows the name cannot empty it."""
        name: str = self.cleaned_data["name"]
        if "name" in self.data and not name:
            raise forms.ValidationError(_("Give the round a name."), code="required")
        return name

    def texts(self) -> dict[str, str]:
        """The words that were sent; a page sends only the ones it shows."""
        return {name: self.cleaned_data[name] for name in self.fields if name in self.data and name != "version"}


class ActionForm(OwnedForm):
    """A task out of a condition: an action of the method, or words of your own."""

    action = forms.CharField(required=False, max_length=80)
    title = Text(required=False, max_length=200)
    key = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        """Something has to be done."""
        values = super().clean() or {}
        if not self.errors and not values.get("action") and not values.get("title"):
            self.add_error("title", _("Say in a few words what has to be done."))
        return values
