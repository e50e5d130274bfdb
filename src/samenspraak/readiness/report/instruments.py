"""Mandate, hours, budget and team as papers of their own, and blank forms of hours and team."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samenspraak.documents.blocks import (
    Block,
    Document,
    Figure,
    Figures,
    Heading,
    Paragraph,
    Signature,
    Table,
    WritingLines,
)
from samenspraak.method.types import Edition
from samenspraak.people.models import Member, Organisation
from samenspraak.readiness.models import Round
from samenspraak.readiness.models import Signature as Said
from samenspraak.readiness.queries import Sheet, edition_of, items_of, sheet_of, signatures_of, signed_of
from samenspraak.readiness.report.needs import (
    Items,
    column,
    signature_line,
    signed_in_words,
    tables_of,
    words_of,
)
from samenspraak.readiness.report.sums import (
    cost_sums,
    hours_figure,
    hours_in_words,
    in_words,
    range_in_words,
    role_words,
)
from samenspraak.ui.jinja import moment
from samenspraak.ui.money import money_text

BLANK = ("hours", "team")


def instrument_paper(member: Member, round: Round, kind: str, language: str) -> Document:
    """One of the four, in the language of whoever prints it; a fixed number of queries."""
    edition = edition_of(round, language)
    sheet, items, words = sheet_of(round, kind), items_of(edition, kind), words_of(kind)
    blocks: list[Block] = [*section_blocks(kind, sheet, items)]
    if kind == "mandate":
        blocks += [Paragraph(text=text) for text in _signing(round, sheet)]
        blocks.append(Signature(labels=(_("Name"), _("Signature"), _("Date"))))
    return Document(
        title=f"{words.title}: {sheet.instrument.about}" if sheet.instrument.about else words.title,
        language=edition.language,
        day=timezone.localdate(),
        organisation=member.organisation.name,
        logo=bytes(member.organisation.logo) if member.organisation.logo else None,
        kind="report",
        sender_line=round.name,
        blocks=tuple(blocks),
        foot_start=_("Made with Samenspraak, independent of the SER. Method: edition %(edition)s.")
        % {"edition": edition.name},
        subject=words.question,
    )


def _signing(round: Round, sheet: Sheet) -> list[str]:
    signatures = signatures_of(round)
    return [signed_in_words(signed_of(round, sheet)), *(signature_line(s) for s in signatures[:-1])]


def section_blocks(kind: str, sheet: Sheet, items: Items) -> list[Block]:
    """The lines, and what they add up to in words; a sentence where nothing was filled in."""
    if not sheet.lines:
        return [Paragraph(text=_("Nothing has been filled in yet."))]
    said = in_words(kind, sheet.lines, items)
    figures = figures_of(sheet.lines if kind == "hours" else [], sheet.lines if kind == "budget" else [])
    if kind in ("hours", "budget"):  # the figures say the first sentence
        said = said[1:] if kind == "budget" and figures else []
    return [
        *([Figures(rows=tuple(figures))] if figures else []),
        *([Paragraph(text=" ".join(said))] if said and kind != "mandate" else []),
        *tables_of(kind, sheet.lines, items),
    ]


def figures_of(hours: Sequence[Any], budget: Sequence[Any]) -> list[Figure]:
    """The hours and the sums of money as numbers that matter; each currency apart."""
    found: list[Figure] = []
    said = hours_in_words(hours)
    if said:
        found.append(Figure(big=hours_figure(hours), text=said[1]))
    for cost in cost_sums(budget):
        period = _("expected every year") if cost.is_yearly else _("expected once")
        text = ", ".join(filter(None, (period, range_in_words(cost))))
        found.append(Figure(big=money_text(cost.expected), text=f"{text}."))
    return found


def signatures_table(signatures: Sequence[Said]) -> Table:
    """Everything that was said about the mandate by link, with what was signed."""
    columns = (
        column("signed_at", _("When"), _("When it was said"), "datetime"),
        column("name", _("Name"), _("The name as it was typed")),
        column("outcome", _("What"), _("Signed, or a change asked for")),
        column("says", _("Change"), _("What must change first")),
        column("content", _("Mandate"), _("The mandate as it was read, line by line")),
    )
    outcomes = {"signed": _("Signed"), "change": _("Asks for a change")}
    rows = tuple(
        (timezone.localtime(s.signed_at), s.name, outcomes[s.outcome], s.says, content_text(s)) for s in signatures
    )
    return Table(name=_("signatures"), caption=_("Signed by link"), columns=columns, rows=rows)


def content_text(signature: Said) -> str:
    """What was signed, a line for each topic."""
    return "\n".join(" | ".join(str(text) for text in line.values() if text) for line in signature.content)


def blank_instrument(organisation: Organisation, edition: Edition, kind: str, today: date) -> Document:
    """Hours or team to fill in by hand; no queries."""
    words = words_of(kind)
    titles = [item.title for item in items_of(edition, kind).values()] + [""] * 3
    heads = (
        [_("Hours for each person"), _("People"), _("Together")]
        if kind == "hours"
        else [_("Who"), *role_words().values()]
    )
    columns = (
        column("title", _("What") if kind == "hours" else _("Team"), words.question, width=2.4),
        *(column(f"c{n}", head, head, width=2 if head == _("Who") else 1.2) for n, head in enumerate(heads)),
    )
    rows = tuple((f"{title}\n ", *([" "] * len(heads))) for title in titles)  # room to write
    return Document(
        title=words.question,
        language=edition.language,
        day=today,
        organisation=organisation.name,
        logo=bytes(organisation.logo) if organisation.logo else None,
        kind="form",
        lead=words.lead,
        blocks=(
            WritingLines(count=1, label=_("Filled in by, on")),
            WritingLines(count=1, label=words.about),
            Table(name=words.title, caption=words.title, columns=columns, rows=rows, is_caption_shown=False),
            *([WritingLines(count=1, label=_("All hours together"))] if kind == "hours" else []),
        ),
        foot_start=_("Made with Samenspraak, independent of the SER. Method: edition %(edition)s.")
        % {"edition": edition.name},
        subject=words.question,
    )


def needs_of(sheets: dict[str, Sheet], edition: Edition, signatures: Sequence[Said]) -> list[Block]:
    """All four in the full report; what is empty is left out."""
    blocks: list[Block] = []
    for kind, sheet in sheets.items():
        if not sheet.lines and not sheet.instrument.about:
            continue
        blocks.append(Heading(text=words_of(kind).title))
        if sheet.instrument.about:
            blocks.append(Paragraph(text=sheet.instrument.about, tone="lead"))
        blocks.append(Paragraph(text=last_changed(sheet), tone="quiet"))
        blocks += section_blocks(kind, sheet, items_of(edition, kind))
        if kind == "mandate" and signatures:
            blocks.append(signatures_table(signatures))
    return blocks


def last_changed(sheet: Sheet) -> str:
    """When an instrument was saved last, and by whom."""
    found = sheet.instrument
    name = found.changed_by.label if found.changed_by else ""
    return ", ".join(filter(None, (moment(found.changed_at), name)))


def needs_tables(sheets: dict[str, Sheet], edition: Edition, signatures: Sequence[Said]) -> list[Block]:
    """All four in the workbook, a sheet for each table, with who saved them last."""
    columns = (
        column("kind", _("What"), _("Mandate, hours, budget or team")),
        column("about", _("About"), _("Which conversation it is about")),
        column("changed_at", _("Last changed"), _("When it was last saved"), "datetime"),
        column("changed_by", _("Changed by"), _("Who saved it last")),
    )
    rows = tuple(
        (
            words_of(kind).title,
            s.instrument.about,
            timezone.localtime(s.instrument.changed_at) if s.instrument.version else None,
            s.instrument.changed_by.label if s.instrument.changed_by else "",
        )
        for kind, s in sheets.items()
    )
    blocks: list[Block] = [Table(name=_("needs"), caption=_("What you need for it"), columns=columns, rows=rows)]
    for kind, sheet in sheets.items():
        blocks += tables_of(kind, sheet.lines, items_of(edition, kind))
    return [*blocks, signatures_table(signatures)]
