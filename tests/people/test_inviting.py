"""Invitations: asking somebody in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from samenspraak.people import actions
from samenspraak.people.models import HistoryEntry, Invitation, Mail, Member, Role
from samenspraak.people.queries import hash_of_token
from tests.factories import client_of, make_member, make_organisation
from tests.people.invitations import ask
from tests.people.parallel import all_at_once

pytestmark = pytest.mark.django_db
PASSWORD = "drie gewone woorden"
DUTCH, ENGLISH = {"accept-language": "nl"}, {"accept-language": "en"}
ENDED = "Deze link werkt niet meer"


def invite(client: Client, email: str = "bram@example.org", role: str = "editor", once: Any = None) -> HttpResponse:
    form = {"email": email, "role": role, "once": once or uuid4()}
    return client.post("/organisation/invite", form)


def test_an_owner_invites_by_mail(owner: Member, with_mail_server: None) -> None:
    response = invite(client_of(owner), " Bram@Example.org ")

    invitation, mail = Invitation.objects.get(), Mail.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/organisation?done=invited")
    assert (invitation.email, invitation.role, invitation.invited_by) == ("bram@example.org", "editor", owner)
    assert timedelta(days=13, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=14)
    assert (mail.to, mail.subject, mail.organisation) == (
        "bram@example.org",
        "Uitnodiging voor Samenspraak",
        owner.organisation,
    )
    assert "Sanne de Wit, duurzaamheid nodigt je uit om mee te doen in Samenspraak, voor Noorderlicht." in mail.text
    assert "Je rol: bewerker." in mail.text


def test_the_mail_is_in_the_language_of_the_organisation(with_mail_server: None) -> None:
    owner = make_member(organisation=make_organisation("Northlight", language="en"))

    invite(client_of(owner), role="reader")

    assert Mail.objects.get().subject == "Invitation to Samenspraak"
    assert "Your role: reader." in Mail.objects.get().text


def test_only_the_hash_of_the_token_is_kept(owner: Member) -> None:
    token = ask(owner).rpartition("/")[2]

    assert len(token) == 43
    assert Invitation.objects.get().token_hash == hash_of_token(token)


def test_without_a_mail_server_the_link_is_shown_once(owner: Member) -> None:
    client = client_of(owner)

    page = invite(client).content.decode()

    token = page.split("http://localhost:8000/invitation/")[1].split('"')[0]
    assert "Geen mailserver ingesteld: geef deze link zelf door." in page
    assert Client().get(f"/invitation/{token}").status_code == 200
    assert token not in client.get("/organisation").content.decode()


def test_the_same_form_twice_invites_once_and_shows_the_same_link(owner: Member) -> None:
    client, once = client_of(owner), uuid4()

    first, second = (invite(client, once=once).content.decode() for _ in range(2))

    def link(page: str) -> str:
        return page.split('id="link"')[1].split('value="')[1].split('"', maxsplit=1)[0]

    assert link(first) == link(second)
    assert (Invitation.objects.count(), Mail.objects.count(), HistoryEntry.objects.count()) == (1, 1, 1)


def test_a_form_found_again_after_its_invitation_was_withdrawn_is_a_new_one(owner: Member) -> None:
    once = uuid4()
    first = actions.invite(owner, "bram@example.org", Role.EDITOR, once)
    actions.withdraw_invitation(owner, first.invitation)

    again = [actions.invite(owner, "bram@example.org", Role.EDITOR, once) for _ in range(2)]

    paths = [asked.link.removeprefix("http://localhost:8000") for asked in (first, *again)]
    assert [Client().get(path).status_code for path in paths] == [410, 200, 200]
    assert paths[1] == paths[2]
    assert (Invitation.objects.count(), Mail.objects.count()) == (2, 2)


def test_inviting_again_sends_anew_and_ends_the_old_link(owner: Member) -> None:
    old = ask(owner)
    invitation = Invitation.objects.get()
    Invitation.objects.update(expires_at=timezone.now())

    new = ask(owner, role=Role.READER)

    assert Invitation.objects.get().pk == invitation.pk
    assert (Invitation.objects.get().role, Mail.objects.count()) == ("reader", 2)
    assert (Client().get(old).status_code, Client().get(new).status_code) == (410, 200)
    assert list(Mail.objects.order_by("created_at").values_list("problem", flat=True)) == ["cancelled", ""]


@pytest.mark.parametrize(
    ("email", "role", "message"),
    [
        ("", "editor", "Vul een e-mailadres in."),
        ("bram", "editor", "Schrijf het adres als naam@voorbeeld.nl."),
        ("bram@example.org\r\nBcc: x@example.org", "editor", "Schrijf het adres als naam@voorbeeld.nl."),
        ("Sanne@example.org", "editor", "Iemand met dit adres doet al mee."),
        ("x" * 250 + "@example.org", "editor", "254"),
    ],
)
def test_an_address_that_does_not_do_is_said_and_kept(owner: Member, email: str, role: str, message: str) -> None:
    response = invite(client_of(owner), email, role)

    page = response.content.decode()
    assert response.status_code == 422
    assert message in page.split('id="email-error"')[1].split("<input")[0]
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("more", [{"role": "admin"}, {"once": "x"}, {"role": ""}])
def test_a_form_made_by_hand_invites_nobody(owner: Member, more: dict[str, str]) -> None:
    response = client_of(owner).post("/organisation/invite", {"email": "bram@example.org", "role": "editor", **more})

    assert response.status_code == 422
    assert Invitation.objects.count() == 0


def test_sixty_invitations_in_an_hour_are_enough(owner: Member) -> None:
    client = client_of(owner)

    answers = [invite(client, f"persoon{n}@example.net").status_code for n in range(61)]

    assert answers == [200] * 60 + [429]


def test_an_invitation_that_is_withdrawn_takes_its_waiting_mail_along(owner: Member, with_mail_server: None) -> None:
    client = client_of(owner)
    invite(client)

    response = client.post(f"/organisation/invitations/{Invitation.objects.get().pk}/withdraw")

    mail = Mail.objects.get()
    assert response["Location"] == "/organisation?done=withdrawn"
    assert (mail.given_up_at is None, mail.text, mail.problem) == (False, "", "cancelled")
    assert "bram@example.org" not in client.get("/organisation").content.decode().split('id="history"')[0]


def test_withdrawing_twice_is_written_down_once(owner: Member) -> None:
    ask(owner)
    invitation = Invitation.objects.get()

    actions.withdraw_invitation(owner, invitation)
    actions.withdraw_invitation(owner, invitation)

    changes = HistoryEntry.objects.order_by("id").values_list("field", "old", "new")
    assert list(changes) == [("invitation", "", "editor"), ("invitation", "editor", "")]


@pytest.mark.django_db(transaction=True)
def test_fifty_forms_at_once_invite_once() -> None:
    owner, once = make_member(), uuid4()

    links = all_at_once(50, lambda _n: actions.invite(owner, "bram@example.org", Role.EDITOR, once).link)

    assert len(set(links)) == 1
    assert (Invitation.objects.count(), Mail.objects.count(), HistoryEntry.objects.count()) == (1, 1, 1)
