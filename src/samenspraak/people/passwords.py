"""How passwords are kept, and which ones are refused: what is short, what everybody tries, what others know of you."""

from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What people here add a year or an exclamation mark to; the long list of CommonPasswordValidator is mostly English.
OBVIOUS = frozenset({"samenspraak", "wachtwoord", "welkom", "geheim", "voetbal", "nederland", "dialoog", "password"})


class Argon2id(Argon2PasswordHasher):
    """19 MiB, two passes, one lane: a setting OWASP accepts; 38 ms where the library's default took 174 ms."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class LongEnough(MinimumLengthValidator):
    """Length is what counts; no rules about capitals and signs."""

    def get_error_message(self) -> str:
        """What helps."""
        return _(
            "This password is too short. Make it %(least)s characters or longer: three ordinary words will do."
        ) % {"least": self.min_length}


class NotWellKnown(CommonPasswordValidator):
    """Not one of the twenty thousand that are tried first, nor an obvious word with figures around it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse what everybody tries."""
        super().validate(password, user)
        if "".join(c for c in password.lower() if c.isalpha()) in OBVIOUS:
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def get_error_message(self) -> str:
        """What helps."""
        return _("Many people use this password, so it is tried first. Put three ordinary words in a row instead.")


class NotAboutYou(UserAttributeSimilarityValidator):
    """Not the name or the address of whoever chooses it."""

    DEFAULT_USER_ATTRIBUTES = ("name", "email")

    def __init__(self) -> None:
        super().__init__(user_attributes=self.DEFAULT_USER_ATTRIBUTES)

    def get_error_message(self) -> str:
        """What helps."""
        return _("This password looks too much like your name or e-mail address. Choose another one.")
