"""Each fault is made in the sound edition; a rule must find exactly that one, at its place."""

from typing import Any

import pytest

from samenspraak.method import rules
from samenspraak.method.places import Finding
from tests.method.factory import Change, make_edition, put

CONDITION = ("categories", 0, "conditions", 0)
FIRST = ("conditions", *CONDITION)


def found(*changes: Change) -> list[tuple[object, str]]:
    """Place and message of everything the rules find after the changes."""
    return [(finding.place, finding.message) for finding in rules.findings(make_edition(*changes))]


def test_sound_edition_has_no_findings() -> None:
    findings = list(rules.findings(make_edition()))

    assert findings == []


def test_finding_says_how_to_mend_it() -> None:
    edition = make_edition(put("norms", "norms", 0, "checked_on", "soon"))

    findings = list(rules.findings(edition))

    mend = "Write year-month-day: 2025-04-30"
    assert findings == [Finding(("norms", 0, "checked_on"), "'soon' is no day", mend)]


@pytest.mark.parametrize("text", ["Chain", "two words", "-a", "a-", "a--b", "a_b", "é", "x\n", "a:b"])
def test_id_in_another_form_is_found(text: str) -> None:
    edition = make_edition(put("glossary", "terms", 0, "id", text))

    findings = list(rules.ids(edition))

    message = f"The id '{text}' has another form than 'two-words'"
    assert findings == [Finding(("terms", 0, "id"), message, "Use a-z, 0-9 and -")]


def test_id_that_is_kept_for_organisations_is_found() -> None:
    place = ("categories", 0, "conditions", 0, "actions", 0, "id")
    edition = make_edition(put("conditions", *place, "own-act"))

    findings = list(rules.ids(edition))

    assert findings == [Finding(place, "The id 'own-act' begins with 'own-'", "Leave that to organisations")]


@pytest.mark.parametrize("text", ["chain", "a", "9", "two-words", "step-0"])
def test_id_in_lower_case_with_hyphens_is_fine(text: str) -> None:
    edition = make_edition(put("glossary", "terms", 0, "id", text))

    findings = list(rules.ids(edition))

    assert findings == []


def test_id_that_stands_twice_among_its_kind_is_found_across_categories() -> None:
    faults = found(put("conditions", "categories", 2, "conditions", 1, "actions", 0, "id", "condition-1-act"))

    place = ("categories", 2, "conditions", 1, "actions", 0, "id")
    assert faults == [(place, "The id 'condition-1-act' stands twice among kind 'action'")]


def test_same_id_at_two_kinds_is_fine() -> None:
    faults = found(put("glossary", "terms", 0, "id", "norm"))

    assert faults == []


def test_listing_item_may_not_stand_twice_in_one_listing() -> None:
    items = [{"id": "cost", "title": "one"}, {"id": "cost", "title": "two"}]

    faults = found(put(*FIRST, "listings", 0, "items", items))

    place = (*CONDITION, "listings", 0, "items", 1, "id")
    assert faults == [(place, "The id 'cost' stands twice among kind 'listing-item'")]


def test_listing_item_may_stand_in_two_listings() -> None:
    listings = [
        {"id": name, "source": "ours", "title": "t", "items": [{"id": "cost", "title": "one"}]} for name in "ab"
    ]

    faults = found(put(*FIRST, "listings", listings))

    assert faults == []


@pytest.mark.parametrize("source", ["ours", "manual: page 3", "manual: 6.4: cases"])
def test_source_that_leads_somewhere_is_fine(source: str) -> None:
    faults = found(put("tools", "tools", 0, "source", source))

    assert faults == []


