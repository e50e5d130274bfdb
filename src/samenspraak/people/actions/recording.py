"""The history: who changed what, from what, to what."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from samenspraak.people.models import HistoryEntry, Member


class Change(NamedTuple):
    """One field that got another value; ``item`` is the id of the piece it is about."""

    field: str
    old: str
    new: str
    item: str = ""


def record(member: Member, subject: UUID, *changes: Change) -> None:
    """Add lines to the history of ``subject``; call it inside the transaction of the action that changes it."""
    HistoryEntry.objects.bulk_create(
        HistoryEntry(
            organisation_id=member.organisation_id,
            subject=subject,
            member=member,
            member_name=member.label[:120],
            **change._asdict(),
        )
        for change in changes
    )
