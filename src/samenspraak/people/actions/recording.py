"""The history: who changed what, from what, to what."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from samenspraak.people.models import Guest, HistoryEntry, Member


class StaleVersion(Exception):
    """Somebody else saved in between. ``row`` is what stands there now; the caller shows both texts."""

    def __init__(self, row: object) -> None:
        super().__init__("saved by somebody else in between")
        self.row = row


class Change(NamedTuple):
    """One field that got another value; ``item`` is the id of the piece it is about."""

    field: str
    old: str
    new: str
    item: str = ""


def record(by: Member | Guest, subject: UUID, *changes: Change) -> None:
    """Add lines to the history of ``subject``; call it inside the transaction of the action that changes it.

    Of a guest, who has no account, only the name is kept.
    """
    member, name = (None, by.name) if isinstance(by, Guest) else (by, by.label)
    HistoryEntry.objects.bulk_create(
        HistoryEntry(
            organisation_id=by.organisation_id,
            subject=subject,
            member=member,
            member_name=name[:120],
            **change._asdict(),
        )
        for change in changes
    )
