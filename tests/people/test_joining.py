"""Invitations: every way of coming in or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.db.models import F
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from samenspraak.people import actions
from samenspraak.people.models import HistoryEntry, Invitation, Member, Person, Role
from tests.factories import client_of, make_member, make_person
from tests.people.invitations import ask
from tests.people.parallel import all_at_once

pytestmark = pytest.mark.django_db
PASSWORD = "drie gewone woorden"
DUTCH, ENGLISH = {"accept-language": "nl"}, {"accept-language": "en"}
ENDED = "Deze link werkt niet meer"


def accept(link: str, client: Client | None = None, **more: str) -> HttpResponse:
    form = {"name": "Bram Okafor", "function": "inkoop", "password": PASSWORD, **more}
    return (client or Client()).post(link, form, headers=DUTCH)


def test_a_newcomer_sees_who_invites_to_what(owner: Member) -> None:
    page = Client().get(ask(owner), headers=DUTCH).content.decode()

    assert "Sanne de Wit nodigt je uit bij Noorderlicht" in page
    assert "Je rol: bewerker." in page
    assert 'value="bram@example.org"' in page


@pytest.mark.parametrize(("role", "words"), [(Role.OWNER, "Je rol: eigenaar."), (Role.READER, "Je rol: lezer.")])
def test_the_page_says_what_the_role_is(owner: Member, role: Role, words: str) -> None:
    assert words in Client().get(ask(owner, role=role), headers=DUTCH).content.decode()


def test_an_invitation_outlives_whoever_sent_it(owner: Member) -> None:
    link = ask(owner)
    Invitation.objects.update(invited_by=None)

    assert "Je bent uitgenodigd bij Noorderlicht" in Client().get(link, headers=DUTCH).content.decode()


def test_a_newcomer_joins_and_is_in(owner: Member) -> None:
    client, link = Client(), ask(owner)

    response = accept(link, client)

    member = Member.objects.get(person__email="bram@example.org")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert (member.organisation, member.role, member.function) == (owner.organisation, "editor", "inkoop")
    assert (member.person.name, member.person.language) == ("Bram Okafor", "nl")
    assert member.person.check_password(PASSWORD)
    assert client.get("/organisation").status_code == 200
    assert Client().get(link).status_code == 410


def test_the_language_of_the_page_becomes_that_of_the_newcomer(owner: Member) -> None:
    Client().post(ask(owner), {"name": "Bram", "password": PASSWORD}, headers=ENGLISH)

    assert Person.objects.get(email="bram@example.org").language == "en"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "Vul je naam in"),
        ("function", "x" * 81, "Deze tekst is 81 tekens lang."),
        ("password", "", "Kies een wachtwoord van minstens 10 tekens."),
        ("password", "bram@example.org", "lijkt te veel op je naam"),
    ],
)
def test_what_a_newcomer_has_to_mend_is_said_at_its_field(owner: Member, field: str, value: str, message: str) -> None:
    response = accept(ask(owner), **{field: value})

    page = response.content.decode()
    assert response.status_code == 422
    assert message in page.split(f'id="{field}-error"')[1].split("<input")[0]
    assert ('value="Bram Okafor"' in page) is (field != "name")
    assert not Person.objects.filter(email="bram@example.org").exists()


def used(link: str, owner: Member) -> None:
    del owner
    accept(link)
    Invitation.objects.update(accepted_at=F("accepted_at") - timedelta(hours=1))


def too_old(link: str, owner: Member) -> None:
    del link, owner
    Invitation.objects.update(expires_at=timezone.now())


def withdrawn(link: str, owner: Member) -> None:
    del link
    actions.withdraw_invitation(owner, Invitation.objects.get())


@pytest.mark.parametrize("end", [used, too_old, withdrawn], ids=lambda end: end.__name__)
@pytest.mark.parametrize("who", ["visitor", "the one invited", "somebody else"])
def test_a_link_that_has_ended_says_so_kindly(owner: Member, end: Callable[[str, Member], None], who: str) -> None:
    link = ask(owner)
    end(link, owner)
    client = Client()
    if who != "visitor":
        email = "bram@example.org" if who == "the one invited" else "noor@example.org"
        client.force_login(Person.objects.filter(email=email).first() or make_person(email=email))

    answers = [client.get(link, headers=DUTCH), accept(link, client), accept(link, client, name="")]

    assert [a.status_code for a in answers] == [410] * 3
    assert [ENDED in a.content.decode() for a in answers] == [True] * 3
    assert "Vraag een nieuwe aan wie hem stuurde." in answers[0].content.decode()


@pytest.mark.parametrize("token", ["x", "A" * 43, "é" * 20, "%00", "a" * 2000])
def test_a_link_that_never_was_one_says_the_same(token: str) -> None:
    answers = [Client().get(f"/invitation/{token}", headers=DUTCH), accept(f"/invitation/{token}")]

    assert [(a.status_code, ENDED in a.content.decode()) for a in answers] == [(410, True)] * 2


def test_who_has_an_account_signs_in_first(owner: Member) -> None:
    make_person(email="bram@example.org")
    link = ask(owner)

    page = Client().get(link, headers=DUTCH).content.decode()
    posted = accept(link)

    assert f'href="/account/sign-in?next={link}"' in page
    assert 'name="password"' not in page
    assert (posted.status_code, Member.objects.count()) == (409, 1)
    assert Client().get(link).status_code == 200


def test_an_expired_invitation_is_not_revived_by_a_new_password(owner: Member) -> None:
    person = make_person(email="bram@example.org", password=PASSWORD)
    link, client = ask(owner), Client()
    too_old(link, owner)

    client.post("/account/sign-in", {"login": person.email, "password": PASSWORD, "next": link})

    assert (client.get(link).status_code, client.post(link).status_code) == (410, 410)
    assert Member.objects.count() == 1


def test_who_has_an_account_joins_with_one_button_and_works_there(owner: Member) -> None:
    person = make_member(person=make_person(email="bram@example.org")).person
    client, link = Client(), ask(owner)
    client.force_login(person)

    page = client.get(link).content.decode()
    response = client.post(link)

    assert "<button" in page
    assert 'name="password"' not in page
    assert (response.status_code, response["Location"]) == (302, "/")
    assert "Noorderlicht" in client.get("/organisation").content.decode()
    assert Member.objects.filter(person=person).count() == 2


def test_somebody_else_who_is_signed_in_cannot_use_it(owner: Member) -> None:
    other, link = make_member(), ask(owner)
    client = client_of(other)

    page = client.get(link).content.decode()
    response = client.post(link)

    assert "Je bent aangemeld met een ander adres" in page
    assert "bram@example.org" not in page
    assert response.status_code == 409
    assert Invitation.objects.get().accepted_at is None


def test_a_closed_account_does_not_come_in_by_invitation(owner: Member) -> None:
    make_person(email="bram@example.org", is_active=False, password=PASSWORD)
    link = ask(owner)

    answers = [
        accept(link).status_code,
        Client().post("/account/sign-in", {"login": "bram@example.org", "password": PASSWORD}).status_code,
    ]

    assert answers == [409, 403]
    assert Member.objects.count() == 1


def test_who_left_and_comes_back_gets_the_old_membership_in_the_new_role(owner: Member) -> None:
    left = make_member(Role.OWNER, owner.organisation, function="inkoop", left_at=timezone.now())
    link = ask(owner, left.person.email, Role.READER)
    client = Client()
    client.force_login(left.person)

    client.post(link)

    left.refresh_from_db()
    assert (left.left_at, left.role, left.function) == (None, "reader", "inkoop")


def test_who_is_in_already_keeps_the_role_of_now(owner: Member) -> None:
    link = ask(owner, role=Role.READER)
    colleague = make_member(Role.EDITOR, owner.organisation, person=make_person(email="bram@example.org"))

    client_of(colleague).post(link)

    colleague.refresh_from_db()
    assert colleague.role == "editor"


def test_a_second_click_of_a_newcomer_gives_the_same_member(owner: Member) -> None:
    link, first, second = ask(owner), Client(), Client()

    answers = [accept(link, first), accept(link, second)]

    assert [(a.status_code, a["Location"]) for a in answers] == [(302, "/")] * 2
    assert Member.objects.count() == 2
    assert second.get("/organisation").status_code == 200


def test_a_used_link_opens_nothing_with_another_password(owner: Member) -> None:
    link = ask(owner)
    accept(link)

    response = accept(link, password="een heel ander woord")

    assert response.status_code == 410


def test_a_second_click_of_somebody_with_an_account_gives_the_same_member(owner: Member) -> None:
    person, link = make_person(email="bram@example.org"), ask(owner)
    client = Client()
    client.force_login(person)

    answers = [client.post(link).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Member.objects.filter(person=person).count() == 1


def test_a_link_withdrawn_at_the_last_moment_lets_nobody_in(owner: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    link = ask(owner)

    def hash_slowly(password: str) -> str:
        actions.withdraw_invitation(owner, Invitation.objects.get())
        return make_password(password)

    monkeypatch.setattr("samenspraak.people.actions.joining.make_password", hash_slowly)
    response = accept(link)

    assert response.status_code == 410
    assert Member.objects.count() == 1


def test_many_tries_at_a_link_make_wait(owner: Member) -> None:
    link = ask(owner)

    answers = [accept(link, password="kort").status_code for _ in range(60)]
    waiting = accept(link)

    assert set(answers) == {422}
    assert waiting.status_code == 429
    assert 'value="Bram Okafor"' in waiting.content.decode()


def test_two_organisations_may_ask_the_same_newcomer(owner: Member) -> None:
    other = make_member()
    here, there, client = ask(owner), ask(other), Client()

    accept(here, client)
    response = client.post(there)

    assert response.status_code == 302
    assert Member.objects.filter(person__email="bram@example.org").count() == 2


@pytest.mark.django_db(transaction=True)
def test_fifty_newcomers_at_once_use_a_link_once() -> None:
    token = ask(make_member()).rpartition("/")[2]

    def join(n: int) -> str:
        newcomer = actions.Newcomer(f"Persoon {n}", "", f"drie gewone woorden {n}")
        try:
            return actions.join_as_newcomer(token, newcomer, "nl").person.name
        except (actions.LinkEnded, actions.AccountExists) as refused:
            return type(refused).__name__

    results = Counter(all_at_once(50, join))

    assert Member.objects.count() == 2
    assert [n for name, n in results.items() if name.startswith("Persoon")] == [1]


@pytest.mark.django_db(transaction=True)
def test_fifty_posts_of_the_same_form_get_the_same_answer() -> None:
    link = ask(make_member())

    answers = all_at_once(50, lambda n: accept(link, Client(REMOTE_ADDR=f"198.51.100.{n}")).status_code)

    assert answers == [302] * 50
    assert (Member.objects.count(), HistoryEntry.objects.filter(field="member").count()) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_a_newcomer_who_says_yes_to_two_organisations_at_once_gets_one_account() -> None:
    tokens = [ask(make_member()).rpartition("/")[2] for _ in range(2)]

    def join(n: int) -> str:
        try:
            actions.join_as_newcomer(tokens[n], actions.Newcomer("Bram", "", PASSWORD), "nl")
        except actions.AccountExists:
            return "sign in first"
        return "in"

    results = all_at_once(2, join)

    assert sorted(results) == ["in", "sign in first"]
    assert (Person.objects.filter(email="bram@example.org").count(), Invitation.objects.count()) == (1, 2)
    assert Invitation.objects.filter(accepted_at=None).count() == 1
