"""The self-assessment: what one person fills in, and what a team handed in.

What a team hands in is anonymous because of how it is kept. While somebody fills it in, the answers are that person's
(``Assessment`` with a ``team``). At handing in they are added to the numbers of the team (``TeamCount``), the
person's rows go, and all that stays of the person is *that* there was an answer: ``Participation.is_done`` for a
member, ``Guest.answered_at`` for a guest. No row holds one person's answers any more, and no time of handing in is kept.
"""

from __future__ import annotations

import uuid

from django.db import models

from samenspraak.people.models import Guest, Member, Organisation


class TeamAssessment(models.Model):
    """A self-assessment that a team fills in. ``due_on`` is a wish; it closes when somebody closes it, for good."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    edition = models.CharField(max_length=20)
    due_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-created_at"], name="teams_newest")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        """Whether nobody can hand in any more."""
        return self.closed_on is not None


class Assessment(models.Model):
    """The 36 statements as one person fills them in: of the person alone, or on the way to a team.

    Without ``team`` it is the member's own; ``shared_on`` is the day colleagues were let in. With a ``team`` it is a
    draft of a member or of a guest, and goes when it is handed in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="+")
    guest = models.ForeignKey(Guest, models.CASCADE, null=True, blank=True, related_name="+")
    team = models.ForeignKey(TeamAssessment, models.CASCADE, null=True, blank=True, related_name="+")
    edition = models.CharField(max_length=20)
    started_on = models.DateField()
    finished_on = models.DateField(null=True, blank=True)
    shared_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-finished_on"], name="assessments_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "member"],
                condition=models.Q(team=None, finished_on=None),
                name="assessment_open_once",
            ),
            models.UniqueConstraint(fields=["organisation", "team", "member"], name="assessment_of_member_once"),
            models.UniqueConstraint(fields=["organisation", "team", "guest"], name="assessment_of_guest_once"),
            models.CheckConstraint(
                condition=models.Q(member__isnull=False, guest=None)
                | models.Q(member=None, guest__isnull=False, team__isnull=False),
                name="assessment_of_one_person",
            ),
            models.CheckConstraint(
                condition=models.Q(team=None) | models.Q(finished_on=None, shared_on=None),
                name="assessment_of_team_is_a_draft",
            ),
        ]

    def __str__(self) -> str:
        return str(self.started_on)

    @property
    def is_finished(self) -> bool:
        """Whether the answers can no longer change."""
        return self.finished_on is not None


class ElementAnswers(models.Model):
    """What one person says about the statements of one element: ``answers`` by the id of the statement."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="elements")
    element_id = models.CharField(max_length=80)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "assessment", "element_id"], name="element_answers_once")
        ]

    def __str__(self) -> str:
        return self.element_id


class Participation(models.Model):
    """That a member takes part in a team, and whether the answers are in. Not when, and not what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    team = models.ForeignKey(TeamAssessment, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    is_done = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "team", "member"], name="participation_once")]

    def __str__(self) -> str:
        return "done" if self.is_done else "joined"


class TeamCount(models.Model):
    """How many people of a team gave this answer to a statement, or have this colour for an element.

    ``option`` is empty for who left a statement open. ``is_typed`` counts the forms that somebody typed in from paper.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    team = models.ForeignKey(TeamAssessment, models.CASCADE, related_name="+")
    item_id = models.CharField(max_length=80)
    option = models.CharField(max_length=8, blank=True)
    is_typed = models.BooleanField(default=False)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "team", "item_id", "option", "is_typed"], name="team_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.option}: {self.people}"


class TypedForm(models.Model):
    """That a paper form was typed in for a team: its id is the number of the page, so that it counts once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    team = models.ForeignKey(TeamAssessment, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.id)
