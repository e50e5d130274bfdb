"""What a form that is sent fifty times at once is, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from samenspraak.people.models import Member


class Sent(NamedTuple):
    """Where a form goes and what is in it, made anew for every one of the fifty."""

    arguments: dict[str, Any]
    form: Callable[[], dict[str, Any]]


class Case(NamedTuple):
    """A form of ``route``; what came of fifty: rows by table and files, and the fields of lines in the history.

    ``ends`` are the statuses of an answer; where 404 is one, what was asked about is no longer there to ask about.
    """

    route: str
    prepare: Callable[[Member], Sent]
    rows: dict[str, int]
    history: list[str]
    ends: frozenset[int] = frozenset({200, 302})
