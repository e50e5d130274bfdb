"""A ``Document`` as a Word file to work on: real styles, real lists and tables, in the order of the PDF.

Word sets the text itself, so everything is here that a page of the PDF may have had to leave out. What stands side by
side on the PDF stands one below the other here, which is easier to edit and to listen to.
"""

from __future__ import annotations

import io
import zipfile
from typing import assert_never

import docx
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from samenspraak.documents import blocks as b
from samenspraak.documents import word_xml as xml
from samenspraak.documents.format import cell_text
from samenspraak.documents.glyphs import writable
from samenspraak.documents.outline import Outline
from samenspraak.documents.pictures import png
from samenspraak.documents.word_styles import prepare, text_width
from samenspraak.documents.words import WORDS

# A sign and its colour; the word beside it says the same.
_SIGNS: dict[b.State, tuple[str, str]] = {
    "good": ("✔", "1B6638"),
    "partly": ("◐", "944200"),
    "no": ("⊖", "944200"),
    "unknown": ("?", "59555F"),
    "open": ("○", "59555F"),
    "attention": ("◆", "944200"),
}
_TONES: dict[b.Tone, str] = {"normal": "Normal", "lead": "Lead", "quiet": "Quiet", "quote": "Quote"}
_PT_DETAIL = 9
_HANGING_MM = 6.5


def word(document: b.Document) -> bytes:
    """Give ``document`` as a Word file; the same document gives the same bytes.

    Raises ``typst.TypstError`` when a drawing is not a picture that can be read.
    """
    return _Writer(document).file()


