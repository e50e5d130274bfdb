"""Guests: somebody without an account is asked one thing, by a link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from samenspraak.people import actions
from samenspraak.people.access import ACCESS, ANYONE, Rule
from samenspraak.people.actions import AskedGuest, GuestDraft, GuestLetter
from samenspraak.people.http import Gone, GuestGone
from samenspraak.people.models import Guest, HistoryEntry, Invitation, Mail, Member
from samenspraak.people.queries import guest_for, guest_of, hash_of_token
from tests.factories import client_of, make_member
from tests.people.parallel import all_at_once

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.people.urls")]
SUBJECT = UUID(int=7)


@pytest.fixture(autouse=True)
def routed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page for guests that exists in tests alone."""
    monkeypatch.setitem(ACCESS, "asked", Rule(ANYONE, ANYONE))


def letter() -> GuestLetter:
    invitation = Invitation(expires_at=timezone.now(), role="reader")
    invitation.organisation = make_member().organisation
    return GuestLetter(
        template="people/mail/invitation", route="asked", context={"invitation": invitation, "inviter": "Sanne"}
    )


def draft(**fields: Any) -> GuestDraft:
    wanted: dict[str, Any] = {
        "purpose": "test",
        "subject": SUBJECT,
        "email": "bram@example.org",
        "name": "Bram",
        "language": "nl",
        "once": uuid4(),
        "letter": letter(),
    }
    return GuestDraft(**wanted | fields)


def ask(member: Member, **fields: Any) -> AskedGuest:
    return actions.ask_guest(member, draft(**fields))


def key_of(asked: AskedGuest) -> str:
    return asked.link.rpartition("/")[2]


def path_of(asked: AskedGuest) -> str:
    return asked.link.removeprefix("http://localhost:8000")


def why_gone(key: str, **options: Any) -> Gone | None:
    """Why a link opens nothing; None when it opens."""
    try:
        guest_for(key, "test", **options)
    except GuestGone as gone:
        return gone.why
    return None


def test_a_guest_gets_one_mail_with_a_link_short_enough_to_trust(owner: Member) -> None:
    asked = ask(owner)

    guest, mail = Guest.objects.get(), Mail.objects.get()
    assert (asked.guest, asked.is_new, guest.mail) == (guest, True, mail)
    assert (mail.to, mail.organisation, asked.link in mail.text) == ("bram@example.org", owner.organisation, True)
    assert (len(key_of(asked)), guest.key_hash) == (22, hash_of_token(key_of(asked)))
    assert timedelta(days=29, hours=23) < guest.expires_at - timezone.now() <= timedelta(days=30)


def test_the_key_stands_in_no_column(owner: Member) -> None:
    key = key_of(ask(owner))

    kept = [str(value) for value in Guest.objects.values_list().get()]
    assert [value for value in kept if key in value] == []


def test_the_same_form_twice_asks_once_with_the_same_link(owner: Member) -> None:
    once = uuid4()

    first, second = ask(owner, once=once), ask(owner, once=once)

    assert (first.link, first.is_new, second.is_new) == (second.link, True, False)
    assert (Guest.objects.count(), Mail.objects.count()) == (1, 1)


def test_another_form_to_somebody_who_is_asked_already_mails_nothing(owner: Member) -> None:
    first, second = ask(owner), ask(owner)

    assert (first.guest, first.link, second.is_new) == (second.guest, second.link, False)
    assert Mail.objects.count() == 1


def test_one_form_to_two_addresses_gives_two_links(owner: Member) -> None:
    once = uuid4()

    links = {ask(owner, once=once, email=f"{name}@example.org").link for name in ("bram", "ilse")}

    assert len(links) == 2


def test_somebody_can_be_asked_anew_by_the_same_form_after_it_was_withdrawn(owner: Member) -> None:
    once = uuid4()
    first = ask(owner, once=once)
    actions.withdraw_guest(owner, first.guest)

    again = ask(owner, once=once)

    assert (again.is_new, again.link == first.link) == (True, False)
    assert (why_gone(key_of(first)), why_gone(key_of(again))) == (Gone.WITHDRAWN, None)


def test_the_same_form_after_the_answer_gives_no_link_away(owner: Member) -> None:
    once = uuid4()
    actions.mark_answered(ask(owner, once=once).guest)

    again = ask(owner, once=once)

    assert (again.is_new, again.link, Guest.objects.count()) == (False, "", 1)


