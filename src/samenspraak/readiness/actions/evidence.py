"""Add evidence, take it off, put it back."""

from __future__ import annotations

import hashlib

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from samenspraak.people.actions import Change, record
from samenspraak.people.models import Member
from samenspraak.readiness.actions.answers import locked_answer
from samenspraak.readiness.actions.rounds import open_round
from samenspraak.readiness.models import Evidence, Round
from samenspraak.ui.uploads import store


def add_file(member: Member, round: Round, condition_id: str, upload: UploadedFile[bytes], media_type: str) -> Evidence:
    """Keep a file as evidence, byte for byte. The same file twice is one piece of evidence.

    The file is written first and the row after it: a crash in between leaves a file nobody points at, never a row
    without its file; whatever goes wrong with the row takes the file away again.
    """
    stored_as, sha256 = store(upload, str(round.organisation_id))
    try:
        piece = Evidence(
            name=upload.name or "",
            stored_as=stored_as,
            media_type=media_type,
            size=upload.size or 0,
            sha256=sha256,
        )
        kept = _add_evidence(member, round, condition_id, piece)
    except BaseException:
        default_storage.delete(stored_as)
        raise
    if kept.stored_as != stored_as:
        default_storage.delete(stored_as)
    return kept


def add_link(member: Member, round: Round, condition_id: str, *, name: str, link: str) -> Evidence:
    """Keep a link as evidence. We never fetch it; its hash only makes the same link twice one piece."""
    piece = Evidence(name=name or link[:200], link=link, sha256=hashlib.sha256(link.encode()).hexdigest())
    return _add_evidence(member, round, condition_id, piece)


@transaction.atomic
def _add_evidence(member: Member, round: Round, condition_id: str, piece: Evidence) -> Evidence:
    answer = locked_answer(open_round(round), condition_id)
    there = Evidence.objects.filter(organisation_id=round.organisation_id, answer=answer, sha256=piece.sha256).first()
    if there and there.removed_at is None:
        return there
    if there:
        there.removed_at = None
        there.save(update_fields=["removed_at"])
        kept = there
    else:
        piece.organisation_id, piece.answer, piece.added_by = round.organisation_id, answer, member
        piece.save(force_insert=True)
        kept = piece
    record(member, round.id, Change("evidence", "", kept.name, condition_id))
    return kept


@transaction.atomic
def remove_evidence(member: Member, round: Round, evidence: Evidence) -> None:
    """Take evidence off; the file stays, so that it can be put back."""
    open_round(round)
    if Evidence.objects.filter(id=evidence.id, removed_at=None).update(removed_at=timezone.now()):
        record(member, round.id, Change("evidence", evidence.name, "", evidence.answer.condition_id))


@transaction.atomic
def put_back_evidence(member: Member, round: Round, evidence: Evidence) -> None:
    """Undo a removal."""
    open_round(round)
    if Evidence.objects.filter(id=evidence.id, removed_at__isnull=False).update(removed_at=None):
        record(member, round.id, Change("evidence", "", evidence.name, evidence.answer.condition_id))
