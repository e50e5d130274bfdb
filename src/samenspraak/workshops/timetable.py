"""What stands on the clock: the blocks and segments of a programme from a start time on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from samenspraak.method.workshop_types import Block, Programme, Segment

ANY_DAY = date(2001, 1, 1)


class Stretch(NamedTuple):
    """A block or segment with the times on the clock at which it begins and ends."""

    begins: time
    ends: time


class Slot(NamedTuple):
    """A block and its segments, each with its stretch of the afternoon."""

    block: Block
    stretch: Stretch
    segments: tuple[tuple[Segment, Stretch], ...]


def _from(begin: datetime, minutes: int) -> Stretch:
    return Stretch(begin.time(), (begin + timedelta(minutes=minutes)).time())


def timetable(programme: Programme, starts: time) -> tuple[Slot, ...]:
    """The blocks in order; past midnight the clock simply goes on at 00:00."""
    return tuple(_slots(programme, datetime.combine(ANY_DAY, starts)))


def _slots(programme: Programme, now: datetime) -> Iterator[Slot]:
    for block in programme.blocks:
        segments = []
        begin = now
        for segment in block.segments:
            segments.append((segment, _from(now, segment.minutes)))
            now += timedelta(minutes=segment.minutes)
        yield Slot(block, _from(begin, block.minutes), tuple(segments))
