"""How other rooms read content, and how Naslag finds its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple
from uuid import UUID, uuid5

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise

from samenspraak.library.entries import Entry, is_shown, is_worded, label_of, title_of
from samenspraak.library.laid import overlay_from, overlay_of, piece_of, resting
from samenspraak.library.models import TEXTS, KeptOverlay, OwnWords
from samenspraak.library.search import Index, Result
from samenspraak.method.kit_rules import FILLED
from samenspraak.method.kit_types import Kit
from samenspraak.method.kits import load_kits
from samenspraak.method.load import editions, load_edition
from samenspraak.method.overlay import WORDED, Items, Overlay, gone, lay, own_condition, worded
from samenspraak.method.overlay_file import read_overlay
from samenspraak.method.places import KINDS, walk
from samenspraak.method.types import (
    Condition,
    Document,
    Edition,
    Item,
    Language,
    Listing,
    Norm,
    Phase,
    Reworded,
    Step,
    Term,
)
from samenspraak.method.workshop_types import Casting, Worksheet
from samenspraak.people.models import Member, Organisation
from samenspraak.people.queries import A_PAGE


def edition_for(
    organisation: Organisation, language: Language, name: str | None = None, kept: int | None = None
) -> Edition:
    """The edition as this organisation reads it; the newest where no name is given.

    ``kept`` is the version of its own words that a closed round was closed with. Without own words it costs no query;
    with them only who comes first after a change pays one.
    """
    name = name or editions()[-1]
    version = organisation.overlay_version if kept is None else kept
    if not version:
        return load_edition(name, language)
    return _laid(organisation.pk, version, kept is not None, (name, language))


@lru_cache(maxsize=128)  # a laid edition shares with the edition whatever was left as it is
def _laid(organisation_id: UUID, version: int, is_kept: bool, which: tuple[str, Language]) -> Edition:
    overlay = _kept(organisation_id, version) if is_kept else overlay_of(organisation_id)
    return lay(load_edition(*which), overlay, f"{organisation_id}:{version}:{is_kept}")


def _kept(organisation_id: UUID, version: int) -> Overlay:
    """The overlay as it was; one that can no longer be read is as if there were none."""
    row = KeptOverlay.objects.filter(organisation_id=organisation_id, version=version).first()
    read = read_overlay(row.document.encode()).overlay if row else None
    return read or Overlay(edition=editions()[-1])


class _Key:
    """An edition as what an index is known by: hashing a whole edition would cost more than a search."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.known_by = (edition.name, edition.language, edition.laid)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.known_by == other.known_by

    def __hash__(self) -> int:
        return hash(self.known_by)


@lru_cache(maxsize=8)
def _index_of(key: _Key) -> Index:
    """Of an edition itself: built once for each edition and language."""
    return Index(key.edition)


@lru_cache(maxsize=16)
def _own_index_of(key: _Key) -> Index:
    """With own words: for the few organisations that searched last, so that memory stays bounded."""
    return Index(key.edition)


def _index(edition: Edition) -> Index:
    return _own_index_of(_Key(edition)) if edition.laid else _index_of(_Key(edition))


def found(edition: Edition, question: str) -> Result:
    """The items that fit a question, best first."""
    return _index(edition).find(question)


def entry_at(edition: Edition, address: str) -> Entry | None:
    """The item at an address such as ``question:who-pays``; None when there is none, or none to be seen."""
    return _index(edition).by_address.get(address)


