"""What a round says about itself, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from samenspraak.people.models import HistoryEntry
from samenspraak.readiness.report.words import answer_words, change_in_words, headline, history_fields, marks, season


@pytest.mark.parametrize(
    ("met", "attention", "unanswered", "said"),
    [
        (8, 0, 0, "All eight conditions are met."),
        (9, 0, 0, "All nine conditions are met."),
        (4, 5, 0, "Four of the nine are met. Five need attention."),
        (0, 0, 8, "Nothing has been answered yet."),
        (1, 0, 7, "One of the eight is met."),
        (0, 1, 7, "None of the eight is met yet. One needs attention."),
        (3, 5, 0, "Three of the eight are met. Five need attention."),
    ],
)
def test_a_round_says_how_it_stands(met: int, attention: int, unanswered: int, said: str) -> None:
    found = headline("en", met, attention, unanswered)

    assert found == said


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_answer_has_a_mark_with_a_word_and_an_icon_of_its_own(language: str) -> None:
    found = marks(language)

    with translation.override(language):
        assert {value: mark.word for value, mark in found.items()} == answer_words()
    assert len({mark.icon for mark in found.values()}) == 5
    assert {mark.kind for mark in found.values()} == {"good", "attention", "unknown"}


@pytest.mark.parametrize(
    ("month", "nl", "en"),
    [(1, "Winter", "Winter"), (4, "Voorjaar", "Spring"), (7, "Zomer", "Summer"), (11, "Najaar", "Autumn")],
)
def test_a_round_is_called_after_its_season(month: int, nl: str, en: str) -> None:
    found = []
    for language in ("nl", "en"):
        with translation.override(language):
            found.append(season(date(2026, month, 1)))

    assert found == [f"{nl} 2026", f"{en} 2026"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_words_people_typed_are_not_taken_for_an_answer(language: str) -> None:
    typed = HistoryEntry(field="motive", old="yes", new="no")
    answered = HistoryEntry(field="value", old="yes", new="no")

    with translation.override(language):
        found = [change_in_words(entry) for entry in (typed, answered)]

        assert found == [("yes", "no"), (answer_words()["yes"], answer_words()["no"])]


def test_every_field_of_a_round_that_can_change_has_a_name_in_its_history() -> None:
    from samenspraak.readiness.actions import TEXTS
    from samenspraak.readiness.report.words import need_fields

    named = set(history_fields())
    voices = {"voice", "voice_how", "voice_asked", "voice_reminded"}

    assert (
        sorted(
            {
                "started",
                "brought_in",
                "closed",
                "value",
                "how",
                "owner",
                "due_on",
                "evidence",
                *voices,
                *need_fields(),
                *TEXTS,
            }
            ^ named
        )
        == []
    )
