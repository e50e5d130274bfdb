"""What changes about self-assessments: of one person."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.http import Http404

from samenspraak.people.models import HistoryEntry, Member, Role
from samenspraak.readiness import actions
from samenspraak.readiness.actions import TypedDraft
from samenspraak.readiness.models import Answer, Assessment, ElementAnswers
from samenspraak.readiness.queries import statement_answers
from samenspraak.tasks.actions import StaleVersion
from tests.factories import make_member
from tests.readiness.assessments import EDITION, ELEMENTS, FIRST, everywhere, fill_in, make_assessment, make_team
from tests.readiness.rounds import draft, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return make_member()


def insight(member: Member) -> tuple[str, str, int]:
    answer = Answer.objects.get(organisation_id=member.organisation_id, condition_id=actions.INSIGHT)
    return answer.value, answer.how, answer.version


def test_there_is_never_more_than_one_open_self_assessment_of_a_person(member: Member) -> None:
    first, second = (actions.start_assessment(member, EDITION.name) for _ in range(2))

    assert first == second
    assert Assessment.objects.count() == 1


def test_after_finishing_a_new_one_begins_empty(member: Member) -> None:
    done = make_assessment(member)

    again = actions.start_assessment(member, EDITION.name)

    assert again != done
    assert statement_answers(again) == {}


def test_answers_are_kept_per_element(member: Member) -> None:
    mine = actions.start_assessment(member, EDITION.name)

    first = actions.save_statements(mine, FIRST, {"motivation-1": "yes"}, version=0)
    second = actions.save_statements(mine, FIRST, {"motivation-1": "no", "motivation-2": "yes"}, version=1)

    assert (first.version, second.version) == (1, 2)
    assert statement_answers(mine) == {"motivation-1": "no", "motivation-2": "yes"}


def test_the_same_answers_again_change_nothing_whatever_the_version(member: Member) -> None:
    mine = actions.start_assessment(member, EDITION.name)
    actions.save_statements(mine, FIRST, {"motivation-1": "yes"}, version=0)

    again = actions.save_statements(mine, FIRST, {"motivation-1": "yes"}, version=0)

    assert again.version == 1


def test_a_second_tab_gets_what_the_first_one_saved(member: Member) -> None:
    mine = actions.start_assessment(member, EDITION.name)
    actions.save_statements(mine, FIRST, {"motivation-1": "yes"}, version=0)

    with pytest.raises(StaleVersion) as stale:
        actions.save_statements(mine, FIRST, {"motivation-1": "no"}, version=0)

    assert isinstance(stale.value.row, ElementAnswers)
    assert stale.value.row.answers == {"motivation-1": "yes"}


def test_two_tabs_on_two_elements_do_not_meet(member: Member) -> None:
    mine = actions.start_assessment(member, EDITION.name)

    for element in ELEMENTS[:2]:
        actions.save_statements(mine, element, {element.statements[0].id: "yes"}, version=0)

    assert len(statement_answers(mine)) == 2


@pytest.mark.parametrize("answers", [{"motivation-9": "yes"}, {"commitment-1": "yes"}, {"motivation-1": "maybe"}])
def test_statements_and_answers_that_do_not_exist_are_refused(member: Member, answers: dict[str, str]) -> None:
    mine = actions.start_assessment(member, EDITION.name)

    with pytest.raises(ValueError, match="no statement or no answer"):
        actions.save_statements(mine, FIRST, answers, version=0)


def test_what_is_finished_stays_as_it_is(member: Member) -> None:
    done = make_assessment(member)

    with pytest.raises(actions.AssessmentEnded):
        actions.save_statements(done, FIRST, {"motivation-1": "no"}, version=1)


def test_finishing_again_keeps_the_first_day(member: Member) -> None:
    done = make_assessment(member, on=date(2026, 5, 6))

    again = actions.finish_assessment(member, done, date(2026, 6, 7))

    assert again.finished_on == date(2026, 5, 6)


def test_finishing_answers_the_condition_about_insight_when_nobody_did(member: Member) -> None:
    make_round(member)

    make_assessment(member, on=date(2026, 5, 6))

    assert insight(member) == ("yes", "Self-assessment gedaan op 6 mei 2026.", 1)
    assert sorted(HistoryEntry.objects.filter(item=actions.INSIGHT).values_list("field", flat=True)) == ["how", "value"]


def test_finishing_never_overwrites_what_a_person_said(member: Member) -> None:
    round = make_round(member)
    actions.save_answer(member, round, actions.INSIGHT, draft("no", how="Nog niet."))

    make_assessment(member)

    assert insight(member) == ("no", "Nog niet.", 1)


def test_an_answer_that_was_taken_back_is_not_given_again(member: Member) -> None:
    round = make_round(member)
    make_assessment(member)
    assert actions.take_back_insight(member, round)

    make_assessment(member)

    assert insight(member) == ("", "", 2)


def test_taking_back_twice_or_after_somebody_changed_it_does_nothing(member: Member) -> None:
    round = make_round(member)
    make_assessment(member)
    actions.take_back_insight(member, round)

    again = actions.take_back_insight(member, round)
    actions.save_answer(member, round, actions.INSIGHT, draft("yes", how="Zelf gezegd.", version=2))

    assert (again, actions.take_back_insight(member, round)) == (False, False)
    assert insight(member) == ("yes", "Zelf gezegd.", 3)


def test_a_person_who_answered_yes_at_once_is_not_taken_for_a_self_assessment(member: Member) -> None:
    round = make_round(member)
    actions.save_answer(member, round, actions.INSIGHT, draft("yes", how="Dat weten we."))
    make_assessment(member)

    taken = actions.take_back_insight(member, round)

    assert (taken, insight(member)[0]) == (False, "yes")


def test_a_closed_round_hears_nothing_and_gives_nothing_back(member: Member) -> None:
    round = make_round(member)
    actions.close_round(member, round)

    make_assessment(member)

    assert not Answer.objects.filter(value="yes").exists()
    round.refresh_from_db()
    assert not actions.take_back_insight(member, round)


def test_whoever_may_not_change_answers_does_not_change_one_by_finishing() -> None:
    reader = make_member(Role.READER)
    make_round(make_member(organisation=reader.organisation))

    make_assessment(reader)

    assert not Answer.objects.exists()


def test_sharing_is_chosen_and_taken_back_and_told_in_the_history(member: Member) -> None:
    done = make_assessment(member)

    shared = []
    for is_shared in (True, True, False):
        actions.share_assessment(member, done, is_shared=is_shared)
        shared.append(Assessment.objects.get().shared_on is not None)

    assert shared == [True, True, False]
    assert HistoryEntry.objects.filter(field="shared").count() == 2


def test_what_is_not_finished_cannot_be_shared(member: Member) -> None:
    mine = make_assessment(member, is_finished=False)

    actions.share_assessment(member, mine, is_shared=True)

    assert Assessment.objects.get().shared_on is None


def test_a_paper_form_of_one_s_own_is_a_finished_self_assessment(member: Member) -> None:
    make_round(member)
    key = uuid4()

    made = [
        actions.type_in_assessment(member, EDITION, TypedDraft(key=key, answers=everywhere("partly"))) for _ in "12"
    ]

    assert made[0] == made[1]
    assert (made[0].is_finished, statement_answers(made[0])) == (True, everywhere("partly"))
    assert insight(member)[0] == "yes"


def test_the_number_of_somebody_else_s_form_is_nobody_s_business(member: Member) -> None:
    other = make_assessment(make_member())

    with pytest.raises(Http404):
        actions.type_in_assessment(member, EDITION, TypedDraft(key=other.id, answers=everywhere("yes")))


def test_a_draft_of_a_team_is_not_finished_alone(member: Member) -> None:
    team = make_team(member)
    mine = actions.join_team(member, team)
    assert mine is not None
    fill_in(mine, everywhere("yes"))

    with pytest.raises(Assessment.DoesNotExist):
        actions.finish_assessment(member, mine)


def test_a_round_that_closes_meanwhile_is_left_alone(member: Member) -> None:
    round = make_round(member)
    actions.close_round(member, round)  # the round in hand still looks open

    filled = actions.fill_insight(member, round, date(2026, 5, 6))

    assert filled is False
