"""A company answers as a team: colleagues are asked, what is needed is written down, and the director signs."""

from __future__ import annotations

import pytest

from tests.documents.factory import READERS, bare
from tests.journeys import test_needs as needs
from tests.journeys import test_voices as voices
from tests.journeys.browser import PHONE, Visitor
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.server import RunningServer

pytestmark = pytest.mark.journey

COLLEAGUES = "Fatma <fatma@example.org>\nKoen <koen@example.org>\nLotte <lotte@example.org>\nMilan <milan@example.org>"
COUNTED = {"nl": "4 collega’s hebben geantwoord", "en": "4 colleagues answered"}


def answer_on_phone(colleague: Visitor, words: dict[str, str]) -> None:
    colleague.page.locator(".choice", has_text=words["yes"]).first.click()
    colleague.press(words["answer"])
    colleague.page.get_by_text(words["thanks"]).wait_for()


def answer_by_keyboard(colleague: Visitor, words: dict[str, str]) -> None:
    """From the top of the page with Tab and the arrow keys, without a mouse."""
    page = colleague.page
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Bij ons wel, bij inkoop niet.")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == words["answer"]:
            break
    page.keyboard.press("Enter")
    page.get_by_text(words["thanks"]).wait_for()


def disagree(colleague: Visitor, words: dict[str, str]) -> None:
    colleague.page.locator(".choice", has_text=words["no"]).first.click()
    colleague.page.get_by_label(words["how"]).fill("Nooit van gehoord.")
    colleague.press(words["answer"])
    colleague.page.get_by_text(words["thanks"]).wait_for()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_owner_asks_four_colleagues_and_the_director_signs(arrive: Arrive, demo: RunningServer, language: str) -> None:
    """An owner asks four colleagues, fills in what is needed, and the director signs."""
    words, of_needs = voices.WORDS[language], needs.WORDS[language]
    owner = arrive(demo.links[words["owner"]], language)
    round = needs.begin(owner, of_needs)  # type: ignore[arg-type]
    links = voices.ask(owner, words, COLLEAGUES)
    asked = dict(zip(("fatma", "koen", "lotte", "milan"), links, strict=True))

    answer_on_phone(arrive(asked["fatma"], language, viewport=PHONE, has_touch=True), words)
    answer_on_phone(arrive(asked["koen"], language, viewport=PHONE, java_script_enabled=False), words)
    answer_by_keyboard(arrive(asked["lotte"], language), words)
    disagree(arrive(asked["milan"], language), words)

    owner.page.goto(f"{round}/voices")
    everybody = owner.heading
    owner.page.goto(f"{round}/condition/commitment-support/voices")
    found = look_at(owner.page, f"as-a-team-{language}")
    counts, said = owner.page.locator(".spread .n").all_inner_texts(), owner.main.inner_text()
    needs.hours_are_estimated(owner, round, of_needs)
    needs.budget_is_made(owner, round, of_needs)
    needs.team_is_mapped(owner, round)
    link = needs.mandate_is_written(owner, round, of_needs)
    director = arrive(link, language, viewport=PHONE, has_touch=True)
    director.page.locator("#name").fill("Ilse Bos")
    director.press(str(of_needs["sign"]))
    thanks = director.heading
    paper = bare(READERS["pdf"](owner.context.request.get(f"{round}/director.pdf").body()))

    assert found == []
    assert (everybody, counts) == (words["all"], ["2", "1", "1", "0"])
    assert [text for text in (COUNTED[language], "Nooit van gehoord.", "bij inkoop niet") if text not in said] == []
    assert thanks == of_needs["thanks"]
    assert [text for text in of_needs["paper"] if bare(text) not in paper] == []
