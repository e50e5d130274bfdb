"""A ``Deck`` as a PowerPoint file to work on: real layouts, notes, hidden slides, letters that every program has."""

from __future__ import annotations

import datetime
import io
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Emu, Pt

from samenspraak.documents import slides_layout as look
from samenspraak.documents.blocks import Drawing
from samenspraak.documents.deck import Deck, Slide
from samenspraak.documents.fit import size_that_fits
from samenspraak.documents.glyphs import writable
from samenspraak.documents.pictures import png
from samenspraak.documents.word import timeless
from samenspraak.documents.words import WORDS

_LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
_SMALLEST = 11.0
_DRAWING = 14
_PLACE_OF_TEMPLATE = dict(zip(look.LAYOUTS, (0, 1, 3, 2, 5), strict=True))
_THEME = (
    ('<a:latin typeface="Calibri"/>', '<a:latin typeface="Georgia"/>'),
    ('<a:latin typeface="Calibri"/>', '<a:latin typeface="Arial"/>'),
    ('<a:dk1><a:sysClr val="windowText" lastClr="000000"/>', f'<a:dk1><a:srgbClr val="{look.INK}"/>'),
    ('<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/>', f'<a:lt1><a:srgbClr val="{look.PAGE}"/>'),
    ('<a:dk2><a:srgbClr val="1F497D"/>', f'<a:dk2><a:srgbClr val="{look.QUIET}"/>'),
    ('<a:lt2><a:srgbClr val="EEECE1"/>', f'<a:lt2><a:srgbClr val="{look.CALM}"/>'),
    ('<a:accent1><a:srgbClr val="4F81BD"/>', f'<a:accent1><a:srgbClr val="{look.PLUM}"/>'),
    ('<a:accent2><a:srgbClr val="C0504D"/>', f'<a:accent2><a:srgbClr val="{look.WATER}"/>'),
    ('<a:accent3><a:srgbClr val="9BBB59"/>', f'<a:accent3><a:srgbClr val="{look.SUN}"/>'),
    ('<a:hlink><a:srgbClr val="0000FF"/>', f'<a:hlink><a:srgbClr val="{look.PLUM}"/>'),
    ("Office Theme", "Samenspraak"),
)


def slides(deck: Deck) -> bytes:
    """Give ``deck`` as a PowerPoint file; the same deck gives the same bytes.

    Raises ``typst.TypstError`` when a drawing is not a picture that can be read.
    """
    return _Projector(deck).file()


