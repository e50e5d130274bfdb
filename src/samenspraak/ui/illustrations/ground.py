"""The ground under the route: parcels with their fields, trees and houses, ditches, the river and its lake.

All of it is decoration, hidden from screen readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup

from samenspraak.ui.illustrations.country import Country
from samenspraak.ui.illustrations.curves import bends, path
from samenspraak.ui.illustrations.pieces import joined, piece

TOP, BOTTOM, SLANT = 14, 580, 34  # of the wide land
TILT = 14  # of a ditch in the tall land, at either side
Box = tuple[float, float, float, float]

# Fields of each kind of ground in the wide land: from and to across the parcel (0 to 1), from and to in height.
# Textures: a and b furrows, o orchard, s sand, h heath.
_FIELDS: tuple[tuple[tuple[str, Box], ...], ...] = (
    (("b", (0, 0.27, 14, 104)), ("a", (0.6, 0.97, 14, 66)), ("a", (0.03, 0.3, 190, 250)), ("b", (0.34, 0.6, 538, 580))),
    (
        ("o", (0.03, 0.5, 14, 122)),
        ("a", (0.6, 1, 14, 128)),
        ("o", (0.04, 0.42, 536, 580)),
        ("b", (0.52, 0.9, 214, 268)),
    ),
    (("s", (0.08, 0.94, 30, 136)), ("s", (0.06, 0.62, 470, 566))),
    (("h", (0, 1, 34, 130)), ("h", (0, 1, 562, 590))),
)
_PATTERNS = Markup(
    '<pattern id="{key}-a" width="13" height="13" patternUnits="userSpaceOnUse" patternTransform="rotate(24)">'
    '<path class="furrow" d="M0 0V13"/></pattern>'
    '<pattern id="{key}-b" width="11" height="11" patternUnits="userSpaceOnUse" patternTransform="rotate(-63)">'
    '<path class="furrow" d="M0 0V11"/></pattern>'
    '<pattern id="{key}-o" width="19" height="19" patternUnits="userSpaceOnUse" patternTransform="rotate(12)">'
    '<circle class="dotf" cx="6" cy="6" r="3"/></pattern>'
    '<pattern id="{key}-s" width="44" height="26" patternUnits="userSpaceOnUse" patternTransform="rotate(-6)">'
    '<path class="contour" d="M4 8q8-7 16 0M26 20q7-6 14 0"/></pattern>'
)


def _edge(at: float, y: float) -> float:
    """Where the slanted border that is called ``at`` lies at height ``y``."""
    middle = (TOP + BOTTOM) / 2
    return at + SLANT / 2 * (middle - y) / (middle - TOP)


def borders(country: Country, firsts: Sequence[int]) -> list[float]:
    """The edges of the parcels: the near side, the ditches between phases, the far side."""
    inner = [country.borders[step - 1] for step in firsts[1:]]
    if country.name == "wide":
        return [SLANT / 2, *inner, country.width - SLANT / 2]
    return [-TILT, *inner, country.height + TILT]


def _parcel(country: Country, begin: float, end: float) -> Markup:
    if country.name == "wide":
        corners = {"a": _edge(begin, TOP), "b": _edge(end, TOP), "c": _edge(end, BOTTOM), "d": _edge(begin, BOTTOM)}
        return piece("M{a} {top}H{b}L{c} {bottom}H{d}z", top=TOP, bottom=BOTTOM, **corners)
    corners = {"a": begin + TILT, "b": begin - TILT, "c": end - TILT, "d": end + TILT}
    return piece("M0 {a}L{wide} {b}V{c}L0 {d}z", wide=country.width, **corners)


def _corners(country: Country, parcel: tuple[float, float], field: Box) -> Box:
    """Left, right, top and bottom of a field; in the tall land a field lies at the sides of its parcel."""
    (begin, end), (near, far, top, bottom) = parcel, field
    if country.name == "wide":
        left, right = (_edge(begin, top) + share * (end - begin) for share in (near, far))
        return left, right, top, bottom
    if top < BOTTOM / 2:
        high = begin + (end - begin) * 0.3
        return -12, 40, high, high + 88
    return 196, 372, end - 84, end - 26


def _field(texture: str, box: Box, key: str) -> Markup:
    """A field with one bent edge, in its texture; heath is a few lines of height."""
    left, right, top, bottom = box
    if texture == "h":
        return piece('<path class="contour" d="{d}"/>', d=joined(_contours(box)))
    bend = min(14, (bottom - top) / 4)
    return piece(
        '<path fill="url(#{key}-{texture})" d="M{left} {top}H{right}L{foot} {edge}Q{middle} {low} {start} {high}z"/>',
        key=key,
        texture=texture,
        left=left,
        top=top,
        right=right,
        foot=right - 5,
        edge=bottom - bend,
        middle=(left + right) / 2,
        low=bottom + bend,
        start=left - 5,
        high=bottom - bend / 2,
    )


def _contours(box: Box) -> Iterator[Markup]:
    left, right, top, bottom = box
    half = (right - left) / 2
    for y in range(int(top) + 18, int(bottom), 18):
        up, tilt = 26 - (y - top) / 6, (y - top) / 9 - 8
        yield piece("M{x} {y}q{q}-{up} {half}-6t{half} {tilt}", x=left, y=y, q=half / 2, up=up, half=half, tilt=tilt)


def _parcels(country: Country, edges: Sequence[float], key: str) -> Iterator[Markup]:
    for index, (begin, end) in enumerate(pairwise(edges)):
        kind = index % len(_FIELDS)
        yield piece('<path class="z{kind}" d="{d}"/>', kind=kind + 1, d=_parcel(country, begin, end))
        fields = _FIELDS[kind] if country.name == "wide" else (_FIELDS[kind][0], _FIELDS[kind][-1])
        for texture, field in fields:
            yield _field(texture, _corners(country, (begin, end), field), key)


def _things(country: Country) -> Iterator[Markup]:
    """Trees and houses."""
    for x, y, r in country.trees:
        shadow = {"sx": x + r * 0.4, "sy": y + r * 0.5, "rx": r * 1.1, "ry": r * 0.75}
        yield piece('<ellipse class="ts" cx="{sx}" cy="{sy}" rx="{rx}" ry="{ry}"/>', **shadow)
        yield piece('<circle class="tr" cx="{x}" cy="{y}" r="{r}"/>', x=x, y=y, r=r)
    for x, y, turn in country.houses:
        yield piece(
            '<g transform="translate({x} {y}) rotate({turn})"><path class="ts" d="M3 4h26v16H3z"/>'
            '<path class="h1" d="M0 0h26v8H0z"/><path class="h2" d="M0 8h26v8H0z"/></g>',
            x=x,
            y=y,
            turn=turn,
        )


def _ditch(country: Country, at: float) -> Markup:
    if country.name == "wide":
        return piece("M{a} {top}L{b} {bottom}", a=_edge(at, TOP), b=_edge(at, BOTTOM), top=TOP, bottom=BOTTOM)
    return piece("M0 {a}L{wide} {b}", a=at + TILT, b=at - TILT, wide=country.width)


def _water(country: Country, key: str) -> Markup:
    x, y, rx, ry = country.lake
    return piece(
        '<use class="river" href="#{key}-river"/><ellipse class="lake" cx="{x}" cy="{y}" rx="{rx}" ry="{ry}"/>'
        '<use class="flow" href="#{key}-river" transform="translate({aside})"/>',
        key=key,
        x=x,
        y=y,
        rx=rx,
        ry=ry,
        aside="0 15" if country.name == "wide" else "14 0",
    )


def _names(country: Country, key: str, us: str, them: str) -> Markup:
    """The names of road and river, on their lines."""
    names = piece(
        '<text class="rname" dy="6"><textPath href="#{key}-river" startOffset="{begin}">{them}</textPath></text>',
        key=key,
        begin=country.name_from,
        them=them,
    )
    if not country.road_name:
        return names
    return names + piece(
        '<path id="{key}-beside" class="beside" d="{line}"/>'
        '<text class="wname"><textPath href="#{key}-beside">{us}</textPath></text>',
        key=key,
        line=path(bends(country.road_name)),
        us=us,
    )


@lru_cache(maxsize=16)
def ground(country: Country, firsts: tuple[int, ...], us: str, them: str) -> Markup:
    """Everything that lies under the road, with the names of road and river. ``firsts``: where each phase begins."""
    key = f"route-{country.name}"
    edges = borders(country, firsts)
    return piece(
        '<defs><clipPath id="{key}-land"><path d="{outline}"/></clipPath>{patterns}<path id="{key}-river" d="{river}"/>'
        '</defs><g clip-path="url(#{key}-land)">{parcels}<path class="ditch" d="{ditches}"/>{water}</g>{things}{names}',
        key=key,
        outline=_parcel(country, edges[0], edges[-1]),
        patterns=_PATTERNS.format(key=key),
        river=path(bends(country.river)),
        parcels=joined(_parcels(country, edges, key)),
        ditches=joined(_ditch(country, at) for at in edges[1:-1]),
        water=_water(country, key),
        things=joined(_things(country)),
        names=_names(country, key, us, them),
    )
