"""The second step: an app with codes, recovery codes, and what asks for them."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from samenspraak.people import actions, codes
from samenspraak.people.models import Member
from tests.factories import PASSWORD, client_of, make_member, make_person
from tests.people.parallel import all_at_once
from tests.people.second_step import (
    APP,
    CODE,
    CONFIRM,
    PASSKEY,
    SECRET,
    SECURITY,
    Client,
    after_password,
    code_of,
    give,
    hidden,
    member,
    signed_in,
    text_of,
    with_app,
    without_password,
)
from tests.people.signing_in import DUTCH, SIGN_IN, is_in, link_of, sign_in

__all__ = ["member"]
pytestmark = pytest.mark.django_db


# ---- the app


def test_an_app_is_set_up_with_the_secret_and_its_first_code(member: Member) -> None:
    client = signed_in(member.person)
    page = client.get(APP)
    secret = hidden(page, "secret")
    shown = re.search(r'id="typed">([A-Z2-7 ]+)<', text_of(page))
    assert shown

    response = client.post(APP, {"secret": secret, "code": code_of(shown[1].replace(" ", ""))})

    drawn = re.findall(r'<li class="num">([0-9A-Z-]{14})</li>', text_of(response))
    assert (response.status_code, len(set(drawn))) == (200, 10)
    assert "data:image/svg+xml" in text_of(page)
    assert f"Samenspraak%0A{drawn[0]}%0A{drawn[1]}" in text_of(response)
    assert not any(code in text_of(client.get(SECURITY)) for code in drawn)


def test_what_is_kept_of_a_second_step_opens_nothing(member: Member) -> None:
    drawn = with_app(member.person)

    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in drawn)


@pytest.mark.parametrize("code", ["000000", "", "x", "１２３４５６", "é", "1" * 61])
def test_a_wrong_first_code_comes_back_with_the_same_secret(member: Member, code: str) -> None:
    client = signed_in(member.person)
    page = client.get(APP)

    response = client.post(APP, {"secret": hidden(page, "secret"), "code": code})

    assert (response.status_code, hidden(response, "secret")) == (422, hidden(page, "secret"))
    assert not Authenticator.objects.exists()


def test_a_secret_of_somebody_else_or_of_nobody_begins_anew(member: Member) -> None:
    _secret, theirs = codes.new_secret(make_person())
    client = signed_in(member.person)

    answers = [client.post(APP, {"secret": given, "code": "123456"}) for given in (theirs, "x", "")]

    assert [a.status_code for a in answers] == [422] * 3
    assert all(hidden(a, "secret") != theirs for a in answers)


def test_an_app_too_many_is_said(member: Member) -> None:
    client = signed_in(member.person)
    with_app(member.person)
    page = client.get(APP)
    shown = re.search(r'id="typed">([A-Z2-7 ]+)<', text_of(page))
    assert shown

    response = client.post(APP, {"secret": hidden(page, "secret"), "code": code_of(shown[1].replace(" ", ""))})

    assert response["Location"] == f"{SECURITY}?done=there"
    assert "Dat was al ingesteld." in text_of(client.get(response["Location"]))


# ---- signing in


def test_after_the_password_the_code_of_the_app_lets_in(member: Member) -> None:
    with_app(member.person)
    client = after_password(member.person)

    before = is_in(client)
    response = give(client, code_of(SECRET))

    assert (before, response.status_code, response["Location"], is_in(client)) == (False, 302, "/", True)


def test_the_page_that_was_asked_for_comes_after_the_second_step(member: Member) -> None:
    with_app(member.person)
    client = Client()
    sign_in(client, next="/organisation?page=1")

    assert give(client, code_of(SECRET))["Location"] == "/organisation?page=1"


def test_the_same_code_lets_in_once(member: Member) -> None:
    with_app(member.person)
    code = code_of(SECRET)
    first, second = after_password(member.person), after_password(member.person)

    answers = [give(first, code).status_code, give(second, code).status_code]

    assert answers == [302, 422]
    assert not is_in(second)


def test_the_code_that_set_up_the_app_does_not_let_in_as_well(member: Member) -> None:
    code = code_of(SECRET)
    actions.add_app(member.person, SECRET, code)

    assert give(after_password(member.person), code).status_code == 422


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 302), (0, 302), (1, 302), (2, 422)])
def test_the_clock_of_a_phone_may_be_half_a_minute_off(
    member: Member, steps: int, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes.time, "time", lambda: 1_800_000_010.0)
    actions.add_app(member.person, SECRET, format_hotp_value(hotp_value(SECRET, 1_800_000_010 // 30)))
    app = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    app.data["step"] -= 10
    app.save()
    client = after_password(member.person)

    answer = give(client, format_hotp_value(hotp_value(SECRET, 1_800_000_010 // 30 + steps)))

    assert answer.status_code == status


def test_a_recovery_code_lets_in_once_however_it_is_typed(member: Member) -> None:
    drawn = with_app(member.person)

    first = give(after_password(member.person), f" {drawn[3].lower().replace('-', ' ')} ")
    second = give(after_password(member.person), drawn[3])

    assert (first.status_code, second.status_code) == (302, 422)
    assert "Er zijn nog 9 codes over." in text_of(client_of(member).get(SECURITY))


def test_a_wrong_code_says_so_and_stays_at_the_second_step(member: Member) -> None:
    with_app(member.person)
    client = after_password(member.person)

    response = give(client, "000000")

    assert (response.status_code, "Dit past niet." in text_of(response)) == (422, True)
    assert not is_in(client)


def test_whoever_is_somebody_else_begins_again(member: Member) -> None:
    with_app(member.person)
    client = after_password(member.person)
    pending = client.get(SIGN_IN)["Location"]

    response = client.post(CODE, {"stop": "1"})

    assert (pending, response["Location"]) == (CODE, SIGN_IN)
    assert client.get(SIGN_IN).status_code == 200


def test_no_page_opens_between_password_and_second_step(member: Member) -> None:
    with_app(member.person)
    client = after_password(member.person)

    found = [client.get(path).status_code for path in ("/", "/organisation", "/account", SECURITY)]

    assert found == [302] * 4


def test_guessing_codes_makes_wait_and_keeps_nobody_else_out(member: Member) -> None:
    with_app(member.person)
    guesser = Client(REMOTE_ADDR="198.51.100.7", headers=DUTCH)
    sign_in(guesser)
    owner = Client(REMOTE_ADDR="203.0.113.9", headers=DUTCH)
    sign_in(owner)

    answers = [give(guesser, "000000").status_code for _ in range(6)]
    there, here = give(guesser, code_of(SECRET)), give(owner, code_of(SECRET))

    assert answers == [422] * 5 + [429]
    assert (there.status_code, here.status_code) == (429, 302)


def test_guessing_from_many_places_ends_too(member: Member) -> None:
    with_app(member.person)
    answers = []
    for place in range(13):
        client = Client(REMOTE_ADDR=f"198.51.100.{place}")
        sign_in(client)
        answers += [give(client, "000000").status_code for _ in range(5)]

    assert answers == [422] * 60 + [429] * 5


def test_a_new_password_by_mail_does_not_skip_the_second_step(member: Member) -> None:
    with_app(member.person)
    client = Client()
    form = client.get(f"/account/password/new/{link_of(member.person)}", follow=True).redirect_chain[-1][0]

    client.post(form, {"password1": "vier heel gewone woorden"})
    response = sign_in(client, password="vier heel gewone woorden")

    assert not is_in(client)
    assert response["Location"] == CODE


def test_without_a_second_step_nothing_is_asked(member: Member) -> None:
    client = Client()

    assert client.get(CODE)["Location"] == SIGN_IN
    assert sign_in(client)["Location"] == "/"
    assert client.get(CODE)["Location"] == "/"


def test_a_key_of_the_installation_that_changed_lets_nobody_in_by_a_code(member: Member, settings: Any) -> None:
    with_app(member.person)
    client = after_password(member.person)
    app = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    app.data["secret"] = "gAAAA"
    app.save()

    assert give(client, format_hotp_value(hotp_value("", int(time.time()) // 30))).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_fifty_browsers_with_one_code_let_one_in() -> None:
    person = make_person(email="sanne@example.org", password=PASSWORD)
    make_member(person=person)
    with_app(person)
    browsers = [after_password(person)]
    for _ in range(49):
        twin = Client(REMOTE_ADDR=f"198.51.100.{len(browsers)}")
        twin.cookies.update(browsers[0].cookies)
        browsers.append(twin)
    code = code_of(SECRET)

    def use(_n: int) -> bool:
        try:
            actions.use_code(person, code)
        except actions.WrongCode:
            return False
        return True

    assert sum(all_at_once(50, use)) == 1


# ---- showing again who you are


@pytest.mark.parametrize("path", [APP, PASSKEY, "/account/close"])
def test_something_important_asks_for_the_password_first(member: Member, path: str) -> None:
    client = client_of(member)

    asked = client.get(path)
    page = client.get(asked["Location"])
    wrong = client.post(CONFIRM, {"password": "iets-heel-anders", "next": path}, headers=DUTCH)
    right = client.post(CONFIRM, {"password": PASSWORD, "next": path})

    assert asked["Location"].startswith(f"{CONFIRM}?next=")
    assert hidden(page, "next") == path
    assert (wrong.status_code, "Dit is niet je wachtwoord." in text_of(wrong)) == (422, True)
    assert (right["Location"], client.get(path).status_code) == (path, 200)


def test_after_ten_minutes_it_is_asked_again(member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    client, now = signed_in(member.person), time.time()
    before = client.get(APP).status_code

    monkeypatch.setattr(time, "time", lambda: now + 601)

    assert (before, client.get(APP).status_code) == (200, 302)


def test_whoever_has_no_password_signs_in_again(member: Member) -> None:
    client = client_of(make_member(person=without_password()))

    page = text_of(client.get(CONFIRM, headers=DUTCH))

    assert "Meld je af, meld je opnieuw aan" in page
    assert 'name="password"' not in page


def test_no_confirmation_leads_to_another_site(member: Member) -> None:
    client = client_of(member)

    answer = client.post(CONFIRM, {"password": PASSWORD, "next": "//evil.example"})

    assert answer["Location"] == SECURITY


def test_guessing_the_password_here_makes_wait(member: Member) -> None:
    client = client_of(member)

    answers = [client.post(CONFIRM, {"password": "x"}).status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]
