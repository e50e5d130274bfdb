"""Rounds, answers and evidence; the self-assessment of a person and of a team."""

from samenspraak.readiness.models.assessment import (
    Assessment,
    ElementAnswers,
    Participation,
    TeamAssessment,
    TeamCount,
    TypedForm,
)
from samenspraak.readiness.models.instruments import (
    KINDS,
    BudgetLine,
    HoursLine,
    Instrument,
    MandateLine,
    TeamLine,
)
from samenspraak.readiness.models.rounds import (
    Answer,
    Evidence,
    Round,
)
from samenspraak.readiness.models.signing import (
    OUTCOMES,
    Signature,
)
from samenspraak.readiness.models.voices import (
    Inquiry,
    Voice,
)

__all__ = [
    "KINDS",
    "OUTCOMES",
    "Answer",
    "Assessment",
    "BudgetLine",
    "ElementAnswers",
    "Evidence",
    "HoursLine",
    "Inquiry",
    "Instrument",
    "MandateLine",
    "Participation",
    "Round",
    "Signature",
    "TeamAssessment",
    "TeamCount",
    "TeamLine",
    "TypedForm",
    "Voice",
]
