"""How many queries a page or paper costs: one number, with one row, three or three hundred; and what a list holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from samenspraak.people.models import Member
from samenspraak.readiness import actions, report
from samenspraak.readiness.models import Evidence, Round
from samenspraak.readiness.queries import (
    answer_for,
    beginning_of,
    evidence_of,
    newest_round,
    other_rounds,
    rounds_of,
)
from tests.factories import client_of, make_member
from tests.readiness.many import EDITION, ONE, make_many
from tests.readiness.rounds import draft, make_round

pytestmark = pytest.mark.django_db
sizes = pytest.mark.parametrize("rows", [1, 3, 300])

PAGES = {"rounds": 4, "round": 5, "condition": 10, "compare": 7, "history": 4, "director": 5}
NEEDS = {"mandate": 7, "hours": 5, "budget": 5, "team": 6}
NEED_OF_CONDITION = {"commitment-outcomes": 11, "capacity-time": 11, "capacity-money": 11, "processes-alignment": 11}


def address(name: str, round: Round, other: Round) -> str:
    parts: dict[str, tuple[Any, ...]] = {"rounds": (), "condition": (round.id, ONE), "compare": (round.id, other.id)}
    return reverse(f"readiness:{name}", args=parts.get(name, (round.id,)))


@sizes
@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_the_same_queries_however_much_there_is(
    name: str, rows: int, django_assert_num_queries: Any
) -> None:
    member = make_member()
    round, client = make_many(member, rows), client_of(member)
    other = Round.objects.exclude(id=round.id).first() or round

    with django_assert_num_queries(PAGES[name]):
        response = client.get(address(name, round, other))

    assert response.status_code == 200


@sizes
@pytest.mark.parametrize(
    ("name", "item", "number"),
    [("instrument", *need) for need in NEEDS.items()] + [("condition", *need) for need in NEED_OF_CONDITION.items()],
)
def test_a_page_about_what_is_needed_costs_the_same_queries(
    name: str, item: str, number: int, rows: int, django_assert_num_queries: Any
) -> None:
    member = make_member()
    round, client = make_many(member, rows), client_of(member)

    with django_assert_num_queries(number):
        response = client.get(reverse(f"readiness:{name}", args=[round.id, item]))

    assert response.status_code == 200


@sizes
@pytest.mark.parametrize(("kind", "number"), [("mandate", 4), ("hours", 2), ("budget", 2), ("team", 2)])
def test_a_paper_of_what_is_needed_costs_the_same_queries(
    kind: str, number: int, rows: int, django_assert_num_queries: Any
) -> None:
    made = make_member()
    round = make_many(made, rows)
    member = Member.objects.select_related("organisation", "person").get(pk=made.pk)
    round.organisation = member.organisation

    with django_assert_num_queries(number):
        report.instrument_paper(member, round, kind, "nl")


@sizes
@pytest.mark.parametrize(
    ("build", "number"), [(report.director_page, 9), (report.full_report, 14), (report.workbook, 16)]
)
def test_a_paper_costs_the_same_queries_however_much_there_is(
    build: Any, number: int, rows: int, django_assert_num_queries: Any
) -> None:
    made = make_member()
    round = make_many(made, rows)
    member = Member.objects.select_related("organisation", "person").get(pk=made.pk)
    round.organisation = member.organisation

    with django_assert_num_queries(number):
        build(member, round, "nl")


def test_a_hundred_rounds_stand_on_a_page_and_the_rest_on_the_next() -> None:
    member = make_member()
    make_many(member, 201)

    pages = [rounds_of(member, page) for page in (1, 2, 3, 4)]

    assert [(len(rows), has_next) for rows, has_next in pages] == [(100, True), (100, True), (1, False), (0, False)]


def test_a_row_counts_what_is_met_and_what_is_answered() -> None:
    member = make_member()
    round = make_round(member, unit="Spinnerij")
    for number, value in enumerate(["yes", "yes", "no", "unknown"]):
        actions.save_answer(member, round, EDITION.conditions[number].id, draft(value))
    actions.save_answer(member, round, EDITION.conditions[5].id, draft("", how="Nog niet beantwoord"))

    [row], _has_next = rounds_of(member)

    assert (row.name, row.unit, row.met, row.answered) == ("Najaar 2026", "Spinnerij", 2, 4)


def test_the_rounds_of_another_organisation_stand_in_no_list() -> None:
    member, stranger = make_member(), make_member()
    make_many(stranger, 3)
    round = make_round(member)

    rows, _has_next = rounds_of(member)

    assert ([row.id for row in rows], other_rounds(round)) == ([round.id], [])


def test_the_newest_round_is_that_of_the_latest_day() -> None:
    member = make_member()
    later = make_round(member, name="Later", held_on=date(2026, 11, 1))
    make_round(member, name="Eerder", held_on=date(2026, 10, 1))

    assert newest_round(member) == later
    assert newest_round(make_member()) is None


def test_the_five_newest_other_rounds_can_be_laid_beside_a_round() -> None:
    member = make_member()
    round = make_many(member, 8)

    found = other_rounds(round)

    assert [name for _id, name in found] == [f"Ronde {n}" for n in range(1, 6)]


def test_a_hundred_pieces_of_evidence_stand_on_a_page_and_the_rest_on_the_next() -> None:
    member = make_member()
    round = make_many(member, 201)
    answer = answer_for(round, ONE)

    pages = [evidence_of(answer, page) for page in (1, 2, 3)]

    assert [(len(rows), has_more) for rows, has_more in pages] == [(100, True), (100, True), (1, False)]
    assert len({piece.id for rows, _has_more in pages for piece in rows}) == Evidence.objects.count()


def test_the_page_of_a_condition_leads_to_the_rest_of_its_evidence_and_tasks() -> None:
    member = make_member()
    round, client = make_many(member, 201), client_of(member)
    where = reverse("readiness:condition", args=[round.id, ONE])

    first, second = client.get(where).content.decode(), client.get(where, {"page": 2}).content.decode()

    links = ['href="?page=2#evidence"', 'href="?page=1#evidence"', 'href="?page=3#evidence"']
    assert [link in first for link in links] == [True, False, False]
    assert [link in second for link in links] == [False, True, True]
    assert (first.count('class="sha"'), first.count('rel="noopener noreferrer nofollow"')) == (0, 100)
    assert f'<a href="{reverse("tasks:tasks")}">Alle actiepunten</a>' in first


def test_where_a_round_began_is_told_by_name() -> None:
    member = make_member()
    first = make_round(member)
    second = make_round(member, previous=first)
    Round.objects.filter(id=first.id).update(created_by=None)

    found = [beginning_of(round) for round in (first, second)]

    assert found == [("", ""), ("Najaar 2026", member.person.name)]
