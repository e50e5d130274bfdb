"""Files that people add, and links: one check for every room, and one way to keep a file and to give it back.

A file is what its ending and its content say together; anything else is refused. It is kept byte for byte, under a
name of ours, and leaves only as a download that no browser runs.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import IO, NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

from django import forms
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from samenspraak.ui.fields import Text, clean_text

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


def checked_link(link: str) -> str:
    """A link of http or https with a host, or nothing; raises ``ValidationError`` for anything else."""
    try:
        parts = urlsplit(link if link.isprintable() else "")
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # an address between brackets that is none
        is_whole = False
    if link and not is_whole:
        raise forms.ValidationError(_("Give the whole address, from https:// on."), code="link")
    return link


class FileOrLinkForm(forms.Form):
    """A file, a link with a name, or both. Which of them is needed, the form that is made of this says."""

    file = forms.FileField(required=False, allow_empty_file=True, max_length=None)
    link = Text(required=False, max_length=2000)
    link_name = Text(required=False, max_length=200)
    media_type = ""

    def clean_file(self) -> UploadedFile[bytes] | None:
        """Check the file; its media type is kept in ``media_type``."""
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if upload is not None:
            upload.name = clean_text(upload.name or "", 200)
            self.media_type = media_type_of(upload)
        return upload

    def clean_link(self) -> str:
        """Only addresses a browser opens safely; we never fetch them."""
        return checked_link(self.cleaned_data["link"])


class Stored(NamedTuple):
    """A file as it was kept: our name for it and the hash of its content."""

    stored_as: str
    sha256: str


def store(upload: UploadedFile[bytes], folder: str) -> Stored:
    """Keep a file byte for byte in a folder of its own, under a name nobody can guess."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return Stored(default_storage.save(f"{folder}/{uuid4()}", upload), digest.hexdigest())


def as_download(stored_as: str, name: str, media_type: str) -> FileResponse:
    """The file as it was given, always as a download; 404 where there is none."""
    if not stored_as or not default_storage.exists(stored_as):
        raise Http404
    response = FileResponse(default_storage.open(stored_as), as_attachment=True, filename=name, content_type=media_type)
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response
