"""The workbook: every stored field of a round, a row each, with a code book."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from samenspraak.documents.blocks import Block, Cell, ColumnKind, Document, Table, TableColumn
from samenspraak.method.types import Condition, Edition
from samenspraak.people.models import HistoryEntry, Member
from samenspraak.people.queries import whole_history
from samenspraak.readiness.models import Answer, Evidence, Round
from samenspraak.readiness.queries import (
    answers_of,
    beginning_of,
    edition_of,
    everybody_asked,
    evidence_by_condition,
    sheets_of,
    signatures_of,
    whole_voices,
    withdrawn_of,
)
from samenspraak.readiness.report.instruments import needs_tables
from samenspraak.readiness.report.needs import item_names
from samenspraak.readiness.report.voices import voices_sheets
from samenspraak.readiness.report.words import answer_words, change_in_words, history_fields
from samenspraak.tasks.models import Task
from samenspraak.tasks.queries import tasks_of_origin


def workbook(member: Member, round: Round, language: str) -> Document:
    """The workbook, in the language of whoever asks; a fixed number of queries."""
    edition = edition_of(round, language)
    evidence = [(c, e) for c, found in evidence_by_condition(round).items() for e in found]
    answers = answers_of(round)
    withdrawn = withdrawn_of(round, edition, answers)
    titles = {c.id: c.title for c in (*edition.conditions, *withdrawn)}
    return Document(
        title=f"{_('Are we ready for a conversation?')} {round.name}",
        language=edition.language,
        day=timezone.localdate(),
        organisation=member.organisation.name,
        kind="table",
        blocks=(
            _round(round, *beginning_of(round)),
            _answers(edition, withdrawn, answers),
            _evidence(titles, evidence),
            *needs_tables(sheets_of(round), edition, signatures_of(round)),
            *voices_sheets(edition, everybody_asked(round), whole_voices(round)),
            _tasks(titles, tasks_of_origin(member, round.id)),
            _history(item_names(edition) | titles, whole_history(member, round.id)),
        ),
    )


def _column(key: str, title: str, about: str, kind: ColumnKind = "text") -> TableColumn:
    return TableColumn(key=key, title=title, about=about, kind=kind)


def _round(round: Round, previous: str, started_by: str) -> Block:
    columns = (
        _column("name", _("Name"), _("Name of the round")),
        _column("unit", _("Part of the company"), _("Empty: the whole company")),
        _column("held_on", _("Date"), _("The day of the round"), "date"),
        _column("edition", _("Edition"), _("Edition of the method that was used")),
        _column("motive", _("Why"), _("Why we want to talk")),
        _column("question", _("Question"), _("Question to the director")),
        _column("ask", _("Ask"), _("What we ask")),
        _column("benefits", _("Benefits and costs"), _("What it brings, and can cost")),
        _column("feasibility", _("Feasible"), _("What we think is feasible")),
        _column("created_at", _("Started"), _("When the round was started"), "datetime"),
        _column("created_by", _("Started by"), _("Who started the round")),
        _column("previous", _("Began with"), _("The round whose answers it began with; empty for none")),
        _column("closed_at", _("Closed"), _("When the round was closed; empty while it is open"), "datetime"),
    )
    names = {"created_by": started_by, "previous": previous}
    row = tuple(names[c.key] if c.key in names else _cell(getattr(round, c.key)) for c in columns)
    return Table(name=_("round"), caption=_("This round"), columns=columns, rows=(row,))


def _cell(value: Cell) -> Cell:
    return timezone.localtime(value) if hasattr(value, "hour") else value  # type: ignore[arg-type]


def _answers(edition: Edition, withdrawn: list[Condition], answers: dict[str, Answer]) -> Block:
    columns = (
        _column("category", _("Category"), _("Category of the condition")),
        _column("condition_id", "id", _("Lasting id of the condition")),
        _column("condition", _("Condition"), _("The condition in short")),
        _column("value", _("Answer"), _("Yes, partly, no, I don’t know yet, or not answered yet"), "state"),
        _column("how", _("How do we know?"), _("What the answer rests on")),
        _column("owner", _("Who"), _("Who takes care of it")),
        _column("due_on", _("When"), _("The day it is settled"), "date"),
        _column("changed_at", _("Last changed"), _("When the answer was last saved"), "datetime"),
        _column("changed_by", _("Changed by"), _("Who saved it last")),
    )
    asked = [(category.title, c) for category in edition.categories for c in category.conditions]
    rows = []
    for category, c in [*asked, *((_("taken back"), c) for c in withdrawn)]:
        a = answers.get(c.id) or Answer(condition_id=c.id)
        owner = a.owner.label if a.owner else ""
        changed = (_cell(a.changed_at), a.changed_by.label if a.changed_by else "")
        rows.append((category, c.id, c.title, answer_words()[a.value], a.how, owner, a.due_on, *changed))
    return Table(name=_("answers"), caption=_("Answers"), columns=columns, rows=tuple(rows))


def _evidence(titles: dict[str, str], evidence: list[tuple[str, Evidence]]) -> Block:
    columns = (
        _column("condition", _("Condition"), _("The condition in short")),
        _column("name", _("Name"), _("Name of the file or link")),
        _column("link", _("Link"), _("Where it stands, for a link"), "link"),
        _column("media_type", _("Kind of file"), _("Media type of the file")),
        _column("size", _("Bytes"), _("Size of the file"), "number"),
        _column("sha256", "sha256", _("Fingerprint of the file; the same bytes give the same fingerprint")),
        _column("added_by", _("Added by"), _("Who added it")),
        _column("added_at", _("Added"), _("When it was added"), "datetime"),
    )
    rows = tuple(
        (
            titles.get(condition, condition),
            e.name,
            e.link,
            e.media_type,
            e.size or None,
            e.sha256,
            e.added_by.label if e.added_by else "",
            _cell(e.added_at),
        )
        for condition, e in evidence
    )
    return Table(name=_("evidence"), caption=_("Evidence"), columns=columns, rows=rows)


def _tasks(titles: dict[str, str], tasks: list[Task]) -> Block:
    columns = (
        _column("condition", _("Condition"), _("The condition in short")),
        _column("title", _("What"), _("What has to be done")),
        _column("note", _("Note"), _("What helps to know")),
        _column("owner", _("Who"), _("Who takes care of it")),
        _column("due_on", _("When"), _("The day it is done"), "date"),
        _column("done_at", _("Done"), _("When it was done; empty while it is open"), "datetime"),
        _column("done_by", _("Done by"), _("Who said it is done")),
        _column("done_note", _("What came of it"), _("The note with which it was done")),
        _column("created_at", _("Made"), _("When the task was made"), "datetime"),
        _column("created_by", _("Made by"), _("Who made it")),
    )
    rows = tuple(
        (
            titles.get(t.origin_item, t.origin_item),
            t.title,
            t.note,
            t.who,
            t.due_on,
            _cell(t.done_at),
            t.done_by.label if t.done_by else t.finisher,
            t.done_note,
            _cell(t.created_at),
            t.created_by.label if t.created_by else "",
        )
        for t in tasks
    )
    return Table(name=_("tasks"), caption=_("Tasks"), columns=columns, rows=rows)


def _history(titles: dict[str, str], entries: list[HistoryEntry]) -> Block:
    columns = (
        _column("at", _("When"), _("When it was saved"), "datetime"),
        _column("who", _("Who"), _("Who changed it")),
        _column("condition", _("Condition"), _("The condition in short")),
        _column("field", _("What"), _("What changed")),
        _column("old", _("From"), _("What stood there before")),
        _column("new", _("To"), _("What stands there now")),
    )
    names = history_fields()
    rows = tuple(
        (_cell(e.at), e.member_name, titles.get(e.item, e.item), names.get(e.field, e.field), *change_in_words(e))
        for e in entries
    )
    return Table(name=_("history"), caption=_("History"), columns=columns, rows=rows)
