"""People for programs: who asks, and with whom."""

from __future__ import annotations

from uuid import UUID

from samenspraak.people.endpoints import Endpoint, Operation, Page, Struct
from samenspraak.people.http import MemberRequest
from samenspraak.people.queries import members_page
from samenspraak.ui.pages import page_number


class Colleague(Struct, frozen=True):
    """A colleague, as an owner of answers and tasks is named."""

    id: UUID
    name: str
    function: str
    role: str


class Asker(Struct, frozen=True):
    """Whose token this is."""

    member: Colleague
    organisation: str
    language: str
    time_zone: str


def me(request: MemberRequest) -> Asker:
    """Whose token this is and where it works."""
    member, organisation = request.member, request.member.organisation
    own = Colleague(id=member.pk, name=member.person.name, function=member.function, role=member.role)
    return Asker(
        member=own, organisation=organisation.name, language=organisation.language, time_zone=organisation.time_zone
    )


def members(request: MemberRequest) -> Page[Colleague]:
    """The colleagues, by name."""
    found = members_page(request.member, page_number(request))
    items = [Colleague(id=m.pk, name=m.person.name, function=m.function, role=m.role) for m in found.members]
    return Page(items=items, page=found.page, has_more=found.has_more)


ENDPOINTS = (
    Endpoint(name="me", address="me", get=Operation(view=me, about="Whose token this is", gives=Asker)),
    Endpoint(
        name="members",
        address="members",
        get=Operation(view=members, about="Your colleagues, by name", gives=Page[Colleague], is_paged=True),
    ),
)
