from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenspraak.library.entries import PARTS, entries
from samenspraak.library.queries import Shelf, edition_for, entry_at, found
from samenspraak.method.load import editions, load_edition
from samenspraak.method.places import address, addresses
from samenspraak.method.types import Edition, Language, Norm
from samenspraak.people.models import Organisation

NEWEST = editions()[-1]
DUTCH = load_edition(NEWEST, "nl")


def shelf(edition: Edition = DUTCH) -> Shelf:
    return Shelf(edition)


@pytest.mark.django_db
def test_an_organisation_reads_the_newest_edition_without_a_query() -> None:
    organisation = Organisation(name="Noorderdraad")

    with CaptureQueriesContext(connection) as asked:
        edition = edition_for(organisation, "en")

    assert (edition.name, edition.language, len(asked)) == (NEWEST, "en", 0)


def test_an_old_round_reads_its_own_edition() -> None:
    assert edition_for(Organisation(), "nl", NEWEST) is DUTCH


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_item_that_texts_point_at_has_an_entry_or_is_kept_back(language: Language) -> None:
    edition = load_edition(NEWEST, language)
    shown = {entry.address for entry in entries(edition)}

    missing = {
        where
        for where, item in addresses(edition).items()
        if where not in shown and not (isinstance(item, Norm) and item.sure == "C")
    }

    assert {where.partition(":")[0] for where in missing} <= {"statement"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_entry_has_a_title_a_text_and_a_part(language: Language) -> None:
    found = list(entries(load_edition(NEWEST, language)))

    assert [entry.address for entry in found if not entry.title] == []
    assert [entry.address for entry in found if not entry.text] == []
    assert {entry.part.key for entry in found} == {part.key for part in PARTS if part.kinds}


def test_the_text_of_an_item_leaves_out_items_with_a_page_of_their_own() -> None:
    by_address = {entry.address: entry for entry in entries(DUTCH)}
    step, barrier = DUTCH.steps[1], DUTCH.commitment.barriers[0]

    assert step.purpose in by_address[address(step)].text
    assert step.purpose not in by_address[address(DUTCH.phases[0])].text
    assert barrier.text not in by_address[address(DUTCH.commitment)].text


def test_an_item_is_found_by_its_address() -> None:
    entry = entry_at(DUTCH, "question:who-pays")

    assert entry is not None
    assert (entry.kind, entry.item.id, entry.part.key) == ("question", "who-pays", "questions")


@pytest.mark.parametrize("where", ["question:nobody", "nothing:at-all", "norm:oecd-meaningful"])
def test_there_is_no_item_at_another_address_nor_one_that_is_kept_back(where: str) -> None:
    assert entry_at(DUTCH, where) is None


def test_addresses_give_items_in_order_without_those_kept_back() -> None:
    found_there = shelf().at(["term:mandate", "norm:oecd-meaningful", "question:who-pays"])

    assert [entry.address for entry in found_there] == ["term:mandate", "question:who-pays"]


def test_a_question_finds_items() -> None:
    assert found(DUTCH, "mandaat").hits[0].entry.address == "term:mandate"


def test_an_item_says_which_document_it_leans_on() -> None:
    condition = DUTCH.conditions[0]

    document = shelf().document_of(condition)

    assert document is not None
    assert document.id == condition.source.partition(":")[0]


def test_what_is_our_own_leans_on_no_document() -> None:
    ours = next(question for question in DUTCH.questions if question.is_ours)

    assert shelf().document_of(ours) is None


def test_a_step_knows_its_phase() -> None:
    assert [shelf().phase_of(step).number for step in DUTCH.steps] == [1, 1, 1, 1, 2, 2, 2, 3, 4, 4]


def test_a_condition_knows_its_steps() -> None:
    time = DUTCH.condition("capacity-time")

    assert [e.item.id for e in shelf().steps_with(time)] == [
        s.id for s in DUTCH.steps if "capacity-time" in s.conditions
    ]


def test_a_norm_knows_the_day_it_was_checked() -> None:
    assert shelf().checked_on(DUTCH.norms[0]) == date.fromisoformat(DUTCH.norms[0].checked_on)


def test_norms_that_nobody_could_confirm_are_kept_back() -> None:
    assert {norm.sure for norm in shelf().norms()} == {"A", "B"}


def test_words_stand_in_the_order_of_the_alphabet() -> None:
    letters = shelf().letters()

    listed = [term.term for terms in letters.values() for term in terms]
    assert listed == sorted((term.term for term in DUTCH.terms), key=str.casefold)
    assert list(letters) == sorted(letters)


def test_the_blocks_of_the_workshop_begin_where_the_one_before_ends() -> None:
    starts = shelf().starts()

    assert list(starts.values()) == ["0:00", "0:30", "1:25", "2:10", "2:40", "3:35", "3:50"]
    assert list(starts) == [block.id for block in DUTCH.workshop.blocks]


def test_a_seat_at_the_table_has_two_roles_by_name() -> None:
    casting = next(one for one in DUTCH.workshop.role_play.castings if one.size == 2)

    seats = shelf().seats(casting)

    assert seats == [
        ("Duurzaamheid van het bedrijf", "Vertegenwoordiger van de werkenden"),
        ("Vertegenwoordiger van de werkenden", "Duurzaamheid van het bedrijf"),
    ]


def test_the_kits_are_in_the_language_of_the_edition_and_fill_in_its_worksheet() -> None:
    english = Shelf(load_edition(NEWEST, "en"))

    assert [kit.label for kit in english.kits()] == [
        "Clothing",
        "Natural stone",
        "Food and drink",
        "Electronics",
        "Any sector",
    ]
    assert english.filled().title == "Preparing a conversation"


def test_a_kit_is_found_by_its_case_and_a_deck_says_what_it_is() -> None:
    kit, deck = entry_at(DUTCH, "kit:neutral"), entry_at(DUTCH, "deck:skills")

    assert kit
    assert (kit.lead, kit.part.key) == ("Hoofdpijn in hal drie", "workshop")
    assert deck
    assert (deck.title, deck.keywords) == ("Kaarten: Gesprek", ("spelkaartjes",))
