"""Each fault is made in the sound edition; a rule must find exactly that one, at its place."""

import pytest

from samenspraak.method import frame, rules
from samenspraak.method.places import Finding
from tests.method.factory import Change, make_edition, put

CONDITION = ("categories", 0, "conditions", 0)
FIRST = ("conditions", *CONDITION)
CATEGORIES = make_edition().categories
PHASES = make_edition().phases
STATEMENTS = make_edition().elements[4].statements
LAYERS = ("model", "layers")


def found(*changes: Change) -> list[tuple[object, str]]:
    """Place and message of everything any rule finds after the changes."""
    return [(finding.place, finding.message) for finding in rules.findings(make_edition(*changes))]


@pytest.mark.parametrize(
    ("changes", "place", "message"),
    [
        (
            [
                put(
                    "conditions",
                    "categories",
                    0,
                    "conditions",
                    [*CATEGORIES[0].conditions, CATEGORIES[1].conditions[0]],
                ),
                put("conditions", "categories", 1, "conditions", CATEGORIES[1].conditions[1:]),
            ],
            ("categories",),
            "The numbers of conditions per category: 3, 3, 2",
        ),
        ([put(*FIRST, "signs", [])], (*CONDITION, "signs"), "Condition 'condition-1' has no signs"),
        ([put(*FIRST, "actions", [])], (*CONDITION, "actions"), "Condition 'condition-1' has no actions"),
        (
            [put("elements", "elements", 0, "number", 2), put("elements", "elements", 1, "number", 1)],
            ("elements",),
            "The numbers of the elements: 2, 1, 3, 4, 5, 6, 7, 8, 9",
        ),
        (
            [put("elements", "elements", 4, "statements", STATEMENTS[:3])],
            ("elements", 4, "statements"),
            "The number of statements of 'element-5': 3",
        ),
        (
            [put("steps", "phases", 2, "steps", 0, "number", 8)],
            ("phases",),
            "The numbers of the steps: 0, 1, 2, 3, 4, 5, 6, 8, 8, 9",
        ),
        ([put("steps", "phases", 3, "number", 5)], ("phases",), "The numbers of the phases: 1, 2, 3, 5"),
        (
            [
                put("steps", "phases", 2, "steps", [*PHASES[2].steps, *PHASES[3].steps]),
                put("steps", "phases", 3, "steps", []),
            ],
            ("phases", 3, "steps"),
            "Phase 4 has no steps",
        ),
        (
            [put("elements", "elements", 0, "steps", ["step-1", "step-2"])],
            ("elements", 0, "steps"),
            "Step 'step-2' does not point back",
        ),
        (
            [put("steps", "phases", 0, "steps", 2, "elements", ["element-2", "element-1"])],
            ("phases", 0, "steps", 2, "elements"),
            "Element 'element-1' does not point back",
        ),
        (
            [put("model", *LAYERS, 0, "place", "ground")],
            LAYERS,
            "The places of the layers: ground, inner, outer, ground",
        ),
        (
            [put("model", *LAYERS, 3, "elements", ["element-8"])],
            LAYERS,
            "Element 'element-9' stands 0 times in the model",
        ),
        (
            [put("model", *LAYERS, 0, "elements", ["element-1", "element-9"])],
            LAYERS,
            "Element 'element-9' stands 2 times in the model",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_edition_with_another_frame_than_the_method_is_found(
    changes: list[Change], place: object, message: str
) -> None:
    faults = found(*changes)

    assert faults == [(place, message)]


def test_edition_without_categories_is_found() -> None:
    edition = make_edition(put("conditions", "categories", []))

    findings = list(frame.conditions(edition))

    message = "The numbers of conditions per category: none"
    assert findings == [Finding(("categories",), message, "Make it 2, 4, 2")]


def test_code_that_stands_twice_is_found_at_both() -> None:
    faults = found(put(*FIRST, "code", "V8"))

    message = "2 conditions have code 'V8'"
    assert faults == [((*CONDITION, "code"), message), (("categories", 2, "conditions", 1, "code"), message)]


def test_condition_without_examples_listings_and_tools_is_fine() -> None:
    faults = found(put(*FIRST, "examples", []), put(*FIRST, "listings", []), put(*FIRST, "tools", []))

    assert faults == []


def test_step_and_element_without_links_are_found() -> None:
    faults = found(put("steps", "phases", 0, "steps", 1, "elements", []), put("elements", "elements", 0, "steps", []))

    assert faults == [
        (("elements", 0, "steps"), "Element 'element-1' leads to no step"),
        (("phases", 0, "steps", 1, "elements"), "Step 'step-1' can never get priority"),
    ]


@pytest.mark.parametrize(
    ("field", "points"), [("partly", 3), ("no", 2), ("unknown", 2), ("no", -1), ("unknown", -1), ("yes", 0)]
)
def test_better_answer_with_fewer_points_is_found(field: str, points: int) -> None:
    edition = make_edition(put("elements", "rule", field, points), put("elements", "rule", "green_from", 8))

    findings = [finding for finding in frame.result_rule(edition) if finding.place == ("rule",)]

    mend = "Let points rise from no to partly to yes"
    assert findings == [Finding(("rule",), "A better answer brings fewer points", mend)]


@pytest.mark.parametrize("points", [0, 1, 2])
def test_partly_may_bring_as_much_as_its_neighbours(points: int) -> None:
    faults = found(put("elements", "rule", "partly", points))

    assert faults == []


@pytest.mark.parametrize("green_from", [0, 9, -1])
def test_green_that_comes_always_or_never_is_found(green_from: int) -> None:
    faults = found(put("elements", "rule", "green_from", green_from))

    assert faults == [(("rule", "green_from"), "Green comes always or never")]


@pytest.mark.parametrize("green_from", [1, 8])
def test_green_from_the_first_or_the_last_point_is_fine(green_from: int) -> None:
    faults = found(put("elements", "rule", "green_from", green_from))

    assert faults == []
