"""The pages of the self-assessment of a team, for members and for guests."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samenspraak.people.models import Member
from samenspraak.readiness import actions
from samenspraak.readiness.models import Assessment, TeamAssessment, TeamCount
from samenspraak.tasks.models import Task
from tests.factories import client_of, make_member
from tests.readiness.assessments import (
    EDITION,
    FIVE,
    ask_guest,
    colleagues,
    everywhere,
    fill_in,
    hand_in,
    make_closed,
    make_handed_in,
    make_team,
    type_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return make_member(function="inkoop")


def address(name: str, *args: Any) -> str:
    return reverse(f"readiness:{name}", args=args or None)


def page(member: Member, name: str, *args: Any, **options: Any) -> str:
    response = client_of(member).get(address(name, *args), **options)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_team_needs_a_name(member: Member) -> None:
    answer = client_of(member).post(address("start_team"), {"name": "", "due_on": "nooit"})

    assert answer.status_code == 422
    assert "Geef de self-assessment een naam." in answer.content.decode()


def test_a_team_is_started_joined_and_handed_in_from_the_page(member: Member) -> None:
    client = client_of(member)
    team_page = client.post(address("start_team"), {"name": "Inkoop"})["Location"]
    team = TeamAssessment.objects.get()

    first = client.post(address("join_team", team.id))["Location"]
    nothing = client.post(address("hand_in", team.id)).status_code
    mine = Assessment.objects.get()
    fill_in(mine, everywhere("yes"))
    handed = client.post(address("hand_in", team.id))["Location"]
    again = client.post(address("join_team", team.id))["Location"]

    assert first == address("statements", mine.id, "motivation")
    assert nothing == 422
    assert {team_page, handed, again} == {address("team", team.id)}
    assert "Je hebt ingeleverd" in page(member, "team", team.id)


def test_a_closed_team_takes_nothing_more_and_says_so(member: Member) -> None:
    team = make_closed(member, FIVE)
    client = client_of(member)
    form = {"name": "Bram", "email": "bram@example.org", "motivation-1": "yes"}

    answers = [
        client.post(address(name, team.id), form) for name in ("join_team", "hand_in", "ask_to_join", "type_in_team")
    ]

    assert [a.status_code for a in answers] == [409] * 4
    assert ["is gesloten, dus er kan niets meer bij" in a.content.decode() for a in answers] == [True] * 4


def test_asking_somebody_needs_an_address(member: Member) -> None:
    team, client = make_team(member), client_of(member)

    wrong = client.post(address("ask_to_join", team.id), {"name": "", "email": "bram"})
    right = client.post(address("ask_to_join", team.id), {"name": "Bram", "email": "Bram@Example.org"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "bram@example.org" in page(member, "team", team.id)


def test_a_paper_form_of_a_team_is_typed_in_and_the_next_page_is_empty(member: Member) -> None:
    team, client = make_team(member), client_of(member)
    place = address("type_in_team", team.id)

    answers = [
        client.post(place, {"key": uuid4()}).status_code,
        client.post(place, {"key": uuid4(), "motivation-1": "maybe"}).status_code,
    ]
    done = client.post(place, {"key": uuid4(), "motivation-1": "yes"})["Location"]

    assert answers == [422, 422]
    assert "samen één papieren formulier" in client.get(done).content.decode()


def test_a_suggestion_to_a_team_becomes_a_task(member: Member) -> None:
    team = make_closed(member, FIVE)

    client_of(member).post(address("team_task", team.id), {"statement": "motivation-3"})

    assert Task.objects.get().origin == team.id
    assert str(Task.objects.get().id) in page(member, "team", team.id)


@pytest.mark.parametrize(
    ("several", "typed", "said"),
    [
        (4, 0, "Minder dan vijf mensen leverden in."),
        (4, 1, "Minder dan vijf mensen leverden zelf in"),
        (1, 6, "Eén formulier telt niet mee"),
    ],
)
def test_what_is_not_shown_is_explained_on_screen_and_on_paper(
    member: Member, several: int, typed: int, said: str
) -> None:
    team = make_handed_in(member, FIVE[:several])
    for answers in (*FIVE, everywhere("yes"))[:typed]:
        type_in(team, answers)
    client_of(member).post(address("close_team", team.id))

    assert said in page(member, "team", team.id)


def test_every_guest_page_works_without_a_cookie(member: Member) -> None:
    team = make_team(member)
    _guest, key = ask_guest(member, team)
    client, place = Client(), address("guest_assessment", key)

    first = client.get(place)
    wrong = client.post(place, {"element": "motivation", "motivation-1": "maybe"})
    early = client.post(place, {"hand_in": "yes"})
    onward = client.post(f"{place}?language=en", {"element": "motivation", "motivation-1": "yes", "version": "0"})
    stale = client.post(place, {"element": "motivation", "motivation-1": "no", "version": "0"})
    filled = client.get(f"{place}?at=motivation")
    last = client.post(place, {"element": "knowledge", "knowledge-1": "yes", "version": "0"})["Location"]
    end = client.get(last)
    handed = client.post(place, {"hand_in": "yes"})
    used = client.get(place)

    assert [r.status_code for r in (first, wrong, early, stale, filled, end, handed, used)] == [
        *(200, 422, 422, 409, 200, 200, 200, 410)
    ]
    assert onward["Location"] == f"{place}?at=commitment&language=en"
    assert 'name="motivation-1" value="yes" checked' in filled.content.decode()
    assert "Dank je. Je antwoorden zijn binnen." in handed.content.decode()
    assert client.cookies == {}


def test_a_guest_of_a_closed_team_is_told_so(member: Member) -> None:
    team = make_team(member)
    _guest, key = ask_guest(member, team)
    actions.close_team(member, team, EDITION)

    answer = Client().get(address("guest_assessment", key))

    assert (answer.status_code, "heeft hem gesloten" in answer.content.decode()) == (410, True)


def test_nobody_reads_in_a_page_who_handed_in_what(member: Member) -> None:
    team = make_team(member)
    several = colleagues(member, 5)
    for colleague, answers in zip(several, FIVE, strict=True):
        hand_in(colleague, team, answers)
    client_of(member).post(address("close_team", team.id))

    shown = page(member, "team", team.id)

    assert [c.person.name for c in several if c.person.name in shown] == []
    assert TeamCount.objects.filter(team=team).exists()


@pytest.mark.parametrize("people", [5, 60, 500])
def test_a_team_page_costs_the_same_queries_however_many_handed_in(
    member: Member, people: int, django_assert_num_queries: Any
) -> None:
    team = make_closed(member, FIVE)
    TeamCount.objects.filter(people__gt=0).update(people=people)
    client, place = client_of(member), address("team", team.id)
    client.get(place)

    with django_assert_num_queries(11):
        assert client.get(place).status_code == 200


def test_a_guest_whose_team_closes_while_the_page_is_open_is_told_so(
    member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = make_team(member)
    _guest, key = ask_guest(member, team)
    client, place = Client(), address("guest_assessment", key)
    monkeypatch.setattr(TeamAssessment, "is_closed", property(closed_at_the_second_look()))

    answers = [
        client.post(place, {"element": "motivation", "motivation-1": "yes", "version": "0"}),
        client.post(place, {"hand_in": "yes"}),
    ]

    assert [a.status_code for a in answers] == [410, 410]


def closed_at_the_second_look() -> Any:
    """Open when the page looks, closed when the action does."""
    looks = iter([False, True, False, True])
    return lambda _team: next(looks, True)
