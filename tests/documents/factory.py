"""Plain papers to print, and ways to read back what came out."""

import datetime
import io
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pypdf
from docx.document import Document as WordFile

from samenspraak.documents.blocks import (
    Block,
    Bullets,
    Choice,
    Choices,
    Column,
    Columns,
    Document,
    Drawing,
    Facts,
    Figure,
    Figures,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Section,
    Signature,
    StateRow,
    States,
    Table,
    TableColumn,
    WritingLines,
)

DAY = datetime.date(2026, 11, 21)
MOMENT = datetime.datetime(2026, 11, 21, 13, 30)  # noqa: DTZ001  a cell is shown in the zone it is given in
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 10'><rect width='40' height='10'/></svg>"
TALL_SVG = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 90'><rect width='10' height='90'/></svg>"

TABLE = Table(
    name="Mandaat",
    caption="Mandaat per onderwerp",
    columns=(
        TableColumn(key="topic", title="Onderwerp", about="Waar het over gaat"),
        TableColumn(key="hours", title="Uren", about="Uren per jaar", kind="number"),
        TableColumn(key="since", title="Sinds", about="Eerste dag", kind="date"),
        TableColumn(key="at", title="Tijdstip", about="Wanneer ingevuld", kind="datetime"),
        TableColumn(key="state", title="Stand", about="Hoe het staat", kind="state"),
        TableColumn(key="proof", title="Bewijs", about="Waar het staat", kind="link"),
    ),
    rows=(
        ("Loon", Decimal("1234.50"), DAY, MOMENT, "Deels", "https://example.org/loon"),
        ("Herstel", 12000, None, None, "Ja", "in de kast"),
    ),
)

# A block of each kind, with the typed texts that must come out of each paper.
EACH_BLOCK: dict[str, tuple[Block, tuple[str, ...]]] = {
    "heading 2": (Heading(text="Een deel"), ("Een deel",)),
    "heading 3": (Heading(text="Een stuk", level=3), ("Een stuk",)),
    "paragraph": (Paragraph(text="Gewoon\nop twee regels"), ("Gewoon", "op twee regels")),
    "lead": (Paragraph(text="Om te beginnen", tone="lead"), ("Om te beginnen",)),
    "quiet": (Paragraph(text="Kleine letters", tone="quiet"), ("Kleine letters",)),
    "quote": (Paragraph(text="‘Zo is het’", tone="quote"), ("‘Zo is het’",)),
    "bullets": (Bullets(items=("appel", "peer")), ("appel", "peer")),
    "numbers": (Bullets(items=("eerst", "daarna"), is_numbered=True), ("eerst", "daarna")),
    "states": (
        States(
            rows=(
                StateRow(state="good", word="Ja", text="Er is tijd"),
                StateRow(state="partly", word="Deels", text="Er is geld", detail="niet alles"),
                StateRow(state="no", word="Nee", text="Kennis"),
                StateRow(state="unknown", word="Onbekend", text="Middelen"),
                StateRow(state="open", word="", text="Nog open"),
            )
        ),
        ("Ja", "Er is tijd", "Deels", "niet alles", "Nee", "Onbekend", "Nog open"),
    ),
    "figures": (
        Figures(rows=(Figure(big="92 uur", text="tot april"), Figure(big="€ 7.400", text="verwacht"))),
        ("92 uur", "tot april", "€ 7.400", "verwacht"),
    ),
    "facts": (Facts(rows=(("Ingevuld door", "Sanne"),)), ("Ingevuld door", "Sanne")),
    "table": (TABLE, ("Onderwerp", "Loon", "Deels", "https://example.org/loon", "in de kast")),
    "choices": (
        Choices(items=(Choice(label="Akkoord", text="met de uren"), Choice(label="Nog niet, want:", lines=2))),
        ("Akkoord", "met de uren", "Nog niet, want:"),
    ),
    "writing lines": (WritingLines(count=3, label="Je rol"), ("Je rol",)),
    "bare lines": (WritingLines(count=2), ()),
    "signature": (Signature(labels=("Naam", "Handtekening", "Datum")), ("Naam", "Handtekening", "Datum")),
    "two signatures": (Signature(labels=("Wij", "Zij")), ("Wij", "Zij")),
    "notice": (Notice(text="Alleen intern"), ("Alleen intern",)),
    "attention": (Notice(text="Nog niet bevestigd", tone="attention"), ("Nog niet bevestigd",)),
    "page break": (PageBreak(), ()),
    "drawing": (Drawing(svg=SVG, alt="Een balk", width_mm=40), ()),
    "tall drawing": (Drawing(svg=TALL_SVG, alt="Een toren", width_mm=150), ()),
    "section": (Section(title="Wat ik vraag", blocks=(Paragraph(text="Tijd"),)), ("Wat ik vraag", "Tijd")),
    "untitled section": (Section(title="", blocks=(Paragraph(text="Zonder kop"),)), ("Zonder kop",)),
    "columns": (
        Columns(
            columns=(
                Column(title="Wij", blocks=(Paragraph(text="links"), Bullets(items=("een",)))),
                Column(title="", blocks=(Paragraph(text="rechts"), TABLE)),
            )
        ),
        ("Wij", "links", "een", "rechts"),
    ),
}


def make_document(*blocks: Block, **more: Any) -> Document:
    """Give a report in Dutch with these blocks."""
    plain = {"title": "Een vraag", "language": "nl", "day": DAY, "organisation": "Noorderdraad", "kind": "report"}
    return Document(**(plain | {"blocks": blocks} | more))


def pdf_pages(written: bytes) -> list[str]:
    """Give the text of each page of a PDF."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(written)).pages]


def pdf_text(written: bytes) -> str:
    """Give all text of a PDF."""
    return "\n".join(pdf_pages(written))


def word_file(written: bytes) -> WordFile:
    """Open a Word file."""
    return docx.Document(io.BytesIO(written))


def word_text(written: bytes) -> str:
    """Give all text of a Word file: body, cells and foot."""
    file = word_file(written)
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    foot = [paragraph.text for paragraph in file.sections[0].footer.paragraphs]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells, *foot])


def excel_book(written: bytes) -> openpyxl.Workbook:
    """Open an Excel file."""
    return openpyxl.load_workbook(io.BytesIO(written))


def excel_text(written: bytes) -> str:
    """Give all text of an Excel file."""
    rows = [row for sheet in excel_book(written) for row in sheet.iter_rows(values_only=True)]
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


READERS = {"pdf": pdf_text, "docx": word_text, "xlsx": excel_text}


def bare(text: str) -> str:
    """Give text without what a line break or a change of direction may move: white space and invisible signs."""
    return "".join(char for char in text if char.isprintable() and not char.isspace())
