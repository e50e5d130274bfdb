"""Colleagues come in by mail, sent by the worker inside ``serve``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from queue import Queue
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import PHONE, Visitor, make_context, visitor_of
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.people.post_office import PostOffice, text_in
from tests.server import RunningServer, running_server
from tests.site.pictures import png

pytestmark = pytest.mark.journey

MAIL = "noor@kiezel.example"
PASSWORD = "drie gewone woorden"


class Postbox(PostOffice):
    """A mail server that somebody stands beside, waiting for the next letter."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived: Queue[EmailMessage] = Queue()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        self.arrived.put(self.letters[-1])
        return answer

    def next_letter(self) -> EmailMessage:
        return self.arrived.get(timeout=30)


@pytest.fixture(scope="module")
def postbox() -> Iterator[Postbox]:
    with Postbox() as found:
        yield found


@pytest.fixture(scope="module")
def kiezel(browser: Browser, postbox: Postbox) -> Iterator[RunningServer]:
    """An installation that sends mail, with one owner: Noor."""
    settings = {"SAMENSPRAAK_MAIL_URL": f"smtp+plain://127.0.0.1:{postbox.port}"}
    with running_server("serve", settings=settings) as server:
        noor = visitor_of(make_context(browser))
        noor.page.goto(server.lines[2])
        noor.type("Code", server.lines[3])
        noor.type("Naam van je organisatie", "Kiezel & Zonen")
        noor.type("Je naam", "Noor")
        noor.type("Je e-mailadres", MAIL)
        noor.type("Wachtwoord", PASSWORD)
        noor.press("Begin")
        noor.page.get_by_role("heading", name="Waarom wil je met iemand praten?").wait_for()
        noor.context.close()
        yield server


@pytest.fixture
def noor(arrive: Arrive, kiezel: RunningServer) -> Visitor:
    """The owner, signed in."""
    return sign_in(arrive(kiezel.address), PASSWORD)


def sign_in(visitor: Visitor, password: str) -> Visitor:
    visitor.type("E-mailadres", MAIL)
    visitor.type("Wachtwoord", password)
    visitor.press("Meld je aan")
    visitor.page.get_by_role("link", name="Kiezel & Zonen").wait_for()
    return visitor


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"http\S+", text_in(letter))
    assert found
    return found[0]


def test_colleague_is_invited_and_joins_once(arrive: Arrive, noor: Visitor, postbox: Postbox) -> None:
    """A colleague is invited and answers."""
    noor.page.get_by_role("link", name="Kiezel & Zonen").click()
    noor.type("E-mailadres", "bram@kiezel.example")
    noor.press("Verstuur de uitnodiging")
    said = noor.page.get_by_role("status").inner_text()
    letter = postbox.next_letter()
    bram = arrive(link_in(letter))
    found = look_at(bram.page, "invitation-nl")
    bram.type("Je naam", "Bram")
    bram.type("Je functie", "inkoop")
    bram.type("Wachtwoord", "vier heel gewone woorden")
    bram.press("Doe mee")
    bram.type("Eén zin is genoeg.", "Een vakbond vroeg ons iets.")
    bram.press("Naar de eerste voorwaarde")
    bram.answer("Weet ik nog niet")
    stranger = arrive(link_in(letter))
    noor.page.reload()
    people = noor.page.locator("#members").inner_text()

    assert said == "De uitnodiging is onderweg."
    assert (letter["To"], letter["Subject"]) == ("bram@kiezel.example", "Uitnodiging voor Samenspraak")
    assert "Noor nodigt je uit om mee te doen in Samenspraak, voor Kiezel & Zonen." in text_in(letter)
    assert found == []
    assert stranger.heading == "Deze link werkt niet meer"
    assert "Bram, inkoop" in people


WORDS = {
    "nl": ("Nederlands", "Wat kwam eruit?", "Een foto of bestand dat het laat zien", "Dit is gedaan"),
    "en": ("English", "What came of it?", "A photo or file that shows it", "This is done"),
}


