"""Invitations for tests."""

from __future__ import annotations

from uuid import uuid4

from samenspraak.people import actions
from samenspraak.people.models import Member, Role


def ask(owner: Member, email: str = "bram@example.org", role: Role = Role.EDITOR) -> str:
    """The path of the link of a new invitation."""
    return actions.invite(owner, email, role, uuid4()).link.removeprefix("http://localhost:8000")
