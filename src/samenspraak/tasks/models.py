"""Tasks and the keys of calendar feeds."""

from __future__ import annotations

import uuid

from django.db import models

from samenspraak.people.models import Guest, Member, Organisation


class Task(models.Model):
    """Something to do, with an owner and a date where they are known.

    ``origin_route``, ``origin`` and ``origin_item`` lead back to where it came from: the name of a route, the id of
    the row and the id of the piece of the method. ``action_id`` is the id of the action of the method it was made
    from; one action gives at most one task per origin. ``follows_origin`` says that the row it came from has the owner and
    the day: the task shows them in the list, and is changed there. ``guest`` is the colleague without an account whose
    task it is, instead of ``owner``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True, max_length=10_000)
    owner = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    guest = models.ForeignKey(Guest, models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    origin_route = models.CharField(max_length=60, blank=True)
    origin = models.UUIDField(null=True, blank=True)
    origin_item = models.CharField(max_length=80, blank=True)
    action_id = models.CharField(max_length=80, blank=True)
    follows_origin = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    done_note = models.TextField(blank=True, max_length=10_000)
    removed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "origin", "action_id"],
                condition=~models.Q(action_id=""),
                name="task_once_per_action",
            ),
            models.CheckConstraint(condition=models.Q(owner=None) | models.Q(guest=None), name="task_one_owner"),
        ]
        indexes = [
            models.Index(fields=["organisation", "done_at", "due_on", "id"], name="task_list"),
            models.Index(fields=["organisation", "owner", "done_at", "due_on"], name="task_of_owner"),
            models.Index(fields=["organisation", "origin", "origin_item"], name="task_of_origin"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def who(self) -> str:
        """Whose task it is: name and function of a member, the name of somebody without an account, or nobody."""
        if self.guest:
            return self.guest.name
        return self.owner.label if self.owner else ""

    @property
    def finisher(self) -> str:
        """The name of who said that it is done; a guest is no member, so then ``done_by`` is empty."""
        if self.done_by:
            return self.done_by.person.name
        return self.guest.name if self.guest and self.done_at else ""


class Proof(models.Model):
    """A file or link that shows that a task is done. Files are kept byte for byte; ``sha256`` is the proof.

    ``stored_as`` is the name in the storage folder, made by us; ``name`` is what the file was called. ``added_by`` is
    the name of whoever gave it, as it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, related_name="proofs")
    name = models.CharField(max_length=200)
    link = models.CharField(max_length=2000, blank=True)
    stored_as = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    added_by = models.CharField(max_length=120)
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "task", "sha256"], name="proof_once"),
            models.CheckConstraint(
                condition=models.Q(link="", stored_as__gt="") | models.Q(link__gt="", stored_as=""),
                name="proof_file_or_link",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarKey(models.Model):
    """The secret in the address of one member's calendar feed. Only its hash is kept; a new one ends the old one."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    member = models.OneToOneField(Member, models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.made_at)


class Reminded(models.Model):
    """The last day, on the organisation's own clock, for which reminders were written. One row per organisation."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, primary_key=True, related_name="+")
    told_on = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.told_on)