class _Writer:
    """Writes one document, block by block."""

    def __init__(self, document: b.Document) -> None:
        self._document = document
        self._words = WORDS[document.language]
        self._outline = Outline()
        self._width = text_width(document)
        self._file = docx.Document()
        prepare(self._file, document)

    def file(self) -> bytes:
        """Write everything and give the file."""
        document = self._document
        self._head()
        self._paragraph(document.title, "Heading 1")
        if document.lead:
            self._paragraph(document.lead, "Lead")
        self._several(document.blocks, base=1)
        self._foot()
        written = io.BytesIO()
        self._file.save(written)
        return timeless(written.getvalue())

    def _head(self) -> None:
        document = self._document
        head = self._paragraph("", "Normal")
        if document.logo is None:
            head.add_run(writable(document.organisation)).bold = True
        else:
            picture = head.add_run().add_picture(io.BytesIO(document.logo), height=Mm(10))
            xml.describe(picture, writable(document.organisation))
        if document.sender_line:
            head.add_run("\t" + writable(document.sender_line)).font.size = Pt(_PT_DETAIL)
            head.paragraph_format.tab_stops.add_tab_stop(Mm(self._width), WD_TAB_ALIGNMENT.RIGHT)

    def _foot(self) -> None:
        document = self._document
        foot = self._file.sections[0].footer.paragraphs[0]
        xml.inside(foot).style = "Quiet"
        foot.paragraph_format.tab_stops.add_tab_stop(Mm(self._width), WD_TAB_ALIGNMENT.RIGHT)
        foot.add_run(writable(document.foot_start) + "\t")
        if document.foot_end:
            foot.add_run(writable(document.foot_end) + "   ")
        before, _, rest = self._words.page.partition("{number}")
        between, _, after = rest.partition("{count}")
        for text, code in ((before, "PAGE"), (between, "NUMPAGES")):
            foot.add_run(text)
            xml.inside(foot).extend(xml.field(code))
        foot.add_run(after)

    def _several(self, blocks: tuple[b.Block, ...], base: int) -> None:
        for block in blocks:
            self._one(block, base)

    def _one(self, block: b.Block, base: int) -> None:
        """Write a block that stands under a title of level ``base``."""
        match block:
            case b.Heading():
                self._heading(block.text, base + block.level - 1)
            case b.Paragraph():
                self._paragraph(block.text, _TONES[block.tone])
            case b.Section():
                self._section(block)
            case b.Columns():
                for column in block.columns:
                    self._heading(column.title, base + 1)
                    self._several(column.blocks, base + 1)
            case b.Notice():
                self._notice(block)
            case b.PageBreak():
                self._paragraph("", "Normal").add_run().add_break(WD_BREAK.PAGE)
            case b.Drawing():
                width = min(block.width_mm, self._width)
                picture = self._file.add_picture(io.BytesIO(png(block.svg, width)), width=Mm(width))
                xml.describe(picture, writable(block.alt))
            case _:
                self._listing(block)

    def _listing(self, block: b.Listing) -> None:
        match block:
            case b.Bullets():
                self._bullets(block)
            case b.States():
                self._states(block)
            case b.Figures():
                self._figures(block)
            case b.Facts():
                self._facts(block)
            case b.Table():
                self._table(block)
            case b.Choices():
                self._choices(block)
            case b.WritingLines():
                self._labelled(block.label)
                self._lines(block.count)
            case b.Signature():
                self._signature(block)
            case _:
                assert_never(block)

    def _paragraph(self, text: str, style: str) -> WordParagraph:
        paragraph = self._file.add_paragraph(writable(text))
        # Looking a style up by its name goes through all of them, every time; the id is the name without spaces.
        xml.inside(paragraph).style = style.replace(" ", "")
        xml.set_direction(xml.inside(paragraph))
        return paragraph

    def _heading(self, text: str, level: int) -> None:
        if not b.is_blank(text):
            self._paragraph(text, f"Heading {self._outline.level(level)}")

    def _section(self, section: b.Section) -> None:
        """Write a section under its ruled line; one without a title has its line on an empty paragraph."""
        has_title = not b.is_blank(section.title)
        style = f"Heading {self._outline.level(2)}" if has_title else "Normal"
        first = self._paragraph(section.title if has_title else "", style)
        xml.border(xml.inside(first).get_or_add_pPr(), "top", points=0.75, color=xml.INK)
        self._several(section.blocks, base=2)

    def _notice(self, notice: b.Notice) -> None:
        paragraph = self._paragraph("", "Attention" if notice.tone == "attention" else "Notice")
        if notice.tone == "attention":
            paragraph.add_run(self._words.attention + ". ").bold = True
        paragraph.add_run(writable(notice.text))

    def _bullets(self, bullets: b.Bullets) -> None:
        number = self._new_numbering() if bullets.is_numbered else None
        for item in bullets.items:
            paragraph = self._paragraph(item, "List Bullet" if number is None else "List Number")
            if number is not None:
                properties = xml.inside(paragraph).get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = number

    def _new_numbering(self) -> int:
        """Give a numbering that starts at 1; Word would otherwise go on counting from the list before."""
        numbering = self._file.part.numbering_part.element
        of_style = self._file.styles["List Number"].element.pPr.numPr.numId.val
        model = numbering.num_having_numId(of_style).abstractNumId.val
        number = numbering.add_num(model)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)

    def _hanging(self, sign: str, color: str) -> WordParagraph:
        """Begin a line with a sign in the margin."""
        paragraph = self._paragraph("", "State")
        paragraph.paragraph_format.left_indent = Mm(_HANGING_MM)
        paragraph.paragraph_format.first_line_indent = -Mm(_HANGING_MM)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(_HANGING_MM))
        run = paragraph.add_run(sign)
        run.font.name = "Segoe UI Symbol"
        run.font.color.rgb = RGBColor.from_string(color)
        paragraph.add_run("\t")
        return paragraph

    def _states(self, states: b.States) -> None:
        for row in states.rows:
            paragraph = self._hanging(*_SIGNS[row.state])
            paragraph.add_run(writable(row.word)).bold = True
            paragraph.add_run(" " + writable(row.text))
            if row.detail:
                paragraph.add_run("\n" + writable(row.detail)).font.size = Pt(_PT_DETAIL)

    def _figures(self, figures: b.Figures) -> None:
        for figure in figures.rows:
            self._paragraph(figure.big, "Figure")
            self._paragraph(figure.text, "Normal")

    def _choices(self, choices: b.Choices) -> None:
        if choices.is_row:
            self._paragraph("     ".join(f"☐ {writable(choice.label)}" for choice in choices.items), "Normal")
            return
        for choice in choices.items:
            paragraph = self._hanging("☐", xml.INK)
            paragraph.add_run(writable(choice.label)).bold = bool(choice.text or choice.lines)
            if choice.text:
                paragraph.add_run(" " + writable(choice.text))
            self._lines(choice.lines)

    def _labelled(self, label: str) -> None:
        if label:
            paragraph = self._paragraph(label, "Normal")
            paragraph.paragraph_format.keep_with_next = True
            paragraph.runs[0].bold = True

    def _lines(self, count: int) -> None:
        for _ in range(count):
            self._line("")

    def _signature(self, signature: b.Signature) -> None:
        for label in signature.labels:
            self._line(label + "  ")

    def _line(self, label: str) -> None:
        """Write a line of dots to the end of the page, after a label."""
        paragraph = self._paragraph(label, "Writing Line")
        paragraph.add_run("\t")
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(self._width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)

    def _facts(self, facts: b.Facts) -> None:
        widths = (self._width / 3, self._width * 2 / 3)
        rows = [(writable(label), writable(value)) for label, value in facts.rows]
        self._place(xml.table((), rows, widths, "", (False, False)))

    def _table(self, table: b.Table) -> None:
        if table.is_caption_shown:
            self._paragraph(table.caption, "Caption")
        total = sum(column.width for column in table.columns)
        language = self._document.language
        rows = ([writable(cell_text(cell, language)) for cell in row] for row in table.rows)
        self._place(
            xml.table(
                [writable(column.title) for column in table.columns],
                rows,
                [self._width * column.width / total for column in table.columns],
                writable(table.caption),
                [column.kind == "number" for column in table.columns],
            )
        )

    def _place(self, table: xml.Element) -> None:
        """Put a table after what is written, and an empty line after it: two tables that touch become one."""
        gap = self._paragraph("", "Quiet")
        xml.inside(gap).addprevious(table)


def timeless(packed: bytes) -> bytes:
    """Pack a file again without the time it was packed."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return again.getvalue()
