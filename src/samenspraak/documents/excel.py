"""A ``Document`` as an Excel file to count with: a sheet for each table, the rest as lines, and a code book.

What was typed is always a text, never a formula or a link; what is a number or a day is one.
"""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeAlias

import xlsxwriter

from samenspraak.documents import blocks as b
from samenspraak.documents.format import cell_text, shortened
from samenspraak.documents.glyphs import writable
from samenspraak.documents.lines import lines, named_tables
from samenspraak.documents.words import WORDS

# xlsxwriter has no types that mypy may read.
Sheet: TypeAlias = Any
Format: TypeAlias = Any

TEXT_SHEET = "text"
CODE_SHEET = "codebook"

_LONGEST_CELL = 32_767
# Excel counts days from 1900, and keeps fifteen digits of a number.
_FIRST_YEAR = 1900
_LARGEST = 10**15
# In a cell that begins like this, Excel would see a formula as soon as somebody edits it: those get a quote mark.
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NARROWEST, _WIDEST = 10, 60
_LINE_HEIGHT, _HIGHEST = 15.0, 408.0
_DAY_FORMATS: dict[b.Language, str] = {"nl": "[$-413]d mmmm yyyy", "en": "[$-809]d mmmm yyyy"}
_A4 = 9


def excel(document: b.Document) -> bytes:
    """Give ``document`` as an Excel file; the same document gives the same bytes."""
    return _Writer(document).file()


class _Writer:
    """Writes one document, sheet by sheet."""

    def __init__(self, document: b.Document) -> None:
        self._document = document
        self._words = WORDS[document.language]
        self._written = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._written, options)
        self._formats: dict[tuple[str, bool], Format] = {}
        self._head = self._book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EFEDE7"}
        )

    def file(self) -> bytes:
        """Write everything and give the file."""
        self._set_properties()
        code_book: list[tuple[str, ...]] = []
        spoken = lines(self._document)
        if spoken:
            rows = [(line.part, self._words.line_kinds[line.kind], line.text, line.detail) for line in spoken]
            self._sheet(TEXT_SHEET, self._words.text_titles, rows)
            code_book += self._codes_of_text()
        for name, table in named_tables(self._document, taken=(TEXT_SHEET, CODE_SHEET)):
            self._sheet(name, [column.title for column in table.columns], table.rows)
            code_book += self._codes_of(name, table)
        self._sheet(CODE_SHEET, self._words.code_titles, code_book)
        self._book.close()
        return self._written.getvalue()

    def _set_properties(self) -> None:
        document = self._document
        self._book.set_properties(
            {
                "title": writable(document.title),
                "subject": writable(document.subject),
                "author": writable(document.organisation),
                "created": datetime.datetime.combine(document.day, datetime.time()),
            }
        )

    def _codes_of_text(self) -> list[tuple[str, ...]]:
        kind = self._words.column_kinds["text"]
        titles_and_meanings = zip(self._words.text_titles, self._words.about_text, strict=True)
        return [(TEXT_SHEET, title, "", about, kind) for title, about in titles_and_meanings]

    def _codes_of(self, name: str, table: b.Table) -> list[tuple[str, ...]]:
        """Give a line for the sheet itself, with the caption, and one for each of its columns."""
        columns = [
            (name, column.title, column.key, column.about, self._words.column_kinds[column.kind])
            for column in table.columns
        ]
        return [(name, "", "", table.caption, self._words.table), *columns]

    def _sheet(self, name: str, titles: Sequence[str], rows: Sequence[Sequence[b.Cell]]) -> None:
        sheet = self._book.add_worksheet(name)
        shown = [[self._shown(cell) for cell in row] for row in rows]
        widths = [_width([title + "   ", *(row[at] for row in shown)]) for at, title in enumerate(titles)]
        for at, title in enumerate(titles):
            sheet.write_string(0, at, _fitting(title), self._head)
            sheet.set_column(at, at, widths[at])
        for number, row in enumerate(rows, start=1):
            for at, cell in enumerate(row):
                self._write(sheet, number, at, cell)
            # Not every program finds the height of a row by itself.
            sheet.set_row(number, _height(shown[number - 1], widths))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(titles) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)

    def _shown(self, cell: b.Cell) -> str:
        return "" if cell is None else cell_text(cell, self._document.language)

    def _write(self, sheet: Sheet, row: int, column: int, cell: b.Cell) -> None:
        day_format = _DAY_FORMATS[self._document.language]
        match cell:
            case None | "":
                return
            case datetime.datetime() if cell.year >= _FIRST_YEAR:
                sheet.write_datetime(row, column, cell.replace(tzinfo=None), self._format(day_format + " hh:mm"))
            case datetime.date() if cell.year >= _FIRST_YEAR:
                sheet.write_datetime(row, column, cell, self._format(day_format))
            case int() if abs(cell) < _LARGEST:
                sheet.write_number(row, column, int(cell), self._format("#,##0"))
            case Decimal() if cell.is_finite() and abs(cell) < _LARGEST:
                sheet.write_number(row, column, float(cell), self._format(_number_format(cell)))
            case _:
                text = self._shown(cell)
                is_quoted = text.startswith(_LIKE_A_FORMULA)
                sheet.write_string(row, column, _fitting(text), self._format("General", is_quoted=is_quoted))

    def _format(self, number_format: str, *, is_quoted: bool = False) -> Format:
        key = (number_format, is_quoted)
        if key not in self._formats:
            look = {"num_format": number_format, "text_wrap": True, "valign": "top", "quote_prefix": is_quoted}
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]


def _fitting(text: str) -> str:
    return shortened(writable(text), _LONGEST_CELL)


def _width(texts: list[str]) -> int:
    """Give the width of a column in characters: its longest line, within reason."""
    longest = max(len(line) for text in texts for line in text.split("\n"))
    return min(max(longest + 1, _NARROWEST), _WIDEST)


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Give the height of a row in points, for the cell with the most lines; Excel allows 409, in steps of three quarters."""
    lines = (
        sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return min(_LINE_HEIGHT * max(lines), _HIGHEST)


def _number_format(number: Decimal) -> str:
    exponent = number.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return "#,##0" + ("." + "0" * decimals if decimals else "")
