"""The model: nine elements as a core, a ring in three parts, a ring in two halves, and three layers of ground.

On a page its colours are tokens and each element can be a link; on paper it stands alone, with colours of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin

from django.utils.translation import gettext as _
from markupsafe import Markup

from samenspraak.ui.illustrations.curves import Point
from samenspraak.ui.illustrations.lettering import width
from samenspraak.ui.illustrations.pieces import joined, piece

LETTERING = 44.0  # 15 px on a phone of 320 px
MIDDLE: Point = (500, 560)
OURS: Point = (493, 549)
THEIRS: Point = (507, 571)
CORE_RADIUS = 149
VIEW = (80, 132, 840, 1100)


@dataclass(frozen=True)
class Part:
    """A part of the drawing: which element it is, its outline, the line its name stands on, and its paint."""

    element: str
    outline: str
    line: str
    room: float
    kind: str
    is_dark: bool = False


def _on(centre: Point, radius: float, angle: float) -> Point:
    """A point on a circle; angles in degrees, clockwise from the right."""
    turn = radians(angle)
    return centre[0] + radius * cos(turn), centre[1] + radius * sin(turn)


def _sector(centre: Point, radii: tuple[float, float], angles: tuple[float, float], gap: float) -> str:
    """A part of a ring; its straight ends keep half a gap from the angles."""
    (inner, outer), (begin, end) = radii, angles
    off_out, off_in = (degrees(asin(gap / 2 / radius)) for radius in (outer, inner))
    corners = (
        _on(centre, outer, begin + off_out),
        _on(centre, outer, end - off_out),
        _on(centre, inner, end - off_in),
        _on(centre, inner, begin + off_in),
    )
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    return piece(
        "M{ax} {ay}A{outer} {outer} 0 0 1 {bx} {by}L{cx} {cy}A{inner} {inner} 0 0 0 {dx} {dy}z",
        ax=ax,
        ay=ay,
        bx=bx,
        by=by,
        cx=cx,
        cy=cy,
        dx=dx,
        dy=dy,
        outer=outer,
        inner=inner,
    )


def _ring(element: str, centre: Point, radii: tuple[float, float], angles: tuple[float, float], kind: str) -> Part:
    """A part of a ring with its name along the middle; in the lower part the name runs the other way to stay upright."""
    begin, end = angles
    is_low = begin < 90 < end and end - begin < 180
    baseline = sum(radii) / 2 + LETTERING * (0.3 if is_low else -0.3)
    is_half = kind in ("us", "them")
    shown = {"us": (150.0, 268.0), "them": (272.0, 390.0)}.get(kind, (begin + 1, end - 1))
    first, last = (_on(centre, baseline, a) for a in (reversed(shown) if is_low else shown))
    line = piece(
        "M{ax} {ay}A{r} {r} 0 0 {sweep} {bx} {by}",
        ax=first[0],
        ay=first[1],
        r=baseline,
        sweep=0 if is_low else 1,
        bx=last[0],
        by=last[1],
    )
    room = radians(shown[1] - shown[0]) * baseline - 24
    return Part(element, _sector(centre, radii, angles, 0 if is_half else 9), line, room, kind, is_half)


def _layer(element: str, kind: str, edges: tuple[float, float], middles: tuple[float, float]) -> Part:
    """A layer of ground: as high at the sides as ``edges``, and lower in the middle, where the disc presses."""
    (side, floor), (top, bottom) = edges, middles
    baseline = (top + bottom) / 2 + LETTERING * 0.24
    dip = piece("C300 {high} 360 {low} 500 {low}S700 {high} 940 {side}", high=side - 10, low=top, side=side)
    lifted = baseline - top
    line = piece(
        "M60 {side}C300 {high} 360 {low} 500 {low}S700 {high} 940 {side}",
        side=side + lifted,
        high=side - 10 + lifted,
        low=baseline,
    )
    return Part(element, piece("M60 {side}{dip}V{floor}H60z", side=side, dip=dip, floor=floor), line, 620, kind)


_CIRCLE = piece(
    "M{left} {y}A{r} {r} 0 1 1 {right} {y}A{r} {r} 0 1 1 {left} {y}z",
    left=MIDDLE[0] - CORE_RADIUS,
    right=MIDDLE[0] + CORE_RADIUS,
    y=MIDDLE[1],
    r=CORE_RADIUS,
)
# In reading order: from the core outwards, then the ground.
PARTS: tuple[Part, ...] = (
    Part("motivation", _CIRCLE, piece("M{a} {y}H{b}", a=355, b=645, y=MIDDLE[1] + 14), 2 * CORE_RADIUS - 24, "core"),
    _ring("commitment", MIDDLE, (160, 272), (150, 270), "c1"),
    _ring("inclusion", MIDDLE, (160, 272), (270, 390), "c2"),
    _ring("transparency", MIDDLE, (160, 272), (30, 150), "c3"),
    _ring("personal-contact", OURS, (298, 404), (90, 270), "us"),
    _ring("organising", THEIRS, (298, 404), (270, 450), "them"),
    _layer("internal-processes", "g1", (916, 1106), (1000, 1072)),
    _layer("collaboration", "g2", (1008, 1186), (1076, 1144)),
    _layer("knowledge", "g3", (1094, 1232), (1148, 1222)),
)
LAYERS = (PARTS[:1], PARTS[1:4], PARTS[4:6], PARTS[6:])


def lettering(part: Part, name: str) -> float:
    """The size at which a name fits its part."""
    return min(LETTERING, part.room / max(width(name, 1, "serif"), 1))


def _name(names: Mapping[str, str], part: Part) -> str:
    """The name as it stands in the drawing, with a small letter."""
    name = names[part.element]
    return name[:1].lower() + name[1:]


def model_words(names: Mapping[str, str]) -> str:
    """The drawing in words."""
    groups = [", ".join(_name(names, part) for part in layer) for layer in LAYERS]
    return _(
        "In the middle: %(core)s. Around it: %(inner)s. In the outer ring: %(outer)s. Underneath, as three layers of "
        "ground: %(ground)s."
    ) % dict(zip(("core", "inner", "outer", "ground"), groups, strict=True))


def draw_model(names: Mapping[str, str], links: Mapping[str, str] | None = None, title: str = "") -> Markup:
    """The model with its nine elements by their ids (colours: ``model.css``).

    With ``links`` each element leads somewhere and is read out by name. Without them it is a picture with a
    description, followed by a list for screen readers. ``KeyError`` when a name is missing.
    """
    parts = joined(_part(part, _name(names, part), (links or {}).get(part.element)) for part in PARTS)
    drawn = piece(
        '<svg class="model" viewBox="{view}" role="{role}" aria-label="{title}" aria-describedby="model-about">'
        '<desc id="model-about">{about}</desc>{parts}</svg>',
        view=" ".join(map(str, VIEW)),
        role="group" if links else "img",
        title=title or _("The model of nine elements"),
        about=model_words(names),
        parts=parts,
    )
    if links:
        return drawn
    items = joined(piece("<li>{name}</li>", name=_name(names, part)) for part in PARTS)
    return drawn + piece('<ul class="vh">{items}</ul>', items=items)


def _part(part: Part, name: str, link: str | None) -> Markup:
    inside = piece(
        '<path class="{kind}" d="{outline}"/><path id="model-{element}" class="line" d="{line}"/>'
        '<text class="{on}" font-size="{size}" text-anchor="middle"><textPath href="#model-{element}" startOffset="50%">'
        "{name}</textPath></text>",
        kind=part.kind,
        outline=part.outline,
        element=part.element,
        line=part.line,
        on="on-dark" if part.is_dark else "on-core" if part.kind == "core" else "on-light",
        size=lettering(part, name),
        name=name,
    )
    if link is None:
        return inside
    return piece('<a href="{link}" aria-label="{name}">{inside}</a>', link=link, name=name, inside=inside)


_PAPER = {
    "core": "#ffd45c",
    "c1": "#e9c6dc",
    "c2": "#b9dae4",
    "c3": "#d3dcb8",
    "us": "#741b57",
    "them": "#0b5c70",
    "g1": "#efe0c2",
    "g2": "#dfe5cb",
    "g3": "#e2d3de",
}


def model_on_paper(names: Mapping[str, str], title: str = "") -> bytes:
    """The model as a file of its own, for papers: colours and letters written out, nothing that needs a page."""
    parts = joined(
        piece(
            '<path fill="{fill}" stroke="#ffffff" stroke-width="5" d="{outline}"/><path id="{element}" fill="none" d="{line}"/>'
            '<text font-family="Noto Serif" font-weight="600" font-size="{size}" fill="{ink}" text-anchor="middle">'
            '<textPath href="#{element}" xlink:href="#{element}" startOffset="50%">{name}</textPath></text>',
            fill=_PAPER[part.kind],
            outline=part.outline,
            element=part.element,
            line=part.line,
            size=lettering(part, _name(names, part)),
            ink="#ffffff" if part.is_dark else "#211b25",
            name=_name(names, part),
        )
        for part in PARTS
    )
    drawn = piece(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{view}">'
        "<title>{title}</title><desc>{about}</desc>{parts}</svg>",
        view=" ".join(map(str, VIEW)),
        title=title or _("The model of nine elements"),
        about=model_words(names),
        parts=parts,
    )
    return drawn.encode()
