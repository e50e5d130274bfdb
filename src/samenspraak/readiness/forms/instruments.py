"""What comes in about mandate, hours, budget and team: one form for all lines, each line with fields of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenspraak.people.models import Member
from samenspraak.ui.fields import Day, Text, UnsentField
from samenspraak.ui.jinja import quantity
from samenspraak.ui.money import CURRENCIES, MONEY_FIELDS, Money, amount_text, money_text, parse_money

MOST_OWN_LINES = 40
MOST_HOURS = 2000
MOST_PEOPLE = 500
_OWN = re.compile(r"own-([1-9][0-9]{0,2})-[a-z_]+")


class LineForm(forms.Form):
    """One line; ``item_id`` is that of the edition, empty for a line of one's own, which then needs a title."""

    prefix = "own-1"
    title = Text(required=False, max_length=120)

    item_id = ""
    nothing: Mapping[str, Any] = {}

    def clean(self) -> dict[str, Any]:
        """A line of one's own that says something has a name."""
        values = super().clean() or {}
        if not self.item_id and not self.errors and not values.get("title") and self.draft():
            self.add_error("title", _("Give this line a name. What else you typed in it is still there."))
        return values

    def values(self) -> dict[str, Any]:
        """What was filled in, checked, as the draft takes it."""
        return dict(self.cleaned_data)

    def draft(self) -> dict[str, Any] | None:
        """The line, as the draft of its kind takes it; None when nothing was filled in."""
        found = self.values()
        is_empty = all(value in (None, "", False) or value == self.nothing.get(name) for name, value in found.items())
        return None if is_empty else {**found, "item_id": self.item_id}


class MandateLineForm(LineForm):
    """How far one may go on one topic."""

    may_promise = Text(required=False, is_long=True, max_length=2000)
    must_ask = Text(required=False, is_long=True, max_length=2000)
    not_possible = Text(required=False, is_long=True, max_length=2000)
    by_whom = Text(required=False, max_length=120)
    until_on = Day(required=False)


def parse_quarters(text: str) -> int:
    """Quarters of an hour from hours typed with a comma or a point; raises ``ValidationError`` with what helps."""
    typed = "".join(text.split())
    if re.fullmatch(r"-[0-9]+([.,][0-9]*)?", typed):
        raise ValidationError(_("Hours are zero or more. Leave out the minus sign."), code="negative")
    if not re.fullmatch(r"[0-9]{1,40}([.,][0-9]{0,2})?", typed):
        raise ValidationError(
            _("“%(value)s” is not a number of hours. Write it as %(example)s.")
            % {"value": text[:40], "example": quantity(Decimal("1.5"))},
            code="hours",
        )
    hours = Decimal(typed.replace(",", "."))
    if hours > MOST_HOURS:
        raise ValidationError(
            _("That is more than somebody works in a year. At most %(most)s hours for each person fit.")
            % {"most": quantity(Decimal(MOST_HOURS))},
            code="too-many",
        )
    quarters = hours * 4
    if quarters != int(quarters):
        below = Decimal(int(quarters)) / 4
        raise ValidationError(
            _("Count in quarters of an hour: write %(below)s or %(above)s.")
            % {"below": quantity(below), "above": quantity(below + Decimal("0.25"))},
            code="quarters",
        )
    return int(quarters)


class HoursLineForm(LineForm):
    """What one part takes for each person, and how many people it takes."""

    nothing = {"quarters": 0, "people": 1}
    hours = Text(required=False, max_length=60)
    people = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        error_messages={
            "invalid": gettext_lazy("Write a whole number of people, such as 2."),
            "min_value": gettext_lazy("Count at least one person, or leave it empty."),
            "max_value": gettext_lazy("At most 500 people fit."),
        },
    )

    def clean_hours(self) -> int:
        """Quarters of an hour."""
        typed: str = self.cleaned_data["hours"]
        return parse_quarters(typed) if typed else 0

    def values(self) -> dict[str, Any]:
        """Nobody filled in is one person."""
        given = self.cleaned_data
        return {"title": given["title"], "quarters": given.get("hours") or 0, "people": given.get("people") or 1}


class BudgetLineForm(LineForm):
    """One cost: low, expected and high in one currency, once or every year, for meeting or for talking online."""

    nothing = {"currency": "EUR"}
    low = Text(required=False, max_length=60)
    expected = Text(required=False, max_length=60)
    high = Text(required=False, max_length=60)
    currency = forms.ChoiceField(
        required=False,
        choices=[(code, code) for code in CURRENCIES],
        error_messages={"invalid_choice": gettext_lazy("Choose a currency from the list.")},
    )
    period = forms.ChoiceField(
        required=False,
        choices=[("", ""), ("yearly", "yearly")],
        error_messages={"invalid_choice": gettext_lazy("Choose once or every year.")},
    )
    meeting = forms.ChoiceField(
        required=False,
        choices=[("", ""), ("in-person", "in-person"), ("online", "online")],
        error_messages={"invalid_choice": gettext_lazy("Choose in person, online or both.")},
    )

    def clean(self) -> dict[str, Any]:
        """Amounts in their currency; low is at most what is expected, and high at least."""
        values = self.cleaned_data
        currency = values.get("currency") or "EUR"
        self.amounts: dict[str, Money | None] = {}
        for name in MONEY_FIELDS:
            try:
                self.amounts[name] = parse_money(values.get(name, ""), currency)
            except ValidationError as problem:
                self.add_error(name, problem)
        self._check_order()
        return super().clean()

    def _check_order(self) -> None:
        low, expected, high = (self.amounts.get(name) for name in MONEY_FIELDS)
        if low and expected and low.minor > expected.minor:
            text = _("This is more than what you expect (%(expected)s). Low is at most that.")
            self.add_error("low", text % {"expected": money_text(expected)})
        if high and expected and high.minor < expected.minor:
            text = _("This is less than what you expect (%(expected)s). High is at least that.")
            self.add_error("high", text % {"expected": money_text(expected)})
        if low and high and not expected and low.minor > high.minor:
            self.add_error("high", _("This is less than low (%(low)s).") % {"low": money_text(low)})

    def values(self) -> dict[str, Any]:
        """Whole cents."""
        given = self.cleaned_data
        amounts = {name: money.minor if money else None for name, money in self.amounts.items()}
        return {
            "title": given["title"],
            "currency": given.get("currency") or "EUR",
            "is_yearly": given.get("period") == "yearly",
            "meeting": given.get("meeting", ""),
            **amounts,
        }


