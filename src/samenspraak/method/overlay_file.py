"""An overlay as a file: read strictly with file and line in every fault, and written so that reading gives the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from samenspraak.method.load import ROOT, Lines, editions, load_edition, read_value
from samenspraak.method.overlay import (
    WORDED,
    Overlay,
    Own,
    Words,
    home_of,
    may_be_worded,
    worded,
)
from samenspraak.method.places import Finding, Place
from samenspraak.method.problem import Problem
from samenspraak.method.rules import ID, LONGEST_ACTION, LONGEST_TEXT, OWN, text_faults
from samenspraak.method.types import LANGUAGES, Edition

FILE = "own-words.yaml"
MOST_BYTES = 500_000
MOST_CONDITIONS = 20
MOST = 400
LONGEST_ID = 60
LONGEST_TITLE = 120
_HEAD = (
    "# The own words of an organisation, laid over an edition of the method. Samenspraak reads and writes this file.\n"
)
# Fields that an edition has as one line: a title, or a label people choose from.
_SHORT = frozenset({"title", "term", "question"})
_MAY_BE_EMPTY = frozenset({"why", "signs", "about"})
_BLOCK_LINE = re.compile(r"[^\s\ufeff](.*[^\s\ufeff])?")


class OverlayReading(msgspec.Struct, frozen=True):
    """What reading a file gave: the overlay, or everything that is wrong."""

    overlay: Overlay | None
    problems: tuple[Problem, ...]


def read_overlay(content: bytes, root: Path = ROOT) -> OverlayReading:
    """Read an overlay; never raises on what the file holds."""
    if len(content) > MOST_BYTES:
        problem = Problem(FILE, 1, f"This file has {len(content)} bytes", f"Make it at most {MOST_BYTES}")
        return OverlayReading(None, (problem,))
    overlay, faults, lines = read_value(content, FILE, Overlay)
    if overlay is None:
        return OverlayReading(None, tuple(sorted(faults)))
    problems = tuple(sorted({_problem(f, lines) for f in overlay_findings(overlay, root)}))
    return OverlayReading(None if problems else overlay, problems)


def _problem(finding: Finding, lines: Lines) -> Problem:
    """A finding with its line; everything a finding is about was written down."""
    return Problem(*lines[finding.place], finding.message, finding.mend)


def overlay_findings(overlay: Overlay, root: Path = ROOT) -> Iterator[Finding]:
    """Everything that is wrong with an overlay, held against the edition it names."""
    if overlay.edition not in editions(root):
        known = ", ".join(editions(root))
        yield Finding(("edition",), f"There is no edition '{overlay.edition}'", f"Choose one of: {known}")
        return
    edition = load_edition(overlay.edition, LANGUAGES[0], root)
    yield from _amounts(overlay)
    yield from _wordings(overlay, edition)
    yield from _additions(overlay, edition)


def _amounts(overlay: Overlay) -> Iterator[Finding]:
    if len(overlay.conditions) > MOST_CONDITIONS:
        message = f"There are {len(overlay.conditions)} own conditions"
        yield Finding(("conditions",), message, f"Keep at most {MOST_CONDITIONS}")
    number = len(overlay.wordings) + len(overlay.own)
    if number > MOST:
        yield Finding((), f"There are {number} changes and additions", f"Keep at most {MOST}")


def _wordings(overlay: Overlay, edition: Edition) -> Iterator[Finding]:
    items, seen = worded(edition), set[str]()
    for index, wording in enumerate(overlay.wordings):
        place: Place = ("wordings", index)
        kind = wording.item.partition(":")[0]
        if wording.item not in items:
            yield Finding(
                (*place, "item"), f"There is no item '{wording.item}' to say otherwise", "Look at its address"
            )
        elif not may_be_worded(items, wording):
            fields = ", ".join(WORDED[kind])
            yield Finding((*place, "field"), f"'{wording.field}' of '{wording.item}' is fixed", f"Choose: {fields}")
        if wording.key in seen:
            yield Finding(place, f"'{wording.field}' of '{wording.item}' stands here twice", "Keep one")
        seen.add(wording.key)
        most = longest(kind, wording.field)
        yield from _words(wording.text, (*place, "text"), most=most)


def longest(kind: str, field: str) -> int:
    """How many characters a text of an overlay may have."""
    if (kind, field) == ("action", "text"):
        return LONGEST_ACTION
    return LONGEST_TITLE if field in _SHORT else LONGEST_TEXT


_KIND_OF: dict[str, str] = {"conditions": "condition", "examples": "example", "actions": "action", "lines": "line"}


def _additions(overlay: Overlay, edition: Edition) -> Iterator[Finding]:
    homes = {*worded(edition), *(f"condition:{own.id}" for own in overlay.conditions)}
    seen: set[str] = set()
    for group, kind in _KIND_OF.items():
        for index, own in enumerate(getattr(overlay, group)):
            place: Place = (group, index)
            yield from _id(own, place, seen)
            seen.add(own.id)
            home = home_of(own)
            if home not in homes:
                word, _, name = home.partition(":")
                yield Finding((*place, word), f"There is no {word} '{name}' to add to", "Point at one there is")
            for field in own.__struct_fields__:
                value = getattr(own, field)
                if isinstance(value, Words):
                    may_be_empty = field in _MAY_BE_EMPTY
                    most = longest(kind, field)
                    yield from _words(value, (*place, field), most=most, may_be_empty=may_be_empty)


def _id(own: Own, place: Place, seen: set[str]) -> Iterator[Finding]:
    if not own.id.startswith(OWN) or not ID.fullmatch(own.id) or len(own.id) > LONGEST_ID:
        mend = f"Begin with {OWN}, then a-z, 0-9 and -, at most {LONGEST_ID} characters"
        yield Finding((*place, "id"), f"The id '{own.id[:80]}' has another form than 'own-two-words'", mend)
    if own.id in seen:
        yield Finding((*place, "id"), f"The id '{own.id}' stands here twice", "Give it an own id")


def _words(words: Words, place: Place, *, most: int, may_be_empty: bool = False) -> Iterator[Finding]:
    if not words.nl and not words.en and not may_be_empty:
        yield Finding(place, f"'{place[-1]}' is empty", "Write the text in nl, in en, or in both")
    for language in LANGUAGES:
        text = getattr(words, language)
        yield from text_faults((*place, language), text, may_be_empty=True)
        if most < len(text) <= LONGEST_TEXT:
            yield Finding((*place, language), f"'{place[-1]}' has {len(text)} characters", f"Make it at most {most}")
        if most == LONGEST_TITLE and "\n" in text:
            yield Finding((*place, language), f"'{place[-1]}' has more than one line", "Write it on one line")


def write_overlay(overlay: Overlay) -> str:
    """The overlay as text; the same overlay always gives the same text."""
    return _HEAD + "\n".join(_lines(overlay, "")) + "\n"


def _lines(value: Any, indent: str) -> Iterator[str]:
    for field in value.__struct_fields__:
        held = getattr(value, field)
        if isinstance(held, str):
            if held:
                yield f"{indent}{field}: {_scalar(held, indent)}"
        elif isinstance(held, Words):
            if held != Words():
                yield f"{indent}{field}:"
                yield from _lines(held, f"{indent}  ")
        elif held:
            yield f"{indent}{field}:"
            for item in held:
                first, *rest = _lines(item, f"{indent}    ")
                yield f"{indent}  - {first.lstrip()}"
                yield from rest


def _scalar(text: str, indent: str) -> str:
    """Quoted, or as a block when it has more lines: both read back letter for letter."""
    lines = text.split("\n")
    if len(lines) > 1 and all(_BLOCK_LINE.fullmatch(line) for line in lines):
        return "\n".join(["|-", *(f"{indent}  {line}" for line in lines)])
    return json.dumps(text, ensure_ascii=False)
