"""A ``Document`` read aloud: its texts as lines in reading order, its tables apart, each under the name of a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias, assert_never

import msgspec

from samenspraak.documents import blocks as b

LineKind: TypeAlias = Literal[
    "title",
    "heading",
    "text",
    "item",
    "state",
    "figure",
    "fact",
    "choice",
    "writing",
    "sign",
    "notice",
    "drawing",
    "foot",
]

_LONGEST_NAME = 31
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff]+")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line: the part of the paper it stands in, what it is, its text and what goes with it."""

    part: str
    kind: LineKind
    text: str
    detail: str = ""


def lines(document: b.Document) -> list[Line]:
    """Give the lines of a document; none when all it holds is tables and its title."""
    body = [*_intro(document), *(line for block in document.blocks for line in _lines_of(block, ""))]
    if not body:
        return []
    first = Line(part="", kind="title", text=document.title, detail=document.organisation)
    foot = [Line(part="", kind="foot", text=text) for text in (document.foot_start, document.foot_end) if text]
    return [first, *body, *foot]


def named_tables(document: b.Document, taken: tuple[str, ...]) -> list[tuple[str, b.Table]]:
    """Give the tables in reading order with names for their sheets: short, allowed, and not among ``taken``."""
    used = {name.casefold() for name in taken}
    named = []
    for table in _tables_in(document.blocks):
        name = _free_name(table.name, used)
        used.add(name.casefold())
        named.append((name, table))
    return named


def _free_name(wanted: str, used: set[str]) -> str:
    plain = " ".join(_FORBIDDEN_IN_NAME.sub(" ", wanted).split()).strip("'") or "table"
    name, number = plain[:_LONGEST_NAME].strip("' "), 1
    while name.casefold() in used:
        number += 1
        ending = f" {number}"
        name = plain[: _LONGEST_NAME - len(ending)].strip("' ") + ending
    return name


def _tables_in(blocks: tuple[b.Block, ...]) -> Iterator[b.Table]:
    for block in blocks:
        if isinstance(block, b.Table):
            yield block
        elif isinstance(block, b.Section):
            yield from _tables_in(block.blocks)
        elif isinstance(block, b.Columns):
            for column in block.columns:
                yield from _tables_in(column.blocks)


def _intro(document: b.Document) -> Iterator[Line]:
    for text in (document.sender_line, document.lead):
        if text:
            yield Line(part="", kind="text", text=text)


def _lines_of(block: b.Block, part: str) -> Iterator[Line]:
    match block:
        case b.Section():
            for inner in block.blocks:
                yield from _lines_of(inner, block.title)
        case b.Columns():
            for column in block.columns:
                name = " – ".join(name for name in (part, column.title) if name)
                yield from (line for inner in column.blocks for line in _lines_of(inner, name))
        case b.Heading():
            yield Line(part=part, kind="heading", text=block.text)
        case b.Paragraph():
            yield Line(part=part, kind="text", text=block.text)
        case b.Notice():
            yield Line(part=part, kind="notice", text=block.text)
        case b.Drawing():
            yield Line(part=part, kind="drawing", text=block.alt)
        case _:
            yield from (Line(part=part, kind=kind, text=text, detail=more) for kind, text, more in _rows_of(block))


def _rows_of(block: b.Listing | b.PageBreak) -> Iterator[tuple[LineKind, str, str]]:
    match block:
        case b.Bullets():
            yield from (("item", item, "") for item in block.items)
        case b.States():
            for row in block.rows:
                yield "state", row.text, "\n".join(part for part in (row.word, row.detail) if part)
        case b.Figures():
            yield from (("figure", figure.text, figure.big) for figure in block.rows)
        case b.Facts():
            yield from (("fact", label, value) for label, value in block.rows)
        case b.Choices():
            yield from (("choice", choice.label, choice.text) for choice in block.items)
        case b.WritingLines():
            yield "writing", block.label, ""
        case b.Signature():
            yield from (("sign", label, "") for label in block.labels)
        case b.Table() | b.PageBreak():
            return
        case _:
            assert_never(block)
