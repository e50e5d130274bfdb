"""The self-assessments of the demo: two of the owner, a team that has closed and one that is open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from samenspraak.library.queries import edition_for
from samenspraak.method.types import Edition
from samenspraak.people.models import Member
from samenspraak.readiness import actions

# One letter a statement, in the order of the elements, as the words of the demo write them.
LETTERS = {"y": "yes", "p": "partly", "n": "no", "?": "unknown"}


def self_assessments(members: Mapping[str, Member], given: Mapping[str, Any]) -> None:
    """Fill in what the words of a demo say about self-assessments."""
    owner = members["owner"]
    edition = edition_for(owner.organisation, "nl")
    for one in given["own"]:
        mine = actions.start_assessment(owner, edition.name)
        for element in edition.elements:
            own = {s.id: said for s in element.statements if (said := _answers(edition, one["answers"]).get(s.id))}
            actions.save_statements(mine, element, own, version=0)
        actions.finish_assessment(owner, mine, date.fromisoformat(one["on"]))
    closed = _team(owner, edition, given["team"])
    for answers in given["team"]["papers"]:
        draft = actions.TypedDraft(key=uuid4(), answers=_answers(edition, answers))
        actions.type_in_form(closed, edition, draft)
    actions.close_team(owner, closed, edition)
    _team(owner, edition, given["open_team"])


def _team(owner: Member, edition: Edition, given: Mapping[str, Any]) -> Any:
    due = timezone.localdate() + timedelta(days=given["due"])
    return actions.start_team(
        owner, actions.TeamDraft(name=given["name"], edition=edition.name, due_on=due, key=uuid4())
    )


def _answers(edition: Edition, letters: str) -> dict[str, str]:
    """Answers written as nine groups of four letters; a dot is a statement left open."""
    said = letters.replace(" ", "")
    statements = [s.id for element in edition.elements for s in element.statements]
    return {statement: LETTERS[letter] for statement, letter in zip(statements, said, strict=True) if letter != "."}
