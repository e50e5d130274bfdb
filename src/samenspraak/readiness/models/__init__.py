"""Rounds, answers and evidence."""

from samenspraak.readiness.models.rounds import (
    Answer,
    Evidence,
    Round,
)

__all__ = [
    "Answer",
    "Evidence",
    "Round",
]
