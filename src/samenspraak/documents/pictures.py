"""Drawings as pixels, for files that cannot hold SVG."""

from __future__ import annotations

from typing import cast

import typst

from samenspraak.documents.glyphs import shipped_fonts

_PIXELS_PER_INCH = 220
_SOURCE = """
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1mm)
"""


def png(svg: bytes, width_mm: float) -> bytes:
    """Give an SVG drawing as PNG, ``width_mm`` wide at 220 pixels an inch.

    Raises ``typst.TypstError`` when the drawing cannot be read.
    """
    compiler = typst.Compiler(
        _SOURCE.encode(),
        font_paths=shipped_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"svg": svg.decode(), "width": str(width_mm)},
    )
    # One page gives one picture; the stub allows for a list of them.
    return cast(bytes, compiler.compile(format="png", ppi=_PIXELS_PER_INCH))
