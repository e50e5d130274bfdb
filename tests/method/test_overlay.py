from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspraak.method.overlay import (
    WORDED,
    Overlay,
    OwnAction,
    OwnCondition,
    OwnExample,
    OwnLine,
    Wording,
    Words,
    gone,
    lay,
    worded,
)
from samenspraak.method.standing import standing_of
from samenspraak.method.types import Edition, Reworded, is_own
from tests.method.factory import make_edition

DUTCH, ENGLISH = make_edition(), make_edition(language="en")
BOTH = Words(nl="Eigen", en="Own")


def overlay(**pieces: object) -> Overlay:
    return Overlay(edition="2025-04", **pieces)  # type: ignore[arg-type]


def condition(id_: str = "own-chain", category: str = "capacity") -> OwnCondition:
    return OwnCondition(id=id_, category=category, title=BOTH, statement=BOTH, signs=Words(nl="een\ntwee"))


EVERYTHING = overlay(
    wordings=(
        Wording(item="condition:condition-1", field="title", text=Words(nl="Anders")),
        Wording(item="listing-item:condition-2-list--cost", field="title", text=BOTH),
        Wording(item="question:why", field="answer", text=BOTH),
    ),
    conditions=(condition(), condition("own-second", "commitment")),
    examples=(OwnExample(id="own-example", condition="condition-1", title=BOTH, text=BOTH),),
    actions=(
        OwnAction(id="own-act", condition="condition-1", text=BOTH),
        OwnAction(id="own-act-2", condition="own-chain", text=BOTH),
    ),
    lines=(OwnLine(id="own-line", listing="condition-3-list", title=BOTH),),
)


@pytest.mark.parametrize("edition", [DUTCH, ENGLISH])
def test_an_empty_overlay_gives_the_edition_itself(edition: Edition) -> None:
    assert lay(edition, overlay(), "mark") is edition


@given(st.sets(st.sampled_from(range(8))))
def test_what_is_laid_and_taken_back_leaves_the_edition(kept: set[int]) -> None:
    wordings = tuple(
        Wording(item=where, field=WORDED[where.partition(":")[0]][0], text=BOTH)
        for number, where in enumerate(list(worded(DUTCH))[:8])
        if number in kept
    )

    laid = lay(DUTCH, overlay(wordings=wordings), "mark")

    back = {
        (r.address, r.field): r.original for r in laid.reworded
    }  # what the edition itself says, text by text: laying that gives the edition
    undone = tuple(Wording(item=where, field=f, text=Words(nl=text)) for (where, f), text in back.items())
    again = lay(laid, overlay(wordings=undone))
    assert msgspec.structs.replace(again, laid="", reworded=()) == DUTCH


def test_laying_never_changes_the_edition() -> None:
    before = msgspec.json.encode(DUTCH)

    lay(DUTCH, EVERYTHING, "mark")

    assert msgspec.json.encode(DUTCH) == before


def test_own_wording_replaces_a_text_and_remembers_the_original() -> None:
    laid = lay(DUTCH, EVERYTHING, "mark")

    assert laid.condition("condition-1").title == "Anders"
    assert laid.condition("condition-2").listings[0].items[0].title == "Eigen"
    assert laid.condition("condition-3").listings[0].items[0].title == "In nl cost"
    assert laid.questions[0].answer == "Eigen"
    assert laid.reworded[0] == Reworded(
        address="condition:condition-1", field="title", original="In nl condition-1", only_in=""
    )
    assert (laid.laid, laid.condition("condition-1").source) == ("mark", "ours")


def test_what_was_written_in_one_language_is_used_in_both_and_marked() -> None:
    laid = lay(ENGLISH, EVERYTHING)

    assert laid.condition("condition-1").title == "Anders"
    assert [r.only_in for r in laid.reworded] == ["nl", "", ""]
    assert laid.condition("own-chain").source == "own: nl"
    assert laid.condition("own-chain").signs == ("een", "twee")
    assert lay(DUTCH, EVERYTHING).condition("own-chain").source == "own"


def test_what_was_added_stands_after_what_is_there_and_says_whose_it_is() -> None:
    laid = lay(DUTCH, EVERYTHING)
    first = laid.condition("condition-1")

    assert [(a.id, a.is_own, a.is_ours) for a in first.actions] == [
        ("condition-1-act", False, True),
        ("own-act", True, False),
    ]
    assert [(e.id, e.is_own) for e in first.examples] == [("condition-1-example", False), ("own-example", True)]
    lines = laid.condition("condition-3").listings[0].items
    assert [(i.id, i.about, i.is_own) for i in lines] == [("cost", "", False), ("own-line", "", True)]
    assert laid.condition("own-chain").actions[0].id == "own-act-2"


def test_own_conditions_come_last_in_their_category_and_have_a_letter() -> None:
    laid = lay(DUTCH, EVERYTHING)

    assert [(c.id, c.code) for c in laid.conditions if c.is_own] == [("own-second", "VA"), ("own-chain", "VB")]
    assert [len(c.conditions) for c in laid.categories] == [3, 5, 2]
    assert laid.categories[0].conditions[-1].id == "own-second"


def test_a_ninth_condition_counts_in_the_standing() -> None:
    laid = lay(DUTCH, overlay(conditions=(condition(),)))

    standing = standing_of(laid, {"own-chain": "yes", "condition-1": "no", "own-gone": "yes"})

    assert (standing.total, standing.met, standing.needs_attention, standing.unanswered) == (9, 1, 1, 7)


LOST = overlay(
    wordings=(
        Wording(item="condition:gone", field="title", text=BOTH),
        Wording(item="condition:condition-1", field="tools", text=BOTH),
        Wording(item="norm:norm", field="text", text=BOTH),
    ),
    conditions=(condition("own-lost", "gone"),),
    examples=(OwnExample(id="own-example", condition="gone", title=BOTH, text=BOTH),),
    actions=(OwnAction(id="own-act", condition="own-lost", text=BOTH),),
    lines=(OwnLine(id="own-line", listing="gone", title=BOTH),),
)


def test_what_a_newer_edition_has_no_place_for_is_told_and_left_out() -> None:
    told = gone(worded(DUTCH), LOST)

    assert told == (
        "condition:gone.title",
        "condition:condition-1.tools",
        "norm:norm.text",
        "own-lost",
        "own-example",
        "own-act",
        "own-line",
    )
    assert lay(DUTCH, LOST) is DUTCH


def test_nothing_is_gone_from_the_edition_it_was_made_on() -> None:
    assert gone(worded(DUTCH), EVERYTHING) == ()


@pytest.mark.parametrize(("source", "is_it"), [("own", True), ("own: nl", True), ("ours", False), ("manual: 1", False)])
def test_a_source_says_whether_it_is_the_organisations_own(source: str, is_it: bool) -> None:
    assert is_own(source) == is_it


def test_every_field_that_may_be_worded_is_a_text_of_its_kind() -> None:
    wrong = [
        (where, field)
        for where, (_place, item) in worded(DUTCH).items()
        for field in WORDED[where.partition(":")[0]]
        if not isinstance(getattr(item, field), str)
    ]

    assert wrong == []
