"""Everything that changes an organisation's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Max
from django.http import Http404
from django.utils import timezone
from django.utils.text import slugify

from samenspraak.library.laid import overlay_from, rows_of, values_of
from samenspraak.library.models import COLUMNS, KeptOverlay, OwnWords
from samenspraak.library.queries import own_subject
from samenspraak.method.overlay import Overlay
from samenspraak.method.overlay_file import LONGEST_ID, MOST, MOST_CONDITIONS, write_overlay
from samenspraak.method.rules import OWN
from samenspraak.people.actions import Change, StaleVersion, record
from samenspraak.people.models import Member, Organisation


class TooMany(Exception):
    """An organisation keeps a bounded number of own words, and of own conditions."""


@dataclass(frozen=True, kw_only=True)
class OwnDraft:
    """What somebody says otherwise or adds; ``texts`` by column. ``id`` makes a repeated post the same piece.

    ``version`` is that of the row it was based on, 0 for a new one.
    """

    id: UUID
    kind: str
    home: str
    edition: str
    texts: Mapping[str, str]
    field: str = ""
    version: int = 0


@transaction.atomic
def say(member: Member, draft: OwnDraft) -> OwnWords:
    """Keep own words. Based on an older version it raises ``StaleVersion``, unless it says exactly the same."""
    _lock(member)
    row = _row_for(member, draft)
    wanted = {"home": draft.home} | {name: draft.texts.get(name, "") for name in COLUMNS}
    if row is None or row.is_taken_back:
        _keep_room(member, draft.kind)
    if row is None:
        row = _fresh(member, draft.id, draft.kind, _key_for(member, draft))
        row.field, row.rank = draft.field, _next_rank(member)
    elif not row.is_taken_back and all(getattr(row, name) == text for name, text in wanted.items()):
        return row
    if row.version != draft.version:
        raise StaleVersion(row)
    _say(member, row, wanted | {"edition": draft.edition})
    _changed(member)
    return row


def _fresh(member: Member, own_id: UUID, kind: str, key: str) -> OwnWords:
    """A row that nobody has said anything in yet: as good as taken back."""
    return OwnWords(
        id=own_id,
        organisation_id=member.organisation_id,
        kind=kind,
        key=key,
        version=0,
        taken_back_at=timezone.now(),
    )


def _key_for(member: Member, draft: OwnDraft) -> str:
    """For what is added an id that can be read and is nobody else's: own-oppas-tijdens-het-gesprek-3f2a9c."""
    if draft.kind == "wording":
        return f"{draft.home}.{draft.field}"
    words = next((draft.texts[name] for name in COLUMNS if draft.texts.get(name)), "")
    room = LONGEST_ID - len(OWN) - 33
    name = "-".join(part for part in slugify(words)[:room].replace("_", "-").split("-") if part) or draft.kind
    short = f"{OWN}{name}-{draft.id.hex[:6]}"
    is_taken = OwnWords.objects.filter(organisation_id=member.organisation_id, key=short).exists()
    return f"{OWN}{name}-{draft.id.hex}" if is_taken else short


def _row_for(member: Member, draft: OwnDraft) -> OwnWords | None:
    """The row this draft is about: of a wording by what it says otherwise, of what was added by its id."""
    if OwnWords.objects.filter(id=draft.id).exclude(organisation_id=member.organisation_id, kind=draft.kind).exists():
        raise Http404
    mine = OwnWords.objects.filter(organisation_id=member.organisation_id)
    if draft.kind == "wording":
        return mine.filter(key=_key_for(member, draft)).first()
    return mine.filter(id=draft.id).first()


def _next_rank(member: Member) -> int:
    last = OwnWords.objects.filter(organisation_id=member.organisation_id).aggregate(last=Max("rank"))["last"]
    return 0 if last is None else last + 1


def _keep_room(member: Member, kind: str) -> None:
    there = OwnWords.objects.filter(organisation_id=member.organisation_id, taken_back_at=None)
    if there.count() >= MOST or (kind == "condition" and there.filter(kind=kind).count() >= MOST_CONDITIONS):
        raise TooMany


