"""Hours, euros, mandate and team as they stand on the director's page: short, because it is one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenspraak.documents.blocks import Block, Figures, Paragraph, Table
from samenspraak.documents.format import shortened
from samenspraak.method.types import Edition
from samenspraak.readiness.queries import Sheet, Signed, items_of, title_of
from samenspraak.readiness.report.instruments import figures_of
from samenspraak.readiness.report.needs import Items, column, mandate_words, signed_in_words
from samenspraak.readiness.report.sums import cost_in_words, cost_sums, teams_by_role

MOST_FIGURES = 3
MOST_TOPICS = 4
LONGEST = 80


def needs(sheets: dict[str, Sheet], signed: Signed, edition: Edition) -> list[Block]:
    """What is asked in hours, money and room to move, and who takes part; nothing for what is empty."""
    blocks: list[Block] = []
    hours, budget = sheets["hours"].lines, sheets["budget"].lines
    figures = figures_of(hours, budget)
    if figures:
        blocks.append(Figures(rows=tuple(figures[:MOST_FIGURES])))
    left = cost_sums(budget)[MOST_FIGURES - len(figures) :] if len(figures) > MOST_FIGURES else []
    if left:
        text = _("And %(sums)s.") % {"sums": "; ".join(map(cost_in_words, left))}
        blocks.append(Paragraph(text=text, tone="quiet"))
    blocks += _mandate(sheets["mandate"].lines, signed, items_of(edition, "mandate"))
    blocks += _team(sheets["team"].lines, items_of(edition, "team"))
    return blocks


def _brief(text: str) -> str:
    return shortened(" ".join(text.split()), LONGEST) or "–"


def _mandate(lines: Sequence[Any], signed: Signed, items: Items) -> list[Block]:
    if not lines:
        return []
    words = mandate_words()
    columns = (
        column("topic", _("Topic"), _("What it is about"), width=1.1),
        column("may_promise", words["may_promise"], _("What may be promised at the table"), width=2),
        column("must_ask", words["must_ask"], _("What has to be asked first"), width=1.8),
        column("not_possible", words["not_possible"], _("What cannot be done"), width=1.4),
    )
    rows = tuple(
        (_brief(title_of(x, items)), _brief(x.may_promise), _brief(x.must_ask), _brief(x.not_possible))
        for x in lines[:MOST_TOPICS]
    )
    said = [signed_in_words(signed)] if signed.signature else []
    left = len(lines) - MOST_TOPICS
    if left > 0:
        said.append(ngettext("And %(num)s more topic.", "And %(num)s more topics.", left) % {"num": left})
    table = Table(name=_("mandate"), caption=_("Mandate"), columns=columns, rows=rows, is_caption_shown=False)
    return [table, *([Paragraph(text=" ".join(said), tone="quiet")] if said else [])]


def _team(lines: Sequence[Any], items: Items) -> list[Block]:
    """Who leads and who helps, in one line."""
    teams = teams_by_role(lines, items)
    helping = [team for team in teams["helps"] if team not in teams["leads"]]
    said = (
        (teams["leads"], _("The conversation is led by %(teams)s.")),
        (helping, _("It is carried out with %(teams)s.")),
    )
    text = " ".join(shortened(words % {"teams": ", ".join(names)}, 2 * LONGEST) for names, words in said if names)
    return [Paragraph(text=text, tone="quiet")] if text else []
