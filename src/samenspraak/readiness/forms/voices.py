"""What comes in when colleagues are asked, and what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samenspraak.method.standing import ANSWERS
from samenspraak.method.types import Condition
from samenspraak.people.forms import LANGUAGES, Address
from samenspraak.people.models import Member
from samenspraak.ui.fields import Text

MOST_AT_ONCE = 200
MOST_TEXT = 60_000
NAMED = ("named", "nameless")
_NAME_AND_ADDRESS = re.compile(r"\"?(?P<name>[^\"<>]*?)\"?\s*<(?P<address>[^<>]+)>")


class InquiryForm(forms.Form):
    """Whom to ask about which conditions, with their names or without."""

    conditions = forms.MultipleChoiceField(
        error_messages={
            "required": gettext_lazy("Choose at least one condition."),
            "invalid_choice": gettext_lazy("Choose from the conditions of this round."),
        }
    )
    colleagues = forms.MultipleChoiceField(
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("Choose a colleague from the list. Somebody who left is no longer in it.")
        },
    )
    people = Text(required=False, is_long=True, max_length=MOST_TEXT)
    language = forms.ChoiceField(choices=LANGUAGES)
    names = forms.ChoiceField(
        choices=[(kind, kind) for kind in NAMED],
        error_messages={
            "required": gettext_lazy("Choose with or without names. You cannot change it for people you have asked."),
            "invalid_choice": gettext_lazy("Choose with or without names."),
        },
    )
    message = Text(required=False, is_long=True, max_length=2000)
    once = forms.UUIDField()

    def __init__(
        self, *args: Any, conditions: Sequence[Condition] = (), members: Sequence[Member] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.members = {str(member.pk): member for member in members}
        for name, choices in (("conditions", [c.id for c in conditions]), ("colleagues", list(self.members))):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [(choice, choice) for choice in choices]

    def clean_people(self) -> list[tuple[str, str]]:
        """Address and name of everybody who was typed or pasted; says which pieces are no address."""
        found, wrong = [], []
        for piece in _pieces(self.cleaned_data["people"]):
            match = _NAME_AND_ADDRESS.fullmatch(piece)
            name, address = (match["name"].strip(), match["address"]) if match else ("", piece)
            try:
                email = Address().clean(address)
            except forms.ValidationError:
                wrong.append(piece[:60])
            else:
                found.append((email, name[:120] or email[:120]))
        if wrong:
            raise forms.ValidationError(_wrong(wrong), code="address")
        return found

    def clean(self) -> dict[str, Any]:
        """Somebody has to be asked, and not the whole world at once."""
        values = super().clean() or {}
        if not self.errors:
            number = len(self.addressees())
            if not number:
                self.add_error("people", _("Choose a colleague, or type an address."))
            elif number > MOST_AT_ONCE:
                self.add_error(
                    "people",
                    _("These are %(number)s people. Up to %(most)s at once is fine: ask the others after this.")
                    % {"number": number, "most": MOST_AT_ONCE},
                )
        return values

    def addressees(self) -> list[tuple[str, str, str]]:
        """Address, name and language of everybody to ask, each address once; a colleague as the colleague is known."""
        chosen = [self.members[pk] for pk in self.cleaned_data["colleagues"]]
        known = {m.person.email: (m.person.name, m.person.language) for m in self.members.values()}
        wanted = {m.person.email: known[m.person.email] for m in chosen}
        for email, name in self.cleaned_data["people"]:
            wanted.setdefault(email, known.get(email, (name, self.cleaned_data["language"])))
        return [(email, *who) for email, who in wanted.items()]

    def draft(self) -> dict[str, Any]:
        """What they are asked, as ``InquiryDraft`` takes it."""
        values = self.cleaned_data
        return {
            "conditions": tuple(values["conditions"]),
            "is_named": values["names"] == "named",
            "message": values["message"],
            "once": UUID(str(values["once"])),
        }


def _pieces(text: str) -> list[str]:
    """One piece for each person: a line, what stands between semicolons, or between commas where no name has one."""
    found = []
    for line in re.split(r"[\n;]", text):
        found += [line] if line.count("@") < 2 else re.split(r",(?=[^,<>]*(?:<[^<>]*>|@[^,<>]*)\s*(?:,|$))", line)
    return [piece for piece in (each.strip(" \t,") for each in found) if piece]


def _wrong(wrong: list[str]) -> str:
    said = ngettext("This is no address: %(pieces)s.", "These are no addresses: %(pieces)s.", len(wrong))
    return " ".join(
        (
            said % {"pieces": ", ".join(f"“{piece}”" for piece in wrong[:5])},
            _("Write one person a line: name@example.org, or Name <name@example.org>."),
        )
    )


class VoiceForm(forms.Form):
    """What a colleague says about the conditions that were asked: ``value-<id>`` and ``how-<id>`` for each."""

    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)

    def __init__(self, *args: Any, conditions: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.conditions = conditions
        for condition_id in conditions:
            self.fields[f"value-{condition_id}"] = forms.ChoiceField(
                required=False,
                choices=[(answer, answer) for answer in ("", *ANSWERS)],
                error_messages={"invalid_choice": _("Choose yes, partly, no or I don't know yet.")},
            )
            self.fields[f"how-{condition_id}"] = Text(required=False, is_long=True)

    def clean(self) -> dict[str, Any]:
        """At least one answer; and no reason without an answer to it."""
        values = super().clean() or {}
        if self.errors:
            return values
        for value, how in ((f"value-{c}", f"how-{c}") for c in self.conditions):
            if values[how] and not values[value]:
                self.add_error(value, _("Choose an answer too: yes, partly, no or I don’t know yet."))
        if not any(values.get(f"value-{c}") for c in self.conditions):
            self.add_error(next((f"value-{c}" for c in self.conditions), None), _("Choose an answer."))
        return values

    def said(self) -> list[tuple[str, str, str]]:
        """Condition, answer and reason, for each condition."""
        values = self.cleaned_data
        return [(c, values[f"value-{c}"], values[f"how-{c}"]) for c in self.conditions]
