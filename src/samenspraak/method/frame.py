"""The frame every edition of the method has: how many of what, in which order, and how elements and steps hang together.

Each rule is a function from edition to findings; ``rules`` runs them with its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from samenspraak.method import types
from samenspraak.method.places import Finding, Place, walk
from samenspraak.method.types import Edition

CONDITIONS_PER_CATEGORY = (2, 4, 2)
ELEMENTS = 9
STATEMENTS_PER_ELEMENT = 4
STEPS = 10
PHASES = 4
LAYERS = ("core", "inner", "outer", "ground")


def conditions(edition: Edition) -> Iterator[Finding]:
    """Eight conditions as 2 + 4 + 2, each with its own code, a sign to tell it by and an action."""
    found = tuple(len(category.conditions) for category in edition.categories)
    yield from _expected(("categories",), "The numbers of conditions per category", found, CONDITIONS_PER_CATEGORY)
    codes = Counter(condition.code for condition in edition.conditions)
    for place, item in walk(edition.categories, ("categories",)):
        if isinstance(item, types.Condition):
            if codes[item.code] > 1:
                yield Finding((*place, "code"), f"{codes[item.code]} conditions have code '{item.code}'", "Change one")
            for field in ("signs", "actions"):
                if not getattr(item, field):
                    yield Finding((*place, field), f"Condition '{item.id}' has no {field}", "Write at least one")


def elements(edition: Edition) -> Iterator[Finding]:
    """Nine elements numbered 1 to 9, each with four statements."""
    numbers = tuple(element.number for element in edition.elements)
    yield from _expected(("elements",), "The numbers of the elements", numbers, tuple(range(1, ELEMENTS + 1)))
    for index, element in enumerate(edition.elements):
        place = ("elements", index, "statements")
        found = (len(element.statements),)
        yield from _expected(place, f"The number of statements of '{element.id}'", found, (STATEMENTS_PER_ELEMENT,))


def steps(edition: Edition) -> Iterator[Finding]:
    """Steps 0 to 9 in four phases, none of them empty."""
    numbers = tuple(step.number for step in edition.steps)
    yield from _expected(("phases",), "The numbers of the steps", numbers, tuple(range(STEPS)))
    phases = tuple(phase.number for phase in edition.phases)
    yield from _expected(("phases",), "The numbers of the phases", phases, tuple(range(1, PHASES + 1)))
    for index, phase in enumerate(edition.phases):
        if not phase.steps:
            yield Finding(("phases", index, "steps"), f"Phase {phase.number} has no steps", "Move a step here")


def step_links(edition: Edition) -> Iterator[Finding]:
    """Element and step point at each other; each element leads to a step, and each step from 1 on has an element."""
    by_element = {(element.id, step) for element in edition.elements for step in element.steps}
    by_step = {(element, step.id) for step in edition.steps for element in step.elements}
    for place, item in walk(edition):
        if isinstance(item, types.Element):
            for step in item.steps:
                if (item.id, step) not in by_step:
                    yield Finding((*place, "steps"), f"Step '{step}' does not point back", "Name both or none")
            if not item.steps:
                yield Finding((*place, "steps"), f"Element '{item.id}' leads to no step", "Name the steps it bears on")
        if isinstance(item, types.Step):
            for element in item.elements:
                if (element, item.id) not in by_element:
                    yield Finding((*place, "elements"), f"Element '{element}' does not point back", "Name both or none")
            if item.number > 0 and not item.elements:
                yield Finding((*place, "elements"), f"Step '{item.id}' can never get priority", "Name its elements")


def model(edition: Edition) -> Iterator[Finding]:
    """The layers lie from the core outwards, then the ground, and hold each element once."""
    places = tuple(layer.place for layer in edition.model.layers)
    yield from _expected(("model", "layers"), "The places of the layers", places, LAYERS)
    held = Counter(element for layer in edition.model.layers for element in layer.elements)
    for element in edition.elements:
        if held[element.id] != 1:
            message = f"Element '{element.id}' stands {held[element.id]} times in the model"
            yield Finding(("model", "layers"), message, "Put it in one layer")


def result_rule(edition: Edition) -> Iterator[Finding]:
    """All yes is green, all no is orange, and a better answer never brings fewer points."""
    rule = edition.rule
    if min(rule.no, rule.unknown) < 0 or not max(rule.no, rule.unknown) <= rule.partly <= rule.yes:
        yield Finding(("rule",), "A better answer brings fewer points", "Let points rise from no to partly to yes")
    if not STATEMENTS_PER_ELEMENT * max(rule.no, rule.unknown) < rule.green_from <= STATEMENTS_PER_ELEMENT * rule.yes:
        yield Finding(("rule", "green_from"), "Green comes always or never", "Choose between all no and all yes")


def _expected(place: Place, what: str, found: Iterable[object], wanted: Iterable[object]) -> Iterator[Finding]:
    have, want = (", ".join(str(item) for item in items) for items in (found, wanted))
    if have != want:
        yield Finding(place, f"{what}: {have or 'none'}", f"Make it {want}")


FRAME = (conditions, elements, steps, step_links, model, result_rule)
