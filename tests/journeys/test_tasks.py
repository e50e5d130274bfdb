"""Tasks: made, done, taken off, and followed in one's own calendar."""

from __future__ import annotations

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.server import RunningServer

pytestmark = pytest.mark.journey

WHAT = "Wat moet er gebeuren?"


@pytest.fixture
def bram(arrive: Arrive, demo: RunningServer) -> Visitor:
    """A colleague who looks at what has to be done."""
    visitor = arrive(demo.links["editor"])
    visitor.page.get_by_role("banner").get_by_role("link", name="Actiepunten").click()
    return visitor


def make_task(visitor: Visitor, title: str) -> None:
    visitor.follow("Nieuw actiepunt")
    visitor.type(WHAT, title)
    visitor.type("Wanneer is het klaar?", "2027-06-01")
    visitor.press("Bewaar het actiepunt")
    visitor.page.get_by_role("link", name=title).wait_for()


def titles(visitor: Visitor) -> list[str]:
    """The tasks in the list that is shown."""
    return visitor.main.locator("tbody th").all_inner_texts()


def test_task_is_made_done_and_opened_again(bram: Visitor) -> None:
    """A task is made, done and opened again."""
    make_task(bram, "Vraag de spinnerij om het rooster")

    bram.follow("Van mij")
    bram.follow("Vraag de spinnerij om het rooster")
    bram.type("Wat kwam eruit?", "Het komt vrijdag.")
    bram.press("Dit is gedaan")
    note = bram.page.locator(".note.good").inner_text()
    bram.follow("Alle actiepunten")
    still_open = titles(bram)
    bram.follow("Gedaan")
    bram.follow("Vraag de spinnerij om het rooster")
    bram.press("Toch niet gedaan")

    assert note.splitlines()[0].endswith("door Bram")
    assert "Het komt vrijdag." in note
    assert "Vraag de spinnerij om het rooster" not in still_open
    assert bram.page.get_by_role("button", name="Dit is gedaan").is_visible()


def test_task_is_taken_off_and_put_back(bram: Visitor) -> None:
    """A task is taken off and put back."""
    make_task(bram, "Bel de tolk")

    bram.follow("Bel de tolk")
    bram.press("Haal dit van de lijst")
    said = bram.page.get_by_role("status").inner_text()
    gone = titles(bram)
    bram.press("Zet terug")
    bram.follow("Alle actiepunten")

    assert said.startswith("Actiepunt verwijderd.")
    assert "Bel de tolk" not in gone
    assert "Bel de tolk" in titles(bram)


def test_tasks_are_followed_in_a_calendar(bram: Visitor, arrive: Arrive) -> None:
    """A task is followed in a calendar."""
    make_task(bram, "Schrijf het verslag")

    bram.follow("In je agenda")
    bram.press("Maak een nieuw adres")
    address = bram.page.get_by_label("Adres van je agenda").input_value()
    found = look_at(bram.page, "calendar-address-nl")
    bram.page.goto(bram.page.url)
    shown_again = bram.page.get_by_label("Adres van je agenda").count()
    answer = arrive("about:blank").context.request.get(address)

    assert (answer.status, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert "SUMMARY:Schrijf het verslag" in answer.text().replace("\r\n ", "")
    assert (found, shown_again) == ([], 0)


def test_two_people_do_not_overwrite_each_other(bram: Visitor, arrive: Arrive, demo: RunningServer) -> None:
    """Two people change the same task."""
    make_task(bram, "Zoek een plek")
    bram.follow("Zoek een plek")
    sanne = arrive(demo.links["owner"])
    sanne.page.goto(bram.page.url)

    bram.type(WHAT, "Zoek een plek buiten het bedrijf")
    bram.press("Bewaar")
    sanne.type(WHAT, "Zoek een plek met een tolk")
    sanne.press("Bewaar")
    theirs = sanne.page.get_by_role("alert").inner_text()
    ours = sanne.page.get_by_label(WHAT).input_value()
    found = look_at(sanne.page, "task-two-texts-nl")
    sanne.press("Bewaar")

    assert "Zoek een plek buiten het bedrijf" in theirs
    assert (ours, found) == ("Zoek een plek met een tolk", [])
    assert sanne.heading == "Zoek een plek met een tolk"


def test_reader_reads_and_is_told_what_an_editor_may(arrive: Arrive, demo: RunningServer) -> None:
    """A reader reads, and is told kindly what is not for readers."""
    ilse = arrive(demo.links["reader"])

    ilse.page.get_by_role("banner").get_by_role("link", name="Actiepunten").click()
    buttons = ilse.main.get_by_role("link", name="Nieuw actiepunt").count()
    ilse.page.goto(f"{demo.address}/tasks/new")
    said = ilse.heading
    ilse.follow("Naar het begin")

    assert buttons == 0
    assert said == "Dit hoort niet bij je rol"
    assert ilse.page.url == f"{demo.address}/"
