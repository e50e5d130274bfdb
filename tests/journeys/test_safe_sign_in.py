"""Signing in safely: an app with codes, a passkey, the company account; and an organisation that ends, or does not."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser

from tests.journeys.browser import Visitor, make_context, visitor_of
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.people.provider import Provider, running_provider
from tests.server import RunningServer, running_server

pytestmark = pytest.mark.journey
MAIL, PASSWORD, COMPANY = "noor@kiezel.example", "drie gewone woorden", "Kiezel & Zonen"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as found:
        found.knows("noor", email=MAIL, email_verified=True)
        found.knows("bram", email="bram@kiezel.example", email_verified=True)
        yield found


@pytest.fixture(scope="module")
def kiezel(browser: Browser, provider: Provider) -> Iterator[RunningServer]:
    """An installation with a company account and one owner: Noor."""
    settings = {
        "SAMENSPRAAK_OIDC_ISSUER": provider.issuer,
        "SAMENSPRAAK_OIDC_CLIENT_ID": "samenspraak",
        "SAMENSPRAAK_OIDC_CLIENT_SECRET": "a-secret",
        "SAMENSPRAAK_OIDC_DOMAINS": "kiezel.example",
        "SAMENSPRAAK_OIDC_NAME": "Kiezel",
    }
    with running_server("serve", settings=settings) as server:
        noor = visitor_of(make_context(browser))
        noor.page.goto(server.lines[2])
        noor.type("Code", server.lines[3])
        noor.type("Naam van je organisatie", COMPANY)
        noor.type("Je naam", "Noor")
        noor.type("Je e-mailadres", MAIL)
        noor.type("Wachtwoord", PASSWORD)
        noor.press("Begin")
        noor.page.get_by_role("link", name=COMPANY, exact=True).wait_for()
        noor.context.close()
        yield server


def give_password(visitor: Visitor) -> None:
    visitor.type("E-mailadres", MAIL)
    visitor.type("Wachtwoord", PASSWORD)
    visitor.press("Meld je aan")


def be_in(visitor: Visitor) -> None:
    visitor.page.get_by_role("link", name=COMPANY, exact=True).wait_for()


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_device(visitor: Visitor) -> None:
    """A laptop that knows its owner by a finger."""
    line = visitor.context.new_cdp_session(visitor.page)
    line.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    line.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def signed_in(arrive: Arrive, kiezel: RunningServer, path: str = "/account/security") -> Visitor:
    visitor = arrive(f"{kiezel.address}{path}")
    give_password(visitor)
    return visitor


def give_code(visitor: Visitor, code: str) -> None:
    visitor.type("Code", code)
    visitor.press("Meld je aan")


def test_app_with_codes_makes_signing_in_safer(arrive: Arrive, kiezel: RunningServer) -> None:
    """Signing in becomes safer, with an app and codes for when the phone is gone."""
    noor = signed_in(arrive, kiezel)
    found = look_at(noor.page, "security-nl")
    noor.follow("Stel een app in")
    secret = noor.page.locator("#typed").inner_text().replace(" ", "")
    found += look_at(noor.page, "app-nl")
    noor.type("Code uit de app", code_of(secret))
    noor.press("Zet aan")
    found += look_at(noor.page, "recovery-codes-nl")
    codes = noor.page.locator(".codes li").all_inner_texts()
    with noor.page.expect_download() as download:
        noor.follow("Download als tekst")
    kept = download.value.path().read_text()
    noor.follow("Ik heb ze bewaard")
    by_app, by_code, again = (signed_in(arrive, kiezel, "/account") for _ in range(3))
    found += look_at(by_app.page, "second-step-nl")
    give_code(by_app, code_of(secret, 1))
    be_in(by_app)
    give_code(by_code, codes[0])
    be_in(by_code)
    give_code(again, codes[0])

    assert found == []
    assert kept.split() == ["Samenspraak", *codes]
    assert "Dit past niet." in again.main.inner_text()
    noor.press("Haal de app weg")
    noor.page.get_by_text("Stel een app in").wait_for()


def test_passkey_lets_in_and_other_browsers_are_signed_out(arrive: Arrive, kiezel: RunningServer) -> None:
    """A passkey lets in without a password, and other browsers are signed out."""
    elsewhere = signed_in(arrive, kiezel, "/account")
    be_in(elsewhere)
    noor = signed_in(arrive, kiezel)
    with_device(noor)
    noor.follow("Voeg een passkey toe")
    found = look_at(noor.page, "passkey-nl")
    noor.type("Naam van deze passkey", "Laptop")
    noor.press("Maak een passkey")
    noor.follow("Ik heb ze bewaard")
    found += look_at(noor.page, "security-set-nl")
    noor.press("Meld je overal elders af")
    sessions = noor.page.locator("#sessions li").count()
    elsewhere.page.reload()
    noor.page.goto(f"{kiezel.address}/account/sign-out")
    noor.press("Meld je af")
    noor.page.goto(f"{kiezel.address}/account/sign-in")
    found += look_at(noor.page, "sign-in-ways-nl")
    noor.press("Meld je aan met een passkey")
    be_in(noor)

    assert (sessions, elsewhere.heading, found) == (1, "Meld je aan", [])
    noor.page.goto(f"{kiezel.address}/account/security")
    noor.press("Haal passkey Laptop weg")
    noor.page.get_by_text("Weggehaald.").wait_for()


def sign_in_there(visitor: Visitor, sub: str) -> None:
    """At the provider."""
    visitor.page.wait_for_url("**/oauth2/authorize**")
    visitor.page.locator("input[name=sub]").first.fill(sub)
    visitor.page.locator("input[name=sub]").first.press("Enter")


def test_company_account_lets_in_whoever_takes_part(arrive: Arrive, kiezel: RunningServer) -> None:
    """The account of the company lets in whoever takes part, and nobody else."""
    noor = arrive(f"{kiezel.address}/organisation", "en")
    noor.press("Sign in with Kiezel")
    sign_in_there(noor, "noor")
    be_in(noor)
    came_to = noor.heading
    stranger = arrive(f"{kiezel.address}/account/sign-in")
    stranger.press("Meld je aan met Kiezel")
    sign_in_there(stranger, "bram")
    stranger.page.get_by_role("heading", name="Je hebt hier nog geen account").wait_for()
    found = look_at(stranger.page, "company-stranger-nl")
    noor.page.get_by_label("E-mailadres").fill("bram@kiezel.example")
    noor.press("Maak een link")
    link = noor.page.get_by_label("Link", exact=True).input_value()
    stranger.page.goto(link)
    stranger.press("Of doe mee met Kiezel")
    sign_in_there(stranger, "bram")
    stranger.page.get_by_text("Je bedrijf staat in voor dit adres").wait_for()
    found += look_at(stranger.page, "company-invited-nl")
    stranger.type("Je naam", "Bram")
    stranger.press("Doe mee")
    be_in(stranger)

    assert (came_to, found) == (COMPANY, [])


def test_organisation_is_deleted_and_kept_after_all(arrive: Arrive, kiezel: RunningServer) -> None:
    """An owner deletes the organisation and comes back on it."""
    noor = arrive(f"{kiezel.address}/organisation/end")
    give_password(noor)
    found = look_at(noor.page, "end-nl")
    noor.type("Naam van je organisatie", "Iets anders")
    noor.press("Verwijder na 30 dagen")
    refused = noor.page.get_by_role("alert").inner_text()
    noor.type("Naam van je organisatie", COMPANY)
    noor.press("Verwijder na 30 dagen")
    noor.page.goto(f"{kiezel.address}/tasks/")
    banner = noor.page.locator(".ending").inner_text()
    found += look_at(noor.page, "ending-nl")
    noor.press("Behoud de organisatie")
    said = noor.page.get_by_role("status").inner_text()
    noor.page.goto(f"{kiezel.address}/account/close")
    found += look_at(noor.page, "close-account-nl")

    assert found == []
    assert "Dit is niet de naam" in refused
    assert banner.startswith(f"{COMPANY} wordt verwijderd op")
    assert said == "De organisatie blijft. Elke eigenaar krijgt een mail."
    assert noor.page.locator(".ending").count() == 0
