"""Every route × everyone × reading and changing × own and another organisation, from the addresses themselves."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import reverse

from samenspraak.people.access import ACCESS, ANYONE, EDITOR, OWNER, PERSON, READER, Level
from tests.factories import make_member
from tests.people.routes import NAMED, ROUTES, WHO, Route, address_of, ask, asking, client_as, has_foreign
from tests.people.subjects import SUBJECTS

pytestmark = pytest.mark.django_db
LEVELS = {"visitor": ANYONE, "person": PERSON, "reader": READER, "editor": EDITOR, "owner": OWNER}
DEMO_ALONE = {"demo_sign_in"}
every_route = pytest.mark.parametrize("route", NAMED, ids=lambda r: r.name)
both_ways = pytest.mark.parametrize("method", ["get", "post"])


def test_every_route_has_a_name() -> None:
    nameless = [r.address for r in ROUTES if not r.name]

    assert nameless == []


def test_every_route_has_a_declared_rule() -> None:
    undeclared = sorted({r.name for r in ROUTES} - set(ACCESS))

    assert undeclared == []


def test_every_declared_rule_has_a_route() -> None:
    gone = sorted(set(ACCESS) - {r.name for r in ROUTES} - DEMO_ALONE)

    assert gone == []


def test_every_route_with_arguments_can_be_asked() -> None:
    unknown = sorted(r.name for r in NAMED if r.arguments and r.name not in SUBJECTS)

    assert unknown == []


def test_every_route_answers_one_name() -> None:
    names = [r.name for r in ROUTES]

    assert sorted(names) == sorted(set(names))


def outcome(response: HttpResponse) -> str:
    """What happened, in the words of the matrix."""
    if response.status_code >= 500:
        return f"broke with {response.status_code}"
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
        return "asked to sign in"
    return {401: "asked to sign in", 403: "refused", 405: "no such way", 404: "not found"}.get(
        response.status_code, "let through"
    )


def level(route: Route, who: str) -> Level:
    """Who this is there: nobody comes to an address for programs by signing in, but to read what it is."""
    return ANYONE if who == "person" and route.name.startswith("api:") and route.name != "api:openapi" else LEVELS[who]


def expected(needed: Level | None, has: Level) -> str:
    if needed is None:
        return "no such way"
    if has >= needed:
        return "let through"
    return "asked to sign in" if has == ANYONE else "refused"


# Where the table lets through and the loader does not, for what the matrix asks.
ELSEWHERE = {
    ("people:first_run", "get"): "not found",  # there is an organisation
    ("people:first_run", "post"): "not found",
    ("people:logo", "get"): "not found",  # an organisation without one
    ("people:choose_organisation", "post"): "not found",  # none was named
    ("people:choose_reminders", "post"): "not found",
    ("readiness:statements", "get"): "not found",  # of the person alone, whatever the role of a colleague
    ("readiness:save_statements", "post"): "not found",
    ("readiness:finish_assessment", "post"): "not found",
    ("readiness:share_assessment", "post"): "not found",
    ("readiness:guest_assessment", "post"): "not found",  # no element was named
    ("people:company", "post"): "not found",  # no provider is set
    ("people:company_back", "get"): "not found",
    ("mfa_authenticate", "get"): "asked to sign in",  # nobody gave a password yet; whoever is in goes on to the start
    ("mfa_authenticate", "post"): "asked to sign in",
    ("people:withdraw_token", "post"): "not found",  # of a colleague
}


@every_route
@both_ways
def test_everyone_gets_what_the_table_says(route: Route, method: str) -> None:
    needed = ACCESS[route.name].get if method == "get" else ACCESS[route.name].post

    got, wanted = {}, {}
    for who in WHO:
        own = make_member()
        client = asking(route, who, own.organisation)
        got[who] = outcome(ask(client, method, route, address_of(route, own)))
        wanted[who] = expected(needed, level(route, who))
        if wanted[who] == "let through":
            is_past = who != "visitor" and route.name == "mfa_authenticate"
            wanted[who] = "let through" if is_past else ELSEWHERE.get((route.name, method), "let through")

    assert got == wanted


@pytest.mark.parametrize("route", [r for r in NAMED if has_foreign(r)], ids=lambda r: r.name)
@both_ways
def test_what_belongs_to_another_organisation_is_not_found(route: Route, method: str) -> None:
    needed = ACCESS[route.name].get if method == "get" else ACCESS[route.name].post

    got, wanted = {}, {}
    for who in WHO:
        theirs = make_member()
        client = asking(route, who)
        got[who] = outcome(ask(client, method, route, address_of(route, theirs)))
        right = expected(needed, level(route, who))
        wanted[who] = "not found" if right == "let through" else right

    assert got == wanted


@every_route
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_no_route_takes_another_method(route: Route, method: str) -> None:
    own = make_member()

    response = getattr(client_as("owner", own.organisation), method)(address_of(route, own))

    assert outcome(response) == "no such way"


def test_an_address_that_is_not_routed_is_not_found() -> None:
    addresses = ["/accounts/login/", "/account/signup", "/account/email", "/admin/", "/.git/config", "/organisation/"]

    found = {a: client_as("owner").get(a).status_code for a in addresses}

    assert found == dict.fromkeys(addresses, 404)


@pytest.mark.urls("tests.people.urls")
def test_a_route_without_a_rule_is_not_found_by_anybody() -> None:
    answers = {who: client_as(who).get("/undeclared").status_code for who in WHO}

    assert answers == dict.fromkeys(WHO, 404)


def test_a_part_of_a_page_leads_the_whole_page_to_sign_in() -> None:
    response = client_as("visitor").get("/organisation", headers={"HX-Request": "true"})

    assert (response.status_code, response["HX-Redirect"]) == (401, "/account/sign-in")


def test_a_refusal_says_whom_to_ask() -> None:
    answers = [client_as(who).post("/organisation/invite").content.decode() for who in ("person", "reader")]

    assert "Vraag een collega om een uitnodiging." in answers[0]
    assert "Vraag een eigenaar van je organisatie om een andere rol." in answers[1]


@pytest.mark.parametrize("route", [r for r in NAMED if ACCESS[r.name].get is not None], ids=lambda r: r.name)
def test_asking_for_the_head_alone_answers_as_reading_does(route: Route) -> None:
    own = make_member()
    address, client = address_of(route, own), asking(route, "owner", own.organisation)

    read, head = client.get(address), client.head(address)

    assert (head.status_code, head.content if not head.streaming else b"") == (read.status_code, b"")
