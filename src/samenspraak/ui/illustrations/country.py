"""The piece of country in which the route is drawn: fixed points, once wide and once tall.

Everything that may stand at a step has a place of its own (label; flag or pennant), so that any combination of states,
flags and pennants leaves road, river and labels free. A test measures that.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from samenspraak.ui.illustrations.curves import Bend, Point, bends

Anchor = Literal["start", "middle", "end"]
MEETING = 7
LABEL_EM = 8.95  # half of the longest label, 26 signs, and a little more


@dataclass(frozen=True)
class Slot:
    """Where a label stands: its anchor point, and whether the lines hang below it or stand on it.

    A label wider than ``one_line`` is broken; 0 means as wide as a label may be.
    """

    x: float
    y: float
    anchor: Anchor = "start"
    hangs: bool = True
    one_line: float = 0


@dataclass(frozen=True)
class Pole:
    """A pole at a step, for the flag or the pennant: foot and top, and how wide a text beside the pennant may be."""

    x: float
    foot: float
    top: float
    room: float = 92


@dataclass(frozen=True, kw_only=True, eq=False)
class Country:
    """All fixed points of one drawing; ``places``, ``labels`` and ``poles`` hold steps 0 to 9.

    ``via`` bends the road before a step. ``borders`` says where a ditch runs when a phase ends after that step. ``trees`` have a
    radius, ``houses`` a turn in degrees.
    ``headings`` where the name of a phase stands that begins at that step (tall drawing only). The name of the river
    begins ``name_from`` along it.
    """

    name: Literal["wide", "tall"]
    width: int
    height: int
    lettering: float
    line: float
    places: tuple[Point, ...]
    via: dict[int, tuple[Point, ...]]
    coming: tuple[Point, ...]
    leaving: tuple[Point, ...]
    river: tuple[Point, ...]
    lake: tuple[float, float, float, float]
    name_from: float
    road_name: tuple[Point, ...]
    sign: Point
    labels: tuple[Slot, ...]
    poles: tuple[Pole, ...]
    borders: dict[int, float]
    trees: tuple[tuple[float, float, float], ...]
    houses: tuple[tuple[float, float, float], ...]
    headings: dict[int, Point]

    def road(self) -> list[tuple[int, Bend]]:
        """The road in bends, each with the step it leads to; 10 leads out of the drawing."""
        points: list[Point] = [*self.coming]
        towards = [0] * (len(self.coming) - 1)
        for step, place in enumerate(self.places):
            added = [*self.via.get(step, ()), place]
            points += added
            towards += [step] * len(added)
        points += self.leaving
        towards += [10] * len(self.leaving)
        return list(zip(towards, bends(points), strict=True))

    @property
    def room(self) -> float:
        """How wide a line of a label may be."""
        return LABEL_EM * self.lettering


WIDE = Country(
    name="wide",
    width=1240,
    height=664,
    lettering=16.5,
    line=20,
    places=(
        (62, 499),
        (132, 452),
        (266, 372),
        (384, 474),
        (518, 372),
        (616, 430),
        (730, 474),
        (902, 350),
        (1042, 296),
        (1134, 404),
    ),
    via={9: ((1059, 372),)},
    coming=((-14, 538),),
    leaving=((1256, 384),),
    river=(
        (-40, 150),
        (60, 138),
        (180, 92),
        (300, 84),
        (430, 140),
        (560, 178),
        (680, 164),
        (780, 180),
        (844, 244),
        (886, 350),
        (950, 462),
        (1040, 528),
        (1150, 540),
        (1270, 512),
    ),
    lake=(902, 364, 104, 84),
    name_from=84,
    road_name=((18, 562), (70, 536), (118, 505), (150, 490)),
    sign=(14, 268),
    labels=(
        Slot(38, 268),
        Slot(160, 468),
        Slot(302, 346, hangs=False),
        Slot(384, 506, "middle"),
        Slot(554, 346, hangs=False),
        Slot(620, 462, "end"),
        Slot(730, 506, "middle"),
        Slot(888, 266, hangs=False, one_line=112),
        Slot(1054, 259, hangs=False),
        Slot(1134, 434, "middle"),
    ),
    poles=(
        Pole(62, 499, 230),
        Pole(132, 430, 322, 84),
        Pole(266, 350, 240, 150),
        Pole(354, 452, 352, 96),
        Pole(518, 350, 240, 150),
        Pole(616, 408, 352, 82),
        Pole(730, 452, 306, 80),
        Pole(876, 300, 158, 130),
        Pole(1042, 274, 151, 150),
        Pole(1104, 396, 338, 86),
    ),
    borders={1: 200, 2: 336, 3: 474, 4: 596, 5: 680, 6: 810, 7: 1014, 8: 1104},
    trees=(
        (28, 226, 8),
        (206, 232, 7.2),
        (224, 214, 5.6),
        (330, 152, 7.2),
        (350, 170, 5.6),
        (462, 236, 8),
        (444, 258, 6.4),
        (478, 262, 5.6),
        (812, 300, 6.4),
        (836, 488, 8),
        (858, 514, 6.4),
        (832, 524, 5.6),
        (1002, 126, 7.2),
        (984, 140, 5.6),
        (1016, 432, 6.4),
        (1198, 302, 6.4),
        (1184, 318, 5.6),
        (226, 564, 6.4),
    ),
    houses=((640, 216, -9), (676, 206, 12), (656, 244, 4), (688, 236, -5)),
    headings={},
)

# Tall: where the road passes each step, how far to the right its label stands; trees and houses by step.
_ACROSS = (62, 56, 84, 62, 84, 62, 84, 96, 150, 104)
_ASIDE = (30, 48, 48, 48, 48, 48, 48, 112, 48, 48)
_TREES = (
    (1, 20, 34, 7.2),
    (0, 276, -8, 6.4),
    (0, 262, 14, 8),
    (2, 20, 96, 8),
    (2, 279, 4, 5.6),
    (4, 22, 60, 6.4),
    (8, 330, 20, 6.4),
    (8, 342, 2, 8),
)
_HOUSES = ((5, 6, 128, -9), (6, 10, 44, 8))
_STEP, _SIGN, _BEFORE, _LAKE, _HEADING = 106, 88, 192, 150, 72


def _tops(first_steps: Collection[int]) -> list[float]:
    """Where the room of each step begins; a phase takes room for its name, and the lake for itself."""
    tops = []
    y = -4.0
    for step in range(10):
        if step in first_steps or step == MEETING:
            y += _HEADING
        elif step == MEETING + 1:
            y += 40
        tops.append(y)
        y += {0: _SIGN, MEETING - 1: _BEFORE, MEETING: _LAKE}.get(step, _STEP)
    return tops


@lru_cache(maxsize=16)
def tall(first_steps: tuple[int, ...]) -> Country:
    """The tall drawing; each phase takes room for its name above its first step."""
    tops = _tops(first_steps)
    meeting = tops[7] + 30
    rows = list(zip(_ACROSS, _ASIDE, tops, strict=True))
    feet = {0: 90, 7: 30}
    return Country(
        name="tall",
        width=360,
        height=round(tops[9] + 114),
        lettering=17,
        line=20,
        places=tuple((x, top + feet.get(step, 64)) for step, (x, _, top) in enumerate(rows)),
        via={},
        coming=((52, -12),),
        leaving=((130, tops[9] + 150),),
        river=_tall_river(meeting, tops[9] + 160),
        lake=(96, meeting + 4, 102, 84),
        name_from=140,
        road_name=_beside_road(rows, first_steps),
        sign=(28, tops[0] + 36),
        labels=tuple(Slot(x + aside, top + 38) for x, aside, top in rows),
        poles=tuple(Pole(x + aside - 12, top + 70, top, 130) for x, aside, top in rows),
        borders={step: tops[step + 1] - (76 if step + 1 in first_steps else 4) for step in range(1, 9)},
        trees=tuple((x, tops[step] + y, r) for step, x, y, r in _TREES),
        houses=tuple((x, tops[step] + y, turn) for step, x, y, turn in _HOUSES),
        headings={step: (_ACROSS[step] + _ASIDE[step], tops[step] - 40) for step in first_steps},
    )


def _beside_road(rows: Sequence[tuple[int, int, float]], first_steps: Collection[int]) -> tuple[Point, ...]:
    """A line left of the road where a phase leaves it long enough for a name; none where there is no such place."""
    step = next((s for s in sorted(first_steps) if s not in (0, MEETING)), None)
    if step is None:
        return ()
    (above, _, begin), (below, _, end) = rows[step - 1], rows[step]
    return ((above - 24, begin + 96), ((above + below) / 2 - 27, (begin + end) / 2 + 66), (below - 32, end + 50))


def _tall_river(meeting: float, end: float) -> tuple[Point, ...]:
    """The river keeps to the right, crosses to the lake at step 7, and goes on at the left."""
    return (
        (330, -30),
        (320, 90),
        (332, 200),
        (318, 320),
        (330, 440),
        (318, 560),
        (330, meeting - 340),
        (328, meeting - 240),
        (296, meeting - 160),
        (190, meeting - 100),
        (120, meeting - 44),
        (96, meeting + 10),
        (44, meeting + 130),
        (50, meeting + 260),
        (24, end),
    )
