"""What people type about themselves and their organisation."""

from __future__ import annotations

import io
from functools import cache
from operator import itemgetter
from typing import Any
from uuid import uuid4
from warnings import catch_warnings, simplefilter
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_timezone_location
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from samenspraak.people.models import Member, Person, Reminders, Role, Scope, TokenDraft
from samenspraak.people.queries import is_member_address
from samenspraak.ui.fields import Text
from samenspraak.ui.jinja import file_size

LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
ROLES = [
    (Role.READER, pgettext_lazy("role", "reader: reads everything, changes nothing")),
    (Role.EDITOR, pgettext_lazy("role", "editor: fills in and changes")),
    (Role.OWNER, pgettext_lazy("role", "owner: also decides who takes part")),
]
# Where organisations and the people they talk with are; another zone of an organisation is added to its own list.
TIME_ZONES = """
Europe/Amsterdam Europe/Brussels Europe/Berlin Europe/Paris Europe/London Europe/Dublin Europe/Madrid Europe/Lisbon
Europe/Rome Europe/Vienna Europe/Zurich Europe/Copenhagen Europe/Stockholm Europe/Oslo Europe/Helsinki Europe/Warsaw
Europe/Prague Europe/Budapest Europe/Bucharest Europe/Sofia Europe/Athens Europe/Istanbul Europe/Kyiv
Africa/Casablanca Africa/Tunis Africa/Cairo Africa/Abidjan Africa/Accra Africa/Lagos Africa/Kinshasa Africa/Nairobi
Africa/Addis_Ababa Africa/Kampala Africa/Johannesburg Indian/Antananarivo Indian/Mauritius
Asia/Jerusalem Asia/Amman Asia/Dubai Asia/Tashkent Asia/Karachi Asia/Kolkata Asia/Colombo Asia/Kathmandu Asia/Dhaka
Asia/Yangon Asia/Bangkok Asia/Phnom_Penh Asia/Ho_Chi_Minh Asia/Jakarta Asia/Kuala_Lumpur Asia/Singapore Asia/Manila
Asia/Shanghai Asia/Hong_Kong Asia/Taipei Asia/Seoul Asia/Tokyo Australia/Sydney Pacific/Auckland
America/New_York America/Chicago America/Los_Angeles America/Toronto America/Mexico_City America/Guatemala
America/Tegucigalpa America/Managua America/Costa_Rica America/Bogota America/Guayaquil America/Lima America/La_Paz
America/Santiago America/Argentina/Buenos_Aires America/Sao_Paulo America/Paramaribo America/Curacao America/Aruba
America/Port-au-Prince America/Santo_Domingo
""".split()  # noqa: SIM905  one a line would be ninety lines


@cache
def time_zones(present: str, language: str) -> list[tuple[str, str]]:
    """The places to choose from, by their name in a language; the zone of now is always among them."""
    zones = {*TIME_ZONES, present}
    return sorted(
        ((zone, get_timezone_location(ZoneInfo(zone), locale=language, return_city=True)) for zone in zones),
        key=itemgetter(1),
    )


def weekdays() -> list[tuple[int, str]]:
    """The days of the week by number, Monday first, in the language of now."""
    return sorted(get_day_names("wide", locale=get_language() or "nl").items())


