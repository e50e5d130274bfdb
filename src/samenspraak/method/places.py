"""Where things stand in an edition, and by which address other things point at them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from samenspraak.method import kit_types, types, workshop_types
from samenspraak.method.types import Edition, Item

# The road from an edition to a value: ("categories", 0, "conditions", 1, "title").
Place = tuple[str | int, ...]


class Finding(msgspec.Struct, frozen=True):
    """A fault in an edition, at a place; reading the edition told the file and line of that place."""

    place: Place
    message: str
    mend: str


# What each kind is called in an address and in messages.
KINDS: dict[type, str] = {
    types.Document: "document",
    types.Category: "category",
    types.Condition: "condition",
    types.Action: "action",
    types.Example: "example",
    types.Listing: "listing",
    types.ListingItem: "listing-item",
    types.Element: "element",
    types.Statement: "statement",
    types.ResultRule: "rule",
    types.Model: "model",
    types.Layer: "layer",
    types.Phase: "phase",
    types.Step: "step",
    types.Question: "question",
    types.Term: "term",
    types.Norm: "norm",
    types.Facilitator: "facilitator",
    types.NeedQuestion: "need-question",
    types.Trait: "trait",
    types.BusinessCase: "business-case",
    types.Motive: "motive",
    types.Benefit: "benefit",
    types.Commitment: "commitment",
    types.Barrier: "barrier",
    types.Measure: "measure",
    types.Tool: "tool",
    workshop_types.Programme: "workshop",
    workshop_types.Timing: "timing",
    workshop_types.Shortening: "shortening",
    workshop_types.Trim: "trim",
    workshop_types.Cut: "cut",
    workshop_types.GroupRule: "group-rule",
    workshop_types.TrainerRule: "trainer-rule",
    workshop_types.Block: "block",
    workshop_types.Segment: "segment",
    workshop_types.Slide: "slide",
    workshop_types.Layout: "layout",
    workshop_types.Material: "material",
    workshop_types.Preparation: "preparation",
    workshop_types.Preparing: "preparing",
    workshop_types.Point: "point",
    workshop_types.Worksheet: "worksheet",
    workshop_types.Field: "field",
    workshop_types.Column: "column",
    workshop_types.Example: "filled-example",
    workshop_types.Filled: "filled",
    workshop_types.Deck: "deck",
    workshop_types.Card: "card",
    workshop_types.RolePlay: "role-play",
    workshop_types.Part: "part",
    workshop_types.Casting: "casting",
    kit_types.Kit: "kit",
    kit_types.Case: "case",
    kit_types.Link: "link",
    kit_types.Counterpart: "counterpart",
    kit_types.Suggestion: "suggestion",
    kit_types.Role: "role",
    kit_types.Event: "event",
    kit_types.Story: "story",
}

# Kinds whose ids are unique within their holder alone.
WITHIN = frozenset({"listing-item", "field", "column", "filled", "trim"})

# The kinds a text may point at: those that have a place of their own on the screen.
ADDRESSABLE = frozenset(
    {"category", "condition", "element", "statement", "model", "phase", "step", "question", "term", "norm"}
    | {"facilitator", "trait", "business-case", "benefit", "commitment", "barrier", "measure", "tool"}
    | {"workshop", "block", "worksheet", "deck", "role-play"}
)


def walk(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """The value and everything in it, each with its place, in the order of the files."""
    yield place, value
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from walk(getattr(value, field), (*place, field))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*place, index))


def field_of(place: Place) -> str:
    """The name of the field a place lies in, also for an item of a list; empty for the edition itself."""
    return next((part for part in reversed(place) if isinstance(part, str)), "")


def address(item: Item) -> str:
    """How other items point at this one: ``condition:capacity-time``."""
    return f"{KINDS[type(item)]}:{item.id}"


def addresses(edition: Edition) -> dict[str, Item]:
    """Every item a text may point at, by its address, in the order of the files."""
    items = (value for _, value in walk(edition) if isinstance(value, Item))
    return {address(item): item for item in items if KINDS[type(item)] in ADDRESSABLE}
