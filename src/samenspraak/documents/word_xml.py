"""The pieces of WordprocessingML that python-docx has no call for: borders, shading, fields, whole tables at once.

Tags and attributes are written as in the format ("w:p", "w:val"). Lengths inside the format are twips, a twentieth of
a point; a millimetre is 56.7 of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from docx.oxml import OxmlElement
from docx.shape import InlineShape
from docx.text.paragraph import Paragraph as WordParagraph

from samenspraak.documents.format import starts_right_to_left

# python-docx makes its element classes at run time; their calls are not in its types.
Element: TypeAlias = Any

INK = "211B25"
QUIET = "57505D"
HAIRLINE = "CFCAC2"

# What may follow these two in the properties of a paragraph; the format fixes the order.
_AFTER_SHADING = ("w:tabs", "w:bidi", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")
_AFTER_BORDERS = ("w:shd", *_AFTER_SHADING)
_AFTER_DIRECTION = _AFTER_SHADING[2:]


def twips(millimetres: float) -> int:
    """Give a length in twips."""
    return round(millimetres * 1440 / 25.4)


def element(tag: str, *children: Element, **attributes: str | int) -> Element:
    """Make an element; ``val=1`` becomes the attribute ``w:val="1"``."""
    made: Element = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(f"{{{made.nsmap['w']}}}{name}", str(value))
    made.extend(children)
    return made


def border(properties: Element, side: str, *, points: float, color: str, space: int = 4) -> None:
    """Draw a line at one side ("top", "left") of the paragraphs that have these properties."""
    line = element(f"w:{side}", val="single", sz=round(points * 8), space=space, color=color)
    properties.insert_element_before(element("w:pBdr", line), *_AFTER_BORDERS)


def shade(properties: Element, fill: str) -> None:
    """Colour the ground of the paragraphs that have these properties."""
    properties.insert_element_before(element("w:shd", val="clear", color="auto", fill=fill), *_AFTER_SHADING)


def inside(paragraph: WordParagraph) -> Element:
    """Give the element of a paragraph; python-docx keeps this way down for what it has no call for."""
    return paragraph._p  # noqa: SLF001  see above


def describe(picture: InlineShape, text: str) -> None:
    """Say in words what a picture shows."""
    picture._inline.docPr.set("descr", text)  # noqa: SLF001  python-docx has no call for it


def set_direction(paragraph: Element) -> None:
    """Set a paragraph from right to left, with every run in it, when its first letter asks for it."""
    if not starts_right_to_left("".join(run.text for run in paragraph.r_lst)):
        return
    paragraph.get_or_add_pPr().insert_element_before(element("w:bidi"), *_AFTER_DIRECTION)
    for run in paragraph.r_lst:
        run.get_or_add_rPr().append(element("w:rtl"))


def field(code: str) -> list[Element]:
    """Give the runs of a field that Word fills in itself, such as PAGE."""
    instruction = element("w:instrText")
    instruction.text = code
    parts = (element("w:fldChar", fldCharType="begin"), instruction, element("w:fldChar", fldCharType="end"))
    return [element("w:r", part) for part in parts]


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float], caption: str, ends: Sequence[bool]
) -> Element:
    """Make a table; ``widths`` in millimetres, ``ends`` says which columns stand at the end of their cell.

    Built in one go: cell by cell through python-docx takes five times as long.
    """
    borders = element(
        "w:tblBorders",
        element("w:bottom", val="single", sz=4, space=0, color=HAIRLINE),
        element("w:insideH", val="single", sz=4, space=0, color=HAIRLINE),
    )
    properties = element(
        "w:tblPr",
        element("w:tblW", w=sum(map(twips, widths)), type="dxa"),
        borders,
        element("w:tblLayout", type="fixed"),
        element("w:tblCellMar", element("w:left", w=0, type="dxa"), element("w:right", w=120, type="dxa")),
        element("w:tblLook", firstRow=int(bool(head)), firstColumn=1, noHBand=1, noVBand=1),
        *([element("w:tblCaption", val=caption)] if caption else []),
    )
    made = element("w:tbl", properties, element("w:tblGrid", *[element("w:gridCol", w=twips(w)) for w in widths]))
    if head:
        made.append(_row(head, widths, ends, is_head=True))
    made.extend(_row(row, widths, ends, is_head=False) for row in rows)
    return made


def _row(texts: Sequence[str], widths: Sequence[float], ends: Sequence[bool], *, is_head: bool) -> Element:
    properties = element("w:trPr", element("w:cantSplit"), *([element("w:tblHeader")] if is_head else []))
    style = "TableHead" if is_head else "TableText"
    cells = (_cell(text, width, style, is_end) for text, width, is_end in zip(texts, widths, ends, strict=True))
    return element("w:tr", properties, *cells)


def _cell(text: str, width: float, style: str, is_end: bool) -> Element:
    properties = element("w:tcPr", element("w:tcW", w=twips(width), type="dxa"))
    if style == "TableHead":
        line = element("w:bottom", val="single", sz=6, space=0, color=INK)
        properties.append(element("w:tcBorders", line))
    alignment = [element("w:jc", val="right")] if is_end else []
    run = element("w:r")
    run.text = text
    paragraph = element("w:p", element("w:pPr", element("w:pStyle", val=style), *alignment), run)
    set_direction(paragraph)
    return element("w:tc", properties, paragraph)
