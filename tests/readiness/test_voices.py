"""Several voices: asking colleagues, what they say, and what may be seen of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404
from django.utils import timezone

from samenspraak.people.actions import withdraw_guest
from samenspraak.people.http import Gone, GuestGone
from samenspraak.people.models import Guest, HistoryEntry, Mail, Member
from samenspraak.readiness import actions
from samenspraak.readiness.actions import InquiryDraft, RoundClosed, Said
from samenspraak.readiness.models import Answer, Inquiry, Round, Voice
from samenspraak.readiness.queries import (
    asked_page,
    everybody_asked,
    guest_of_round,
    guests_to_remind,
    inquiry_of,
    receipt_of,
    spreads_of,
    voices_page,
    whole_voices,
)
from samenspraak.tasks.actions import StaleVersion
from tests.factories import make_member, make_person
from tests.people.parallel import all_at_once
from tests.readiness.asking import ONE, TWO, addressees, ask, ask_and_hear, key_of, save, say, spread
from tests.readiness.rounds import make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return make_member(person=make_person("Sanne de Wit"), function="duurzaamheid")


@pytest.fixture
def round(member: Member) -> Round:
    return make_round(member)


# Asking


def test_each_colleague_gets_one_mail_with_a_link_of_its_own(member: Member, round: Round) -> None:
    asked = ask(member, round, ["Bram", "Ilse"], conditions=(ONE, TWO), message="Ik ben benieuwd.")

    mails = Mail.objects.order_by("to")
    assert (asked.number, asked.skipped) == (2, [])
    assert [mail.to for mail in mails] == ["bram@example.org", "ilse@example.org"]
    assert len({g.link for g in asked.guests}) == 2
    assert all(g.link in mail.text for g, mail in zip(asked.guests, mails, strict=True))
    assert "Ik ben benieuwd." in mails[0].text
    assert "Het zijn 2 vragen op één pagina." in mails[0].text
    assert "met je naam erbij" in mails[0].text


def test_the_mail_says_when_there_are_no_names(member: Member, round: Round) -> None:
    ask(member, round, is_named=False)

    text = Mail.objects.get().text
    assert "Wie ziet je antwoord: niemand." in text
    assert "met je naam" not in text


def test_the_same_form_twice_asks_once(member: Member, round: Round) -> None:
    once = uuid4()

    first, second = (ask(member, round, once=once) for _ in range(2))

    assert (first.number, second.number) == (1, 0)
    assert (Inquiry.objects.count(), Guest.objects.count(), Mail.objects.count()) == (1, 1, 1)
    assert HistoryEntry.objects.filter(field="voice_asked").count() == 1


def test_nobody_is_asked_twice_about_a_condition_in_one_round(member: Member, round: Round) -> None:
    ask(member, round, ["Bram"])

    again = ask(member, round, ["Bram", "Ilse"], conditions=(ONE, TWO))

    assert (again.number, again.skipped, Mail.objects.count()) == (1, ["bram@example.org"], 2)


def test_a_form_of_which_everybody_had_been_asked_keeps_nothing(member: Member, round: Round) -> None:
    ask(member, round, ["Bram"])

    again = ask(member, round, ["Bram"])

    assert (again.guests, Inquiry.objects.count()) == ([], 1)


def test_somebody_can_be_asked_about_another_condition_in_another_round_or_after_withdrawing(
    member: Member, round: Round
) -> None:
    first = ask(member, round)

    other = ask(member, round, conditions=(TWO,))
    elsewhere = ask(member, make_round(member))
    withdraw_guest(member, first.guests[0].guest)
    anew = ask(member, round)

    assert [asked.number for asked in (other, elsewhere, anew)] == [1, 1, 1]


def test_who_is_asked_without_names_stays_without_whatever_is_asked_later(member: Member, round: Round) -> None:
    once = uuid4()
    first = ask(member, round, is_named=False, once=once)

    later = ask(member, round, is_named=True, once=once)

    assert (later.number, later.skipped) == (0, ["bram@example.org"])
    assert inquiry_of(first.guests[0].guest).is_named is False


def test_nobody_is_asked_in_a_closed_round(member: Member, round: Round) -> None:
    actions.close_round(member, round)

    with pytest.raises(RoundClosed):
        ask(member, round)
    assert (Guest.objects.count(), Mail.objects.count()) == (0, 0)


def test_a_form_number_of_another_organisation_is_not_found(member: Member, round: Round) -> None:
    draft = InquiryDraft(conditions=(ONE,), is_named=True, message="", once=uuid4())
    theirs = make_member()
    actions.ask_colleagues(member, round, draft, addressees(["Bram"]))
    Inquiry.objects.update(organisation=theirs.organisation)

    with pytest.raises(Http404):
        actions.ask_colleagues(member, round, draft, addressees(["Bram"]))


def test_a_reminder_goes_to_who_has_not_answered(member: Member, round: Round) -> None:
    asked = ask(member, round, ["Bram", "Ilse", "Noor"])
    say(asked.guests[0], "no")
    actions.withdraw_question(member, round, asked.guests[2].guest)
    Guest.objects.update(created_at=timezone.now() - timedelta(days=2))

    number = actions.remind_colleagues(member, round, guests_to_remind(round, [g.guest.pk for g in asked.guests]))

    newest = Mail.objects.latest("created_at")
    assert (number, newest.to, newest.subject) == (1, "ilse@example.org", "Herinnering: een vraag van een collega")
    assert asked.guests[1].link in newest.text
    assert list(HistoryEntry.objects.filter(field="voice_reminded").values_list("new", flat=True)) == ["Ilse"]


def test_only_who_was_asked_about_this_round_is_reminded_or_found(member: Member, round: Round) -> None:
    elsewhere = ask(member, make_round(member)).guests[0].guest

    assert guests_to_remind(round, [elsewhere.pk]) == []
    with pytest.raises(Http404):
        guest_of_round(member, round, elsewhere.pk)


def test_withdrawing_is_written_down_once(member: Member, round: Round) -> None:
    guest = ask(member, round).guests[0].guest

    done = [actions.withdraw_question(member, round, guest) for _ in range(2)]

    lines = HistoryEntry.objects.filter(field="voice_asked").order_by("id").values_list("old", "new")
    assert (done, list(lines)) == ([True, False], [("", "Bram"), ("Bram", "")])


# Answering


def test_a_voice_with_a_name_stands_beside_the_answer_of_the_organisation(member: Member, round: Round) -> None:
    asked = ask(member, round)

    say(asked.guests[0], "no", "Nooit van gehoord")

    voice = Voice.objects.get()
    assert (voice.guest, voice.value, voice.how, voice.changed_at is None) == (
        asked.guests[0].guest,
        "no",
        "Nooit van gehoord",
        False,
    )
    assert Answer.objects.count() == 0
    lines = HistoryEntry.objects.filter(field__in=["voice", "voice_how"]).order_by("id")
    assert [(e.field, e.member, e.member_name, e.new) for e in lines] == [
        ("voice", None, "Bram", "no"),
        ("voice_how", None, "Bram", "Nooit van gehoord"),
    ]


def test_a_correction_keeps_what_was_said_in_the_history(member: Member, round: Round) -> None:
    asked = ask(member, round).guests[0]
    key = say(asked, "no", "Nee")

    say(asked, "partly", "Nee", key=key)

    assert (Voice.objects.get().value, Voice.objects.get().version) == ("partly", 2)
    assert HistoryEntry.objects.filter(field="voice").values_list("old", "new").last() == ("no", "partly")


def test_saying_the_same_again_changes_nothing(member: Member, round: Round) -> None:
    asked = ask(member, round).guests[0]
    key = say(asked, "no")
    lines = HistoryEntry.objects.count()

    say(asked, "no", key=key)

    assert (Voice.objects.get().version, HistoryEntry.objects.count()) == (1, lines)


def test_a_correction_of_one_of_two_leaves_the_other_as_it_is(member: Member, round: Round) -> None:
    asked = ask(member, round, conditions=(ONE, TWO)).guests[0]
    key = key_of(asked)
    save(asked, Said(ONE, "no", ""), Said(TWO, "yes", ""), key=key)

    save(asked, Said(ONE, "partly", ""), Said(TWO, "yes", ""), key=key, version=2)

    kept = dict(Voice.objects.values_list("condition_id", "version"))
    assert kept == {ONE: 2, TWO: 1}


def test_two_with_the_same_link_both_see_both_texts(member: Member, round: Round) -> None:
    asked = ask(member, round).guests[0]
    key = say(asked, "no", "Eerste")

    with pytest.raises(StaleVersion) as stale:
        save(asked, Said(ONE, "yes", "Tweede"), key=key)

    assert [voice.how for voice in stale.value.row] == ["Eerste"]  # type: ignore[attr-defined]
    assert Voice.objects.get().how == "Eerste"


def test_nothing_is_said_in_a_closed_round(member: Member, round: Round) -> None:
    asked = ask(member, round).guests[0]
    actions.close_round(member, round)

    with pytest.raises(RoundClosed):
        say(asked, "no")
    assert (Voice.objects.count(), Guest.objects.get().answered_at) == (0, None)


@pytest.mark.parametrize(
    ("end", "why"),
    [({"withdrawn_at": timezone.now()}, Gone.WITHDRAWN), ({"expires_at": timezone.now()}, Gone.EXPIRED)],
)
@pytest.mark.parametrize("is_named", [True, False])
def test_a_link_that_ended_while_somebody_typed_keeps_nothing(
    member: Member, round: Round, end: dict[str, Any], why: Gone, is_named: bool
) -> None:
    asked = ask(member, round, is_named=is_named).guests[0]
    Guest.objects.update(**end)

    with pytest.raises(GuestGone) as gone:
        say(asked, "no")

    assert (gone.value.why, Voice.objects.count()) == (why, 0)


def test_an_answer_can_not_be_corrected_when_the_link_has_become_too_old(member: Member, round: Round) -> None:
    asked = ask(member, round).guests[0]
    key = say(asked, "no")
    Guest.objects.update(expires_at=timezone.now())

    with pytest.raises(GuestGone):
        say(asked, "yes", key=key)
    assert Voice.objects.get().value == "no"


# Seeing


def test_names_and_no_names_lie_next_to_each_other(member: Member, round: Round) -> None:
    ask_and_hear(member, round, ["yes", "no"])
    ask_and_hear(member, round, ["no", "no", "partly", "unknown", "no"], is_named=False)

    found = spread(round)

    assert found is not None
    assert {answer: count.least for answer, count in found.counts.items()} == {
        "yes": 1, "partly": 1, "no": 4, "unknown": 1, "": 0
    }  # fmt: skip
    assert (found.people, found.is_waiting) == (7, False)


def test_who_was_asked_stands_with_who_has_not_answered_first(member: Member, round: Round) -> None:
    asked = ask(member, round, ["Anna", "Bram", "Chaya", "Daan", "Elif", "Femke"]).guests
    say(asked[0], "no")
    actions.withdraw_question(member, round, asked[1].guest)
    Guest.objects.filter(pk=asked[2].guest.pk).update(expires_at=timezone.now())
    Mail.objects.filter(to="daan@example.org").update(given_up_at=timezone.now())
    Mail.objects.filter(to="elif@example.org").update(sent_at=timezone.now())

    page = asked_page(round)

    states = {row.guest.name: row.state for row in page.rows}
    assert list(states) == ["Chaya", "Daan", "Elif", "Femke", "Anna", "Bram"]
    assert list(states.values()) == ["expired", "undelivered", "open", "waiting", "answered", "withdrawn"]
    assert (page.total, page.answered, page.has_more) == (5, 1, False)
    assert [row.is_open for row in page.rows] == [True, True, True, True, False, False]
    assert len(everybody_asked(round)) == 6


def test_a_question_whose_round_is_gone_is_not_found(member: Member, round: Round) -> None:
    guest = ask(member, round).guests[0].guest
    Inquiry.objects.all().delete()

    with pytest.raises(Http404):
        inquiry_of(guest)


def test_voices_of_another_organisation_are_not_read(member: Member, round: Round) -> None:
    theirs = make_member()
    ask_and_hear(theirs, make_round(theirs), ["no"])

    assert (spreads_of(round), voices_page(round, ONE).named, whole_voices(round).named) == ({}, [], {})


def test_receipts_of_one_link_differ_by_condition() -> None:
    assert receipt_of("key", ONE) != receipt_of("key", TWO)


@pytest.mark.django_db(transaction=True)
def test_fifty_corrections_at_once_keep_one_and_give_the_rest_back() -> None:
    member = make_member()
    asked = ask(member, make_round(member)).guests[0]
    key = say(asked, "no")

    def correct(n: int) -> bool:
        try:
            save(asked, Said(ONE, "yes", f"Tekst {n}"), key=key, version=1)
        except StaleVersion:
            return False
        return True

    kept = all_at_once(50, correct)

    assert (sum(kept), Voice.objects.get().version) == (1, 2)
