"""What a schema cannot say about one edition in one language: each rule is a function from edition to findings.

The rules here hold for every item by itself and for what it points at; ``frame`` holds the numbers of the method.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import msgspec

from samenspraak.method import types, workshop_types
from samenspraak.method.agenda import AGENDA
from samenspraak.method.frame import FRAME
from samenspraak.method.nodes import REFUSED
from samenspraak.method.places import KINDS, WITHIN, Finding, Place, addresses, field_of, walk
from samenspraak.method.types import Edition

LONGEST_TEXT = 10_000
LONGEST_ACTION = 200
LONGEST_LABEL = 26
# What an organisation adds itself begins with this, so it never has the id of something in an edition, now or later.
OWN = "own-"
ADDED = frozenset({"condition", "action", "example", "listing-item"})

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Fields that say something by being empty; every other text must be there.
_MAY_BE_EMPTY = frozenset(
    {(types.Document, "link"), (types.Tool, "in_samenspraak"), (types.Listing, "about"), (types.ListingItem, "about")}
    | {(workshop_types.Block, "phase"), (workshop_types.Block, "guest")}
    | {(workshop_types.Segment, field) for field in ("assignment", "paper", "phone")}
    | {(workshop_types.Field, "hint"), (workshop_types.Field, "element"), (workshop_types.Column, "hint")}
    | {(workshop_types.Card, "element")}
    | {(types.ListingItem, "source"), (Edition, "laid")}
)
# Which fields hold ids, and of which kind; an address is kind and id together.
_REFERENCES: dict[tuple[type, str], str] = {
    (types.Condition, "tools"): "tool",
    (types.Element, "steps"): "step",
    (types.Element, "tools"): "tool",
    (types.Layer, "elements"): "element",
    (types.Step, "elements"): "element",
    (types.Step, "conditions"): "condition",
    (types.Step, "tools"): "tool",
    (types.Benefit, "motive"): "motive",
    (types.Barrier, "measures"): "measure",
    (types.Question, "related"): "address",
    (workshop_types.Trim, "id"): "segment",
    (workshop_types.Cut, "after"): "block",
    (workshop_types.Timing, "gives_way"): "block",
    (workshop_types.Block, "phase"): "phase",
    (workshop_types.Block, "steps"): "step",
    (workshop_types.Block, "layout"): "layout",
    (workshop_types.Block, "materials"): "material",
    (workshop_types.Material, "prints"): "address",
    (workshop_types.Point, "related"): "address",
    (workshop_types.Field, "element"): "element",
    (workshop_types.Card, "element"): "element",
}


def ids(whole: msgspec.Struct) -> Iterator[Finding]:
    """An id is lower case with hyphens and stands once among its kind; of some kinds, once within its holder."""
    seen: set[tuple[str, Place, str]] = set()
    for place, item in walk(whole):
        if not hasattr(item, "id"):
            continue
        kind = KINDS[type(item)]
        if kind in ADDED and item.id.startswith(OWN):
            yield Finding((*place, "id"), f"The id '{item.id}' begins with '{OWN}'", "Leave that to organisations")
        if not ID.fullmatch(item.id):
            yield Finding((*place, "id"), f"The id '{item.id}' has another form than 'two-words'", "Use a-z, 0-9 and -")
        key = (kind, place[:-1] if kind in WITHIN else (), item.id)
        if key in seen:
            yield Finding((*place, "id"), f"The id '{item.id}' stands twice among kind '{kind}'", "Give it an own id")
        seen.add(key)


def sources(edition: Edition) -> Iterator[Finding]:
    """A source is ``ours``, or a document of this edition, a colon and the place in it."""
    documents = [document.id for document in edition.documents]
    for place, item in walk(edition):
        if isinstance(item, types.Item) and not item.is_ours:
            document, _, where = item.source.partition(": ")
            if document not in documents or not where.strip():
                mend = f"Write 'ours' or '<document>: <place>', with one of: {', '.join(documents)}"
                yield Finding((*place, "source"), f"The source '{item.source}' leads nowhere", mend)


def texts(whole: msgspec.Struct) -> Iterator[Finding]:
    """Every text is there, without stray space or signs that cannot be shown, and not endless."""
    for place, item in walk(whole):
        if isinstance(item, msgspec.Struct):
            for field in item.__struct_fields__:
                may_be_empty = (type(item), field) in _MAY_BE_EMPTY
                yield from text_faults((*place, field), getattr(item, field), may_be_empty)
        elif isinstance(item, tuple):
            for index, value in enumerate(item):
                yield from text_faults((*place, index), value, False)


def text_faults(place: Place, text: Any, may_be_empty: bool) -> Iterator[Finding]:
    """What is wrong with one text; nothing when it is no text at all."""
    if not isinstance(text, str):
        return
    field = field_of(place)
    if not text and not may_be_empty:
        yield Finding(place, f"'{field}' is empty", "Write the text")
    if text != text.strip():
        yield Finding(place, f"'{field}' begins or ends with space", "Remove it; begin a block of text with >-")
    if "\n\n" in text:
        yield Finding(place, f"'{field}' holds an empty paragraph", "Use >- with one empty line between paragraphs")
    if match := REFUSED.search(text):
        yield Finding(place, f"'{field}' holds U+{ord(match[0]):04X}, which cannot be shown", "Remove it")
    if not unicodedata.is_normalized("NFC", text):
        yield Finding(place, f"'{field}' holds letters in parts", "Save the text in Unicode form NFC")
    if len(text) > LONGEST_TEXT:
        yield Finding(place, f"'{field}' has {len(text)} characters", f"Keep it under {LONGEST_TEXT}")


def lengths(edition: Edition) -> Iterator[Finding]:
    """An action fits a task title; a label fits the drawn route."""
    for place, item in walk(edition):
        if isinstance(item, types.Action):
            yield from _at_most(LONGEST_ACTION, item.text, (*place, "text"))
        if isinstance(item, types.Step):
            yield from _at_most(LONGEST_LABEL, item.label, (*place, "label"))


def _at_most(limit: int, text: str, place: Place) -> Iterator[Finding]:
    if len(text) > limit:
        yield Finding(place, f"'{place[-1]}' has {len(text)} characters", f"Make it at most {limit}")


def references(edition: Edition) -> Iterator[Finding]:
    """Every id that is pointed at exists, and no list points twice at the same."""
    known: dict[str, set[str]] = {"address": set(addresses(edition))}
    for _, item in walk(edition):
        if hasattr(item, "id"):
            known.setdefault(KINDS[type(item)], set()).add(item.id)
    for place, item in walk(edition):
        for (holder, field), kind in _REFERENCES.items():
            if type(item) is holder:
                yield from _existing(known.get(kind, set()), kind, getattr(item, field), (*place, field))


def _existing(known: set[str], kind: str, value: str | tuple[str, ...], place: Place) -> Iterator[Finding]:
    pointed = ((value,) if value else ()) if isinstance(value, str) else value  # empty is a matter of ``texts``
    for one, times in Counter(pointed).items():
        if one not in known:
            yield Finding(place, f"'{place[-1]}' points at {kind} '{one}', which there is not", "Point at one there is")
        if times > 1:
            yield Finding(place, f"'{place[-1]}' points twice at '{one}'", "Keep one")


def links(edition: Edition) -> Iterator[Finding]:
    """A link leads over https to a host, without a name or password in it. An empty one is a matter of ``texts``."""
    for place, item in walk(edition):
        if isinstance(item, types.Document | types.Tool) and item.link and not _is_link(item.link):
            yield Finding((*place, "link"), f"The link '{item.link}' is no https address", "Write https://host/path")


def _is_link(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme == "https" and "." in host and "@" not in parts.netloc and not re.search(r"\s", link)


def days(edition: Edition) -> Iterator[Finding]:
    """The day a norm was checked is a day on the calendar, written 2025-04-30."""
    for index, norm in enumerate(edition.norms):
        if not _is_day(norm.checked_on):
            place = ("norms", index, "checked_on")
            yield Finding(place, f"'{norm.checked_on}' is no day", "Write year-month-day: 2025-04-30")


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def synonyms(edition: Edition) -> Iterator[Finding]:
    """A group of synonyms has at least two words, each once."""
    for index, group in enumerate(edition.synonyms):
        if len({word.casefold() for word in group}) < max(2, len(group)):
            yield Finding(("synonyms", index), "A group needs two words or more, each once", "Add a word or remove one")


RULES = (ids, sources, texts, lengths, references, links, days, synonyms, *FRAME, *AGENDA)


def findings(edition: Edition) -> Iterator[Finding]:
    """Everything the rules find in an edition."""
    for rule in RULES:
        yield from rule(edition)
