"""An organisation's own words, laid over an edition: other wording, and examples, actions, lines and conditions added.

An overlay never touches the edition. It names the edition it was made on; what it points at and a newer edition no
longer has is left out there and told by ``gone``. Laying an empty overlay gives the edition itself.
"""

from __future__ import annotations

from typing import Any

import msgspec

from samenspraak.method import types
from samenspraak.method.places import KINDS, Place, walk
from samenspraak.method.types import Edition, Language, Reworded

# What an organisation may say in its own words, by kind. Law, sources and the rule behind the colours are not among it.
WORDED: dict[str, tuple[str, ...]] = {
    "category": ("title", "about"),
    "condition": ("title", "statement", "why"),
    "action": ("text",),
    "example": ("title", "text"),
    "listing": ("title", "about"),
    "listing-item": ("title", "about"),
    "element": ("title", "short", "about"),
    "statement": ("text", "suggestion"),
    "model": ("title", "definition", "meaning"),
    "layer": ("title", "about"),
    "phase": ("title", "about"),
    "step": ("title", "purpose"),
    "question": ("question", "answer"),
    "term": ("term", "definition"),
    "facilitator": ("about", "need_rule"),
    "need-question": ("text",),
    "trait": ("title", "text"),
    "business-case": ("about", "costs"),
    "motive": ("title", "text"),
    "benefit": ("title", "text"),
    "commitment": ("about",),
    "barrier": ("title", "text"),
    "measure": ("title", "text"),
    "tool": ("title", "about"),
}
# Items with their place, by address.
Items = dict[str, tuple[Place, Any]]
_OTHER: dict[Language, Language] = {"nl": "en", "en": "nl"}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in two languages. One that was given in one language alone is used in both."""

    nl: str = ""
    en: str = ""

    def said(self, language: Language) -> str:
        """The text for readers of a language."""
        return str(getattr(self, language) or getattr(self, _OTHER[language]))

    def only_in(self, language: Language) -> str:
        """The other language, when the text was given in that one alone; else empty."""
        return "" if getattr(self, language) or not self.said(language) else _OTHER[language]


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Another text in one field of an item. ``item`` is its address: ``condition:capacity-time``."""

    item: str
    field: str
    text: Words

    @property
    def key(self) -> str:
        """What makes it this one within an overlay."""
        return f"{self.item}.{self.field}"


