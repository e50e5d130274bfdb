"""What colleagues say, as pages and papers show it: counts next to each other, never an average."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenspraak.documents.blocks import (
    Block,
    Bullets,
    Cell,
    ColumnKind,
    Heading,
    Paragraph,
    StateRow,
    States,
    Table,
    TableColumn,
)
from samenspraak.method.small_groups import SMALLEST, Count
from samenspraak.method.standing import ANSWERS
from samenspraak.method.types import Condition, Edition
from samenspraak.readiness.models import Voice
from samenspraak.readiness.queries import AskedRow, Spread, WholeVoices
from samenspraak.readiness.report.director import STATES
from samenspraak.readiness.report.words import Mark, answer_words, marks


def count_in_words(count: Count) -> str:
    """How many people: a number, or a range where a number would say too much."""
    if count.is_exact:
        return str(count.least)
    between = _("%(least)s or %(most)s") if count.most - count.least == 1 else _("%(least)s to %(most)s")
    return between % {"least": count.least, "most": count.most}


class Column(NamedTuple):
    """One answer with how many gave it."""

    answer: str
    mark: Mark
    number: Count
    text: str


class SpreadShown(NamedTuple):
    """A spread as people see it. ``waiting`` says that there is more that cannot be shown yet."""

    columns: tuple[Column, ...]
    people: int
    total: str
    waiting: str


def shown(language: str, spread: Spread) -> SpreadShown:
    """One spread in words; who left the condition open comes last, where that may be known."""
    with translation.override(language):
        known = marks(language)
        columns = tuple(
            Column(
                answer,
                known[answer] if answer else known[answer]._replace(word=_left_open()),
                count,
                count_in_words(count),
            )
            for answer, count in spread.counts.items()
        )
        total = ngettext("%(num)s colleague answered", "%(num)s colleagues answered", spread.people)
        return SpreadShown(
            columns if spread.people else (),
            spread.people,
            total % {"num": spread.people},
            waiting_words() if spread.is_waiting else "",
        )


def all_shown(language: str, spreads: Mapping[str, Spread]) -> dict[str, SpreadShown]:
    """Every spread of a round, by condition."""
    return {condition_id: shown(language, spread) for condition_id, spread in spreads.items()}


def _left_open() -> str:
    return _("Left open")


def waiting_words() -> str:
    """Why answers without names are not all there."""
    return _("Answers without names appear %(smallest)s or more at a time. Some are waiting for others.") % {
        "smallest": SMALLEST
    }


class StateShown(NamedTuple):
    """How it stands with somebody who was asked."""

    kind: str
    icon: str
    word: str


@cache
def asked_states(language: str, *, has_mail: bool) -> dict[str, StateShown]:
    """The states of ``AskedRow`` in words."""
    with translation.override(language):
        return _asked_states(has_mail)


def _asked_states(has_mail: bool) -> dict[str, StateShown]:
    still = StateShown("unknown", "open", _("Has not answered yet"))
    return {
        "answered": StateShown("good", "good", _("Answered")),
        "withdrawn": StateShown("unknown", "open", _("Withdrawn")),
        "undelivered": StateShown("attention", "attention", _("The mail could not be delivered: check the address")),
        "expired": StateShown("attention", "attention", _("The link is too old; a reminder makes it work again")),
        "waiting": StateShown("unknown", "clock", _("The mail waits to go out")) if has_mail else still,
        "open": still,
    }


def done_words(given: Mapping[str, str]) -> list[str]:
    """What was just done, from the address of the page."""
    if not given:
        return []
    numbers = {
        name: int(value) for name, value in given.items() if value.isascii() and value.isdigit() and len(value) < 6
    }
    found = [text % {"num": numbers[name]} for name, text in _done(numbers).items() if numbers.get(name)]
    if numbers.get("reminded") == 0:
        found.append(_("Nobody was reminded: each was mailed less than a day ago."))
    return found


def _done(numbers: Mapping[str, int]) -> dict[str, str]:
    asked, skipped, reminded = (numbers.get(name, 0) for name in ("asked", "skipped", "reminded"))
    return {
        "asked": ngettext("%(num)s colleague has been asked.", "%(num)s colleagues have been asked.", asked),
        "skipped": ngettext(
            "%(num)s had been asked about this in this round already, and gets no second mail.",
            "%(num)s had been asked about this in this round already, and get no second mail.",
            skipped,
        ),
        "reminded": ngettext("%(num)s reminder is on its way.", "%(num)s reminders are on their way.", reminded),
        "withdrawn": _("Withdrawn. The link no longer works."),
    }


def voices_blocks(condition: Condition, voices: WholeVoices, language: str) -> list[Block]:
    """What colleagues say about one condition, in the full report; nothing when nobody was asked."""
    if condition.id not in voices.spreads:
        return []
    page, code = shown(language, voices.spreads[condition.id]), condition.code
    named, texts = voices.named.get(condition.id, []), voices.texts.get(condition.id, [])
    blocks: list[Block] = [Heading(text=_("What colleagues say"), level=3)]
    if page.columns:
        blocks += [Paragraph(text=f"{page.total}. {_('Next to each other, never averaged.')}"), _counts(page)]
    if named:
        blocks.append(_named(code, named))
    if texts:
        blocks += [Paragraph(text=_("Without names, in no order:")), Bullets(items=tuple(texts))]
    if page.waiting:
        blocks.append(Paragraph(text=page.waiting))
    return blocks


def _counts(page: SpreadShown) -> Block:
    """One row for each answer, with its icon and its word."""
    return States(
        rows=tuple(
            StateRow(
                state=STATES[column.answer],
                word=str(column.mark.word),
                text=ngettext("%(num)s colleague", "%(num)s colleagues", column.number.most) % {"num": column.text},
            )
            for column in page.columns
        )
    )


def _named(code: str, named: list[Voice]) -> Block:
    words = answer_words()
    return Table(
        name=f"voices {code}",
        caption=_("With their names"),
        is_caption_shown=False,
        columns=(
            TableColumn(key="who", title=_("Who"), about=_("Who said it"), width=1.4),
            TableColumn(key="value", title=_("Answer"), about=_("The answer of this colleague"), width=1),
            TableColumn(key="how", title=_("How do we know?"), about=_("In the words of this colleague"), width=3),
        ),
        rows=tuple((voice.guest.name if voice.guest else "", words[voice.value], voice.how) for voice in named),
    )


def _column(key: str, title: str, about: str, kind: ColumnKind = "text") -> TableColumn:
    return TableColumn(key=key, title=title, about=about, kind=kind)


def voices_sheets(edition: Edition, asked: list[AskedRow], voices: WholeVoices) -> tuple[Block, ...]:
    """Three sheets of the workbook: who was asked, the counts, and what was said."""
    return _asked_sheet(edition, asked), _spread_sheet(edition, voices), _voices_sheet(edition, voices)


def _asked_sheet(edition: Edition, asked: list[AskedRow]) -> Block:
    columns = (
        _column("name", _("Who"), _("Who was asked")),
        _column("email", _("Address"), _("Where the mail went")),
        _column("conditions", _("Condition"), _("The conditions that were asked about")),
        _column("is_named", _("Names"), _("With or without name, as announced to whoever was asked")),
        _column("message", _("A few words of your own"), _("What the asker wrote in the mail")),
        _column("asked_by", _("Asked by"), _("Who asked")),
        _column("created_at", _("Asked"), _("When it was asked"), "datetime"),
        _column("reminded_at", _("Reminded"), _("When the last reminder went"), "datetime"),
        _column("state", _("State"), _("Answered or not; never what")),
    )
    titles, states = {c.id: c.title for c in edition.conditions}, asked_states(edition.language, has_mail=True)
    rows = tuple(
        (
            row.guest.name,
            row.guest.email,
            "; ".join(titles.get(c, c) for c in row.inquiry.conditions),
            _("with name") if row.inquiry.is_named else _("without name"),
            row.inquiry.message,
            row.inquiry.asked_by.label if row.inquiry.asked_by else "",
            timezone.localtime(row.guest.created_at),
            timezone.localtime(row.guest.reminded_at) if row.guest.reminded_at else None,
            states[row.state].word,
        )
        for row in asked
    )
    return Table(name=_("asked"), caption=_("Who has been asked"), columns=columns, rows=rows)


def _spread_sheet(edition: Edition, voices: WholeVoices) -> Block:
    words = answer_words() | {"": _left_open()}
    about = _("How many colleagues say this")
    columns = (
        _column("condition_id", "id", _("Lasting id of the condition")),
        _column("condition", _("Condition"), _("The condition in short")),
        *(_column(f"count_{answer or 'open'}", words[answer], about) for answer in (*ANSWERS, "")),
        _column("waiting", _("Waiting"), _("Whether there are answers without names that cannot be shown yet")),
    )
    rows = tuple(
        (
            c.id,
            c.title,
            *(
                count_in_words(found.counts.get(answer, Count(0, 0))) if found.people else ""
                for answer in (*ANSWERS, "")
            ),
            waiting_words() if found.is_waiting else "",
        )
        for c in edition.conditions
        if (found := voices.spreads.get(c.id)) is not None
    )
    return Table(name=_("spread"), caption=_("What colleagues say"), columns=columns, rows=rows)


def _voices_sheet(edition: Edition, voices: WholeVoices) -> Block:
    words = answer_words()
    columns = (
        _column("condition", _("Condition"), _("The condition in short")),
        _column("who", _("Who"), _("Who said it; empty without a name")),
        _column("value", _("Answer"), _("The answer; empty without a name, where only counts are shown"), "state"),
        _column("how", _("How do we know?"), _("In the words of this colleague")),
        _column("changed_at", _("Last changed"), _("When it was last saved; never kept without a name"), "datetime"),
    )
    rows: list[tuple[Cell, ...]] = []
    for c in edition.conditions:
        for v in voices.named.get(c.id, []):
            name = v.guest.name if v.guest else ""
            at = timezone.localtime(v.changed_at) if v.changed_at else None
            rows.append((c.title, name, words[v.value], v.how, at))
        rows += [(c.title, "", "", text, None) for text in voices.texts.get(c.id, [])]
    return Table(name=_("voices"), caption=_("Voices of colleagues"), columns=columns, rows=tuple(rows))
