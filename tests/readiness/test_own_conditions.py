"""An own condition is a ninth condition wherever the eight are, and its answers stay when it is taken back."""

from __future__ import annotations

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from samenspraak.library import actions as library
from samenspraak.library.models import OwnWords
from samenspraak.library.queries import edition_for
from samenspraak.people.models import Member, Organisation
from samenspraak.readiness import actions
from samenspraak.readiness.models import Answer, Round
from samenspraak.readiness.queries import answers_of, edition_of, round_for, rounds_of, withdrawn_of
from samenspraak.readiness.report import blank_form, director_page, full_report, workbook
from samenspraak.tasks.actions import Origin, TaskDraft, add_task
from tests.documents.factory import READERS, bare
from tests.factories import client_of, make_member
from tests.library.own import make_condition, make_own_words
from tests.readiness.rounds import draft, make_round

pytestmark = pytest.mark.django_db
NAME = "Wij kennen de keten"


def asked_and_answered() -> tuple[Member, Round, OwnWords]:
    """A round with an own condition that was answered, with a task that came out of it."""
    member = make_member()
    own = make_condition(member, NAME)
    round = make_round(member)
    actions.save_answer(member, round, own.key, draft("yes", how="Inkoop houdt een lijst bij."))
    origin = Origin(route="readiness:condition", row=round.id, item=own.key)
    add_task(member, TaskDraft(title="Vraag de lijst op"), origin)
    return member, round_for(member, round.id), own


def page(member: Member, route: str, *arguments: object) -> str:
    answer = client_of(member).get(reverse(route, args=arguments), follow=True)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def again(member: Member) -> Member:
    """The member as the next request loads them."""
    return Member.objects.select_related("organisation", "person").get(pk=member.pk)


def test_an_own_condition_is_asked_with_the_others() -> None:
    member, round, own = asked_and_answered()

    shown = page(member, "readiness:condition", round.id, own.key)

    assert "voorwaarde 7 van 9" in shown
    assert "Negen voorwaarden" in shown
    assert f'<h1>{NAME} <span class="fromyou">van je organisatie</span></h1>' in shown


def test_an_own_condition_without_actions_may_come_first_to_do() -> None:
    member = make_member()
    own = make_condition(member, NAME)
    round = make_round(member)
    for condition in edition_for(member.organisation, "nl").conditions:
        actions.save_answer(member, round, condition.id, draft("no" if condition.id == own.key else "yes"))

    assert NAME in page(member, "readiness:round", round.id)


def test_an_own_action_becomes_a_task() -> None:
    member = make_member()
    row = make_own_words(member, "action", text_nl="Bel de vakbond")
    round = make_round(member)

    client_of(member).post(
        reverse("readiness:make_task", args=[round.id, "commitment-support"]), {"action": row.key}, follow=True
    )

    assert "Bel de vakbond" in page(member, "tasks:tasks")


def test_the_list_of_rounds_counts_what_each_round_asks() -> None:
    member, round, own = asked_and_answered()
    actions.close_round(member, round)
    old = make_round(member, name="Oud")
    actions.save_answer(member, old, own.key, draft("yes"))
    library.take_back(member, own)

    rows, _has_next = rounds_of(again(member))

    assert {row.name: (row.met, row.answered, row.total) for row in rows} == {
        "Najaar 2026": (1, 1, 9),
        "Oud": (0, 0, 8),
    }


def test_the_list_of_rounds_costs_one_query_more_where_own_words_were_kept() -> None:
    numbers = []
    for number in (0, 1, 3):
        member = make_member()
        make_round(member)
        for place in range(number):
            make_condition(member, f"Voorwaarde {place}")
            actions.close_round(member, make_round(member, name=f"Ronde {place}"))
        member = again(member)
        edition_for(member.organisation, "nl")

        with CaptureQueriesContext(connection) as asked:
            rounds_of(member)
        numbers.append(len(asked))

    assert numbers == [2, 3, 3]


def test_a_closed_round_reads_as_it_did_and_an_opened_one_as_today() -> None:
    member, round, own = asked_and_answered()
    actions.close_round(member, round)

    library.take_back(member, own)
    closed = edition_of(round_for(again(member), round.id), "nl")
    actions.reopen_round(member, round)
    opened = edition_of(round_for(again(member), round.id), "nl")

    assert (len(closed.conditions), len(opened.conditions)) == (9, 8)
    assert Round.objects.get().overlay_version is None


def test_a_round_closed_without_own_words_never_gets_them() -> None:
    member = make_member()
    round = make_round(member)
    actions.close_round(member, round)

    make_condition(member)

    assert len(edition_of(round_for(again(member), round.id), "nl").conditions) == 8


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_answers_to_a_condition_that_was_taken_back_stay_on_paper(kind: str) -> None:
    member, round, own = asked_and_answered()
    library.take_back(member, own)

    answer = client_of(member).get(reverse("readiness:full_report", args=[round.id, kind]))

    text = bare(READERS[kind](answer.content))
    for said in (NAME, "Inkoop houdt een lijst bij.", "Vraag de lijst op"):
        assert bare(said) in text
    assert own.key not in text.replace(own.key, "", 1 if kind == "xlsx" else 0)


