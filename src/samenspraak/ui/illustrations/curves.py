"""Smooth lines through fixed points, as SVG paths and as points to measure with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import dist

from samenspraak.ui.illustrations.pieces import number

Point = tuple[float, float]
Bend = tuple[Point, Point, Point, Point]


def _handle(before: Point, at: Point, after: Point) -> Point:
    """Where the line leaves ``at`` towards ``after``: the handle of a centripetal Catmull-Rom curve."""
    ahead, behind = dist(at, after) ** 0.5, dist(before, at) ** 0.5
    if behind == 0:
        return at
    weight = 2 * behind * behind + 3 * behind * ahead + ahead * ahead
    x, y = (
        (behind * behind * a - ahead * ahead * b + weight * p) / (3 * behind * (behind + ahead))
        for a, b, p in zip(after, before, at, strict=True)
    )
    return x, y


def bends(points: Sequence[Point]) -> list[Bend]:
    """One cubic Bézier between each two points; the line is smooth at every point and never loops."""
    line = [points[0], *points, points[-1]]
    return [
        (b, _handle(a, b, c), _handle(d, c, b), c)
        for a, b, c, d in zip(line, line[1:], line[2:], line[3:], strict=False)
    ]


def path(line: Sequence[Bend]) -> str:
    """The ``d`` of an SVG path; empty for no bends."""
    if not line:
        return ""
    start = "M" + " ".join(map(number, line[0][0]))
    rest = (" ".join(number(v) for point in bend[1:] for v in point) for bend in line)
    return f"{start}C{' '.join(rest)}"


def along(line: Iterable[Bend], pieces: int = 16) -> list[Point]:
    """Points on the line, ``pieces`` to a bend."""
    return [_at(bend, i / pieces) for bend in line for i in range(pieces + 1)]


def _at(bend: Bend, t: float) -> Point:
    s = 1 - t
    weights = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
    x, y = (sum(w * p[axis] for w, p in zip(weights, bend, strict=True)) for axis in (0, 1))
    return x, y
