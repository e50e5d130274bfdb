"""One edition, or one sector kit, in two languages: the words differ, everything else is the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from samenspraak.method.kit_types import Kit
from samenspraak.method.places import Finding, Place, field_of
from samenspraak.method.types import Edition

# Text that is no language: it stands in every translation letter for letter. A link is not among it: some originals
# have a page in each language.
SAME = frozenset(
    {"id", "source", "code", "original_title", "checked_on", "kind", "sure", "place", "motive"}
    | {"tools", "steps", "elements", "conditions", "measures", "related"}
    | {"after", "gives_way", "phase", "layout", "materials", "prints", "element", "way", "lead", "per", "from_kit"}
    | {"side", "first", "second", "moment"}
)
# Lists that each language makes for itself: other words people use.
FREE = frozenset({"also", "synonyms"})
# From this length on, the same text in two languages is no coincidence; titles and references may well be the same.
TRANSLATED_FROM = 40
UNTRANSLATED = frozenset({"documents", "link", "reference", "title"})


def differences(whole: Edition | Kit, other: Edition | Kit) -> Iterator[Finding]:
    """What ``other``, the translation, has different from ``whole`` beyond its words; places are in ``other``."""
    for field in whole.__struct_fields__:
        if field not in ("name", "language"):
            yield from _compared(getattr(whole, field), getattr(other, field), (field,))


def _compared(one: Any, two: Any, place: Place) -> Iterator[Finding]:
    field = field_of(place)
    if isinstance(one, msgspec.Struct):
        for name in one.__struct_fields__:
            yield from _compared(getattr(one, name), getattr(two, name), (*place, name))
    elif isinstance(one, tuple):
        yield from _lists(one, two, place, field)
    elif not isinstance(one, str) or field in SAME:
        if one != two:
            yield Finding(place, f"'{field}' is '{two}' here and '{one}' in the other language", "Make them the same")
    elif bool(one) != bool(two):
        yield Finding(place, f"'{field}' is empty in one of the languages", "Write it in both or in none")
    elif one == two and len(one) >= TRANSLATED_FROM and not UNTRANSLATED & {*place}:
        yield Finding(place, f"'{field}' is the same text in both languages", "Translate it")


def _lists(one: tuple[Any, ...], two: tuple[Any, ...], place: Place, field: str) -> Iterator[Finding]:
    if field in FREE:
        return
    here, there = [_key(item, field) for item in two], [_key(item, field) for item in one]
    if here != there:
        yield Finding(place, _unlike(field, here, there), "Make them the same")
    numbers = {key or str(number): number for number, key in enumerate(here)}
    for number, item in enumerate(one):
        twin = numbers.get(there[number] or str(number))
        if twin is not None:
            yield from _compared(item, two[twin], (*place, twin))


def _key(item: Any, field: str) -> str:
    """What makes an item of a list the same in two languages: its id, itself when a reference, else only its rank."""
    return str(getattr(item, "id", item if field in SAME else ""))


def _unlike(field: str, here: list[str], there: list[str]) -> str:
    if missing := [key for key in there if key and key not in here]:
        return f"'{field}' lacks {', '.join(missing)}, which the other language has"
    if extra := [key for key in here if key and key not in there]:
        return f"'{field}' has {', '.join(extra)}, which the other language lacks"
    if len(here) != len(there):
        return f"'{field}' has {len(here)} items here and {len(there)} in the other language"
    return f"'{field}' has another order in the other language"
