"""What a company says together comes to programs as it comes to people: the same facts, the same rule for small groups."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from samenspraak.documents.render import render
from samenspraak.people.models import Member, Role
from samenspraak.readiness import actions
from samenspraak.readiness.queries import edition_named, team_result
from samenspraak.readiness.report import team_paper
from tests.documents.factory import pdf_text
from tests.factories import make_member, program_of
from tests.readiness import asking
from tests.readiness.assessments import EDITION, everywhere, make_assessment, make_handed_in
from tests.readiness.needs import ask, fill_needs, sign
from tests.readiness.rounds import make_round

pytestmark = pytest.mark.django_db
ONE = "commitment-support"


def told(member: Member, name: str, *args: Any) -> Any:
    return program_of(member).get(reverse(f"api:{name}", args=args)).json()


def test_what_a_dialogue_needs_adds_up_to_the_cent() -> None:
    member = make_member()
    round = make_round(member)
    fill_needs(member, round)

    needs = told(member, "needs", round.id)

    assert needs["hours"]["total"] == "26.5"
    assert [(t["is_yearly"], t["low"], t["expected"], t["high"]) for t in needs["budget"]["totals"]] == [
        (False, 90050, 112450, 140075),
        (True, 120000, 120000, 120000),
    ]
    assert [line["title"] for line in needs["team"]["teams"]] == ["Inkoop", "Atelier"]
    assert needs["mandate"]["topics"][0]["must_ask"] == "Een hogere stukprijs"


def test_a_mandate_is_signed_until_it_changes() -> None:
    member = make_member()
    round = make_round(member)
    fill_needs(member, round)
    before = told(member, "needs", round.id)["mandate"]["is_signed"]

    sign(ask(member, round).guest)

    assert (before, told(member, "needs", round.id)["mandate"]["is_signed"]) == (False, True)


def test_a_round_in_which_nobody_filled_in_what_is_needed_is_empty() -> None:
    member = make_member()

    needs = told(member, "needs", make_round(member).id)

    assert (needs["hours"]["total"], needs["budget"]["totals"], needs["mandate"]["is_signed"]) == ("0", [], False)


def test_voices_with_names_are_counted() -> None:
    member = make_member()
    round = make_round(member)
    asking.ask_and_hear(member, round, ["no", "partly", "no"])

    [spread] = told(member, "voices", round.id)

    assert (spread["condition_id"], spread["people"], spread["is_waiting"]) == (ONE, 3, False)
    assert spread["counts"]["no"] == {"least": 2, "most": 2}


def test_voices_without_names_come_from_five_on() -> None:
    member = make_member()
    few, enough = make_round(member), make_round(member, name="Voorjaar")
    asking.ask_and_hear(member, few, ["no", "no", "yes", "partly"], is_named=False)
    asking.ask_and_hear(member, enough, ["no", "no", "yes", "partly", "yes"], is_named=False)

    [waiting], [shown] = told(member, "voices", few.id), told(member, "voices", enough.id)

    assert (waiting["people"], waiting["is_waiting"], shown["people"]) == (0, True, 5)
    assert {count["most"] for count in waiting["counts"].values()} == {0}


def test_own_results_and_those_that_were_shared_come_and_others_do_not() -> None:
    member = make_member()
    colleague = make_member(Role.EDITOR, member.organisation)
    make_assessment(member, everywhere("no"), on=date(2026, 5, 6))
    actions.share_assessment(colleague, make_assessment(colleague), is_shared=True)
    make_assessment(make_member(Role.EDITOR, member.organisation))

    results = told(member, "self_assessments")

    assert [(r["is_own"], set(r["elements"].values())) for r in results] == [(True, {"orange"}), (False, {"green"})]
    assert results[0]["steps"] != []
    assert results[1]["by"] == colleague.person.name


def mixed(number: int) -> list[dict[str, str]]:
    return [everywhere("yes" if n % 2 else "no") for n in range(number)]


def test_a_team_of_four_shows_nothing_and_one_of_six_shows_what_the_paper_shows() -> None:
    member = make_member()
    few, enough = make_handed_in(member, mixed(4)), make_handed_in(member, mixed(6), name="Inkoop")
    for team in (few, enough):
        actions.close_team(member, team, EDITION)

    small, whole = told(member, "team_result", few.id), told(member, "team_result", enough.id)

    enough.refresh_from_db()
    shown = team_result(enough, edition_named(member, enough.edition, "nl"))
    assert (small["withheld"], small["elements"]) == ("too_few", [])
    assert whole["withheld"] == ""
    assert [e["colours"]["green"]["most"] for e in whole["elements"]] == [
        e.colours.counts["green"].most for e in shown.elements
    ]
    assert "Inkoop" in pdf_text(render(team_paper(member, enough, "nl"), "pdf"))


def test_an_open_team_shows_nothing() -> None:
    member = make_member()

    assert told(member, "team_result", make_handed_in(member, mixed(6)).id)["withheld"] == "still_open"


QUERIES = {"needs": 8, "voices": 3}


@pytest.mark.parametrize("people", [1, 3, 30])
def test_what_is_said_together_costs_the_same_queries(
    people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    member = make_member()
    round = make_round(member)
    fill_needs(member, round)
    asking.ask_and_hear(member, round, ["no"] * people)
    program = program_of(member)
    program.get(reverse("api:me"))

    for name, queries in QUERIES.items():
        with django_assert_num_queries(queries):
            assert program.get(reverse(f"api:{name}", args=[round.id])).status_code == 200