class Address(forms.EmailField):
    """An e-mail address, kept in lower case."""

    default_error_messages = {
        "required": gettext_lazy("Fill in an e-mail address."),
        "invalid": gettext_lazy("Write the address as name@example.org."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 254)
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """Lower case, without spaces around it."""
        return (super().to_python(value) or "").lower()


class NewPassword(forms.CharField):
    """A password that somebody chooses, as it was typed. Which ones are refused stands in ``passwords.py``."""

    default_error_messages = {"required": gettext_lazy("Choose a password of at least 10 characters.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, max_length=1000, widget=forms.PasswordInput, **options)


def _required(text: Any) -> dict[str, Any]:
    return {"required": text}


NAME_MISSING = _required(gettext_lazy("Fill in your name, as your colleagues know you."))
PASSWORD_MISSING = _required(gettext_lazy("Fill in your password."))


class ChoosesPassword(forms.Form):
    """A form in which somebody new chooses a password. It is never sent back, so a form to mend asks for it again."""

    password = NewPassword()

    def check_password(self, person: Person) -> None:
        """Hold the password against who chooses it; say it when it has to be typed again."""
        try:
            if "password" in self.cleaned_data:
                validate_password(self.cleaned_data["password"], person)
        except ValidationError as error:
            self.add_error("password", error)
        if self.errors:
            self.ask_again()

    def ask_again(self) -> None:
        """The password was fine, something else was not."""
        if "password" not in self.errors:
            self.add_error("password", _("Type your password once more: it is never sent back."))


class FirstRunForm(ChoosesPassword):
    """The first organisation and its first owner."""

    code = forms.CharField(
        max_length=100, error_messages=_required(gettext_lazy("Fill in the code from the window of the server."))
    )
    organisation = Text(
        max_length=120, error_messages=_required(gettext_lazy("Fill in the name of your organisation."))
    )
    name = Text(max_length=120, error_messages=NAME_MISSING)
    email = Address()
    field_order = ("code", "organisation", "name", "email", "password")

    def clean(self) -> dict[str, Any]:
        """The password, held against who chooses it."""
        given = self.cleaned_data
        self.check_password(Person(name=given.get("name", ""), email=given.get("email", "")))
        return given


class NewcomerForm(ChoosesPassword):
    """Somebody who accepts an invitation and has no account yet."""

    name = Text(max_length=120, error_messages=NAME_MISSING)
    function = Text(max_length=80, required=False)
    field_order = ("name", "function", "password")

    def __init__(self, *args: Any, email: str, is_proven: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.email = email
        if is_proven:  # signs in with the company account, so there is nothing to choose
            del self.fields["password"]

    def clean(self) -> dict[str, Any]:
        """The password, held against who chooses it."""
        if "password" not in self.fields:
            return {**self.cleaned_data, "password": None}
        self.check_password(Person(name=self.cleaned_data.get("name", ""), email=self.email))
        return self.cleaned_data


class AccountForm(forms.Form):
    """What a person changes about the own account."""

    name = Text(max_length=120, error_messages=NAME_MISSING)
    function = Text(max_length=80, required=False)
    language = forms.ChoiceField(choices=LANGUAGES)


class RemindersForm(forms.Form):
    """When one member wants mail about the own tasks."""

    member = forms.UUIDField()
    reminders = forms.ChoiceField(choices=Reminders.choices)


class OrganisationForm(forms.Form):
    """What an owner changes about the organisation."""

    name = Text(max_length=120, error_messages=_required(gettext_lazy("Fill in the name of your organisation.")))
    language = forms.ChoiceField(choices=LANGUAGES)
    time_zone = forms.ChoiceField()
    reminder_weekday = forms.TypedChoiceField(coerce=int, choices=weekdays)
    reminder_hour = forms.TypedChoiceField(coerce=int, choices=[(hour, f"{hour}:00") for hour in range(24)])

    def __init__(self, *args: Any, present: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zones = time_zones(present, get_language() or "nl")
        self.fields["time_zone"] = forms.ChoiceField(choices=self.zones)


class InviteForm(forms.Form):
    """An invitation. ``once`` is the number of this form, so that sending it twice invites once."""

    email = Address()
    role = forms.ChoiceField(choices=ROLES, initial=Role.EDITOR)
    once = forms.UUIDField(initial=uuid4)

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.member = member

    def clean_email(self) -> str:
        """Not somebody who is in already."""
        email: str = self.cleaned_data["email"]
        if is_member_address(self.member, email):
            raise ValidationError(_("Somebody with this address takes part already."))
        return email


class RoleForm(forms.Form):
    """Another role for a colleague."""

    role = forms.ChoiceField(choices=Role.choices)


SCOPES = [
    (Scope.READ, pgettext_lazy("scope", "read")),
    (Scope.WRITE, pgettext_lazy("scope", "read and write")),
]
LIFETIMES = [("30", gettext_lazy("30 days")), ("90", gettext_lazy("90 days")), ("365", gettext_lazy("a year"))]


class TokenForm(forms.Form):
    """A token for a program. ``once`` is the number of this form, so that sending it twice makes one token."""

    name = Text(max_length=80, error_messages=_required(gettext_lazy("Say in a few words what it is for.")))
    scope = forms.ChoiceField(choices=SCOPES, initial=Scope.READ)
    days = forms.ChoiceField(choices=LIFETIMES, initial="90")
    once = forms.UUIDField(initial=uuid4)

    def draft(self) -> TokenDraft:
        """What was filled in, checked, as ``make_token`` takes it."""
        values = self.cleaned_data
        return TokenDraft(values["name"], values["scope"], int(values["days"]), values["once"])


class LogoForm(forms.Form):
    """A logo as PNG or JPEG, which we encode anew: what was hidden in the file does not come along."""

    MOST_BYTES = 512_000
    MOST_PIXELS = 40_000_000
    SIDE = 1200
    logo = forms.FileField(
        error_messages={
            **_required(gettext_lazy("Choose a file first: a PNG or JPEG of at most 512 kB.")),
            "empty": gettext_lazy("This file is empty. Choose a PNG or JPEG of at most 512 kB."),
        }
    )

    def clean_logo(self) -> bytes:
        """The picture as we keep it."""
        given: UploadedFile[Any] = self.cleaned_data["logo"]
        if (given.size or 0) > self.MOST_BYTES:
            raise ValidationError(
                _("This file is %(size)s. Up to 512 kB is fine.") % {"size": file_size(given.size or 0)}
            )
        data = given.read()
        if b"<svg" in data[:1000].lower():
            raise ValidationError(_("An SVG file can carry programs, so it cannot come in. Save it as PNG."))
        try:
            with catch_warnings():
                simplefilter("ignore", Image.DecompressionBombWarning)  # the size is looked at right below
                return self._encoded(data)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            raise ValidationError(_("This is not a PNG or JPEG that we can read. Save your logo as PNG.")) from None

    def _encoded(self, data: bytes) -> bytes:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as source:
            if source.width * source.height > self.MOST_PIXELS:  # known from its head, before anything is unpacked
                raise ValidationError(
                    _("This picture has too many dots: %(width)s by %(height)s. Make it 1200 wide.")
                    % {"width": source.width, "height": source.height}
                )
            kind = source.format
            picture = ImageOps.exif_transpose(source)
        picture = picture.convert("RGBA" if kind == "PNG" and picture.has_transparency_data else "RGB")
        picture.info = {}
        side = self.SIDE
        while True:
            picture.thumbnail((side, side))
            target = io.BytesIO()
            picture.save(target, "PNG", optimize=True) if kind == "PNG" else picture.save(target, "JPEG", quality=88)
            if target.tell() <= self.MOST_BYTES:
                return target.getvalue()
            side = side * 2 // 3


class EndForm(forms.Form):
    """The name of the organisation, typed by whoever wants to end it."""

    name = forms.CharField(
        max_length=200, error_messages=_required(gettext_lazy("Type the name of your organisation."))
    )

    def __init__(self, *args: Any, present: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.present = present

    def clean_name(self) -> str:
        """As it is written, apart from capitals and spaces."""
        given: str = self.cleaned_data["name"]
        if " ".join(given.split()).casefold() != " ".join(self.present.split()).casefold():
            raise ValidationError(_("This is not the name: type %(name)s.") % {"name": self.present})
        return given
