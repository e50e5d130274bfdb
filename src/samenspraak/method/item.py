"""What every piece of the method has in common."""

from __future__ import annotations

import msgspec


def is_own(source: str) -> bool:
    """Whether a source says that the organisation that reads wrote it."""
    return source.partition(":")[0] == "own"


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every piece of an edition has in common: a stable id and where it comes from.

    ``source`` is ``"ours"`` or ``"<document id>: <place>"``, where the document id stands in ``edition.yaml``. What an
    organisation added itself has ``"own"``, or ``"own: nl"`` when it was written in that language alone.
    """

    id: str
    source: str

    @property
    def is_ours(self) -> bool:
        """Whether the item is our own proposal; the screen then says so."""
        return self.source == "ours"

    @property
    def is_own(self) -> bool:
        """Whether the organisation that reads added the item; the screen then says so."""
        return is_own(self.source)


class Piece(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of an item that comes from where the item comes from, and is known by its id within it."""

    id: str
