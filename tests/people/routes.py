"""Every named route of the site, read from its addresses: what is not found here cannot be forgotten there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samenspraak.people.access import ACCESS
from samenspraak.people.models import Member, Role
from tests.factories import make_member, make_organisation, make_person, token_of
from tests.people.subjects import SUBJECTS, Secret

SITE = "samenspraak.site.urls"


# What somebody without an account opens by a link: no cookie, so no token against forgery either; the key is the proof.
BY_LINK = {"tasks:guest", "readiness:voice", "readiness:guest_assessment", "readiness:sign"}


class Browser(Client):
    """A client that reads every answer to its end, so that no file stays open."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        if response.streaming:
            b"".join(response)
        return response


class Route(NamedTuple):
    """``name`` is what ``reverse`` takes; empty for a route without one."""

    name: str
    address: str
    arguments: frozenset[str]


def _walk(patterns: list[Any], spaces: tuple[str, ...], before: str) -> Iterator[Route]:
    for found in patterns:
        if isinstance(found, URLResolver):
            inner = (*spaces, found.namespace) if found.namespace else spaces
            yield from _walk(found.url_patterns, inner, before + str(found.pattern))
        elif isinstance(found, URLPattern):
            name = ":".join((*spaces, found.name)) if found.name else ""
            arguments = found.pattern.converters or found.pattern.regex.groupindex
            yield Route(name, before + str(found.pattern), frozenset(arguments))


ROUTES = list(_walk(get_resolver(SITE).url_patterns, (), ""))
NAMED = sorted({r.name: r for r in ROUTES if r.name in ACCESS}.values())


def arguments_of(route: Route, member: Member) -> dict[str, Any]:
    """Arguments for an object in the organisation of ``member``."""
    if not route.arguments:
        return {}
    subject = SUBJECTS[route.name]
    return subject.arguments(member) if isinstance(subject, Secret) else subject(member)


def address_of(route: Route, member: Member) -> str:
    return reverse(route.name, kwargs=arguments_of(route, member) or None)


def has_foreign(route: Route) -> bool:
    """Whether there is such an object in another organisation, which must not be found."""
    return route.name in SUBJECTS and not isinstance(SUBJECTS[route.name], Secret)


WHO = ("visitor", "person", "reader", "editor", "owner")


def asking(route: Route, who: str, organisation: Any = None) -> Client:
    """A browser of somebody; for an address for programs a program with a token of theirs, where they can have one."""
    if not route.name.startswith("api:") or who in ("visitor", "person"):
        return client_as(who, organisation, raise_request_exception=False)
    token = token_of(make_member(Role(who), organisation or make_organisation()))
    return Browser(raise_request_exception=False, headers={"Authorization": f"Bearer {token}"})


def ask(client: Client, method: str, route: Route, address: str) -> Any:
    """Ask without saying anything; a program says nothing in JSON."""
    if method == "post" and route.name.startswith("api:"):
        return client.post(address, {}, content_type="application/json")
    return getattr(client, method)(address)


def client_as(who: str, organisation: Any = None, **options: Any) -> Client:
    """A browser of somebody; members are of ``organisation``."""
    options.setdefault("raise_request_exception", False)
    client = Browser(**options)
    if who == "person":
        client.force_login(make_person())
    elif who != "visitor":
        client.force_login(make_member(Role(who), organisation or make_organisation()).person)
    return client
