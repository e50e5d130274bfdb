"""A ``Deck`` as a tagged PDF, for a projector without PowerPoint and for whoever reads it afterwards."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, cast

import msgspec
import typst

from samenspraak.documents.deck import Deck, Slide
from samenspraak.documents.fit import size_that_fits
from samenspraak.documents.glyphs import SANS, SERIF, printable, shipped_fonts
from samenspraak.documents.slides_layout import HANG, LAYOUTS, Place
from samenspraak.documents.words import WORDS

_TEMPLATE = Path(__file__).with_name("deck.typ")
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
_NAMES = {0: "title", 1: "lines", 11: "foot", 13: "over", 14: "drawing", 15: "minutes", 16: "unit"}


def deck_pdf(deck: Deck, *, with_hidden: bool) -> bytes:
    """Give ``deck`` as PDF, with or without the slides that stay hidden in the room. Numbers are those of the deck.

    Raises ``typst.TypstError`` when a drawing is not a picture that can be read.
    """
    shown = [(n, slide) for n, slide in enumerate(deck.slides, start=1) if with_hidden or not slide.is_hidden]
    words = WORDS[deck.language]
    values = {
        "title": printable(deck.title),
        "organisation": printable(deck.organisation),
        "subject": printable(deck.subject),
        "language": deck.language,
        "day": (deck.day.year, deck.day.month, deck.day.day),
        "serif": (SERIF, *SANS),
        "sans": SANS,
        "minutes": words.minutes,
        "slides": [_values(slide, number, words.background) for number, slide in shown],
    }
    compiler = typst.Compiler(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=shipped_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"deck": msgspec.json.encode(values).decode()},
    )
    midnight = datetime.datetime.combine(deck.day, datetime.time(), datetime.UTC)
    # The stub allows for pages as pictures and for output to a file; a PDF in memory is always bytes.
    return cast(bytes, compiler.compile(format="pdf", pdf_standards=_STANDARDS, timestamp=midnight))


def _values(slide: Slide, number: int, background: str) -> dict[str, Any]:
    """What the template reads of one slide."""
    layout = LAYOUTS[slide.layout]
    places = {_NAMES[place.number]: place for place in layout.places if place.number in _NAMES}
    return {
        "kind": slide.kind,
        "number": str(number),
        "over": printable(slide.over or (background if slide.is_hidden else "")),
        "title": printable(slide.title),
        "lines": [printable(line) for line in slide.lines],
        "minutes": None if slide.minutes is None else str(slide.minutes),
        "foot": printable(slide.foot),
        "drawing": slide.drawing.svg.decode() if slide.drawing else None,
        "alt": printable(slide.drawing.alt) if slide.drawing else "",
        "places": {name: place.box for name, place in places.items()},
        "sizes": {
            "title": _size(places["title"], (slide.title,)),
            "lines": _size(places["lines"], slide.lines),
        },
    }


def _size(place: Place, lines: tuple[str, ...]) -> float:
    hang = HANG if place.bullets else 0.0
    return size_that_fits(lines, place.box[2:], place.size, is_title=place.face == "mj", hang=hang)
