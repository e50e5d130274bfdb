"""The rules of the workshop: minutes add up, nothing goes under its minimum, everybody at a table has a role.

Each rule is a function from edition to findings; ``rules`` runs them with its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from samenspraak.method.places import Finding, Place
from samenspraak.method.types import Edition
from samenspraak.method.workshop_types import Block, Casting, Programme, Segment, Slide

CARDS_PER_DECK = 12
BOXES = "ABCDEFGHIJ"
TABLE_SIZES = (2, 3, 4, 5, 6)
MOST_LINES = 6
LONGEST_TITLE, LONGEST_LINE, LONGEST_CARD = 60, 110, 110
_ROOT: Place = ("workshop",)


def minutes(edition: Edition) -> Iterator[Finding]:
    """A block lasts as long as its segments together; no minimum is more than what is planned."""
    for index, block in enumerate(edition.workshop.blocks):
        place = (*_ROOT, "blocks", index)
        for field in ("minutes", "minimum"):
            yield from _sum(block, field, (*place, field))
        yield from _minimum(block, place)
        for number, segment in enumerate(block.segments):
            yield from _minimum(segment, (*place, "segments", number))


def _sum(block: Block, field: str, place: Place) -> Iterator[Finding]:
    found = sum(getattr(segment, field) for segment in block.segments)
    if found != getattr(block, field):
        message = f"'{block.id}' says {getattr(block, field)} and its segments make {found}"
        yield Finding(place, message, "Change the block or a segment")


def _minimum(part: Block | Segment, place: Place) -> Iterator[Finding]:
    if not 0 < part.minimum <= part.minutes:
        message = f"The minimum of '{part.id}' is {part.minimum} of {part.minutes} minutes"
        yield Finding((*place, "minimum"), message, "Choose a minimum from 1 to the minutes planned")


def timing(edition: Edition) -> Iterator[Finding]:
    """Each proposal ends at the minutes of the manual and keeps to the minima; each block gives way once."""
    workshop = edition.workshop
    segments = {segment.id: segment for block in workshop.blocks for segment in block.segments}
    for index, shortening in enumerate(workshop.timing.shortenings):
        place = (*_ROOT, "timing", "shortenings", index, "trims")
        left = workshop.minutes - sum(trim.minutes for trim in shortening.trims)
        if left != workshop.timing.target:
            yield Finding(place, f"'{shortening.id}' ends at {left} minutes", f"Make it {workshop.timing.target}")
        for number, trim in enumerate(shortening.trims):
            segment = segments.get(trim.id)
            if segment and segment.minutes - trim.minutes < segment.minimum:
                yield Finding((*place, number), f"'{trim.id}' goes under its minimum", "Take less off")
    if sorted(workshop.timing.gives_way) != sorted(block.id for block in workshop.blocks):
        yield Finding((*_ROOT, "timing", "gives_way"), "Not each block gives way once", "Name every block, once")


def group(edition: Edition) -> Iterator[Finding]:
    """The numbers of participants rise from the least to the most."""
    rule = edition.workshop.group
    if not 0 < rule.minimum <= rule.ideal_from <= rule.ideal_to <= rule.extra_rooms_from <= rule.maximum:
        yield Finding((*_ROOT, "group"), "The numbers of participants do not rise", "Go from least to most")


def preparation(edition: Edition) -> Iterator[Finding]:
    """The tasks of the trainer add up to the hours of the manual, and reminders come nearer to the day."""
    plan = edition.workshop.preparation
    found = sum(task.minutes for task in plan.tasks)
    if found != plan.hours * 60:
        message = f"The tasks make {found} minutes and the manual says {plan.hours} hours"
        yield Finding((*_ROOT, "preparation", "tasks"), message, f"Make them {plan.hours * 60} minutes")
    for field, days in (("tasks", [task.days_before for task in plan.tasks]), ("reminders", list(plan.reminders))):
        if days != sorted(days, reverse=True):
            yield Finding((*_ROOT, "preparation", field), "The days do not count back to the date", "Put them in order")


def forms(edition: Edition) -> Iterator[Finding]:
    """What participants do on a phone they can do on paper; a worksheet's table has columns and its choice choices."""
    for index, block in enumerate(edition.workshop.blocks):
        for number, segment in enumerate(block.segments):
            if len({bool(segment.assignment), bool(segment.paper), bool(segment.phone)}) > 1:
                place = (*_ROOT, "blocks", index, "segments", number)
                yield Finding(place, f"'{segment.id}' lacks its form on paper or phone", "Write all three or none")
    for index, sheet in enumerate(edition.workshop.worksheets):
        for number, field in enumerate(sheet.fields):
            if (field.kind == "table") != bool(field.columns) or (field.kind == "choice") != bool(field.choices):
                place = (*_ROOT, "worksheets", index, "fields", number)
                yield Finding(place, f"Field '{field.id}' cannot be filled in as {field.kind}", "Mend its kind")


