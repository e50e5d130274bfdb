from __future__ import annotations

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from samenspraak.library import actions, queries
from samenspraak.library.entries import is_worded, pieces
from samenspraak.library.models import KeptOverlay, OwnWords
from samenspraak.library.queries import edition_for
from samenspraak.method.load import load_edition
from samenspraak.people.models import Organisation
from tests.factories import make_member
from tests.library.own import ONE, make_condition, make_own_words

pytestmark = pytest.mark.django_db
PLAIN = load_edition("2025-04", "nl")


def test_whoever_comes_first_after_a_change_pays_one_query_and_the_others_none() -> None:
    member = make_member()
    make_own_words(member)

    with CaptureQueriesContext(connection) as first:
        edition_for(member.organisation, "nl")
    with CaptureQueriesContext(connection) as then:
        edition_for(member.organisation, "nl")

    assert (len(first), len(then)) == (1, 0)


def test_what_was_kept_reads_the_same_whatever_comes_later() -> None:
    member = make_member()
    row = make_own_words(member)
    kept = actions.keep_overlay(member)

    actions.take_back(member, row)

    assert edition_for(member.organisation, "nl") is PLAIN
    assert edition_for(member.organisation, "nl", "2025-04", kept).condition("commitment-support").examples[-1].is_own
    assert edition_for(member.organisation, "nl", "2025-04", 0) is PLAIN


@pytest.mark.parametrize("document", [None, "no: yaml"])
def test_kept_words_that_cannot_be_read_are_as_none(document: str | None) -> None:
    organisation = make_member().organisation
    if document is not None:
        KeptOverlay.objects.create(organisation=organisation, version=1, document=document)

    assert edition_for(organisation, "nl", "2025-04", 1) is PLAIN


def test_search_finds_own_words_for_that_organisation_alone() -> None:
    member = make_member()
    row = make_condition(member, "Onze veerman kent de getijden")

    mine = queries.found(edition_for(member.organisation, "nl"), "veerman getijden")
    theirs = queries.found(edition_for(make_member().organisation, "nl"), "veerman getijden")

    assert mine.hits[0].entry.item.id == row.key
    assert [hit.entry.item.id for hit in theirs.hits if hit.entry.item.id == row.key] == []


def test_indexes_of_own_words_are_bounded() -> None:
    assert queries._own_index_of.cache_info().maxsize == 16


def test_an_index_is_known_by_its_edition_alone() -> None:
    one, other = queries._Key(PLAIN), queries._Key(load_edition("2025-04", "nl"))

    assert (one == other, one == "2025-04", hash(one) == hash(other)) == (True, False, True)


def test_what_differs_stands_beside_the_original() -> None:
    member = make_member()
    make_own_words(member, "wording", field="title", text_nl="Anders", text_en="Otherwise")
    make_own_words(member, "action", home="condition:capacity-time")
    make_own_words(member, "wording", home="action:commitment-support-in-writing", field="text", text_nl="Schrijf")
    gone = make_own_words(member, "example")
    OwnWords.objects.filter(pk=gone.pk).update(home="condition:gone")

    title, action, reworded, lost = queries.differences(member, "en").differences

    english = load_edition("2025-04", "en").conditions[0]
    assert (title.original, title.where, title.state) == (english.title, english.title, "")
    assert title.words == (("text_en", "Otherwise"), ("text_nl", "Anders"))
    assert (action.original, action.kind) == ("", "action")
    assert reworded.where.endswith(" …")
    assert (lost.state, lost.where) == ("gone", "condition:gone")


def test_what_rests_says_so() -> None:
    member = make_member()
    condition = make_condition(member, "Wij kennen de keten")
    make_own_words(member, "action", home=f"condition:{condition.key}")
    actions.take_back(member, condition)

    found = [(d.row.kind, d.state, d.where) for d in queries.differences(member, "nl").differences]

    assert found == [("condition", "", "Capaciteit"), ("action", "rests", "Wij kennen de keten")]


def test_a_short_item_without_a_title_is_called_by_its_whole_text() -> None:
    assert queries._short(PLAIN.facilitator.need_questions[0]) != ""
    assert queries._short(type(PLAIN.conditions[0].actions[0])(id="a", source="ours", text="Bel")) == "Bel"


@pytest.mark.parametrize(("kind", "first"), [("condition", "category:commitment"), ("line", "listing:outcomes")])
def test_what_is_added_belongs_somewhere(kind: str, first: str) -> None:
    assert queries.homes_of(make_member(), kind, "nl")[0][0] == first


def test_something_may_be_added_to_an_own_condition() -> None:
    member = make_member()
    row = make_condition(member)

    homes = queries.homes_of(member, "action", "nl")

    assert (len(homes), f"condition:{row.key}" in dict(homes)) == (9, True)


@pytest.mark.parametrize(("address", "field"), [("condition:nobody", "title"), (ONE, "code"), ("norm:csddd", "text")])
def test_what_is_fixed_has_no_original_to_stand_beside(address: str, field: str) -> None:
    with pytest.raises(Http404):
        queries.original_of(address, field, "nl")


def test_kept_conditions_cost_no_query_where_nothing_was_kept() -> None:
    with CaptureQueriesContext(connection) as asked:
        found = queries.kept_conditions(Organisation(), [0, 0])

    assert (found, len(asked)) == ({}, 0)


def test_every_item_of_the_shelf_that_may_be_worded_shows_its_texts() -> None:
    wordable = queries.wordable(PLAIN)

    without = [e.address for entries in wordable.values() for e in entries if not pieces(e)]
    assert without == []
    assert "norms" not in wordable
    assert not is_worded(PLAIN.norms[0])


def test_texts_of_a_condition_are_its_own_and_those_of_what_it_holds() -> None:
    entry = queries.entry_at(PLAIN, "condition:capacity-money")
    assert entry is not None

    found = [piece.key for piece in pieces(entry)]

    assert found[:3] == [f"condition:capacity-money.{field}" for field in ("title", "statement", "why")]
    assert "listing-item:cost-kinds--travel-and-stay.title" in found
    assert len(found) == len(set(found))


def test_a_category_does_not_show_the_texts_of_its_conditions() -> None:
    entry = queries.entry_at(PLAIN, "category:commitment")
    assert entry is not None

    assert [piece.key for piece in pieces(entry)] == ["category:commitment.title", "category:commitment.about"]


def test_a_shelf_tells_what_is_reworded_in_an_item_and_in_its_lists() -> None:
    member = make_member()
    make_own_words(member, "wording", home="condition:capacity-money", field="title")
    make_own_words(member, "wording", home="listing-item:cost-kinds--travel-and-stay", field="title")
    edition = edition_for(member.organisation, "nl")
    shelf = queries.Shelf(edition)

    told = [r.address for _label, r in shelf.own_words_in(edition.condition("capacity-money"))]

    assert told == ["condition:capacity-money", "listing-item:cost-kinds--travel-and-stay"]
    assert shelf.own_words_in(edition.condition("capacity-time")) == []
    assert queries.Shelf(PLAIN).own_words_in(PLAIN.conditions[0]) == []
