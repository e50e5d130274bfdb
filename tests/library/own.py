"""Factories of own words for tests."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from samenspraak.library.actions import OwnDraft, say
from samenspraak.library.models import OwnWords
from samenspraak.people.models import Member

ONE = "condition:commitment-support"


def draft(kind: str = "example", *, home: str = ONE, field: str = "", version: int = 0, **texts: str) -> OwnDraft:
    given = {
        "text_nl": "Wij begonnen klein.",
        **({} if kind in ("wording", "action") else {"title_nl": "Zo deden wij het"}),
    }
    return OwnDraft(
        id=uuid4(), kind=kind, home=home, field=field, version=version, edition="2025-04", texts=given | texts
    )


def make_own_words(member: Member, kind: str = "example", **fields: Any) -> OwnWords:
    return say(member, draft(kind, **fields))


def make_condition(member: Member, title: str = "Wij kennen de keten") -> OwnWords:
    return make_own_words(member, "condition", home="category:capacity", title_nl=title, signs_nl="Een\nTwee")
