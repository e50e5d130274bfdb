"""What comes in about self-assessments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from samenspraak.method.standing import ANSWERS
from samenspraak.method.types import Element
from samenspraak.people.forms import Address
from samenspraak.ui.fields import Day, Text


class StatementsForm(forms.Form):
    """The statements of one or more elements, a field each, named by the id of the statement. None is required."""

    version = forms.IntegerField(required=False, min_value=0, max_value=2_000_000_000)
    key = forms.UUIDField(required=False)

    def __init__(self, *args: Any, elements: Sequence[Element], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statements = [statement.id for element in elements for statement in element.statements]
        for statement in self.statements:
            self.fields[statement] = forms.ChoiceField(
                required=False,
                choices=[(a, a) for a in ("", *ANSWERS)],
                error_messages={"invalid_choice": gettext_lazy("Choose yes, partly, no or I don't know yet.")},
            )

    def answers(self) -> dict[str, str]:
        """What was chosen, by the id of the statement."""
        return {name: value for name in self.statements if (value := self.cleaned_data[name])}

    def shown(self) -> dict[str, str]:
        """What came in, to show again: also what cannot be kept."""
        return {name: self.data.get(name, "") for name in self.statements}


class TeamForm(forms.Form):
    """A self-assessment for a team."""

    name = Text(max_length=80, error_messages={"required": gettext_lazy("Give the self-assessment a name.")})
    due_on = Day(required=False)
    key = forms.UUIDField(required=False)


class JoinForm(forms.Form):
    """Somebody without an account who is asked to join a team."""

    name = Text(max_length=120, error_messages={"required": gettext_lazy("Whom do you ask?")})
    email = Address()
    language = forms.ChoiceField(required=False, choices=[("nl", "nl"), ("en", "en")])
    once = forms.UUIDField(required=False)


class SuggestionForm(forms.Form):
    """A task out of a suggestion: the statement it belongs to."""

    statement = forms.CharField(max_length=80, error_messages={"required": gettext_lazy("Choose a suggestion.")})
