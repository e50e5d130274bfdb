"""Everything that changes rounds, answers and evidence."""

from samenspraak.readiness.actions.answers import (
    AnswerDraft,
    locked_answer,
    save_answer,
)
from samenspraak.readiness.actions.evidence import (
    add_file,
    add_link,
    put_back_evidence,
    remove_evidence,
)
from samenspraak.readiness.actions.rounds import (
    TEXTS,
    RoundClosed,
    RoundDraft,
    close_round,
    open_round,
    reopen_round,
    save_texts,
    start_round,
)

__all__ = [
    "TEXTS",
    "AnswerDraft",
    "RoundClosed",
    "RoundDraft",
    "add_file",
    "add_link",
    "close_round",
    "locked_answer",
    "open_round",
    "put_back_evidence",
    "remove_evidence",
    "reopen_round",
    "save_answer",
    "save_texts",
    "start_round",
]
