"""Game cards as lists to cut or to read out: three decks of the method, and what happens in the case."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samenspraak.documents.blocks import Block, Document, Heading, PageBreak, Paragraph, Table, TableColumn
from samenspraak.workshops.report.occasion import Occasion


def cards(occasion: Occasion) -> Document:
    """Every card with its question; a deck on pages of its own, so that it can be cut apart."""
    blocks: list[Block] = []
    decks = [
        (deck.title, deck.about, [(card.title, card.question) for card in deck.cards])
        for deck in occasion.programme.decks
    ]
    events = [(f"{event.title}\n{event.text}", event.question) for event in occasion.kit.events]
    for number, (title, about, rows) in enumerate([*decks, (_("What happens in this case"), "", events)]):
        blocks += [PageBreak()] if number else []
        blocks += [Heading(text=title), *([Paragraph(text=about, tone="quiet")] if about else []), _table(title, rows)]
    return occasion.paper(_("Game cards"), blocks)


def _table(title: str, rows: list[tuple[str, str]]) -> Table:
    return Table(
        name=title,
        caption=title,
        is_caption_shown=False,
        columns=(
            TableColumn(key="card", title=_("Card"), about=_("What stands on the card"), width=2),
            TableColumn(key="question", title=_("Question"), about=_("What is asked of the table"), width=2),
        ),
        rows=tuple(rows),
    )
