"""What a trainer says about the occasion: how many people, from what time."""

from __future__ import annotations

from datetime import time
from typing import NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 200


class Said(NamedTuple):
    """How many people come, and when it begins. Sixteen is the middle of what works best."""

    people: int = 16
    starts: time = time(13)


class OccasionForm(forms.Form):
    """Both have a usual value, so an address without them works too."""

    people = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST,
        error_messages={
            "invalid": _("Give a whole number of people."),
            "min_value": _("Give a whole number of people, from 1 to 200."),
            "max_value": _("Give a whole number of people, from 1 to 200."),
        },
    )
    starts = forms.TimeField(
        required=False, input_formats=["%H:%M", "%H.%M"], error_messages={"invalid": _("Give a time, like 13:00.")}
    )

    def said(self) -> Said:
        """What was said; the usual where nothing was, or where it was no number or no time."""
        if not self.is_valid():
            return Said()
        return Said(**{name: value for name, value in self.cleaned_data.items() if value is not None})
