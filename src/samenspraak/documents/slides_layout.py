"""The five layouts of our slides as PowerPoint keeps them: ground, drawing, and the places where text goes.

Measures are in hundredths of the width of a slide (a slide is 100 wide and 56.25 high), as the look draws them; the
letters are Georgia and Arial, which every program that opens a deck has, or has a twin for.
"""

from __future__ import annotations

from typing import Literal, NamedTuple
from xml.sax.saxutils import quoteattr

UNIT = 121_920
"""EMU in one hundredth of the width; a point is 12,700 EMU, so a unit is 9.6 points."""
POINTS = 9.6
WIDE, HIGH = 100.0, 56.25
EDGE = 6.0
HANG = 2.6
"""How far lines stand in after their bullet."""

PAGE, INK, QUIET, CALM = "F7F6F2", "211B25", "57505D", "EFEDE7"
PLUM, WATER, SUN = "741B57", "0B5C70", "FFD45C"

SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)


class Place(NamedTuple):
    """Where a text goes: ``kind`` and ``number`` as PowerPoint knows it, a box in units, and how letters stand in it.

    ``size`` is the largest size in points; ``face`` is ``mj`` (titles) or ``mn`` (text). ``bullets`` stand before lines.
    """

    kind: str
    number: int
    name: str
    box: tuple[float, float, float, float]
    size: float
    face: str = "mn"
    ink: str = INK
    anchor: str = "t"
    align: str = "l"
    bullets: Literal["", "dots", "numbers"] = ""


def _title(x: float, y: float, wide: float, high: float, size: float) -> Place:
    return Place("title", 0, "Titel", (x, y, wide, high), size * POINTS, "mj")


def _over(y: float) -> Place:
    return Place("body", 13, "Boven de titel", (EDGE, y, 62, 3.6), 2 * POINTS)


def _lines(x: float, y: float, wide: float, high: float, size: float) -> Place:
    return Place("body", 1, "Tekst", (x, y, wide, high), size * POINTS, bullets="dots")


def _ends(ink: str = QUIET) -> tuple[Place, Place]:
    return (
        Place("ftr", 11, "Voet", (EDGE, 51.2, 70, 3), 1.3 * POINTS, ink=ink),
        Place("sldNum", 12, "Nummer", (84, 51.2, 10, 3), 1.3 * POINTS, ink=ink, align="r"),
    )


class Layout(NamedTuple):
    """One layout: its name in the program, the colour of its ground, its drawing and its places."""

    name: str
    ground: str
    art: str
    places: tuple[Place, ...]


def _frame(box: tuple[float, float, float, float]) -> str:
    x, y, wide, high = (round(measure * UNIT) for measure in box)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'


def _fill(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


def _half(name: str, color: str, centre: tuple[float, float], radius: float, side: int) -> str:
    """Half a disc that is open to the middle: ``side`` -1 lies left of it, 1 right. Vector, so it stays sharp."""
    x, y = centre
    left = x - radius if side < 0 else x
    turn = "16200000" if side > 0 else "5400000"
    start = f'<a:pt x="{0 if side > 0 else 1000}" y="{0 if side > 0 else 2000}"/>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{90 + round(x) + side}" name={quoteattr(name)}/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f"</p:nvSpPr><p:spPr>{_frame((left, y - radius, radius, 2 * radius))}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/>"
        f'<a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="1000" h="2000"><a:moveTo>{start}</a:moveTo>'
        f'<a:arcTo wR="1000" hR="1000" stAng="{turn}" swAng="10800000"/><a:close/></a:path></a:pathLst></a:custGeom>'
        f"{_fill(color)}<a:ln><a:noFill/></a:ln></p:spPr>"
        '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="nl-NL"/></a:p></p:txBody></p:sp>'
    )


MARK = (
    _half("Wij", PLUM, (79.06, 28.9), 25.78, -1)
    + _half("Zij", WATER, (80.47, 31.7), 25.78, 1)
    + _half("Ons midden", SUN, (79.06, 28.9), 10.94, -1)
    + _half("Hun midden", SUN, (80.47, 31.7), 10.94, 1)
)

