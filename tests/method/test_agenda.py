"""Each fault is made in the sound workshop; a rule must find exactly that one, at its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspraak.method import agenda, rules
from tests.method.factory import Change, make_edition, put

ROOT = ("workshop", "workshop")
SEGMENT = (*ROOT, "blocks", 0, "segments", 0)


def at(*road: Any) -> Change:
    """A change in the workshop: the last argument at the place the others lead to."""
    return put(*ROOT, *road)


def found(*changes: Change) -> list[tuple[object, str]]:
    """Place within the workshop and message of everything the rules find."""
    return [(finding.place[1:], finding.message) for finding in rules.findings(make_edition(*changes))]


@given(st.lists(st.integers(1, 90), min_size=1, max_size=7), st.integers(-30, 30))
def test_a_block_lasts_as_long_as_its_segments(minutes: list[int], off: int) -> None:
    edition = make_edition(
        at("blocks", 0, "minutes", sum(minutes) + off),
        at("blocks", 0, "segments", [_segment(number, length) for number, length in enumerate(minutes)]),
        at("blocks", 0, "minimum", len(minutes)),
    )

    told = [finding.message for finding in agenda.minutes(edition) if "segments make" in finding.message]

    assert told == ([f"'open' says {sum(minutes) + off} and its segments make {sum(minutes)}"] if off else [])


def _segment(number: int, minutes: int) -> dict[str, Any]:
    from tests.method.workshop_factory import workshop

    segment: dict[str, Any] = workshop("In nl ")["blocks"][0]["segments"][0]
    return segment | {"id": f"segment-{number}", "minutes": minutes, "minimum": 1}


@pytest.mark.parametrize("minimum", [0, -1, 21])
def test_a_minimum_outside_what_is_planned_is_found(minimum: int) -> None:
    faults = found(at("blocks", 1, "minimum", minimum), at("blocks", 1, "segments", 0, "minimum", minimum))

    place = ("blocks", 1)
    assert faults == [
        ((*place, "minimum"), f"The minimum of 'close' is {minimum} of 10 minutes"),
        ((*place, "segments", 0, "minimum"), f"The minimum of 'close-segment' is {minimum} of 10 minutes"),
    ]


def test_minima_that_do_not_add_up_are_found() -> None:
    faults = found(at("blocks", 0, "minimum", 14))

    assert faults == [(("blocks", 0, "minimum"), "'open' says 14 and its segments make 15")]


def test_a_proposal_that_misses_the_target_is_found() -> None:
    faults = found(at("timing", "target", 24))

    assert faults == [(("timing", "shortenings", 0, "trims"), "'shorter' ends at 25 minutes")]


def test_a_proposal_under_a_minimum_is_found() -> None:
    faults = found(at("timing", "target", 24), at("timing", "shortenings", 0, "trims", 0, "minutes", 6))

    assert faults == [(("timing", "shortenings", 0, "trims", 0), "'open-segment' goes under its minimum")]


def test_a_proposal_for_a_segment_there_is_not_is_found() -> None:
    faults = found(at("timing", "shortenings", 0, "trims", 0, "id", "lunch"))

    place = ("timing", "shortenings", 0, "trims", 0, "id")
    assert faults == [(place, "'id' points at segment 'lunch', which there is not")]


def test_a_block_that_never_gives_way_is_found() -> None:
    faults = found(at("timing", "gives_way", ["open"]))

    assert faults == [(("timing", "gives_way"), "Not each block gives way once")]


def test_numbers_of_participants_that_do_not_rise_are_found() -> None:
    faults = found(at("group", "minimum", 13))

    assert faults == [(("group",), "The numbers of participants do not rise")]


def test_tasks_that_do_not_make_the_hours_are_found() -> None:
    faults = found(at("preparation", "hours", 2))

    assert faults == [(("preparation", "tasks"), "The tasks make 60 minutes and the manual says 2 hours")]


def test_days_that_do_not_count_back_are_found() -> None:
    faults = found(at("preparation", "tasks", 1, "days_before", 9), at("preparation", "reminders", [1, 7]))

    message = "The days do not count back to the date"
    assert faults == [(("preparation", "tasks"), message), (("preparation", "reminders"), message)]


def test_an_assignment_without_its_paper_twin_is_found() -> None:
    faults = found(at("blocks", 0, "segments", 0, "paper", ""))

    assert faults == [(("blocks", 0, "segments", 0), "'open-segment' lacks its form on paper or phone")]


def test_a_stretch_without_an_assignment_needs_no_form() -> None:
    empty = {"assignment": "", "paper": "", "phone": ""}

    faults = found(*(at("blocks", 0, "segments", 0, name, text) for name, text in empty.items()))

    assert faults == []


@pytest.mark.parametrize(("number", "kind"), [(0, "lines"), (1, "lines"), (2, "table"), (2, "choice")])
def test_a_field_that_cannot_be_filled_in_is_found(number: int, kind: str) -> None:
    faults = found(at("worksheets", 0, "fields", number, "kind", kind))

    assert [place for place, _ in faults] == [("worksheets", 0, "fields", number)]


def test_boxes_other_than_a_to_j_are_found() -> None:
    faults = found(at("worksheets", 0, "fields", 0, "code", "Z"))

    assert faults == [(("worksheets", 0), "The boxes are ZBCDEFGHIJ, with 1 examples")]


def test_a_sheet_for_preparing_without_example_is_found() -> None:
    faults = found(at("worksheets", 0, "examples", []))

    assert faults == [(("worksheets", 0), "The boxes are ABCDEFGHIJ, with 0 examples")]


def test_an_example_that_leaves_a_box_open_is_found() -> None:
    faults = found(at("worksheets", 0, "examples", 0, "filled", 0, "id", "box-x"))

    message = "'example' does not fill each box once and in order"
    assert faults == [(("worksheets", 0, "examples", 0), message)]


def test_a_deck_of_another_size_is_found() -> None:
    faults = found(at("decks", 0, "cards", []))

    assert faults == [(("decks", 0, "cards"), "Deck 'deck' has 0 cards")]


def test_a_text_too_long_for_its_card_or_slide_is_found() -> None:
    long = "x" * 111

    faults = found(
        at("decks", 0, "cards", 0, "question", long),
        at("blocks", 0, "segments", 0, "slides", 0, "lines", 0, long),
        at("blocks", 1, "segments", 0, "slides", 0, "title", long),
    )

    slide = ("segments", 0, "slides", 0)
    assert faults == [
        (("decks", 0, "cards", 0, "question"), "'question' has 111 characters"),
        (("blocks", 0, *slide, "lines", 0), "'lines' has 111 characters"),
        (("blocks", 1, *slide, "title"), "'title' has 111 characters"),
    ]


def test_a_slide_with_nothing_or_too_much_on_it_is_found() -> None:
    slide = ("segments", 0, "slides", 0)

    faults = found(at("blocks", 0, *slide, "lines", []), at("blocks", 1, *slide, "lines", ["x"] * 7))

    assert faults == [
        (("blocks", 0, *slide, "lines"), "Slide 'open-slide' is empty"),
        (("blocks", 1, *slide, "lines"), "Slide 'close-slide' has 7 lines"),
    ]


def test_a_slide_that_shows_the_kit_needs_no_lines() -> None:
    slide = ("blocks", 0, "segments", 0, "slides", 0)

    assert found(at(*slide, "lines", []), at(*slide, "from_kit", "case")) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["buyer"], ["maker", "buyer"]),
        (["buyer", "maker"], ["buyer", "observer"]),
        (["buyer", "observer"], ["maker", "buyer"]),
        (["buyer", "nobody"], ["maker", "buyer"]),
    ],
)
def test_an_unfair_casting_is_found(first: list[str], second: list[str]) -> None:
    faults = found(at("role_play", "castings", 0, "first", first), at("role_play", "castings", 0, "second", second))

    message = "At a table of 2 not everybody has two roles, or a side is missing"
    assert faults == [(("role_play", "castings", 0), message)]


def test_a_table_without_casting_is_found() -> None:
    faults = found(at("role_play", "castings", 0, "size", 9), at("role_play", "castings", 0, "first", ["buyer"] * 9))

    assert faults[0] == (("role_play", "castings"), "There are castings for (9, 3, 4, 5, 6)")


def test_slides_know_whether_they_are_hidden() -> None:
    edition = make_edition(at("blocks", 0, "segments", 0, "slides", 0, "kind", "background"))

    assert [slide.is_hidden for slide in edition.workshop.slides] == [True, False]


def test_the_workshop_finds_its_worksheets() -> None:
    workshop = make_edition().workshop

    assert (workshop.minutes, workshop.worksheet("dialogue-preparation").per) == (30, "group")
    with pytest.raises(KeyError):
        workshop.worksheet("nothing")
