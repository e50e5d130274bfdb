"""What comes in about rounds, answers, evidence and self-assessments."""

from samenspraak.readiness.forms.assessment import JoinForm, StatementsForm, SuggestionForm, TeamForm
from samenspraak.readiness.forms.rounds import (
    ActionForm,
    AnswerForm,
    EvidenceForm,
    StartForm,
    TextsForm,
)

__all__ = [
    "ActionForm",
    "AnswerForm",
    "EvidenceForm",
    "JoinForm",
    "StartForm",
    "StatementsForm",
    "SuggestionForm",
    "TeamForm",
    "TextsForm",
]
