"""The workshop as it is shipped: the facts of the manual that no edit may lose."""

from __future__ import annotations

import pytest

from samenspraak.method.load import editions, load_edition
from samenspraak.method.places import walk
from samenspraak.method.types import LANGUAGES, Language
from samenspraak.method.workshop_types import Programme, Segment

every_language = pytest.mark.parametrize("language", LANGUAGES)


def workshop(language: Language) -> Programme:
    return load_edition(editions()[-1], language).workshop


def segments(language: Language) -> dict[str, list[tuple[str, int]]]:
    return {block.id: [(s.id, s.minutes) for s in block.segments] for block in workshop(language).blocks}


@every_language
def test_the_agenda_is_that_of_the_manual_and_lasts_245_minutes(language: Language) -> None:
    minutes = [(block.id, block.minutes) for block in workshop(language).blocks]

    assert minutes == [
        ("introduction", 30),
        ("phase-1", 55),
        ("phase-2", 45),
        ("break", 30),
        ("phase-3", 55),
        ("phase-4", 15),
        ("close", 15),
    ]
    assert (workshop(language).minutes, workshop(language).timing.target) == (245, 240)


@every_language
def test_phases_are_divided_as_designed(language: Language) -> None:
    held = segments(language)

    assert held["phase-1"] == [("motive", 15), ("internal", 15), ("stakeholders", 25)]
    assert held["phase-2"] == [("explain", 5), ("group-work", 25), ("exchange", 15)]
    assert [minutes for _, minutes in held["phase-3"]] == [10, 5, 12, 6, 12, 10]


@every_language
def test_blocks_come_from_the_manual_and_their_division_is_ours(language: Language) -> None:
    blocks = workshop(language).blocks

    assert {block.is_ours for block in blocks} == {False}
    assert {segment.is_ours for block in blocks for segment in block.segments} == {True}


@every_language
def test_four_hours_come_from_a_shorter_introduction_or_a_shorter_break(language: Language) -> None:
    trims = [[(trim.id, trim.minutes) for trim in one.trims] for one in workshop(language).timing.shortenings]

    assert trims == [[("acquaintance", 5)], [("break", 5)]]


@every_language
def test_break_and_role_play_give_way_last(language: Language) -> None:
    assert workshop(language).timing.gives_way[-2:] == ("phase-3", "break")


@every_language
def test_the_best_cut_leaves_130_minutes_before_it(language: Language) -> None:
    whole = workshop(language)
    (cut,) = [cut for cut in whole.timing.cuts if cut.is_best]

    names = [block.id for block in whole.blocks]
    before = whole.blocks[: names.index(cut.after) + 1]

    assert (sum(block.minutes for block in before), names[len(before)]) == (130, "break")


@every_language
def test_numbers_of_people_are_those_of_the_manual(language: Language) -> None:
    group = workshop(language).group

    assert (group.minimum, group.ideal_from, group.ideal_to, group.maximum, group.tables) == (8, 12, 20, 24, 4)
    assert (workshop(language).trainers.advised, workshop(language).preparation.hours) == (2, 12)


@every_language
def test_there_are_thirty_slides_to_show_and_eight_hidden(language: Language) -> None:
    slides = workshop(language).slides

    hidden = [slide for slide in slides if slide.is_hidden]
    assert len(hidden) >= 8
    assert len(slides) - len(hidden) >= 30


@every_language
def test_every_slide_has_something_to_say_with_it(language: Language) -> None:
    short = [slide.id for slide in workshop(language).slides if len(slide.notes) < 40]

    assert short == []


@every_language
def test_participants_fill_in_what_observers_and_both_sides_see_of_all_nine_elements(language: Language) -> None:
    edition = load_edition(editions()[-1], language)
    elements = [element.id for element in edition.elements]

    for name in ("observer", "dialogue-evaluation"):
        shown = [field.element for field in edition.workshop.worksheet(name).fields if field.element]
        assert shown == elements
    cards = {card.element for deck in edition.workshop.decks if deck.id == "elements" for card in deck.cards}
    assert cards - {""} == set(elements)


@every_language
def test_influence_never_decides_the_order_of_stakeholders(language: Language) -> None:
    (table,) = [field for field in workshop(language).worksheet("stakeholder-analysis").fields if field.columns]

    names = [column.id for column in table.columns]

    assert names.index("severity") < names.index("likelihood") < names.index("their-influence")
    assert len(names) == 14


@every_language
def test_a_table_of_six_uses_every_role(language: Language) -> None:
    play = workshop(language).role_play
    six = next(casting for casting in play.castings if casting.size == 6)

    assert {*six.first, *six.second} == {part.id for part in play.parts}
    assert six.first.count("observer") == six.second.count("observer") == 2


@every_language
def test_each_of_two_trainers_has_a_share(language: Language) -> None:
    leads = {"first": 0, "second": 0, "both": 0}
    for block in workshop(language).blocks:
        for segment in block.segments:
            leads[segment.lead] += segment.minutes

    assert min(leads.values()) >= 45


@every_language
def test_each_material_is_used_and_each_paper_is_printed(language: Language) -> None:
    whole = workshop(language)
    used = {material for block in whole.blocks for material in block.materials} | {"script"}
    printed = {address for material in whole.materials for address in material.prints}

    assert used == {material.id for material in whole.materials}
    assert printed == {f"worksheet:{s.id}" for s in whole.worksheets} | {f"deck:{d.id}" for d in whole.decks}


def test_quotes_are_those_of_the_language() -> None:
    for language, strange in zip(LANGUAGES, ("“”\"'", "\"'‘"), strict=True):
        texts = [value for _, value in walk(workshop(language)) if isinstance(value, str)]

        assert [text for text in texts if set(text) & set(strange)] == []


def test_a_segment_knows_it_is_ours() -> None:
    first: Segment = workshop("nl").blocks[0].segments[0]

    assert (first.id, first.is_ours) == ("welcome", True)
