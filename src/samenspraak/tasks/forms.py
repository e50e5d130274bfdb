"""What comes in about tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samenspraak.people.forms import LANGUAGES, Address
from samenspraak.people.models import Guest, Member
from samenspraak.people.queries import is_member_address
from samenspraak.ui.fields import Day, Text
from samenspraak.ui.uploads import FileOrLinkForm


class OwnerField(forms.Field):
    """The id of a colleague, or nothing; a colleague who left or one of elsewhere is refused."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.members: dict[str, Member | Guest] = {}

    def clean(self, value: Any) -> Member | Guest | None:
        """The member with this id, or the guest who has it already."""
        if not value:
            return None
        if str(value) not in self.members:
            raise forms.ValidationError(_("Choose a colleague from the list. Somebody who left is no longer in it."))
        return self.members[str(value)]


class OwnedForm(forms.Form):
    """A form about something a colleague takes care of, by a day; ``members`` are the colleagues to choose from."""

    owner = OwnerField()
    due_on = Day(required=False)

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, OwnerField)
        field.members = {str(m.id): m for m in members}


class TaskForm(OwnedForm):
    """A task as people fill it in."""

    title = Text(max_length=200, error_messages={"required": _("Say in a few words what has to be done.")})
    note = Text(required=False, is_long=True)
    key = forms.UUIDField(required=False)
    version = forms.IntegerField(required=False, min_value=0)

    def __init__(self, *args: Any, guest: Guest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if guest:
            field = self.fields["owner"]
            assert isinstance(field, OwnerField)
            field.members[str(guest.id)] = guest

    def draft(self) -> dict[str, Any]:
        """What was filled in, checked, as ``TaskDraft`` takes it."""
        return {name: self.cleaned_data[name] for name in ("title", "note", "owner", "due_on", "key")}


def owner_choices(members: Sequence[Member], guest: Guest | None = None) -> list[tuple[str, str]]:
    """Colleagues to choose from, by id; the first choice is nobody, and who has it by a link stays to choose."""
    by_link = [(str(guest.id), gettext("%(name)s, without an account") % {"name": guest.name})] if guest else []
    return [("", gettext("Nobody yet")), *by_link, *((str(m.id), m.label) for m in members)]


class DoneForm(FileOrLinkForm):
    """The note with which a task is done, and what shows it: a file, a link, both or neither."""

    prefix = "done"

    note = Text(required=False, is_long=True, max_length=2000)

    def given(self) -> dict[str, Any]:
        """The proof, checked, as ``Given`` takes it."""
        values = {name: self.cleaned_data[name] for name in ("file", "link", "link_name")}
        return {**values, "media_type": self.media_type}


class HandOverForm(forms.Form):
    """Somebody without an account who takes care of a task. ``once`` is the number of this form."""

    prefix = "hand"

    name = Text(max_length=120, error_messages={"required": _("Fill in the name of your colleague.")})
    email = Address()
    language = forms.ChoiceField(choices=LANGUAGES)
    once = forms.UUIDField()

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.member = member

    def clean_email(self) -> str:
        """Not somebody who can simply be chosen."""
        email: str = self.cleaned_data["email"]
        if is_member_address(self.member, email):
            raise forms.ValidationError(_("This colleague has an account. Choose the name at “Who takes care of it?”."))
        return email
