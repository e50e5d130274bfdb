"""The shape of the workshop in an edition: what a trainer prepares, says, prints and hands out.

All minutes and hours are whole. What has no ``source`` of its own comes from where its holder comes from.
"""

from __future__ import annotations

from typing import Literal

from samenspraak.method.item import Item, Piece

Lead = Literal["first", "second", "both"]
Per = Literal["person", "pair", "group", "trainer", "room"]


class Slide(Piece, frozen=True, kw_only=True):
    """One slide: title, at most six short lines, and what the trainer says with it.

    ``background`` slides are hidden: they are read afterwards, not shown. ``from_kit`` names what of the sector kit
    stands on it besides its lines. Lines may be absent on a title slide alone.
    """

    kind: Literal["title", "content", "assignment", "background"]
    title: str
    notes: str
    lines: tuple[str, ...] = ()
    from_kit: Literal["nothing", "case", "counterparts", "stakeholders", "roles", "filled"] = "nothing"

    @property
    def is_hidden(self) -> bool:
        """Whether the slide stays out of sight in the room and goes along afterwards."""
        return self.kind == "background"


class Segment(Item, frozen=True, kw_only=True):
    """A stretch of a block with its own minutes; ``minimum`` is what it can do with, ``shorter`` how.

    ``lead`` is who of two trainers leads it. ``say`` and ``watch`` are the script. ``assignment`` is what participants
    read, with its form on paper and on a phone; all three are empty where nobody has to write or do anything.
    """

    title: str
    minutes: int
    minimum: int
    way: Literal["together", "table", "pairs", "alone"]
    lead: Lead
    say: tuple[str, ...]
    watch: tuple[str, ...]
    shorter: str
    assignment: str
    paper: str
    phone: str
    slides: tuple[Slide, ...]


class Block(Item, frozen=True, kw_only=True):
    """A block of the agenda. ``minutes`` come from the manual, those of its segments are ours and add up to them.

    ``phase`` is the id of the phase it is about, empty when there is none. ``guest`` says where the own story of a
    guest company fits, empty where it does not.
    """

    title: str
    label: str
    minutes: int
    minimum: int
    phase: str
    goal: str
    steps: tuple[str, ...]
    layout: str
    materials: tuple[str, ...]
    segments: tuple[Segment, ...]
    guest: str

    @property
    def slides(self) -> tuple[Slide, ...]:
        """All slides of the block in order, the hidden ones too."""
        return tuple(slide for segment in self.segments for slide in segment.slides)


class GroupRule(Item, frozen=True, kw_only=True):
    """How many participants. Outside ``minimum`` and ``maximum`` we warn and explain, and never refuse.

    Below ``table_minimum`` at a table, tables are joined; from ``extra_rooms_from`` on, more rooms are advised.
    """

    minimum: int
    ideal_from: int
    ideal_to: int
    maximum: int
    tables: int
    table_minimum: int
    extra_rooms_from: int
    about: str
    too_few: str
    few: str
    many: str
    too_many: str
    extra_rooms: str


class TrainerRule(Item, frozen=True, kw_only=True):
    """How many trainers are advised, what they bring, and how two of them divide the blocks."""

    advised: int
    about: str
    alone: str
    split: str
    profile: tuple[str, ...]


class Trim(Piece, frozen=True, kw_only=True):
    """``minutes`` less for the segment with this id."""

    minutes: int


class Shortening(Item, frozen=True, kw_only=True):
    """A way to come from the sum of the blocks to what the manual says; the trainer chooses, we never do."""

    title: str
    text: str
    trims: tuple[Trim, ...]


class Cut(Item, frozen=True, kw_only=True):
    """A place to split the workshop over sittings: after the block with id ``after``."""

    after: str
    text: str
    is_best: bool


class Timing(Item, frozen=True, kw_only=True):
    """The minutes of the whole. ``target`` is what the manual says; the sum of the blocks is a little more.

    ``gives_way`` holds the ids of the blocks in the order in which they are shortened when time is short.
    """

    target: int
    about: str
    shortenings: tuple[Shortening, ...]
    cuts: tuple[Cut, ...]
    gives_way: tuple[str, ...]
    gives_way_why: str


class Layout(Item, frozen=True, kw_only=True):
    """How the room stands during a block."""

    title: str
    text: str


class Material(Item, frozen=True, kw_only=True):
    """Something to bring: ``amount`` for each ``per``, and ``spare`` in all. ``prints`` are addresses of papers."""

    title: str
    about: str
    kind: Literal["supply", "print"]
    amount: int
    per: Per
    spare: int
    is_optional: bool
    prints: tuple[str, ...] = ()


