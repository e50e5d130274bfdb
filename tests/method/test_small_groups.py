"""The small-group rule, and somebody who tries to get round it.

The attacker of these tests knows the rule, sees everything that is shown, knows who is in which part and who came in
when, and thinks through every set of answers that would have shown the same. What is the same in all of those is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspraak.method.small_groups import (
    NO_ANSWER,
    ByPart,
    Count,
    Outcome,
    Shown,
    Tally,
    Withheld,
    by_part,
    is_block,
    of_closed,
    of_growing,
    tally,
)

OPTIONS = ("yes", "no")
CHOICES = (*OPTIONS, NO_ANSWER)
World = tuple[Tally, ...]
choices = st.sampled_from(CHOICES)
groups = st.lists(choices, max_size=40).map(tally)
blocks = st.lists(st.lists(choices, min_size=5, max_size=12).map(tally), min_size=1, max_size=4)
parts = st.dictionaries(st.sampled_from("abcdef"), st.lists(choices, max_size=9).map(tally))


def counted(outcome: Outcome) -> dict[str, tuple[int, int]]:
    assert isinstance(outcome, Shown)
    return {choice: (count.least, count.most) for choice, count in outcome.counts.items()}


def test_four_people_are_too_few() -> None:
    outcome = of_closed(OPTIONS, {"yes": 2, "no": 2}, is_closed=True)

    assert outcome == Withheld(reason="too_few")


def test_five_people_who_differ_are_counted() -> None:
    outcome = of_closed(OPTIONS, {"yes": 3, "no": 2}, is_closed=True)

    assert isinstance(outcome, Shown)
    assert outcome.people == 5
    assert outcome.counts == {"yes": Count(3, 3), "no": Count(2, 2), NO_ANSWER: Count(0, 0)}
    assert [count.is_exact for count in outcome.counts.values()] == [True, True, True]


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ({"no": 5}, {"yes": (0, 1), "no": (4, 5), NO_ANSWER: (0, 1)}),
        ({"no": 4, "yes": 1}, {"yes": (0, 1), "no": (4, 5), NO_ANSWER: (0, 1)}),
        ({"no": 18, "yes": 2}, {"yes": (0, 2), "no": (18, 20), NO_ANSWER: (0, 2)}),
        ({"no": 17, "yes": 3}, {"yes": (3, 3), "no": (17, 17), NO_ANSWER: (0, 0)}),
        ({"no": 28, "yes": 2}, {"yes": (2, 2), "no": (28, 28), NO_ANSWER: (0, 0)}),
        ({"no": 30}, {"yes": (0, 1), "no": (29, 30), NO_ANSWER: (0, 1)}),
    ],
)
def test_group_that_answers_alike_is_shown_as_a_range(
    group: dict[str, int], expected: dict[str, tuple[int, int]]
) -> None:
    outcome = of_closed(OPTIONS, group, is_closed=True)

    assert counted(outcome) == expected


def test_nothing_is_shown_before_closing() -> None:
    outcome = of_closed(OPTIONS, {"yes": 30, "no": 30}, is_closed=False)

    assert outcome == Withheld(reason="still_open")


def test_question_left_open_counts_as_an_answer_like_the_others() -> None:
    outcome = of_closed(OPTIONS, {"yes": 2, "no": 2, NO_ANSWER: 3}, is_closed=True)

    assert counted(outcome) == {"yes": (2, 2), "no": (2, 2), NO_ANSWER: (3, 3)}


@pytest.mark.parametrize(
    ("own", "typed", "expected"),
    [
        (3, 1, Withheld(reason="too_few")),
        (3, 3, Withheld(reason="would_reveal")),
        (0, 4, Withheld(reason="too_few")),
    ],
)
def test_typed_in_papers_do_not_help_people_over_five(own: int, typed: int, expected: Outcome) -> None:
    outcome = of_closed(OPTIONS, {"yes": own}, {"no": typed}, is_closed=True)

    assert outcome == expected


def test_typed_in_papers_are_shown_and_the_few_others_kept_back() -> None:
    outcome = of_closed(OPTIONS, {"yes": 2}, {"no": 3, "yes": 3}, is_closed=True)

    assert isinstance(outcome, Shown)
    assert (outcome.people, outcome.kept_back) == (6, 2)


@pytest.mark.parametrize(("typed", "people", "kept_back"), [(2, 5, 2), (6, 11, 0)])
def test_typed_in_papers_come_on_top_when_they_are_enough(typed: int, people: int, kept_back: int) -> None:
    outcome = of_closed(OPTIONS, {"yes": 3, "no": 2}, {"yes": typed - 1, "no": 1}, is_closed=True)

    assert isinstance(outcome, Shown)
    assert (outcome.people, outcome.kept_back) == (people, kept_back)


def test_small_parts_are_shown_together() -> None:
    found = by_part(OPTIONS, {"buying": {"yes": 3, "no": 3}, "legal": {"yes": 2, "no": 1}, "finance": {"no": 3}})

    assert isinstance(found.parts["buying"], Shown)
    assert found.parts["legal"] == found.parts["finance"] == Withheld(reason="too_few")
    assert found.together == ("finance", "legal")
    assert found.rest is not None
    assert counted(found.rest) == {"yes": (2, 2), "no": (4, 4), NO_ANSWER: (0, 0)}


def test_smallest_large_part_joins_a_part_that_would_stand_alone() -> None:
    found = by_part(OPTIONS, {"buying": {"yes": 6, "no": 6}, "legal": {"yes": 3, "no": 3}, "finance": {"no": 2}})

    assert found.parts["legal"] == Withheld(reason="would_reveal")
    assert found.together == ("finance", "legal")
    assert counted(found.total) == {"yes": (9, 9), "no": (11, 11), NO_ANSWER: (0, 0)}


def test_parts_that_are_all_large_stand_alone() -> None:
    found = by_part(OPTIONS, {"buying": {"yes": 3, "no": 2}, "legal": {"yes": 3, "no": 3}, "nobody": {}})

    assert (found.together, found.rest) == ((), None)
    assert found.parts["nobody"] == Withheld(reason="too_few")


@given(own=groups, typed=groups)
def test_nothing_is_ever_shown_of_fewer_than_five(own: dict[str, int], typed: dict[str, int]) -> None:
    outcome = of_closed(OPTIONS, own, typed, is_closed=True)

    people = sum(own.values()) + sum(typed.values())
    assert isinstance(outcome, Withheld) or (outcome.people >= 5 and outcome.people + outcome.kept_back == people)


@given(own=groups, typed=groups)
def test_true_counts_lie_in_what_is_shown(own: dict[str, int], typed: dict[str, int]) -> None:
    outcome = of_closed(OPTIONS, own, typed, is_closed=True)

    if isinstance(outcome, Shown) and not outcome.kept_back:
        for choice, (least, most) in counted(outcome).items():
            assert least <= own.get(choice, 0) + typed.get(choice, 0) <= most


@given(arriving=st.lists(st.integers(0, 9), max_size=30))
def test_whole_blocks_move_the_picture_and_nothing_else(arriving: list[int]) -> None:
    waiting, shown, moves = 0, [], []
    for people in arriving:
        waiting += people
        if is_block(waiting):
            shown.append({"yes": waiting // 2, "no": waiting - waiting // 2})
            waiting = 0
        outcome = of_growing(OPTIONS, shown)
        moves.append(outcome.people if isinstance(outcome, Shown) else 0)

    steps = [after - before for before, after in zip([0, *moves], moves, strict=False)]
    assert [step for step in steps if 0 < step < 5] == []


@given(parts=parts)
def test_no_difference_of_parts_and_whole_is_a_small_group(parts: dict[str, dict[str, int]]) -> None:
    found = by_part(OPTIONS, parts)

    seen = [part.people for part in found.parts.values() if isinstance(part, Shown)]
    total = found.total.people if isinstance(found.total, Shown) else 0
    left = total - sum(seen)
    assert left == 0 or left >= 5
    assert found.rest is None or left == (found.rest.people if isinstance(found.rest, Shown) else 0)


def tallies(people: int) -> Iterator[Tally]:
    for yes in range(people + 1):
        for no in range(people - yes + 1):
            yield {"yes": yes, "no": no, NO_ANSWER: people - yes - no}


def same_picture(sizes: Sequence[int], picture: Callable[[World], object]) -> list[list[World]]:
    """Every set of answers of groups of these sizes, divided over what would be shown of it."""
    found: dict[str, list[World]] = defaultdict(list)
    for world in product(*(list(tallies(size)) for size in sizes)):
        found[repr(picture(world))].append(world)
    return list(found.values())


def exposed(worlds: Sequence[World], group: int) -> str | None:
    """The answer that everybody in a group must have given, when there is one."""
    for choice in CHOICES:
        if all(sum(world[group].values()) == world[group][choice] > 0 for world in worlds):
            return choice
    return None


def minus_own(worlds: Sequence[World], group: int, own: str) -> list[World]:
    """The worlds that somebody in a group still thinks possible, without that person."""
    return [
        tuple({**t, own: t[own] - 1} if at == group else t for at, t in enumerate(world))
        for world in worlds
        if world[group][own] > 0
    ]


def over_time(world: World) -> list[Outcome]:
    return [of_growing(OPTIONS, world[:number]) for number in range(1, len(world) + 1)]


def over_parts(world: World) -> ByPart:
    return by_part(OPTIONS, {str(number): part for number, part in enumerate(world)})


def closing(world: World) -> Outcome:
    return of_closed(OPTIONS, world[0], world[1], is_closed=True)


# How large the groups are, which of them are shown as one, and what is shown.
ATTACKS: Mapping[str, tuple[Sequence[int], Sequence[int], Callable[[World], object]]] = {
    "five at once": ((5,), (0,), over_time),
    "seven at once": ((7,), (0,), over_time),
    "five and then five": ((5, 5), (0, 1), over_time),
    "six, five and five": ((6, 5, 5), (0, 1, 2), over_time),
    "a newcomer": ((5, 1), (0, 1), over_time),
    "two large parts": ((5, 6), (0, 1), over_parts),
    "a small part beside a large one": ((7, 2), (0, 0), over_parts),
    "two small parts beside a large one": ((5, 3, 2), (0, 1, 1), over_parts),
    "one is small, so another joins": ((5, 6, 1), (0, 1, 0), over_parts),
    "papers alone": ((0, 6), (0, 1), closing),
    "few papers and enough others": ((5, 2), (0, 1), closing),
    "many papers and enough others": ((5, 5), (0, 1), closing),
    "many papers and a few others": ((3, 6), (0, 1), closing),
    "few of both": ((3, 3), (0, 1), closing),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_nobody_learns_for_certain_what_anyone_answered(name: str) -> None:
    sizes, _, picture = ATTACKS[name]

    seen = same_picture(sizes, picture)

    found = [(worlds[0], group) for worlds in seen for group in range(len(sizes)) if exposed(worlds, group)]
    assert found == []


@pytest.mark.parametrize("name", ATTACKS)
def test_subtracting_your_own_answer_tells_only_who_stands_alone_that_the_others_agree(name: str) -> None:
    sizes, shown_as, picture = ATTACKS[name]
    found = []

    for worlds in same_picture(sizes, picture):
        for group, own in product(range(len(sizes)), CHOICES):
            left = minus_own(worlds, group, own)
            for other in range(len(sizes)):
                answer = exposed(left, other) if left else None
                stands_alone = answer != own and shown_as[other] == shown_as[group]
                if answer is not None and not stands_alone:
                    found.append((worlds[0], group, own, other))

    assert found == []


@pytest.mark.parametrize("name", [name for name, (_, _, picture) in ATTACKS.items() if picture is closing])
def test_who_typed_in_the_papers_learns_nothing_certain_of_the_others(name: str) -> None:
    sizes, _, picture = ATTACKS[name]
    found = []

    for worlds in same_picture(sizes, picture):
        for papers in tallies(sizes[1]):
            left = [world for world in worlds if world[1] == papers]
            if left and exposed(left, 0):
                found.append((papers, left))

    assert found == []
