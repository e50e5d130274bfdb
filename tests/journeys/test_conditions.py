"""The eight conditions, answered in every way people answer them."""

from __future__ import annotations

import pytest

from tests.journeys.browser import SAVED, Visitor
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.server import RunningServer

pytestmark = pytest.mark.journey

FIRST = "Het bedrijf steunt dialoog"
HOW = "Hoe weten we dat?"


def begin_round(visitor: Visitor) -> Visitor:
    """Start an empty round, which lands on its first condition."""
    visitor.page.get_by_role("banner").get_by_role("link", name="Zijn we er klaar voor?").click()
    visitor.page.locator("#name").fill("Een eigen ronde")
    visitor.page.get_by_label("Begin met de antwoorden van").select_option("een lege ronde")
    visitor.press("Begin de ronde")
    visitor.page.get_by_role("heading", name=FIRST).wait_for()
    return visitor


@pytest.fixture
def sanne(arrive: Arrive, demo: RunningServer) -> Visitor:
    """The owner, at the first condition of a round of her own."""
    return begin_round(arrive(demo.links["owner"]))


def value_in_list(visitor: Visitor, title: str) -> str:
    """What the list at the side says about a condition."""
    entry = visitor.page.get_by_role("navigation", name="Acht voorwaarden").get_by_role("link", name=title)
    return entry.locator(".w").inner_text()


def test_answer_saves_itself_and_the_list_follows(sanne: Visitor) -> None:
    """An answer saves itself."""
    before = (sanne.status, value_in_list(sanne, FIRST))

    sanne.answer("Deels")
    sanne.type(HOW, "Ilse noemde het op 3 november.")
    sanne.leave_field()
    sanne.saved()
    sanne.page.reload()

    assert before == ("Alles bewaart zichzelf.", "Nog niet beantwoord")
    assert SAVED.match(sanne.status)
    assert value_in_list(sanne, FIRST) == "Deels"
    assert sanne.page.get_by_role("radio", name="Deels").is_checked()
    assert sanne.page.get_by_label(HOW).input_value() == "Ilse noemde het op 3 november."


def test_typed_text_saves_itself_while_the_cursor_stays(sanne: Visitor) -> None:
    """Text saves itself while I type."""
    sanne.page.get_by_label(HOW).press_sequentially("In het beleid staat het")
    sanne.saved()
    sanne.page.keyboard.type(" sinds mei.")
    sanne.leave_field()
    sanne.saved()
    sanne.page.reload()

    assert sanne.page.get_by_label(HOW).input_value() == "In het beleid staat het sinds mei."


def tab_to(visitor: Visitor, selector: str) -> list[str]:
    """Press Tab until an element has the focus; what was passed without a visible focus comes back."""
    unseen = []
    for _ in range(60):
        visitor.page.keyboard.press("Tab")
        focused = visitor.page.evaluate(FOCUS, selector)
        if not focused["seen"]:
            unseen.append(focused["what"])
        if focused["found"]:
            return unseen
    raise AssertionError(f"Tab never reaches {selector}")


