"""What comes in about mandate, hours, budget and team: read as it was meant, or sent back with a message at the field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from samenspraak.readiness.forms import MOST_OWN_LINES, Filled, shown_rows
from samenspraak.readiness.forms.instruments import parse_quarters
from samenspraak.readiness.models import BudgetLine, HoursLine

ITEMS = {"travel": ("Reizen", "De dagen onderweg"), "room": ("Zaal", "")}


def filled(kind: str, **fields: Any) -> Filled:
    with translation.override("nl"):
        found = Filled(kind, {"version": "0", **{name.replace("__", "-"): v for name, v in fields.items()}}, ITEMS)
        found.is_valid()
    return found


def errors(found: Filled) -> dict[str, list[str]]:
    return {cell.html_name: list(cell.errors) for row in found.rows for cell in row.cells.values() if cell.errors}


@pytest.mark.parametrize(
    ("typed", "quarters"), [("1,5", 6), ("1.5", 6), ("0.25", 1), ("2,00", 8), ("3", 12), ("0", 0), (" 1 000 ", 4000)]
)
def test_hours_are_typed_with_a_comma_or_a_point(typed: str, quarters: int) -> None:
    assert parse_quarters(typed) == quarters


@pytest.mark.parametrize(
    ("typed", "code", "says"),
    [
        ("-2", "negative", "minteken"),
        ("1000000000000", "too-many", "2000"),
        ("veel", "hours", "1,5"),
        ("1.234", "hours", "1,5"),
        ("1:30", "hours", "1,5"),
        ("1,3", "quarters", "1,25 of 1,5"),
    ],
)
def test_other_hours_are_refused_with_what_helps(typed: str, code: str, says: str) -> None:
    with translation.override("nl"), pytest.raises(ValidationError) as raised:
        parse_quarters(typed)

    assert (raised.value.code, says in raised.value.message) == (code, True)


@pytest.mark.parametrize(
    ("fields", "wrong", "says"),
    [
        ({"travel__hours": "-2"}, "travel-hours", "nul of meer"),
        ({"travel__hours": "1", "travel__people": "1,5"}, "travel-people", "heel aantal"),
        ({"travel__hours": "1", "travel__people": "0"}, "travel-people", "minstens één"),
        ({"travel__hours": "1", "travel__people": "10000000000000"}, "travel-people", "500"),
        ({"own__1__hours": "1"}, "own-1-title", "naam"),
    ],
)
def test_what_is_wrong_with_hours_stands_at_the_field(fields: dict[str, str], wrong: str, says: str) -> None:
    found = errors(filled("hours", **fields))

    assert list(found) == [wrong]
    assert says in found[wrong][0]


@pytest.mark.parametrize(
    ("fields", "wrong", "says"),
    [
        ({"low": "6", "expected": "5"}, "room-low", "meer dan je verwacht (€\xa05)"),
        ({"expected": "5", "high": "4,99"}, "room-high", "minder dan je verwacht"),
        ({"low": "6", "high": "4"}, "room-high", "minder dan laag"),
        ({"expected": "1,234"}, "room-expected", "twee manieren"),
        ({"expected": "1000000000000"}, "room-expected", "te groot"),
        ({"currency": "XXX"}, "room-currency", "munt uit de lijst"),
        ({"period": "soms"}, "room-period", "eenmalig of per jaar"),
        ({"meeting": "soms"}, "room-meeting", "op locatie"),
    ],
)
def test_what_is_wrong_with_a_cost_stands_at_the_field(fields: dict[str, str], wrong: str, says: str) -> None:
    found = errors(filled("budget", **{f"room__{name}": value for name, value in fields.items()}))

    assert list(found) == [wrong]
    assert says in found[wrong][0]


def test_a_cost_is_kept_in_whole_cents() -> None:
    found = filled("budget", room__low="1.000", room__expected="1.234,56", room__currency="USD", room__period="yearly")

    [line] = found.draft()["lines"]
    assert (line["item_id"], line["currency"], line["low"], line["expected"]) == ("room", "USD", 100000, 123456)
    assert (line["high"], line["is_yearly"], line["meeting"]) == (None, True, "")


@pytest.mark.parametrize("kind", ["mandate", "hours", "budget", "team"])
def test_lines_in_which_nothing_was_filled_in_are_no_lines(kind: str) -> None:
    found = filled(kind, travel__people="1", travel__currency="EUR", own__1__title=" ", own__2__title="")

    assert (found.is_valid(), found.draft()["lines"]) == (True, [])


def test_a_name_in_the_team_that_is_a_colleague_is_that_colleague() -> None:
    member = make_member_unsaved()

    found = Filled("team", {"version": "0", "room-who": member.label, "travel-who": "Yara"}, ITEMS, [member])

    assert found.is_valid()
    assert [(line["who"], line["member"]) for line in found.draft()["lines"]] == [
        ("Yara", None),
        (member.label, member),
    ]


def make_member_unsaved() -> Any:
    from samenspraak.people.models import Member, Person

    return Member(person=Person(name="Bram"), function="inkoop")


def test_a_day_until_which_it_holds_is_a_day() -> None:
    good, wrong = filled("mandate", room__until_on="30-04-2027"), filled("mandate", room__until_on="31-04-2027")

    assert good.draft()["lines"][0]["until_on"] == date(2027, 4, 30)
    assert list(errors(wrong)) == ["room-until_on"]


def test_too_many_lines_of_ones_own_are_said_and_all_come_back() -> None:
    fields = {f"own-{n}-title": f"Regel {n}" for n in range(1, MOST_OWN_LINES + 2)}

    found = Filled("team", {"version": "0", **fields}, {})

    assert (found.is_valid(), str(MOST_OWN_LINES) in found.problem) == (False, True)
    assert [row.cells["title"].value() for row in found.rows] == list(fields.values())


def test_own_lines_keep_their_order_and_strange_fields_are_left() -> None:
    fields = {
        "own-10-title": "Tien",
        "own-2-title": "Twee",
        "own-0-title": "Nul",
        "own-9999-title": "Te hoog",
        "x": "y",
    }

    found = Filled("team", {"version": "0", **fields}, {})

    assert found.is_valid()
    assert [line["title"] for line in found.draft()["lines"]] == ["Twee", "Tien"]


@pytest.mark.parametrize(("language", "hours", "amount"), [("nl", "1,5", "1.234,50"), ("en", "1.5", "1,234.50")])
def test_what_is_kept_is_shown_in_the_language_of_the_page(language: str, hours: str, amount: str) -> None:
    with translation.override(language):
        [time] = shown_rows("hours", [HoursLine(title="Bellen", quarters=6)], {}, blank=0)
        [cost] = shown_rows("budget", [BudgetLine(title="Tolk", expected=123450, is_yearly=True)], {}, blank=0)

    assert (time.cells["hours"].value(), time.cells["people"].value()) == (hours, 1)
    assert [cost.cells[name].value() for name in ("low", "expected", "period")] == ["", amount, "yearly"]


def test_blank_lines_stop_where_no_more_lines_fit() -> None:
    own = [HoursLine(title=f"Regel {n}", quarters=1) for n in range(MOST_OWN_LINES - 1)]

    rows = shown_rows("hours", own, ITEMS, blank=900)

    assert (len(rows), rows[0].is_own, rows[-1].is_own) == (len(ITEMS) + MOST_OWN_LINES, False, True)
