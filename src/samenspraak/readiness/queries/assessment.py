"""Reads of self-assessments, and the loaders that authorise: your own, and what a colleague shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from samenspraak.library.queries import edition_for
from samenspraak.method.scoring import Answer, Colour, colours, priorities, start_step, suggestions
from samenspraak.method.types import Edition, Element, Language, Statement, Step
from samenspraak.people.models import Guest, Member
from samenspraak.people.remembered import Remembered, columns
from samenspraak.readiness.models import Answer as AnswerRow
from samenspraak.readiness.models import Assessment, ElementAnswers, TeamAssessment
from samenspraak.ui.jinja import day as day_in_words

MOST_SUGGESTIONS = 3
BESIDE = 4
SHOWN = 20
FEW = 5
ELEMENTS = 9


@dataclass(frozen=True, kw_only=True)
class ElementResult:
    """How one element stands; ``missing`` statements have no answer yet."""

    element: Element
    colour: Colour
    suggestions: tuple[Statement, ...]
    strengths: tuple[Statement, ...]
    missing: int


@dataclass(frozen=True, kw_only=True)
class StepResult:
    """A step that asks attention, and the elements that make it so."""

    step: Step
    because: tuple[Element, ...]


@dataclass(frozen=True, kw_only=True)
class Result:
    """What answers to the 36 statements say. There is no mark over the elements, on purpose."""

    edition: Edition
    elements: tuple[ElementResult, ...]
    steps: tuple[StepResult, ...]
    begin: Step | None

    @property
    def colours(self) -> dict[str, Colour]:
        """The colour of each element by its id."""
        return {found.element.id: found.colour for found in self.elements}

    def count(self, colour: Colour) -> int:
        """How many elements have this colour."""
        return sum(found.colour == colour for found in self.elements)


def result_of(edition: Edition, answers: Mapping[str, str]) -> Result:
    """The result of these answers; a statement without an answer makes its element grey."""
    given = cast("Mapping[str, Answer]", answers)
    found = colours(edition, given)
    return Result(
        edition=edition,
        elements=tuple(_element(element, found[element.id], given) for element in edition.elements),
        steps=steps_of(edition, found),
        begin=start_step(edition, priorities(edition, found)),
    )


def _element(element: Element, colour: Colour, answers: Mapping[str, Answer]) -> ElementResult:
    return ElementResult(
        element=element,
        colour=colour,
        suggestions=suggestions(element, answers)[:MOST_SUGGESTIONS],
        strengths=tuple(s for s in element.statements if answers.get(s.id) == "yes"),
        missing=sum(s.id not in answers for s in element.statements),
    )


def steps_of(edition: Edition, colours: Mapping[str, Colour]) -> tuple[StepResult, ...]:
    """The steps that ask attention, in the order of the road, each with its orange elements."""
    titles = {element.id: element for element in edition.elements}
    asking = ((step, tuple(titles[e] for e in step.elements if colours[e] == "orange")) for step in edition.steps)
    return tuple(StepResult(step=step, because=because) for step, because in asking if because)


def edition_named(member: Member, name: str, language: str) -> Edition:
    """An edition by its name as the organisation reads it."""
    wanted: Language = "en" if language == "en" else "nl"
    return edition_for(member.organisation, wanted, name)


def element_for(edition: Edition, element_id: str) -> Element:
    """The element of this edition; else 404."""
    found = next((element for element in edition.elements if element.id == element_id), None)
    if found is None:
        raise Http404
    return found


_FIELDS = columns(Assessment)
_ONE = Remembered(
    lambda organisation_id, assessment_id: Assessment.objects.filter(
        organisation_id=organisation_id, id=assessment_id
    ).values_list(*_FIELDS)
)


def _assessment(member: Member, assessment_id: UUID) -> Assessment:
    """Any self-assessment of the organisation, not yet for this member's eyes; else 404."""
    rows = _ONE(member.organisation_id, assessment_id)
    if not rows:
        raise Http404
    found = Assessment.from_db("default", _FIELDS, rows[0])
    if found.member_id == member.id:
        found.member = member
    return found


def own_assessment(member: Member, assessment_id: UUID) -> Assessment:
    """What this member fills in or filled in, alone or on the way to a team; else 404."""
    found = _assessment(member, assessment_id)
    if found.member_id != member.id:
        raise Http404
    return found


def assessment_for(member: Member, assessment_id: UUID) -> Assessment:
    """A self-assessment this member may read: the own one, or one that a colleague finished and shared; else 404."""
    found = _assessment(member, assessment_id)
    if not is_readable(member, found):
        raise Http404
    return found


def is_readable(member: Member, assessment: Assessment) -> bool:
    """Whether it is this member's own, or finished and shared."""
    return assessment.member_id == member.id or (assessment.is_finished and assessment.shared_on is not None)


def origin_of(member: Member, assessment_id: UUID) -> tuple[str, bool]:
    """The edition of any self-assessment here, and whether this member may read it; nothing else of it is told."""
    found = _assessment(member, assessment_id)
    return found.edition, is_readable(member, found)


_DRAFT = Remembered(
    lambda organisation_id, member_id: Assessment.objects.filter(
        organisation_id=organisation_id, member_id=member_id, team=None, finished_on=None
    ).values_list(*_FIELDS)
)


def draft_of(member: Member) -> Assessment | None:
    """What this member is filling in alone."""
    rows = _DRAFT(member.organisation_id, member.id)
    return Assessment.from_db("default", _FIELDS, rows[0]) if rows else None


