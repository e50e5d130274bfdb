"""Papers as a browser gets them, and evidence as people add, fetch and take it off."""

from __future__ import annotations

import unicodedata
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from samenspraak.people.models import Member
from samenspraak.readiness import actions
from samenspraak.readiness.models import Answer, Evidence, Round
from tests.factories import client_of, make_member
from tests.readiness.rounds import PDF, draft, make_round, pdf

pytestmark = pytest.mark.django_db
ONE = "commitment-support"
STARTS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04"}


@pytest.fixture
def member() -> Member:
    return make_member(language="en")


@pytest.fixture
def round(member: Member) -> Round:
    return make_round(member)


def address(name: str, *parts: Any) -> str:
    return reverse(f"readiness:{name}", args=parts)


@pytest.mark.parametrize(
    ("paper", "kinds"),
    [("director_page", ("pdf", "docx")), ("full_report", ("pdf", "docx", "xlsx")), ("blank_form", ("pdf", "docx"))],
)
def test_a_paper_is_an_ordinary_link_that_ends_in_its_kind(
    member: Member, round: Round, paper: str, kinds: tuple[str, ...]
) -> None:
    client = client_of(member)
    parts = () if paper == "blank_form" else (round.id,)

    answers = {kind: client.get(address(paper, *parts, kind)) for kind in ("pdf", "docx", "xlsx", "pptx", "x")}

    assert {kind: a.status_code for kind, a in answers.items()} == {
        kind: 200 if kind in kinds else 404 for kind in answers
    }
    for kind in kinds:
        given = answers[kind]["Content-Disposition"]
        assert address(paper, *parts, kind).endswith(f".{kind}")
        assert answers[kind].content.startswith(STARTS[kind])
        assert (given.startswith("inline" if kind == "pdf" else "attachment"), f'.{kind}"' in given) == (True, True)


@pytest.mark.parametrize("act", ["remove_evidence", "put_back_evidence"])
def test_evidence_of_a_closed_round_stays_as_it_is(member: Member, round: Round, act: str) -> None:
    piece = actions.add_link(member, round, ONE, name="Beleid", link="https://example.org")
    actions.close_round(member, round)

    response = client_of(member).post(address(act, round.id, piece.id))

    assert (response.status_code, Evidence.objects.get().removed_at) == (409, None)
    assert "Somebody has closed this round." in response.content.decode()


def test_evidence_is_taken_off_and_the_page_offers_to_undo_it(member: Member, round: Round) -> None:
    client = client_of(member)
    piece = actions.add_link(member, round, ONE, name="Beleid", link="https://example.org")

    gone = client.post(address("remove_evidence", round.id, piece.id))
    page = client.get(gone["Location"].partition("#")[0]).content.decode()
    back = client.post(address("put_back_evidence", round.id, piece.id))

    assert (gone.status_code, back.status_code, Evidence.objects.get().removed_at) == (302, 302, None)
    assert ("Evidence removed." in page, ">Beleid<" in page) == (True, False)
    assert f'action="{address("put_back_evidence", round.id, piece.id)}"' in page


def test_a_file_and_a_link_at_once_are_two_pieces(member: Member, round: Round) -> None:
    form = {"file": pdf(), "link": "https://example.org/beleid", "link_name": "Beleid"}

    response = client_of(member).post(address("add_evidence", round.id, ONE), form)

    assert response.status_code == 302
    assert sorted(Evidence.objects.values_list("name", flat=True)) == ["Beleid", "mandaat.pdf"]


@pytest.mark.parametrize("form", [{"link": "https://example.org"}, {"file": None}])
def test_evidence_for_a_closed_round_is_refused_and_what_was_typed_stays(
    member: Member, round: Round, form: dict[str, Any]
) -> None:
    actions.close_round(member, round)
    data = {"file": pdf()} if "file" in form else form

    response = client_of(member).post(address("add_evidence", round.id, ONE), {**data, "link_name": "Beleid"})

    assert (response.status_code, Evidence.objects.count()) == (409, 0)


@pytest.mark.parametrize(
    "link", ["http://[", "https://[::1", "http://exa\u2100mple.org", "https://a b.org/\u202e", "//x"]
)
def test_an_address_that_cannot_be_one_is_refused_at_the_field(member: Member, round: Round, link: str) -> None:
    response = client_of(member).post(address("add_evidence", round.id, ONE), {"link": link})

    assert (response.status_code, Evidence.objects.count()) == (422, 0)
    assert "Give the whole address, from https:// on." in response.content.decode()