@pytest.mark.parametrize("source", ["manual", "manual:", "manual:page 3", "manual:  ", "other: page 3", "Ours", "-"])
def test_source_that_leads_nowhere_is_found(source: str) -> None:
    edition = make_edition(put("tools", "tools", 0, "source", source))

    findings = list(rules.sources(edition))

    mend = "Write 'ours' or '<document>: <place>', with one of: manual"
    assert findings == [Finding(("tools", 0, "source"), f"The source '{source}' leads nowhere", mend)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'definition' is empty"),
        ("word ", "'definition' begins or ends with space"),
        ("\nword", "'definition' begins or ends with space"),
        ("one\n\ntwo", "'definition' holds an empty paragraph"),
        ("bell \x07 rings", "'definition' holds U+0007, which cannot be shown"),
        ("half \ud800 a sign", "'definition' holds U+D800, which cannot be shown"),
        ("private \ue000", "'definition' holds U+E000, which cannot be shown"),
        ("e\u0301e\u0301n", "'definition' holds letters in parts"),
        ("x" * 10_001, "'definition' has 10001 characters"),
    ],
)
def test_text_that_cannot_be_shown_is_found(text: str, message: str) -> None:
    faults = found(put("glossary", "terms", 0, "definition", text))

    assert faults == [(("terms", 0, "definition"), message)]


@pytest.mark.parametrize("text", ["x" * 10_000, "één\ntwee", "دعونا نتحدث", "a\tb", "🤝", "<b> & $ # ' \""])
def test_text_of_any_script_is_fine(text: str) -> None:
    faults = found(put("glossary", "terms", 0, "definition", text))

    assert faults == []


def test_empty_line_in_a_list_of_texts_is_found() -> None:
    faults = found(put(*FIRST, "signs", ["one", ""]))

    assert faults == [((*CONDITION, "signs", 1), "'signs' is empty")]


def test_title_of_the_edition_may_not_be_empty() -> None:
    faults = found(put("edition", "title", ""))

    assert faults == [(("title",), "'title' is empty")]


def test_texts_that_say_something_by_being_empty_may_be_empty() -> None:
    faults = found(
        put("edition", "documents", 0, "link", ""),
        put("tools", "tools", 0, "in_samenspraak", ""),
        put(*FIRST, "listings", 0, "about", ""),
        put(*FIRST, "listings", 0, "items", 0, "about", ""),
    )

    assert faults == []


def test_action_of_200_characters_is_fine() -> None:
    faults = found(put(*FIRST, "actions", 0, "text", "x" * 200))

    assert faults == []


def test_action_of_201_characters_is_found() -> None:
    edition = make_edition(put(*FIRST, "actions", 0, "text", "x" * 201))

    findings = list(rules.findings(edition))

    place = (*CONDITION, "actions", 0, "text")
    assert findings == [Finding(place, "'text' has 201 characters", "Make it at most 200")]


def test_label_of_26_characters_is_fine() -> None:
    faults = found(put("steps", "phases", 1, "steps", 2, "label", "x" * 26))

    assert faults == []


def test_label_of_27_characters_is_found() -> None:
    faults = found(put("steps", "phases", 1, "steps", 2, "label", "x" * 27))

    assert faults == [(("phases", 1, "steps", 2, "label"), "'label' has 27 characters")]


@pytest.mark.parametrize(
    ("road", "kind"),
    [
        ((*FIRST, "tools"), "tool"),
        (("elements", "elements", 0, "tools"), "tool"),
        (("steps", "phases", 0, "steps", 1, "tools"), "tool"),
        (("steps", "phases", 0, "steps", 1, "conditions"), "condition"),
        (("commitment", "commitment", "barriers", 0, "measures"), "measure"),
        (("questions", "questions", 0, "related"), "address"),
    ],
)
def test_list_that_points_at_nothing_is_found(road: tuple[Any, ...], kind: str) -> None:
    faults = found(put(*road, ["nowhere"]))

    message = f"'{road[-1]}' points at {kind} 'nowhere', which there is not"
    assert faults == [(road[1:], message)]


def test_benefit_with_a_motive_there_is_not_is_found() -> None:
    faults = found(put("business-case", "business_case", "benefits", 0, "motive", "greed"))

    place = ("business_case", "benefits", 0, "motive")
    assert faults == [(place, "'motive' points at motive 'greed', which there is not")]


