"""What ``doctor`` says: one line about one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """One line. ``mend`` says what to do, and is empty when all is well."""

    level: Literal["ok", "warn", "wrong"]
    subject: str
    text: str
    mend: str = ""


def ok(subject: str, text: str) -> Finding:
    """Nothing to do."""
    return Finding("ok", subject, text)


def warn(subject: str, text: str, mend: str) -> Finding:
    """It works, but look at it."""
    return Finding("warn", subject, text, mend)


def wrong(subject: str, text: str, mend: str) -> Finding:
    """It does not work, or is not safe."""
    return Finding("wrong", subject, text, mend)
