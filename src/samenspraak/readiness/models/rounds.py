"""Rounds, answers and evidence."""

from __future__ import annotations

import uuid

from django.db import models

from samenspraak.method.standing import ANSWERS
from samenspraak.people.models import Member, Organisation


class Round(models.Model):
    """One time through the conditions, for the organisation or one unit of it.

    ``motive`` is the one sentence it starts with: why we want to talk. ``question``, ``ask``, ``benefits`` and
    ``feasibility`` are the words of the user on the director's page and in the report. ``edition`` is the name of the
    edition it was started from, so that it reads the same for ever. ``overlay_version`` says which version of the
    organisation's own words a closed round was closed with; an open one is read with those of today.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    unit = models.CharField(max_length=80, blank=True)
    held_on = models.DateField()
    edition = models.CharField(max_length=20)
    overlay_version = models.PositiveIntegerField(null=True, blank=True)
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    motive = models.TextField(blank=True, max_length=2000)
    question = models.CharField(max_length=160, blank=True)
    ask = models.TextField(blank=True, max_length=10_000)
    benefits = models.TextField(blank=True, max_length=10_000)
    feasibility = models.TextField(blank=True, max_length=10_000)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-held_on", "-created_at"], name="rounds_newest")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        """Whether answers can no longer change."""
        return self.closed_at is not None


class Answer(models.Model):
    """What an organisation says about one condition in one round. ``value`` is empty until somebody answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    round = models.ForeignKey(Round, models.CASCADE, related_name="answers")
    condition_id = models.CharField(max_length=80)
    value = models.CharField(max_length=8, blank=True)
    how = models.TextField(blank=True, max_length=10_000)
    owner = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "round", "condition_id"], name="answer_once"),
            models.CheckConstraint(condition=models.Q(value__in=["", *ANSWERS]), name="answer_value"),
        ]

    def __str__(self) -> str:
        return f"{self.condition_id}: {self.value}"


class Evidence(models.Model):
    """A file or link that shows how we know. Files are kept byte for byte; ``sha256`` is the proof.

    ``stored_as`` is the name in the storage folder, made by us; ``name`` is what the file was called.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="evidence")
    name = models.CharField(max_length=200)
    link = models.CharField(max_length=2000, blank=True)
    stored_as = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "answer", "sha256"], name="evidence_once"),
            models.CheckConstraint(
                condition=models.Q(link="", stored_as__gt="") | models.Q(link__gt="", stored_as=""),
                name="evidence_file_or_link",
            ),
        ]

    def __str__(self) -> str:
        return self.name
