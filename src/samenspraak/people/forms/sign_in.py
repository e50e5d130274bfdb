"""What people type to come in, and to make their account safer."""

from __future__ import annotations

import json
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenspraak.people.forms.organisation import PASSWORD_MISSING, Address, NewPassword
from samenspraak.people.models import Person
from samenspraak.ui.fields import Text


class SignInForm(account.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Address and password; what is wrong stands at the password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"] = Address()
        self.fields["password"].error_messages = {**self.fields["password"].error_messages, **PASSWORD_MISSING}

    def clean(self) -> dict[str, Any]:
        """Whether they belong together."""
        try:
            super().clean()
        except ValidationError as error:
            self.add_error("password", error)
        given: dict[str, Any] = self.cleaned_data
        return given


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """The present password and the new one, once: who mistypes it asks for a link."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]
        self.fields["oldpassword"].error_messages |= PASSWORD_MISSING
        self.fields["password1"].error_messages |= NewPassword.default_error_messages


class AskPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """The address that gets a link for a new password, if it has an account."""

    email = Address()


class SetPasswordForm(account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """A new password, once."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]
        self.fields["password1"].error_messages |= NewPassword.default_error_messages

    def save(self) -> None:
        """Keep it; whoever was made to wait after wrong passwords need not wait any longer."""
        super().save()
        get_adapter()._delete_login_attempts_cached_email(context.request, email=self.user.email)  # noqa: SLF001


class LinkForm(account.UserTokenForm):  # type: ignore[misc]  # allauth has no types
    """The link for a new password: of no use to somebody whose account was closed after it was sent."""

    def clean(self) -> dict[str, Any]:
        """Whether the link still opens something."""
        given: dict[str, Any] = super().clean()
        if not self.reset_user.is_active:
            raise get_adapter().validation_error("invalid_password_reset")
        return given


class CodeForm(forms.Form):
    """A code of an app, or a recovery code."""

    code = forms.CharField(max_length=60, error_messages={"required": gettext_lazy("Fill in the code.")})


class AddAppForm(CodeForm):
    """The first code of an app. ``secret`` is what the page showed, signed."""

    secret = forms.CharField(max_length=400)


class PasskeyForm(forms.Form):
    """What a device answered. ``state`` is the question, signed."""

    state = forms.CharField(max_length=2000)
    credential = forms.CharField(max_length=20_000)

    def clean_credential(self) -> dict[str, Any]:
        """An object; whether it fits the question is found out later."""
        try:
            given = json.loads(self.cleaned_data["credential"])
        except (ValueError, RecursionError):  # Django's own field lets a very long number through as a fault of ours
            given = None
        if not isinstance(given, dict):
            raise ValidationError(_("This is not an answer of a device."))
        return given


class NewPasskeyForm(PasskeyForm):
    """A new passkey and what its owner calls it."""

    name = Text(max_length=60, required=False)

    def clean_name(self) -> str:
        """A passkey that exists on a device already is not refused for want of a name."""
        return self.cleaned_data["name"] or _("Passkey")


class ConfirmForm(forms.Form):
    """The password once more, before something important."""

    password = forms.CharField(strip=False, max_length=1000, error_messages=PASSWORD_MISSING)

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person

    def clean_password(self) -> str:
        """Whether it is theirs."""
        given: str = self.cleaned_data["password"]
        if not self.person.check_password(given):
            raise ValidationError(_("This is not your password."))
        return given
