"""From a ``Document`` to the values the template reads: plain dictionaries of text, ready for JSON.

A draft also knows how tight the page is and how much may be said, because a paper of one page is tried again and
again, tighter and shorter, until it fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, assert_never

import msgspec

from samenspraak.documents import blocks as b
from samenspraak.documents.format import cell_text, shortened
from samenspraak.documents.glyphs import SANS, SERIF, printable
from samenspraak.documents.outline import Outline
from samenspraak.documents.words import WORDS

Values: TypeAlias = dict[str, Any]
T = TypeVar("T")

# A web address or a very long word would run out of its column: it may be broken after a sign, or else after twelve
# letters, with a space of no width that someone who copies the text does not get to see.
_LONG_RUN = re.compile(r"[!-~\u00a1-\u02af\u0370-\u0482\u048a-\u052f]{25,}")
_PIECE = re.compile(r"[^/.?&=_-]{12}|[^/.?&=_-]*[/.?&=_-]+")
_BREAK = "\u200b"


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How a page is set: ``density`` 0 (roomy) to 4 (tight), and what a text or list may hold at most."""

    density: int = 0
    letters: int | None = None
    rows: int | None = None


class Draft:
    """One try at a document under given limits; ``values`` makes it, ``is_shortened`` then says what it cost."""

    def __init__(self, document: b.Document, limits: Limits) -> None:
        self._document = document
        self._limits = limits
        self._words = WORDS[document.language]
        self._outline = Outline()
        self.lengths = [0]
        self.is_shortened = False
        self.has_codes = False

    def values(self) -> Values:
        """Give what the template reads."""
        document = self._document
        values = {
            "title": self._text(document.title),
            "organisation": self._text(document.organisation),
            "sender_line": self._text(document.sender_line),
            "lead": self._text(document.lead),
            "subject": self._text(document.subject),
            "foot_start": self._text(document.foot_start),
            "foot_end": self._text(document.foot_end),
            "blocks": self._several(document.blocks, base=1),
        }
        return values | {
            "kind": document.kind,
            "language": document.language,
            "day": [document.day.year, document.day.month, document.day.day],
            "logo": None if document.logo is None else list(document.logo),
            "is_one_page": document.fits_one_page,
            "density": self._limits.density,
            "serif": [SERIF, *SANS],
            "sans": SANS,
            "words": {"page": self._words.page, "attention": self._words.attention},
            "notes": self._notes(),
        }

    def _notes(self) -> list[str]:
        notes = ((self._words.short_note, self.is_shortened), (self._words.glyph_note, self.has_codes))
        return [note for note, is_needed in notes if is_needed]

    def _text(self, typed: str) -> str:
        drawn = printable(typed)
        self.has_codes |= drawn.count("⟨U+") > typed.count("⟨U+")
        self.lengths.append(len(drawn))
        limit = self._limits.letters
        if limit is not None and len(drawn) > limit:
            self.is_shortened = True
            drawn = shortened(drawn, limit)
        return _LONG_RUN.sub(_breakable, drawn)

    def _several(self, blocks: tuple[b.Block, ...], base: int) -> list[Values]:
        """Give the values of ``blocks`` that stand under a title of level ``base``."""
        return self._listed(blocks, lambda kept: [self._one(block, base) for block in kept])

    def _listed(self, rows: tuple[T, ...], draw: Callable[[tuple[T, ...]], list[Values]]) -> list[Values]:
        """Draw as many ``rows`` as may be said, and a line with the number of rows left out."""
        limit = self._limits.rows
        if limit is None or len(rows) <= limit:
            return draw(rows)
        self.is_shortened = True
        return [*draw(rows[:limit]), _paragraph(self._words.more.format(count=len(rows) - limit), "quiet")]

    def _rows(self, kind: str, rows: tuple[T, ...], draw: Callable[[T], object], **more: object) -> Values:
        """Give a block that is a list of rows."""
        drawn = self._listed(rows, lambda kept: [{"type": kind, "rows": [draw(row) for row in kept]} | more])
        return drawn[0] if len(drawn) == 1 else {"type": "group", "blocks": drawn}

    def _one(self, block: b.Block, base: int) -> Values:  # noqa: PLR0911  one return for each kind of block
        match block:
            case b.Heading() if b.is_blank(block.text):
                return {"type": "group", "blocks": []}
            case b.Heading():
                look = "inner" if base > 1 else ("part" if block.level == 2 else "piece")
                return {"type": "heading"} | self._title(block.text, base + block.level - 1, look)
            case b.Section():
                title = self._title(block.title, 2, "section") if not b.is_blank(block.title) else None
                return {"type": "section", "title": title, "blocks": self._several(block.blocks, base=2)}
            case b.Columns():
                return {"type": "columns", "columns": [self._column(column, base) for column in block.columns]}
            case b.Paragraph():
                return _paragraph(self._text(block.text), block.tone)
            case b.Notice():
                return {"type": "notice", "text": self._text(block.text), "tone": block.tone}
            case b.PageBreak():
                return {"type": "page_break"}
            case b.Drawing():
                alt = printable(block.alt)
                return {"type": "drawing", "svg": block.svg.decode(), "alt": alt, "width": block.width_mm}
            case _:
                return self._listing(block)

    def _listing(self, block: b.Listing) -> Values:  # noqa: PLR0911  the same
        match block:
            case b.Bullets():
                return self._rows("bullets", block.items, self._text, is_numbered=block.is_numbered)
            case b.States():
                return self._rows("states", block.rows, self._state)
            case b.Figures():
                return self._rows("figures", block.rows, lambda row: [self._text(row.big), self._text(row.text)])
            case b.Facts():
                return self._rows("facts", block.rows, lambda row: [self._text(part) for part in row])
            case b.Table():
                return self._table(block)
            case b.Choices():
                return self._rows("choices", block.items, self._choice, is_row=block.is_row)
            case b.WritingLines():
                return {"type": "writing_lines", "count": self._lines(block.count), "label": self._text(block.label)}
            case b.Signature():
                return self._rows("signature", block.labels, self._text)
            case _:
                assert_never(block)

    def _title(self, text: str, level: int, look: str) -> Values:
        return {"text": self._text(text), "level": self._outline.level(level), "look": look}

    def _column(self, column: b.Column, base: int) -> list[Values]:
        if b.is_blank(column.title):
            return self._several(column.blocks, base)
        title = {"type": "heading"} | self._title(column.title, base + 1, "column")
        return [title, *self._several(column.blocks, base + 1)]

    def _state(self, row: b.StateRow) -> Values:
        words = {"word": self._text(row.word), "text": self._text(row.text), "detail": self._text(row.detail)}
        return {"state": row.state} | words

    def _choice(self, choice: b.Choice) -> Values:
        lines = self._lines(choice.lines)
        return {"label": self._text(choice.label), "text": self._text(choice.text), "lines": lines}

    def _lines(self, count: int) -> int:
        """Give the number of lines to write on; on a page that has no room, there are fewer and nothing is lost."""
        limit = self._limits.rows
        return count if limit is None else min(count, limit)

    def _table(self, table: b.Table) -> Values:
        language = self._document.language
        columns = [
            {"title": self._text(column.title), "kind": column.kind, "width": column.width} for column in table.columns
        ]
        caption = self._text(table.caption) if table.is_caption_shown else ""
        return self._rows(
            "table",
            table.rows,
            lambda row: [self._text(cell_text(cell, language)) for cell in row],
            columns=columns,
            caption=caption,
        )


def _breakable(run: re.Match[str]) -> str:
    return _PIECE.sub(lambda piece: piece.group() + _BREAK, run.group())


def _paragraph(text: str, tone: b.Tone) -> Values:
    return {"type": "paragraph", "text": text, "tone": tone}
