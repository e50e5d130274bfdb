"""Worksheets to fill in, and one that has been filled in for the case."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from samenspraak.documents.blocks import (
    Block,
    Bullets,
    Choice,
    Choices,
    Document,
    Heading,
    Paragraph,
    Table,
    TableColumn,
    WritingLines,
)
from samenspraak.method.workshop_types import Field, Worksheet
from samenspraak.workshops.report.occasion import Occasion

PREPARATION = "dialogue-preparation"
WIDE = 6
"""A table with more columns than this is too narrow to write in on a standing page."""


def worksheet(occasion: Occasion, sheet: Worksheet) -> Document:
    """One sheet to fill in by hand; one with a wide table lies on its side."""
    blocks: list[Block] = [block for field in sheet.fields for block in _field(field)]
    is_wide = any(len(field.columns) > WIDE for field in sheet.fields)
    closing = Paragraph(text=sheet.closing, tone="quiet")
    return occasion.paper(sheet.title, [*blocks, closing], kind="table" if is_wide else "form", lead=sheet.about)


def _titled(field: Field) -> list[Block]:
    title = f"{field.code}. {field.title}" if field.code else field.title
    return [Heading(text=title, level=3), *([Paragraph(text=field.hint, tone="quiet")] if field.hint else [])]


def _field(field: Field) -> list[Block]:
    """One part of a sheet as it is filled in by hand."""
    if field.kind == "choice":
        return [*_titled(field), Choices(items=tuple(Choice(label=choice) for choice in field.choices), is_row=True)]
    if field.kind == "table":
        columns = tuple(TableColumn(key=c.id, title=c.title, about=c.hint) for c in field.columns)
        empty = tuple("\n" for _column in columns)
        table = Table(
            name=field.title, caption=field.title, is_caption_shown=False, columns=columns, rows=(empty,) * field.rows
        )
        return [*_titled(field), table]
    return [*_titled(field), WritingLines(count=field.rows)]


def filled_example(occasion: Occasion) -> Document:
    """The preparation sheet as somebody might fill it in for this case; made up, to look back at afterwards."""
    sheet = occasion.programme.worksheet(PREPARATION)
    filled = {part.id: part.lines for part in occasion.kit.filled}
    blocks: list[Block] = [Paragraph(text=occasion.kit.case.circumstances, tone="quote")]
    for field in sheet.fields:
        blocks += [*_titled(field), *_lines(filled.get(field.id, ()))]
    return occasion.paper(_("%(sheet)s: an example") % {"sheet": sheet.title}, blocks, lead=occasion.kit.case.question)


def _lines(lines: Sequence[str]) -> list[Block]:
    if len(lines) < 2:
        return [Paragraph(text=line) for line in lines]
    return [Bullets(items=tuple(lines))]
