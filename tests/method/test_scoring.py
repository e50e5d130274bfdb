from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspraak.method.scoring import (
    Answer,
    Colour,
    Priority,
    colour,
    colours,
    points,
    priorities,
    priority,
    start_step,
    suggestions,
)
from tests.method.factory import make_edition, put

EDITION = make_edition()
ELEMENT = EDITION.elements[0]
STATEMENTS = [statement.id for element in EDITION.elements for statement in element.statements]
# From worst to best; no and unknown bring the same points and are both a gap at a critical statement.
ORDER: list[Answer] = ["unknown", "no", "partly", "yes"]
RAISED: dict[Answer, list[Answer]] = {
    "unknown": ["no", "partly", "yes"],
    "no": ["unknown", "partly", "yes"],
    "partly": ["yes"],
    "yes": [],
}
answer_sets = st.dictionaries(st.sampled_from(STATEMENTS), st.sampled_from(ORDER))
full_answer_sets = st.fixed_dictionaries({statement: st.sampled_from(ORDER) for statement in STATEMENTS})


def answered(*answers: Answer) -> dict[str, Answer]:
    """Answers to the statements of the first element, of which the first is critical."""
    return dict(zip([statement.id for statement in ELEMENT.statements], answers, strict=False))


@pytest.mark.parametrize(("answer", "expected"), [("yes", 2), ("partly", 1), ("no", 0), ("unknown", 0)])
def test_answer_brings_the_points_of_the_rule(answer: Answer, expected: int) -> None:
    brought = points(EDITION.rule, answer)

    assert brought == expected


def test_no_and_unknown_have_points_of_their_own() -> None:
    edition = make_edition(put("elements", "rule", "unknown", 1))

    brought = points(edition.rule, "no"), points(edition.rule, "unknown")

    assert brought == (0, 1)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (("yes", "yes", "yes", "yes"), "green"),
        (("yes", "yes", "yes", "no"), "green"),
        (("yes", "yes", "partly", "partly"), "green"),
        (("partly", "yes", "yes", "partly"), "green"),
        (("yes", "yes", "yes", "unknown"), "green"),
        (("yes", "yes", "partly", "no"), "orange"),
        (("no", "yes", "yes", "yes"), "orange"),
        (("unknown", "yes", "yes", "yes"), "orange"),
        (("no", "no", "no", "no"), "orange"),
        (("yes", "yes", "yes"), "grey"),
        (("no", "no"), "grey"),
        ((), "grey"),
    ],
)
def test_element_gets_its_colour_by_the_rule(answers: tuple[Answer, ...], expected: Colour) -> None:
    found = colour(EDITION.rule, ELEMENT, answered(*answers))

    assert found == expected


def test_every_element_has_a_colour_in_the_order_of_the_model() -> None:
    found = colours(EDITION, answered("yes", "yes", "yes", "yes"))

    assert list(found.items()) == [("element-1", "green"), *((f"element-{number}", "grey") for number in range(2, 10))]


def test_suggestions_come_from_what_is_answered_but_not_with_yes() -> None:
    found = suggestions(ELEMENT, answered("yes", "partly", "unknown"))

    assert [statement.suggestion for statement in found] == ["In nl do b", "In nl do c"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("green", "green", "normal"),
        ("green", "grey", "unknown"),
        ("grey", "grey", "unknown"),
        ("green", "orange", "high"),
        ("grey", "orange", "high"),
    ],
)
def test_step_gets_its_priority_from_its_elements(first: Colour, second: Colour, expected: Priority) -> None:
    edition = make_edition(put("steps", "phases", 0, "steps", 1, "elements", ["element-1", "element-2"]))

    found = priority(edition.steps[1], {"element-1": first, "element-2": second, "element-3": "orange"})

    assert found == expected


def test_step_without_elements_has_normal_priority() -> None:
    found = priority(EDITION.steps[0], {})

    assert found == "normal"