def guest_draft(guest: Guest) -> Assessment | None:
    """What a guest is filling in for a team."""
    return Assessment.objects.filter(organisation_id=guest.organisation_id, team_id=guest.subject, guest=guest).first()


_ELEMENT_FIELDS = columns(ElementAnswers)
_ANSWERS = Remembered(
    lambda organisation_id, assessment_id: ElementAnswers.objects.filter(
        organisation_id=organisation_id, assessment_id=assessment_id
    ).values_list(*_ELEMENT_FIELDS)
)


def answers_by_element(assessment: Assessment) -> dict[str, ElementAnswers]:
    """What stands at each element where something does."""
    rows = _ANSWERS(assessment.organisation_id, assessment.id)
    found = [ElementAnswers.from_db("default", _ELEMENT_FIELDS, row) for row in rows]
    return {answers.element_id: answers for answers in found}


def statement_answers(assessment: Assessment) -> dict[str, str]:
    """Every answer of one self-assessment, by the id of the statement."""
    return said_in(answers_by_element(assessment))


def said_in(elements: Mapping[str, ElementAnswers]) -> dict[str, str]:
    """The answers in these rows, by the id of the statement."""
    return {statement: value for row in elements.values() for statement, value in row.answers.items()}


class Finished(NamedTuple):
    """A line in a list of results; ``by`` is whose it is."""

    id: UUID
    edition: str
    finished_on: date
    shared_on: date | None
    by: str


_FINISHED = ("id", "edition", "finished_on", "shared_on", "member__person__name")


def _finished(found: QuerySet[Assessment]) -> QuerySet[Assessment, tuple[Any, ...]]:
    rows = found.filter(team=None, finished_on__isnull=False).order_by("-finished_on", "-id")
    return rows.values_list(*_FINISHED)[:SHOWN]


_BY = Remembered(
    lambda organisation_id, member_id: _finished(
        Assessment.objects.filter(organisation_id=organisation_id, member_id=member_id)
    )
)
_SHARED = Remembered(
    lambda organisation_id, member_id: _finished(
        Assessment.objects.filter(organisation_id=organisation_id, shared_on__isnull=False).exclude(member_id=member_id)
    )
)


def finished_by(member: Member) -> list[Finished]:
    """What this member finished, the newest twenty."""
    return [Finished(*row) for row in _BY(member.organisation_id, member.id)]


def shared_by_others(member: Member) -> list[Finished]:
    """What colleagues finished and shared, the newest twenty."""
    return [Finished(*row) for row in _SHARED(member.organisation_id, member.id)]


_NEWEST = Remembered(
    lambda organisation_id, member_id: (
        ElementAnswers.objects.filter(
            organisation_id=organisation_id,
            assessment__member_id=member_id,
            assessment__team=None,
            assessment__finished_on__isnull=False,
        )
        .order_by("-assessment__finished_on", "-assessment_id")
        .values_list("assessment_id", "assessment__finished_on", "assessment__edition", "answers")[:ELEMENTS]
    )
)


class Newest(NamedTuple):
    """The result a member finished last."""

    id: UUID
    finished_on: date
    result: Result


def newest_result(member: Member, language: str) -> Newest | None:
    """What this member finished last, for the own route; None when there is none yet. One query, also on every home."""
    rows = _NEWEST(member.organisation_id, member.id)
    if not rows:
        return None
    newest_id, finished_on, name, _answers = rows[0]
    answers = {statement: value for row in rows if row[0] == newest_id for statement, value in row[3].items()}
    return Newest(newest_id, finished_on, result_of(edition_named(member, name, language), answers))


def results_of(member: Member, several: list[Finished], language: str) -> list[Result]:
    """What several of them say, in the same order; one query."""
    found = ElementAnswers.objects.filter(
        organisation_id=member.organisation_id, assessment_id__in=[one.id for one in several]
    )
    answers: dict[UUID, dict[str, str]] = {one.id: {} for one in several}
    for assessment_id, given in found.values_list("assessment_id", "answers"):
        answers[assessment_id] |= given
    return [result_of(edition_named(member, one.edition, language), answers[one.id]) for one in several]


class Insight(NamedTuple):
    """A day on which a self-assessment was finished here, and by whom or by which team."""

    on: date
    by: str


def insights_of(member: Member) -> list[Insight]:
    """When people and teams here finished a self-assessment, the newest five. What they answered is not told."""
    people = Assessment.objects.filter(organisation_id=member.organisation_id, team=None, finished_on__isnull=False)
    teams = TeamAssessment.objects.filter(organisation_id=member.organisation_id, closed_on__isnull=False)
    rows = [
        *people.order_by("-finished_on", "-id").values_list("finished_on", "member__person__name")[:FEW],
        *teams.order_by("-closed_on", "-id").values_list("closed_on", "name")[:FEW],
    ]
    return sorted((Insight(day, by) for day, by in rows if day), reverse=True)[:FEW]


def insight_text(day: date) -> str:
    """What stands at the condition about insight when a self-assessment filled it in, in the language of now."""
    return _("Self-assessment done on %(day)s.") % {"day": day_in_words(day)}


def is_from_assessment(member: Member, answer: AnswerRow) -> bool:
    """Whether an answer is still as a self-assessment left it: its first version, with our words."""
    if (answer.version, answer.value, answer.owner_id) != (1, "yes", None):
        return False
    for language in ("nl", "en"):
        with translation.override(language):
            if answer.how in {insight_text(insight.on) for insight in insights_of(member)}:
                return True
    return False
