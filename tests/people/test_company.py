"""The company account, against a real provider in a process of its own, and against one that forges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from samenspraak.people import actions, passkeys
from samenspraak.people.company import KEPT
from samenspraak.people.models import Member, Person, Role
from tests.factories import make_member, make_person
from tests.people.device import Device
from tests.people.invitations import ask
from tests.people.provider import Forger, Provider, account_at, running_provider
from tests.people.signing_in import DUTCH, is_in

pytestmark = pytest.mark.django_db
GO, BACK = "/account/sign-in/company", "/account/sign-in/company/back"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as found:
        yield found


@pytest.fixture
def company(settings: Any, provider: Provider) -> Provider:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, company=account_at(provider.issuer))
    return provider


@pytest.fixture
def forger(settings: Any) -> Iterator[Forger]:
    with Forger() as found:
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, company=account_at(found.issuer))
        yield found


def through(client: Client, provider: Provider, sub: str, **form: str) -> HttpResponse:
    """Leave, sign in there, and come back."""
    left = client.post(GO, form, headers=DUTCH)
    return client.get(provider.sign_in(left["Location"], sub), headers=DUTCH)


def forged(client: Client, forger: Forger, **claims: Any) -> HttpResponse:
    """The answer to a token with these claims; everything that is not named is in order."""
    left = parse_qs(urlsplit(client.post(GO, headers=DUTCH)["Location"]).query)
    right = {"nonce": left["nonce"][0], "email": "sanne@example.org", "email_verified": True}
    forger.claims = {**right, **claims}
    return client.get(BACK, {"code": "x", "state": left["state"][0]}, headers=DUTCH)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def test_whoever_has_an_account_comes_in_by_a_verified_address(owner: Member, company: Provider) -> None:
    company.knows("sanne", email="Sanne@example.org", email_verified=True)
    client = Client()

    page = text_of(client.get("/account/sign-in", headers=DUTCH))
    response = through(client, company, "sanne", next="/organisation?page=1")

    assert "Meld je aan met Noorderlicht" in page
    assert (response.status_code, response["Location"]) == (302, "/organisation?page=1")
    assert is_in(client)


def test_the_second_step_is_asked_after_the_company_account_too(owner: Member, company: Provider) -> None:
    actions.add_passkey(owner.person, "Laptop", Device().new(passkeys.ask_new(owner.person).options))
    company.knows("sanne", email="sanne@example.org", email_verified=True)
    client = Client()

    response = through(client, company, "sanne")

    assert (response["Location"], is_in(client)) == ("/account/sign-in/code", False)


def test_somebody_with_an_account_joins_another_organisation(owner: Member, company: Provider) -> None:
    path = ask(make_member(), "sanne@example.org")
    company.knows("sanne", email="sanne@example.org", email_verified=True)
    client = Client()

    landed = through(client, company, "sanne", next=path)["Location"]
    client.post(path)

    assert landed == path
    assert owner.person.memberships.count() == 2


def test_what_goes_to_the_provider_is_bound_to_this_browser_and_this_time(owner: Member, company: Provider) -> None:
    asked = [parse_qs(urlsplit(Client().post(GO)["Location"]).query) for _ in range(2)]

    assert asked[0]["redirect_uri"] == ["http://localhost:8000/account/sign-in/company/back"]
    assert (asked[0]["code_challenge_method"], asked[0]["scope"]) == (["S256"], ["openid email"])
    assert all(asked[0][name] != asked[1][name] for name in ("state", "nonce", "code_challenge"))


@pytest.mark.parametrize(
    "claims",
    [{"email_verified": False}, {}, {"email_verified": "true"}, {"email_verified": 1}],
    ids=["not verified", "says nothing", "a word", "a number"],
)
def test_an_address_that_is_not_verified_lets_nobody_in(owner: Member, company: Provider, claims: Any) -> None:
    company.knows("sanne", email="sanne@example.org", **claims)
    client = Client()

    response = through(client, company, "sanne")

    assert (response.status_code, "staat niet in voor dit adres" in text_of(response)) == (403, True)
    assert not is_in(client)


def test_a_provider_speaks_for_its_own_domains_alone(company: Provider) -> None:
    make_member(person=make_person(email="sanne@elders.example"))
    company.knows("sanne", email="sanne@elders.example", email_verified=True)

    assert through(Client(), company, "sanne").status_code == 403


def test_whoever_has_no_account_gets_none_and_reads_what_to_do(owner: Member, company: Provider) -> None:
    company.knows("bram", email="bram@example.org", email_verified=True)
    client = Client()

    response = through(client, company, "bram")

    assert (response.status_code, "Vraag een collega om een uitnodiging" in text_of(response)) == (403, True)
    assert not Person.objects.filter(email="bram@example.org").exists()
    assert not is_in(client)


def test_a_person_without_an_organisation_lands_on_a_page_that_says_so(company: Provider) -> None:
    make_person(email="sanne@example.org")
    company.knows("sanne", email="sanne@example.org", email_verified=True)
    client = Client()

    response = client.get(through(client, company, "sanne")["Location"])

    assert response.status_code == 403
    assert "Vraag een collega om een uitnodiging." in text_of(response)


def test_somebody_invited_takes_part_with_the_company_account_and_without_a_password(
    owner: Member, company: Provider
) -> None:
    path = ask(owner)
    company.knows("bram", email="bram@example.org", email_verified=True)
    client = Client()

    response = through(client, company, "bram", next=path)
    page = text_of(client.get(response["Location"]))
    joined = client.post(path, {"name": "Bram", "function": "inkoop"})

    member = Member.objects.get(person__email="bram@example.org")
    assert 'name="password"' not in page
    assert joined["Location"] == "/"
    assert (member.role, member.person.has_usable_password(), is_in(client)) == (Role.EDITOR, False, True)


def test_an_invitation_of_another_address_is_not_opened_by_a_company_account(owner: Member, company: Provider) -> None:
    path = ask(owner)
    company.knows("eva", email="eva@example.org", email_verified=True)
    client = Client()

    response = through(client, company, "eva", next=path)
    answer = client.post(path, {"name": "Eva", "function": ""})

    assert (response.status_code, answer.status_code) == (403, 422)
    assert not Person.objects.filter(email__in=["eva@example.org", "bram@example.org"]).exists()


def test_the_answer_of_a_provider_works_once_and_in_the_browser_that_left(owner: Member, company: Provider) -> None:
    company.knows("sanne", email="sanne@example.org", email_verified=True)
    client, stranger = Client(), Client()
    back = company.sign_in(client.post(GO)["Location"], "sanne")

    elsewhere = stranger.get(back)
    first = client.get(back)
    client.post("/account/sign-out")
    again = client.get(back)

    assert (elsewhere.status_code, first.status_code, again.status_code) == (400, 302, 400)
    assert (is_in(stranger), is_in(client)) == (False, False)


def test_an_answer_for_another_nonce_is_refused(owner: Member, company: Provider) -> None:
    company.knows("sanne", email="sanne@example.org", email_verified=True)
    client = Client()
    back = company.sign_in(client.post(GO)["Location"], "sanne")
    session = client.session
    session[KEPT] = {**session[KEPT], "nonce": "another"}
    session.save()

    response = client.get(back, headers=DUTCH)

    assert (response.status_code, "Aanmelden lukte niet" in text_of(response)) == (400, True)
    assert not is_in(client)


def test_a_token_in_order_lets_in(owner: Member, forger: Forger) -> None:
    client = Client()

    assert (forged(client, forger).status_code, is_in(client)) == (302, True)


def test_microsoft_says_in_its_own_way_that_an_address_is_verified(owner: Member, forger: Forger) -> None:
    assert forged(Client(), forger, email_verified=None, xms_edov=True).status_code == 302


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": ["samenspraak", "another"]},
        {"aud": None},
        {"azp": "another"},
        {"exp": 1_600_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_us_now_is_refused(owner: Member, forger: Forger, claims: Any) -> None:
    client = Client()

    response = forged(client, forger, **claims)

    assert (response.status_code, is_in(client)) == (400, False)


@pytest.mark.parametrize("email", ["", "geen adres", "a@b@example.org.evil.example", ["sanne@example.org"], None])
def test_an_address_that_is_none_is_refused(owner: Member, forger: Forger, email: Any) -> None:
    assert forged(Client(), forger, email=email).status_code == 403


def test_a_token_signed_with_another_key_is_refused(owner: Member, forger: Forger) -> None:
    forger.signs_with = forger.other

    assert forged(Client(), forger).status_code == 400


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/.well-known/openid-configuration", (500, b"")),
        ("/.well-known/openid-configuration", (200, b"<html>")),
        ("/.well-known/openid-configuration", (200, b"[]")),
        ("/.well-known/openid-configuration", (200, b'{"issuer": "https://evil.example"}')),
        ("/.well-known/openid-configuration", (302, b"http://127.0.0.1:1/")),
    ],
)
def test_a_provider_that_answers_nonsense_gets_a_page_that_says_so(
    owner: Member, forger: Forger, path: str, answer: tuple[int, bytes]
) -> None:
    forger.answers[path] = answer

    response = Client().post(GO, headers=DUTCH)

    assert (response.status_code, "geeft geen antwoord" in text_of(response)) == (503, True)


@pytest.mark.parametrize(
    ("path", "answer", "status"),
    [
        ("/keys", (404, b""), 503),
        ("/keys", (200, b'{"keys": []}'), 400),
        ("/token", (400, b'{"error": "invalid_grant"}'), 503),
        ("/token", (200, b'{"access_token": "x", "token_type": "Bearer"}'), 400),
        ("/token", (200, b'{"access_token": "x", "token_type": "Bearer", "id_token": "a.b.c"}'), 400),
        ("/token", (200, b"<html>"), 400),
    ],
)
def test_a_provider_that_breaks_halfway_breaks_nothing_here(
    owner: Member, forger: Forger, path: str, answer: tuple[int, bytes], status: int
) -> None:
    forger.answers[path] = answer
    client = Client()

    assert (forged(client, forger).status_code, is_in(client)) == (status, False)


def test_the_server_calls_no_host_that_the_settings_do_not_name(owner: Member, forger: Forger) -> None:
    import json

    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        told = json.loads(forger.page("/.well-known/openid-configuration")[1]) | {name: "https://evil.example/x"}
        forger.answers["/.well-known/openid-configuration"] = (200, json.dumps(told).encode())
        client = Client()
        left = client.post(GO)
        if name == "authorization_endpoint":
            assert left.status_code == 503
        else:
            state = client.session[KEPT]["state"]
            assert client.get(BACK, {"code": "x", "state": state}).status_code == 503
        forger.answers.clear()


def test_a_provider_that_is_down_gets_a_page_that_says_so(owner: Member, settings: Any) -> None:
    from tests.people.post_office import free_port

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, company=account_at(f"http://127.0.0.1:{free_port()}"))

    response = Client().post(GO, headers=DUTCH)

    assert (response.status_code, "geeft geen antwoord" in text_of(response)) == (503, True)


@pytest.mark.parametrize("asked", [{}, {"error": "access_denied", "state": "x"}, {"state": "é", "code": "x"}])
def test_whoever_stops_there_or_never_left_reads_what_to_do(owner: Member, company: Provider, asked: Any) -> None:
    client = Client()
    client.post(GO)

    response = client.get(BACK, asked, headers=DUTCH)

    assert (response.status_code, "Aanmelden lukte niet" in text_of(response)) == (400, True)


def test_without_a_provider_in_the_settings_there_is_no_such_way(owner: Member) -> None:
    page = text_of(Client().get("/account/sign-in"))

    assert [Client().post(GO).status_code, Client().get(BACK).status_code] == [404, 404]
    assert GO not in page


def test_who_is_in_stays_who_they_are(owner: Member, company: Provider) -> None:
    other = make_member()
    company.knows("sanne", email="sanne@example.org", email_verified=True)
    client = Client()
    client.force_login(other.person)

    response = through(client, company, "sanne")

    assert response.status_code == 302
    assert other.person.email in text_of(client.get("/account"))


def test_thirty_one_tries_a_minute_make_wait(owner: Member, forger: Forger) -> None:
    client = Client()

    answers = [client.post(GO).status_code for _ in range(31)]

    assert answers == [302] * 30 + [429]
