"""The route of an organisation: one question at first, then what is done and what asks attention."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from samenspraak.people.models import Member, Role
from samenspraak.readiness import actions
from samenspraak.readiness.models import Round
from samenspraak.route.queries import journey_of
from samenspraak.tasks.actions import Origin, TaskDraft, add_task, finish_task
from tests.factories import client_of, make_member
from tests.readiness.assessments import everywhere, make_assessment
from tests.readiness.many import EDITION, make_many
from tests.readiness.rounds import draft, make_round

pytestmark = pytest.mark.django_db
QUESTION = {"nl": "Waarom wil je met iemand praten?", "en": "Why do you want to talk to someone?"}


def answer(member: Member, round: Round, *values: str) -> None:
    """The first conditions, in the order of the method."""
    for condition, value in zip(EDITION.conditions, values, strict=False):
        actions.save_answer(member, round, condition.id, draft(value))


def home(member: Member, **headers: str) -> str:
    return client_of(member).get("/", headers=headers).content.decode()


def states(member: Member) -> dict[int, str]:
    return {stop.step.number: stop.state for stop in journey_of(member, "nl").stops}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_new_organisation_starts_at_one_question(language: str) -> None:
    member = make_member(language=language)

    page = home(member)

    assert f"<h1>{QUESTION[language]}</h1>" in page
    assert page.count("<textarea") == 1
    assert 'action="/ready/start"' in page


def test_a_reader_of_a_new_organisation_is_told_who_can_start() -> None:
    page = home(make_member(Role.READER, language="en"))

    assert "<textarea" not in page
    assert "Nobody has started yet. An editor or owner of your organisation can." in page


def test_nothing_is_done_before_the_first_round() -> None:
    journey = journey_of(make_member(), "nl")

    assert (journey.round, journey.standing, journey.begin, journey.tasks, journey.open_tasks) == (
        None,
        None,
        None,
        [],
        0,
    )
    assert [stop.step.number for stop in journey.stops] == list(range(10))
    assert (journey.count("done"), journey.count("attention"), journey.count("todo")) == (0, 0, 10)


def test_a_round_with_a_motive_has_done_the_first_step_and_asks_for_the_second() -> None:
    member = make_member()
    make_round(member, motive="Een vakbond vroeg naar werktijden.")

    found = states(member)

    assert found == dict.fromkeys(range(10), "todo") | {1: "done", 2: "attention"}


def test_a_round_without_a_motive_begins_at_the_first_step() -> None:
    member = make_member()
    make_round(member)

    journey = journey_of(member, "nl")

    assert journey.begin is not None
    assert (journey.begin.step.number, journey.count("attention")) == (1, 2)


def test_a_round_with_everything_met_asks_nothing() -> None:
    member = make_member(language="en")
    round = make_round(member, motive="Overwerk in de spinnerij")
    answer(member, round, *["yes"] * 8)

    journey = journey_of(member, "nl")

    assert (journey.begin, journey.count("done"), journey.count("attention")) == (None, 2, 0)
    assert "Your conditions are in order. Choose with whom you want to start." in home(member)


def test_the_route_follows_the_newest_round_in_the_edition_it_was_started_from() -> None:
    member = make_member()
    make_round(member, name="Oud", held_on=date(2025, 1, 1), motive="Oud")
    newest = make_round(member, name="Nieuw", held_on=date(2026, 1, 1))

    journey = journey_of(member, "en")

    assert journey.round == newest
    assert (journey.edition.name, journey.edition.language) == ("2025-04", "en")


def test_the_route_of_another_organisation_is_not_shown() -> None:
    member = make_member()
    make_many(make_member(), 3)

    assert journey_of(member, "nl").round is None


def test_three_of_the_open_tasks_stand_on_the_home_page_with_the_number_of_all() -> None:
    member = make_member(language="en")
    round = make_round(member)
    origin = Origin(route="readiness:condition", row=round.id, item=EDITION.conditions[0].id)
    for days in range(5):
        add_task(member, TaskDraft(title=f"Taak {days}", due_on=date(2027, 1, 1) + timedelta(days=days)), origin)
    finish_task(member, add_task(member, TaskDraft(title="Klaar")), "")

    journey = journey_of(member, "nl")

    assert ([task.title for task in journey.tasks], journey.open_tasks) == (["Taak 0", "Taak 1", "Taak 2"], 5)
    assert "All 5 tasks" in home(member)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], "Start with step 2: the eight conditions. The first takes two minutes."),
        (["no"], "Start with step 2. None of the eight conditions is met yet. First up: “"),
        (["yes"], "Start with step 2. One of the eight conditions is met."),
        (["yes", "yes", "partly"], "Two of the eight conditions are met."),
    ],
)
def test_the_home_page_says_where_to_start(values: list[str], words: str) -> None:
    member = make_member(language="en")
    round = make_round(member, motive="Overwerk in de spinnerij")
    answer(member, round, *values)

    page = home(member)

    assert words in page


def test_the_headline_counts_steps_in_words() -> None:
    member = make_member(language="en")
    make_round(member, motive="Overwerk in de spinnerij")

    page = home(member)

    assert "<h1>One step is done. One needs attention.</h1>" in page


def test_without_a_motive_the_home_page_starts_at_the_first_step() -> None:
    member = make_member(language="en")
    round = make_round(member)
    answer(member, round, "yes")

    page = home(member)

    assert "You are on your way. Two need attention." in page
    assert "Start with step 1: " in page


def test_a_late_task_says_how_late() -> None:
    member = make_member(language="en")
    make_round(member)
    add_task(member, TaskDraft(title="Bel", owner=member, due_on=timezone.localdate() - timedelta(days=2)))

    page = home(member)

    assert "2 days late" in page


def test_steps_lead_to_where_they_are_worked_on() -> None:
    member = make_member()
    round = make_round(member)

    page = home(member)

    links = [f"/ready/{round.id}/director", f"/ready/{round.id}", "/library/step/"]
    assert [f'href="{link}' in page for link in links] == [True, True, True]


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_the_home_page_costs_the_same_queries_however_much_there_is(rows: int, django_assert_num_queries: Any) -> None:
    member = make_member()
    make_many(member, rows)
    client = client_of(member)

    with django_assert_num_queries(7):
        response = client.get("/")

    assert response.status_code == 200


def test_the_home_page_of_a_new_organisation_costs_four_queries(django_assert_num_queries: Any) -> None:
    client = client_of(make_member())

    with django_assert_num_queries(4):
        response = client.get("/")

    assert response.status_code == 200


def test_an_own_self_assessment_tells_which_steps_ask_attention_and_why() -> None:
    member = make_member()
    make_round(member, motive="Een vakbond vroeg naar werktijden.")
    make_assessment(member, everywhere("yes", knowledge_1="no"))

    journey = journey_of(member, "nl")

    asking = {stop.step.number: [e.id for e in stop.because] for stop in journey.stops if stop.because}
    assert journey.stops[0].state == "done"
    assert asking != {}
    assert {tuple(because) for because in asking.values()} == {("knowledge",)}
    assert {stop.state for stop in journey.stops if stop.because} == {"attention"}


def test_what_a_colleague_answered_says_nothing_on_my_route() -> None:
    member = make_member()
    make_assessment(make_member(organisation=member.organisation), everywhere("no"))

    journey = journey_of(member, "nl")

    assert (journey.newest, [stop for stop in journey.stops if stop.because]) == (None, [])