def _say(member: Member, row: OwnWords, wanted: Mapping[str, Any]) -> None:
    """Write a row that differs, with its lines in the history."""
    was_taken_back = row.is_taken_back
    changes = [
        Change(f"own_{name}", getattr(row, name), wanted[name], row.key[:80])
        for name in COLUMNS
        if getattr(row, name) != wanted[name]
    ]
    for name, value in wanted.items():
        setattr(row, name, value)
    row.taken_back_at, row.changed_by, row.version = None, member, row.version + 1
    row.save()
    if was_taken_back and row.version > 1 and not changes:
        changes = [Change("own_back", "", "✓", row.key[:80])]
    record(member, own_subject(member.organisation_id), *changes)


@transaction.atomic
def take_back(member: Member, row: OwnWords) -> None:
    """What was said otherwise is as in the edition again, and what was added is gone; it can be put back."""
    _lock(member)
    if OwnWords.objects.filter(id=row.id, taken_back_at=None).update(
        taken_back_at=timezone.now(), version=F("version") + 1, changed_by=member, changed_at=timezone.now()
    ):
        record(member, own_subject(member.organisation_id), Change("own_back", "✓", "", row.key[:80]))
        _changed(member)


@transaction.atomic
def put_back(member: Member, row: OwnWords) -> None:
    """Undo taking back."""
    _lock(member)
    if not OwnWords.objects.filter(id=row.id, taken_back_at__isnull=False).exists():
        return
    _keep_room(member, row.kind)
    OwnWords.objects.filter(id=row.id).update(
        taken_back_at=None, version=F("version") + 1, changed_by=member, changed_at=timezone.now()
    )
    record(member, own_subject(member.organisation_id), Change("own_back", "", "✓", row.key[:80]))
    _changed(member)


@transaction.atomic
def lay_file(member: Member, overlay: Overlay, *, version: int) -> None:
    """What stands in a file holds from now on; what does not stand in it is taken back, and can be put back.

    ``version`` is that of the own words the file was made of. When they changed in between and the file says something
    else, ``StaleVersion`` brings the file as it would be now.
    """
    organisation = _lock(member)
    rows = rows_of(member.organisation_id)
    now = overlay_from(rows)
    if now == overlay:
        return
    if organisation.overlay_version != version:
        raise StaleVersion(write_overlay(now))
    wanted = values_of(overlay)
    _take_back_others(member, rows, now, {values["key"] for values in wanted})
    by_key = {row.key: row for row in rows}
    for rank, values in enumerate(wanted):
        row = by_key.get(values["key"]) or _fresh(member, uuid4(), values["kind"], values["key"])
        if row.is_taken_back or any(getattr(row, name) != value for name, value in values.items()):
            _say(member, row, values | {"edition": overlay.edition, "rank": rank})
        elif row.rank != rank:
            OwnWords.objects.filter(id=row.id).update(rank=rank)
    _changed(member)


def _take_back_others(member: Member, rows: list[OwnWords], now: Overlay, kept: set[str]) -> None:
    """Take back what holds now and does not stand in the file; what rests is left alone."""
    held = {values["key"] for values in values_of(now)}
    for row in rows:
        if row.key in held - kept:
            take_back(member, row)


@transaction.atomic
def keep_overlay(member: Member) -> int:
    """Keep the own words as they are now, for a round that is being closed; gives their version, 0 without any."""
    version = _lock(member).overlay_version
    if version:
        overlay = overlay_from(rows_of(member.organisation_id))
        KeptOverlay.objects.get_or_create(
            organisation_id=member.organisation_id,
            version=version,
            defaults={
                "document": write_overlay(overlay),
                "conditions": "\n".join(own.id for own in overlay.conditions),
            },
        )
    return version


def _lock(member: Member) -> Organisation:
    """The organisation as it is now; whoever else wants to change its own words waits."""
    return Organisation.objects.select_for_update().defer("logo").get(pk=member.organisation_id)


def _changed(member: Member) -> None:
    """The own words have a next version: every page lays them anew."""
    Organisation.objects.filter(pk=member.organisation_id).update(overlay_version=F("overlay_version") + 1)
    member.organisation.overlay_version = Organisation.objects.values_list("overlay_version", flat=True).get(
        pk=member.organisation_id
    )