LAYOUTS = {
    "title": Layout(
        "Titel",
        PAGE,
        MARK,
        (
            _over(10),
            _title(EDGE, 13.6, 45, 19, 5.3)._replace(anchor="b"),
            Place("body", 1, "Ondertitel", (EDGE, 34, 45, 12), 2.3 * POINTS),
            _ends()[0],
        ),
    ),
    "content": Layout(
        "Tekst", PAGE, "", (_over(5.2), _title(EDGE, 9.6, 88, 10.2, 4.2), _lines(EDGE, 21.4, 88, 28, 2.35), *_ends())
    ),
    "drawing": Layout(
        "Tekst met tekening",
        PAGE,
        "",
        (
            _over(5.2),
            _title(EDGE, 9.6, 43, 15.6, 4.2),
            _lines(EDGE, 26.6, 43, 23, 2.15),
            Place("pic", 14, "Tekening", (54, 6, 40, 43), 1.6 * POINTS),
            *_ends(),
        ),
    ),
    "assignment": Layout(
        "Opdracht",
        SUN,
        "",
        (
            _over(5.2)._replace(ink=INK),
            _title(EDGE, 9.6, 62, 15, 5.2),
            Place("body", 15, "Minuten", (70, 6, 24, 16.6), 15 * POINTS, "mj", anchor="b", align="r"),
            Place("body", 16, "Eenheid", (70, 22.6, 24, 4), 2.2 * POINTS, align="r"),
            _lines(EDGE, 28, 88, 21.5, 2.35)._replace(bullets="numbers"),
            *_ends(INK),
        ),
    ),
    "background": Layout(
        "Achtergrond",
        CALM,
        "",
        (_over(5.2), _title(EDGE, 9.6, 88, 8.4, 3.4), _lines(EDGE, 19.2, 88, 30.5, 2.15), *_ends()),
    ),
}


def _sample(place: Place) -> str:
    """What stands in a place of the layout itself."""
    if place.kind == "sldNum":
        return '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr/><a:t>‹#›</a:t></a:fld>'
    return f'<a:r><a:rPr lang="nl-NL"/><a:t>{place.name}</a:t></a:r>'


_BULLETS = {
    "": "<a:buNone/>",
    "dots": f'<a:buClr><a:srgbClr val="{PLUM}"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="•"/>',
    "numbers": '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPlain"/>',
}


def _style(place: Place) -> str:
    """How letters stand in this place; a list has its bullet in plum."""
    bullet = _BULLETS[place.bullets]
    hang = round(HANG * UNIT) if place.bullets else 0
    spacing = 92000 if place.face == "mj" else 110000
    bold = "1" if place.kind == "title" else "0"
    return (
        f'<a:lvl1pPr marL="{hang}" indent="{-hang}" algn="{place.align}"><a:lnSpc><a:spcPct val="{spacing}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPct val="{40000 if place.bullets else 0}"/></a:spcBef>{bullet}'
        f'<a:defRPr sz="{round(place.size * 100)}" b="{bold}">{_fill(place.ink)}'
        f'<a:latin typeface="+{place.face}-lt"/><a:ea typeface="+{place.face}-ea"/><a:cs typeface="+{place.face}-cs"/>'
        "</a:defRPr></a:lvl1pPr>"
    )


def _place(place: Place, number: int) -> str:
    size = ' sz="quarter"' if place.kind in ("ftr", "sldNum") else ""
    index = f' idx="{place.number}"' if place.number else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{place.name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{place.kind}"{size}{index}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{_frame(place.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{place.anchor}"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{_style(place)}</a:lstStyle><a:p>{_sample(place)}</a:p></p:txBody></p:sp>"
    )


def sheet(layout: Layout) -> str:
    """The ``p:cSld`` of a layout."""
    places = "".join(_place(place, number) for number, place in enumerate(layout.places, start=2))
    return (
        f"<p:cSld {SPACES} name={quoteattr(layout.name)}><p:bg><p:bgPr>{_fill(layout.ground)}<a:effectLst/></p:bgPr></p:bg>"
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
        f"{layout.art}{places}</p:spTree></p:cSld>"
    )


def footing(place: Place, number: int, text: str) -> str:
    """The foot or the number of one slide, which PowerPoint wants on the slide itself."""
    inside = _sample(place) if place.kind == "sldNum" else f'<a:r><a:rPr lang="nl-NL"/><a:t>{text}</a:t></a:r>'
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="{place.name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{place.kind}" sz="quarter" idx="{place.number}"/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{inside}</a:p></p:txBody></p:sp>"
    )


MASTER = Layout(
    "Samenspraak",
    PAGE,
    "",
    (_title(EDGE, 9.6, 88, 10.2, 4.2), _lines(EDGE, 21.4, 88, 28, 2.35), *_ends()),
)
