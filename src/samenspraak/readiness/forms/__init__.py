"""What comes in about rounds, answers and evidence."""

from samenspraak.readiness.forms.rounds import (
    KINDS,
    MOST_BYTES,
    OFFICE,
    ActionForm,
    AnswerForm,
    EvidenceForm,
    StartForm,
    TextsForm,
    media_type_of,
)

__all__ = [
    "KINDS",
    "MOST_BYTES",
    "OFFICE",
    "ActionForm",
    "AnswerForm",
    "EvidenceForm",
    "StartForm",
    "TextsForm",
    "media_type_of",
]
