"""Factories of rounds and answers for tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from samenspraak.people.models import Member
from samenspraak.readiness import actions
from samenspraak.readiness.actions import AnswerDraft, RoundDraft
from samenspraak.readiness.models import Round

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def make_round(member: Member, **fields: Any) -> Round:
    fields = {"name": "Najaar 2026", "held_on": date(2026, 10, 12), "edition": "2025-04", **fields}
    return actions.start_round(member, RoundDraft(**fields))


def draft(value: str = "yes", *, version: int = 0, **fields: Any) -> AnswerDraft:
    return AnswerDraft(**{"how": "", "owner": None, "due_on": None, "value": value, "version": version, **fields})


def pdf(name: str = "mandaat.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def stored_files() -> set[Path]:
    """Every file of users that is kept."""
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
