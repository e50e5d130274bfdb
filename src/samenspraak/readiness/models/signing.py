"""What a director said about one version of the mandate."""

from __future__ import annotations

import uuid

from django.db import models

from samenspraak.people.models import Guest, Organisation
from samenspraak.readiness.models.instruments import Instrument

OUTCOMES = ("signed", "change")


class Signature(models.Model):
    """One answer by link: ``signed``, or ``change`` with what must change first.

    ``version`` is that of the mandate which the director saw, and ``content`` what stood in it, line by line, in the
    language it was read in: a later change of the mandate changes nothing here. ``name`` is as it was typed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="signatures")
    guest = models.ForeignKey(Guest, models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    says = models.TextField(blank=True, max_length=2000)
    version = models.PositiveIntegerField()
    content = models.JSONField()
    signed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "guest"], name="signature_once"),
            models.CheckConstraint(condition=models.Q(outcome__in=OUTCOMES), name="signature_outcome"),
        ]
        indexes = [models.Index(fields=["organisation", "instrument", "-signed_at"], name="signatures_newest")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.signed_at}"
