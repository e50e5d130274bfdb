"""What a conversation needs: mandate, hours, budget and team, each with lines of its own, and who signed the mandate."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.db import models

from samenspraak.people.models import Member, Organisation
from samenspraak.readiness.models.rounds import Round
from samenspraak.ui.money import Money

KINDS = ("mandate", "hours", "budget", "team")


class Instrument(models.Model):
    """One of the four of a round: ``kind`` is mandate, hours, budget or team.

    ``about`` says in the words of the user which conversation it is for. ``version`` goes up with every change of the
    instrument or of one of its lines; a signature is about one version.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    round = models.ForeignKey(Round, models.CASCADE, related_name="instruments")
    kind = models.CharField(max_length=8)
    about = models.CharField(max_length=160, blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "round", "kind"], name="instrument_once"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="instrument_kind"),
        ]

    def __str__(self) -> str:
        return self.kind


class Line(models.Model):
    """What the lines of all four share.

    ``item_id`` is the id of a piece of the edition (an outcome, an activity, a kind of cost, a team) and empty for a
    line of one's own, which has a ``title``. ``place`` is where it stands.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    item_id = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.item_id or self.title


class MandateLine(Line):
    """How far one may go on one topic. ``by_whom`` decides what must be asked first; ``until_on`` is the last day it holds."""

    may_promise = models.TextField(blank=True, max_length=2000)
    must_ask = models.TextField(blank=True, max_length=2000)
    not_possible = models.TextField(blank=True, max_length=2000)
    by_whom = models.CharField(max_length=120, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "instrument", "place"], name="mandate_place")]


class HoursLine(Line):
    """What one part of a conversation takes: ``quarters`` of an hour for each person, times ``people``."""

    quarters = models.PositiveIntegerField(default=0)
    people = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "instrument", "place"], name="hours_place")]

    @property
    def hours(self) -> Decimal:
        """Hours for each person."""
        return Decimal(self.quarters) / 4

    @property
    def total(self) -> Decimal:
        """Hours of all people together."""
        return Decimal(self.quarters * self.people) / 4


class BudgetLine(Line):
    """One cost in the smallest unit of ``currency``. ``meeting`` says whether it belongs to meeting or to talking online.

    Without ``low`` and ``high`` the amount is certain.
    """

    currency = models.CharField(max_length=3, default="EUR")
    low = models.BigIntegerField(null=True, blank=True)
    expected = models.BigIntegerField(null=True, blank=True)
    high = models.BigIntegerField(null=True, blank=True)
    is_yearly = models.BooleanField(default=False)
    meeting = models.CharField(max_length=9, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "instrument", "place"], name="budget_place"),
            models.CheckConstraint(condition=models.Q(meeting__in=["", "in-person", "online"]), name="budget_meeting"),
            models.CheckConstraint(condition=models.Q(low__isnull=True) | models.Q(low__gte=0), name="budget_low"),
            models.CheckConstraint(
                condition=models.Q(low__isnull=True) | models.Q(low__lte=models.F("expected")),
                name="budget_low_expected",
            ),
            models.CheckConstraint(
                condition=models.Q(high__isnull=True) | models.Q(high__gte=models.F("expected")),
                name="budget_expected_high",
            ),
        ]

    @property
    def amounts(self) -> tuple[Money, Money, Money] | None:
        """Low, expected and high, where a certain amount is all three; None when nothing is expected yet."""
        if self.expected is None:
            return None
        low = self.expected if self.low is None else self.low
        high = self.expected if self.high is None else self.high
        return Money(low, self.currency), Money(self.expected, self.currency), Money(high, self.currency)


class TeamLine(Line):
    """What one team does. ``who`` is a name; ``member`` too when that name is a colleague's."""

    who = models.CharField(max_length=240, blank=True)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    leads = models.BooleanField(default=False)
    gives_input = models.BooleanField(default=False)
    wants_results = models.BooleanField(default=False)
    helps = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "instrument", "place"], name="team_place")]
