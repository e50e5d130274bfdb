"""How other rooms read content, and how Naslag finds its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from samenspraak.library.entries import Entry, is_shown
from samenspraak.library.search import Index, Result
from samenspraak.method.load import editions, load_edition
from samenspraak.method.types import Condition, Document, Edition, Item, Language, Norm, Phase, Step, Term
from samenspraak.people.models import Organisation


def edition_for(organisation: Organisation, language: Language, name: str | None = None) -> Edition:
    """The edition as this organisation reads it; the newest where no name is given. Read once, no SQL."""
    del organisation
    return load_edition(name or editions()[-1], language)


@lru_cache(maxsize=8)
def _index(name: str, language: Language) -> Index:
    """Built once for each edition and language: hashing a whole edition to look it up would cost more than a search."""
    return Index(load_edition(name, language))


def found(edition: Edition, question: str) -> Result:
    """The items that fit a question, best first."""
    return _index(edition.name, edition.language).find(question)


def entry_at(edition: Edition, address: str) -> Entry | None:
    """The item at an address such as ``question:who-pays``; None when there is none, or none to be seen."""
    return _index(edition.name, edition.language).by_address.get(address)


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

    def letters(self) -> dict[str, list[Term]]:
        """The glossary in the order of the alphabet, by first letter."""
        letters: dict[str, list[Term]] = {}
        for term in sorted(self.edition.terms, key=lambda term: term.term.casefold()):
            letters.setdefault(term.term[0].upper(), []).append(term)
        return letters
