"""Several voices: an owner asks colleagues, who answer by link, and sees what they say side by side."""

from __future__ import annotations

import pytest

from tests.journeys.browser import PHONE, Visitor
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.server import RunningServer

pytestmark = pytest.mark.journey

WORDS = {
    "nl": {
        "start": "Begin de ronde",
        "none": "een lege ronde",
        "ask": "Vraag een collega",
        "named": "Met naam",
        "people": "Iemand anders",
        "send": "Verstuur de vraag",
        "how": "Hoe weet je dat?",
        "answer": "Verstuur mijn antwoord",
        "thanks": "Dank je, je antwoord is bewaard.",
        "yes": "Ja",
        "no": "Nee",
        "all": "Iedereen heeft geantwoord",
        "beside": "Naast jullie eigen antwoord",
        "counted": "2 collega’s hebben geantwoord",
        "owner": "owner",
        "withdraw": "Trek in",
        "gone": "Je hoeft niet meer te antwoorden",
    },
    "en": {
        "start": "Start the round",
        "none": "an empty round",
        "ask": "Ask a colleague",
        "named": "With name",
        "people": "Somebody else",
        "send": "Send the question",
        "how": "How do you know?",
        "answer": "Send my answer",
        "thanks": "Thank you, your answer has been kept.",
        "yes": "Yes",
        "no": "No",
        "all": "Everybody has answered",
        "beside": "Beside your own answer",
        "counted": "2 colleagues answered",
        "owner": "owner-en",
        "withdraw": "Withdraw",
        "gone": "You need not answer any more",
    },
}


def begin(visitor: Visitor) -> None:
    """An empty round, at its first condition."""
    visitor.page.goto(f"{visitor.page.url.split('/', 3)[0]}//{visitor.page.url.split('/')[2]}/ready/")
    visitor.page.locator("#name").fill("Een ronde met stemmen")
    visitor.page.locator("select[name=previous]").select_option("")
    visitor.page.locator("main form button[type=submit]").last.click()
    visitor.page.locator("#voices").wait_for()


def ask(visitor: Visitor, words: dict[str, str], people: str, name: str = "") -> list[str]:
    """Ask these people with their names; their links, which without a mail server are shown once."""
    visitor.follow(words["ask"], exact=False)
    visitor.page.locator(".check", has_text=words["named"]).click()
    visitor.type(words["people"], people)
    if name:
        assert look_at(visitor.page, name) == []
    visitor.press(words["send"])
    visitor.page.locator("dd.link").first.wait_for()
    return visitor.page.locator("dd.link").all_inner_texts()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_two_colleagues_answer_by_link_and_one_disagrees(arrive: Arrive, demo: RunningServer, language: str) -> None:
    """Colleagues answer by link, and the asker sees them side by side."""
    words = WORDS[language]
    owner = arrive(demo.links[words["owner"]], language)
    begin(owner)
    condition = owner.page.url
    links = ask(owner, words, "Fatma <fatma@example.org>\nKoen <koen@example.org>", f"ask-colleagues-{language}")
    looked = look_at(owner.page, f"asked-{language}")

    on_phone = arrive(links[0], "nl", java_script_enabled=False, viewport=PHONE)
    on_phone.page.locator(".choice", has_text=words["yes"]).first.click()
    on_phone.press(words["answer"])
    thanked = on_phone.page.get_by_text(words["thanks"]).is_visible()
    disagrees = arrive(links[1], "nl")
    looked += look_at(disagrees.page, f"voice-{language}")
    disagrees.page.locator(".choice", has_text=words["no"]).first.click()
    disagrees.page.get_by_label(words["how"]).fill("Nooit van gehoord.")
    disagrees.press(words["answer"])
    disagrees.page.get_by_text(words["thanks"]).wait_for()
    looked += look_at(disagrees.page, f"voice-kept-{language}")

    owner.page.goto(condition)
    owner.follow(words["beside"])
    looked += look_at(owner.page, f"voices-{language}")
    counts = owner.page.locator(".spread .n").all_inner_texts()
    assert looked == []
    assert thanked
    assert counts == ["1", "0", "1", "0"]
    assert owner.page.get_by_text(words["counted"]).is_visible()
    assert owner.page.get_by_text("Nooit van gehoord.").is_visible()
    owner.page.goto(condition.split("/condition/")[0] + "/voices")
    assert owner.heading == words["all"]


def test_a_withdrawn_question_is_friendly_to_whoever_opens_it(arrive: Arrive, demo: RunningServer) -> None:
    """A question that was withdrawn says so in the guest’s language."""
    words = WORDS["nl"]
    owner = arrive(demo.links["owner"])
    begin(owner)
    [link] = ask(owner, words, "Milan <milan@example.org>")
    owner.press(f"{words['withdraw']} Milan")
    owner.page.get_by_text("De link werkt niet meer.").wait_for()

    milan = arrive(link)

    assert milan.heading == words["gone"]
    assert look_at(milan.page, "guest-gone-nl") == []
    milan.page.get_by_role("link", name="English").click()
    assert milan.heading == WORDS["en"]["gone"]
