import pytest

from samenspraak.method.types import paragraphs
from tests.method.factory import make_edition, put


def test_newline_divides_paragraphs() -> None:
    parts = paragraphs("One.\nTwo.")

    assert parts == ("One.", "Two.")


def test_item_tells_whether_it_is_ours() -> None:
    edition = make_edition(put("tools", "tools", 0, "source", "manual: page 3"))

    tool, norm = edition.tools[0], edition.norms[0]

    assert (tool.is_ours, norm.is_ours) == (False, True)


def test_conditions_stand_in_the_order_of_their_categories() -> None:
    edition = make_edition()

    ids = [condition.id for condition in edition.conditions]

    assert ids == [f"condition-{number}" for number in range(1, 9)]


def test_steps_stand_in_the_order_of_their_phases() -> None:
    edition = make_edition()

    numbers = [step.number for step in edition.steps]

    assert numbers == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_condition_and_its_category_are_found_by_id() -> None:
    edition = make_edition()

    found = edition.condition("condition-3"), edition.category_of("condition-3")

    assert found == (edition.categories[1].conditions[0], edition.categories[1])


def test_unknown_condition_is_a_key_error() -> None:
    edition = make_edition()

    with pytest.raises(KeyError, match="capacity"):
        edition.condition("capacity")


def test_category_of_an_unknown_condition_is_a_key_error() -> None:
    edition = make_edition()

    with pytest.raises(KeyError, match="capacity"):
        edition.category_of("capacity")
