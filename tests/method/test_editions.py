"""The editions as they are shipped: the facts of the method that no edit may lose."""

import pytest

from samenspraak.method.check import check_edition, counts
from samenspraak.method.load import ROOT, editions, load_edition
from samenspraak.method.scoring import Answer, colours, priorities, start_step
from samenspraak.method.types import LANGUAGES, Language

every_edition = pytest.mark.parametrize("name", editions())
every_language = pytest.mark.parametrize("language", LANGUAGES)
PROMISED = {"categories": 3, "conditions": 8, "elements": 9, "statements": 36, "steps": 10, "phases": 4}
PROMISED |= {"blocks": 7, "worksheets": 6, "cards": 36, "roles": 6}


def test_there_is_an_edition() -> None:
    names = editions()

    assert names == ("2025-04",)


@every_edition
def test_edition_is_sound_in_every_language(name: str) -> None:
    problems = check_edition(name)

    assert [str(problem) for problem in problems] == []


@every_edition
def test_edition_says_where_it_comes_from(name: str) -> None:
    text = (ROOT / name / "SOURCE.md").read_text(encoding="utf-8")

    assert text.startswith(f"# Edition {name}\n")


@every_edition
@every_language
def test_edition_holds_what_the_method_promises(name: str, language: Language) -> None:
    numbers = counts(load_edition(name, language))

    assert {kind: numbers[kind] for kind in PROMISED} == PROMISED


@every_language
def test_conditions_stand_in_the_order_of_the_detail_pages(language: Language) -> None:
    edition = load_edition("2025-04", language)

    held = [[condition.code for condition in category.conditions] for category in edition.categories]

    assert held == [["V1", "V2"], ["V3", "V4", "V5", "V6"], ["V7", "V8"]]


@every_language
def test_every_condition_has_an_example_but_the_one_without_in_the_source(language: Language) -> None:
    edition = load_edition("2025-04", language)

    without = [c.code for c in edition.conditions if all(example.is_ours for example in c.examples)]

    assert without == ["V6"]


@every_language
def test_rule_for_colours_is_six_of_eight(language: Language) -> None:
    rule = load_edition("2025-04", language).rule

    assert (rule.yes, rule.partly, rule.no, rule.unknown, rule.green_from) == (2, 1, 0, 0, 6)
    assert rule.is_ours


@every_language
def test_critical_statements_are_those_of_the_design(language: Language) -> None:
    edition = load_edition("2025-04", language)

    critical = ["".join("*" if s.critical else "." for s in element.statements) for element in edition.elements]

    assert critical == ["*...", "**..", "**..", "*.*.", "..*.", "*..*", "*...", "..*.", "*..."]


@every_language
def test_only_steps_0_and_1_have_official_names(language: Language) -> None:
    edition = load_edition("2025-04", language)

    official = [step.number for step in edition.steps if step.has_official_name]

    assert official == [0, 1]


@every_language
def test_phases_hold_three_three_one_and_two_steps_besides_step_0(language: Language) -> None:
    edition = load_edition("2025-04", language)

    numbers = [[step.number for step in phase.steps] for phase in edition.phases]

    assert numbers == [[0, 1, 2, 3], [4, 5, 6], [7], [8, 9]]


@every_language
def test_elements_give_priority_to_the_steps_of_the_design(language: Language) -> None:
    edition = load_edition("2025-04", language)
    number = {element.id: element.number for element in edition.elements}

    linked = [sorted(number[element] for element in step.elements) for step in edition.steps]

    assert linked == [[], [1], [2, 7], [3], [1, 4], [8, 9], [3, 5, 6], [4, 5], [2, 4], [7, 8, 9]]


@every_language
@pytest.mark.parametrize(
    ("answer", "colour", "high", "start"),
    [("yes", "green", [], None), ("no", "orange", [1, 2, 3, 4, 5, 6, 7, 8, 9], 1)],
)
def test_same_answer_everywhere_gives_one_colour_and_its_priorities(
    answer: Answer, colour: str, high: list[int], start: int | None, language: Language
) -> None:
    edition = load_edition("2025-04", language)
    answers = {statement.id: answer for element in edition.elements for statement in element.statements}

    found = colours(edition, answers)
    steps = priorities(edition, found)
    first = start_step(edition, steps)

    assert list(found.values()) == [colour] * 9
    assert [step.number for step in edition.steps if steps[step.id] == "high"] == high
    assert (first and first.number) == start


@every_language
def test_every_statement_says_it_is_ours(language: Language) -> None:
    edition = load_edition("2025-04", language)

    borrowed = [
        statement.id for element in edition.elements for statement in element.statements if not statement.is_ours
    ]

    assert borrowed == []


@every_language
def test_disclaimer_says_we_stand_apart_from_the_ser(language: Language) -> None:
    edition = load_edition("2025-04", language)

    first = {"nl": "Samenspraak staat los van de SER", "en": "Samenspraak is independent of the SER"}[language]

    assert edition.disclaimer[: len(first)] == first