def test_element_with_a_step_there_is_not_is_found() -> None:
    edition = make_edition(put("elements", "elements", 0, "steps", ["step-1", "step-10"]))

    findings = list(rules.references(edition))

    message = "'steps' points at step 'step-10', which there is not"
    assert findings == [Finding(("elements", 0, "steps"), message, "Point at one there is")]


def test_step_with_an_element_there_is_not_is_found() -> None:
    edition = make_edition(put("steps", "phases", 3, "steps", 0, "elements", ["element-8", "element-10"]))

    findings = list(rules.references(edition))

    message = "'elements' points at element 'element-10', which there is not"
    assert findings == [Finding(("phases", 3, "steps", 0, "elements"), message, "Point at one there is")]


def test_layer_with_an_element_there_is_not_is_found() -> None:
    faults = found(put("model", "model", "layers", 0, "elements", ["element-1", "element-10"]))

    place = ("model", "layers", 0, "elements")
    assert faults == [(place, "'elements' points at element 'element-10', which there is not")]


def test_pointing_twice_at_the_same_is_found() -> None:
    edition = make_edition(put(*FIRST, "tools", ["tool", "tool"]))

    findings = list(rules.findings(edition))

    assert findings == [Finding((*CONDITION, "tools"), "'tools' points twice at 'tool'", "Keep one")]


@pytest.mark.parametrize("address", ["motive:motive", "action:condition-1-act", "document:manual", "tool", "Tool:tool"])
def test_question_may_not_point_at_what_has_no_place_on_the_screen(address: str) -> None:
    faults = found(put("questions", "questions", 0, "related", [address]))

    message = f"'related' points at address '{address}', which there is not"
    assert faults == [(("questions", 0, "related"), message)]


@pytest.mark.parametrize("address", ["category:capacity", "statement:element-1-a", "step:step-0", "question:why"])
def test_question_may_point_at_any_item_with_a_place_on_the_screen(address: str) -> None:
    faults = found(put("questions", "questions", 0, "related", [address]))

    assert faults == []


@pytest.mark.parametrize(
    "link",
    [
        "http://ser.nl/x",
        "www.ser.nl",
        "https://",
        "https:///x",
        "https://ser",
        "https://a:b@ser.nl/",
        "https://ser.nl/a b",
        "https://[ser.nl",
    ],
)
def test_link_that_is_no_https_address_is_found(link: str) -> None:
    edition = make_edition(put("tools", "tools", 0, "link", link))

    findings = list(rules.findings(edition))

    message = f"The link '{link}' is no https address"
    assert findings == [Finding(("tools", 0, "link"), message, "Write https://host/path")]


def test_link_of_a_document_is_looked_at_too() -> None:
    faults = found(put("edition", "documents", 0, "link", "ftp://ser.nl/"))

    assert faults == [(("documents", 0, "link"), "The link 'ftp://ser.nl/' is no https address")]


def test_tool_without_a_link_is_found() -> None:
    faults = found(put("tools", "tools", 0, "link", ""))

    assert faults == [(("tools", 0, "link"), "'link' is empty")]


@pytest.mark.parametrize("text", ["2026-02-30", "20260131", "2026-W05-1", "31-01-2026", "2026-1-31", "today"])
def test_day_that_is_not_on_the_calendar_is_found(text: str) -> None:
    faults = found(put("norms", "norms", 0, "checked_on", text))

    assert faults == [(("norms", 0, "checked_on"), f"'{text}' is no day")]


@pytest.mark.parametrize("group", [[], ["gesprek"], ["gesprek", "Gesprek"], ["a", "b", "a"]])
def test_group_of_synonyms_without_two_different_words_is_found(group: list[str]) -> None:
    faults = found(put("search", "synonyms", [["x", "y"], group]))

    assert faults == [(("synonyms", 1), "A group needs two words or more, each once")]
