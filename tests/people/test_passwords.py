"""Choosing another password, and asking for a new one by mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from samenspraak.people import actions
from samenspraak.people.models import Mail, Member, Person
from tests.factories import PASSWORD, client_of, make_member, make_person
from tests.people.signing_in import DUTCH, is_in, link_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return make_member(person=make_person(email="sanne@example.org", password=PASSWORD))


def change_password(client: Client, old: str = PASSWORD, new: str = "drie andere woorden") -> HttpResponse:
    return client.post("/account/password", {"oldpassword": old, "password1": new})


def test_another_password_ends_the_other_sessions_and_keeps_this_one(member: Member) -> None:
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    before = here.cookies["samenspraak"].value

    response = change_password(here)

    assert response["Location"] == "/account?done=password"
    assert "Je wachtwoord is veranderd" in here.get(response["Location"]).content.decode()
    assert (is_in(here), is_in(there)) == (True, False)
    assert here.cookies["samenspraak"].value != before
    assert sign_in(Client(), password="drie andere woorden").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("niet het goede", "drie andere woorden", "Dit is niet je huidige wachtwoord."),
        ("", "drie andere woorden", "Vul je wachtwoord in."),
        (PASSWORD, "", "Kies een wachtwoord van minstens 10 tekens."),
        (PASSWORD, "kort", "Vanaf 10 tekens is het goed"),
        (PASSWORD, "sanne@example.org", "lijkt te veel op je naam of je e-mailadres"),
        (PASSWORD, "Welkom-2026!", "Veel mensen gebruiken dit wachtwoord"),
        (PASSWORD, "1234567890", "Veel mensen gebruiken dit wachtwoord"),
    ],
)
def test_a_password_that_does_not_do_is_explained(member: Member, old: str, new: str, message: str) -> None:
    client = client_of(member)

    response = change_password(client, old, new)

    assert (response.status_code, message in response.content.decode()) == (422, True)
    assert Person.objects.get(pk=member.person_id).check_password(PASSWORD)


@pytest.mark.parametrize("password", ["aap noot mies", "Ω" * 10, "correct horse battery staple " * 5])
def test_length_is_enough_for_a_password(member: Member, password: str) -> None:
    change_password(client_of(member), new=password)

    assert sign_in(Client(), password=password).status_code == 302


def link_in_mail() -> str:
    found = re.search(r"http://localhost:8000(/account/password/new/\S+)", Mail.objects.get().text)
    assert found
    return found[1]


def ask(client: Client, email: str) -> HttpResponse:
    return client.post("/account/password/new", {"email": email}, headers=DUTCH)


def test_a_new_password_by_mail(member: Member, work: Callable[[], None]) -> None:
    client, other = Client(), Client()
    sign_in(other)

    asked = ask(client, "Sanne@example.org")
    work()
    opened = client.get(link_in_mail(), follow=True)
    form = opened.redirect_chain[-1][0]
    done = client.post(form, {"password1": "drie nieuwe woorden"}, follow=True)

    assert asked["Location"] == "/account/password/new/sent"
    assert form.endswith("-set-password")
    assert "Je wachtwoord is veranderd" in done.content.decode()
    assert sign_in(Client(), password="drie nieuwe woorden").status_code == 302
    assert not is_in(other)


def test_the_mail_for_a_new_password_is_neutral_and_in_the_readers_language(work: Callable[[], None]) -> None:
    make_member(person=make_person("Maya <b>", email="maya@example.org", language="en", password=PASSWORD))

    ask(Client(), "maya@example.org")
    work()

    mail = Mail.objects.get()
    assert (mail.kind, mail.to, mail.language, mail.organisation) == (
        "password_reset_key",
        "maya@example.org",
        "en",
        None,
    )
    assert mail.subject == "A new password for Samenspraak"
    assert mail.text.startswith("Hello Maya <b>,\n\nYou, or somebody else, asked for a new password.")


@pytest.mark.parametrize("is_active", [True, False])
def test_asking_tells_nobody_whether_an_address_is_known(
    member: Member, work: Callable[[], None], is_active: bool
) -> None:
    Person.objects.filter(pk=member.person_id).update(is_active=is_active)
    queries = []

    def answer(email: str) -> tuple[int, str, str]:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = ask(Client(), email)
        queries.append(len(captured))
        return response.status_code, response["Location"], re.sub(r'value="[^"]*"', "", response.content.decode())

    known, unknown = answer("sanne@example.org"), answer("niemand@example.org")
    work()

    assert known == unknown
    assert queries[0] == queries[1]
    assert list(Mail.objects.values_list("to", flat=True)) == (["sanne@example.org"] if is_active else [])


def test_a_bad_address_is_said_and_kept(member: Member) -> None:
    response = ask(Client(), "geen adres")

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="geen adres"' in page
    assert "Schrijf het adres als naam@voorbeeld.nl." in page
    assert DBTaskResult.objects.count() == 0


def test_a_task_for_an_address_that_cannot_be_does_nothing() -> None:
    actions.send_new_password_link.call("geen adres")

    assert Mail.objects.count() == 0


def test_one_address_gets_at_most_three_mails_in_a_quarter(member: Member) -> None:
    answers = [ask(Client(REMOTE_ADDR=f"198.51.100.{n}"), "sanne@example.org").status_code for n in range(5)]

    assert answers == [302, 302, 302, 429, 429]
    assert DBTaskResult.objects.count() == 3


def open_link(person: Person, client: Client | None = None) -> HttpResponse:
    return (client or Client()).get(f"/account/password/new/{link_of(person)}", follow=True)


def test_a_link_works_once(member: Member) -> None:
    client, link = Client(), f"/account/password/new/{link_of(member.person)}"
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "drie nieuwe woorden"})

    again = Client().get(link, headers=DUTCH)

    assert (again.status_code, "Deze link werkt niet meer" in again.content.decode()) == (410, True)


def test_a_link_for_a_new_password_works_half_an_hour(member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    link = f"/account/password/new/{link_of(member.person)}"
    now = datetime.now()  # noqa: DTZ005  as the generator does

    def open_after(minutes: int) -> int:
        later = now + timedelta(minutes=minutes)
        monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _self: later)
        return Client().get(link).status_code

    in_time, too_late = open_after(29), open_after(31)

    assert (in_time, too_late) == (302, 410)


def test_a_closed_account_gets_no_new_password(member: Member) -> None:
    link = f"/account/password/new/{link_of(member.person)}"

    Person.objects.filter(pk=member.person_id).update(is_active=False)

    assert Client().get(link).status_code == 410


@pytest.mark.parametrize(
    "link", ["0-x", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz-cx", "1a-set-password", "1a-\x00", "1a-é/../x"]
)
def test_a_link_that_never_was_one_says_so(member: Member, link: str) -> None:
    response = Client().get(f"/account/password/new/{link}")

    assert response.status_code == 410


def test_a_new_password_that_does_not_do_is_explained(member: Member) -> None:
    client = Client()
    form = open_link(member.person, client).redirect_chain[-1][0]

    response = client.post(form, {"password1": "kort"})

    assert (response.status_code, "Vanaf 10 tekens is het goed" in response.content.decode()) == (422, True)


def test_a_new_password_ends_the_wait_after_wrong_ones(member: Member) -> None:
    client = Client()
    for _ in range(6):
        sign_in(client, password="iets-heel-anders")
    form = open_link(member.person, client).redirect_chain[-1][0]

    client.post(form, {"password1": "drie nieuwe woorden"})

    assert sign_in(client, password="drie nieuwe woorden").status_code == 302


def test_a_visitor_with_a_forged_host_gets_no_link_to_it(member: Member, work: Callable[[], None]) -> None:
    forged = Client().post(
        "/account/password/new",
        {"email": "sanne@example.org"},
        headers={"host": "evil.example", "x-forwarded-host": "evil.example"},
    )
    proxied = Client().post(
        "/account/password/new", {"email": "sanne@example.org"}, headers={"x-forwarded-host": "evil.example"}
    )
    work()

    assert (forged.status_code, proxied.status_code) == (400, 302)
    assert "evil" not in Mail.objects.get().text
