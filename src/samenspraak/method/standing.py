"""What a round of answers on the conditions means: counts in words, never a mark.

Conditions raise the chance of a meaningful dialogue and say something about feasibility; they are no gate
(checklist, introduction). The order of what to do first is ours: the order of the method, because commitment decides
how much room there is for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from samenspraak.method.types import Category, Condition, Edition

Answer = Literal["yes", "partly", "no", "unknown"]
ANSWERS: tuple[Answer, ...] = ("yes", "partly", "no", "unknown")
FIRST = 3


class CategoryStanding(msgspec.Struct, frozen=True, kw_only=True):
    """The conditions of one category by answer; ``open`` were not answered yet."""

    category: Category
    met: tuple[Condition, ...]
    partly: tuple[Condition, ...]
    no: tuple[Condition, ...]
    unknown: tuple[Condition, ...]
    open: tuple[Condition, ...]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a round stands. ``first`` are at most three conditions to work on, in the order of the method."""

    categories: tuple[CategoryStanding, ...]
    met: int
    needs_attention: int
    unanswered: int
    first: tuple[Condition, ...]

    @property
    def total(self) -> int:
        """How many conditions there are."""
        return self.met + self.needs_attention + self.unanswered

    @property
    def is_complete(self) -> bool:
        """Whether every condition has an answer, ‘I don't know yet’ too."""
        return self.unanswered == 0


def standing_of(edition: Edition, answers: Mapping[str, str]) -> Standing:
    """The standing of ``answers`` (condition id → answer; a missing or empty one is not answered yet)."""
    categories = tuple(_of_category(category, answers) for category in edition.categories)
    met = sum(len(c.met) for c in categories)
    unanswered = sum(len(c.open) for c in categories)
    waiting = [c for c in edition.conditions if answers.get(c.id) != "yes"]
    return Standing(
        categories=categories,
        met=met,
        needs_attention=len(edition.conditions) - met - unanswered,
        unanswered=unanswered,
        first=tuple(waiting[:FIRST]),
    )


def _of_category(category: Category, answers: Mapping[str, str]) -> CategoryStanding:
    groups: dict[str, list[Condition]] = {answer: [] for answer in (*ANSWERS, "")}
    for condition in category.conditions:
        groups[answers.get(condition.id, "")].append(condition)
    return CategoryStanding(
        category=category,
        met=tuple(groups["yes"]),
        partly=tuple(groups["partly"]),
        no=tuple(groups["no"]),
        unknown=tuple(groups["unknown"]),
        open=tuple(groups[""]),
    )
