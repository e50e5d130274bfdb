"""Signing in and out, passwords and sessions."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.template import engines
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenspraak.people.models import Member, Person, Session
from tests.factories import PASSWORD, client_of, make_member, make_person
from tests.people.signing_in import DUTCH, SIGN_IN, is_in, link_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return make_member(person=make_person(email="sanne@example.org", password=PASSWORD))


def test_address_and_password_let_in(member: Member) -> None:
    client = Client()

    response = sign_in(client, " Sanne@Example.org ")

    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_in(client)


def test_a_wrong_password_is_said_at_the_field_and_the_address_stays(member: Member) -> None:
    response = sign_in(Client(), password="iets-heel-anders")

    page = response.content.decode()
    assert response.status_code == 422
    assert 'name="login" value="sanne@example.org"' in page
    assert "iets-heel-anders" not in page
    assert (
        "Dit adres en dit wachtwoord horen niet bij elkaar" in page.split('id="password-error"')[1].split("<input")[0]
    )


@pytest.mark.parametrize(
    ("email", "password", "message"),
    [
        ("", PASSWORD, "Vul een e-mailadres in."),
        ("geen adres", PASSWORD, "Schrijf het adres als naam@voorbeeld.nl."),
        ("sanne@example.org", "", "Vul je wachtwoord in."),
    ],
)
def test_what_is_missing_is_asked_for(member: Member, email: str, password: str, message: str) -> None:
    response = sign_in(Client(), email, password)

    assert response.status_code == 422
    assert message in response.content.decode()


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(member: Member) -> None:
    known = sign_in(Client(), password="iets-heel-anders").content.decode()
    unknown = sign_in(Client(), "niemand@example.org").content.decode()

    def without_what_differs(page: str) -> str:
        return re.sub(r'value="[^"]*"', "", page)

    assert without_what_differs(known) == without_what_differs(unknown)


def test_whoever_is_in_goes_on_to_the_start(member: Member) -> None:
    response = client_of(member).get(SIGN_IN)

    assert (response.status_code, response["Location"]) == (302, "/")


def test_an_installation_without_people_begins_at_the_first_run() -> None:
    from_start = Client().get("/", follow=True)
    from_sign_in = Client().get(SIGN_IN)

    assert from_start.redirect_chain[-1][0] == "/first-run"
    assert (from_sign_in.status_code, from_sign_in["Location"]) == (302, "/first-run")


def test_the_page_that_was_asked_for_comes_after_signing_in(member: Member) -> None:
    client = Client()

    asked = client.get("/organisation?page=2")
    form = client.get(asked["Location"]).content.decode()
    response = sign_in(client, next="/organisation?page=2")

    assert asked["Location"] == "/account/sign-in?next=%2Forganisation%3Fpage%3D2"
    assert '<input type="hidden" name="next" value="/organisation?page=2">' in form
    assert response["Location"] == "/organisation?page=2"


ELSEWHERE = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "http://localhost:8000@evil.example",
    "http://testserver/organisation",
    " /organisation",
    "\n//evil.example",
    "/\x00/evil.example",
    "evil.example",
]
paths = st.one_of(
    st.sampled_from(ELSEWHERE),
    st.text(max_size=40),
    st.lists(
        st.sampled_from(["/", "\\", ":", "@", "evil.example", "http", "\t", "\n", ".", "?", "#", "%2f"]), max_size=8
    ).map("".join),
)


def leads_away(location: str) -> bool:
    """As a browser reads it: backslashes are slashes, tabs and line ends are nothing."""
    bare = re.sub(r"[\t\r\n]", "", location).replace("\\", "/").strip()
    return not bare.startswith("/") or bare.startswith("//")


@given(target=paths)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_next_leads_to_another_site(member: Member, target: str) -> None:
    answers = [
        client_of(member).get(SIGN_IN, {"next": target}),
        client_of(member).post("/account/sign-out", {"next": target}),
        client_of(member).post("/language", {"next": target, "language": "nl"}),
        Client().post("/account/password/new", {"next": target, "email": "sanne@example.org"}),
    ]
    cache.clear()

    assert [(a.status_code, leads_away(a["Location"])) for a in answers] == [(302, False)] * 4


def test_after_signing_in_no_next_leads_to_another_site(member: Member) -> None:
    answers = [sign_in(Client(), next=target) for target in ELSEWHERE]

    assert [(a.status_code, leads_away(a["Location"])) for a in answers] == [(302, False)] * len(ELSEWHERE)


def test_twenty_wrong_passwords_make_wait_and_lock_nothing(member: Member) -> None:
    guesser, owner = Client(REMOTE_ADDR="198.51.100.7"), Client(REMOTE_ADDR="203.0.113.9")

    answers = [sign_in(guesser, password="iets-heel-anders") for _ in range(20)]
    right_from_there = sign_in(guesser)
    right_from_elsewhere = sign_in(owner)

    assert {a.status_code for a in answers} == {422}
    assert "Wacht vijf minuten" in answers[-1].content.decode()
    assert "horen niet bij elkaar" in answers[4].content.decode()
    assert right_from_there.status_code == 422
    assert right_from_elsewhere.status_code == 302
    assert is_in(owner)


def test_who_waits_gets_in_again(member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    client = Client()
    for _ in range(6):
        sign_in(client, password="iets-heel-anders")
    now = time.time()

    monkeypatch.setattr(time, "time", lambda: now + 301)

    assert sign_in(client).status_code == 302


def test_too_many_tries_from_one_place_get_a_page_that_says_so(member: Member) -> None:
    client = Client()

    answers = [client.post(SIGN_IN, {}, headers=DUTCH) for _ in range(61)]

    assert [a.status_code for a in answers] == [422] * 60 + [429]
    assert "Er is niets geblokkeerd" in answers[-1].content.decode()


def test_a_closed_account_is_out_at_once(member: Member) -> None:
    client = Client()
    sign_in(client)

    Person.objects.filter(pk=member.person_id).update(is_active=False)

    assert not is_in(client)


def test_a_closed_account_hears_it_only_with_the_right_password(member: Member) -> None:
    Person.objects.filter(pk=member.person_id).update(is_active=False)

    wrong = sign_in(Client(), password="iets-heel-anders")
    right = sign_in(Client())

    assert (wrong.status_code, "horen niet bij elkaar" in wrong.content.decode()) == (422, True)
    assert (right.status_code, "Dit account is gesloten" in right.content.decode()) == (403, True)


def test_who_leaves_an_organisation_is_out_of_it_at_once(member: Member) -> None:
    client = client_of(member)

    Member.objects.filter(pk=member.pk).update(left_at=member.joined_at)

    assert (client.get("/organisation").status_code, client.get("/account").status_code) == (403, 200)


def test_signing_in_gives_a_new_session(member: Member) -> None:
    client = Client()
    client.get(f"/account/password/new/{link_of(member.person)}")
    before = client.cookies["samenspraak"].value

    sign_in(client)

    assert client.cookies["samenspraak"].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_ends_the_session(member: Member) -> None:
    client = client_of(member)
    key = client.cookies["samenspraak"].value

    response = client.post("/account/sign-out")

    assert (response.status_code, response["Location"]) == (302, "/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(session_key=key).exists()
    client.cookies["samenspraak"] = key
    assert not is_in(client)


def test_asking_to_sign_out_signs_nobody_out(member: Member) -> None:
    client = client_of(member)

    page = client.get("/account/sign-out")

    assert (page.status_code, is_in(client)) == (200, True)


def test_nobody_signs_up_by_themselves(rf: Any) -> None:
    from samenspraak.people.adapter import AccountAdapter

    assert AccountAdapter(rf.get("/")).is_open_for_signup(rf.get("/")) is False


def test_every_page_and_mail_of_sign_in_is_a_template_of_ours() -> None:
    from samenspraak.people.views import sign_in as views

    pages = [v.template_name for v in vars(views).values() if isinstance(v, type) and hasattr(v, "template_name")]
    mails = [f"account/email/password_reset_key_{part}.txt" for part in ("subject", "message")]

    names = [engines["jinja2"].get_template(name).template.name for name in [*pages, *mails]]

    assert len(pages) == 7
    assert names == [*pages, *mails]
