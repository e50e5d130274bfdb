"""What may be shown of answers that were given in confidence, and what has to stay closed.

One piece of code for screen, papers, exports and machines. It gets counts and gives counts, or a reason to withhold
as a value; whoever shows it puts that reason into words.

The rule, for colleagues and workshop groups:

1. **Five at least.** Counts are about five people or more. A question that somebody left open counts as an answer like
   the others: withholding it because few answered would itself tell what they did.
2. **Blocks.** People fall into blocks of at least five that never change once shown: those who handed in a closed
   collection, those who came in together, the people of one team. Every number that leaves this file is a sum of what
   each block may show on its own. So whatever is subtracted from whatever, over time or over parts, what is left is
   whole blocks. A group that is too small joins another one; nothing follows from what people answered, only from how
   many they are.
3. **Everybody the same.** When a block answers alike, or all but one do, or nine in ten of fewer than thirty, it shows
   a range (“four or five”) instead of a number: nobody can say for certain what one of them answered.
4. **Your own answer** may be subtracted: four others remain. Answers that somebody typed in from paper are known to that
   person, so they are never needed to reach five for people who answered by themselves.
5. **No live picture** of a collection that closes: one picture, after closing. A collection that stays open grows by
   whole blocks (``is_block``); fewer than five newcomers wait for the next.

What no rule on counts can do: somebody who is the only one to differ knows that the others agree, and four who put
their answers together know the fifth. Two rounds are two questions, at two moments; they are not compared person by person. Each
question is guarded by itself: what several questions together say about one group is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

SMALLEST = 5
"""How many people a count is about, at least."""

SMALL = 30
"""Below this many people nine in ten alike is as good as everybody."""

NO_ANSWER = ""
"""The option of somebody who answered other questions and left this one open."""

Reason = Literal["still_open", "too_few", "would_reveal"]
# How many people chose each option.
Tally = Mapping[str, int]


class Count(msgspec.Struct, frozen=True):
    """How many people: a number when both are the same, else a range."""

    least: int
    most: int

    @property
    def is_exact(self) -> bool:
        """Whether this is one number."""
        return self.least == self.most


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What may be seen: ``counts`` by option, over ``people``; ``kept_back`` others are too few to be shown."""

    people: int
    counts: Mapping[str, Count]
    kept_back: int = 0


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing may be seen. ``reason``: not closed yet, fewer than five, or the rest would be laid bare."""

    reason: Reason


Outcome = Shown | Withheld


class ByPart(msgspec.Struct, frozen=True, kw_only=True):
    """All together and each part; parts in ``together`` can only be shown as one, in ``rest``."""

    total: Outcome
    parts: Mapping[str, Outcome]
    together: tuple[str, ...] = ()
    rest: Outcome | None = None


def tally(answers: Iterable[str]) -> dict[str, int]:
    """How often each answer was given; an empty answer counts as a person who left it open."""
    return dict(Counter(answers))


def is_block(waiting: int) -> bool:
    """Whether this many newcomers may be shown together, from now on and for good."""
    return waiting >= SMALLEST


def of_closed(options: Sequence[str], own: Tally, typed: Tally | None = None, *, is_closed: bool) -> Outcome:
    """The one picture of a collection that has closed for good.

    ``options`` are all that could be chosen: one that nobody chose is shown like any other, or its absence would tell.
    ``own`` are people who handed in by themselves, ``typed`` those whose paper somebody else typed in.
    """
    if not is_closed:
        return Withheld(reason="still_open")
    groups = (own, typed or {})
    blocks = [group for group in groups if is_block(_size(group))]
    people = sum(_size(group) for group in groups)
    if not blocks and is_block(people):
        return Withheld(reason="would_reveal")
    return _picture(options, blocks, kept_back=people - sum(_size(block) for block in blocks))


def of_growing(options: Sequence[str], blocks: Iterable[Tally]) -> Outcome:
    """The picture of a collection that stays open: the blocks that came in so far, each formed by ``is_block``."""
    return _picture(options, [block for block in blocks if is_block(_size(block))])


def by_part(options: Sequence[str], parts: Mapping[str, Tally]) -> ByPart:
    """A closed collection, all together and divided over parts that have nobody in common.

    Parts that are too small are only shown together; are they too few even then, the smallest of the others joins.
    """
    sizes = {name: _size(part) for name, part in parts.items() if _size(part) > 0}
    together = _joined(sizes)
    rest = _sum([parts[name] for name in together])
    blocks = [parts[name] for name in sizes if name not in together]
    return ByPart(
        total=of_growing(options, [*blocks, rest]),
        parts={name: _of_part(options, part, name in together) for name, part in parts.items()},
        together=together,
        rest=of_growing(options, [rest]) if together else None,
    )


def _joined(sizes: Mapping[str, int]) -> tuple[str, ...]:
    """The parts that are shown as one: those under five, and as many of the smallest others as that asks."""
    joined: list[str] = []
    for name in sorted(sizes, key=lambda name: (sizes[name], name)):
        together = sum(sizes[n] for n in joined)
        if is_block(sizes[name]) and (not joined or is_block(together)):
            break
        joined.append(name)
    return tuple(joined)


def _of_part(options: Sequence[str], part: Tally, is_joined: bool) -> Outcome:
    """One part: shown on its own, or held back because it is small or because a small one needs it."""
    if is_joined and is_block(_size(part)):
        return Withheld(reason="would_reveal")
    return of_growing(options, [part])


def _picture(options: Sequence[str], blocks: Sequence[Tally], *, kept_back: int = 0) -> Outcome:
    """The sum of what each block may show."""
    if not blocks:
        return Withheld(reason="too_few")
    choices = (*options, NO_ANSWER)
    shown = [_protected(block, choices) for block in blocks]
    counts = {
        choice: Count(sum(each[choice].least for each in shown), sum(each[choice].most for each in shown))
        for choice in choices
    }
    return Shown(people=sum(_size(block) for block in blocks), counts=counts, kept_back=kept_back)


def _protected(block: Tally, choices: Iterable[str]) -> dict[str, Count]:
    """The counts of one block; a range for every choice when it answers (almost) alike."""
    people = _size(block)
    alike = people - 1 if people >= SMALL else min(people - 1, -(-9 * people // 10))
    top = max(block, key=lambda choice: block[choice])
    if block[top] < alike:
        return {choice: Count(block.get(choice, 0), block.get(choice, 0)) for choice in choices}
    return {choice: Count(alike, people) if choice == top else Count(0, people - alike) for choice in choices}


def _sum(tallies: Iterable[Tally]) -> dict[str, int]:
    whole: Counter[str] = Counter()
    for each in tallies:
        whole.update(each)
    return dict(whole)


def _size(block: Tally) -> int:
    return sum(block.values())