def test_a_reminder_is_a_fresh_mail_with_the_same_link_that_works_thirty_days_again(owner: Member) -> None:
    asked = ask(owner)
    Guest.objects.update(created_at=timezone.now() - timedelta(days=40), expires_at=timezone.now() - timedelta(days=10))

    was_too_old = why_gone(key_of(asked))
    reminded = actions.remind_guest(owner, asked.guest, letter())

    first, second = Mail.objects.order_by("created_at")
    assert (was_too_old, reminded, why_gone(key_of(asked))) == (Gone.EXPIRED, True, None)
    assert (first.problem, asked.link in second.text, Guest.objects.get().mail) == ("cancelled", True, second)


def test_reminders_go_at_most_once_a_day(owner: Member) -> None:
    asked = ask(owner)

    at_once = actions.remind_guest(owner, asked.guest, letter())
    Guest.objects.update(created_at=timezone.now() - timedelta(days=2))
    later = [actions.remind_guest(owner, asked.guest, letter()) for _ in range(2)]

    assert (at_once, later, Mail.objects.count()) == (False, [True, False], 2)


@pytest.mark.parametrize("end", [actions.mark_answered, lambda guest: actions.withdraw_guest(guest.asked_by, guest)])
def test_nobody_is_reminded_after_an_answer_or_a_withdrawal(owner: Member, end: Any) -> None:
    asked = ask(owner)
    Guest.objects.update(created_at=timezone.now() - timedelta(days=2))
    end(Guest.objects.get())

    assert not actions.remind_guest(owner, asked.guest, letter())
    assert Mail.objects.count() == 1


def test_withdrawing_ends_the_link_and_its_waiting_mail_once(owner: Member) -> None:
    asked = ask(owner)

    answers = [actions.withdraw_guest(owner, asked.guest) for _ in range(2)]

    mail = Mail.objects.get()
    assert (answers, why_gone(key_of(asked))) == ([True, False], Gone.WITHDRAWN)
    assert (mail.problem, mail.text) == ("cancelled", "")


def test_an_answer_that_was_given_cannot_be_withdrawn(owner: Member) -> None:
    asked = ask(owner)
    actions.mark_answered(asked.guest)

    assert not actions.withdraw_guest(owner, asked.guest)
    assert Guest.objects.get().withdrawn_at is None


def test_a_used_link_opens_again_only_to_correct(owner: Member) -> None:
    asked = ask(owner)

    used = [actions.mark_answered(asked.guest) for _ in range(2)]

    assert used == [True, False]
    assert (why_gone(key_of(asked)), why_gone(key_of(asked), may_correct=True)) == (Gone.USED, None)
    Guest.objects.update(expires_at=timezone.now())
    assert why_gone(key_of(asked), may_correct=True) == Gone.EXPIRED


def test_after_an_answer_nothing_that_is_kept_makes_the_key_again(owner: Member) -> None:
    asked = ask(owner)

    actions.mark_answered(asked.guest, keeps_time=False)

    guest = Guest.objects.select_related("mail").get()
    assert (guest.once, guest.answered_at, guest.mail and guest.mail.text) == (None, guest.created_at, "")


def test_a_link_of_an_organisation_that_everybody_left_opens_nothing(owner: Member) -> None:
    asked = ask(owner)

    Member.objects.filter(pk=owner.pk).update(left_at=timezone.now())

    assert why_gone(key_of(asked)) == Gone.ORGANISATION


def test_a_link_opens_nothing_while_its_organisation_is_ending(owner: Member) -> None:
    asked = ask(owner)
    actions.end_organisation(owner)

    ending = why_gone(key_of(asked))
    actions.keep_organisation(owner)

    assert (ending, why_gone(key_of(asked))) == (Gone.ORGANISATION, None)


def test_a_link_goes_on_working_when_the_asker_left(owner: Member) -> None:
    make_member(organisation=owner.organisation)
    asked = ask(owner)

    Member.objects.filter(pk=owner.pk).update(left_at=timezone.now())

    assert why_gone(key_of(asked)) is None


@pytest.mark.parametrize("key", ["", "x", "x" * 22, "é" * 5000, "\u2028"])
def test_a_key_nobody_gave_is_not_found(key: str) -> None:
    with pytest.raises(Http404):
        guest_for(key, "test")