@pytest.mark.parametrize("language", WORDS)
def test_task_is_closed_on_a_phone_by_who_has_no_account(
    arrive: Arrive, noor: Visitor, postbox: Postbox, language: str
) -> None:
    """A colleague without an account closes a task on an old phone."""
    spoken, what, photo, done = WORDS[language]
    noor.page.get_by_role("banner").get_by_role("link", name="Actiepunten").click()
    noor.follow("Nieuw actiepunt")
    noor.type("Wat moet er gebeuren?", f"Vraag het rooster op ({language})")
    noor.press("Bewaar het actiepunt")
    noor.follow(f"Vraag het rooster op ({language})")
    noor.page.get_by_text("Vraag het iemand per mail").click()
    noor.page.get_by_label("Naam", exact=True).fill("Joke")
    noor.page.get_by_label("E-mailadres").fill("joke@agent.example")
    noor.page.get_by_label("Taal van de mail").select_option(spoken)
    noor.press("Verstuur de mail")
    said = noor.page.get_by_role("status").inner_text()
    letter = postbox.next_letter()
    found = look_at(noor.page, f"task-handed-over-{language}")
    found += look_at(arrive(link_in(letter), language).page, f"task-by-link-{language}")

    joke = arrive(link_in(letter), language, viewport=PHONE, java_script_enabled=False)
    joke.type(what, "Het staat op de foto.")
    joke.page.get_by_label(photo).set_input_files({"name": "foto.png", "mimeType": "image/png", "buffer": png()})
    joke.press(done)
    thanks = joke.heading
    forwarded = arrive(link_in(letter), language)
    found += look_at(forwarded.page, f"task-link-used-{language}")
    noor.page.reload()
    seen = noor.main.inner_text()
    with noor.page.expect_download() as download:
        noor.follow("foto.png")
    noor.page.get_by_text("Wat er veranderde").click()
    lines = noor.main.locator("details li").all_inner_texts()

    assert (said, letter.get_content_type()) == ("De mail is onderweg.", "multipart/alternative")
    assert (found, forwarded.page.get_by_role("button").count()) == ([], 0)
    assert thanks in ("Dank je wel. Het staat genoteerd als gedaan.", "Thank you. It has been noted as done.")
    assert ("door Joke" in seen, "Het staat op de foto." in seen) == (True, True)
    assert download.value.path().read_bytes() == png()
    assert [line.splitlines()[0] for line in lines if "\nJoke" in line] == ["Bewijs", "Gedaan"]


def test_forgotten_password_is_replaced_and_changed_back(arrive: Arrive, noor: Visitor, postbox: Postbox) -> None:
    """A forgotten password is replaced."""
    other = "een heel ander wachtwoord"
    visitor = arrive(noor.page.url)

    visitor.follow("Wachtwoord vergeten? Vraag een link aan")
    visitor.type("E-mailadres", MAIL)
    visitor.press("Stuur me een link")
    said = visitor.heading
    link = link_in(postbox.next_letter())
    visitor.page.goto(link)
    found = look_at(visitor.page, "password-choose-nl")
    visitor.type("Nieuw wachtwoord", other)
    visitor.press("Verander je wachtwoord")
    visitor.follow("Meld je aan")
    sign_in(visitor, other)
    visitor.page.get_by_role("contentinfo").get_by_role("link", name="Noor").click()
    visitor.follow("Verander je wachtwoord")
    found += look_at(visitor.page, "password-change-nl")
    visitor.type("Huidig wachtwoord", other)
    visitor.type("Nieuw wachtwoord", PASSWORD)
    visitor.press("Verander je wachtwoord")
    noor.page.reload()

    assert (said, found) == ("Kijk in je mail", [])
    assert visitor.page.get_by_role("status").inner_text().startswith("Je wachtwoord is veranderd.")
    assert noor.heading == "Meld je aan"
    visitor.page.goto(link)
    assert visitor.heading == "Deze link werkt niet meer"


def test_wrong_password_is_told_in_words_that_help(arrive: Arrive, kiezel: RunningServer) -> None:
    """A wrong password is told in words that help."""
    visitor = arrive(kiezel.address)
    visitor.type("E-mailadres", MAIL)
    visitor.type("Wachtwoord", "niet het goede woord")

    visitor.press("Meld je aan")

    assert look_at(visitor.page, "sign-in-wrong-nl") == []
    assert "Dit adres en dit wachtwoord horen niet bij elkaar." in visitor.main.inner_text()
    assert visitor.page.get_by_label("E-mailadres").input_value() == MAIL


def test_visitor_chooses_a_language_and_keeps_it(arrive: Arrive, demo: RunningServer) -> None:
    """Whoever wants English gets English, and keeps it."""
    visitor = arrive(f"{demo.address}/about")
    before = visitor.heading

    visitor.press("English")
    after = visitor.heading
    visitor.page.goto(demo.address)

    assert (before, after) == ("Van goede bedoeling naar goed gesprek", "From good intentions to good conversations")
    assert (visitor.heading, visitor.page.locator("html").get_attribute("lang")) == ("Sign in", "en")
