"""The self-assessment: one person on a phone with number keys, a paper form, and a team of five."""

from __future__ import annotations

import pytest

from tests.journeys.browser import PHONE, Visitor
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.server import RunningServer

pytestmark = pytest.mark.journey

LANGUAGES = ["nl", "en"]
WORDS = {
    "nl": {
        "on": "Volgende",
        "end": "Naar de uitkomst",
        "continue": "Ga verder waar je was",
        "finish": "Dit is het, rond af",
        "route": "Bekijk je route",
        "because": "door commitment",
        "add": "Voeg dit formulier toe",
        "close": "Sluit en bekijk de spreiding",
        "typed": "Typ een papieren formulier over",
        "start": "Begin",
        "join": "Vul hem in",
        "hand in": "Lever in",
        "fold": "Begin er een voor een team",
        "name": "Naam",
        "thanks": "Je hebt ingeleverd",
    },
    "en": {
        "on": "Next",
        "end": "To the result",
        "continue": "Go on where you were",
        "finish": "This is it, finish",
        "route": "See your route",
        "because": "because of commitment",
        "add": "Add this form",
        "close": "Close it and see the spread",
        "typed": "Type in a paper form",
        "start": "Start it",
        "join": "Fill it in",
        "hand in": "Hand in",
        "fold": "Start one for a team",
        "name": "Name",
        "thanks": "You have handed in",
    },
}


def owner(arrive: Arrive, demo: RunningServer, language: str, who: str = "owner", **options: object) -> Visitor:
    ending = "" if language == "nl" else f"-{language}"
    return arrive(demo.links[f"{who}{ending}"], language, **options)


def press_keys(visitor: Visitor, keys: str) -> None:
    """Answer the four statements of a page by their numbers, and go on with Enter."""
    before = visitor.heading
    for key in keys:
        visitor.page.keyboard.press(key)
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_function(
        "before => document.readyState === 'complete' && document.querySelector('h1')?.innerText !== before", arg=before
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_self_assessment_is_filled_in_on_a_phone_by_number_keys(
    arrive: Arrive, demo: RunningServer, language: str
) -> None:
    """36 statements by number keys, with a pause."""
    words = WORDS[language]
    visitor = owner(arrive, demo, language, "editor", viewport=PHONE)
    list_page = demo.address + "/ready/self-assessment"
    visitor.page.goto(list_page)
    visitor.main.locator(".hero form button").click()

    for keys in ("1111", "3211"):
        press_keys(visitor, keys)
    visitor.page.keyboard.press("1")
    visitor.saved()
    paused_at = visitor.heading
    visitor.page.goto(list_page)
    visitor.press(words["continue"])
    found_again = (visitor.heading, visitor.page.locator("input:checked").count())
    visitor.page.keyboard.press("1")
    for _ in range(2):
        visitor.page.keyboard.press("1")
    press_keys(visitor, "")
    for keys in ("1111",) * 6:
        press_keys(visitor, keys)
    before = look_at(visitor.page, f"assessment-draft-{language}")
    visitor.press(words["finish"])
    visitor.page.get_by_role("link", name=words["route"]).wait_for()
    looked = look_at(visitor.page, f"assessment-result-{language}")
    colours = visitor.page.locator(".els .chip").all_inner_texts()
    visitor.follow(words["route"])

    assert found_again == (paused_at, 1)
    assert (before, looked) == ([], [])
    assert [("oranje" in c or "orange" in c) for c in colours] == [False, True, *[False] * 7]
    visitor.page.locator(".fold summary").first.click()
    assert words["because"] in visitor.main.inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_forms_of_five_are_typed_in_and_the_spread_is_seen(
    arrive: Arrive, demo: RunningServer, language: str
) -> None:
    """A team of five on paper, through to the spread."""
    words = WORDS[language]
    visitor = owner(arrive, demo, language)
    visitor.page.goto(demo.address + "/ready/self-assessment")
    visitor.page.locator("summary", has_text=words["fold"]).click()
    visitor.page.locator("#name").fill("Inkoop")
    visitor.press(words["start"])
    found = look_at(visitor.page, f"assessment-team-open-{language}")
    visitor.follow(words["typed"])
    found += look_at(visitor.page, f"assessment-type-in-{language}")

    for keys in ("1" * 36, "2" * 36, "1111" + "3" * 32, "1" * 20 + "4" * 16, "12" * 18):
        for key in keys:
            visitor.page.keyboard.press(key)
        visitor.page.keyboard.press("Enter")
        visitor.page.locator(".note.good").wait_for()
        visitor.page.wait_for_function("!document.querySelector('input:checked')")
    visitor.page.locator(".over a").first.click()
    visitor.press(words["close"])
    visitor.page.locator(".spread").first.wait_for()
    found += look_at(visitor.page, f"assessment-team-{language}")

    assert found == []
    assert visitor.page.locator(".els > li").count() == 9
    assert "4" in visitor.page.locator("#motivation .spread").inner_text()


def test_colleague_hands_in_and_nobody_sees_what(arrive: Arrive, demo: RunningServer) -> None:
    """A colleague hands in, and only that is seen."""
    words = WORDS["nl"]
    bram = owner(arrive, demo, "nl", "reader")
    bram.page.goto(demo.address + "/ready/self-assessment")
    bram.main.locator("#teams ~ ul li", has_text="Directie en financiën").locator("a").click()
    bram.press(words["join"])

    for keys in ("1234", *("1111",) * 8):
        press_keys(bram, keys)
    bram.press(words["hand in"])
    bram.page.locator(".note.good").wait_for()
    sanne = owner(arrive, demo, "nl")
    sanne.page.goto(bram.page.url)

    assert words["thanks"] in bram.main.inner_text()
    assert "Eén persoon heeft ingeleverd." in sanne.main.inner_text()
    assert "Ilse" not in sanne.main.inner_text()


def test_statements_are_answered_without_script(arrive: Arrive, demo: RunningServer) -> None:
    """The self-assessment works without JavaScript."""
    visitor = owner(arrive, demo, "en", "reader", java_script_enabled=False)
    visitor.page.goto(demo.address + "/ready/self-assessment")
    visitor.main.locator(".hero form button").click()
    visitor.page.locator(".choice").first.click()
    visitor.press("Next")
    visitor.follow("Previous")

    assert visitor.page.locator("input:checked").count() == 1
