"""Every kind of page of the library is looked at, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import Visitor, make_context, visitor_of
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.server import RunningServer

pytestmark = pytest.mark.journey

PAGES = {
    "home": "",
    "model": "model/",
    "elements": "elements/",
    "steps": "steps/",
    "conditions": "conditions/",
    "questions": "questions/",
    "commitment": "commitment/",
    "facilitator": "facilitator/",
    "business-case": "business-case/",
    "norms": "norms/",
    "glossary": "glossary/",
    "workshop": "workshop/",
    "tools": "tools/",
    "sources": "sources/",
    "condition": "condition/commitment-outcomes/",
    "element": "element/inclusion/",
    "step": "step/organise/",
    "question": "question/who-pays/",
    "norm": "norm/oecd-guidelines/",
    "term": "term/mandate/",
    "block": "block/phase-3/",
    "worksheet": "worksheet/stakeholder-analysis/",
    "deck": "deck/situations/",
    "role-play": "role-play/role-play/",
    "kit": "kit/natural-stone/",
    "found": "search?q=due+diligance",
    "not-found": "search?q=qwertzuiop",
}


LANGUAGES = ["nl", "en"]


@pytest.fixture(scope="module")
def readers(browser: Browser, demo: RunningServer) -> Iterator[dict[str, Visitor]]:
    """The readers of the demo, each in their own language."""
    links = {"nl": demo.links["reader"], "en": demo.links["reader-en"]}
    found = {language: visitor_of(make_context(browser, language)) for language in LANGUAGES}
    for language, visitor in found.items():
        visitor.page.goto(links[language])
    yield found
    for visitor in found.values():
        visitor.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_library_is_sound_everywhere(
    readers: dict[str, Visitor], demo: RunningServer, language: str, name: str
) -> None:
    visitor = readers[language]
    visitor.page.goto(f"{demo.address}/library/{PAGES[name]}")

    assert look_at(visitor.page, f"library-{name}-{language}") == []
    assert visitor.troubles == []


@pytest.mark.parametrize(
    ("language", "typed", "title"),
    [
        ("nl", "draagvlak bij de direktie", "Het bedrijf steunt dialoog"),
        ("en", "managment support", "The company backs dialogue"),
    ],
)
def test_a_word_with_a_typing_error_leads_to_the_item(
    readers: dict[str, Visitor], demo: RunningServer, language: str, typed: str, title: str
) -> None:
    """A word is found in the library."""
    reader = readers[language]
    reader.page.goto(f"{demo.address}/library/")

    reader.page.get_by_role("searchbox").fill(typed)
    reader.page.keyboard.press("Enter")
    reader.follow(title)
    original = reader.main.locator(".source a").get_attribute("href") or ""

    assert reader.heading == title
    assert original.startswith("https://www.ser.nl/")


def test_without_script_everything_in_the_library_works(arrive: Arrive, demo: RunningServer) -> None:
    visitor = arrive(demo.links["reader"], java_script_enabled=False)
    visitor.page.goto(f"{demo.address}/library/questions/")

    visitor.page.get_by_text("Wie betaalt de kosten?", exact=True).click()
    visitor.page.locator("#question-who-pays").get_by_role("link", name="Link naar dit stuk").click()

    assert visitor.heading == "Wie betaalt de kosten?"
