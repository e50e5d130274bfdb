"""Every kind of page, in both languages: axe, light and dark, at 320 pixels, enlarged, and how heavy the first one is.

What is looked at and how stands in ``looking``. Pages that only come by along the way (an empty installation, its home
without a round, a link in a mail) are looked at in the journeys that meet them; those of Naslag in ``test_library_pages``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import Visitor, make_context, visitor_of
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.server import RunningServer, running_server

pytestmark = pytest.mark.journey

LANGUAGES = ["nl", "en"]
MOST_BYTES = 60_000

# Kind of page → its address, for an owner; {round} and the like are filled in from what the demo shows.
OWNER = {
    "home": "/",
    "rounds": "/ready/",
    "round": "{round}",
    "round-closed": "{closed}",
    "condition": "{round}/condition/commitment-outcomes",
    "condition-closed": "{closed}/condition/capacity-time",
    "asked": "{round}/voices",
    "ask": "{round}/voices/ask?condition=capacity-time",
    "voices-named": "{round}/condition/capacity-time/voices",
    "voices-nameless": "{round}/condition/processes-alignment/voices",
    "director": "{round}/director",
    "mandate": "{round}/needs/mandate",
    "hours": "{round}/needs/hours",
    "budget": "{round}/needs/budget",
    "team": "{round}/needs/team",
    "hours-closed": "{closed}/needs/hours",
    "history": "{round}/history",
    "compare": "{round}/beside/{other}",
    "condition-insight": "{round}/condition/capacity-insight",
    "assessments": "/ready/self-assessment",
    "assessment": "{assessment}",
    "assessments-over-time": "/ready/self-assessment/over-time",
    "assessment-type-in": "/ready/self-assessment/type-in",
    "team-open": "{open_team}",
    "team-closed": "{closed_team}",
    "teams-over-time": "/ready/self-assessment/team/over-time",
    "tasks": "/tasks/",
    "tasks-done": "/tasks/?show=done",
    "task-new": "/tasks/new",
    "task": "{task}",
    "task-done": "{done}",
    "calendar": "/tasks/calendar",
    "organisation": "/organisation",
    "account": "/account",
    "security": "/account/security",
    "app": "/account/security/app",
    "passkey": "/account/security/passkey",
    "confirm": "/account/confirm",
    "close-account": "/account/close",
    "leave": "/organisation/leave",
    "end": "/organisation/end",
    "sign-out": "/account/sign-out",
    "own-words": "/library/own",
    "own-words-items": "/library/own/texts",
    "own-words-texts": "/library/own/texts?item=condition:capacity-money",
    "own-words-text": "/library/own/wording/condition/capacity-time/why",
    "own-words-condition": "/library/own/add/condition",
    "own-words-example": "/library/condition/commitment-support/",
    "not-found": "/nothing-here",
}
READER = {
    "condition-reader": "{round}/condition/commitment-outcomes",
    "asked-reader": "{round}/voices",
    "organisation-reader": "/organisation",
    "mandate-reader": "{round}/needs/mandate",
    "budget-reader": "{round}/needs/budget",
    "own-words-reader": "/library/own",
    "refused": "/tasks/new",
}
STRANGER = {
    "about": "/about",
    "sign-in": "/account/sign-in",
    "password-ask": "/account/password/new",
    "password-sent": "/account/password/new/sent",
    "password-link-ended": "/account/password/new/1-none",
    "password-done": "/account/password/new/done",
    "invitation-ended": "/invitation/none",
    "sign-unknown": "/ready/sign/none",
}


class Company:
    """The demo of one language, opened by its owner, its reader and a stranger."""

    def __init__(self, browser: Browser, server: RunningServer, language: str) -> None:
        ending = "" if language == "nl" else f"-{language}"
        self.address = server.address
        self.visitors = {who: visitor_of(make_context(browser, language)) for who in ("owner", "reader", "stranger")}
        for who in ("owner", "reader"):
            self.visitors[who].page.goto(server.links[f"{who}{ending}"])
        rounds = self._links("/ready/", ".roundlist a")
        teams = self._links("/ready/self-assessment", "#teams ~ ul a")
        self.known = {
            "assessment": self._links("/ready/self-assessment", "#mine ~ ul a")[0],
            "open_team": teams[0],
            "closed_team": teams[1],
            "round": rounds[0],
            "closed": rounds[1],
            "other": rounds[1].rpartition("/")[2],
            "task": self._links("/tasks/", "tbody th a")[0],
            "done": self._links("/tasks/?show=done", "tbody th a")[0],
        }

    def _links(self, path: str, selector: str) -> list[str]:
        owner = self.visitors["owner"]
        owner.page.goto(self.address + path)
        found: list[str] = owner.main.locator(selector).evaluate_all("all => all.map(e => e.getAttribute('href'))")
        return found

    def open(self, who: str, path: str) -> Visitor:
        visitor = self.visitors[who]
        visitor.page.goto(self.address + path.format(**self.known))
        return visitor


@pytest.fixture(scope="module")
def companies(browser: Browser) -> Iterator[dict[str, Company]]:
    """A demo that no journey has walked through, in both languages."""
    with running_server("demo") as server:
        found = {language: Company(browser, server, language) for language in LANGUAGES}
        yield found
        for company in found.values():
            for visitor in company.visitors.values():
                visitor.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("who", "kind", "path"),
    [
        pytest.param(who, kind, path, id=kind)
        for who, pages in {"owner": OWNER, "reader": READER, "stranger": STRANGER}.items()
        for kind, path in pages.items()
    ],
)
def test_page_is_for_everybody(companies: dict[str, Company], language: str, who: str, kind: str, path: str) -> None:
    """Every page is for everybody."""
    visitor = companies[language].open(who, path)

    assert look_at(visitor.page, f"{kind}-{language}") == []
    assert visitor.troubles == []


def test_first_page_is_light(arrive: Arrive, demo: RunningServer) -> None:
    """The first page is light."""
    visitor = arrive("about:blank")
    weights: list[float] = []
    session = visitor.context.new_cdp_session(visitor.page)
    session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    session.send("Network.enable")

    visitor.page.goto(demo.links["owner"], wait_until="networkidle")

    assert len(weights) > 2
    assert sum(weights) <= MOST_BYTES
