"""An empty installation becomes one page a director can sign."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.journeys.browser import Visitor
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.server import RunningServer, running_server

pytestmark = pytest.mark.journey

MOST_SCREENS = 12
MOST_TYPED = 8


class Words(NamedTuple):
    """What the screens and the paper say in one language."""

    organisation: str
    person: str
    mail: str
    password: str
    begin: str
    motive: str
    first_condition: str
    next: str
    director: str
    ask: str
    paper: str


DUTCH = Words(
    organisation="Naam van je organisatie",
    person="Je naam",
    mail="Je e-mailadres",
    password="Wachtwoord",
    begin="Begin",
    motive="Eén zin is genoeg.",
    first_condition="Naar de eerste voorwaarde",
    next="Volgende",
    director="Eén pagina voor je directeur",
    ask="Wat vraag je?",
    paper="Open het blad (PDF)",
)
ENGLISH = Words(
    organisation="Name of your organisation",
    person="Your name",
    mail="Your e-mail address",
    password="Password",
    begin="Begin",
    motive="One sentence will do.",
    first_condition="To the first condition",
    next="Next",
    director="One page for your director",
    ask="What do you ask?",
    paper="Open the page (PDF)",
)


@pytest.fixture
def empty_installation() -> Iterator[RunningServer]:
    with running_server("serve") as server:
        yield server


def begin(arrive: Arrive, server: RunningServer, words: Words, language: str) -> tuple[Visitor, list[str]]:
    """Open what the server printed, and make the organisation with its first owner; look at both pages meanwhile."""
    _address, _explained, page, code = server.lines
    visitor = arrive(page, language)
    found = look_at(visitor.page, f"first-run-{language}")
    introduce(visitor, words, code)
    visitor.page.get_by_label(words.motive).wait_for()
    return visitor, found + look_at(visitor.page, f"home-empty-{language}")


def introduce(visitor: Visitor, words: Words, code: str) -> None:
    """Say who you are, with the code that the server printed."""
    visitor.type("Code", code)
    visitor.type(words.organisation, "Kiezel & Zonen")
    visitor.type(words.person, "Noor")
    visitor.type(words.mail, "noor@kiezel.example")
    visitor.type(words.password, "drie gewone woorden")
    visitor.press(words.begin)


def paper_of(page: Page, link: str) -> tuple[int, str]:
    """Open a paper by its link: how many pages it has, and the words on them."""
    page.get_by_role("link", name=link).click()
    page.wait_for_url("**/director.pdf")
    content = page.context.request.get(page.url).body()
    assert content.startswith(b"%PDF")
    pages = PdfReader(BytesIO(content)).pages
    return len(pages), " ".join(" ".join(p.extract_text() for p in pages).split())


def test_empty_installation_gives_a_page_for_the_director(arrive: Arrive, empty_installation: RunningServer) -> None:
    """From the first-run code to the director’s PDF."""
    motive = "Een steengroeve in onze keten betaalt mensen te laat."
    visitor, found = begin(arrive, empty_installation, DUTCH, "nl")

    visitor.type(DUTCH.motive, motive)
    visitor.press(DUTCH.first_condition)
    for word in ("Ja", "Deels", "Nee", "Weet ik nog niet", "Ja", "Deels", "Nee"):
        visitor.answer(word)
        visitor.follow(DUTCH.next, exact=False)
    visitor.answer("Ja")
    visitor.follow(DUTCH.director)
    visitor.type(DUTCH.ask, "Ik vraag 40 uur en € 2.500 voor een eerste gesprek.")
    visitor.leave_field()
    visitor.saved()
    pages, text = paper_of(visitor.page, DUTCH.paper)

    assert (found, pages) == ([], 1)
    assert [s for s in ("Kiezel & Zonen", motive, "Ik vraag 40 uur en € 2.500") if s not in text] == []
    assert len(visitor.screens) <= MOST_SCREENS, visitor.screens
    assert len(visitor.typed) <= MOST_TYPED, visitor.typed


def test_english_visitor_gets_an_english_page(arrive: Arrive, empty_installation: RunningServer) -> None:
    """From the first-run code to the director’s PDF, in English."""
    motive = "A quarry in our chain pays people late."
    visitor, found = begin(arrive, empty_installation, ENGLISH, "en")

    visitor.type(ENGLISH.motive, motive)
    visitor.press(ENGLISH.first_condition)
    visitor.answer("Partly")
    visitor.follow(ENGLISH.director)
    pages, text = paper_of(visitor.page, ENGLISH.paper)

    assert (found, pages) == ([], 1)
    assert [s for s in ("Kiezel & Zonen", motive, "May we start this conversation?") if s not in text] == []
    assert (len(visitor.screens), len(visitor.typed)) == (5, 6), visitor.screens


def test_without_script_it_takes_a_few_buttons_more(arrive: Arrive, empty_installation: RunningServer) -> None:
    """Everything works without JavaScript."""
    motive = "Een steengroeve in onze keten betaalt mensen te laat."
    _address, _explained, page, code = empty_installation.lines
    visitor = arrive(page, java_script_enabled=False)

    introduce(visitor, DUTCH, code)
    visitor.type(DUTCH.motive, motive)
    visitor.press(DUTCH.first_condition)
    visitor.page.locator(".choice", has_text="Deels").click()
    visitor.press("Bewaar")
    visitor.follow(DUTCH.director)
    visitor.type(DUTCH.ask, "Ik vraag 40 uur.")
    visitor.press("Bewaar")
    pages, text = paper_of(visitor.page, DUTCH.paper)

    assert pages == 1
    assert [s for s in ("Kiezel & Zonen", motive, "Ik vraag 40 uur.") if s not in text] == []
    assert len(visitor.screens) <= MOST_SCREENS, visitor.screens