class Own(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something an organisation added; its ``id`` begins with ``own-``."""

    id: str

    @property
    def key(self) -> str:
        """What makes it this one within an overlay."""
        return self.id


class OwnCondition(Own, frozen=True, kw_only=True):
    """A condition of its own, after those of a category. Each line of ``signs`` is one sign."""

    category: str
    title: Words
    statement: Words
    why: Words = Words()
    signs: Words = Words()


class OwnExample(Own, frozen=True, kw_only=True):
    """An example of its own with a condition, which may be an own one."""

    condition: str
    title: Words
    text: Words


class OwnAction(Own, frozen=True, kw_only=True):
    """An action of its own with a condition, which may be an own one."""

    condition: str
    text: Words


class OwnLine(Own, frozen=True, kw_only=True):
    """A line of its own in a listing: a kind of cost, a skill, a team."""

    listing: str
    title: Words
    about: Words = Words()


class Overlay(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything an organisation says otherwise or adds; ``edition`` is the name of the one it was made on."""

    edition: str
    wordings: tuple[Wording, ...] = ()
    conditions: tuple[OwnCondition, ...] = ()
    examples: tuple[OwnExample, ...] = ()
    actions: tuple[OwnAction, ...] = ()
    lines: tuple[OwnLine, ...] = ()

    @property
    def own(self) -> tuple[Own, ...]:
        """Everything that was added."""
        return (*self.conditions, *self.examples, *self.actions, *self.lines)


def worded(edition: Edition) -> Items:
    """Every item that may be said in other words, with its place, by its address.

    The id of a line of a listing is only its own within that listing, so its address has both:
    ``listing-item:cost-kinds--travel-and-stay``.
    """
    found: Items = {}
    listing = ""
    for place, item in walk(edition):
        kind = KINDS.get(type(item), "")
        listing = item.id if kind == "listing" else listing
        if kind in WORDED:
            prefix = f"{listing}--" if kind == "listing-item" else ""
            found[f"{kind}:{prefix}{item.id}"] = place, item
    return found


def gone(items: Items, overlay: Overlay) -> tuple[str, ...]:
    """The keys of what an overlay has and an edition with these ``worded`` items has no place for any more."""
    homes = _homes(items, overlay)
    lost = [w.key for w in overlay.wordings if not may_be_worded(items, w)]
    return (*lost, *(own.key for own in overlay.own if home_of(own) not in homes))


def may_be_worded(items: Items, wording: Wording) -> bool:
    """Whether the item is there, and has a text in this field that may be said otherwise."""
    kind = wording.item.partition(":")[0]
    return wording.item in items and wording.field in WORDED[kind]


def home_of(own: Own) -> str:
    """The address of what something was added to."""
    if isinstance(own, OwnCondition):
        return f"category:{own.category}"
    if isinstance(own, OwnLine):
        return f"listing:{own.listing}"
    assert isinstance(own, OwnExample | OwnAction)
    return f"condition:{own.condition}"


def _homes(items: Items, overlay: Overlay) -> set[str]:
    """The addresses of what things may be added to: what the edition has, and own conditions in it."""
    homes = set(items)
    return homes | {f"condition:{own.id}" for own in overlay.conditions if home_of(own) in homes}


def lay(edition: Edition, overlay: Overlay, mark: str = "") -> Edition:
    """A new edition with the overlay over it; ``mark`` becomes its ``laid``. Without any change, the edition itself."""
    items, language = worded(edition), edition.language
    wordings = [w for w in overlay.wordings if may_be_worded(items, w)]
    homes = _homes(items, overlay)
    added = [own for own in overlay.own if home_of(own) in homes]
    if not wordings and not added:
        return edition
    said = {(*items[w.item][0], w.field): w.text.said(language) for w in wordings}
    roads = {place[:end] for place in said for end in range(len(place))}
    laid: Edition = _replaced(edition, (), said, roads)
    laid = msgspec.structs.replace(laid, categories=tuple(_category(c, added, language) for c in laid.categories))
    told = tuple(
        Reworded(
            address=w.item,
            field=w.field,
            original=getattr(items[w.item][1], w.field),
            only_in=w.text.only_in(language),
        )
        for w in wordings
    )
    return msgspec.structs.replace(_coded(laid), laid=mark, reworded=told)


def _replaced(value: Any, place: Place, said: dict[Place, str], roads: set[Place]) -> Any:
    """The value with other texts in it; what no road leads through stays the same object."""
    if place in said:
        return said[place]
    if place not in roads:
        return value
    if isinstance(value, tuple):
        return tuple(_replaced(item, (*place, index), said, roads) for index, item in enumerate(value))
    fields = {f: _replaced(getattr(value, f), (*place, f), said, roads) for f in value.__struct_fields__}
    return msgspec.structs.replace(value, **fields)


def _category(category: types.Category, added: list[Own], language: Language) -> types.Category:
    own = [o for o in added if isinstance(o, OwnCondition) and o.category == category.id]
    conditions = (*category.conditions, *(own_condition(o, language) for o in own))
    return msgspec.structs.replace(category, conditions=tuple(_filled(c, added, language) for c in conditions))


def own_condition(own: OwnCondition, language: Language) -> types.Condition:
    """An own condition as the others are; it gets its letter, and what was added to it, when it is laid."""
    return types.Condition(
        id=own.id,
        source=_source(language, own.title, own.statement, own.why, own.signs),
        code="",
        title=own.title.said(language),
        statement=own.statement.said(language),
        why=own.why.said(language),
        signs=tuple(line for line in own.signs.said(language).split("\n") if line),
        actions=(),
    )


def _filled(condition: types.Condition, added: list[Own], language: Language) -> types.Condition:
    """A condition with what was added to it."""
    actions = [
        types.Action(id=o.id, source=_source(language, o.text), text=o.text.said(language))
        for o in added
        if isinstance(o, OwnAction) and o.condition == condition.id
    ]
    examples = [
        types.Example(
            id=o.id,
            source=_source(language, o.title, o.text),
            title=o.title.said(language),
            text=o.text.said(language),
        )
        for o in added
        if isinstance(o, OwnExample) and o.condition == condition.id
    ]
    return msgspec.structs.replace(
        condition,
        actions=(*condition.actions, *actions),
        examples=(*condition.examples, *examples),
        listings=tuple(_listing(listing, added, language) for listing in condition.listings),
    )


def _listing(listing: types.Listing, added: list[Own], language: Language) -> types.Listing:
    lines = [
        types.ListingItem(
            id=o.id,
            title=o.title.said(language),
            about=o.about.said(language),
            source=_source(language, o.title, o.about),
        )
        for o in added
        if isinstance(o, OwnLine) and o.listing == listing.id
    ]
    return msgspec.structs.replace(listing, items=(*listing.items, *lines)) if lines else listing


def _coded(edition: Edition) -> Edition:
    """Own conditions get a letter: VA, VB … The figures stay those of the method."""
    letters = iter(_LETTERS)
    categories = [
        msgspec.structs.replace(
            category,
            conditions=tuple(
                c if c.code else msgspec.structs.replace(c, code=f"V{next(letters)}") for c in category.conditions
            ),
        )
        for category in edition.categories
    ]
    return msgspec.structs.replace(edition, categories=tuple(categories))


def _source(language: Language, *texts: Words) -> str:
    """What says that it is an organisation's own, and in which language alone it was written."""
    only = {text.only_in(language) for text in texts} - {""}
    return f"own: {only.pop()}" if only else "own"
