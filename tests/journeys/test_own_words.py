"""The own words of an organisation: said on screen, used in a round, printed, taken back; and as a file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.journeys.browser import Visitor
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.server import RunningServer

pytestmark = pytest.mark.journey

TITLE, CONDITION = "The boss wants to talk", "Our buyers know the chain"


@pytest.fixture
def ben(arrive: Arrive, demo: RunningServer) -> Visitor:
    """An editor of the company that works in English, at its own words."""
    visitor = arrive(demo.links["editor-en"], language="en")
    visitor.page.get_by_role("banner").get_by_role("link", name="Library").click()
    visitor.follow("Your own words")
    return visitor


def report_of(visitor: Visitor, demo: RunningServer) -> str:
    """The words of the full report of the newest round; ends on the page of that round."""
    visitor.page.goto(f"{demo.address}/ready/")
    visitor.main.locator(".roundlist a").first.click()
    link = visitor.main.locator(".paperlist a[href$='report.pdf']").get_attribute("href")
    content = visitor.context.request.get(f"{demo.address}{link}").body()
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def take_back(visitor: Visitor, demo: RunningServer, name: str) -> None:
    visitor.page.goto(f"{demo.address}/library/own")
    visitor.main.locator("article", has_text=name).get_by_role("button", name="Take back").click()


def test_own_words_are_laid_over_the_method_and_taken_back(ben: Visitor, demo: RunningServer) -> None:
    """Our own words are laid over the method."""
    ben.follow("Or say a text of the method otherwise")
    ben.follow("The company backs dialogue")
    ben.main.get_by_role("link", name="Say this otherwise").first.click()
    ben.type("Text, in English", TITLE)
    ben.press("Save")
    ben.follow("A condition")
    ben.page.get_by_label("Where does it belong?").select_option("category:capacity")
    ben.type("Title, in English", CONDITION)
    ben.type("Statement, in English", "My company knows who works in its chain.")
    ben.press("Save")
    found = look_at(ben.page, "own-words-filled-en")
    ben.page.goto(f"{demo.address}/ready/")
    ben.main.locator(".roundlist a").first.click()
    ben.follow(CONDITION, exact=False)
    marked = ben.page.locator("h1 .fromyou").inner_text()
    place = ben.page.locator(".bar .over").inner_text()
    found += look_at(ben.page, "own-condition-en")
    ben.answer("Yes")
    printed = report_of(ben, demo)
    nine = ben.main.locator(".states a").count()

    take_back(ben, demo, CONDITION)
    said = ben.page.get_by_role("status").inner_text()
    take_back(ben, demo, TITLE)
    found += look_at(ben.page, "own-words-taken-back-en")
    after = report_of(ben, demo)
    eight = ben.main.locator(".threecols .states a").count()
    found += look_at(ben.page, "round-no-longer-asked-en")
    left = ben.main.locator("section", has=ben.page.locator("#withdrawn")).inner_text()

    assert (marked, place) == ("from your organisation", "Capacity, condition 7 of 9")
    assert (nine, eight) == (9, 8)
    assert (TITLE in printed, TITLE in after) == (True, False)
    assert f"A. {CONDITION}" in printed
    assert f"{CONDITION} A condition of your own organisation that was taken back" in after
    assert CONDITION in left
    assert (said.startswith("Taken back."), found) == (True, [])


def test_own_words_go_out_as_a_file_and_come_in_again(ben: Visitor, tmp_path: Path) -> None:
    """Own words go out as a file and come in again."""
    with ben.page.expect_download() as coming:
        ben.follow("Download own-words.yaml")
    file = tmp_path / "own-words.yaml"
    coming.value.save_as(file)
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("condition: ", "conditoin: "), encoding="utf-8")

    ben.page.get_by_label("Upload a file").set_input_files(file)
    ben.press("Upload")
    told = ben.page.get_by_role("alert").inner_text()
    sent = ben.page.get_by_label("The text of the file").input_value()
    found = look_at(ben.page, "own-words-wrong-file-en")
    ben.page.get_by_label("The text of the file").fill(good)
    ben.press("Upload")
    with ben.page.expect_download() as again:
        ben.follow("Download own-words.yaml")

    assert "has no field 'conditoin'" in told
    assert (sent, found) == (file.read_text(encoding="utf-8"), [])
    assert Path(again.value.path()).read_text(encoding="utf-8") == good