class Preparing(Item, frozen=True, kw_only=True):
    """A task of the trainer: how many minutes it takes and how many days before the workshop it is due."""

    title: str
    text: str
    minutes: int
    days_before: int


class Point(Item, frozen=True, kw_only=True):
    """Something to read, to ask, to adapt or to send. ``related`` holds addresses of items."""

    title: str
    text: str
    related: tuple[str, ...] = ()


class Preparation(Item, frozen=True, kw_only=True):
    """What comes before and after the day. ``hours`` is what the manual says; the tasks add up to it.

    ``reminders`` are days before the workshop on which participants hear from us.
    """

    hours: int
    about: str
    tasks: tuple[Preparing, ...]
    reading: tuple[Point, ...]
    tailoring: tuple[Point, ...]
    permissions: tuple[Point, ...]
    prework: tuple[Point, ...]
    reminders: tuple[int, ...]
    aftercare: tuple[Point, ...]


class Column(Piece, frozen=True, kw_only=True):
    """A column of a table on a worksheet; ``choices`` is empty when people write freely."""

    title: str
    hint: str
    choices: tuple[str, ...] = ()


class Field(Piece, frozen=True, kw_only=True):
    """A part of a worksheet: a letter or number, what is asked, and how it is answered.

    ``columns`` for a table, ``choices`` for a choice. ``element`` is the id of the element it is about, or empty.
    ``rows`` is the number of lines to write on, or of rows in the table.
    """

    code: str
    title: str
    hint: str
    kind: Literal["lines", "table", "choice"]
    rows: int
    columns: tuple[Column, ...] = ()
    choices: tuple[str, ...] = ()
    element: str = ""


class Filled(Piece, frozen=True, kw_only=True):
    """What stands in the field with this id of a filled example; one text for each line."""

    lines: tuple[str, ...]


class Example(Item, frozen=True, kw_only=True):
    """A worksheet as somebody might fill it in; the companies and people are made up."""

    title: str
    text: str
    filled: tuple[Filled, ...]


class Worksheet(Item, frozen=True, kw_only=True):
    """A sheet to work on: ``per`` says how many, ``closing`` what happens with it, ``example`` how it can be filled."""

    title: str
    about: str
    per: Per
    fields: tuple[Field, ...]
    closing: str
    examples: tuple[Example, ...] = ()


class Card(Piece, frozen=True, kw_only=True):
    """A game card: a title and a question. ``element`` is the id of the element it shows, or empty."""

    title: str
    question: str
    element: str = ""


class Deck(Item, frozen=True, kw_only=True):
    """Twelve cards of one kind, and how to play them."""

    title: str
    about: str
    cards: tuple[Card, ...]


class Part(Piece, frozen=True, kw_only=True):
    """A role in the role play, before a sector kit gives it a name and a secret. ``side``: at whose side it sits."""

    title: str
    about: str
    side: Literal["us", "them", "beside"]


class Casting(Piece, frozen=True, kw_only=True):
    """Who plays what at a table of ``size``: per seat the role in the first round and in the second (ids of parts)."""

    size: int
    first: tuple[str, ...]
    second: tuple[str, ...]
    text: str


class RolePlay(Item, frozen=True, kw_only=True):
    """The role play: six roles, the casting for each table, and the headings of a hand-out."""

    title: str
    about: str
    safety: str
    public_goal: str
    private_worry: str
    if_trust: str
    red_line: str
    parts: tuple[Part, ...]
    castings: tuple[Casting, ...]


class Programme(Item, frozen=True, kw_only=True):
    """The workshop as the method describes it. A kit fills in the case; a trainer makes an own plan from both."""

    title: str
    goal: str
    for_whom: str
    timing: Timing
    group: GroupRule
    trainers: TrainerRule
    blocks: tuple[Block, ...]
    layouts: tuple[Layout, ...]
    materials: tuple[Material, ...]
    preparation: Preparation
    worksheets: tuple[Worksheet, ...]
    decks: tuple[Deck, ...]
    role_play: RolePlay

    @property
    def minutes(self) -> int:
        """The minutes of all blocks together."""
        return sum(block.minutes for block in self.blocks)

    @property
    def slides(self) -> tuple[Slide, ...]:
        """All slides in order, the hidden ones too."""
        return tuple(slide for block in self.blocks for slide in block.slides)

    def worksheet(self, worksheet_id: str) -> Worksheet:
        """The worksheet with this id; ``KeyError`` when there is none."""
        return {sheet.id: sheet for sheet in self.worksheets}[worksheet_id]
