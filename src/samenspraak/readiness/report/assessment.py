"""Papers of the self-assessment: one result, the spread of a team, and a blank form."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from samenspraak.documents.blocks import (
    Block,
    Bullets,
    Choice,
    Choices,
    Document,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Section,
    State,
    StateRow,
    States,
    Table,
    TableColumn,
    WritingLines,
)
from samenspraak.method.small_groups import NO_ANSWER, Shown
from samenspraak.method.standing import ANSWERS
from samenspraak.method.types import Edition
from samenspraak.people.models import Member, Organisation
from samenspraak.readiness.models import Assessment, TeamAssessment
from samenspraak.readiness.queries import (
    COLOURS,
    ElementResult,
    Result,
    StepResult,
    TeamElement,
    TeamResult,
    edition_named,
    handed_in,
    result_of,
    statement_answers,
    team_result,
)
from samenspraak.readiness.report.words import (
    answer_words,
    colour_words,
    people_in_words,
    result_headline,
    withheld_words,
)
from samenspraak.ui.jinja import day as day_in_words
from samenspraak.ui.jinja import upper_first

STATES: dict[str, State] = {"green": "good", "orange": "attention", "grey": "unknown"}


def _paper(organisation: Organisation, edition: Edition, title: str, *, lead: str, blocks: list[Block]) -> Document:
    return Document(
        title=title,
        language=edition.language,
        day=timezone.localdate(),
        organisation=organisation.name,
        logo=bytes(organisation.logo) if organisation.logo else None,
        kind="report",
        lead=lead,
        blocks=tuple(blocks),
        foot_start=_("Statements and colours are our own proposal. Made with Samenspraak, independent of the SER."),
        foot_end=_("edition %(edition)s") % {"edition": edition.name},
        subject=_("Self-assessment on the nine elements"),
    )


def assessment_paper(member: Member, assessment: Assessment, language: str) -> Document:
    """What one person's self-assessment says; one query."""
    edition = edition_named(member, assessment.edition, language)
    answers = statement_answers(assessment)
    result = result_of(edition, answers)
    whose = assessment.member.label if assessment.member else ""
    finished = day_in_words(assessment.finished_on) if assessment.finished_on else _("not finished yet")
    facts = ((_("Filled in by"), whose), (_("Finished"), finished), (_("Edition of the method"), edition.name))
    rows = tuple(_state_row(found) for found in result.elements)
    return _paper(
        member.organisation,
        edition,
        _("Self-assessment"),
        lead=result_headline(language, result.count("green"), result.count("orange")),
        blocks=[
            Section(title=_("This self-assessment"), blocks=(Facts(rows=facts),)),
            Section(title=_("The nine elements"), blocks=(States(rows=rows), _no_mark())),
            *_steps(result.steps),
            *_suggestions(result),
            Heading(text=_("All answers")),
            _answers(edition, answers, result),
        ],
    )


def _no_mark() -> Block:
    return Notice(text=_("There is no mark: the elements belong together. Weigh them as a whole."))


def _state_row(found: ElementResult) -> StateRow:
    word = upper_first(colour_words()[found.colour])
    return StateRow(state=STATES[found.colour], word=word, text=found.element.title, detail="")


def _steps(steps: tuple[StepResult, ...]) -> list[Block]:
    if not steps:
        return []
    items = tuple(f"{s.step.number}. {s.step.title} ({', '.join(e.title.lower() for e in s.because)})" for s in steps)
    return [Section(title=_("Steps that ask attention"), blocks=(Bullets(items=items),))]


def _suggestions(result: Result) -> list[Block]:
    blocks: list[Block] = []
    for found in result.elements:
        if found.suggestions:
            blocks.append(Heading(text=found.element.title, level=3))
            blocks.append(Bullets(items=tuple(s.suggestion for s in found.suggestions)))
    return [Heading(text=_("What helps")), *blocks] if blocks else []


def _answers(edition: Edition, answers: dict[str, str], result: Result) -> Block:
    words, colours = answer_words(), result.colours
    rows = tuple(
        (element.title, colour_words()[colours[element.id]], statement.text, words[answers.get(statement.id, "")])
        for element in edition.elements
        for statement in element.statements
    )
    return Table(
        name=_("answers"),
        caption=_("All answers"),
        is_caption_shown=False,
        columns=(
            TableColumn(key="element", title=_("Element"), about=_("One of the nine elements"), width=1.4),
            TableColumn(key="colour", title=_("Colour"), about=_("Green, orange or grey"), kind="state", width=1.4),
            TableColumn(key="statement", title=_("Statement"), about=_("What it is about"), width=3.4),
            TableColumn(key="answer", title=_("Answer"), about=_("What was answered"), kind="state", width=1.3),
        ),
        rows=rows,
    )


