"""How large letters may be so that a text stays within its place, measured with fonts that ship with us.

A slide is opened with letters we do not have, so everything is taken somewhat wider than it measures here.
"""

from __future__ import annotations

from functools import cache

from fontTools.ttLib import TTFont

from samenspraak.documents.glyphs import font_file

_WIDER = {True: 1.16, False: 1.08}
_LINE = {True: 1.08, False: 1.34}
_BETWEEN = 0.4
_STEPS = 24
_UNIT = 9.6


@cache
def _widths(is_title: bool) -> dict[int, float]:
    """How wide each sign is, as a share of the size of the letters."""
    with TTFont(font_file(is_serif=is_title), lazy=True) as font:
        em, advances = font["head"].unitsPerEm, font["hmtx"]
        return {sign: advances[name][0] / em for sign, name in font.getBestCmap().items()}


def _width(text: str, *, is_title: bool) -> float:
    """How wide a text is at a size of 1."""
    widths = _widths(is_title)
    return sum(widths.get(ord(char), 1.0) for char in text) * _WIDER[is_title]


def _rows(text: str, room: float, *, is_title: bool) -> int:
    """Over how many rows a text runs when a row has ``room`` (at a size of 1); a word that is too long is divided."""
    rows = 0
    space = _width(" ", is_title=is_title)
    for line in text.split("\n"):
        rows, used = rows + 1, 0.0
        for word in line.split():
            wide = _width(word, is_title=is_title)
            if used and used + space + wide > room:
                rows, used = rows + 1, 0.0
            used += wide + (space if used else 0)
            while used > room:
                rows, used = rows + 1, used - room
    return rows


def size_that_fits(
    lines: tuple[str, ...], box: tuple[float, ...], largest: float, *, is_title: bool, hang: float = 0.0
) -> float:
    """The size in points, ``largest`` at most, at which the lines fit in a box of hundredths of the width of a slide."""
    wide, high = ((measure - minus) * _UNIT for measure, minus in zip(box, (hang, 0), strict=True))
    for step in range(_STEPS):
        size = largest * (1 - 0.025 * step)
        rows = sum(_rows(line, wide / size, is_title=is_title) for line in lines)
        if rows * size * _LINE[is_title] + (len(lines) - 1) * (0 if is_title else _BETWEEN * size) <= high:
            return size
    return largest * (1 - 0.025 * _STEPS)
