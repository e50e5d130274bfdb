"""Hours, budget, team map and mandate, filled in by an editor and signed by a director on a phone."""

from __future__ import annotations

import pytest

from samenspraak.documents.render import MEDIA_TYPES
from tests.documents.factory import READERS, bare
from tests.journeys.browser import Visitor
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.server import RunningServer

pytestmark = pytest.mark.journey

WORDS = {
    "nl": {
        "ready": "Zijn we er klaar voor?",
        "empty": "een lege ronde",
        "begin": "Begin de ronde",
        "start": "#previous",
        "hours": "Naar de pagina ‘Uren’",
        "estimated": "Je schatte 26,5 uur",
        "amount": "1.234,56",
        "own": "Nog een kostenpost",
        "sum": "€\xa01.434,56 eenmalig",
        "send": "Stuur de link",
        "sign": "Teken dit mandaat",
        "thanks": "Getekend. Dank je wel.",
        "used": "Deze link is al gebruikt",
        "signed": "Getekend door Ilse Bos",
        "paper": ["26,5 uur", "€ 1.434,56", "Mag ik toezeggen", "Getekend door Ilse Bos", "Inkoop (Bram)"],
    },
    "en": {
        "ready": "Are we ready?",
        "empty": "an empty round",
        "begin": "Start the round",
        "start": "#previous",
        "hours": "To the page “Hours”",
        "estimated": "You estimated 26.5 hours",
        "amount": "1,234.56",
        "own": "Another cost",
        "sum": "€1,434.56 once",
        "send": "Send the link",
        "sign": "Sign this mandate",
        "thanks": "Signed. Thank you.",
        "used": "This link has been used",
        "signed": "Signed by Ilse Bos",
        "paper": ["26.5 hours", "€1,434.56", "May promise", "Signed by Ilse Bos", "Purchasing (Bram)"],
    },
}


def begin(visitor: Visitor, words: dict[str, str]) -> str:
    """An empty round of one's own; gives its address."""
    visitor.page.get_by_role("banner").get_by_role("link", name=words["ready"]).click()
    visitor.page.locator("#name").fill(f"Ronde {words['sign']}")
    visitor.page.locator("#previous").select_option(words["empty"])
    visitor.press(words["begin"])
    visitor.page.wait_for_url("**/condition/**")
    return visitor.page.url.partition("/condition/")[0]


def fill(visitor: Visitor, field: str, text: str) -> None:
    """Fill in a field by its place and leave it, so that it is saved now."""
    visitor.page.locator(f"[id='{field}']").fill(text)
    visitor.leave_field()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_editor_fills_in_what_is_needed_and_the_director_signs_by_link(
    arrive: Arrive, demo: RunningServer, language: str
) -> None:
    """What a conversation needs is filled in, and the director signs by link."""
    words = WORDS[language]
    bram = arrive(demo.links["editor" if language == "nl" else "editor-en"], language)
    round = begin(bram, words)  # type: ignore[arg-type]

    hours_are_estimated(bram, round, words)
    budget_is_made(bram, round, words)
    team_is_mapped(bram, round)
    link = mandate_is_written(bram, round, words)
    director = arrive(link, language, viewport={"width": 390, "height": 800}, has_touch=True)
    found = look_at(director.page, f"sign-{language}")
    director.page.locator("#name").fill("Ilse Bos")
    director.press(words["sign"])  # type: ignore[arg-type]
    thanks = director.heading
    found += look_at(director.page, f"signed-{language}")
    director.page.goto(link)

    assert "\n".join(found) == ""
    assert (thanks, director.heading) == (words["thanks"], words["used"])
    bram.page.goto(f"{round}/needs/mandate")
    assert words["signed"] in bram.page.locator("#signing").inner_text()
    paper = bram.context.request.get(f"{round}/director.pdf")
    text = bare(READERS["pdf"](paper.body()))
    assert [said for said in words["paper"] if bare(said) not in text] == []
    assert paper.headers["content-type"] == MEDIA_TYPES["pdf"]


def hours_are_estimated(bram: Visitor, round: str, words: dict[str, object]) -> None:
    """From the condition, with a comma and with a point; the condition then says what was estimated."""
    bram.page.goto(f"{round}/condition/capacity-time")
    bram.follow(str(words["hours"]))
    fill(bram, "preparation-hours", "12,5")
    fill(bram, "preparation-people", "2")
    fill(bram, "follow-up-hours", "1.5")
    bram.saved()
    bram.page.locator("#sum", has_text=str(words["estimated"])).wait_for()
    bram.page.goto(f"{round}/condition/capacity-time")
    assert str(words["estimated"]) in bram.main.inner_text()


def budget_is_made(bram: Visitor, round: str, words: dict[str, object]) -> None:
    """An amount that can be read in two ways is asked about at its field, and everything else stays."""
    bram.page.goto(f"{round}/needs/budget")
    fill(bram, "interpreter-expected", "1,234" if words is WORDS["nl"] else "1.234")
    bram.page.locator("#interpreter-expected-error .error").wait_for()
    fill(bram, "interpreter-expected", str(words["amount"]))
    bram.saved()
    assert bram.page.locator("#interpreter-expected-error .error").count() == 0
    bram.press(str(words["own"]))
    bram.page.wait_for_url("**lines=**")
    fill(bram, "own-1-title", "Loon")
    fill(bram, "own-1-expected", "200")
    bram.page.locator("#sum", has_text=str(words["sum"])).wait_for()


def team_is_mapped(bram: Visitor, round: str) -> None:
    """By keyboard alone."""
    bram.page.goto(f"{round}/needs/team")
    bram.page.locator("#purchasing-who").focus()
    bram.page.keyboard.type("Bram")
    bram.page.keyboard.press("Tab")
    bram.page.keyboard.press("Space")
    bram.saved()
    bram.page.reload()
    assert bram.page.locator("#purchasing-leads").is_checked()
    assert bram.page.locator("#purchasing-who").input_value() == "Bram"


def mandate_is_written(bram: Visitor, round: str, words: dict[str, object]) -> str:
    """The demo has no mail server, so the link is shown once; gives it."""
    bram.page.goto(f"{round}/needs/mandate")
    fill(bram, "living-wage-may_promise", "Uitzoeken")
    fill(bram, "living-wage-not_possible", "Zelf loon betalen")
    bram.saved()
    bram.page.locator("#ask summary").click()
    bram.page.locator("#signer-name").fill("Ilse")
    bram.page.locator("#signer-email").fill("ilse@example.org")
    bram.press(str(words["send"]))
    return bram.page.locator(".link").inner_text()


def test_hours_are_filled_in_without_script(arrive: Arrive, demo: RunningServer) -> None:
    """Hours are filled in without JavaScript."""
    sanne = arrive(demo.links["owner"], java_script_enabled=False)
    round = begin(sanne, WORDS["nl"])  # type: ignore[arg-type]
    sanne.page.goto(f"{round}/needs/hours")

    sanne.page.locator("#travel-hours").fill("-8")
    sanne.page.locator("#own-1-title").fill("Wachten")
    sanne.press("Bewaar")
    refused = sanne.page.locator("#travel-hours-error").inner_text()
    kept = sanne.page.locator("#own-1-title").input_value()
    sanne.page.locator("#travel-hours").fill("8")
    sanne.press("Nog iets wat tijd kost")

    assert ("nul of meer" in refused, kept) == (True, "Wachten")
    assert sanne.page.locator("#travel-hours").input_value() == "8"
    assert sanne.page.locator("#own-2-title").is_visible()
