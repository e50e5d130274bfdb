"""What comes in about rounds, answers and evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenspraak.method.standing import ANSWERS
from samenspraak.tasks.forms import OwnedForm
from samenspraak.ui.fields import Day, Text
from samenspraak.ui.uploads import FileOrLinkForm


class AnswerForm(OwnedForm):
    """What is said about one condition. Nothing is required: half an answer is saved too."""

    value = forms.ChoiceField(
        required=False,
        choices=[(a, a) for a in ("", *ANSWERS)],
        error_messages={"invalid_choice": gettext_lazy("Choose yes, partly, no or I don't know yet.")},
    )
    how = Text(required=False, is_long=True)
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)

    def draft(self) -> dict[str, Any]:
        """What was filled in, checked, as ``AnswerDraft`` takes it."""
        return {name: self.cleaned_data[name] for name in ("value", "how", "owner", "due_on", "version")}


class EvidenceForm(FileOrLinkForm):
    """One file, or one link with a name."""

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        values = super().clean() or {}
        if not self.errors and not values.get("file") and not values.get("link"):
            raise forms.ValidationError(_("Choose a file or give a link."), code="nothing")
        return values


class StartForm(forms.Form):
    """The one question a new organisation starts at; and what a later round is called."""

    motive = Text(required=False, is_long=True, max_length=2000)
    name = Text(required=False, max_length=80)
    unit = Text(required=False, max_length=80)
    held_on = Day(required=False)
    previous = forms.UUIDField(required=False)
    key = forms.UUIDField(required=False)


class TextsForm(forms.Form):
    """The words on the director's page and in the report."""

    name = Text(required=False, max_length=80)
    unit = Text(required=False, max_length=80)
    motive = Text(required=False, is_long=True, max_length=2000)
    question = Text(required=False, max_length=160)
    ask = Text(required=False, is_long=True)
    benefits = Text(required=False, is_long=True)
    feasibility = Text(required=False, is_long=True)
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)

    def clean_name(self) -> str:
        """A page that shows the name cannot empty it."""
        name: str = self.cleaned_data["name"]
        if "name" in self.data and not name:
            raise forms.ValidationError(_("Give the round a name."), code="required")
        return name

    def texts(self) -> dict[str, str]:
        """The words that were sent; a page sends only the ones it shows."""
        return {name: self.cleaned_data[name] for name in self.fields if name in self.data and name != "version"}


class ActionForm(OwnedForm):
    """A task out of a condition: an action of the method, or words of your own."""

    action = forms.CharField(required=False, max_length=80)
    title = Text(required=False, max_length=200)
    key = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        """Something has to be done."""
        values = super().clean() or {}
        if not self.errors and not values.get("action") and not values.get("title"):
            self.add_error("title", _("Say in a few words what has to be done."))
        return values
