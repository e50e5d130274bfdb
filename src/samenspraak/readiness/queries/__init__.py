"""Reads of rounds, and the loaders that authorise."""

from samenspraak.readiness.queries.rounds import (
    MOST_OTHERS,
    PAGE,
    RoundRow,
    answer_for,
    answers_of,
    beginning_of,
    condition_for,
    edition_of,
    evidence_by_condition,
    evidence_for,
    evidence_of,
    newest_round,
    other_rounds,
    round_for,
    rounds_of,
    values_of,
)

__all__ = [
    "MOST_OTHERS",
    "PAGE",
    "RoundRow",
    "answer_for",
    "answers_of",
    "beginning_of",
    "condition_for",
    "edition_of",
    "evidence_by_condition",
    "evidence_for",
    "evidence_of",
    "newest_round",
    "other_rounds",
    "round_for",
    "rounds_of",
    "values_of",
]
