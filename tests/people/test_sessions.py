"""Where somebody is signed in, and signing out there."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from samenspraak.people import actions
from samenspraak.people.models import Member, Person, Role, Session
from samenspraak.people.sessions import SessionStore, device_of
from tests.factories import PASSWORD, client_of, make_member, make_person
from tests.people.signing_in import DUTCH, is_in, link_of, sign_in

pytestmark = pytest.mark.django_db
SECURITY = "/account/security"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"


@pytest.fixture
def member() -> Member:
    return make_member(person=make_person(email="sanne@example.org", password=PASSWORD))


def browser(agent: str = WINDOWS, **options: Any) -> Client:
    client = Client(headers={**DUTCH, "user-agent": agent}, **options)
    assert sign_in(client).status_code == 302
    return client


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (WINDOWS, "Firefox, Windows"),
        (PHONE, "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36", "Chrome, Android"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/142 Safari/537 Edg/142",
            "Edge, Mac",
        ),
        ("curl/8", ""),
        ("", ""),
        ("Firefox <script>", "Firefox"),
    ],
)
def test_a_browser_has_a_name_that_people_know(agent: str, device: str) -> None:
    assert device_of(agent) == device


def test_everybody_sees_where_they_are_signed_in_this_browser_first(member: Member) -> None:
    here = browser()
    browser(PHONE)

    page = text_of(here.get(SECURITY)).split('id="sessions"')[1]

    assert re.findall(r'class="what">([^<]+)', page) == ["Firefox, Windows ", "Safari, iPhone"]
    assert page.count("(deze)") == 1


def test_no_address_and_no_key_of_a_session_stands_on_the_page_or_in_the_row(member: Member) -> None:
    here, there = browser(REMOTE_ADDR="203.0.113.9"), browser(PHONE, REMOTE_ADDR="198.51.100.7")

    page = text_of(here.get(SECURITY))
    kept = repr(list(Session.objects.values())) + repr(
        [SessionStore().decode(s.session_data) for s in Session.objects.all()]
    )

    assert not any(c.cookies["samenspraak"].value in page for c in (here, there))
    assert "198.51.100.7" not in page + kept


def test_one_session_is_ended_and_the_others_go_on(member: Member) -> None:
    here, there, elsewhere = browser(), browser(PHONE), browser()
    Session.objects.filter(pk=there.cookies["samenspraak"].value).update(device="Tablet")

    mark = re.findall(r'value="([0-9a-f]{64})" aria-label="Meld af: Tablet', text_of(here.get(SECURITY)))
    response = here.post(f"{SECURITY}/sessions/end", {"session": mark[0]})
    again = here.post(f"{SECURITY}/sessions/end", {"session": mark[0]})

    assert [r["Location"] for r in (response, again)] == [f"{SECURITY}?done=session"] * 2
    assert [is_in(c) for c in (here, there, elsewhere)] == [True, False, True]


def test_nobody_ends_a_session_of_somebody_else(member: Member) -> None:
    from samenspraak.people.queries import hash_of_token

    theirs = client_of(make_member())
    mark = hash_of_token(theirs.cookies["samenspraak"].value)

    browser().post(f"{SECURITY}/sessions/end", {"session": mark})

    assert is_in(theirs)


def test_everywhere_else_is_signed_out_at_once(member: Member) -> None:
    here, others, stranger = browser(), [browser(), browser(PHONE)], client_of(make_member())

    here.post(f"{SECURITY}/sessions/end-others")

    assert [is_in(c) for c in (here, *others, stranger)] == [True, False, False, True]
    assert Session.objects.filter(person=member.person).count() == 1


def test_another_password_ends_the_other_sessions_for_good(member: Member) -> None:
    here, there = browser(), browser(PHONE)

    here.post("/account/password", {"oldpassword": PASSWORD, "password1": "vier heel gewone woorden"})

    assert [is_in(here), is_in(there)] == [True, False]
    assert Session.objects.filter(person=member.person).count() == 1


def test_a_new_password_by_mail_ends_every_session(member: Member) -> None:
    there, client = browser(), Client()
    member.person.refresh_from_db()
    form = client.get(f"/account/password/new/{link_of(member.person)}", follow=True).redirect_chain[-1][0]

    client.post(form, {"password1": "vier heel gewone woorden"})

    assert not is_in(there)
    assert Session.objects.filter(person=member.person).count() == 0


def test_whoever_is_let_go_from_the_last_organisation_is_signed_out(member: Member) -> None:
    owner = make_member()
    make_member(Role.READER, owner.organisation, person=member.person)
    Member.objects.filter(pk=member.pk).update(role=Role.READER)
    boss = make_member(organisation=member.organisation)
    there = browser()

    actions.let_leave(owner, Member.objects.get(organisation=owner.organisation, person=member.person))
    still = is_in(there)
    actions.let_leave(boss, member)

    assert (still, is_in(there)) == (True, False)


def test_when_a_session_was_used_is_noted_once_an_hour_and_costs_nothing_in_between(
    member: Member, django_assert_num_queries: Any
) -> None:
    client = browser()
    key = client.cookies["samenspraak"].value
    with django_assert_num_queries(2):
        client.get("/about")
    Session.objects.filter(pk=key).update(seen_at=timezone.now() - timedelta(hours=2))

    with django_assert_num_queries(3):
        client.get("/about")
    with django_assert_num_queries(2):
        client.get("/about")

    assert timezone.now() - Session.objects.get(pk=key).seen_at < timedelta(minutes=1)


def test_noting_that_a_session_is_used_keeps_nobody_signed_in_for_ever(member: Member) -> None:
    client = browser()
    before = Session.objects.get(person=member.person).expire_date
    Session.objects.update(seen_at=timezone.now() - timedelta(hours=2))

    client.get("/about")

    assert Session.objects.get(person=member.person).expire_date == before


def test_a_session_keeps_its_beginning_when_it_changes(member: Member) -> None:
    second = make_member(person=member.person)
    client = browser()
    begun = timezone.now() - timedelta(days=3)
    Session.objects.update(started_at=begun)

    client.post("/account/organisation", {"organisation": second.organisation_id})

    kept = Session.objects.get(person=member.person)
    assert (kept.started_at, kept.device) == (begun, "Firefox, Windows")


def test_sessions_that_ran_out_are_not_shown_and_are_forgotten(member: Member) -> None:
    here = browser()
    browser(PHONE)
    Session.objects.exclude(pk=here.cookies["samenspraak"].value).update(expire_date=timezone.now())

    page = text_of(here.get(SECURITY))
    SessionStore.clear_expired()

    assert "iPhone" not in page
    assert Session.objects.count() == 1


def test_a_session_goes_with_its_person() -> None:
    person = make_person()
    client = Client()
    client.force_login(person)

    Person.objects.filter(pk=person.pk).delete()

    assert (Session.objects.count(), is_in(client)) == (0, False)
