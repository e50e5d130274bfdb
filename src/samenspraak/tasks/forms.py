"""What comes in about tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samenspraak.people.models import Member
from samenspraak.ui.fields import Day, Text


class OwnerField(forms.Field):
    """The id of a colleague, or nothing; a colleague who left or one of elsewhere is refused."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.members: dict[str, Member] = {}

    def clean(self, value: Any) -> Member | None:
        """The member with this id."""
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

    def draft(self) -> dict[str, Any]:
        """What was filled in, checked, as ``TaskDraft`` takes it."""
        return {name: self.cleaned_data[name] for name in ("title", "note", "owner", "due_on", "key")}


def owner_choices(members: Sequence[Member]) -> list[tuple[str, str]]:
    """Colleagues to choose from, by id; the first choice is nobody."""
    return [("", gettext("Nobody yet")), *((str(m.id), m.label) for m in members)]


class DoneForm(forms.Form):
    """The note with which a task is done."""

    prefix = "done"

    note = Text(required=False, is_long=True, max_length=2000)
