"""A person with a browser: opens pages of the real server, types and clicks; scripts may not go wrong meanwhile."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Playwright, ViewportSize

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 640}
SAVED = re.compile(r"^\s*(Bewaard om \d\d\.\d\d uur|Saved at \d\d:\d\d)\.")
# What a browser and htmx write down when a request is refused or does not come through: journeys do that on purpose.
EXPECTED = ("Failed to load resource", "htmx:afterRequest", "htmx:sendError", "htmx:responseError")
PATIENCE = 15_000  # milliseconds; the machine may be busy


def open_chromium(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


@dataclass
class Visitor:
    """One browser of one person. ``screens`` are the pages that were shown, ``typed`` the fields filled in by hand."""

    context: BrowserContext
    page: Page
    screens: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def type(self, label: str, text: str) -> None:
        """Fill in a field that is empty or holds something else."""
        self.page.get_by_label(label).fill(text)
        self.typed.append(label)

    def press(self, name: str) -> None:
        """Press a button by its words."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str, *, exact: bool = True) -> None:
        """Follow a link by its words, in the page rather than in its head or foot."""
        self.main.get_by_role("link", name=name, exact=exact).first.click()

    def answer(self, word: str) -> None:
        """Choose one of the four answers, and wait until the page says that it is saved."""
        self.page.locator(".choice", has_text=word).click()
        self.saved()

    def saved(self) -> None:
        """Wait until the line near the title says that everything is saved."""
        self.page.locator("#saved", has_text=SAVED).wait_for()
        self.page.wait_for_function("!document.querySelector('.htmx-request')")

    def leave_field(self) -> None:
        """On to the next field; what was typed is saved now, not a moment later."""
        self.page.keyboard.press("Tab")

    def another_tab(self) -> Visitor:
        """The same person with a second tab, open beside the first."""
        return visitor_of(self.context)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def status(self) -> str:
        """What the line about saving says."""
        return self.page.locator("#saved").inner_text()


def visitor_of(context: BrowserContext) -> Visitor:
    """A new tab in this browser. What a script or the policy for content complains about becomes a trouble."""
    visitor = Visitor(context, context.new_page())

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            visitor.troubles.append(f"{message.text} {message.location}")

    visitor.page.on("console", note)
    visitor.page.on("pageerror", lambda error: visitor.troubles.append(str(error)))
    visitor.page.on("load", lambda page: visitor.screens.append(page.url))
    return visitor


def make_context(browser: Browser, language: str = "nl", **options: Any) -> BrowserContext:
    """A browser without cookies that asks for pages in ``language``."""
    locale = {"nl": "nl-NL", "en": "en-GB"}[language]
    context = browser.new_context(**{"locale": locale, "viewport": DESKTOP, **options})
    context.set_default_timeout(PATIENCE)
    return context