class _Projector:
    """Writes one deck, slide by slide."""

    def __init__(self, deck: Deck) -> None:
        self._deck = deck
        self._words = WORDS[deck.language]
        self._file: Any = Presentation()
        self._file.slide_width = Emu(round(look.WIDE * look.UNIT))
        self._file.slide_height = Emu(round(look.HIGH * look.UNIT))
        self._layouts = self._dressed()

    def file(self) -> bytes:
        """Write everything and give the file."""
        deck = self._deck
        for slide in deck.slides:
            self._slide(slide)
        about, midnight = self._file.core_properties, datetime.datetime.combine(deck.day, datetime.time())
        about.title, about.author, about.subject = (
            writable(deck.title),
            writable(deck.organisation),
            writable(deck.subject),
        )
        about.created = about.modified = midnight
        about.last_modified_by, about.language = "Samenspraak", _LANGUAGES[deck.language]
        written = io.BytesIO()
        self._file.save(written)
        return timeless(written.getvalue())

    def _dressed(self) -> dict[str, Any]:
        """The layouts of the template in our look; those we have no use for go."""
        master = self._file.slide_masters[0]
        theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        text = theme.blob.decode()
        for old, new in _THEME:
            text = text.replace(old, new, 1)
        theme._blob = text.encode()  # noqa: SLF001  python-pptx reads a theme and has no call to change it
        _dress(master, look.MASTER)
        layouts = list(self._file.slide_layouts)
        kept = {name: layouts[number] for name, number in _PLACE_OF_TEMPLATE.items()}
        for layout in layouts:
            if layout not in kept.values():
                self._file.slide_layouts.remove(layout)
        for name, layout in kept.items():
            _dress(layout, look.LAYOUTS[name])
            layout._element.attrib.pop("type", None)  # noqa: SLF001  it is ours now, not one of the program's kinds
        return kept

    def _slide(self, slide: Slide) -> None:
        places = {place.number: place for place in look.LAYOUTS[slide.layout].places}
        made = self._file.slides.add_slide(self._layouts[slide.layout])
        over = slide.over or (self._words.background if slide.is_hidden else "")
        texts = {0: (slide.title,), 1: slide.lines, 13: (over,), 15: (), 16: ()}
        if slide.minutes is not None:
            texts |= {15: (str(slide.minutes),), 16: (self._words.minutes,)}
        for shape in list(made.placeholders):
            number = shape.placeholder_format.idx
            lines = tuple(writable(line) for line in texts.get(number, ()) if line)
            if lines:
                self._write(shape, places[number], lines)
            else:
                shape._element.getparent().remove(shape._element)  # noqa: SLF001  an empty place asks to be filled in
        if slide.drawing:
            self._draw(made, slide.drawing, places[_DRAWING].box)
        for place in (places[number] for number in (11, 12) if number in places):
            tree = made.shapes._spTree  # noqa: SLF001  python-pptx leaves the foot and the number to the program
            tree.append(etree.fromstring(look.footing(place, 100 + place.number, escape(writable(slide.foot)))))
        made.notes_slide.notes_text_frame.text = writable(slide.notes)
        if slide.is_hidden:
            made._element.set("show", "0")  # noqa: SLF001  what the program calls ‘hide slide’

    def _write(self, shape: Any, place: look.Place, lines: tuple[str, ...]) -> None:
        """Set the lines, smaller than the layout where they would run out of their place."""
        frame = shape.text_frame
        size = size_that_fits(
            lines, place.box[2:], place.size, is_title=place.face == "mj", hang=look.HANG if place.bullets else 0.0
        )
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            for nth, piece in enumerate(line.split("\n")):
                if nth:
                    paragraph.add_line_break()
                self._run(paragraph, piece, size if size < place.size else None)
            if place.bullets == "dots" and len(lines) == 1:
                _without_bullet(paragraph)

    def _run(self, paragraph: Any, text: str, size: float | None) -> None:
        run = paragraph.add_run()
        run.text = text
        run._r.get_or_add_rPr().set("lang", _LANGUAGES[self._deck.language])  # noqa: SLF001  for the spelling check
        if size is not None:
            run.font.size = Pt(max(size, _SMALLEST))

    def _draw(self, made: Any, drawing: Drawing, box: tuple[float, float, float, float]) -> None:
        """The drawing as large as its place, in the middle of it, with what it shows in words."""
        x, y, wide, high = box
        picture = made.shapes.add_picture(io.BytesIO(png(drawing.svg, 160)), 0, 0)
        scale = min(wide * look.UNIT / picture.width, high * look.UNIT / picture.height)
        picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
        picture.left = round((x + wide / 2) * look.UNIT - picture.width / 2)
        picture.top = round((y + high / 2) * look.UNIT - picture.height / 2)
        picture._element.nvPicPr.cNvPr.set("descr", writable(drawing.alt))  # noqa: SLF001  no call for it yet


def _dress(sheet: Any, layout: look.Layout) -> None:
    """Put our ground, drawing and places where those of the template stand."""
    old = sheet._element.cSld  # noqa: SLF001  a layout can be read through the library and changed in its XML alone
    new = etree.fromstring(look.sheet(layout), sheet._element.cSld.getroottree().parser)  # noqa: SLF001
    old.getparent().replace(old, new)


def _without_bullet(paragraph: Any) -> None:
    """One line is no list."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  no call for bullets
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.insert(0, etree.SubElement(properties, f"{{{properties.nsmap['a']}}}buNone"))
