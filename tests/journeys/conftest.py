"""One browser and one demo for all journeys; each visitor starts without cookies and ends without troubles."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.browser import CHROMIUM, Visitor, make_context, open_chromium, visitor_of
from tests.server import RunningServer, running_server

Arrive = Callable[..., Visitor]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium. While it is open this thread has an event loop, so it must not outlive the tests in this folder."""
    if not CHROMIUM:
        missing = "Chromium is not on this machine; on Debian: apt-get install chromium"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = open_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo() -> Iterator[RunningServer]:
    with running_server("demo") as server:
        yield server


@pytest.fixture
def arrive(browser: Browser) -> Iterator[Arrive]:
    """Open an address as somebody with a browser of their own: ``arrive(address, language="en", …)``."""
    visitors: list[Visitor] = []

    def open_address(address: str, language: str = "nl", **options: Any) -> Visitor:
        visitor = visitor_of(make_context(browser, language, **options))
        visitors.append(visitor)
        visitor.page.goto(address)
        return visitor

    yield open_address
    for visitor in visitors:
        visitor.context.close()
    assert [trouble for visitor in visitors for trouble in visitor.troubles] == []
