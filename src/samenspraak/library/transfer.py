"""What of an organisation's own words travels."""

from __future__ import annotations

from typing import cast

from django.utils.translation import gettext as _

from samenspraak.library.laid import FIELDS, overlay_from
from samenspraak.library.models import KeptOverlay, OwnWords
from samenspraak.method.overlay_file import overlay_findings, read_overlay
from samenspraak.people.exchange import Refused, Room, Rows, Table


def _own_words(rows: Rows) -> list[OwnWords]:
    return cast("list[OwnWords]", list(rows.get(OwnWords, ())))


def _check(rows: Rows) -> None:
    """Own words can be laid over the edition they name, those of today and those that were kept."""
    told = _own_words(rows)
    kept = cast("list[KeptOverlay]", list(rows.get(KeptOverlay, ())))
    is_fine = all(row.kind in FIELDS for row in told)
    is_fine = is_fine and not any(overlay_findings(overlay_from(sorted(told, key=lambda row: (row.rank, row.pk)))))
    if not is_fine or any(read_overlay(row.document.encode()).problems for row in kept):
        raise Refused(_("The own words in this file do not fit the edition they were made on."))


ROOM = Room(
    name="library",
    tables=(Table(model=OwnWords), Table(model=KeptOverlay)),
    check=_check,
    editions=lambda rows: {row.edition for row in _own_words(rows)},
)
