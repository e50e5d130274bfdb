"""What was typed is never lost: two tabs, a lost line, a page that goes away."""

from __future__ import annotations

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.journeys.test_conditions import HOW, begin_round
from tests.server import RunningServer

pytestmark = pytest.mark.journey


@pytest.fixture
def sanne(arrive: Arrive, demo: RunningServer) -> Visitor:
    return begin_round(arrive(demo.links["owner"]))


def how(visitor: Visitor) -> str:
    return visitor.page.get_by_label(HOW).input_value()


def test_two_tabs_do_not_overwrite_each_other(sanne: Visitor) -> None:
    """Two tabs do not overwrite each other."""
    tab = sanne.another_tab()
    tab.page.goto(sanne.page.url)

    sanne.type(HOW, "Het staat in hoofdstuk 3.")
    sanne.leave_field()
    sanne.saved()
    tab.type(HOW, "Ilse zei het vrijdag.")
    tab.leave_field()
    tab.page.get_by_role("alert").wait_for()
    shown = (tab.page.locator(".theirs").inner_text(), how(tab), tab.status)
    found = look_at(tab.page, "condition-two-texts-nl")
    tab.press("Bewaar mijn tekst")
    tab.saved()
    sanne.page.reload()
    after = how(sanne)
    sanne.follow("Geschiedenis")

    assert found == []
    assert "Het staat in hoofdstuk 3." in shown[0]
    assert shown[1:] == ("Ilse zei het vrijdag.", "Nog niet bewaard.")
    assert after == "Ilse zei het vrijdag."
    assert "van ‘Het staat in hoofdstuk 3.’ naar ‘Ilse zei het vrijdag.’" in sanne.main.inner_text()


def test_what_somebody_else_wrote_can_be_kept(sanne: Visitor) -> None:
    """What somebody else wrote can be kept."""
    tab = sanne.another_tab()
    tab.page.goto(sanne.page.url)

    sanne.answer("Ja")
    tab.page.locator(".choice", has_text="Nee").click()
    tab.follow("Houd wat er nu staat")
    tab.page.wait_for_url(sanne.page.url)
    tab.page.reload()

    assert tab.page.get_by_role("radio", name="Ja").is_checked()


def test_lost_connection_loses_nothing(sanne: Visitor) -> None:
    """A lost connection loses nothing."""
    sanne.context.set_offline(True)
    sanne.type(HOW, "In de trein getypt.")
    sanne.leave_field()
    sanne.page.locator("#saved", has_text="Geen verbinding").wait_for()
    said, kept = sanne.status, how(sanne)
    sanne.context.set_offline(False)
    sanne.saved()
    sanne.page.reload()

    assert said == "Geen verbinding. Je tekst staat nog hier en gaat vanzelf mee."
    assert kept == how(sanne) == "In de trein getypt."


def reads_back(visitor: Visitor, page: str, text: str) -> bool:
    """Whether the text stands on the page; what went along with a page that was left may arrive just after it."""
    for _ in range(20):
        visitor.page.goto(page)
        if how(visitor) == text:
            return True
    return False


def test_words_typed_just_before_leaving_are_saved(sanne: Visitor) -> None:
    """The last words go along."""
    page = sanne.page.url

    sanne.type(HOW, "Nog net.")
    sanne.page.goto("about:blank")
    after_closing = reads_back(sanne, page, "Nog net.")
    sanne.type(HOW, "Nog net. En dit ook.")
    sanne.follow("Volgende", exact=False)
    after_following = reads_back(sanne, page, "Nog net. En dit ook.")

    assert (after_closing, after_following) == (True, True)


def test_director_page_keeps_both_texts_too(sanne: Visitor) -> None:
    """The words on the director’s page are guarded too."""
    sanne.page.get_by_role("link", name="Acht voorwaarden").click()
    sanne.follow("Eén pagina voor je directeur")
    tab = sanne.another_tab()
    tab.page.goto(sanne.page.url)

    sanne.type("Wat vraag je?", "Ik vraag 40 uur.")
    sanne.leave_field()
    sanne.saved()
    tab.type("Wat vraag je?", "Ik vraag 60 uur.")
    tab.leave_field()
    tab.page.get_by_role("alert").wait_for()
    shown = (tab.page.locator(".theirs").inner_text(), tab.page.get_by_label("Wat vraag je?").input_value(), tab.status)

    assert "Ik vraag 40 uur." in shown[0]
    assert shown[1:] == ("Ik vraag 60 uur.", "Nog niet bewaard.")
