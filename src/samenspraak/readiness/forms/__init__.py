"""What comes in about rounds, answers and evidence."""

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
    "StartForm",
    "TextsForm",
]
