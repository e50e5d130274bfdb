"""The papers of the self-assessment say what the screen says, in every kind; and the laws of what it says."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspraak.method.load import load_edition
from samenspraak.people.models import Member
from samenspraak.readiness.queries import result_of
from tests.documents.factory import READERS, bare
from tests.factories import client_of, make_member
from tests.readiness.assessments import (
    FIVE,
    STATEMENTS,
    everywhere,
    make_assessment,
    make_closed,
    make_handed_in,
    type_in,
)

KINDS = ("pdf", "docx", "xlsx")
MIXED = everywhere("yes", commitment_1="no", inclusion_2="unknown", knowledge_1="partly", knowledge_2="partly")
ORDER = ("unknown", "no", "partly", "yes")
answer_sets = st.dictionaries(st.sampled_from(STATEMENTS), st.sampled_from(ORDER))


def said_in(client: Client, name: str, pk: object, kind: str) -> str:
    """What a paper says, without what a line break or a column did to it."""
    response = client.get(reverse(f"readiness:{name}", args=[pk, kind]))
    assert response.status_code == 200
    return bare(READERS[kind](response.content))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_result_says_the_same_on_screen_and_on_every_paper(language: str) -> None:
    member = make_member(language=language)
    mine = make_assessment(member, MIXED)
    client, edition = client_of(member), load_edition("2025-04", "nl" if language == "nl" else "en")

    screen = bare(unescape(client.get(reverse("readiness:assessment", args=[mine.id])).content.decode()))
    papers = [said_in(client, "assessment_paper", mine.id, kind) for kind in KINDS]

    result = result_of(edition, MIXED)
    facts = [e.element.title for e in result.elements] + [s.text for e in edition.elements for s in e.statements]
    helps = [s.suggestion for e in result.elements for s in e.suggestions]
    assert [fact for fact in facts for paper in papers if bare(fact) not in paper] == []
    assert [text for text in helps for said in (screen, *papers[:2]) if bare(text) not in said] == []
    words = {"nl": ("oranje, vraagt aandacht", "groen, stevig"), "en": ("orange, needs attention", "green, sturdy")}
    for word in words[language]:
        colour = "orange" if word.startswith("or") else "green"
        assert screen.count(bare(word)) == result.count(colour)
        assert all(bare(word).lower() in paper.lower() for paper in papers)


@pytest.mark.django_db
def test_the_spread_of_a_team_says_the_same_on_screen_and_on_every_paper() -> None:
    member = make_member()
    team = make_closed(member, FIVE)
    client = client_of(member)

    screen = bare(unescape(client.get(reverse("readiness:team", args=[team.id])).content.decode()))
    papers = [said_in(client, "team_paper", team.id, kind) for kind in KINDS]

    for element in load_edition("2025-04", "nl").elements:
        assert [bare(element.title) in said for said in (screen, *papers)] == [True] * 4
    assert ["4of5" in said for said in (screen, *papers)] == [True] * 4


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_no_paper_of_a_team_shows_a_number_that_the_screen_keeps_back(kind: str) -> None:
    member = make_member()
    papers = [
        said_in(client_of(member), "team_paper", team.id, kind)
        for team in (make_handed_in(member, FIVE), make_closed(member, FIVE[:4]))
    ]

    assert [bare("De spreiding per element") in paper for paper in papers] == [False, False]
    assert bare("nog open") in papers[0]
    assert bare("Minder dan vijf mensen leverden in.") in papers[1]


@pytest.mark.django_db
def test_six_on_paper_and_two_others_are_told_as_two_left_out() -> None:
    member = make_member()
    team = make_handed_in(member, FIVE[:2])
    for answers in (*FIVE, everywhere("yes")):
        type_in(team, answers)
    client = client_of(member)
    client.post(reverse("readiness:close_team", args=[team.id]))

    assert bare("met te weinig zijn om te laten zien: 2.") in said_in(client, "team_paper", team.id, "pdf")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_blank_form_has_36_statements_and_four_boxes_each(kind: str, language: str) -> None:
    response = client_of(make_member(language=language)).get(reverse("readiness:statements_form", args=[kind]))

    text = bare(READERS[kind](response.content))
    edition = load_edition("2025-04", "nl" if language == "nl" else "en")
    statements = [s.text for e in edition.elements for s in e.statements]
    assert [s for s in statements if bare(s) not in text] == []
    assert text.count(bare({"nl": "Weet ik nog niet", "en": "I don’t know yet"}[language])) >= 36


@pytest.mark.django_db
def test_a_draft_and_an_empty_result_make_a_paper_too(member_with_nothing: Member) -> None:
    mine = make_assessment(member_with_nothing, {}, is_finished=False)

    text = said_in(client_of(member_with_nothing), "assessment_paper", mine.id, "pdf")

    assert bare("Er valt nog niets te zeggen.") in text
    assert bare("nog niet afgerond") in text


@pytest.fixture
def member_with_nothing() -> Member:
    return make_member()


@settings(deadline=None)  # how long an example takes on a busy machine is not the law
@given(answers=answer_sets)
def test_nothing_answered_never_shows_green(answers: dict[str, str]) -> None:
    result = result_of(load_edition("2025-04", "nl"), answers)

    open_ones = [r for r in result.elements if r.missing]
    assert [r.element.id for r in open_ones if r.colour != "grey"] == []
    assert all(len(r.suggestions) <= 3 for r in result.elements)


@settings(deadline=None)  # how long an example takes on a busy machine is not the law
@given(
    answers=st.fixed_dictionaries({s: st.sampled_from(ORDER) for s in STATEMENTS}),
    statement=st.sampled_from(STATEMENTS),
)
def test_a_better_answer_never_turns_green_into_orange_nor_adds_a_step(answers: dict[str, str], statement: str) -> None:
    edition = load_edition("2025-04", "nl")

    before, after = result_of(edition, answers), result_of(edition, {**answers, statement: "yes"})

    assert {e for e, c in before.colours.items() if c == "green"} <= {
        e for e, c in after.colours.items() if c == "green"
    }
    assert {s.step.id for s in after.steps} <= {s.step.id for s in before.steps}
