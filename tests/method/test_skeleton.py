"""The Dutch edition stays sound; a fault is made in the English one and must be found there."""

from typing import Any

import pytest

from samenspraak.method.places import Finding
from samenspraak.method.skeleton import differences
from tests.method.factory import Change, drop, make_edition, put

CONDITION = ("categories", 0, "conditions", 0)
FIRST = ("conditions", *CONDITION)
LONG = "This sentence is long enough to be no coincidence."


def found(*changes: Change, dutch: tuple[Change, ...] = ()) -> list[tuple[object, str]]:
    findings = differences(make_edition(*dutch), make_edition(*changes, language="en"))
    return [(finding.place, finding.message) for finding in findings]


def test_translation_differs_in_words_alone() -> None:
    faults = found()

    assert faults == []


def test_difference_says_how_to_mend_it() -> None:
    english = make_edition(put("tools", "tools", 0, "sure", "partly"), language="en")

    findings = list(differences(make_edition(), english))

    message = "'sure' is 'partly' here and 'read' in the other language"
    assert findings == [Finding(("tools", 0, "sure"), message, "Make them the same")]


@pytest.mark.parametrize(
    ("road", "before", "after"),
    [
        ((*FIRST, "source"), "ours", "manual: page 3"),
        ((*FIRST, "code"), "V1", "C1"),
        (("elements", "rule", "green_from"), 6, 7),
        (("elements", "elements", 3, "statements", 0, "critical"), True, False),
        (("elements", "elements", 3, "number"), 4, 5),
        (("model", "model", "id"), "model", "other"),
        (("model", "model", "layers", 0, "place"), "core", "inner"),
        (("steps", "phases", 0, "steps", 0, "has_official_name"), True, False),
        (("norms", "norms", 0, "checked_on"), "2026-01-31", "2026-02-01"),
        (("facilitator", "facilitator", "need_questions", 0, "is_strong"), True, False),
        (("business-case", "business_case", "benefits", 0, "motive"), "motive", "greed"),
        (("tools", "tools", 0, "original_title"), "Werkblad", "Worksheet"),
        (("tools", "tools", 0, "kind"), "tool", "page"),
    ],
)
def test_what_is_no_language_must_be_the_same(road: tuple[Any, ...], before: object, after: object) -> None:
    faults = found(put(*road, after))

    message = f"'{road[-1]}' is '{after}' here and '{before}' in the other language"
    assert faults == [(road[1:], message)]


def test_item_left_out_of_the_translation_is_found_and_the_others_still_compared() -> None:
    faults = found(
        drop("elements", "elements", 1, "statements", 0),
        put("elements", "elements", 1, "statements", 0, "critical", True),
    )

    place = ("elements", 1, "statements")
    assert faults == [
        (place, "'statements' lacks element-2-a, which the other language has"),
        ((*place, 0, "critical"), "'critical' is 'True' here and 'False' in the other language"),
    ]


def test_item_only_the_translation_has_is_found() -> None:
    extra = {"id": "new", "source": "ours", "text": "New", "critical": False, "suggestion": "Do"}
    statements = list(make_edition(language="en").elements[1].statements)

    faults = found(put("elements", "elements", 1, "statements", [*statements, extra]))

    assert faults == [(("elements", 1, "statements"), "'statements' has new, which the other language lacks")]


def test_other_order_is_found() -> None:
    categories = make_edition(language="en").categories

    faults = found(put("conditions", "categories", [categories[1], categories[0], categories[2]]))

    assert faults == [(("categories",), "'categories' has another order in the other language")]


def test_other_number_of_lines_is_found() -> None:
    faults = found(put(*FIRST, "signs", ["One", "Two"]))

    assert faults == [((*CONDITION, "signs"), "'signs' has 2 items here and 1 in the other language")]


def test_item_that_stands_twice_on_one_side_is_found() -> None:
    term = make_edition(language="en").terms[0]

    faults = found(put("glossary", "terms", [term, term]))

    assert faults == [(("terms",), "'terms' has 2 items here and 1 in the other language")]


def test_list_of_references_must_be_the_same() -> None:
    faults = found(put("questions", "questions", 0, "related", ["model:model", "norm:norm"]))

    message = "'related' lacks condition:condition-1, which the other language has"
    assert faults == [(("questions", 0, "related"), message)]


def test_each_language_has_its_own_synonyms() -> None:
    faults = found(put("search", "synonyms", [["a", "b"], ["c", "d"]]), put("glossary", "terms", 0, "also", []))

    assert faults == []


def test_text_that_is_empty_in_one_language_is_found() -> None:
    faults = found(put("tools", "tools", 0, "in_samenspraak", "Under Ready"))

    assert faults == [(("tools", 0, "in_samenspraak"), "'in_samenspraak' is empty in one of the languages")]


def test_long_text_that_was_not_translated_is_found() -> None:
    change = put("glossary", "terms", 0, "definition", LONG[:40])

    faults = found(change, dutch=(change,))

    assert faults == [(("terms", 0, "definition"), "'definition' is the same text in both languages")]


@pytest.mark.parametrize(
    "road",
    [
        ("edition", "documents", 0, "publisher"),
        ("norms", "norms", 0, "reference"),
        ("norms", "norms", 0, "title"),
    ],
)
def test_name_of_a_document_may_be_the_same(road: tuple[Any, ...]) -> None:
    change = put(*road, LONG)

    faults = found(change, dutch=(change,))

    assert faults == []


def test_link_may_lead_to_a_page_in_the_own_language() -> None:
    faults = found(
        put("tools", "tools", 0, "link", "https://www.example.org/en"),
        put("edition", "documents", 0, "link", "https://www.example.org/en"),
    )

    assert faults == []


def test_link_that_one_language_lacks_is_found() -> None:
    faults = found(put("edition", "documents", 0, "link", ""))

    assert faults == [(("documents", 0, "link"), "'link' is empty in one of the languages")]


def test_short_text_may_be_the_same() -> None:
    change = put("glossary", "terms", 0, "definition", LONG[:39])

    faults = found(change, dutch=(change,))

    assert faults == []
