"""What comes in about rounds, answers, evidence and self-assessments."""

from samenspraak.readiness.forms.assessment import (
    JoinForm,
    StatementsForm,
    SuggestionForm,
    TeamForm,
)
from samenspraak.readiness.forms.instruments import (
    MOST_OWN_LINES,
    BudgetLineForm,
    Filled,
    HoursLineForm,
    InstrumentForm,
    MandateLineForm,
    Row,
    TeamLineForm,
    shown_rows,
)
from samenspraak.readiness.forms.rounds import (
    ActionForm,
    AnswerForm,
    EvidenceForm,
    StartForm,
    TextsForm,
)
from samenspraak.readiness.forms.signing import (
    ChangeForm,
    SignerForm,
    SignForm,
)
from samenspraak.readiness.forms.voices import (
    MOST_AT_ONCE,
    InquiryForm,
    VoiceForm,
)

__all__ = [
    "MOST_AT_ONCE",
    "MOST_OWN_LINES",
    "ActionForm",
    "AnswerForm",
    "BudgetLineForm",
    "ChangeForm",
    "EvidenceForm",
    "Filled",
    "HoursLineForm",
    "InquiryForm",
    "InstrumentForm",
    "JoinForm",
    "MandateLineForm",
    "Row",
    "SignForm",
    "SignerForm",
    "StartForm",
    "StatementsForm",
    "SuggestionForm",
    "TeamForm",
    "TeamLineForm",
    "TextsForm",
    "VoiceForm",
    "shown_rows",
]
