"""The full report of a round: everything that is kept about it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from samenspraak.documents.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Section,
    States,
    Table,
    TableColumn,
)
from samenspraak.method.types import Condition, Edition
from samenspraak.people.models import HistoryEntry, Member
from samenspraak.people.queries import whole_history
from samenspraak.readiness.models import Answer, Evidence, Round
from samenspraak.readiness.queries import (
    answers_of,
    beginning_of,
    edition_of,
    evidence_by_condition,
    sheets_of,
    signatures_of,
    whole_voices,
    withdrawn_of,
)
from samenspraak.readiness.report.director import state_row
from samenspraak.readiness.report.instruments import needs_of
from samenspraak.readiness.report.needs import item_names
from samenspraak.readiness.report.voices import voices_blocks
from samenspraak.readiness.report.words import answer_words, change_in_words, history_fields
from samenspraak.tasks.models import Task
from samenspraak.tasks.queries import tasks_of_origin
from samenspraak.ui.jinja import day as day_in_words
from samenspraak.ui.jinja import file_size, moment


def _day(value: date | datetime | None) -> str:
    return day_in_words(value) if value else "–"


def _by(name: str, when: str) -> str:
    return f"{when}, {name}" if name else when


def full_report(member: Member, round: Round, language: str) -> Document:
    """The report, in the language of whoever prints it; a fixed number of queries."""
    edition = edition_of(round, language)
    answers = answers_of(round)
    evidence = evidence_by_condition(round)
    voices = whole_voices(round)
    tasks = tasks_of_origin(member, round.id)
    withdrawn = withdrawn_of(round, edition, answers)
    conditions: list[Block] = []
    for condition in (*edition.conditions, *withdrawn):
        own = [t for t in tasks if t.origin_item == condition.id]
        conditions += _condition(condition, answers.get(condition.id), evidence.get(condition.id, []), own)
        conditions += voices_blocks(condition, voices, language)
    return Document(
        title=_("Are we ready for a conversation?"),
        language=edition.language,
        day=timezone.localdate(),
        organisation=member.organisation.name,
        logo=bytes(member.organisation.logo) if member.organisation.logo else None,
        kind="report",
        sender_line=round.name,
        lead=round.motive,
        blocks=(
            Section(title=_("This round"), blocks=(Facts(rows=_facts(round, edition, *beginning_of(round))),)),
            _overview(edition, answers),
            *_words(round),
            *needs_of(sheets_of(round), edition, signatures_of(round)),
            *conditions,
            Heading(text=_("What changed, when and by whom")),
            _history(whole_history(member, round.id), item_names(edition) | {c.id: c.title for c in withdrawn}),
        ),
        foot_start=_("Made with Samenspraak, independent of the SER. Method: edition %(edition)s.")
        % {"edition": edition.name},
        subject=_("Conditions for starting a stakeholder dialogue"),
    )


def _facts(round: Round, edition: Edition, previous: str, started_by: str) -> tuple[tuple[str, str], ...]:
    return (
        (_("Name"), round.name),
        (_("Part of the company"), round.unit or _("the whole company")),
        (_("Date"), _day(round.held_on)),
        (_("Started"), _by(started_by, moment(round.created_at))),
        (_("Began with the answers of"), previous or "–"),
        (_("Closed"), _day(round.closed_at)),
        (_("Question to the director"), round.question or "–"),
        (_("Edition of the method"), _edition(edition)),
    )


def _edition(edition: Edition) -> str:
    if not edition.laid:
        return edition.name
    return _("%(edition)s, with the own words of your organisation") % {"edition": edition.name}


def _overview(edition: Edition, answers: dict[str, Answer]) -> Block:
    rows = tuple(state_row(c, answers.get(c.id)) for c in edition.conditions)
    notice = Notice(
        text=_(
            "Conditions raise the chance of a meaningful dialogue and show what is feasible. "
            "They are no gate: a company may start while some are open."
        )
    )
    return Section(title=_("Where we are"), blocks=(States(rows=rows), notice))


def _words(round: Round) -> list[Block]:
    texts = (
        (_("What we think is feasible"), round.feasibility),
        (_("What we ask"), round.ask),
        (_("What it brings, and can cost"), round.benefits),
    )
    return [Section(title=title, blocks=(Paragraph(text=text),)) for title, text in texts if text]


def _condition(condition: Condition, answer: Answer | None, evidence: list[Evidence], tasks: list[Task]) -> list[Block]:
    value = answer.value if answer else ""
    changed_by = answer.changed_by.person.name if answer and answer.changed_by else ""
    owner = answer.owner.label if answer and answer.owner else "–"
    blocks: list[Block] = [
        *_whose(condition),
        Paragraph(text=condition.statement, tone="lead"),
        Facts(
            rows=(
                (_("Answer"), answer_words()[value]),
                (_("Who"), owner),
                (_("When"), _day(answer.due_on if answer else None)),
                (_("Last changed"), _by(changed_by, moment(answer.changed_at)) if answer else "–"),
            )
        ),
        Heading(text=_("How do we know?"), level=3),
        Paragraph(text=answer.how if answer and answer.how else "–"),
    ]
    if evidence:
        blocks += [Heading(text=_("Evidence"), level=3), Bullets(items=tuple(map(_evidence_line, evidence)))]
    if tasks:
        blocks += [Heading(text=_("Tasks"), level=3), _tasks(condition, tasks)]
    number = f"{condition.code[1:]}. " if condition.code else ""
    return [Heading(text=f"{number}{condition.title}"), *blocks]


def _whose(condition: Condition) -> list[Block]:
    """Says of an own condition that it is one, and of one that was taken back why it still stands here."""
    if not condition.is_own:
        return []
    text = (
        _("A condition of your own organisation.")
        if condition.code
        else _("A condition of your own organisation that was taken back. What was answered stays here.")
    )
    return [Paragraph(text=text, tone="quiet")]


def _evidence_line(evidence: Evidence) -> str:
    added = _("added by %(name)s on %(day)s") % {
        "name": evidence.added_by.person.name if evidence.added_by else "–",
        "day": _day(evidence.added_at),
    }
    what = evidence.link or f"{file_size(evidence.size)}, {evidence.media_type}, sha256 {evidence.sha256}"
    return f"{evidence.name}\n{what}\n{added}"


def _tasks(condition: Condition, tasks: list[Task]) -> Block:
    rows = tuple((t.title, t.who, t.due_on, _task_state(t), t.note) for t in tasks)
    return Table(
        name=f"tasks {condition.code or condition.id}",
        caption=_("Tasks of this condition"),
        is_caption_shown=False,
        columns=(
            TableColumn(key="title", title=_("What"), about=_("What has to be done"), width=3),
            TableColumn(key="owner", title=_("Who"), about=_("Who takes care of it"), width=1.4),
            TableColumn(key="due_on", title=_("When"), about=_("The day it is done"), kind="date", width=1.4),
            TableColumn(key="state", title=_("State"), about=_("Open or done, with the note"), width=1.6),
            TableColumn(key="note", title=_("Note"), about=_("What helps to know"), width=1.6),
        ),
        rows=rows,
    )


def _task_state(task: Task) -> str:
    made = _("made on %(day)s by %(name)s") % {
        "day": _day(task.created_at),
        "name": task.created_by.person.name if task.created_by else "–",
    }
    return f"{_task_end(task)}\n{made}"


def _task_end(task: Task) -> str:
    if not task.done_at:
        return _("open")
    done = _("done on %(day)s by %(name)s") % {
        "day": _day(task.done_at),
        "name": task.finisher or "–",
    }
    return f"{done}: {task.done_note}" if task.done_note else done


def _history(entries: list[HistoryEntry], titles: dict[str, str]) -> Block:
    names = history_fields()
    rows = tuple(
        (
            moment(e.at),
            e.member_name,
            ": ".join(x for x in (titles.get(e.item, e.item), names.get(e.field, e.field)) if x),
            *change_in_words(e),
        )
        for e in entries
    )
    return Table(
        name="history",
        caption=_("What changed, when and by whom"),
        is_caption_shown=False,
        columns=(
            TableColumn(key="at", title=_("When"), about=_("When it was saved"), width=1.5),
            TableColumn(key="who", title=_("Who"), about=_("Who changed it"), width=1.2),
            TableColumn(key="what", title=_("What"), about=_("What changed"), width=1.8),
            TableColumn(key="old", title=_("From"), about=_("What stood there before"), width=1.7),
            TableColumn(key="new", title=_("To"), about=_("What stands there now"), width=1.7),
        ),
        rows=rows,
    )
