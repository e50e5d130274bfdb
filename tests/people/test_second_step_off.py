"""Taking the second step off, new recovery codes, and what is told about it."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator

from samenspraak.people import actions
from samenspraak.people.models import Mail, Member, Role
from tests.factories import PASSWORD, client_of, make_member, make_person
from tests.people.second_step import (
    CONFIRM,
    SECRET,
    SECURITY,
    Client,
    after_password,
    device_for,
    give,
    member,
    signed_in,
    text_of,
    with_app,
)
from tests.people.signing_in import DUTCH, sign_in

__all__ = ["member"]
pytestmark = pytest.mark.django_db


def test_the_last_factor_takes_the_recovery_codes_along(member: Member) -> None:
    client = signed_in(member.person)
    with_app(member.person)
    device_for(client)
    app, _codes, passkey = Authenticator.objects.order_by("pk")

    client.post(f"{SECURITY}/remove", {"factor": app.pk})
    left = set(Authenticator.objects.values_list("type", flat=True))
    response = client.post(f"{SECURITY}/remove", {"factor": passkey.pk})

    assert left == {"webauthn", "recovery_codes"}
    assert (response["Location"], Authenticator.objects.count()) == (f"{SECURITY}?done=removed", 0)
    assert sign_in(Client())["Location"] == "/"


def test_nobody_takes_off_what_is_of_somebody_else(member: Member) -> None:
    with_app(make_person())
    theirs = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    client = signed_in(member.person)

    answers = [client.post(f"{SECURITY}/remove", {"factor": given}).status_code for given in (theirs.pk, "x", "9" * 16)]

    assert answers == [302, 404, 404]
    assert Authenticator.objects.count() == 2


def test_new_recovery_codes_end_the_old_ones(member: Member) -> None:
    old = with_app(member.person)
    client = client_of(member)
    client.post(CONFIRM, {"password": PASSWORD})

    page = text_of(client.post(f"{SECURITY}/recovery-codes", {"once": "one"}))

    new = re.findall(r'<li class="num">([0-9A-Z-]{14})</li>', page)
    assert (len(new), set(new) & set(old)) == (10, set())
    assert give(after_password(member.person), old[0]).status_code == 422
    assert give(after_password(member.person), new[0]).status_code == 302


def test_recovery_codes_are_for_people_with_a_second_step(member: Member) -> None:
    client = signed_in(member.person)

    response = client.post(f"{SECURITY}/recovery-codes")

    assert (response.status_code, Authenticator.objects.count()) == (302, 0)


def test_an_owner_sees_who_has_a_second_step_and_nothing_else_of_it(member: Member) -> None:
    colleague = make_member(Role.EDITOR, member.organisation, person=make_person("Bram"))
    with_app(colleague.person)
    reader = make_member(Role.READER, member.organisation)

    for_owner = text_of(client_of(member).get("/organisation", headers=DUTCH))
    for_reader = text_of(client_of(reader).get("/organisation"))

    assert for_owner.count("meldt zich aan met een tweede stap") == 1
    assert for_owner.count("meldt zich aan zonder tweede stap") == 2
    assert "tweede stap" not in for_reader


def test_every_change_of_the_second_step_is_told_by_mail(member: Member) -> None:
    client = signed_in(member.person)
    with_app(member.person)
    device_for(client)
    actions.renew_recovery_codes(member.person, "one")
    app = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    actions.remove_factor(member.person, app.pk)
    actions.remove_factor(member.person, app.pk)

    mails = list(Mail.objects.order_by("created_at"))

    told = ["app met codes ingesteld", "passkey toegevoegd", "nieuwe herstelcodes gemaakt", "weggehaald"]
    assert [words in mail.text for words, mail in zip(told, mails, strict=True)] == [True] * 4
    assert {mail.to for mail in mails} == {"sanne@example.org"}


def test_the_same_form_gives_the_same_codes_and_a_later_one_others(member: Member) -> None:
    first = with_app(member.person)

    again = actions.add_app(member.person, SECRET, "000000")
    new, twice = (actions.renew_recovery_codes(member.person, "a form") for _ in range(2))
    after = actions.add_app(member.person, SECRET, "000000")
    other = actions.renew_recovery_codes(member.person, "another form")
    back = actions.renew_recovery_codes(member.person, "a form")

    assert (again, new, after) == (first, twice, [])
    assert len({*first, *new, *other, *back}) == 40
