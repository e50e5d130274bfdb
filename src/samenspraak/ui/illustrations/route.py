"""The route: a road (we) with nine steps and a river (they) that meets it at step 7, drawn from data.

Drawn twice, wide and tall; the style sheet shows the one that fits. The list beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Literal

from django.utils.translation import gettext as _
from markupsafe import Markup

from samenspraak.ui.illustrations import signs
from samenspraak.ui.illustrations.country import WIDE, Country, tall
from samenspraak.ui.illustrations.curves import path
from samenspraak.ui.illustrations.ground import borders, ground
from samenspraak.ui.illustrations.lettering import width
from samenspraak.ui.illustrations.pieces import joined, piece

State = Literal["done", "attention", "todo", "plain"]
STEPS = 10
MOST_PENNANTS = 3


@dataclass(frozen=True)
class Place:
    """A step on the route. ``label`` is its short name (26 signs); ``plain`` is a state for a route nobody walks yet."""

    number: int
    label: str
    state: State
    state_word: str
    href: str

    @property
    def name(self) -> str:
        """What a screen reader says: ‘2. Commitment en voorwaarden: vraagt aandacht’."""
        return f"{self.number}. {self.label}" + (f": {self.state_word}" if self.state_word else "")


@dataclass(frozen=True)
class Stretch:
    """A phase: its name and how many of the steps it holds, in order; step 0 counts with the first."""

    number: int
    label: str
    steps: int


@dataclass(frozen=True)
class Pennant:
    """A dialogue that runs at a step."""

    step: int
    title: str
    href: str


@dataclass(frozen=True)
class Words:
    """The words in the drawing that belong to no step."""

    title: str
    description: str
    us: str
    them: str
    begin_here: str
    phase: str
    dialogues: str


def route_words(title: str = "") -> Words:
    """The words in the language of the page; ``phase`` and ``dialogues`` take a number."""
    return Words(
        title=title or _("The route"),
        description=_(
            "Nine steps in four phases. A road (your company) and a river (the people in your supply chain) meet at "
            "step 7 and then run side by side. The list with this drawing says the same in words."
        ),
        us=_("your company"),
        them=_("the people in your chain"),
        begin_here=_("Start here"),
        phase=_("Phase %(number)s"),
        dialogues=_("%(number)s dialogues at step %(step)s"),
    )


def draw_route(
    places: Sequence[Place],
    stretches: Sequence[Stretch],
    *,
    begin_at: int | None = None,
    pennants: Sequence[Pennant] = (),
    words: Words | None = None,
) -> Markup:
    """The route as two drawings, of which the style sheet (``route.css``) shows one.

    ``places`` are steps 0 to 9 in order, and the steps of the stretches add up to ten; else ``ValueError``.
    """
    if [p.number for p in places] != list(range(STEPS)) or sum(s.steps for s in stretches) != STEPS:
        raise ValueError("The route takes steps 0 to 9, each in one stretch.")
    route = _Route(
        places=tuple(places),
        stretches=tuple(stretches),
        firsts=tuple(accumulate((s.steps for s in stretches[:-1]), initial=0)),
        begin_at=begin_at,
        pennants=tuple(pennants),
        words=words or route_words(),
    )
    return _svg(WIDE, route) + Markup("\n") + _svg(tall(route.firsts), route)


@dataclass(frozen=True)
class _Route:
    """All that is drawn, on whatever piece of country."""

    places: tuple[Place, ...]
    stretches: tuple[Stretch, ...]
    firsts: tuple[int, ...]
    begin_at: int | None
    pennants: tuple[Pennant, ...]
    words: Words

    def ground_of(self, step: int) -> int:
        """Which of the four kinds of ground the step lies on, 1 to 4."""
        return (sum(first <= step for first in self.firsts) - 1) % 4 + 1


@lru_cache(maxsize=128)  # 13 kB each, some milliseconds to draw; an organisation's route changes a few times a day
def _svg(country: Country, route: _Route) -> Markup:
    words = route.words
    under = ground(country, route.firsts, words.us, words.them) + _road(country, route) + _headings(country, route)
    if route.begin_at is not None:
        at = country.poles[route.begin_at]
        under += signs.pole(at) + signs.flag(at, words.begin_here)
    return piece(
        '<svg class="map {name}" viewBox="0 0 {width} {height}" role="group" aria-label="{title}" '
        'aria-describedby="route-{name}-about"><desc id="route-{name}-about">{about}</desc>'
        '<g aria-hidden="true">{under}</g>{places}</svg>',
        name=country.name,
        width=country.width,
        height=country.height,
        title=words.title,
        about=words.description,
        under=under,
        places=joined(_place(country, route, place) + _pennants(country, route, place) for place in route.places),
    )


def _road(country: Country, route: _Route) -> Markup:
    """A whole line to the last step that is done, dots beyond it."""
    walked = max((p.number for p in route.places if p.state in ("done", "plain")), default=-1)
    road = country.road()
    lines = (
        ("verge", path([bend for _, bend in road])),
        ("road ahead", path([bend for step, bend in road if step > walked])),
        ("road", path([bend for step, bend in road if step <= walked])),
    )
    return joined(piece('<path class="{kind}" d="{d}"/>', kind=kind, d=d) for kind, d in lines if d)


def _headings(country: Country, route: _Route) -> Markup:
    """The names of the phases: under a rule as wide as the parcel, or above the first step."""
    edges = borders(country, route.firsts)
    drawn = Markup("")
    for index, (first, stretch) in enumerate(zip(route.firsts, route.stretches, strict=True)):
        x, y = country.headings.get(first, (edges[index] - 10, 626))
        x = min(x, country.width - width(stretch.label, 23, "serif") - 8)
        if country.name == "wide":
            drawn += piece('<path class="phl" d="M{x} 602H{end}"/>', x=x, end=edges[index + 1] - 24)
        drawn += piece(
            '<text class="pho" x="{x}" y="{y}">{over}</text><text class="ph" x="{x}" y="{under}">{name}</text>',
            x=x,
            y=y,
            under=y + 26,
            over=route.words.phase % {"number": stretch.number},
            name=stretch.label,
        )
    return drawn


def _link(href: str, name: str, kind: str, inside: Markup) -> Markup:
    return piece(
        '<a class="{kind}" href="{href}" aria-label="{name}">{inside}</a>',
        kind=kind,
        href=href,
        name=name,
        inside=inside,
    )


def _place(country: Country, route: _Route, place: Place) -> Markup:
    if place.number == 0:
        inside = signs.signpost(country, place.label, place.state_word, place.state)
    else:
        inside = signs.mark(country, place.number, place.state)
        inside += signs.label(country, place.number, place.label, place.state_word, place.state)
    return _link(place.href, place.name, f"on-{route.ground_of(place.number)}", inside)


def _pennants(country: Country, route: _Route, place: Place) -> Markup:
    """The dialogues that run at a step: by name while there are few, else one pennant with their number."""
    here = [pennant for pennant in route.pennants if pennant.step == place.number]
    if not here:
        return Markup("")
    at = country.poles[place.number]
    beside_flag = route.begin_at == place.number
    is_counted = len(here) > 1 or len(route.pennants) > MOST_PENNANTS
    drawn = Markup("") if beside_flag else signs.pole(at)
    drawn += signs.pennant(at, len(here) if is_counted else 0, here[0].title, beside_flag=beside_flag)
    href, name = here[0].href, here[0].title
    if len(here) > 1:
        href, name = place.href, route.words.dialogues % {"number": len(here), "step": place.number}
    return _link(href, name, f"on-{route.ground_of(place.number)}", drawn)
