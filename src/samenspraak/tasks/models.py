"""Tasks and the keys of calendar feeds."""

from __future__ import annotations

import uuid

from django.db import models

from samenspraak.people.models import Member, Organisation


class Task(models.Model):
    """Something to do, with an owner and a date where they are known.

    ``origin_route``, ``origin`` and ``origin_item`` lead back to where it came from: the name of a route, the id of
    the row and the id of the piece of the method. ``action_id`` is the id of the action of the method it was made
    from; one action gives at most one task per origin. ``follows_origin`` says that the row it came from has the owner and
    the day: the task shows them in the list, and is changed there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True, max_length=10_000)
    owner = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
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
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "done_at", "due_on", "id"], name="task_list"),
            models.Index(fields=["organisation", "owner", "done_at", "due_on"], name="task_of_owner"),
            models.Index(fields=["organisation", "origin", "origin_item"], name="task_of_origin"),
        ]

    def __str__(self) -> str:
        return self.title


class CalendarKey(models.Model):
    """The secret in the address of one member's calendar feed. Only its hash is kept; a new one ends the old one."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    member = models.OneToOneField(Member, models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.made_at)
