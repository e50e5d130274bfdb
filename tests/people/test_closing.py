"""Closing an account, and being in several organisations at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client

from samenspraak.people import actions
from samenspraak.people.models import HistoryEntry, Invitation, Mail, Member, Person, Role, Session
from samenspraak.tasks.actions import TaskDraft, add_task
from tests.factories import PASSWORD, client_of, make_member, make_organisation, make_person
from tests.people.invitations import ask
from tests.people.signing_in import DUTCH, is_in

pytestmark = pytest.mark.django_db
END, KEEP = "/organisation/end", "/organisation/keep"


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def history(member: Member) -> list[tuple[str, str, str]]:
    found = HistoryEntry.objects.filter(subject=member.organisation_id).order_by("id")
    return list(found.values_list("field", "old", "new"))


def roles(*members: Member) -> list[str]:
    return [Member.objects.get(pk=m.pk).role for m in members]


def code() -> str:
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", int(time.time()) // 30))


# ---- closing an account


def closed(client: Client) -> HttpResponse:
    client.post("/account/confirm", {"password": PASSWORD})
    return client.post("/account/close", headers=DUTCH)


@pytest.fixture
def bram(owner: Member) -> Member:
    person = make_person("Bram Bakker", email="bram@example.org", password=PASSWORD)
    return make_member(Role.EDITOR, owner.organisation, person=person, function="inkoop")


def test_a_closed_account_keeps_nothing_of_its_own(owner: Member, bram: Member, work: Callable[[], int]) -> None:
    path = ask(make_member(), "bram@example.org")
    actions.send_new_password_link.enqueue("bram@example.org")
    work()
    actions.add_app(bram.person, "JBSWY3DPEHPK3PXP", code())
    there, client = client_of(bram), client_of(bram, headers=DUTCH)

    response = closed(client)

    person = Person.objects.get(pk=bram.person_id)
    assert (response.status_code, "Je account is gesloten" in text_of(response)) == (200, True)
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert (person.name, person.email, person.is_active) == ("Oud-collega", f"closed-{person.pk}@closed.invalid", False)
    assert (person.has_usable_password(), Member.objects.get(pk=bram.pk).function) == (False, "")
    assert [is_in(c) for c in (client, there)] == [False, False]
    assert not Authenticator.objects.exists()
    assert not Session.objects.filter(person=person).exists()
    assert not Mail.objects.filter(to="bram@example.org").exists()
    assert not Invitation.objects.filter(email="bram@example.org").exists()
    assert Client().get(path).status_code == 410


def test_what_was_written_stays_and_the_history_keeps_the_name(owner: Member, bram: Member) -> None:
    task = add_task(bram, TaskDraft(title="Bel de vakbond", owner=bram))

    closed(client_of(bram))

    assert set(HistoryEntry.objects.values_list("member_name", flat=True)) == {"Bram Bakker, inkoop"}
    task.refresh_from_db()
    assert task.owner
    assert task.owner.label == "Oud-collega"


def test_whoever_is_the_only_owner_somewhere_hands_over_first(owner: Member) -> None:
    owner.person.set_password(PASSWORD)
    owner.person.save()
    make_member(Role.READER, make_organisation("Zuiderzon"), person=owner.person)
    client = client_of(owner, headers=DUTCH)

    response = closed(client)

    assert (response.status_code, "Je bent de enige eigenaar van Noorderlicht." in text_of(response)) == (409, True)
    assert not Member.objects.exclude(left_at=None).exists()
    assert is_in(client)


def test_closing_twice_is_closing_once(owner: Member, bram: Member) -> None:
    actions.close_account(bram.person)
    actions.close_account(bram.person)

    assert history(owner) == [("member", "editor", "")]


def test_whoever_was_let_go_meanwhile_closes_the_account_all_the_same(owner: Member, bram: Member) -> None:
    person = Person.objects.get(pk=bram.person_id)
    person.current_memberships = [bram]
    actions.let_leave(owner, bram)

    actions.close_account(person)

    assert history(owner) == [("member", "editor", "")]
    assert not Person.objects.get(pk=person.pk).is_active


def test_the_address_of_a_closed_account_can_be_invited_anew(owner: Member, bram: Member) -> None:
    closed(client_of(bram))
    path = ask(owner, "bram@example.org")

    answer = Client().post(path, {"name": "Bram", "function": "", "password": "drie gewone woorden"})

    assert answer["Location"] == "/"
    assert Person.objects.filter(email="bram@example.org").count() == 1


def test_the_page_says_what_goes_and_what_stays(bram: Member) -> None:
    client = client_of(bram, headers=DUTCH)
    client.post("/account/confirm", {"password": PASSWORD})

    page = text_of(client.get("/account/close"))

    assert "In de geschiedenis blijft je naam zoals hij was" in page


# ---- several organisations


def test_what_a_person_may_in_one_organisation_says_nothing_about_the_other(owner: Member) -> None:
    second = make_member(Role.READER, make_organisation("Zuiderzon"), person=owner.person)
    colleague = make_member(Role.EDITOR, second.organisation)
    client = client_of(owner)
    mine = client.post(f"/organisation/members/{colleague.pk}/hand-over").status_code
    client.post("/account/organisation", {"organisation": second.organisation_id})

    there: dict[str, Any] = {path: client.post(path).status_code for path in (END, KEEP, "/organisation/invite")}
    there["hand over"] = client.post(f"/organisation/members/{colleague.pk}/hand-over").status_code

    assert mine == 404
    assert there == {END: 403, KEEP: 403, "/organisation/invite": 403, "hand over": 403}


def test_two_sessions_of_one_person_work_each_in_its_own_organisation(owner: Member) -> None:
    second = make_member(Role.READER, make_organisation("Zuiderzon"), person=owner.person)
    here, there = client_of(owner), client_of(owner)

    there.post("/account/organisation", {"organisation": second.organisation_id})

    assert "<h1>Noorderlicht</h1>" in text_of(here.get("/organisation"))
    assert "<h1>Zuiderzon</h1>" in text_of(there.get("/organisation"))
