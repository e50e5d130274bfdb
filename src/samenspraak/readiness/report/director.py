"""One A4 that a director can sign: where we are, what is asked, what it brings and can cost, the decision."""

from __future__ import annotations

import re

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenspraak.documents.blocks import (
    Block,
    Bullets,
    Choice,
    Choices,
    Column,
    Columns,
    Document,
    Figures,
    Paragraph,
    Section,
    Signature,
    State,
    StateRow,
    States,
)
from samenspraak.method.types import Condition, Edition
from samenspraak.people.models import Member
from samenspraak.readiness.models import Answer, Round
from samenspraak.readiness.queries import answers_of, edition_of, sheets_of, signed_of
from samenspraak.readiness.report.asked import needs
from samenspraak.readiness.report.words import answer_words, default_question
from samenspraak.tasks.models import Task
from samenspraak.tasks.queries import open_tasks_of
from samenspraak.ui.jinja import day, short_day

STATES: dict[str, State] = {"yes": "good", "partly": "partly", "no": "no", "unknown": "unknown", "": "open"}
MOST_TASKS = 5
DETAIL = 80


def director_page(member: Member, round: Round, language: str) -> Document:
    """The page, in the language of whoever prints it; a fixed number of queries."""
    edition = edition_of(round, language)
    sheets = sheets_of(round)
    signed = signed_of(round, sheets["mandate"])
    answers = answers_of(round)
    tasks, number = open_tasks_of(member, round.id, MOST_TASKS)
    needed = needs(sheets, signed, edition)
    return Document(
        title=round.question or default_question(),
        language=edition.language,
        day=timezone.localdate(),
        organisation=member.organisation.name,
        logo=bytes(member.organisation.logo) if member.organisation.logo else None,
        kind="page",
        sender_line=_("For the director. From %(name)s. %(day)s")
        % {"name": member.label, "day": day(timezone.localdate())},
        lead=round.motive,
        blocks=(
            Section(title=_("Where we are"), blocks=(_where(edition, answers),)),
            Section(title=_("What I ask"), blocks=tuple(_ask(round, needed, tasks, number - len(tasks)))),
            *_benefits(round),
            Section(title=_("Your decision"), blocks=_decision(has_needs=bool(needed))),
        ),
        foot_start=_(
            "Meeting conditions raises the chance of a good conversation. It is no test. "
            "Made with Samenspraak, independent of the SER."
        ),
        foot_end=_("round %(name)s, edition %(edition)s") % {"name": round.name, "edition": edition.name},
        fits_one_page=True,
        subject=_("Conditions for starting a stakeholder dialogue"),
    )


def _where(edition: Edition, answers: dict[str, Answer]) -> Block:
    return Columns(
        columns=tuple(
            Column(title=c.title, blocks=(States(rows=tuple(state_row(x, answers.get(x.id)) for x in c.conditions)),))
            for c in edition.categories
        )
    )


def state_row(condition: Condition, answer: Answer | None) -> StateRow:
    """How one condition stands, with the start of how we know when it is not met."""
    value = answer.value if answer else ""
    detail = "" if value == "yes" or not answer else _first_words(answer.how)
    return StateRow(state=STATES[value], word=answer_words()[value], text=condition.title, detail=detail)


def _first_words(text: str) -> str:
    """The first sentence, cut at a word when it is long: the page has room for one line under a condition."""
    line = " ".join(text.split())
    end = re.search(r"[.!?](?= |$)", line)
    sentence = line[: end.start()] if end else line
    if len(sentence) <= DETAIL:
        return sentence
    return sentence[:DETAIL].rsplit(" ", 1)[0].rstrip(".,;:") + " …"


def _ask(round: Round, needed: list[Block], tasks: list[Task], left: int) -> list[Block]:
    figures = [block for block in needed if isinstance(block, Figures)]
    blocks: list[Block] = [*figures]
    if round.ask:
        blocks.append(Paragraph(text=round.ask))
    blocks += [block for block in needed if block not in figures]
    if tasks and needed:  # hours, money and mandate take the room
        number = len(tasks) + left
        text = ngettext("%(num)s task is open beside this.", "%(num)s tasks are open beside this.", number)
        blocks.append(Paragraph(text=text % {"num": number}, tone="quiet"))
    elif tasks:
        blocks.append(Paragraph(text=_("This is what we are working on:"), tone="quiet"))
        blocks.append(Bullets(items=tuple(_task_line(t) for t in tasks)))
        if left:
            text = ngettext("And %(num)s more task.", "And %(num)s more tasks.", left) % {"num": left}
            blocks.append(Paragraph(text=text, tone="quiet"))
    if not blocks:
        blocks.append(Paragraph(text=_("Your support for talking with the people our business touches.")))
    return blocks


def _task_line(task: Task) -> str:
    ends = [task.owner.person.name if task.owner else task.who, short_day(task.due_on) if task.due_on else ""]
    end = ", ".join(e for e in ends if e)
    return f"{task.title} ({end})" if end else task.title


def _benefits(round: Round) -> list[Block]:
    text = "\n\n".join(t for t in (round.benefits, round.feasibility) if t)
    if not text:
        return []
    return [Section(title=_("What it brings, and what it can cost"), blocks=(Paragraph(text=text),))]


def _decision(*, has_needs: bool) -> tuple[Block, ...]:
    agreed = _("with the hours, the money and the mandate above.") if has_needs else _("with what is asked above.")
    return (
        Choices(
            items=(
                Choice(label=_("Agreed,"), text=agreed),
                Choice(label=_("Agreed, with this change:"), lines=1),
                Choice(label=_("Not yet, because:"), lines=1),
            )
        ),
        Signature(labels=(_("Name"), _("Signature"), _("Date"))),
    )
