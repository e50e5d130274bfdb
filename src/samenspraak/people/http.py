"""Typed requests: behind the access table a view knows who asks. And addresses: in a mail, and as ``next``."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from samenspraak.people.models import Member, Person


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in; ``member`` is None for a person without an organisation."""

    user: Person
    member: Member | None


class MemberRequest(PersonRequest):
    """A request of a member; ``member.organisation`` and ``member.person`` are loaded."""

    member: Member


def address_of(route: str, **arguments: Any) -> str:
    """The whole address of a route, from the settings: what a visitor sends as host never stands in a mail."""
    return f"{settings.ENVIRONMENT.address}{reverse(route, kwargs=arguments or None)}"


def is_own_path(target: str) -> bool:
    """Whether a ``next`` stays here: a path, without a host that a browser could read into it."""
    is_path = target.startswith("/") and target[1:2] not in ("/", "\\")
    return is_path and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