@dataclass(frozen=True)
class Shelf:
    """What a page of Naslag looks things up in."""

    edition: Edition

    def at(self, addresses: Iterable[str]) -> list[Entry]:
        """The items at these addresses, in order, without those that cannot be seen."""
        return [entry for address in addresses if (entry := entry_at(self.edition, address))]

    def items(self, kind: str, ids: Iterable[str]) -> list[Entry]:
        """The items of one kind with these ids."""
        return self.at(f"{kind}:{item_id}" for item_id in ids)

    def own_words_in(self, item: Item) -> list[tuple[Promise, Reworded]]:
        """The texts of an item, and of what it holds, that the organisation says otherwise."""
        if not self.edition.reworded:
            return []
        inside = [f"{KINDS[type(x)]}:{x.id}" for _place, x in walk(item) if type(x) in KINDS]
        listings = [f"listing-item:{x.id}--" for _place, x in walk(item) if isinstance(x, Listing)]
        return [
            (label_of(r.address.partition(":")[0], r.field), r)
            for r in self.edition.reworded
            if r.address in inside or r.address.startswith(tuple(listings))
        ]

    def document_of(self, item: Item) -> Document | None:
        """The document an item leans on; None for what is our own."""
        name = item.source.partition(":")[0]
        return next((document for document in self.edition.documents if document.id == name), None)

    def phase_of(self, step: Step) -> Phase:
        """The phase that holds a step."""
        return next(phase for phase in self.edition.phases if step in phase.steps)

    def steps_with(self, condition: Condition) -> list[Entry]:
        """The steps a condition belongs to."""
        return self.items("step", (s.id for s in self.edition.steps if condition.id in s.conditions))

    def checked_on(self, norm: Norm) -> date:
        """The day somebody last read a norm."""
        return date.fromisoformat(norm.checked_on)

    def norms(self) -> list[Norm]:
        """The norms that somebody could confirm."""
        return [norm for norm in self.edition.norms if is_shown(norm)]

    def kits(self) -> tuple[Kit, ...]:
        """The sector kits, in the language of the edition."""
        return load_kits(self.edition.language)

    def starts(self) -> dict[str, str]:
        """When each block of the workshop begins, counted from the start of the day: 1:25 after an hour and 25 minutes."""
        blocks = self.edition.workshop.blocks
        passed = accumulate((block.minutes for block in blocks), initial=0)
        return {block.id: f"{minutes // 60}:{minutes % 60:02}" for block, minutes in zip(blocks, passed, strict=False)}

    def filled(self) -> Worksheet:
        """The worksheet that the kits show filled in."""
        return self.edition.workshop.worksheet(FILLED)

    def seats(self, casting: Casting) -> list[tuple[str, str]]:
        """For each seat of a table the titles of the role in the first round and in the second."""
        titles = {part.id: part.title for part in self.edition.workshop.role_play.parts}
        return [(titles[one], titles[two]) for one, two in zip(casting.first, casting.second, strict=True)]

    def letters(self) -> dict[str, list[Term]]:
        """The glossary in the order of the alphabet, by first letter."""
        letters: dict[str, list[Term]] = {}
        for term in sorted(self.edition.terms, key=lambda term: term.term.casefold()):
            letters.setdefault(term.term[0].upper(), []).append(term)
        return letters


def own_subject(organisation_id: UUID) -> UUID:
    """What the history of an organisation's own words is kept under."""
    return uuid5(organisation_id, "own words")


def own_words_for(member: Member, own_id: UUID) -> OwnWords:
    """A piece of the own words of the member's organisation, taken back or not; else 404."""
    found = OwnWords.objects.filter(organisation_id=member.organisation_id).select_related("changed_by__person")
    return get_object_or_404(found, pk=own_id)


def wording_of(member: Member, address: str, field: str) -> OwnWords | None:
    """How the organisation says one text of an item, taken back or not."""
    found = OwnWords.objects.filter(organisation_id=member.organisation_id, key=f"{address}.{field}")
    return found.select_related("changed_by__person").first()


def kept_conditions(organisation: Organisation, versions: Iterable[int]) -> dict[int, set[str]]:
    """The ids of the own conditions in these versions that were kept; one query, none where there is nothing to ask."""
    asked = {version for version in versions if version}
    if not asked:
        return {}
    found = KeptOverlay.objects.filter(organisation_id=organisation.pk, version__in=asked)
    return {version: set(ids.split()) for version, ids in found.values_list("version", "conditions")}


def withdrawn_conditions(organisation: Organisation, language: Language, ids: Iterable[str]) -> list[Condition]:
    """Own conditions with these ids as they were last worded, for answers that stay when a condition is taken back."""
    found = OwnWords.objects.filter(organisation_id=organisation.pk, kind="condition", key__in=list(ids))
    return [own_condition(piece_of(row), language) for row in found.order_by("rank", "id")]


