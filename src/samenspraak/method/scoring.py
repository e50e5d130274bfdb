"""What the answers to the 36 statements say: a colour per element, a priority per step.

Pure functions over an edition and answers. There is no mark, no percentage and no sum over elements, on purpose: what
is meaningful differs per stakeholder, and a ranking would invite ticking boxes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from samenspraak.method.types import Edition, Element, ResultRule, Statement, Step

Answer = Literal["yes", "partly", "no", "unknown"]
Colour = Literal["green", "orange", "grey"]
Priority = Literal["high", "normal", "unknown"]
# Answers by the id of the statement; a statement that is not there has no answer yet.
Answers = Mapping[str, Answer]


def points(rule: ResultRule, answer: Answer) -> int:
    """The points one answer brings, for the rule only; never shown."""
    return {"yes": rule.yes, "partly": rule.partly, "no": rule.no, "unknown": rule.unknown}[answer]


def colour(rule: ResultRule, element: Element, answers: Answers) -> Colour:
    """Grey while a statement has no answer; green with enough points and no critical gap; else orange.

    A critical gap is a critical statement answered no or unknown. Answers to other elements are left aside.
    """
    given = [(statement, answers.get(statement.id)) for statement in element.statements]
    score, is_gap = 0, False
    for statement, answer in given:
        if answer is None:
            return "grey"
        score += points(rule, answer)
        is_gap = is_gap or (statement.critical and answer in ("no", "unknown"))
    return "green" if score >= rule.green_from and not is_gap else "orange"


def colours(edition: Edition, answers: Answers) -> dict[str, Colour]:
    """The colour of every element by its id, in the order of the model."""
    return {element.id: colour(edition.rule, element, answers) for element in edition.elements}


def suggestions(element: Element, answers: Answers) -> tuple[Statement, ...]:
    """The statements of an element that are answered, but not with yes: their suggestions help on."""
    return tuple(s for s in element.statements if answers.get(s.id, "yes") != "yes")


def priority(step: Step, colours: Mapping[str, Colour]) -> Priority:
    """High when a linked element is orange; else unknown when one is grey; normal when all are green.

    A step without linked elements (step 0) is normal. ``colours`` holds every element the step links to.
    """
    linked = {colours[element] for element in step.elements}
    if "orange" in linked:
        return "high"
    return "unknown" if "grey" in linked else "normal"


def priorities(edition: Edition, colours: Mapping[str, Colour]) -> dict[str, Priority]:
    """The priority of every step by its id, in the order of the steps: priority never reorders the road."""
    return {step.id: priority(step, colours) for step in edition.steps}


def start_step(edition: Edition, priorities: Mapping[str, Priority]) -> Step | None:
    """Where to start: the first step with high priority, or none."""
    return next((step for step in edition.steps if priorities[step.id] == "high"), None)
