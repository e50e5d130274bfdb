"""A trainer prints an afternoon."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.server import RunningServer

pytestmark = pytest.mark.journey


def test_trainer_prints_the_box_for_seventeen_people(arrive: Arrive, demo: RunningServer) -> None:
    """A trainer prints the box for seventeen people."""
    bram = arrive(demo.links["editor"])
    bram.page.get_by_role("banner").get_by_role("link", name="Workshops").click()
    kits = look_at(bram.page, "workshops-nl")
    bram.follow("De jasjes uit het souterrain", exact=False)
    bram.type("Hoeveel mensen komen er?", "17")
    bram.type("Hoe laat begin je?", "09:30")
    bram.press("Reken uit")
    box = look_at(bram.page, "workshop-box-nl")

    said = bram.main.inner_text()
    links: list[str] = bram.main.locator(".paperlist a").evaluate_all("all => all.map((e) => e.getAttribute('href'))")
    answers = [bram.context.request.get(demo.address + link) for link in links]
    assert (kits, box) == ([], [])
    assert ("17 mensen, 4 tafels" in said, "13.35" in said) == (True, True)
    assert len(links) >= 20
    assert [answer.url for answer in answers if answer.status != 200 or len(answer.body()) < 5_000] == []
    assert bram.troubles == []


def test_english_trainer_is_told_that_seven_people_are_too_few(arrive: Arrive, demo: RunningServer) -> None:
    """Too few people is explained, not refused."""
    reader = arrive(demo.links["reader-en"], language="en")
    reader.page.goto(f"{demo.address}/workshops/neutral?people=7")
    found = look_at(reader.page, "workshop-box-en")

    said = reader.main.inner_text()
    assert found == []
    assert ("7 people, 1 table" in said, "The box" in said) == (True, True)
