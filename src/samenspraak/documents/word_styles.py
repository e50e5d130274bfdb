"""How a Word paper looks: page, fonts and named styles, so that whoever edits it can change them in one place."""

from __future__ import annotations

import datetime
from typing import cast

from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENTATION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from samenspraak.documents.blocks import Document
from samenspraak.documents.format import shortened
from samenspraak.documents.glyphs import writable
from samenspraak.documents.word_xml import INK, QUIET, border, shade

# Fonts that Word has on every machine; the sheet's own Noto would be replaced by a guess where it is missing.
SERIF = "Georgia"
SANS = "Calibri"

# Margins in millimetres.
_LEFT = 20
_RIGHT = 16

_LOCALES = {"nl": "nl-NL", "en": "en-GB"}
# A property of a file holds at most 255 characters.
_LONGEST_PROPERTY = 255

# Name, font, points, bold, colour, points above and below.
_STYLES = (
    ("Normal", SANS, 10.5, False, INK, 0, 6),
    ("Heading 1", SERIF, 24, True, INK, 18, 6),
    ("Heading 2", SERIF, 14, True, INK, 16, 4),
    ("Heading 3", SERIF, 12, True, INK, 12, 3),
    ("Heading 4", SANS, 11, True, INK, 10, 2),
    ("Heading 5", SANS, 10.5, True, QUIET, 10, 2),
    ("Lead", SANS, 12.5, False, INK, 0, 8),
    ("Quiet", SANS, 9, False, QUIET, 0, 4),
    ("Quote", SERIF, 11, False, INK, 4, 8),
    ("Notice", SANS, 10.5, False, INK, 6, 8),
    ("Attention", SANS, 10.5, False, INK, 6, 8),
    ("State", SANS, 10.5, False, INK, 0, 4),
    ("Figure", SERIF, 19, True, INK, 8, 0),
    ("Writing Line", SANS, 10.5, False, QUIET, 14, 0),
    ("Caption", SANS, 10.5, True, INK, 8, 3),
    ("Table Text", SANS, 9.5, False, INK, 2, 2),
    ("Table Head", SANS, 8.5, True, QUIET, 2, 2),
)


def prepare(file: WordFile, document: Document) -> None:
    """Give an empty Word file the page, the styles and the properties of ``document``."""
    _set_page(file, is_flipped=document.kind == "table")
    _set_language(file, _LOCALES[document.language])
    styles = {style.name: cast(ParagraphStyle, style) for style in file.styles}
    for name, font, points, is_bold, color, above, below in _STYLES:
        if name not in styles:
            styles[name] = cast(ParagraphStyle, file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
        style = styles[name]
        _dress(style, font, points, is_bold, color)
        style.paragraph_format.space_before = Pt(above)
        style.paragraph_format.space_after = Pt(below)
        style.paragraph_format.line_spacing = 1.2 if font == SANS else 1.08
        style.paragraph_format.keep_with_next = name.startswith("Heading") or name in {"Caption", "Figure"}
    border(styles["Quote"].element.get_or_add_pPr(), "left", points=1, color="741B57", space=10)
    border(styles["Attention"].element.get_or_add_pPr(), "left", points=3, color="C75C05", space=8)
    shade(styles["Attention"].element.get_or_add_pPr(), "FDECD9")
    shade(styles["Notice"].element.get_or_add_pPr(), "EFEDE7")
    _set_properties(file, document)


def text_width(document: Document) -> float:
    """Give the width of a line in millimetres."""
    return (297 if document.kind == "table" else 210) - _LEFT - _RIGHT


def _set_page(file: WordFile, *, is_flipped: bool) -> None:
    page = file.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if is_flipped else (Mm(210), Mm(297))
    page.orientation = WD_ORIENTATION.LANDSCAPE if is_flipped else WD_ORIENTATION.PORTRAIT
    page.left_margin, page.right_margin = Mm(_LEFT), Mm(_RIGHT)
    page.top_margin, page.bottom_margin, page.footer_distance = Mm(15), Mm(20), Mm(9)


def _set_language(file: WordFile, locale: str) -> None:
    defaults = file.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)


def _dress(style: ParagraphStyle, font: str, points: float, is_bold: bool, color: str) -> None:
    style.font.name = font
    style.font.size = Pt(points)
    style.font.bold = is_bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(color)
    fonts = style.element.rPr.rFonts
    # The fonts of a theme would win from the one named here.
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:cs"), font)


def _set_properties(file: WordFile, document: Document) -> None:
    properties = file.core_properties
    midnight = datetime.datetime.combine(document.day, datetime.time())
    properties.title = shortened(writable(document.title), _LONGEST_PROPERTY)
    properties.subject = shortened(writable(document.subject), _LONGEST_PROPERTY)
    properties.author = shortened(writable(document.organisation), _LONGEST_PROPERTY)
    properties.language = _LOCALES[document.language]
    properties.comments = ""
    properties.created = properties.modified = midnight
    properties.last_modified_by = properties.author