@dataclass(frozen=True)
class Difference:
    """One line of what differs from the edition: the row, what it is called, and the text it stands beside.

    ``state`` says why it does not show although it was not taken back: ``gone`` when this edition has no place for it
    any more, ``rests`` when it belongs to an own condition that was taken back.
    """

    row: OwnWords
    kind: str
    field: str
    where: str
    original: str
    words: tuple[tuple[str, str], ...]
    state: str = ""


@lru_cache(maxsize=8)
def _worded(name: str, language: Language) -> Items:
    return worded(load_edition(name, language))


class DifferencesPage(NamedTuple):
    """At most a hundred differences; ``number`` counts everything that holds, on this page or not."""

    differences: list[Difference]
    number: int
    has_next: bool


def differences(member: Member, language: Language, page: int = 1) -> DifferencesPage:
    """What was said otherwise or added, in order, taken back or not, with the original beside it."""
    mine = OwnWords.objects.filter(organisation_id=member.organisation_id)
    start = (page - 1) * A_PAGE
    in_order = mine.select_related("changed_by__person").order_by("rank", "id")
    rows = list(in_order[start : start + A_PAGE + 1])
    conditions = list(mine.filter(kind="condition"))
    shown = rows[:A_PAGE]
    known = list({row.pk: row for row in (*shown, *conditions)}.values())
    items = _worded(editions()[-1], language)
    lost, rests = set(gone(items, overlay_from(known))), resting(known)
    names = {f"condition:{row.key}": row.title_nl or row.title_en for row in conditions}
    found = [_difference(row, items, names, language) for row in shown]
    states = {row.pk: "rests" if row.pk in rests else "gone" if row.key in lost else "" for row in shown}
    number = mine.filter(taken_back_at=None).count()
    told = [dataclasses.replace(d, state=states[d.row.pk]) for d in found]
    return DifferencesPage(told, number, len(rows) > A_PAGE)


def _difference(row: OwnWords, items: Items, names: dict[str, str], language: Language) -> Difference:
    _place, item = items.get(row.home, ((), None))
    where = title_of(item) or _short(item) if item else names.get(row.home, row.home)
    original = getattr(item, row.field, "") if item and row.field else ""
    return Difference(row, row.kind, row.field, where, original, _words_of(row, language))


def wordings_of(member: Member) -> set[str]:
    """The keys of the texts that are said in own words now."""
    held = OwnWords.objects.filter(organisation_id=member.organisation_id, kind="wording", taken_back_at=None)
    return set(held.values_list("key", flat=True))


def _short(item: Item) -> str:
    """An item without a title by the begin of its text."""
    text = str(getattr(item, "text", ""))
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + " …"


def _words_of(row: OwnWords, language: Language) -> tuple[tuple[str, str], ...]:
    """The texts of a row that are there, the language of the reader first: name of the column and text."""
    codes = ("nl", "en") if language == "nl" else ("en", "nl")
    names = [f"{text}_{code}" for code in codes for text in TEXTS]
    return tuple((name, getattr(row, name)) for name in names if getattr(row, name))


def original_of(address: str, field: str, language: Language) -> str:
    """What stands in one field of an item of the edition itself; 404 when it may not be said otherwise."""
    _place, item = _worded(editions()[-1], language).get(address, ((), None))
    if item is None or field not in WORDED[address.partition(":")[0]]:
        raise Http404
    return str(getattr(item, field))


def homes_of(member: Member, kind: str, language: Language) -> list[tuple[str, str]]:
    """What something of this kind may be added to: address and title, own conditions too."""
    edition = edition_for(member.organisation, language)
    if kind == "condition":
        return [(f"category:{c.id}", c.title) for c in edition.categories]
    if kind == "line":
        return [(f"listing:{x.id}", x.title) for c in edition.conditions for x in c.listings]
    return [(f"condition:{c.id}", c.title) for c in edition.conditions]


def wordable(edition: Edition) -> dict[str, list[Entry]]:
    """The items that may be said in other words, by part of Naslag."""
    found: dict[str, list[Entry]] = {}
    for entry in _index(edition).entries:
        if is_worded(entry.item) and not entry.item.is_own:
            found.setdefault(entry.part.key, []).append(entry)
    return found
