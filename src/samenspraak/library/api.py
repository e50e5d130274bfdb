"""The method for programs."""

from __future__ import annotations

from typing import cast

from samenspraak.library.queries import edition_for
from samenspraak.method.types import Condition, Language
from samenspraak.people.endpoints import Endpoint, Operation, Struct
from samenspraak.people.http import MemberRequest


class Conditions(Struct, frozen=True):
    """The conditions of an edition, in the language that was asked for."""

    edition: str
    items: tuple[Condition, ...]


def conditions(request: MemberRequest) -> Conditions:
    """The conditions as this organisation reads them."""
    edition = edition_for(request.member.organisation, cast("Language", request.LANGUAGE_CODE))
    return Conditions(edition=edition.name, items=edition.conditions)


ENDPOINTS = (
    Endpoint(
        name="conditions",
        address="conditions",
        get=Operation(view=conditions, about="The conditions of the method", gives=Conditions),
    ),
)
