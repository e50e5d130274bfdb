"""The one page of a colleague who was asked: no account, no cookie, no script."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samenspraak.people.models import Guest, Member
from samenspraak.readiness import actions
from samenspraak.readiness.models import Round, Voice
from tests.factories import client_of, make_member, make_organisation, make_person
from tests.readiness.asking import ONE, TWO, ask, key_of, path_of, say, text_of
from tests.readiness.rounds import make_round

pytestmark = pytest.mark.django_db
DUTCH = {"accept-language": "nl"}


@pytest.fixture
def member() -> Member:
    person = make_person("Sanne de Wit", email="sanne@example.org")
    return make_member(organisation=make_organisation("Noorderlicht"), person=person)


@pytest.fixture
def round(member: Member) -> Round:
    return make_round(member)


def said(value: str = "no", how: str = "Nooit van gehoord", **more: Any) -> dict[str, Any]:
    return {"asked": ONE, f"value-{ONE}": value, f"how-{ONE}": how, "version": 0, **more}


def test_a_colleague_answers_without_account_cookie_or_script(member: Member, round: Round) -> None:
    path = path_of(ask(member, round, message="Ik ben benieuwd.").guests[0])
    client = Client(enforce_csrf_checks=True, headers=DUTCH)

    first = client.get(path)
    response = client.post(path, said())
    kept = client.get(response["Location"])

    text = text_of(first)
    assert "Voor Bram" in text
    assert "Klopt dit bij Noorderlicht?" in text
    assert "Ik ben benieuwd." in text
    assert "met je naam (Bram)" in text
    assert "<script" not in first.content.decode()
    assert (response.status_code, Voice.objects.get().value) == (302, "no")
    assert "Dank je, je antwoord is bewaard." in text_of(kept)
    assert "Nooit van gehoord" in text_of(kept)
    assert client.cookies == {}


def test_the_page_shows_one_question_and_leads_nowhere_else(member: Member, round: Round) -> None:
    page = client_of(member).get(path_of(ask(member, round).guests[0])).content.decode()

    links = {part.split('"')[0] for part in page.split("<body")[1].split('href="')[1:]}
    assert links == {"#content", "?language=en"}


def test_the_page_of_a_guest_is_in_the_own_language(member: Member, round: Round) -> None:
    asked = ask(member, round).guests[0]
    Guest.objects.update(language="en")

    page = text_of(Client(headers=DUTCH).get(path_of(asked)))

    assert "Is this so at Noorderlicht?" in page
    assert "The company" in page


def test_an_answer_keeps_the_language_that_was_switched_to(member: Member, round: Round) -> None:
    path = path_of(ask(member, round).guests[0])

    response = Client().post(f"{path}?language=en", said())

    assert response["Location"] == f"{path}?language=en&kept=1"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (said("", ""), "Kies een antwoord."),
        (said("", "Zomaar"), "Kies er ook een antwoord bij"),
        (said("misschien"), "Kies ja, deels, nee of"),
        (said("no", "a" * 10_001), "10001"),
        (said("no", "tekst\x07"), "U+0007"),
        (said(asked=TWO), "Kies een antwoord."),
        (said(version="x"), "Nog niet verstuurd."),
    ],
)
def test_what_a_guest_forgets_is_said_and_kept(
    member: Member, round: Round, given: dict[str, Any], message: str
) -> None:
    path = path_of(ask(member, round).guests[0])

    response = Client(headers=DUTCH).post(path, given)

    page = text_of(response)
    assert (response.status_code, Voice.objects.count()) == (422, 0)
    assert message in page
    assert "Nog niet verstuurd." in page


def test_a_round_that_closed_meanwhile_gives_the_text_back(member: Member, round: Round) -> None:
    path = path_of(ask(member, round).guests[0])
    actions.close_round(member, round)

    response, shown = Client(headers=DUTCH).post(path, said()), Client(headers=DUTCH).get(path)

    assert (response.status_code, Voice.objects.count()) == (409, 0)
    assert "Nooit van gehoord" in text_of(response)
    assert "Deze ronde is gesloten terwijl je schreef." in text_of(response)
    assert "Deze ronde is gesloten; antwoorden veranderen niet meer." in text_of(shown)
    assert 'type="submit"' not in shown.content.decode()


def test_a_forwarded_link_answered_by_two_shows_both_texts(member: Member, round: Round) -> None:
    path = path_of(ask(member, round).guests[0])
    client = Client(headers=DUTCH)
    client.post(path, said("no", "Eerste tekst"))

    response = client.post(path, said("yes", "Tweede tekst"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "Eerste tekst" in page
    assert "Tweede tekst" in page
    version = page.split('name="version" value="')[1].split('"')[0]
    assert client.post(path, said("yes", "Tweede tekst", version=version)).status_code == 302


def test_an_answer_that_came_out_meanwhile_keeps_the_typed_text_on_the_page(member: Member, round: Round) -> None:
    guests = ask(member, round, ["A", "B", "C", "D", "E"], is_named=False).guests
    path, key = path_of(guests[0]), key_of(guests[0])
    for who, value in zip(guests, ("no", "yes", "no", "partly", "unknown"), strict=True):
        say(who, value)

    response = Client(headers=DUTCH).post(path, said("yes", "Toch niet", version=1))
    shown = Client(headers=DUTCH).get(f"/ready/voice/{key}")

    assert response.status_code == 409
    assert "Toch niet" in text_of(response)
    assert "is je antwoord samen met dat van anderen getoond" in text_of(response)
    assert "verandert dus niet meer: Nee." in text_of(shown)


def test_a_used_link_corrects_and_its_page_says_until_when(member: Member, round: Round) -> None:
    asked = ask(member, round).guests[0]
    key = say(asked, "no", "Nee")

    page = text_of(Client(headers=DUTCH).get(f"/ready/voice/{key}"))

    assert "Verstuur mijn verbetering" in page
    assert "tot de ronde wordt gesloten, uiterlijk op" in page


def test_an_asker_who_left_is_named_as_such(member: Member, round: Round) -> None:
    make_member(organisation=member.organisation)
    path = path_of(ask(member, round).guests[0])
    Member.objects.filter(pk=member.pk).update(left_at=timezone.now())

    page = text_of(Client(headers=DUTCH).get(path))

    assert "Sanne de Wit werkt hier niet meer aan mee" in page
