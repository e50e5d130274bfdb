"""The trainer's script, to hold in hand, and the times for the door."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenspraak.documents.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Section,
    Table,
    TableColumn,
)
from samenspraak.method.workshop_types import Segment
from samenspraak.ui.jinja import clock
from samenspraak.workshops.queries import needed, size_advice
from samenspraak.workshops.report.occasion import Occasion
from samenspraak.workshops.timetable import Slot, Stretch, timetable


def _between(stretch: Stretch) -> str:
    return _("%(begin)s to %(end)s") % {"begin": clock(stretch.begins), "end": clock(stretch.ends)}


def _minutes(number: int) -> str:
    return ngettext("%(num)s minute", "%(num)s minutes", number) % {"num": number}


def times(occasion: Occasion) -> Document:
    """The timetable for the door: when, what, how long."""
    rows = tuple(
        (_between(slot.stretch), slot.block.title, _minutes(slot.block.minutes))
        for slot in timetable(occasion.programme, occasion.starts)
    )
    table = Table(
        name=_("Times"),
        caption=_("The afternoon"),
        is_caption_shown=False,
        columns=(
            TableColumn(key="when", title=_("When"), about=_("From when until when"), width=1.3),
            TableColumn(key="what", title=_("What"), about=_("The part of the workshop"), width=3),
            TableColumn(key="minutes", title=_("How long"), about=_("Minutes in all")),
        ),
        rows=rows,
    )
    return occasion.paper(_("What we do today"), [table], kind="page", lead=occasion.kit.case.title)


def script(occasion: Occasion) -> Document:
    """Everything a trainer says, watches for and hands out, part by part, with the clock beside it."""
    programme = occasion.programme
    blocks: list[Block] = [
        Section(title=_("In short"), blocks=(Facts(rows=_facts(occasion)), Notice(text=programme.timing.about))),
        Section(
            title=_("Trainers"),
            blocks=(Paragraph(text=programme.trainers.about), Paragraph(text=programme.trainers.split)),
        ),
        Section(title=_("The case"), blocks=_case(occasion)),
        Section(title=_("What to bring"), blocks=(_bring(occasion),)),
    ]
    for slot in timetable(programme, occasion.starts):
        blocks += _slot(occasion, slot)
    return occasion.paper(_("Script for the trainer"), blocks, lead=programme.goal)


def _facts(occasion: Occasion) -> tuple[tuple[str, str], ...]:
    programme = occasion.programme
    _state, advice = size_advice(programme.group, occasion.people)
    slots = timetable(programme, occasion.starts)
    whole = Stretch(slots[0].stretch.begins, slots[-1].stretch.ends)
    return (
        (_("Case"), occasion.kit.case.title),
        (_("Participants"), str(occasion.people)),
        (_("What the method says of that"), advice),
        (
            _("Time"),
            f"{_between(whole)}, {_minutes(programme.minutes)}",
        ),
    )


def _case(occasion: Occasion) -> tuple[Block, ...]:
    case = occasion.kit.case
    return (
        Paragraph(text=case.risk, tone="lead"),
        Facts(rows=((_("Company"), case.company), (_("Country"), case.country), (_("Sector"), case.sector))),
        Paragraph(text=case.circumstances),
        Heading(text=_("What is known"), level=3),
        Bullets(items=case.known),
        Heading(text=_("What is not known"), level=3),
        Bullets(items=case.unknown),
        Heading(text=_("Who sits across the table"), level=3),
        Facts(rows=tuple((c.title, f"{c.text} {c.challenge}") for c in case.counterparts)),
    )


def _bring(occasion: Occasion) -> Table:
    return Table(
        name=_("What to bring"),
        caption=_("What to bring"),
        is_caption_shown=False,
        columns=(
            TableColumn(key="what", title=_("What"), about=_("Something to bring"), width=2),
            TableColumn(key="number", title=_("How many"), about=_("For this number of people"), kind="number"),
            TableColumn(key="about", title=_("What for"), about=_("What it is used for"), width=3),
        ),
        rows=tuple((n.material.title, n.number, n.material.about) for n in needed(occasion.programme, occasion.people)),
    )


def _slot(occasion: Occasion, slot: Slot) -> list[Block]:
    block = slot.block
    layouts = {layout.id: layout for layout in occasion.programme.layouts}
    rows = [(_("Time"), _between(slot.stretch)), (_("Goal"), block.goal)]
    if block.layout in layouts:
        rows.append((_("Room"), f"{layouts[block.layout].title}. {layouts[block.layout].text}"))
    if block.guest:
        rows.append((_("A guest company"), block.guest))
    made: list[Block] = [
        PageBreak(),
        Heading(text=f"{block.title}, {_minutes(block.minutes)}"),
        Facts(rows=tuple(rows)),
    ]
    return [*made, *(_segment(segment, stretch) for segment, stretch in slot.segments)]


def _segment(segment: Segment, stretch: Stretch) -> Section:
    leads = {"first": _("first trainer"), "second": _("second trainer"), "both": _("both trainers")}
    ways = {"together": _("all together"), "table": _("at the tables"), "pairs": _("in pairs"), "alone": _("alone")}
    shorter = _("At least %(minutes)s. %(how)s") % {"minutes": _minutes(segment.minimum), "how": segment.shorter}
    rows = (
        (_("Time"), f"{_between(stretch)}, {ways[segment.way]}, {leads[segment.lead]}"),
        (_("When time is short"), shorter),
        (_("Assignment"), segment.assignment),
        (_("On paper"), segment.paper),
        (_("On a phone"), segment.phone),
    )
    shown = [_("%(title)s (hidden)") % {"title": s.title} if s.is_hidden else s.title for s in segment.slides]
    lists = ((_("What you say"), segment.say), (_("What you watch for"), segment.watch), (_("Slides"), tuple(shown)))
    blocks: list[Block] = [Facts(rows=tuple(row for row in rows if row[1]))]
    for title, items in lists:
        if items:
            blocks += [Heading(text=title, level=3), Bullets(items=items)]
    return Section(title=f"{segment.title}, {_minutes(segment.minutes)}", blocks=tuple(blocks))
