"""Rounds, answers, evidence and standing for programs: the same loaders, forms and actions as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django.http.response import HttpResponseBase
from django.utils import timezone
from msgspec import UNSET, UnsetType

from samenspraak.library.queries import edition_for
from samenspraak.method.standing import standing_of
from samenspraak.people.endpoints import Endpoint, Given, Operation, Page, Struct, checked, closed, stale, typed
from samenspraak.people.http import MemberRequest
from samenspraak.people.queries import members_of
from samenspraak.readiness import actions
from samenspraak.readiness.forms import AnswerForm, EvidenceForm, StartForm, TextsForm
from samenspraak.readiness.models import Answer, Evidence, Round
from samenspraak.readiness.queries import (
    answer_for,
    answers_of,
    condition_for,
    edition_of,
    evidence_for,
    evidence_of,
    round_for,
    rounds_of,
    values_of,
)
from samenspraak.readiness.report.words import season
from samenspraak.tasks.actions import StaleVersion
from samenspraak.ui.pages import page_number
from samenspraak.ui.uploads import as_download


class RoundLine(Struct, frozen=True):
    """A round in the list: how many conditions are met, how many have an answer, and how many there are."""

    id: UUID
    name: str
    unit: str
    held_on: date
    closed_at: datetime | None
    met: int
    answered: int
    total: int


class RoundWhole(Struct, frozen=True):
    """A round with its words."""

    id: UUID
    name: str
    unit: str
    held_on: date
    edition: str
    motive: str
    question: str
    ask: str
    benefits: str
    feasibility: str
    closed_at: datetime | None
    version: int


class RoundGiven(Given, frozen=True):
    """What a round starts with. ``previous`` is a round whose answers come along; ``key`` makes the post repeatable."""

    motive: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    unit: str | UnsetType = UNSET
    held_on: date | UnsetType = UNSET
    previous: UUID | UnsetType = UNSET
    key: UUID | UnsetType = UNSET


class TextsGiven(Given, frozen=True):
    """Words of a round that change; ``version`` is that of the round they are based on, and is needed."""

    version: int | UnsetType = UNSET
    name: str | UnsetType = UNSET
    unit: str | UnsetType = UNSET
    motive: str | UnsetType = UNSET
    question: str | UnsetType = UNSET
    ask: str | UnsetType = UNSET
    benefits: str | UnsetType = UNSET
    feasibility: str | UnsetType = UNSET


class AnswerWhole(Struct, frozen=True):
    """What is said about a condition; ``value`` is empty until somebody answers, ``owner`` the id of a colleague."""

    condition_id: str
    value: str
    how: str
    owner: UUID | None
    due_on: date | None
    version: int


class AnswerGiven(Given, frozen=True):
    """What changes about an answer; ``version`` is that of the answer it is based on, and is needed."""

    version: int | UnsetType = UNSET
    value: str | UnsetType = UNSET
    how: str | UnsetType = UNSET
    owner: UUID | UnsetType | None = UNSET
    due_on: date | UnsetType | None = UNSET


class Piece(Struct, frozen=True):
    """A piece of evidence: a link, or a file to be fetched by its id."""

    id: UUID
    name: str
    link: str
    media_type: str
    size: int
    sha256: str
    added_at: datetime


class LinkGiven(Given, frozen=True):
    """A link that shows how we know."""

    link: str | UnsetType = UNSET
    name: str | UnsetType = UNSET


class CategoryLine(Struct, frozen=True):
    """How one category of conditions stands, by the ids of its conditions."""

    category_id: str
    met: list[str]
    partly: list[str]
    no: list[str]
    unknown: list[str]
    open: list[str]


class StandingWhole(Struct, frozen=True):
    """How a round stands. There is no overall score; ``first`` is our own proposal for what to do first."""

    met: int
    needs_attention: int
    unanswered: int
    first: list[str]
    categories: list[CategoryLine]


def _round(round: Round) -> RoundWhole:
    return RoundWhole(**{name: getattr(round, name) for name in RoundWhole.__struct_fields__})


def _answer(answer: Answer) -> AnswerWhole:
    same = ("condition_id", "value", "how", "due_on", "version")
    values: dict[str, Any] = {name: getattr(answer, name) for name in same}
    return AnswerWhole(**values, owner=answer.owner_id)


def _piece(evidence: Evidence) -> Piece:
    return Piece(**{name: getattr(evidence, name) for name in Piece.__struct_fields__})


def rounds(request: MemberRequest) -> Page[RoundLine]:
    """The rounds, the newest first."""
    page = page_number(request)
    rows, has_more = rounds_of(request.member, page)
    return Page(items=[RoundLine(**row._asdict()) for row in rows], page=page, has_more=has_more)


def start(request: MemberRequest, given: RoundGiven) -> RoundWhole:
    """Start a round."""
    values = checked(StartForm(typed(given)))
    previous = round_for(request.member, values["previous"]) if values["previous"] else None
    day = values["held_on"] or timezone.localdate()
    draft = actions.RoundDraft(
        name=values["name"] or season(day),
        unit=values["unit"],
        held_on=day,
        edition=previous.edition if previous else edition_for(request.member.organisation, "nl").name,
        motive=values["motive"] or (previous.motive if previous else ""),
        previous=previous,
        key=values["key"] or uuid4(),
    )
    return _round(actions.start_round(request.member, draft))


def one_round(request: MemberRequest, round_id: UUID) -> RoundWhole:
    """One round."""
    return _round(round_for(request.member, round_id))


def change_round(request: MemberRequest, round_id: UUID, given: TextsGiven) -> RoundWhole:
    """Change words of a round."""
    found = round_for(request.member, round_id)
    form = TextsForm(typed(given))
    version = checked(form)["version"]
    try:
        return _round(actions.save_texts(request.member, found, form.texts(), version=version))
    except StaleVersion as problem:
        raise stale(_round(cast("Round", problem.row))) from None
    except actions.RoundClosed:
        raise closed() from None


def close(request: MemberRequest, round_id: UUID) -> RoundWhole:
    """Close a round."""
    actions.close_round(request.member, round_for(request.member, round_id))
    return _round(round_for(request.member, round_id))


def reopen(request: MemberRequest, round_id: UUID) -> RoundWhole:
    """Open a round again."""
    actions.reopen_round(request.member, round_for(request.member, round_id))
    return _round(round_for(request.member, round_id))


def answers(request: MemberRequest, round_id: UUID) -> list[AnswerWhole]:
    """What is said about each condition, in the order of the method."""
    found = round_for(request.member, round_id)
    there = answers_of(found)
    conditions = edition_of(found, request.LANGUAGE_CODE).conditions
    return [_answer(there.get(c.id) or Answer(condition_id=c.id)) for c in conditions]


def _answer_at(request: MemberRequest, round_id: UUID, condition_id: str) -> tuple[Round, Answer]:
    found = round_for(request.member, round_id)
    condition_for(edition_of(found, request.LANGUAGE_CODE), condition_id)
    return found, answer_for(found, condition_id)


def one_answer(request: MemberRequest, round_id: UUID, condition_id: str) -> AnswerWhole:
    """What is said about one condition."""
    return _answer(_answer_at(request, round_id, condition_id)[1])


def save_answer(request: MemberRequest, round_id: UUID, condition_id: str, given: AnswerGiven) -> AnswerWhole:
    """Save what is said about one condition."""
    found, present = _answer_at(request, round_id, condition_id)
    now = {"value": present.value, "how": present.how, "owner": present.owner_id, "due_on": present.due_on}
    form = AnswerForm(typed(given, now), members=members_of(request.member))
    checked(form)
    try:
        saved = actions.save_answer(request.member, found, condition_id, actions.AnswerDraft(**form.draft()))
    except StaleVersion as problem:
        raise stale(_answer(cast("Answer", problem.row))) from None
    except actions.RoundClosed:
        raise closed() from None
    return _answer(saved)


def pieces(request: MemberRequest, round_id: UUID, condition_id: str) -> Page[Piece]:
    """The evidence of one condition, the oldest first."""
    page = page_number(request)
    rows, has_more = evidence_of(_answer_at(request, round_id, condition_id)[1], page)
    return Page(items=[_piece(row) for row in rows], page=page, has_more=has_more)


def add_link(request: MemberRequest, round_id: UUID, condition_id: str, given: LinkGiven) -> Piece:
    """Add a link as evidence."""
    found, _present = _answer_at(request, round_id, condition_id)
    sent = typed(given)
    values = checked(EvidenceForm({"link": sent.get("link", ""), "link_name": sent.get("name", "")}))
    try:
        kept = actions.add_link(request.member, found, condition_id, name=values["link_name"], link=values["link"])
    except actions.RoundClosed:
        raise closed() from None
    return _piece(kept)


def file(request: MemberRequest, round_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    """A file, as it was given."""
    evidence = evidence_for(request.member, round_id, evidence_id)
    return as_download(evidence.stored_as, evidence.name, evidence.media_type)


def standing(request: MemberRequest, round_id: UUID) -> StandingWhole:
    """How a round stands."""
    found = round_for(request.member, round_id)
    stands = standing_of(edition_of(found, request.LANGUAGE_CODE), values_of(found))
    lines = [
        CategoryLine(
            category_id=c.category.id,
            met=[x.id for x in c.met],
            partly=[x.id for x in c.partly],
            no=[x.id for x in c.no],
            unknown=[x.id for x in c.unknown],
            open=[x.id for x in c.open],
        )
        for c in stands.categories
    ]
    return StandingWhole(
        met=stands.met,
        needs_attention=stands.needs_attention,
        unanswered=stands.unanswered,
        first=[c.id for c in stands.first],
        categories=lines,
    )


ROUND = "rounds/<uuid:round_id>"
CONDITION = f"{ROUND}/answers/<slug:condition_id>"
ENDPOINTS = (
    Endpoint(
        name="rounds",
        address="rounds",
        get=Operation(view=rounds, about="Rounds, the newest first", gives=Page[RoundLine], is_paged=True),
        post=Operation(view=start, about="Start a round", gives=RoundWhole, takes=RoundGiven),
    ),
    Endpoint(
        name="round",
        address=ROUND,
        get=Operation(view=one_round, about="One round", gives=RoundWhole),
        post=Operation(view=change_round, about="Change words of a round", gives=RoundWhole, takes=TextsGiven),
    ),
    Endpoint(
        name="round_close",
        address=f"{ROUND}/close",
        post=Operation(view=close, about="Close a round: nothing in it changes any more", gives=RoundWhole),
    ),
    Endpoint(
        name="round_reopen",
        address=f"{ROUND}/reopen",
        post=Operation(view=reopen, about="Open a closed round again", gives=RoundWhole),
    ),
    Endpoint(
        name="standing",
        address=f"{ROUND}/standing",
        get=Operation(view=standing, about="How a round stands", gives=StandingWhole),
    ),
    Endpoint(
        name="answers",
        address=f"{ROUND}/answers",
        get=Operation(view=answers, about="What is said about each condition", gives=list[AnswerWhole]),
    ),
    Endpoint(
        name="answer",
        address=CONDITION,
        get=Operation(view=one_answer, about="What is said about one condition", gives=AnswerWhole),
        post=Operation(
            view=save_answer, about="Save what is said about a condition", gives=AnswerWhole, takes=AnswerGiven
        ),
    ),
    Endpoint(
        name="evidence",
        address=f"{CONDITION}/evidence",
        get=Operation(view=pieces, about="The evidence of one condition", gives=Page[Piece], is_paged=True),
        post=Operation(view=add_link, about="Add a link as evidence", gives=Piece, takes=LinkGiven),
    ),
    Endpoint(
        name="file",
        address=f"{ROUND}/evidence/<uuid:evidence_id>/file",
        get=Operation(view=file, about="A file that is evidence, as it was given", gives=None),
    ),
)
