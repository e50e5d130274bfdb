"""What comes in about signing the mandate."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from samenspraak.people.forms import Address
from samenspraak.ui.fields import Text


class SignerForm(forms.Form):
    """Who is asked to sign; ``once`` is the number of the form, so that sending it twice asks once."""

    prefix = "signer"

    name = Text(max_length=120, error_messages={"required": gettext_lazy("Write the name of who signs.")})
    email = Address()
    language = forms.ChoiceField(
        required=False,
        choices=[("nl", "nl"), ("en", "en")],
        error_messages={"invalid_choice": gettext_lazy("Choose Dutch or English.")},
    )
    once = forms.UUIDField()


class SignForm(forms.Form):
    """The signature of a director: the name as typed, under one version."""

    name = Text(max_length=120, error_messages={"required": gettext_lazy("Write your name: that is your signature.")})
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)


class ChangeForm(forms.Form):
    """Not signed: what must change first."""

    prefix = "change"

    name = Text(max_length=120, error_messages={"required": gettext_lazy("Write your name.")})
    says = Text(
        is_long=True, max_length=2000, error_messages={"required": gettext_lazy("Say in a few words what must change.")}
    )
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)
