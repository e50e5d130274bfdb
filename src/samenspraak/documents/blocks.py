"""The words a paper is written in: a ``Document`` and the blocks it is made of, all frozen values.

Every text is plain text as people typed it: no markup, a newline is a line break. Everything is given by keyword.
A value that cannot be drawn (a table row of the wrong length, a page break inside a section) is refused with a
``ValueError`` when it is made, so a mistake shows in the room that makes the paper and not in the renderer.
"""

from __future__ import annotations

import datetime
import unicodedata
from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

Language: TypeAlias = Literal["nl", "en"]
DocumentKind: TypeAlias = Literal["page", "report", "form", "table"]
Tone: TypeAlias = Literal["normal", "lead", "quiet", "quote"]
State: TypeAlias = Literal["good", "partly", "no", "unknown", "open", "attention"]
ColumnKind: TypeAlias = Literal["text", "number", "date", "datetime", "state", "link"]
# A moment is shown in the zone it is given in; a number gets separators ("1.234"), so a year is a text.
Cell: TypeAlias = str | int | Decimal | datetime.date | datetime.datetime | None


# How the bytes of a PNG and of a JPEG begin.
_PICTURE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """A title inside a report: level 2 names a part, level 3 a piece of it; a blank one is left out.

    Level 1 is the document's own title.
    """

    text: str
    level: Literal[2, 3] = 2


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """Running text; ``quote`` is what somebody said (serif), ``quiet`` is small print, ``lead`` opens a part."""

    text: str
    tone: Tone = "normal"


class Bullets(msgspec.Struct, frozen=True, kw_only=True):
    """A list of short texts, with dots or with numbers from 1."""

    items: tuple[str, ...]
    is_numbered: bool = False


class StateRow(msgspec.Struct, frozen=True, kw_only=True):
    """How one thing stands: ``word`` says the state ("Deels"), ``text`` the thing, ``detail`` the small print."""

    state: State
    word: str
    text: str
    detail: str = ""


class States(msgspec.Struct, frozen=True, kw_only=True):
    """How several things stand, one under the other; each state has its own icon and its word, never colour alone."""

    rows: tuple[StateRow, ...]


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One number that matters, ready written with its unit ("92 uur"), and what it means."""

    big: str
    text: str


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Two or three numbers side by side; more go on over the next lines."""

    rows: tuple[Figure, ...]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Label and value, one pair a line."""

    rows: tuple[tuple[str, str], ...]


class TableColumn(msgspec.Struct, frozen=True, kw_only=True):
    """One column: ``key`` is its name for machines, ``about`` its meaning in the code book, ``width`` its share."""

    key: str
    title: str
    about: str
    kind: ColumnKind = "text"
    width: float = 1.0

    def __post_init__(self) -> None:
        if self.width <= 0:
            raise ValueError(f"column {self.key!r} must be wider than nothing")


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of typed cells; the first column names the row. ``name`` becomes the sheet's name in Excel."""

    name: str
    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_caption_shown: bool = True

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError(f"table {self.name!r} has no columns")
        if len({column.key for column in self.columns}) < len(self.columns):
            raise ValueError(f"table {self.name!r} has two columns with one key")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"table {self.name!r}, row {number}: {len(row)} cells for {len(self.columns)} columns")


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A box to tick: bold ``label``, ``text`` after it, and ``lines`` dotted lines to write on."""

    label: str
    text: str = ""
    lines: int = 0


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """Boxes to tick by hand, one below the other, or ``is_row``: beside each other, for short answers."""

    items: tuple[Choice, ...]
    is_row: bool = False


class WritingLines(msgspec.Struct, frozen=True, kw_only=True):
    """``count`` dotted lines to write on by hand, under an optional label."""

    count: int
    label: str = ""


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """A line to sign on for each label, side by side."""

    labels: tuple[str, ...]


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something the reader must not miss; ``attention`` adds a sign and an edge in orange."""

    text: str
    tone: Literal["plain", "attention"] = "plain"


class PageBreak(msgspec.Struct, frozen=True, kw_only=True):
    """What follows starts on a new page. Stands between sections, never inside one."""


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """An SVG picture, ``width_mm`` wide at most; ``alt`` says in words what it shows and may not be empty."""

    svg: bytes
    alt: str
    width_mm: float

    def __post_init__(self) -> None:
        if is_blank(self.alt):
            raise ValueError("a drawing needs a text that says what it shows")


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One of the columns side by side, with a small title (may be empty)."""

    title: str
    blocks: tuple[Block, ...]


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Two or three columns side by side; below one another where there is no room (Word, Excel)."""

    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        if not 2 <= len(self.columns) <= 3:
            raise ValueError("columns stand two or three side by side")
        for column in self.columns:
            _refuse(column.blocks, (Section, Columns, PageBreak), "a column")


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a paper under a ruled line: its title in the margin column, its blocks beside it."""

    title: str
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        _refuse(self.blocks, (Section, PageBreak), "a section")


Listing: TypeAlias = Bullets | States | Figures | Facts | Table | Choices | WritingLines | Signature
Block: TypeAlias = Heading | Paragraph | Notice | Drawing | PageBreak | Listing | Columns | Section


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One paper.

    ``sender_line`` stands at the end of the head, beside the organisation (or its ``logo``, the bytes of a PNG or JPEG).
    ``foot_start`` and ``foot_end`` are the two ends of the foot. A document that ``fits_one_page`` is exactly one A4,
    set tighter and in the last resort with its longest texts shortened; Word and Excel always hold all of it.
    """

    title: str
    language: Language
    day: datetime.date
    organisation: str
    blocks: tuple[Block, ...]
    kind: DocumentKind
    sender_line: str = ""
    lead: str = ""
    logo: bytes | None = None
    foot_start: str = ""
    foot_end: str = ""
    fits_one_page: bool = False
    subject: str = ""

    def __post_init__(self) -> None:
        if is_blank(self.title):
            raise ValueError("a document needs a title")
        if self.logo is not None and not self.logo.startswith(_PICTURE_STARTS):
            raise ValueError("a logo is a PNG or JPEG picture")
        if self.fits_one_page and any(isinstance(block, PageBreak) for block in self.blocks):
            raise ValueError("a document of one page has no page breaks")


def is_blank(text: str) -> bool:
    """Whether nothing of ``text`` can be seen: white space, and signs that only steer other signs."""
    return all(char.isspace() or unicodedata.category(char) == "Cf" for char in text)


def _refuse(blocks: tuple[Block, ...], kinds: tuple[type, ...], place: str) -> None:
    """Refuse blocks that cannot stand in ``place``; the depth of a paper is known, so every renderer stays flat."""
    wrong = [type(block).__name__ for block in blocks if isinstance(block, kinds)]
    if wrong:
        raise ValueError(f"{wrong[0]} cannot stand inside {place}")
