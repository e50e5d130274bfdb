"""The pages of the self-assessment of one person."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from samenspraak.people.models import Member, Role
from samenspraak.readiness import actions
from samenspraak.readiness.models import Answer, Assessment, ElementAnswers, TeamAssessment
from samenspraak.tasks.models import Task
from tests.factories import client_of, make_member
from tests.readiness.assessments import (
    ELEMENTS,
    FIRST,
    FIVE,
    everywhere,
    fill_in,
    make_assessment,
    make_closed,
    make_team,
)
from tests.readiness.rounds import make_round

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


def test_all_pages_are_there(member: Member) -> None:
    done, team = make_assessment(member), make_closed(member, FIVE)
    open_team = make_team(member)
    draft = actions.join_team(member, open_team)
    assert draft is not None

    asked = [
        ("assessments",),
        ("assessment", done.id),
        ("assessment", draft.id),
        ("statements", draft.id, FIRST.id),
        ("assessments_over_time",),
        ("type_in_assessment",),
        ("team", team.id),
        ("team", open_team.id),
        ("teams_over_time",),
        ("type_in_team", open_team.id),
    ]

    for name, *args in asked:
        assert page(member, name, *args).count("<h1") == 1


def save(member: Member, mine: Assessment, element: str = "motivation", **form: Any) -> Any:
    part = form.pop("headers", None)
    named = {name.replace("_", "-"): value for name, value in form.items()}
    return client_of(member).post(address("save_statements", mine.id, element), named, headers=part)


def test_going_on_is_saved_and_leads_to_the_next_element(member: Member) -> None:
    mine = actions.start_assessment(member, "2025-04")

    answer = save(member, mine, motivation_1="yes", version="0", go="next")

    assert answer["Location"] == address("statements", mine.id, "commitment")
    assert ElementAnswers.objects.get().answers == {"motivation-1": "yes"}


def test_saving_alone_stays_where_you_are(member: Member) -> None:
    mine = actions.start_assessment(member, "2025-04")

    answers = [
        save(member, mine, motivation_1="yes", version="0"),
        save(member, mine, "knowledge", knowledge_1="yes", version="0", go="next"),
    ]

    assert [a["Location"] for a in answers] == [
        address("statements", mine.id, "motivation"),
        address("assessment", mine.id),
    ]


def test_a_save_by_script_gets_parts_and_going_on_gets_an_address(member: Member) -> None:
    mine, headers = actions.start_assessment(member, "2025-04"), {"HX-Request": "true"}

    part = save(member, mine, motivation_1="yes", version="0", headers=headers)
    onward = save(member, mine, motivation_1="yes", version="1", go="next", headers=headers)

    assert 'name="version" id="version" value="1" hx-swap-oob="true"' in part.content.decode()
    assert onward["HX-Redirect"] == address("statements", mine.id, "commitment")


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "part"])
def test_an_answer_outside_the_four_is_refused_and_the_rest_stays(member: Member, headers: dict[str, str]) -> None:
    mine = actions.start_assessment(member, "2025-04")

    answer = save(member, mine, motivation_1="maybe", motivation_2="no", version="0", headers=headers)

    assert answer.status_code == 422
    assert "Kies een van de vier antwoorden" in answer.content.decode()
    assert not ElementAnswers.objects.exists()
    if not headers:
        assert 'name="motivation-2" value="no" checked' in answer.content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "part"])
def test_a_second_tab_is_shown_what_the_first_saved(member: Member, headers: dict[str, str]) -> None:
    mine = actions.start_assessment(member, "2025-04")
    save(member, mine, motivation_1="yes", version="0")

    answer = save(member, mine, motivation_1="no", version="0", headers=headers)
    mended = save(member, mine, motivation_1="no", version="1", headers=headers)

    assert (answer.status_code, mended.status_code) == (409, 200 if headers else 302)
    assert "in een ander tabblad veranderd" in answer.content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "part"])
def test_what_ended_meanwhile_says_so(member: Member, headers: dict[str, str]) -> None:
    team = make_team(member)
    mine = actions.join_team(member, team)
    assert mine is not None
    TeamAssessment.objects.update(closed_on="2026-11-21")

    answer = save(member, mine, motivation_1="no", version="0", headers=headers)

    assert answer.status_code == 409
    assert "intussen afgelopen" in answer.content.decode()


def test_a_statement_that_does_not_exist_is_left_out_and_an_element_is_not_found(member: Member) -> None:
    mine = actions.start_assessment(member, "2025-04")

    answers = [save(member, mine, motivation_9="yes", version="0"), save(member, mine, "motivatie", version="0")]

    assert [a.status_code for a in answers] == [302, 404]
    assert ElementAnswers.objects.get().answers == {}


def test_starting_leads_where_you_were(member: Member) -> None:
    client = client_of(member)
    first = client.post(address("start_assessment"))["Location"]
    mine = Assessment.objects.get()
    fill_in(mine, {s.id: "yes" for e in ELEMENTS[:4] for s in e.statements})

    again = client.post(address("start_assessment"))["Location"]
    fill_in_rest = {s.id: "no" for e in ELEMENTS[4:] for s in e.statements}
    for element in ELEMENTS[4:]:
        own = {s.id: fill_in_rest[s.id] for s in element.statements}
        actions.save_statements(mine, element, own, version=0)

    assert first == address("statements", mine.id, "motivation")
    assert again == address("statements", mine.id, ELEMENTS[4].id)
    assert client.post(address("start_assessment"))["Location"] == address("assessment", mine.id)


def test_the_page_of_a_finished_element_leads_to_the_result(member: Member) -> None:
    done = make_assessment(member)

    answer = client_of(member).get(address("statements", done.id, "motivation"))

    assert answer["Location"] == address("assessment", done.id)


def test_finishing_takes_at_least_one_answer(member: Member) -> None:
    client, mine = client_of(member), actions.start_assessment(member, "2025-04")

    empty = client.post(address("finish_assessment", mine.id))
    save(member, mine, motivation_1="yes", version="0")
    done = client.post(address("finish_assessment", mine.id))

    assert (empty.status_code, done.status_code) == (422, 302)
    assert Assessment.objects.get().is_finished


def test_finishing_the_draft_of_a_team_leads_to_the_team(member: Member) -> None:
    team = make_team(member)
    mine = actions.join_team(member, team)
    assert mine is not None

    answer = client_of(member).post(address("finish_assessment", mine.id))

    assert answer["Location"] == address("team", team.id)


def test_own_result_is_seen_by_colleagues_only_while_it_is_shared(member: Member) -> None:
    mine, colleague = make_assessment(member), make_member(Role.READER, member.organisation)
    client, seen = client_of(colleague), []

    for share in ("", "yes", "no"):
        if share:
            client_of(member).post(address("share_assessment", mine.id), {"share": share})
        papers = [client.get(address("assessment_paper", mine.id, kind)).status_code for kind in ("pdf", "xlsx")]
        seen.append((client.get(address("assessment", mine.id)).status_code, *papers))

    assert seen == [(404, 404, 404), (200, 200, 200), (404, 404, 404)]


def test_shared_results_are_listed_for_colleagues(member: Member) -> None:
    mine, colleague = make_assessment(member), make_member(Role.READER, member.organisation)
    before = page(colleague, "assessments")

    actions.share_assessment(member, mine, is_shared=True)

    assert (str(mine.id) in before, str(mine.id) in page(colleague, "assessments")) == (False, True)


def test_a_suggestion_becomes_a_task_once_and_leads_back(member: Member) -> None:
    mine, client = make_assessment(member, everywhere("no")), client_of(member)

    for statement in ("motivation-1", "motivation-1", "nothing", ""):
        client.post(address("assessment_task", mine.id), {"statement": statement})

    task = Task.objects.get()
    assert (task.title, task.note) == (FIRST.statements[0].suggestion, FIRST.statements[0].text)
    assert (task.action_id, task.origin_route) == ("motivation-1", "readiness:from_assessment")
    assert client.get(f"/tasks/{task.id}").content.decode().count("Motivatie") == 1
    assert "/tasks/" in page(member, "assessment", mine.id).partition('id="motivation"')[2].partition("</li>")[0]


def test_where_a_task_came_from_opens_for_who_may_see_it_and_the_library_for_others(member: Member) -> None:
    mine, team = make_assessment(member), make_team(member)
    colleague = make_member(Role.READER, member.organisation)

    def leads(who: Member, row: Any) -> str:
        return client_of(who).get(address("from_assessment", row, "motivation")).headers.get("Location", "")

    assert leads(member, mine.id) == address("assessment", mine.id) + "#motivation"
    assert leads(colleague, mine.id) == reverse("library:item", args=["element", "motivation"])
    assert leads(colleague, team.id) == address("team", team.id) + "#motivation"
    assert leads(colleague, uuid4()) == ""


def test_the_condition_about_insight_tells_what_was_done_and_offers_the_way_back(member: Member) -> None:
    round = make_round(member)
    make_assessment(member)

    told = page(member, "condition", round.id, actions.INSIGHT)
    client_of(member).post(address("take_back_insight"))
    after = page(member, "condition", round.id, actions.INSIGHT)

    assert ("Neem dit antwoord terug" in told, "Neem dit antwoord terug" in after) == (True, False)
    assert member.person.name in after


def test_taking_back_without_a_round_leads_to_the_list(member: Member) -> None:
    assert client_of(member).post(address("take_back_insight"))["Location"] == address("assessments")


def test_a_round_that_starts_after_a_self_assessment_knows_of_it(member: Member) -> None:
    make_assessment(member)

    client_of(member).post(address("start"), {"motive": "Een vakbond vroeg ernaar.", "key": uuid4()})

    assert Answer.objects.get(value="yes").condition_id == actions.INSIGHT


def test_a_paper_form_of_one_s_own_is_typed_in_on_one_page(member: Member) -> None:
    client = client_of(member)

    empty = client.post(address("type_in_assessment"), {"key": uuid4()})
    wrong = client.post(address("type_in_assessment"), {"key": uuid4(), "motivation-1": "maybe"})
    made = client.post(address("type_in_assessment"), {"motivation-1": "yes"})

    assert (empty.status_code, wrong.status_code) == (422, 422)
    assert made["Location"] == address("assessment", Assessment.objects.get().id)


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_list_costs_the_same_queries_however_many_there_are(
    member: Member, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        make_assessment(member)
        make_team(member)
    client, place = client_of(member), address("assessments")
    client.get(place)

    with django_assert_num_queries(6):
        assert client.get(place).status_code == 200


def test_what_a_colleague_is_filling_in_is_not_there_for_others(member: Member) -> None:
    mine = actions.start_assessment(member, "2025-04")
    client = client_of(make_member(Role.OWNER, member.organisation))

    answers = [
        client.get(address("statements", mine.id, "motivation")),
        client.post(address("save_statements", mine.id, "motivation"), {"motivation-1": "no", "version": "0"}),
        client.post(address("share_assessment", mine.id), {"share": "yes"}),
    ]

    assert [a.status_code for a in answers] == [404, 404, 404]
