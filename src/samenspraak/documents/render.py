"""The one way out: ``render`` gives the bytes of a ``Document``, ``render_deck`` those of a ``Deck``."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, TypeAlias, assert_never

from samenspraak.documents.blocks import Document
from samenspraak.documents.deck import Deck
from samenspraak.documents.deck_pdf import deck_pdf
from samenspraak.documents.excel import excel
from samenspraak.documents.pdf import pdf
from samenspraak.documents.slides import slides
from samenspraak.documents.word import word

PaperKind: TypeAlias = Literal["pdf", "docx", "xlsx"]
DeckKind: TypeAlias = Literal["pdf", "pptx"]

MEDIA_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

_LONGEST_NAME = 80


def render(document: Document, kind: PaperKind) -> bytes:
    """Give ``document`` as the bytes of a ``kind`` file. Equal documents give equal bytes.

    Raises ``typst.TypstError`` when a drawing or logo is not a picture that can be read.
    """
    match kind:
        case "pdf":
            return pdf(document)
        case "docx":
            return word(document)
        case "xlsx":
            return excel(document)
        case _:
            assert_never(kind)


def render_deck(deck: Deck, kind: DeckKind, *, with_hidden: bool = True) -> bytes:
    """Give ``deck`` as the bytes of a ``kind`` file; a PowerPoint file always holds the hidden slides, as hidden ones.

    Equal decks give equal bytes. Raises ``typst.TypstError`` when a drawing is not a picture that can be read.
    """
    return slides(deck) if kind == "pptx" else deck_pdf(deck, with_hidden=with_hidden)


def file_name(paper: Document | Deck, kind: PaperKind | DeckKind) -> str:
    """Give a name every system takes, from title and day: ``mogen-we-met-de-spinnerij-2026-11-21.pdf``."""
    plain = unicodedata.normalize("NFKD", paper.title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_NAME].strip("-")
    return f"{words or 'samenspraak'}-{paper.day.isoformat()}.{kind}"
