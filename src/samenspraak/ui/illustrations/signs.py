"""What stands at a step: its mark and label, the signpost of step 0, the flag and the pennants."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

from markupsafe import Markup

from samenspraak.ui.illustrations.country import MEETING, Country, Pole
from samenspraak.ui.illustrations.curves import Point
from samenspraak.ui.illustrations.lettering import shortened, two_lines, width
from samenspraak.ui.illustrations.pieces import joined, piece

FLAG_HEIGHT = 30
FLAG_LETTERING = 16.5
PENNANT_LETTERING = 14.0  # drawn at 15.5; its italics are a tenth narrower than the bold letters we measure with
SEATS = 10
REACH = 28  # radius of what answers a finger around a mark: 44 px on a telephone of 320 px, whatever its letters
_BADGES = {
    "done": Markup(
        '<g transform="translate({x:g} {y:g})"><circle class="halo" r="10.5"/><circle class="b-done" r="9"/>'
        '<path class="knock" d="m-4.2 .3 3 3 5.6-6.2"/></g>'
    ),
    "attention": Markup(
        '<g transform="translate({x:g} {y:g})"><path class="halo" d="M0-14.5 14.5 0 0 14.5-14.5 0z"/>'
        '<path class="b-attention" d="M0-12 12 0 0 12-12 0z"/><path class="knock" d="M0-5v5.5M0 4.4v.1"/></g>'
    ),
}


def _badge(state: str, x: float, y: float) -> Markup:
    return _BADGES.get(state, Markup("")).format(x=round(x, 1), y=round(y, 1))


def _lines(lines: Sequence[str], first: Point, line: float) -> Markup:
    """Lines of text under each other, from the baseline of the first."""
    x, y = first
    return joined(piece('<tspan x="{x}" y="{y}">{t}</tspan>', x=x, y=y + i * line, t=t) for i, t in enumerate(lines))


def _state(word: str, state: str, at: Point) -> Markup:
    """The word of the state, as the last line."""
    if not word:
        return Markup("")
    return piece('<tspan class="s-{state}" x="{x}" y="{y}">{word}</tspan>', state=state, x=at[0], y=at[1], word=word)


def label_lines(country: Country, step: int, text: str) -> tuple[str, ...]:
    """The label of a step as it is broken over lines."""
    return two_lines(text, country.lettering, country.labels[step].one_line or country.room)


def label(country: Country, step: int, text: str, state_word: str, state: str) -> Markup:
    """The label of a step at its place."""
    slot, line = country.labels[step], country.line
    lines = label_lines(country, step, text)
    first = slot.y + line * 0.78 - (0 if slot.hangs else (len(lines) + bool(state_word)) * line)
    return piece(
        '<text class="lab" text-anchor="{anchor}">{lines}{state}</text>',
        anchor=slot.anchor,
        lines=_lines(lines, (slot.x, first), line),
        state=_state(state_word, state, (slot.x, first + len(lines) * line)),
    )


def _table(x: float, y: float) -> Markup:
    """The square at step 7 with a seat for each of us and for each of them."""
    turns = [pi * (2 * seat + 1) / SEATS for seat in range(SEATS)]
    return piece('<circle class="plaza" cx="{x}" cy="{y}" r="58"/>', x=x, y=y) + joined(
        piece(
            '<circle class="seat-{side}" cx="{x}" cy="{y}" r="6.5"/>',
            side="them" if cos(turn) > 0 else "us",
            x=x + 46 * cos(turn),
            y=y + 46 * sin(turn),
        )
        for turn in turns
    )


def mark(country: Country, step: int, state: str) -> Markup:
    """The disc with the number; at step 7 a larger one, on a round table."""
    x, y = country.places[step]
    is_meeting = step == MEETING
    aside = 20 if is_meeting else 18
    disc = piece(
        '<circle class="reach" cx="{x}" cy="{y}" r="{reach}"/><circle class="mk m-{state}" cx="{x}" cy="{y}" r="{r}"/><text class="n{big} n-{state}" x="{x}" y="{low}">{step}</text>',
        state=state,
        x=x,
        y=y,
        r=30 if is_meeting else 22,
        reach=30 if is_meeting else REACH,
        big=" big" if is_meeting else "",
        low=y + (9 if is_meeting else 7),
        step=step,
    )
    return (_table(x, y) if is_meeting else Markup("")) + disc + _badge(state, x + aside, y - aside)


def signpost(country: Country, text: str, state_word: str, state: str) -> Markup:
    """Step 0: a sign on a post before the road begins, with its number and label."""
    x, y = country.sign
    size, line = country.lettering - 0.5, country.line - 1
    lines = two_lines(f"0\u2002{text}", size, 10.5 * size)
    wide = max(width(t, size) for t in (*lines, state_word)) + 18
    high = (len(lines) + bool(state_word)) * line + 12
    first = (x + 12, y + 6 + line * 0.78)
    board = piece(
        '<path class="pole" d="M{foot} {ground}V{low}"/>'
        '<path class="sign m-{state}" d="M{x} {y}h{wide}l15 {half}-15 {half}H{x}z"/>'
        '<text class="lab on-sign">{lines}{word}</text>',
        foot=country.places[0][0],
        ground=country.places[0][1],
        low=y + high,
        state=state,
        x=x,
        y=y,
        wide=wide,
        half=high / 2,
        lines=_lines(lines, first, line),
        word=_state(state_word, state, (first[0], first[1] + len(lines) * line)),
    )
    return board + _badge(state, x + wide, y + 1)


def pole(at: Pole) -> Markup:
    """The pole for a flag or a pennant."""
    return piece('<path class="pole" d="M{x} {foot}V{top}"/>', x=at.x, foot=at.foot, top=at.top)


def flag(at: Pole, text: str) -> Markup:
    """The flag that says where to begin."""
    return piece(
        '<path class="startflag" d="M{x} {y}h{long}l-12 {half} 12 {half}H{x}z"/>'
        '<text class="startt" x="{tx}" y="{ty}">{text}</text>',
        x=at.x + 1,
        y=at.top,
        long=width(text, FLAG_LETTERING) + 24,
        half=FLAG_HEIGHT / 2,
        tx=at.x + 10,
        ty=at.top + 21,
        text=text,
    )


def pennant(at: Pole, count: int, title: str, *, beside_flag: bool) -> Markup:
    """A pennant: with ``count`` inside when that is not 0, else with its title next to it where no flag hangs."""
    side = -1 if beside_flag else 1
    deep, half = (32, 13) if count else (22, 9)
    drawn = piece(
        '<path class="pen" d="M{x} {y}l{out} {half}L{x} {end}z"/>',
        x=at.x + side,
        y=at.top,
        out=side * deep,
        half=half,
        end=at.top + 2 * half,
    )
    if count:
        return drawn + piece(
            '<text class="penn" x="{x}" y="{y}">{count}</text>', x=at.x + side * 11, y=at.top + 18, count=count
        )
    if beside_flag:
        return drawn
    lines = shortened(title, PENNANT_LETTERING, at.room)
    first = (at.x + 28, at.top + 14 - 3 * (len(lines) - 1))
    return drawn + piece('<text class="pent">{lines}</text>', lines=_lines(lines, first, 18))