def examples(edition: Edition) -> Iterator[Finding]:
    """The sheet for preparing a dialogue has boxes A to J and an example that fills them all, in order."""
    for index, sheet in enumerate(edition.workshop.worksheets):
        place = (*_ROOT, "worksheets", index)
        codes = "".join(field.code for field in sheet.fields)
        if sheet.id == "dialogue-preparation" and (codes != BOXES or not sheet.examples):
            yield Finding(place, f"The boxes are {codes}, with {len(sheet.examples)} examples", "Make them A to J")
        for number, example in enumerate(sheet.examples):
            if [filled.id for filled in example.filled] != [field.id for field in sheet.fields]:
                message = f"'{example.id}' does not fill each box once and in order"
                yield Finding((*place, "examples", number), message, "Follow the boxes of the sheet")


def cards(edition: Edition) -> Iterator[Finding]:
    """Each deck has twelve cards that fit their size."""
    for index, deck in enumerate(edition.workshop.decks):
        place = (*_ROOT, "decks", index, "cards")
        if len(deck.cards) != CARDS_PER_DECK:
            yield Finding(place, f"Deck '{deck.id}' has {len(deck.cards)} cards", f"Make it {CARDS_PER_DECK}")
        for number, card in enumerate(deck.cards):
            yield from at_most(LONGEST_CARD, card.title, (*place, number, "title"))
            yield from at_most(LONGEST_CARD, card.question, (*place, number, "question"))


def slides(edition: Edition) -> Iterator[Finding]:
    """A slide holds no more than a room can read, and says something."""
    for index, block in enumerate(edition.workshop.blocks):
        for number, segment in enumerate(block.segments):
            for rank, slide in enumerate(segment.slides):
                place = (*_ROOT, "blocks", index, "segments", number, "slides", rank)
                yield from _slide(slide, place)


def _slide(slide: Slide, place: Place) -> Iterator[Finding]:
    if len(slide.lines) > MOST_LINES:
        yield Finding((*place, "lines"), f"Slide '{slide.id}' has {len(slide.lines)} lines", f"At most {MOST_LINES}")
    if not slide.lines and slide.from_kit == "nothing":
        yield Finding((*place, "lines"), f"Slide '{slide.id}' is empty", "Write a line or take it from the kit")
    yield from at_most(LONGEST_TITLE, slide.title, (*place, "title"))
    for number, line in enumerate(slide.lines):
        yield from at_most(LONGEST_LINE, line, (*place, "lines", number))


def castings(edition: Edition) -> Iterator[Finding]:
    """For each size of table every seat has a role that changes, with both sides present in both rounds."""
    play = edition.workshop.role_play
    place = (*_ROOT, "role_play", "castings")
    sizes = tuple(casting.size for casting in play.castings)
    if sizes != TABLE_SIZES:
        yield Finding(place, f"There are castings for {sizes}", f"Make them {TABLE_SIZES}")
    for index, casting in enumerate(play.castings):
        if not _is_fair(casting, edition.workshop):
            message = f"At a table of {casting.size} not everybody has two roles, or a side is missing"
            yield Finding((*place, index), message, "Give each seat two different roles, with both sides in each round")


def _is_fair(casting: Casting, workshop: Programme) -> bool:
    sides = {part.id: part.side for part in workshop.role_play.parts}
    rounds = (casting.first, casting.second)
    is_full = all(len(seats) == casting.size for seats in rounds)
    swaps = all(one != two for one, two in zip(*rounds, strict=False))
    return is_full and swaps and all({sides.get(part) for part in seats} >= {"us", "them"} for seats in rounds)


def at_most(limit: int, text: str, place: Place) -> Iterator[Finding]:
    """A text that must fit somewhere: what is too long is found."""
    if len(text) > limit:
        field = next(part for part in reversed(place) if isinstance(part, str))
        yield Finding(place, f"'{field}' has {len(text)} characters", f"Make it at most {limit}")


AGENDA = (minutes, timing, group, preparation, forms, examples, cards, slides, castings)
