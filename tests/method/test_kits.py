"""Sector kits: read strictly, checked against the edition, and complete as they are shipped."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from samenspraak.method.check import check_kits
from samenspraak.method.kit_rules import kit_findings
from samenspraak.method.kits import KITS, kit_ids, load_kits, read_kit
from samenspraak.method.load import editions, load_edition
from samenspraak.method.places import walk
from samenspraak.method.problem import EditionError
from samenspraak.method.types import LANGUAGES, Language
from tests.method.factory import make_edition
from tests.method.workshop_factory import kit, make_kit, write_kit

every_language = pytest.mark.parametrize("language", LANGUAGES)
NEWEST = editions()[-1]


def found(**changes: Any) -> list[tuple[object, str]]:
    return [(finding.place, finding.message) for finding in kit_findings(make_kit(**changes), make_edition())]


def changed(field: str, number: int, **values: Any) -> dict[str, Any]:
    """A field of the kit with one of its items changed."""
    items = kit("nl")[field]
    items[number] |= values
    return {field: items}


def test_a_sound_kit_has_no_findings() -> None:
    assert found() == []


def test_a_kit_that_claims_a_source_or_no_version_is_found() -> None:
    faults = found(source="manual: page 1", version=0)

    assert faults == [
        (("source",), "The source is 'manual: page 1'"),
        (("version",), "The version is 0"),
    ]


def test_texts_and_ids_keep_the_rules_of_an_edition() -> None:
    faults = found(title="", **changed("events", 1, id="event-0"))

    assert [message for _, message in faults] == [
        "The id 'event-0' stands twice among kind 'event'",
        "'title' is empty",
    ]


@pytest.mark.parametrize("count", [7, 13])
def test_other_than_eight_to_twelve_stakeholders_are_found(count: int) -> None:
    first = kit("nl")["stakeholders"][0]

    faults = found(stakeholders=[first | {"id": f"group-{number}"} for number in range(count)])

    assert faults == [(("stakeholders",), f"There are {count} stakeholders")]


def test_a_kit_in_which_nobodys_rights_are_at_stake_is_found() -> None:
    faults = found(**changed("stakeholders", 0, is_rights_holder=False))

    assert faults == [(("stakeholders",), "Nobody's rights are at stake")]


def test_another_number_of_events_is_found() -> None:
    assert found(events=[]) == [(("events",), "There are 0 events")]


def test_what_does_not_fit_on_a_card_is_found() -> None:
    faults = found(**changed("roles", 0, red_line="x" * 221), **changed("events", 3, text="x" * 221))

    assert faults == [
        (("roles", 0, "red_line"), "'red_line' has 221 characters"),
        (("events", 3, "text"), "'text' has 221 characters"),
    ]


def test_roles_boxes_and_elements_are_those_of_the_edition() -> None:
    faults = found(roles=[], **changed("filled", 0, id="box-x"), **changed("stories", 0, element="love"))

    assert faults == [
        (("roles",), "'roles' holds nothing"),
        (("filled",), f"'filled' holds box-x, {', '.join(f'box-{letter}' for letter in 'bcdefghij')}"),
        (("stories", 0, "element"), "'element' points at element 'love', which there is not"),
    ]


def test_every_fault_of_every_kit_is_told_at_once(tmp_path: Path) -> None:
    root = write_kit(write_kit(tmp_path, nl={"version": "one"}), "other", nl={"colour": "red"})

    with pytest.raises(EditionError) as caught:
        load_kits("nl", root)

    assert [(problem.file, problem.message) for problem in caught.value.problems] == [
        ("kits/other/nl.yaml", "Kit has no field 'colour'"),
        ("kits/small/nl.yaml", "'version' does not fit"),
    ]


def test_a_kit_lacking_a_language_is_told(tmp_path: Path) -> None:
    root = write_kit(tmp_path)
    (root / "small" / "en.yaml").unlink()

    reading = read_kit("small", "en", root)

    assert (reading.kit, [problem.message for problem in reading.problems]) == (None, ["This file is missing"])


def test_a_kit_of_ones_own_comes_after_ours(tmp_path: Path) -> None:
    for name in ("zebra", "neutral", "apples", "clothing"):
        write_kit(tmp_path, name)

    assert kit_ids(tmp_path) == ("clothing", "neutral", "apples", "zebra")


def test_the_five_kits_are_there() -> None:
    assert kit_ids() == ("clothing", "natural-stone", "food-and-drink", "electronics", "neutral")


def test_the_kits_are_sound_in_both_languages() -> None:
    assert [str(problem) for problem in check_kits(load_edition(NEWEST, "nl"), KITS)] == []


@every_language
def test_every_kit_tells_a_case_of_its_own(language: Language) -> None:
    kits = load_kits(language)

    for field in ("title", "company", "topic", "circumstances", "question"):
        assert len({getattr(one.case, field) for one in kits}) == len(kits) == 5


@every_language
def test_every_kit_has_cards_for_before_during_and_after(language: Language) -> None:
    moments = [{event.moment for event in one.events} for one in load_kits(language)]

    assert moments == [{"before", "during", "after"}] * 5


@every_language
def test_every_secret_is_a_secret(language: Language) -> None:
    for one in load_kits(language):
        for role in one.roles:
            told = (role.public_goal, role.private_worry, role.if_trust, role.red_line)

            assert len(set(told)) == 4


@every_language
def test_the_example_of_each_kit_asks_five_open_questions(language: Language) -> None:
    for one in load_kits(language):
        (lines,) = [filled.lines for filled in one.filled if filled.id == "questions"]

        assert (len(lines), [line[-1] for line in lines[1:]]) == (6, ["?"] * 5)


def test_the_hours_of_each_example_add_up() -> None:
    for one in load_kits("nl"):
        (lines,) = [filled.lines for filled in one.filled if filled.id == "costs"]
        *parts, total = [int(number) for number in re.findall(r"\d+", lines[0])]

        assert sum(parts) == total


def test_dutch_quotes_in_dutch_and_english_quotes_in_english() -> None:
    for language, strange in zip(LANGUAGES, ("“”\"'", "\"'‘"), strict=True):
        texts = [value for one in load_kits(language) for _, value in walk(one) if isinstance(value, str)]

        assert [text for text in texts if set(text) & set(strange)] == []
