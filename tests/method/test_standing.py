from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from samenspraak.method.load import load_edition
from samenspraak.method.standing import ANSWERS, standing_of

EDITION = load_edition("2025-04", "nl")
IDS = [c.id for c in EDITION.conditions]
answers = st.dictionaries(st.sampled_from(IDS), st.sampled_from(["", *ANSWERS]))


def test_nothing_answered_means_nothing_met_and_all_eight_open() -> None:
    standing = standing_of(EDITION, {})

    assert (standing.met, standing.needs_attention, standing.unanswered) == (0, 0, 8)
    assert [c.id for c in standing.first] == IDS[:3]


def test_all_met_leaves_nothing_to_do_first() -> None:
    standing = standing_of(EDITION, dict.fromkeys(IDS, "yes"))

    assert (standing.met, standing.first, standing.is_complete) == (8, (), True)


@given(answers)
def test_every_condition_stands_in_exactly_one_group(given_answers: dict[str, str]) -> None:
    standing = standing_of(EDITION, given_answers)

    groups = [c.id for s in standing.categories for c in (*s.met, *s.partly, *s.no, *s.unknown, *s.open)]
    assert sorted(groups) == sorted(IDS)
    assert standing.total == 8


@given(answers, st.sampled_from(IDS))
def test_a_condition_met_in_addition_never_lowers_the_standing(given_answers: dict[str, str], more: str) -> None:
    before = standing_of(EDITION, given_answers)

    after = standing_of(EDITION, {**given_answers, more: "yes"})

    assert after.met >= before.met
    assert after.needs_attention + after.unanswered <= before.needs_attention + before.unanswered
    assert {c.id for c in after.first} - {c.id for c in before.first} <= set(IDS)
    assert more not in [c.id for c in after.first]


@given(answers)
def test_what_is_not_answered_yes_is_never_met(given_answers: dict[str, str]) -> None:
    standing = standing_of(EDITION, given_answers)

    met = {c.id for s in standing.categories for c in s.met}
    assert met == {k for k, v in given_answers.items() if v == "yes"}
