"""What comes in with a file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FileForm(forms.Form):
    """A file that came out of Samenspraak."""

    file = forms.FileField(
        error_messages={
            "required": _("Choose a file first: the one that came out of Samenspraak."),
            "empty": _("This file is empty. Choose the file that came out of Samenspraak."),
        }
    )
