"""Proof that a task is done: kept with it, taken off, put back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from samenspraak.people.actions import Change, record
from samenspraak.people.models import Guest, Member
from samenspraak.tasks.models import Proof, Task
from samenspraak.ui.uploads import store

FOLDER = "tasks"


@dataclass(frozen=True, kw_only=True)
class Given:
    """The proof in a form: a file whose media type was checked, a link with its name, both or neither."""

    file: UploadedFile[bytes] | None = None
    media_type: str = ""
    link: str = ""
    link_name: str = ""


NOTHING = Given()


@contextmanager
def stored(task: Task, given: Given) -> Iterator[list[Proof]]:
    """What was given as rows that are not saved yet, with its file in the folder.

    Write the rows inside this block, in one transaction. The file goes first, so that no row is ever without its file;
    a file that no row points at in the end is taken away again.
    """
    pieces = []
    if given.file is not None:
        kept = store(given.file, f"{task.organisation_id}/{FOLDER}")
        size = given.file.size or 0
        pieces.append(Proof(name=given.file.name or "", media_type=given.media_type, size=size, **kept._asdict()))
    if given.link:
        sha256 = hashlib.sha256(given.link.encode()).hexdigest()
        pieces.append(Proof(name=given.link_name or given.link[:200], link=given.link, sha256=sha256))
    try:
        yield pieces
    except BaseException:
        _take_away(pieces)
        raise
    _take_away([piece for piece in pieces if piece._state.adding])  # noqa: SLF001  Django's documented row state


def _take_away(pieces: list[Proof]) -> None:
    for piece in pieces:
        if piece.stored_as:
            default_storage.delete(piece.stored_as)


def keep_proof(by: Member | Guest, task: Task, piece: Proof) -> None:
    """Keep a piece of proof with a task, once; call it inside the transaction, with the task locked."""
    known = Proof.objects.filter(organisation_id=task.organisation_id, task=task, sha256=piece.sha256).first()
    if known and known.removed_at is None:
        return
    if known:
        Proof.objects.filter(pk=known.pk).update(removed_at=None)
    else:
        piece.organisation_id, piece.task = task.organisation_id, task
        piece.added_by = (by.name if isinstance(by, Guest) else by.label)[:120]
        piece.save(force_insert=True)
    record(by, task.id, Change("proof", "", piece.name))


@transaction.atomic
def remove_proof(member: Member, proof: Proof) -> None:
    """Take proof off; the file stays, so that it can be put back."""
    if Proof.objects.filter(pk=proof.pk, removed_at=None).update(removed_at=timezone.now()):
        record(member, proof.task_id, Change("proof", proof.name, ""))


@transaction.atomic
def put_back_proof(member: Member, proof: Proof) -> None:
    """Undo a removal."""
    if Proof.objects.filter(pk=proof.pk, removed_at__isnull=False).update(removed_at=None):
        record(member, proof.task_id, Change("proof", "", proof.name))
