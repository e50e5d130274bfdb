"""The forms of the self-assessment, to be sent fifty times at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from samenspraak.people.models import Guest, Member
from samenspraak.readiness import actions as readiness
from samenspraak.readiness.models import Assessment, ElementAnswers, Participation, TeamAssessment, TypedForm
from tests.readiness.assessments import ask_guest, everywhere, fill_in, make_assessment, make_team
from tests.readiness.rounds import make_round
from tests.site.at_once import Case, Sent

TABLES = (Assessment, ElementAnswers, Participation, TeamAssessment, TypedForm, Guest)


def statements(member: Member) -> Sent:
    mine = make_assessment(member, {}, is_finished=False)
    form = {"motivation-1": "yes", "motivation-2": "no", "version": 0}
    return Sent({"assessment_id": mine.id, "element_id": "motivation"}, lambda: form)


def nearly_finished(member: Member) -> Sent:
    make_round(member)
    return Sent({"assessment_id": make_assessment(member, is_finished=False).id}, dict)


def finished_assessment(**form: Any) -> Callable[[Member], Sent]:
    return lambda member: Sent({"assessment_id": make_assessment(member).id}, lambda: form)


def insight_answered(member: Member) -> Sent:
    make_round(member)
    make_assessment(member)
    return Sent({}, dict)


def paper_form(_member: Member) -> Sent:
    form = {"motivation-1": "yes", "key": uuid4()}
    return Sent({}, lambda: form)


def new_team(_member: Member) -> Sent:
    form = {"name": "Inkoop", "key": uuid4()}
    return Sent({}, lambda: form)


def on_team(**form: Any) -> Callable[[Member], Sent]:
    return lambda member: Sent({"team_id": make_team(member).id}, lambda: form)


def paper_of_team(member: Member) -> Sent:
    form = {"motivation-1": "yes", "key": uuid4()}
    return Sent({"team_id": make_team(member).id}, lambda: form)


def ready_to_hand_in(member: Member) -> Sent:
    team = make_team(member)
    draft = readiness.join_team(member, team)
    assert draft is not None
    fill_in(draft, everywhere("yes"))
    return Sent({"team_id": team.id}, dict)


def guest_ready(member: Member) -> Sent:
    team = make_team(member)
    guest, key = ask_guest(member, team)
    fill_in(readiness.join_as_guest(guest, team), everywhere("yes"))
    return Sent({"key": key}, lambda: {"hand_in": "yes"})


CASES = {
    "a self-assessment": Case("readiness:start_assessment", lambda _member: Sent({}, dict), {"Assessment": 1}, []),
    "four statements": Case("readiness:save_statements", statements, {}, []),
    "a self-assessment finished": Case("readiness:finish_assessment", nearly_finished, {"Answer": 1}, ["how", "value"]),
    "a self-assessment shared": Case("readiness:share_assessment", finished_assessment(share="yes"), {}, ["shared"]),
    "a suggestion": Case(
        "readiness:assessment_task", finished_assessment(statement="motivation-1"), {"Task": 1}, ["created"]
    ),
    "an answer about insight taken back": Case("readiness:take_back_insight", insight_answered, {}, ["how", "value"]),
    "a paper form": Case("readiness:type_in_assessment", paper_form, {"Assessment": 1, "ElementAnswers": 9}, []),
    "a team": Case("readiness:start_team", new_team, {"TeamAssessment": 1}, ["started"]),
    "joining a team": Case("readiness:join_team", on_team(), {"Assessment": 1, "Participation": 1}, []),
    "handing in": Case("readiness:hand_in", ready_to_hand_in, {"Assessment": -1, "ElementAnswers": -9}, []),
    "handing in by a link": Case(
        "readiness:guest_assessment", guest_ready, {"Assessment": -1, "ElementAnswers": -9}, [], frozenset({200, 410})
    ),
    "a guest of a team": Case(
        "readiness:ask_to_join",
        on_team(name="Bram", email="bram@example.org", once=str(uuid4())),
        {"Guest": 1, "Mail": 1},
        ["asked"],
    ),
    "a paper form of a team": Case("readiness:type_in_team", paper_of_team, {"TypedForm": 1}, []),
    "a team closed": Case("readiness:close_team", on_team(), {}, ["closed"]),
    "a suggestion to a team": Case("readiness:team_task", on_team(statement="motivation-1"), {"Task": 1}, ["created"]),
}
