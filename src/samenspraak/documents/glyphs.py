"""The fonts a PDF is set in, and what they can draw.

Only fonts that come with our dependencies count, never those of the machine, so a paper is the same everywhere. What
none of them can draw is written as ⟨U+XXXX⟩: PDF/UA and PDF/A refuse a box for a missing glyph, and so do we.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

FONT_PACKAGES = ("fontpkg_noto_serif", "manimgx_fonts", "manimgx_fonts_cjk")
SERIF = "Noto Serif"
# The order is the order of choice: a script's own font first, then signs, then the large CJK font, emoji last, because
# those two also draw digits and punctuation, and wider than the rest of the line.
SANS = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Gujarati",
    "Noto Sans Gurmukhi",
    "Noto Sans Kannada",
    "Noto Sans Malayalam",
    "Noto Sans Oriya",
    "Noto Sans Sinhala",
    "Noto Sans Tamil",
    "Noto Sans Telugu",
    "Noto Sans Thai",
    "Noto Sans Lao",
    "Noto Sans Khmer",
    "Noto Sans Myanmar",
    "Noto Sans Ethiopic",
    "Noto Sans Armenian",
    "Noto Sans Georgian",
    "Noto Sans Symbols",
    "DejaVu Sans Mono",
    "Noto Sans CJK SC",
    "Noto Emoji",
)

# DejaVu Sans Mono sits inside the typst wheel, where its table of characters cannot be read: these are the stretches
# of arrows, mathematical signs, shapes and dingbats that it draws (a test prints every one of them).
_SIGNS_IN_TYPST = (
    (0x2190, 0x2213),
    (0x2215, 0x2215),
    (0x2217, 0x2220),
    (0x2223, 0x2224),
    (0x2227, 0x222D),
    (0x2234, 0x223D),
    (0x2241, 0x2269),
    (0x226D, 0x228B),
    (0x228D, 0x22A5),
    (0x2308, 0x2315),
    (0x2500, 0x262F),
    (0x2638, 0x268B),
    (0x2690, 0x269C),
    (0x2701, 0x2704),
    (0x2706, 0x2709),
    (0x270C, 0x2727),
    (0x2729, 0x274B),
    (0x2761, 0x2775),
    (0x27E6, 0x27EB),
    (0x27F5, 0x27F7),
)

_PLAIN = re.compile(r"[\n\x20-\x7e\u00a0-\u00ac\u00ae-\u017f‐–—‘’“”…€]*")
_WRITTEN_OUT = {"Cc", "Cs", "Co", "Cn"}
_MARKS = {"Mn", "Mc", "Me"}
# Signs that steer how others are drawn (joining, direction, emoji or text form) and draw nothing themselves.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\U000e0020-\U000e007f]"
)
_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")
# A byte order mark pasted along with a text says nothing, and PDF/UA does not allow it.
_BYTE_ORDER_MARK = "\ufeff"


def _tidy(text: str) -> str:
    """Give ``text`` with every kind of line end as a newline and every tab as an em of space."""
    return _LINE_END.sub("\n", text).replace("\t", "\u2003").replace(_BYTE_ORDER_MARK, "")


def writable(text: str) -> str:
    """Give ``text`` as a file can hold it: line ends made one, control characters and the like written out.

    Fields refuse such characters, so this only ever shows for rows that came in another way.
    """
    if _PLAIN.fullmatch(text):
        return text
    return "".join(
        written_out(char) if unicodedata.category(char) in _WRITTEN_OUT and char != "\n" else char
        for char in _tidy(text)
    )


def printable(text: str) -> str:
    """Give ``text`` as our fonts can draw it, the rest as ⟨U+XXXX⟩; equal to ``text`` when nothing had to change."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(_drawable_clusters(_tidy(text)))


def written_out(char: str) -> str:
    """Give a character's number between angle brackets: ⟨U+4E2D⟩."""
    return f"⟨U+{ord(char):04X}⟩"


@cache
def shipped_fonts() -> typst.Fonts:
    """Give the fonts of our dependencies, read once; fonts of the machine are left out."""
    folders = [folder for package in FONT_PACKAGES for folder in _folders(package)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def font_file(*, is_serif: bool) -> Path:
    """The file of the upright letters that titles (serif) or texts are set in, to measure them."""
    package, name = ("fontpkg_noto_serif", "NotoSerif[[]*.ttf") if is_serif else ("manimgx_fonts", "NotoSans[[]*.ttf")
    return next(path for folder in _folders(package) for path in Path(folder).rglob(name))


def _folders(package: str) -> tuple[str, ...]:
    spec = find_spec(package)
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError(f"the fonts of {package} are not installed")
    return tuple(str(Path(place)) for place in spec.submodule_search_locations)


def _drawable_clusters(text: str) -> Iterator[str]:
    """Walk the text; a mark must be in one font with the letter it stands on, else it is written out after it."""
    base = ""
    for char in text:
        category = unicodedata.category(char)
        if char == "\n" or _INVISIBLE.match(char):
            yield char
        elif category in _WRITTEN_OUT:
            # Some fonts have an empty glyph for NUL or signs of their own here; the formats allow neither.
            yield written_out(char)
        elif category in _MARKS:
            yield char if _share_a_font(base, char) else written_out(char)
        else:
            base = char if _share_a_font(char) else ""
            yield base or written_out(char)


@cache
def _share_a_font(*chars: str) -> bool:
    return all(chars) and any(all(ord(char) in _drawn_by(family) for char in chars) for family in SANS)


@cache
def _drawn_by(family: str) -> frozenset[int]:
    """Give the code points of a font; the large CJK font takes a quarter of a second, hence one by one, when needed."""
    font = next(font for font in shipped_fonts().fonts() if font.family == family)
    if font.path is None:
        return frozenset(point for start, end in _SIGNS_IN_TYPST for point in range(start, end + 1))
    with TTFont(font.path, fontNumber=font.index, lazy=True) as opened:
        return frozenset(opened["cmap"].getBestCmap())
