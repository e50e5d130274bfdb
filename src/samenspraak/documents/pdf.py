"""A ``Document`` as a tagged PDF (PDF/UA-1 and PDF/A-2a), set by Typst from the templates ``paper.typ`` and ``paper_blocks.typ``."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import cast

import msgspec
import typst

from samenspraak.documents.blocks import Document
from samenspraak.documents.draft import Draft, Limits
from samenspraak.documents.glyphs import shipped_fonts

_TEMPLATE = Path(__file__).with_name("paper.typ")
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]

_DENSITIES = range(5)
_TIGHTEST = _DENSITIES[-1]
# More letters, or more rows in one list, than this never fit on one A4: trying them would only cost time.
_PAGE_LETTERS = 8000
_PAGE_ROWS = 100
# Texts of one or two lines still say something; below that, leaving out rows loses less. The last is a mere stub.
_SHORT = 80
_STUB = 20


def pdf(document: Document) -> bytes:
    """Give ``document`` as PDF; the same document gives the same bytes.

    Raises ``typst.TypstError`` when a drawing or logo is not a picture that can be read.
    """
    return _export(_fitting(document) if document.fits_one_page else _laid_out(document, Limits()), document.day)


def _fitting(document: Document) -> typst.Compiler:
    """Lay ``document`` out on one page: as roomy as it goes, else tight with its longest texts and lists cut."""
    whole = Draft(document, Limits())
    whole.values()
    if sum(whole.lengths) <= _PAGE_LETTERS:
        for density in _DENSITIES:
            laid_out = _laid_out(document, Limits(density=density))
            if _pages(laid_out) == 1:
                return laid_out
    return _laid_out(document, _cut(document, max(whole.lengths)))


def _cut(document: Document, longest: int) -> Limits:
    """Give the mildest limits, of those tried, under which ``document`` is one page."""

    def fits(letters: int, rows: int) -> bool:
        return _pages(_laid_out(document, Limits(density=_TIGHTEST, letters=letters, rows=rows))) == 1

    letters = _largest(lambda letters: fits(letters, _PAGE_ROWS), _SHORT, min(longest, _PAGE_LETTERS))
    if letters is not None:
        return Limits(density=_TIGHTEST, letters=letters, rows=_PAGE_ROWS)
    rows = _largest(lambda rows: fits(_SHORT, rows), 1, _PAGE_ROWS)
    if rows is not None:
        return Limits(density=_TIGHTEST, letters=_SHORT, rows=rows)
    return Limits(density=_TIGHTEST, letters=_STUB, rows=1)


def _largest(fits: Callable[[int], bool], low: int, high: int) -> int | None:
    """Give the largest number from ``low`` to ``high`` that ``fits``, by halving; None when ``low`` does not."""
    if not fits(low):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _laid_out(document: Document, limits: Limits) -> typst.Compiler:
    """Give a compiler that holds the document; it serves one thread and costs a fifth of a millisecond to make."""
    paper = msgspec.json.encode(Draft(document, limits).values()).decode()
    return typst.Compiler(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=shipped_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": paper},
    )


def _pages(laid_out: typst.Compiler) -> int:
    return msgspec.json.decode(laid_out.query("<pages>", field="value", one=True), type=int)


def _export(laid_out: typst.Compiler, day: datetime.date) -> bytes:
    midnight = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    # The stub allows for pages as pictures and for output to a file; a PDF in memory is always bytes.
    return cast(bytes, laid_out.compile(format="pdf", pdf_standards=_STANDARDS, timestamp=midnight))
