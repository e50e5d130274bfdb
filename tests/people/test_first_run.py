"""The first run: one code, one organisation, one owner."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from samenspraak.people import actions
from samenspraak.people.models import FirstRunCode, Member, Organisation, Person, Role
from tests.factories import make_organisation, make_person
from tests.people.parallel import all_at_once

PASSWORD = "drie gewone woorden"
DUTCH, ENGLISH = {"accept-language": "nl"}, {"accept-language": "en"}


def fields(code: str, **more: str) -> dict[str, str]:
    return {
        "code": code,
        "organisation": "Noorderlicht",
        "name": "Sanne",
        "email": "sanne@example.org",
        "password": PASSWORD,
        **more,
    }


def post(code: str, client: Client | None = None, headers: dict[str, str] | None = None, **more: str) -> HttpResponse:
    return (client or Client()).post("/first-run", fields(code, **more), headers=headers or DUTCH)


@pytest.mark.django_db
def test_the_code_makes_an_organisation_with_its_first_owner_who_is_in() -> None:
    code, client = actions.make_first_run_code(), Client()

    response = post(code, client)

    member = Member.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/")
    assert (member.role, member.organisation.name, member.organisation.language) == (Role.OWNER, "Noorderlicht", "nl")
    assert (member.person.name, member.person.email, member.person.language) == ("Sanne", "sanne@example.org", "nl")
    assert member.organisation.time_zone == "Europe/Amsterdam"
    assert client.get("/organisation").status_code == 200
    assert FirstRunCode.objects.get().used_at is not None


@pytest.mark.django_db
def test_the_language_of_the_page_is_the_language_of_both() -> None:
    post(actions.make_first_run_code(), headers=ENGLISH)

    assert (Organisation.objects.get().language, Person.objects.get().language) == ("en", "en")


@pytest.mark.django_db
def test_a_code_is_read_as_people_copy_it() -> None:
    code = actions.make_first_run_code()
    typed = " " + code.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    response = post(typed)

    assert response.status_code == 302


@pytest.mark.django_db
def test_a_code_is_four_groups_of_four_and_only_its_hash_is_kept() -> None:
    code = actions.make_first_run_code()

    kept = FirstRunCode.objects.get()
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert len(kept.code_hash) == 64
    assert code.replace("-", "") not in kept.code_hash.upper()


@pytest.mark.django_db
def test_a_wrong_code_is_said_at_the_field_and_nothing_typed_is_lost_but_the_password() -> None:
    actions.make_first_run_code()

    response = post("AAAA-BBBB-CCCC-DDDD")

    page = response.content.decode()
    assert response.status_code == 422
    for value in ("AAAA-BBBB-CCCC-DDDD", "Noorderlicht", "Sanne", "sanne@example.org"):
        assert f'value="{value}"' in page
    assert PASSWORD not in page
    assert "Deze code klopt niet" in page.split('id="code-error"')[1].split("<input")[0]
    assert "Typ je wachtwoord nog eens" in page.split('id="password-error"')[1].split("<input")[0]
    assert Organisation.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("code", "", "Vul de code in uit het venster van de server."),
        ("organisation", " ", "Vul de naam van je organisatie in."),
        ("organisation", "x" * 121, "Deze tekst is 121 tekens lang."),
        ("organisation", "a\x07b", "U+0007"),
        ("name", "", "Vul je naam in"),
        ("email", "sanne@", "Schrijf het adres als naam@voorbeeld.nl."),
        ("email", "sanne@example.org\r\nBcc: x@example.org", "Schrijf het adres als naam@voorbeeld.nl."),
        ("password", "kort", "Vanaf 10 tekens is het goed"),
        ("password", "sanne@example", "lijkt te veel op je naam"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(field: str, value: str, message: str) -> None:
    typed = {**fields(actions.make_first_run_code()), field: value}

    response = Client().post("/first-run", typed, headers=DUTCH)

    page = response.content.decode()
    assert response.status_code == 422
    assert message in page.split(f'id="{field}-error"')[1].split("<input")[0]
    assert Organisation.objects.count() == 0


@pytest.mark.django_db
def test_line_ends_in_a_name_become_spaces() -> None:
    post(actions.make_first_run_code(), name="Sanne\r\nBcc: x@example.org")

    assert Person.objects.get().name == "Sanne Bcc: x@example.org"


@pytest.mark.django_db
def test_a_code_of_yesterday_does_not_fit() -> None:
    code = actions.make_first_run_code()
    FirstRunCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert post(code).status_code == 422
    assert Organisation.objects.count() == 0


@pytest.mark.django_db
def test_a_code_works_for_a_day() -> None:
    actions.make_first_run_code()

    lifetime = FirstRunCode.objects.get().expires_at - timezone.now()

    assert timedelta(hours=23, minutes=59) < lifetime <= timedelta(hours=24)


@pytest.mark.django_db
def test_a_new_code_ends_the_old_one() -> None:
    old = actions.make_first_run_code()

    new = actions.make_first_run_code()

    assert (post(old).status_code, post(new).status_code) == (422, 302)


@pytest.mark.django_db
def test_no_code_is_made_once_there_is_an_organisation() -> None:
    make_organisation()

    with pytest.raises(actions.AlreadyStarted):
        actions.make_first_run_code()


@pytest.mark.django_db
def test_the_page_is_gone_once_there_is_an_organisation() -> None:
    code = actions.make_first_run_code()
    make_organisation()

    answers = [Client().get("/first-run"), post(code), post(""), post("AAAA")]

    assert [a.status_code for a in answers] == [404] * 4
    assert Person.objects.count() == 0


@pytest.mark.django_db
def test_many_tries_make_wait_and_keep_what_was_typed() -> None:
    code = actions.make_first_run_code()

    answers = [post(f"AAAA-{n:04}") for n in range(10)]
    waiting = post(code)

    assert {a.status_code for a in answers} == {422}
    assert waiting.status_code == 429
    assert "Wacht vijf minuten" in waiting.content.decode()
    assert 'value="Noorderlicht"' in waiting.content.decode()
    assert post(code, Client(REMOTE_ADDR="203.0.113.9")).status_code == 302


@pytest.mark.django_db
def test_a_second_click_gives_the_same_owner() -> None:
    code, first, second = actions.make_first_run_code(), Client(), Client()

    answers = [post(code, first), post(code, second)]

    assert [(a.status_code, a["Location"]) for a in answers] == [(302, "/")] * 2
    assert Organisation.objects.count() == 1
    assert second.get("/organisation").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("more", [{"password": "een heel ander woord"}, {"email": "bram@example.org"}])
def test_a_used_code_opens_nothing_for_somebody_else(more: dict[str, str]) -> None:
    code = actions.make_first_run_code()
    post(code)

    assert post(code, **more).status_code == 404
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_who_is_overtaken_at_the_last_moment_finds_the_house_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    code = actions.make_first_run_code()

    def hash_slowly(password: str) -> str:
        make_organisation()
        return make_password(password)

    monkeypatch.setattr("samenspraak.people.actions.starting.make_password", hash_slowly)
    response = post(code)

    assert response.status_code == 404
    assert Person.objects.count() == 0


@pytest.mark.django_db
def test_somebody_known_from_before_becomes_the_owner() -> None:
    person = make_person("Oude naam", email="sanne@example.org", is_active=False)

    post(actions.make_first_run_code())

    person.refresh_from_db()
    assert (person.name, person.is_active, person.check_password(PASSWORD)) == ("Sanne", True, True)
    assert Member.objects.get().person == person


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("one_person", [True, False], ids=["the same form", "different people"])
def test_fifty_at_once_make_exactly_one_organisation(one_person: bool) -> None:
    code = actions.make_first_run_code()

    def start(n: int) -> str:
        email = "sanne@example.org" if one_person else f"persoon{n}@example.org"
        given: dict[str, Any] = fields(code, email=email)
        try:
            return actions.start_organisation(actions.FirstRun(**given, language="nl")).email
        except actions.AlreadyStarted:
            return "too late"
        except actions.CodeRefused:
            return "refused"

    results = Counter(all_at_once(50, start))

    assert (Organisation.objects.count(), Person.objects.count(), Member.objects.count()) == (1, 1, 1)
    assert sum(results.values()) == 50
    if one_person:
        assert results == {"sanne@example.org": 50}
    else:
        assert results[Person.objects.get().email] == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_posts_at_once_make_exactly_one_organisation() -> None:
    code = actions.make_first_run_code()

    answers = all_at_once(50, lambda n: post(code, Client(REMOTE_ADDR=f"198.51.100.{n}")).status_code)

    assert answers == [302] * 50
    assert (Organisation.objects.count(), Person.objects.count()) == (1, 1)
