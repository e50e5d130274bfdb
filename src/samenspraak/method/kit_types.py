"""The shape of a sector kit: a made-up case and everything that goes with it, for one sector.

A kit stands beside the editions, has a version of its own, and points at the roles, worksheets and elements of an
edition by their ids. Everything in it is ours; companies and people are made up, countries are real unless it says so.
"""

from __future__ import annotations

from typing import Literal

from samenspraak.method.item import Item, Piece
from samenspraak.method.workshop_types import Filled


class Link(Piece, frozen=True, kw_only=True):
    """One link of the supply chain, from the raw material to the shop."""

    title: str
    text: str


class Counterpart(Piece, frozen=True, kw_only=True):
    """Who sits across the table in the case, and what makes talking with them hard."""

    title: str
    text: str
    challenge: str


class Case(Piece, frozen=True, kw_only=True):
    """The situation people practise with. ``company`` is made up; ``country`` is where the other side lives."""

    title: str
    company: str
    topic: str
    risk: str
    sector: str
    country: str
    circumstances: str
    known: tuple[str, ...]
    unknown: tuple[str, ...]
    question: str
    chain: tuple[Link, ...]
    counterparts: tuple[Counterpart, ...]


class Suggestion(Piece, frozen=True, kw_only=True):
    """A stakeholder to think of in this sector: where in the chain, how touched, and by which road to reach them."""

    title: str
    place_in_chain: str
    touched: str
    road: str
    is_rights_holder: bool


class Role(Piece, frozen=True, kw_only=True):
    """A hand-out for one player; the id is that of a part of the role play. ``opening`` is a first sentence to say."""

    name: str
    who: str
    public_goal: str
    private_worry: str
    if_trust: str
    red_line: str
    opening: str


class Event(Piece, frozen=True, kw_only=True):
    """A card the trainer plays: something happens. ``moment`` is when it fits."""

    moment: Literal["before", "during", "after"]
    title: str
    text: str
    question: str


class Story(Piece, frozen=True, kw_only=True):
    """How somebody in this sector did it, made up to learn from; ``element`` is the id of what it shows."""

    title: str
    text: str
    element: str


class Kit(Item, frozen=True, kw_only=True):
    """A sector kit in one language. ``version`` counts up with each release; a workshop remembers which it took.

    ``filled`` is worksheet ``dialogue-preparation`` filled in for the case.
    """

    version: int
    title: str
    label: str
    about: str
    case: Case
    stakeholders: tuple[Suggestion, ...]
    roles: tuple[Role, ...]
    events: tuple[Event, ...]
    stories: tuple[Story, ...]
    filled: tuple[Filled, ...]
