"""An organisation's own words: what it says otherwise than the edition, and what it adds."""

from __future__ import annotations

import uuid

from django.db import models

from samenspraak.people.models import Member, Organisation

KINDS = ("wording", "example", "action", "line", "condition")
TEXTS = ("title", "text", "why", "signs")
COLUMNS = tuple(f"{text}_{language}" for text in TEXTS for language in ("nl", "en"))


class OwnWords(models.Model):
    """One thing an organisation says otherwise or adds.

    ``edition`` is the one it was made on. ``key`` is what it is called in the overlay: an id that begins with
    ``own-``, or for a wording the address of the item and its field. ``home`` is the address of what it belongs to, and
    ``field`` which text of it a wording replaces. ``rank`` keeps the order. Taken back it stays, to be put back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    edition = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=160)
    home = models.CharField(max_length=140)
    field = models.CharField(max_length=20, blank=True)
    title_nl = models.TextField(blank=True, max_length=10_000)
    title_en = models.TextField(blank=True, max_length=10_000)
    text_nl = models.TextField(blank=True, max_length=10_000)
    text_en = models.TextField(blank=True, max_length=10_000)
    why_nl = models.TextField(blank=True, max_length=10_000)
    why_en = models.TextField(blank=True, max_length=10_000)
    signs_nl = models.TextField(blank=True, max_length=10_000)
    signs_en = models.TextField(blank=True, max_length=10_000)
    rank = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="own_words_once"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="own_words_kind"),
        ]
        indexes = [models.Index(fields=["organisation", "rank", "id"], name="own_words_in_order")]

    def __str__(self) -> str:
        return self.key

    @property
    def is_taken_back(self) -> bool:
        """Whether it holds no longer."""
        return self.taken_back_at is not None


class KeptOverlay(models.Model):
    """The own words as they were in one version, as a file: for rounds that were closed then.

    ``conditions`` are the ids of the own conditions in it, a line each.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    document = models.TextField()
    conditions = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "version"], name="kept_overlay_once")]

    def __str__(self) -> str:
        return str(self.version)
