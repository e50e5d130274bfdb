"""The self-assessment of a team: handing in, what is kept of it, and what may be seen."""

from __future__ import annotations

from datetime import date, datetime
from itertools import chain
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import models
from django.http import Http404

from samenspraak.method.small_groups import Shown, Withheld
from samenspraak.people.models import Guest, HistoryEntry, Mail, Member
from samenspraak.readiness import actions
from samenspraak.readiness.actions import AskedToJoin, NothingFilledIn, TypedDraft
from samenspraak.readiness.models import Answer, Assessment, ElementAnswers, Participation, TeamCount, TypedForm
from samenspraak.readiness.queries import handed_in, place_of, shown_teams, team_result
from samenspraak.readiness.queries.assessment import guest_draft
from samenspraak.readiness.queries.teams import team_of_guest
from tests.factories import make_member
from tests.readiness.assessments import (
    EDITION,
    FIRST,
    FIVE,
    STATEMENTS,
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
from tests.readiness.rounds import make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return make_member()


def numbers(shown: Shown) -> dict[str, tuple[int, int]]:
    return {option: (count.least, count.most) for option, count in shown.counts.items()}


def test_handing_in_leaves_numbers_and_that_it_was_done(member: Member) -> None:
    team = make_team(member)

    hand_in(member, team, everywhere("yes"))

    assert (Assessment.objects.count(), ElementAnswers.objects.count()) == (0, 0)
    assert place_of(member, team) == (None, True)
    assert TeamCount.objects.filter(option="yes", people=1).count() == 36
    assert TeamCount.objects.filter(option="green", people=1).count() == 9
    assert TeamCount.objects.exclude(people=0).count() == 45


def test_handing_in_again_or_with_nothing_changes_nothing(member: Member) -> None:
    team = make_team(member)
    hand_in(member, team, everywhere("yes"))

    again = actions.hand_in(member, team, EDITION)

    assert (again, actions.join_team(member, team), Assessment.objects.count()) == (False, None, 0)
    assert sum(TeamCount.objects.values_list("people", flat=True)) == 45


def test_an_empty_form_is_not_handed_in(member: Member) -> None:
    team = make_team(member)
    actions.join_team(member, team)

    with pytest.raises(NothingFilledIn):
        actions.hand_in(member, team, EDITION)

    assert place_of(member, team).is_done is False


def test_a_statement_that_was_left_open_is_counted_as_open_and_makes_its_element_grey(member: Member) -> None:
    team = make_team(member)

    hand_in(member, team, {"motivation-1": "yes"})

    assert TeamCount.objects.get(item_id="motivation-2", option="").people == 1
    assert TeamCount.objects.get(item_id="motivation", option="grey").people == 1


def kept_about(member: Member) -> list[Any]:
    """Every value in every table that has a row of this organisation."""
    found: list[Any] = []
    for model in chain.from_iterable(
        apps.get_app_config(room).get_models() for room in ("people", "tasks", "readiness")
    ):
        if any(field.name == "organisation" for field in model._meta.fields):
            rows = model._default_manager.filter(organisation_id=member.organisation_id)
            found += [(model.__name__, row) for row in rows.values()]
    return found


def test_what_is_kept_after_handing_in_is_the_same_whoever_handed_in_what(member: Member) -> None:
    """Anonymous as a property of what is stored: swap the answers of two people and every row stays as it was."""
    one, two = colleagues(member, 2)
    team, swapped = make_team(member), make_team(member)

    for who, answers in ((one, everywhere("yes")), (two, everywhere("no"))):
        hand_in(who, team, answers)
    for who, answers in ((one, everywhere("no")), (two, everywhere("yes"))):
        hand_in(who, swapped, answers)

    def rows(team_id: UUID) -> list[Any]:
        about = [(name, row) for name, row in kept_about(member) if row.get("team_id") == team_id]
        return sorted(
            (name, sorted((k, str(v)) for k, v in row.items() if k not in ("id", "team_id"))) for name, row in about
        )

    assert rows(team.id) == rows(swapped.id)


def test_no_row_of_answers_points_at_a_person_or_has_a_time() -> None:
    for model in (TeamCount, TypedForm):
        kinds = {type(field) for field in model._meta.fields}
        related = {field.related_model.__name__ for field in model._meta.fields if field.is_relation}
        assert kinds & {models.DateField, models.DateTimeField, models.TimeField} == set()
        assert related == {"Organisation", "TeamAssessment"}

    assert {f.name for f in Participation._meta.fields} == {"id", "organisation", "team", "member", "is_done"}


def test_handing_in_writes_no_history(member: Member) -> None:
    team = make_team(member)
    before = HistoryEntry.objects.count()

    hand_in(member, team, everywhere("yes"))

    assert HistoryEntry.objects.count() == before


def test_five_who_differ_are_shown_after_closing_and_not_before(member: Member) -> None:
    team = make_handed_in(member, FIVE)
    before = team_result(team, EDITION)

    actions.close_team(member, team, EDITION)
    team.refresh_from_db()
    after = team_result(team, EDITION)

    assert (before.withheld, before.people) == (Withheld(reason="still_open"), 0)
    assert (after.withheld, after.people, after.kept_back) == (None, 5, 0)
    assert numbers(after.elements[0].colours) == {"green": (3, 3), "orange": (2, 2), "grey": (0, 0), "": (0, 0)}


def test_four_stay_closed_for_good(member: Member) -> None:
    team = make_closed(member, FIVE[:4])

    result = team_result(team, EDITION)

    assert (result.withheld, result.elements) == (Withheld(reason="too_few"), ())


def test_five_who_agree_are_shown_as_a_range(member: Member) -> None:
    team = make_closed(member, [everywhere("no")] * 5)

    result = team_result(team, EDITION)

    shown = result.elements[0].statements[0][1]
    assert numbers(shown)["no"] == (4, 5)
    assert [s.id for s in result.elements[0].suggestions] == ["motivation-1", "motivation-2", "motivation-3"]


def test_where_everybody_says_yes_nothing_is_suggested_for_certain(member: Member) -> None:
    team = make_closed(member, [everywhere("yes", motivation_1="no")] * 3 + [everywhere("yes")] * 32)

    result = team_result(team, EDITION)

    assert result.elements[0].suggestions[0].id == "motivation-1"


def test_paper_forms_do_not_lift_four_people_over_five(member: Member) -> None:
    team = make_handed_in(member, FIVE[:4])
    type_in(team, everywhere("yes"))
    actions.close_team(member, team, EDITION)
    team.refresh_from_db()

    result = team_result(team, EDITION)

    assert result.withheld == Withheld(reason="would_reveal")
    assert handed_in(team) == (4, 1)


def test_six_paper_forms_are_shown_and_two_people_kept_back(member: Member) -> None:
    team = make_handed_in(member, FIVE[:2])
    for answers in (*FIVE, everywhere("yes")):
        type_in(team, answers)
    actions.close_team(member, team, EDITION)
    team.refresh_from_db()

    result = team_result(team, EDITION)

    assert (result.people, result.kept_back) == (6, 2)


def test_a_paper_form_counts_once_and_not_empty(member: Member) -> None:
    team, key = make_team(member), uuid4()

    for _ in range(2):
        actions.type_in_form(team, EDITION, TypedDraft(key=key, answers=everywhere("yes")))

    with pytest.raises(NothingFilledIn):
        actions.type_in_form(team, EDITION, TypedDraft(key=uuid4(), answers={}))
    with pytest.raises(Http404):
        actions.type_in_form(make_team(member), EDITION, TypedDraft(key=key, answers=everywhere("no")))
    assert (TypedForm.objects.count(), handed_in(team).typed) == (1, 1)
    assert TeamCount.objects.get(team=team, item_id=STATEMENTS[0], option="yes").people == 1


def test_closing_is_for_good_and_wipes_what_was_not_handed_in(member: Member) -> None:
    team = make_handed_in(member, FIVE)
    draft = actions.join_team(member, team)
    assert draft is not None
    fill_in(draft, everywhere("yes"))

    for _ in range(2):
        actions.close_team(member, team, EDITION)

    assert ElementAnswers.objects.count() == 0
    assert HistoryEntry.objects.filter(field="closed").count() == 1
    for late in (
        lambda: actions.join_team(member, team),
        lambda: actions.hand_in(member, team, EDITION),
        lambda: type_in(team, everywhere("yes")),
        lambda: actions.save_statements(draft, FIRST, {"motivation-1": "no"}, version=1),
    ):
        with pytest.raises(actions.AssessmentEnded):
            late()


def test_a_draft_of_a_team_that_closed_a_moment_ago_is_not_saved(member: Member) -> None:
    team = make_team(member)
    draft = actions.join_team(member, team)
    assert draft is not None
    type(team).objects.update(closed_on=date(2026, 11, 21))

    with pytest.raises(actions.AssessmentEnded):
        actions.save_statements(draft, FIRST, {"motivation-1": "yes"}, version=0)


def test_closing_with_something_to_show_answers_the_condition_about_insight(member: Member) -> None:
    make_round(member)

    make_closed(member, FIVE[:4])
    answered = [Answer.objects.filter(value="yes").exists()]
    make_closed(member, FIVE)
    answered.append(Answer.objects.filter(value="yes").exists())

    assert answered == [False, True]


def test_the_number_of_a_team_elsewhere_is_nobody_s_business(member: Member) -> None:
    elsewhere = make_team(make_member())

    with pytest.raises(Http404):
        make_team(member, key=elsewhere.id)
    assert make_team(member, key=(key := uuid4())) == make_team(member, key=key)


def test_a_guest_fills_in_and_hands_in_by_the_link(member: Member) -> None:
    team = make_team(member)
    guest, _key = ask_guest(member, team)
    fill_in(actions.join_as_guest(guest, team), everywhere("yes"))

    handed = [actions.hand_in_as_guest(guest, team, EDITION) for _ in range(2)]

    guest.refresh_from_db()
    assert handed == [True, False]
    assert (guest_draft(guest), guest.answered_at, handed_in(team)) == (None, guest.created_at, (1, 0))
    assert TeamCount.objects.get(item_id=STATEMENTS[0], option="yes").people == 1


def test_a_guest_with_nothing_filled_in_hands_in_nothing(member: Member) -> None:
    team = make_team(member)
    guest, _key = ask_guest(member, team)

    with pytest.raises(NothingFilledIn):
        actions.hand_in_as_guest(guest, team, EDITION)


def test_a_link_that_ended_meanwhile_counts_nothing(member: Member) -> None:
    team = make_team(member)
    guest, _key = ask_guest(member, team)
    fill_in(actions.join_as_guest(guest, team), everywhere("yes"))
    Guest.objects.update(withdrawn_at=datetime(2026, 11, 21, tzinfo=guest.created_at.tzinfo))

    handed = actions.hand_in_as_guest(guest, team, EDITION)

    assert (handed, TeamCount.objects.count()) == (False, 0)


def test_asking_again_tells_nothing_and_mails_nothing(member: Member) -> None:
    team = make_team(member)
    guest, _key = ask_guest(member, team)
    fill_in(actions.join_as_guest(guest, team), everywhere("yes"))
    actions.hand_in_as_guest(guest, team, EDITION)
    mails = Mail.objects.count()

    actions.ask_to_join(member, team, AskedToJoin(email=guest.email, name="Bram", language="nl", once=uuid4()))

    assert (Mail.objects.count(), Guest.objects.count()) == (mails, 1)


def test_two_teams_may_ask_the_same_person(member: Member) -> None:
    for _ in range(2):
        ask_guest(member, make_team(member))

    assert Guest.objects.count() == 2


def test_one_form_for_two_askers_is_known_already(member: Member) -> None:
    team = make_team(member)
    once = uuid4()
    asked = AskedToJoin(email="bram@example.org", name="Bram", language="nl", once=once)
    actions.ask_to_join(member, team, asked)
    Guest.objects.update(email="anders@example.org")

    actions.ask_to_join(member, team, asked)

    assert (Guest.objects.count(), HistoryEntry.objects.filter(field="asked").count()) == (1, 1)


def test_a_guest_of_a_team_that_is_gone_finds_nothing(member: Member) -> None:
    team = make_team(member)
    guest, _key = ask_guest(member, team)
    team.delete()

    with pytest.raises(Http404):
        team_of_guest(guest)


def test_closed_teams_lie_side_by_side_oldest_first_and_only_what_may_be_shown(member: Member) -> None:
    for name, several in (("eerste", FIVE), ("te klein", FIVE[:3]), ("tweede", FIVE)):
        make_closed(member, several, name=name)
    make_handed_in(member, FIVE, name="open")

    shown = shown_teams(member, EDITION)

    assert [team.name for team, _ in shown] == ["eerste", "tweede"]
    assert [result.people for _, result in shown] == [5, 5]