def test_a_key_is_of_no_use_for_another_purpose(owner: Member) -> None:
    asked = ask(owner)

    with pytest.raises(Http404):
        guest_for(key_of(asked), "other")


def test_the_guest_of_another_organisation_is_not_found(owner: Member) -> None:
    asked = ask(owner)

    assert guest_of(owner, "test", asked.guest.pk) == asked.guest
    for member, purpose in ((make_member(), "test"), (owner, "other")):
        with pytest.raises(Http404):
            guest_of(member, purpose, asked.guest.pk)


def test_the_history_keeps_the_name_of_a_guest(owner: Member) -> None:
    asked = ask(owner, name="Bram Visser")

    actions.record(asked.guest, SUBJECT, actions.Change("voice", "", "no"))

    entry = HistoryEntry.objects.get()
    assert (entry.member, entry.member_name, entry.organisation) == (None, "Bram Visser", owner.organisation)


def test_the_page_is_in_the_language_of_the_guest_with_a_switch(owner: Member) -> None:
    path = path_of(ask(owner, language="en"))
    client = Client(headers={"accept-language": "nl"})

    own, switched = client.get(path), client.get(f"{path}?language=nl")

    assert [(r["Content-Language"], r.content.decode()) for r in (own, switched)] == [
        ("en", "Language for Bram"),
        ("nl", "Taal for Bram"),
    ]


def test_the_page_tells_nobody_its_address_and_is_kept_nowhere(owner: Member) -> None:
    response = Client().get(path_of(ask(owner)))

    names = ("Referrer-Policy", "Cache-Control", "X-Robots-Tag")
    assert [response[name] for name in names] == ["no-referrer", "no-store", "noindex"]
    assert response.cookies == {}


def test_a_post_needs_no_cookie(owner: Member) -> None:
    asked = ask(owner)

    response = Client(enforce_csrf_checks=True).post(path_of(asked))

    assert (response.status_code, response.cookies) == (200, {})


@pytest.mark.parametrize(
    ("end", "dutch", "english"),
    [
        ({"withdrawn_at": timezone.now()}, "Je hoeft niet meer te antwoorden", "You need not answer any more"),
        ({"expires_at": timezone.now()}, "Deze link is te oud", "This link is too old"),
        ({"answered_at": timezone.now()}, "Deze link is al gebruikt", "This link has been used"),
        ({"asked_by": None, "withdrawn_at": timezone.now()}, "Je hoeft niet meer", "You need not answer"),
    ],
)
def test_a_link_that_ended_says_why(owner: Member, end: dict[str, Any], dutch: str, english: str) -> None:
    path = path_of(ask(owner))
    Guest.objects.update(**end)

    answers = [Client().get(path), client_of(owner).get(f"{path}?language=en"), Client().post(path)]

    assert [r.status_code for r in answers] == [410, 410, 410]
    assert [text in r.content.decode() for text, r in zip((dutch, english, dutch), answers, strict=True)] == [True] * 3
    assert {r["Referrer-Policy"] for r in answers} == {"no-referrer"}
    assert 'class="rooms"' not in answers[1].content.decode()


def test_a_link_of_an_organisation_that_is_gone_says_so(owner: Member) -> None:
    path = path_of(ask(owner))
    Member.objects.filter(pk=owner.pk).update(left_at=timezone.now())

    response = Client().get(path)

    assert (response.status_code, "gebruikt Samenspraak niet meer" in response.content.decode()) == (410, True)


@pytest.mark.django_db(transaction=True)
def test_fifty_forms_at_once_ask_once() -> None:
    owner = make_member()
    same = draft()

    links = all_at_once(50, lambda _n: actions.ask_guest(owner, same).link)

    assert len(set(links)) == 1
    assert (Guest.objects.count(), Mail.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_fifty_reminders_and_answers_at_once_count_once() -> None:
    owner = make_member()
    asked, same = ask(owner), letter()
    Guest.objects.update(created_at=timezone.now() - timedelta(days=2))

    reminded = all_at_once(50, lambda _n: actions.remind_guest(owner, asked.guest, same))
    answered = all_at_once(50, lambda _n: actions.mark_answered(asked.guest))

    assert (sum(reminded), sum(answered), Mail.objects.count()) == (1, 1, 2)
