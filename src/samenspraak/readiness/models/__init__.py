"""Rounds, answers and evidence; the self-assessment of a person and of a team."""

from samenspraak.readiness.models.assessment import (
    Assessment,
    ElementAnswers,
    Participation,
    TeamAssessment,
    TeamCount,
    TypedForm,
)
from samenspraak.readiness.models.rounds import (
    Answer,
    Evidence,
    Round,
)

__all__ = [
    "Answer",
    "Assessment",
    "ElementAnswers",
    "Evidence",
    "Participation",
    "Round",
    "TeamAssessment",
    "TeamCount",
    "TypedForm",
]
