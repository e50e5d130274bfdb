"""How wide a text will be, without a font: widths in em of Noto Sans and Noto Serif, rounded up.

The other fonts in our stacks are as wide or narrower, so a text that fits by this measure fits on the screen.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

Face = Literal["sans", "serif"]

_WIDTHS: dict[Face, dict[float, str]] = {
    "sans": {
        0.3: " .,:;'!’‘",
        0.35: "ijlJ-()ï",
        0.4: "fI",
        0.45: "t“”/",
        0.5: "rsz–?",
        0.55: "cF",
        0.6: "evxyELSTZ0123456789éëè",
        0.65: "abdgkopqCPVYöáó",
        0.7: "hnuABKRXü",
        0.75: "DG&",
        0.8: "HOQU",
        0.85: "N",
        0.9: "w…",
        0.95: "M",
        1.0: "mW",
    },
    "serif": {
        0.3: " .,'’‘/",
        0.35: "j:;-",
        0.4: "ilJ!()ï",
        0.45: "ftI",
        0.5: "s“”–",
        0.55: "crz?",
        0.6: "aegyS0123456789éëáè",
        0.65: "bdkopqvxFPöó",
        0.7: "hnuBCELTVYZü",
        0.75: "KRUX",
        0.8: "ADGNOQ",
        0.85: "H&",
        0.9: "w",
        0.95: "…",
        1.0: "mM",
        1.1: "W",
    },
}
_OF_SIGN = {face: {sign: em for em, signs in table.items() for sign in signs} for face, table in _WIDTHS.items()}
_ELSE = 0.75


def width(text: str, size: float, face: Face = "sans") -> float:
    """The width of bold text of this size, never too small for the letters of Dutch and English."""
    table = _OF_SIGN[face]
    return sum(table.get(sign, _ELSE) for sign in text) * size


@lru_cache(maxsize=512)
def two_lines(text: str, size: float, room: float) -> tuple[str, ...]:
    """The text on one line where it fits in ``room``, else on two lines that are as even as its words allow."""
    words = text.split()
    if len(words) < 2 or width(text, size) <= room:
        return (" ".join(words),)
    breaks = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return min(breaks, key=lambda lines: max(width(line, size) for line in lines))


def shortened(text: str, size: float, room: float) -> tuple[str, ...]:
    """At most two lines that fit in ``room``, the last ending in … where something had to go."""
    words = text.split()
    lines = two_lines(text, size, room)
    while max(width(line, size) for line in lines) > room and len(words) > 1:
        words.pop()
        lines = two_lines(" ".join(words) + "…", size, room)
    return lines
