"""What colleagues say about a condition when they are asked, beside the answer of the organisation."""

from __future__ import annotations

import uuid

from django.db import models

from samenspraak.method.standing import ANSWERS
from samenspraak.people.models import Guest, Member, Organisation
from samenspraak.readiness.models.rounds import Round


class Inquiry(models.Model):
    """Colleagues are asked about one or more conditions of a round; each of them is a ``Guest`` with this as subject.

    ``is_named`` tells whether readers see who said what. Whoever is asked has been told so, so it never changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    round = models.ForeignKey(Round, models.CASCADE, related_name="inquiries")
    conditions = models.JSONField()
    is_named = models.BooleanField()
    message = models.TextField(blank=True, max_length=2000)
    asked_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "round", "created_at"], name="inquiries_of_round")]

    def __str__(self) -> str:
        return str(self.created_at)


class Voice(models.Model):
    """What one colleague says about one condition. It stands beside the answer of the organisation, never in its place.

    With a name it points at its ``guest`` and knows when. Without a name nothing that is kept leads to a person: no
    guest, no inquiry and no time. ``receipt`` is a hash of the key in the link, which nobody but the colleague has by
    then; with it the colleague finds the own answer back. ``block`` is the group of five or more with which an answer
    without a name was shown, empty while it waits; what has been shown does not change any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    round = models.ForeignKey(Round, models.CASCADE, related_name="voices")
    condition_id = models.CharField(max_length=80)
    guest = models.ForeignKey(Guest, models.CASCADE, null=True, related_name="+")
    receipt = models.CharField(max_length=64)
    value = models.CharField(max_length=8, blank=True)
    how = models.TextField(blank=True, max_length=10_000)
    block = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "round", "condition_id"], name="voices_of_condition")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "receipt"], name="voice_once"),
            models.CheckConstraint(condition=models.Q(value__in=["", *ANSWERS]), name="voice_value"),
            models.CheckConstraint(
                condition=models.Q(guest=None, changed_at=None)
                | models.Q(guest__isnull=False, changed_at__isnull=False, block=None),
                name="voice_without_name_without_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition_id}: {self.value}"
