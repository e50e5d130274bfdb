"""Pages of ‘Are we ready?’, by what they are about."""

from samenspraak.readiness.views import (
    answers,
    assessment,
    evidence,
    guests,
    instruments,
    papers,
    rounds,
    signing,
    teams,
    voice,
    voices,
)

__all__ = [
    "answers",
    "assessment",
    "evidence",
    "guests",
    "instruments",
    "papers",
    "rounds",
    "signing",
    "teams",
    "voice",
    "voices",
]
