"""Reads about what came in with a file: who brought it, and who is known by name."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.db.models import F

from samenspraak.people.models import HistoryEntry, Invitation, Member, Organisation, Person

TAKEN_OUT, BROUGHT_IN = "taken_out", "brought_in"
A_PAGE = 100


def couriers_of(organisation_id: UUID) -> set[UUID]:
    """Members who are here because they brought the file in, and were nobody in it."""
    brought = HistoryEntry.objects.filter(organisation_id=organisation_id, subject=organisation_id, field=BROUGHT_IN)
    return {UUID(item) for item in brought.exclude(item="").values_list("item", flat=True)}


def brought_before(person: Person | None, sha256: str) -> Organisation | None:
    """The organisation that this very file became when this person brought it in; by hand of anybody for None."""
    lines = HistoryEntry.objects.filter(field=BROUGHT_IN, new=sha256, subject=F("organisation_id"))
    if person is not None:
        memberships = Member.objects.filter(person=person, left_at=None)
        lines = lines.filter(organisation_id__in=memberships.values("organisation_id"))
    found = lines.select_related("organisation").defer("organisation__logo").order_by("id").first()
    return found.organisation if found else None


class Known(NamedTuple):
    """Somebody who came along with a file and has no way in yet."""

    id: UUID
    name: str
    function: str
    email: str
    role: str


def known_by_name(member: Member) -> list[Known]:
    """Those who came along with a file, were in when it was made, and have not been invited yet; at most a hundred."""
    invited = Invitation.objects.filter(organisation_id=member.organisation_id, accepted_at=None, withdrawn_at=None)
    found = Member.objects.filter(organisation_id=member.organisation_id, known_left_at=None).exclude(known_email="")
    rows = found.exclude(known_email__in=invited.values("email")).order_by("person__name", "id")
    return [Known(*row) for row in rows.values_list("id", "person__name", "function", "known_email", "role")[:A_PAGE]]