def test_the_name_of_a_file_is_kept_in_one_way_of_writing(member: Member, round: Round) -> None:
    name = unicodedata.normalize("NFD", "notulen één.pdf")

    client_of(member).post(address("add_evidence", round.id, ONE), {"file": pdf(name)})

    assert Evidence.objects.get().name == unicodedata.normalize("NFC", name)


def test_a_name_of_a_file_that_is_too_long_is_refused(member: Member, round: Round) -> None:
    response = client_of(member).post(address("add_evidence", round.id, ONE), {"file": pdf("m" * 197 + ".pdf")})

    assert (response.status_code, Evidence.objects.count()) == (422, 0)


def test_a_file_that_is_gone_from_the_folder_is_not_found(member: Member, round: Round) -> None:
    piece = actions.add_file(member, round, ONE, pdf("weg.pdf", PDF + b"weg"), "application/pdf")
    default_storage.delete(piece.stored_as)

    response = client_of(member).get(address("evidence", round.id, piece.id))

    assert response.status_code == 404


def test_a_link_is_no_file_to_fetch(member: Member, round: Round) -> None:
    piece = actions.add_link(member, round, ONE, name="Beleid", link="https://example.org")

    answers = [client_of(member).get(address("evidence", round.id, id)).status_code for id in (piece.id, uuid4())]  # noqa: A001

    assert answers == [404, 404]


def test_a_round_that_cannot_start_shows_the_form_again(member: Member, round: Round) -> None:
    response = client_of(member).post(address("start"), {"name": "n" * 81, "held_on": "31-02-2027"})

    page = response.content.decode()
    assert (response.status_code, Round.objects.count()) == (422, 1)
    assert ("n" * 81 in page, "31-02-2027" in page) == (True, True)


def test_an_own_task_that_cannot_be_made_shows_the_form_again(member: Member, round: Round) -> None:
    client, where = client_of(member), address("make_task", round.id, ONE)

    answers = [client.post(where, form) for form in ({"title": "Bel", "due_on": "morgen"}, {})]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "morgen" in answers[0].content.decode()
    assert "Say in a few words what has to be done." in answers[1].content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_words_for_a_round_that_was_closed_meanwhile_are_not_saved(
    member: Member, round: Round, headers: dict[str, str]
) -> None:
    actions.close_round(member, round)

    response = client_of(member).post(
        address("save_texts", round.id), {"ask": "Net te laat", "version": 1}, headers=headers
    )

    assert (response.status_code, Round.objects.get().ask) == (409, "")
    assert "Somebody has closed this round." in response.content.decode()


def test_words_saved_by_script_bring_back_the_new_version(member: Member, round: Round) -> None:
    response = client_of(member).post(
        address("save_texts", round.id), {"ask": "40 uur", "version": 1}, headers={"HX-Request": "true"}
    )

    page = response.content.decode()
    assert (response.status_code, Round.objects.get().ask) == (200, "40 uur")
    assert 'value="2" hx-swap-oob="true"' in page


def test_a_round_is_closed_and_opened_from_its_page(member: Member, round: Round) -> None:
    client, page = client_of(member), address("round", round.id)

    steps = []
    for act in ("close", "reopen"):
        steps.append(client.post(address(act, round.id))["Location"])
        steps.append("This round was closed on" in client.get(page).content.decode())

    assert steps == [page, True, page, False]


def test_the_history_says_answers_in_words(member: Member, round: Round) -> None:
    actions.save_answer(member, round, ONE, draft("partly", how="yes"))

    page = client_of(member).get(address("history", round.id)).content.decode()

    assert ("from “Not answered yet” to “Partly”" in page, "now “yes”" in page) == (True, True)


def test_two_rounds_stand_side_by_side(member: Member, round: Round) -> None:
    actions.save_answer(member, round, ONE, draft("no", how="Toen nog niet"))
    second = make_round(member, name="Voorjaar 2027", previous=round)
    actions.save_answer(member, second, ONE, draft("yes", how="Nu wel", version=1))

    page = client_of(member).get(address("compare", second.id, round.id)).content.decode()

    assert page.index("Toen nog niet") < page.index("Nu wel")


def test_rows_are_named_after_what_they_are(member: Member, round: Round) -> None:
    actions.save_answer(member, round, ONE, draft("yes"))
    piece = actions.add_link(member, round, ONE, name="Beleid", link="https://example.org")

    assert [str(row) for row in (round, Answer.objects.get(), piece)] == ["Najaar 2026", f"{ONE}: yes", "Beleid"]