def test_answers_to_a_condition_that_was_taken_back_stay_on_the_page_of_the_round() -> None:
    member, round, own = asked_and_answered()
    before = page(member, "readiness:round", round.id)
    library.take_back(member, own)

    after = page(member, "readiness:round", round.id)
    led_there = page(member, "readiness:condition", round.id, own.key)

    assert ("Niet meer gevraagd" in before, "Niet meer gevraagd" in after) == (False, True)
    assert NAME in after
    assert "Niet meer gevraagd" in led_there
    assert Answer.objects.get().how == "Inkoop houdt een lijst bij."


def test_what_was_taken_back_can_no_longer_be_answered() -> None:
    member, round, own = asked_and_answered()
    library.take_back(member, own)

    answer = client_of(member).post(
        reverse("readiness:save_answer", args=[round.id, own.key]), {"value": "no", "version": 1}
    )

    assert answer.status_code == 404


def test_a_condition_of_another_organisation_is_not_there() -> None:
    _member, _round, own = asked_and_answered()
    other = make_member()

    answer = client_of(other).get(reverse("readiness:condition", args=[make_round(other).id, own.key]))

    assert answer.status_code == 404


def test_without_own_answers_nothing_is_asked_about_what_was_taken_back() -> None:
    member = make_member()
    round = make_round(member)
    edition = edition_of(round, "nl")

    with CaptureQueriesContext(connection) as asked:
        found = withdrawn_of(round, edition, ["commitment-support"])

    assert (found, len(asked)) == ([], 0)


def test_papers_have_a_ninth_condition_with_a_letter() -> None:
    member, round, _own = asked_and_answered()
    with translation.override("nl"):
        edition = edition_for(member.organisation, "nl")
        papers = {
            "form": blank_form(member.organisation, edition, timezone.localdate()),
            "director": director_page(member, round, "nl"),
            "report": full_report(member, round, "nl"),
            "workbook": workbook(member, round, "nl"),
        }

    assert papers["form"].title == "Negen voorwaarden voor een goed gesprek"
    assert f"A. {NAME}" in str(papers["form"].blocks)
    assert f"A. {NAME}" in str(papers["report"].blocks)
    assert "Een voorwaarde van je eigen organisatie." in str(papers["report"].blocks)
    assert "met de eigen woorden van je organisatie" in str(papers["report"].blocks)
    assert NAME in str(papers["director"].blocks)
    assert NAME in str(papers["workbook"].blocks)


def test_the_directors_page_stays_one_page_with_own_conditions() -> None:
    member = make_member()
    for number in range(4):
        make_condition(member, f"Voorwaarde nummer {number} met een titel die de hele regel van een kolom vult")
    round = make_round(member)

    answer = client_of(member).get(reverse("readiness:director_page", args=[round.id, "pdf"]))

    assert answer.content.count(b"/Type /Page\n") <= 1


def test_two_rounds_lie_side_by_side_with_what_only_one_of_them_asks() -> None:
    member, old, own = asked_and_answered()
    actions.close_round(member, old)
    library.take_back(member, own)
    new = make_round(member, name="Nieuw")

    shown = page(member, "readiness:compare", new.id, old.id)

    assert shown.count('<th scope="row">') == 9
    assert "Inkoop houdt een lijst bij." in shown


def test_a_next_round_takes_the_own_answers_along() -> None:
    member, round, own = asked_and_answered()

    fresh = make_round(member, name="Voorjaar 2027", previous=round)

    assert answers_of(fresh)[own.key].how == "Inkoop houdt een lijst bij."


def test_the_list_says_how_many_conditions_there_are() -> None:
    member = make_member()
    make_condition(member)
    Organisation.objects.get()

    shown = page(member, "readiness:rounds")

    assert "Negen voorwaarden laten zien hoever je bent." in shown
    assert "De negen voorwaarden op papier" in shown


def test_a_line_in_tasks_of_a_condition_that_was_taken_back_stays_when_the_round_goes_on() -> None:
    member, round, own = asked_and_answered()
    actions.save_answer(member, round, own.key, draft("partly", version=1, owner=member))
    library.take_back(member, own)

    fresh = make_round(again(member), name="Voorjaar 2027", previous=round_for(again(member), round.id))
    actions.close_round(again(member), fresh)
    actions.reopen_round(again(member), fresh)

    assert Answer.objects.filter(condition_id=own.key).count() == 2
    assert "Nog te regelen" in page(member, "tasks:tasks") or NAME in page(member, "tasks:tasks")
