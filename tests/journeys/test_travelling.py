"""Everything of an organisation goes to another installation."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.server import RunningServer, running_server

pytestmark = pytest.mark.journey


def owner_link(server: RunningServer) -> str:
    return next(iter(server.links.values()))


def seen(page: Page, address: str, path: str) -> str:
    page.goto(f"{address}{path}")
    return page.locator("main").inner_text()


def test_everything_goes_out_and_comes_in_elsewhere(demo: RunningServer, arrive: Arrive, tmp_path: Path) -> None:
    """Everything goes out and comes in elsewhere."""
    page = arrive(owner_link(demo)).page
    page.goto(f"{demo.address}/organisation/file")
    assert look_at(page, "travelling") == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Download alles (ZIP)").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    before = {path: seen(page, demo.address, path) for path in ("/ready/", "/tasks/")}

    with running_server("demo") as there:
        page = arrive(owner_link(there)).page
        page.goto(f"{there.address}/organisation/file")
        page.get_by_label("Bestand").set_input_files(file)
        page.get_by_role("button", name="Haal binnen").click()
        page.get_by_text("Alles uit het bestand is er.").wait_for()
        assert look_at(page, "travelled") == []

        known = page.locator("#known").inner_text()
        after = {path: seen(page, there.address, path) for path in before}
        people = seen(page, there.address, "/organisation")

    assert file.name.startswith("samenspraak-")
    assert after == before
    assert "Nodig uit" in known
    assert "Je bent de enige" in people
