"""Everything that changes rounds, answers and evidence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from samenspraak.people.actions import Change, record
from samenspraak.people.models import Member
from samenspraak.readiness.models import Answer, Evidence, Round
from samenspraak.tasks.actions import StaleVersion


class RoundClosed(Exception):
    """The round has been closed, so nothing in it changes any more."""


@dataclass(frozen=True, kw_only=True)
class RoundDraft:
    """What a new round starts with. ``key`` makes a repeated post the same round."""

    name: str
    held_on: date
    edition: str
    motive: str = ""
    unit: str = ""
    previous: Round | None = None
    key: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerDraft:
    """What somebody fills in about a condition; ``version`` is that of the answer it was based on."""

    value: str
    how: str
    owner: Member | None
    due_on: date | None
    version: int


TEXTS = ("name", "unit", "motive", "question", "ask", "benefits", "feasibility")


@transaction.atomic
def start_round(member: Member, draft: RoundDraft) -> Round:
    """Start a round, with the answers and evidence of the previous one when that is given."""
    key = draft.key or uuid4()
    if Round.objects.filter(id=key).exclude(organisation_id=member.organisation_id).exists():
        raise Http404
    previous = draft.previous
    defaults: dict[str, Any] = {
        "name": draft.name,
        "unit": draft.unit,
        "held_on": draft.held_on,
        "edition": draft.edition,
        "motive": draft.motive,
        "previous": previous,
        "created_by": member,
    }
    if previous:
        defaults |= {name: getattr(previous, name) for name in ("question", "ask", "benefits")}
    found, is_new = Round.objects.get_or_create(organisation_id=member.organisation_id, id=key, defaults=defaults)
    if is_new:
        record(member, found.id, Change("started", "", found.name))
        if previous:
            _take_over(member, previous, found)
    return found


def _take_over(member: Member, previous: Round, fresh: Round) -> None:
    """Copy answers and evidence; the stored files are shared, because they never change."""
    for answer in Answer.objects.filter(organisation_id=fresh.organisation_id, round=previous):
        evidence = list(Evidence.objects.filter(organisation_id=fresh.organisation_id, answer=answer, removed_at=None))
        answer.id, answer.round, answer.version, answer.changed_by = uuid4(), fresh, 1, member
        answer._state.adding = True  # noqa: SLF001  Django's documented way to copy a row
        answer.save(force_insert=True)
        for piece in evidence:
            piece.id, piece.answer = uuid4(), answer
        Evidence.objects.bulk_create(evidence)


def _open_round(round: Round) -> Round:
    """The round as it is now, held until the transaction ends; refuses a closed one."""
    found = Round.objects.select_for_update().get(organisation_id=round.organisation_id, id=round.id)
    if found.is_closed:
        raise RoundClosed
    return found


def _locked_answer(round: Round, condition_id: str) -> Answer:
    """The row of this answer, made when it is not there; call it inside a transaction."""
    where: dict[str, Any] = {
        "organisation_id": round.organisation_id,
        "round_id": round.id,
        "condition_id": condition_id,
    }
    Answer.objects.get_or_create(**where)
    return Answer.objects.select_for_update(of=("self",)).select_related("owner__person").get(**where)


@transaction.atomic
def save_answer(member: Member, round: Round, condition_id: str, draft: AnswerDraft) -> Answer:
    """Save what is said about a condition.

    A draft that was based on an older version raises ``StaleVersion`` with what stands there now, unless it says
    exactly the same: then the save is a repeat and nothing changes.
    """
    round = _open_round(round)
    answer = _locked_answer(round, condition_id)
    wanted = {"value": draft.value, "how": draft.how, "owner": draft.owner, "due_on": draft.due_on}
    changes = [
        Change(name, _shown(getattr(answer, name)), _shown(value), condition_id)
        for name, value in wanted.items()
        if getattr(answer, name) != value
    ]
    if not changes:
        return answer
    if answer.version != draft.version:
        raise StaleVersion(answer)
    for name, value in wanted.items():
        setattr(answer, name, value)
    answer.version += 1
    answer.changed_by = member
    answer.save()
    record(member, round.id, *changes)
    return answer


def _shown(value: Member | date | str | None) -> str:
    return "" if value is None else value.label if isinstance(value, Member) else str(value)


@transaction.atomic
def save_texts(member: Member, round: Round, texts: dict[str, str], *, version: int) -> Round:
    """Save words of the round itself (``TEXTS``); stale versions as in ``save_answer``."""
    found = _open_round(round)
    changes = [Change(name, getattr(found, name), text) for name, text in texts.items() if getattr(found, name) != text]
    if not changes:
        return found
    if found.version != version:
        raise StaleVersion(found)
    for change in changes:
        assert change.field in TEXTS
        setattr(found, change.field, change.new)
    found.version += 1
    found.save()
    record(member, found.id, *changes)
    return found


@transaction.atomic
def close_round(member: Member, round: Round) -> None:
    """Close a round: it stays readable and nothing in it changes. A second click changes nothing."""
    found = Round.objects.select_for_update().get(organisation_id=round.organisation_id, id=round.id)
    if not found.is_closed:
        Round.objects.filter(id=found.id).update(closed_at=timezone.now())
        record(member, found.id, Change("closed", "", "✓"))


@transaction.atomic
def reopen_round(member: Member, round: Round) -> None:
    """Open a closed round again."""
    found = Round.objects.select_for_update().get(organisation_id=round.organisation_id, id=round.id)
    if found.is_closed:
        Round.objects.filter(id=found.id).update(closed_at=None)
        record(member, found.id, Change("closed", "✓", ""))


def add_file(member: Member, round: Round, condition_id: str, upload: UploadedFile[bytes], media_type: str) -> Evidence:
    """Keep a file as evidence, byte for byte. The same file twice is one piece of evidence.

    The file is written first and the row after it: a crash in between leaves a file nobody points at, never a row
    without its file; whatever goes wrong with the row takes the file away again.
    """
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    stored_as = default_storage.save(f"{round.organisation_id}/{uuid4()}", upload)
    try:
        piece = Evidence(
            name=upload.name or "",
            stored_as=stored_as,
            media_type=media_type,
            size=upload.size or 0,
            sha256=digest.hexdigest(),
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
    answer = _locked_answer(_open_round(round), condition_id)
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
    _open_round(round)
    if Evidence.objects.filter(id=evidence.id, removed_at=None).update(removed_at=timezone.now()):
        record(member, round.id, Change("evidence", evidence.name, "", evidence.answer.condition_id))


@transaction.atomic
def put_back_evidence(member: Member, round: Round, evidence: Evidence) -> None:
    """Undo a removal."""
    _open_round(round)
    if Evidence.objects.filter(id=evidence.id, removed_at__isnull=False).update(removed_at=None):
        record(member, round.id, Change("evidence", "", evidence.name, evidence.answer.condition_id))