class TeamLineForm(LineForm):
    """What one team does, and who by name."""

    who = Text(required=False, max_length=240)
    leads = forms.BooleanField(required=False)
    gives_input = forms.BooleanField(required=False)
    wants_results = forms.BooleanField(required=False)
    helps = forms.BooleanField(required=False)

    members: Mapping[str, Member] = {}

    def values(self) -> dict[str, Any]:
        """A name that is that of one colleague is that colleague."""
        return {**self.cleaned_data, "member": self.members.get(self.cleaned_data["who"])}


LINE_FORMS: dict[str, type[LineForm]] = {
    "mandate": MandateLineForm,
    "hours": HoursLineForm,
    "budget": BudgetLineForm,
    "team": TeamLineForm,
}


class InstrumentForm(forms.Form):
    """What stands above the lines."""

    about = Text(required=False, max_length=160)
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)


@dataclass(frozen=True)
class Row:
    """A line on the page: its key, what the edition calls it, and its fields by name."""

    key: str
    title: str
    about: str
    cells: Mapping[str, Any]

    @property
    def is_own(self) -> bool:
        """Whether it is a line of one's own."""
        return not self.title


class Filled:
    """All lines of one instrument as they were sent. ``items`` are those of the edition: id → title and explanation."""

    def __init__(
        self, kind: str, data: Mapping[str, Any], items: Mapping[str, tuple[str, str]], members: Iterable[Member] = ()
    ) -> None:
        self.kind, self.data, self.items = kind, data, items
        self.head = InstrumentForm(data)
        labels: dict[str, Member] = {m.label: m for m in members}
        numbers = sorted({int(found[1]) for key in data if (found := _OWN.fullmatch(key))})
        self.forms = [self._line(f"own-{number}", "", labels) for number in numbers]
        self.forms = [*(self._line(key, key, labels) for key in items), *self.forms]

    def _line(self, key: str, item_id: str, labels: Mapping[str, Member]) -> LineForm:
        form = LINE_FORMS[self.kind](self.data, prefix=key)
        form.item_id = item_id
        if isinstance(form, TeamLineForm):
            form.members = labels
        return form

    def is_valid(self) -> bool:
        """Whether every line is as it should be, and there are not too many."""
        self.problem = ""
        is_fine = all([self.head.is_valid(), *(form.is_valid() for form in self.forms)])
        if is_fine and sum(not line["item_id"] for line in self.lines()) > MOST_OWN_LINES:
            self.problem = _("At most %(most)s lines of your own fit. Join a few together.") % {"most": MOST_OWN_LINES}
        return is_fine and not self.problem

    def lines(self) -> list[dict[str, Any]]:
        """The lines that say something, as their drafts take them."""
        return [draft for form in self.forms if (draft := form.draft())]

    def draft(self) -> dict[str, Any]:
        """Everything that was filled in, checked, as ``draft_of`` takes it."""
        return {**self.head.cleaned_data, "kind": self.kind, "lines": self.lines()}

    @property
    def rows(self) -> list[Row]:
        """As the page shows them, with what was typed and what is wrong with it."""
        return [
            Row(str(form.prefix), *self.items.get(form.item_id, ("", "")), {n: form[n] for n in form.fields})
            for form in self.forms
        ]


def shown_rows(kind: str, lines: Sequence[Any], items: Mapping[str, tuple[str, str]], *, blank: int) -> list[Row]:
    """The rows of a page on which nothing was sent yet: of the edition, of one's own, and some to fill in."""
    form = LINE_FORMS[kind]
    by_item = {line.item_id: line for line in lines if line.item_id}
    own = [line for line in lines if not line.item_id]
    blanks = max(0, min(blank, MOST_OWN_LINES - len(own)))
    rows = [_row(form, key, by_item.get(key), *said) for key, said in items.items()]
    return rows + [_row(form, f"own-{n}", line) for n, line in enumerate([*own, *[None] * blanks], start=1)]


def _shown(form: type[LineForm], line: Any) -> dict[str, Any]:
    """What stands in the fields of a line that is kept, as people write it in the language of the page."""
    values = {name: getattr(line, name, "") for name in form.base_fields}
    if form is HoursLineForm:
        values["hours"] = quantity(line.hours) if line.quarters else ""
        values["people"] = line.people if line.people > 1 or line.quarters else ""
    if form is BudgetLineForm:
        values["period"] = "yearly" if line.is_yearly else ""
        for name in MONEY_FIELDS:
            minor: int | None = getattr(line, name)
            values[name] = "" if minor is None else amount_text(Money(minor, line.currency))
    return values


def _row(form: type[LineForm], key: str, line: Any, title: str = "", about: str = "") -> Row:
    values = _shown(form, line) if line is not None else {}
    cells = {name: UnsentField(f"{key}-{name}", values.get(name), field) for name, field in form.base_fields.items()}
    return Row(key, title, about, cells)