def team_paper(member: Member, team: TeamAssessment, language: str) -> Document:
    """What may be shown of a team, through the same rule as the page; a fixed number of queries."""
    edition = edition_named(member, team.edition, language)
    result, handed = team_result(team, edition), handed_in(team)
    closed = day_in_words(team.closed_on) if team.closed_on else _("still open")
    facts = ((_("Name"), team.name), (_("Handed in"), str(handed.total)), (_("Closed"), closed))
    blocks: list[Block] = [Section(title=_("This self-assessment"), blocks=(Facts(rows=facts),))]
    if result.withheld:
        blocks.append(Notice(text=withheld_words(result.withheld.reason), tone="attention"))
    else:
        blocks += _spread(result)
    return _paper(member.organisation, edition, _("Self-assessment of a team"), lead=team.name, blocks=blocks)


def _spread(result: TeamResult) -> list[Block]:
    blocks: list[Block] = [Paragraph(text=_("Nobody can see who answered what."), tone="quiet")]
    if result.kept_back:
        blocks.append(Paragraph(text=kept_back_words(result.kept_back), tone="quiet"))
    blocks += [Heading(text=_("The spread per element")), _colour_table(result.elements)]
    blocks += [Heading(text=_("The spread per statement")), _statement_table(result.elements), _no_mark()]
    return blocks


def kept_back_words(number: int) -> str:
    """Why some forms are not in the numbers."""
    return _("Forms that are too few to be shown: %(number)s. They are left out.") % {"number": number}


def _counts(shown: Shown, options: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(people_in_words(shown.counts[option]) for option in options)


def _colour_table(elements: tuple[TeamElement, ...]) -> Block:
    columns = [TableColumn(key="element", title=_("Element"), about=_("One of the nine elements"), width=2.2)]
    columns += [
        TableColumn(key=colour, title=upper_first(colour_words()[colour]), about=_("How many people"), width=1.4)
        for colour in COLOURS
    ]
    rows = tuple((found.element.title, *_counts(found.colours, COLOURS)) for found in elements)
    return Table(
        name=_("elements"),
        caption=_("The spread per element"),
        is_caption_shown=False,
        columns=tuple(columns),
        rows=rows,
    )


def _statement_table(elements: tuple[TeamElement, ...]) -> Block:
    words = answer_words()
    options = (*ANSWERS, NO_ANSWER)
    columns = [
        TableColumn(key="element", title=_("Element"), about=_("One of the nine elements"), width=1.5),
        TableColumn(key="statement", title=_("Statement"), about=_("What it is about"), width=3),
    ]
    columns += [
        TableColumn(key=option or "open", title=words[option], about=_("How many people"), width=0.9)
        for option in options
    ]
    rows = tuple(
        (found.element.title, statement.text, *_counts(shown, options))
        for found in elements
        for statement, shown in found.statements
    )
    return Table(
        name=_("statements"),
        caption=_("The spread per statement"),
        is_caption_shown=False,
        columns=tuple(columns),
        rows=rows,
    )


def statements_form(organisation: Organisation, edition: Edition, today: date) -> Document:
    """The 36 statements to tick by hand, in the edition's language; no queries."""
    blocks: list[Block] = [WritingLines(count=1, label=_("Filled in on (and by, if you like)"))]
    number = 0
    for element in edition.elements:
        blocks += [Heading(text=element.title), Paragraph(text=element.short, tone="quiet")]
        for statement in element.statements:
            number += 1
            blocks.append(Paragraph(text=f"{number}. {statement.text}"))
            blocks.append(Choices(items=tuple(Choice(label=answer_words()[a]) for a in ANSWERS), is_row=True))
    return Document(
        title=_("Self-assessment: 36 statements"),
        language=edition.language,
        day=today,
        organisation=organisation.name,
        logo=bytes(organisation.logo) if organisation.logo else None,
        kind="form",
        lead=_(
            "About twelve minutes. Tick what is so today, not what you hope for. “I don’t know yet” is an answer too."
        ),
        blocks=tuple(blocks),
        foot_start=_("Statements and colours are our own proposal. Made with Samenspraak, independent of the SER."),
        foot_end=_("edition %(edition)s") % {"edition": edition.name},
        subject=_("Self-assessment on the nine elements"),
    )