def test_every_step_has_a_priority_in_the_order_of_the_road() -> None:
    found = priorities(EDITION, colours(EDITION, answered("no", "no", "no", "no")))

    assert list(found.items()) == [
        ("step-0", "normal"),
        ("step-1", "high"),
        *((f"step-{number}", "unknown") for number in range(2, 10)),
    ]


def test_start_is_the_first_step_with_high_priority() -> None:
    found: dict[str, Priority] = dict.fromkeys([f"step-{number}" for number in range(10)], "normal")
    found |= {"step-6": "high", "step-4": "high", "step-2": "unknown"}

    step = start_step(EDITION, found)

    assert step == EDITION.steps[4]


def test_there_is_no_start_while_no_step_has_high_priority() -> None:
    found: dict[str, Priority] = dict.fromkeys([f"step-{number}" for number in range(10)], "normal")

    step = start_step(EDITION, found)

    assert step is None


def result(answers: Mapping[str, Answer]) -> tuple[dict[str, Colour], dict[str, Priority]]:
    found = colours(EDITION, answers)
    return found, priorities(EDITION, found)


def test_all_yes_is_green_everywhere_and_no_priority() -> None:
    found, steps = result(dict.fromkeys(STATEMENTS, "yes"))

    assert set(found.values()) == {"green"}
    assert set(steps.values()) == {"normal"}


def test_all_no_is_orange_everywhere_and_high_at_every_linked_step() -> None:
    found, steps = result(dict.fromkeys(STATEMENTS, "no"))

    assert set(found.values()) == {"orange"}
    assert [step for step, value in steps.items() if value != "high"] == ["step-0"]


@settings(deadline=None)  # how long an example takes on a busy machine is not the law
@given(answers=full_answer_sets, statement=st.sampled_from(STATEMENTS), data=st.data())
def test_better_answer_never_turns_green_into_orange_nor_raises_a_priority(
    answers: dict[str, Answer], statement: str, data: st.DataObject
) -> None:
    better = data.draw(st.sampled_from([answers[statement], *RAISED[answers[statement]]]))

    before, steps_before = result(answers)
    after, steps_after = result({**answers, statement: better})

    assert [element for element in before if before[element] == "green" and after[element] != "green"] == []
    assert [step for step in steps_before if steps_before[step] == "normal" and steps_after[step] != "normal"] == []


@settings(deadline=None)  # how long an example takes on a busy machine is not the law
@given(answers=answer_sets)
def test_element_is_grey_exactly_while_a_statement_is_unanswered(answers: dict[str, Answer]) -> None:
    found = colours(EDITION, answers)

    unfinished = [e.id for e in EDITION.elements if any(s.id not in answers for s in e.statements)]
    assert [element for element, value in found.items() if value == "grey"] == unfinished


@settings(deadline=None)  # how long an example takes on a busy machine is not the law
@given(answers=full_answer_sets)
def test_critical_gap_never_gives_green(answers: dict[str, Answer]) -> None:
    found = colours(EDITION, answers)

    gaps = [e.id for e in EDITION.elements if answers[e.statements[0].id] in ("no", "unknown")]
    assert [element for element in gaps if found[element] != "orange"] == []


@settings(deadline=None)  # how long an example takes on a busy machine is not the law
@given(answers=answer_sets)
def test_step_is_high_exactly_when_an_element_of_it_is_orange(answers: dict[str, Answer]) -> None:
    found, steps = result(answers)

    expected = [s.id for s in EDITION.steps if any(found[element] == "orange" for element in s.elements)]
    assert [step for step, value in steps.items() if value == "high"] == expected


@settings(deadline=None)  # how long an example takes on a busy machine is not the law
@given(answers=full_answer_sets)
def test_answers_to_other_statements_change_nothing(answers: dict[str, Answer]) -> None:
    own = {statement.id: answers[statement.id] for statement in ELEMENT.statements}

    found = colour(EDITION.rule, ELEMENT, answers)

    assert found == colour(EDITION.rule, ELEMENT, own)