# The focus is seen on the element itself or on the tile of its answer: an outline of at least 2 pixels.
FOCUS = """(selector) => {
  const e = document.activeElement;
  const style = getComputedStyle(e.closest(".choice") ?? e);
  return {
    what: e.outerHTML.slice(0, 100),
    found: e.matches(selector),
    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


def test_condition_is_answered_by_keyboard_alone(sanne: Visitor, demo: RunningServer) -> None:
    """A condition is answered by keyboard alone."""
    sanne.page.goto(demo.address)

    unseen = tab_to(sanne, "main .button.primary")
    sanne.page.keyboard.press("Enter")
    sanne.page.get_by_role("heading", name=FIRST).wait_for()
    sanne.page.keyboard.press("2")
    sanne.saved()
    unseen += tab_to(sanne, "textarea")
    sanne.page.keyboard.type("Ilse noemt het. 3 en 4 ook.")
    unseen += tab_to(sanne, "select")
    sanne.saved()
    sanne.page.reload()

    assert unseen == []
    assert sanne.page.get_by_role("radio", name="Deels").is_checked()
    assert sanne.page.get_by_label(HOW).input_value() == "Ilse noemt het. 3 en 4 ook."


def test_arrows_go_through_the_answers(sanne: Visitor) -> None:
    """Arrow keys go through the answers."""
    sanne.page.keyboard.press("1")
    sanne.saved()
    sanne.page.keyboard.press("ArrowRight")
    sanne.page.keyboard.press("ArrowRight")
    sanne.saved()
    sanne.page.reload()

    assert sanne.page.get_by_role("radio", name="Nee", exact=True).is_checked()


def test_answer_is_saved_without_script(arrive: Arrive, demo: RunningServer) -> None:
    """An answer is saved without JavaScript."""
    sanne = begin_round(arrive(demo.links["owner"], java_script_enabled=False))

    sanne.page.locator(".choice", has_text="Nee").click()
    sanne.type(HOW, "Niemand weet het.")
    sanne.type("Wanneer is het rond?", "1999-01-01")
    sanne.press("Bewaar")
    refused = sanne.page.locator("#due_on-error").inner_text()
    kept = sanne.page.get_by_label(HOW).input_value()
    sanne.type("Wanneer is het rond?", "2027-01-01")
    sanne.press("Bewaar")

    assert (refused, kept) == ("Kies een dag tussen 2000 en 2100.", "Niemand weet het.")
    assert SAVED.match(sanne.status)
    assert value_in_list(sanne, FIRST) == "Nee"


def test_error_stands_at_its_field_and_goes_when_it_is_mended(sanne: Visitor) -> None:
    """An error stands at its field and goes when it is mended."""
    sanne.type(HOW, "a" * 10_001)
    sanne.leave_field()
    error = sanne.page.locator("#how-error .error")
    error.wait_for()
    said, status = error.inner_text(), sanne.status
    found = look_at(sanne.page, "condition-error-nl")
    sanne.type(HOW, "Kort genoeg.")
    sanne.leave_field()
    sanne.saved()

    assert found == []
    assert said.startswith("Deze tekst is 10001 tekens lang.")
    assert status == "Nog niet bewaard."
    assert sanne.page.locator(".error").count() == 0


def test_year_that_is_being_typed_is_no_error_yet(sanne: Visitor) -> None:
    """A date is typed figure by figure."""
    said: list[str] = []
    sanne.page.on("response", lambda answer: said.append(str(answer.status)))

    sanne.page.get_by_label("Wanneer is het rond?").press_sequentially("11272026")
    sanne.saved()

    assert sanne.page.get_by_label("Wanneer is het rond?").input_value() == "2026-11-27"
    assert set(said) == {"200"}


def test_closed_round_can_be_read_and_opened_again(sanne: Visitor) -> None:
    """A closed round can be read, and opened again."""
    sanne.answer("Ja")
    tab = sanne.another_tab()
    tab.page.goto(sanne.page.url)
    tab.page.get_by_role("link", name="Acht voorwaarden").click()
    tab.press("Sluit deze ronde")
    sanne.page.locator(".choice", has_text="Nee").click()
    sanne.page.get_by_role("alert").wait_for()
    said = sanne.page.get_by_role("alert").inner_text()
    found = look_at(sanne.page, "condition-closed-meanwhile-nl")
    tab.page.goto(sanne.page.url)
    fields = (tab.page.get_by_role("radio", name="Ja").is_checked(), tab.page.get_by_label(HOW).is_disabled())
    tab.page.get_by_role("link", name="Acht voorwaarden").click()
    tab.press("Open deze ronde weer")
    tab.page.goto(sanne.page.url)
    tab.answer("Deels")

    assert said.startswith("Iemand heeft deze ronde gesloten. Je tekst is niet bewaard")
    assert (found, fields) == ([], (True, True))
    assert value_in_list(tab, FIRST) == "Deels"


PAPER = b"%PDF-1.4\n% een mail over wat we mogen toezeggen\n"


def test_evidence_is_added_fetched_taken_off_and_put_back(sanne: Visitor) -> None:
    """Evidence is added, fetched and put back."""
    sanne.page.get_by_text("Voeg een bestand of link toe").click()
    file = {"name": "mail.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    sanne.page.get_by_label("Bestand").set_input_files(file)
    sanne.press("Voeg toe")
    with sanne.page.expect_download() as download:
        sanne.follow("mail.pdf")
    fetched = download.value.path().read_bytes()
    sanne.press("Verwijder mail.pdf")
    toast = sanne.page.get_by_role("status").filter(has_text="Onderbouwing verwijderd.")
    toast.wait_for()
    found = look_at(sanne.page, "condition-taken-off-nl")
    gone = sanne.page.get_by_role("link", name="mail.pdf").count()
    sanne.press("Zet terug")
    sanne.page.get_by_role("link", name="mail.pdf").wait_for()

    assert (fetched, gone, found) == (PAPER, 0, [])


def test_file_that_is_something_else_is_refused_with_a_reason(sanne: Visitor) -> None:
    """A file that is something else is refused with a reason."""
    sanne.page.get_by_text("Voeg een bestand of link toe").click()
    file = {"name": "mail.pdf", "mimeType": "application/pdf", "buffer": b"MZ, een programma"}

    sanne.page.get_by_label("Bestand").set_input_files(file)
    sanne.press("Voeg toe")

    said = sanne.page.locator("#file-error").inner_text()
    assert said.startswith("Dit heet ‘.pdf’, maar er zit iets anders in.")


def test_own_action_becomes_a_task_that_is_done_with_a_note(sanne: Visitor) -> None:
    """An action of my own becomes a task."""
    sanne.page.get_by_text("Iets anders? Bedenk een eigen actie").click()
    own = sanne.page.locator("#own-action")
    own.get_by_label("Wat moet er gebeuren?").fill("Vraag Ilse om een zin in het beleid")
    own.get_by_label("Wanneer is het klaar?").fill("2027-02-01")
    own.get_by_role("button", name="Maak actiepunt").click()
    counted = value_in_list(sanne, FIRST)
    sanne.page.locator("#actions ~ *, .act").get_by_role("link", name="Vraag Ilse om een zin").click()
    sanne.type("Wat kwam eruit?", "Staat in hoofdstuk 3.")
    sanne.press("Dit is gedaan")
    note = sanne.page.locator(".note.good").inner_text()
    sanne.follow(FIRST)

    assert counted == "Nog niet beantwoord, 1 open actiepunt"
    assert "Staat in hoofdstuk 3." in note
    assert value_in_list(sanne, FIRST) == "Nog niet beantwoord"
    assert sanne.page.locator(".act .state.good").inner_text().startswith("Gedaan op")


def test_action_of_the_method_goes_to_whoever_takes_care_now(sanne: Visitor) -> None:
    """A proposed action goes to whoever takes care now."""
    sanne.page.get_by_label("Wie zorgt hiervoor?").select_option("Bram, inkoop")
    sanne.type("Wanneer is het rond?", "2027-03-01")
    sanne.leave_field()
    sanne.saved()
    sanne.page.get_by_role("button", name="Maak actiepunt").first.click()
    sanne.page.locator(".act .state").get_by_role("link").click()

    assert sanne.page.get_by_label("Wie zorgt ervoor?").locator("option:checked").inner_text() == "Bram, inkoop"
    assert sanne.page.get_by_label("Wanneer is het klaar?").input_value() == "2027-03-01"


def test_next_round_has_a_name_of_its_own(sanne: Visitor) -> None:
    """A new round has a name of its own."""
    sanne.page.get_by_role("banner").get_by_role("link", name="Zijn we er klaar voor?").click()
    offered = sanne.page.locator("#name").input_value()

    sanne.press("Begin de ronde")
    sanne.page.get_by_role("link", name="Alle rondes").click()
    names = sanne.main.locator(".roundlist a").all_inner_texts()

    assert names.count(offered) == 1
    assert sanne.page.locator("#name").input_value() not in names


def test_history_tells_days_and_answers_in_words(sanne: Visitor) -> None:
    """The history of a round reads as people speak."""
    sanne.answer("Deels")
    sanne.type("Wanneer is het rond?", "2027-03-01")
    sanne.leave_field()
    sanne.saved()

    sanne.follow("Geschiedenis")

    lines = sanne.main.locator("ol li p:nth-child(2)").all_inner_texts()
    assert sorted(line for line in lines if "Self-assessment gedaan op" not in line) == [
        *("nu ‘1 maart 2027’", "nu ‘Een eigen ronde’"),
        *("van ‘Nog niet beantwoord’ naar ‘Deels’", "van ‘Nog niet beantwoord’ naar ‘Ja’"),
    ]
