"""Voices without names: nothing that is kept leads to a person, and nothing can be subtracted."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspraak.method.small_groups import SMALLEST, Count
from samenspraak.method.standing import ANSWERS
from samenspraak.people.models import Guest, HistoryEntry, Mail, Member
from samenspraak.readiness import actions
from samenspraak.readiness.actions import Said, VoiceShown
from samenspraak.readiness.models import Round, Voice
from samenspraak.readiness.queries import Spread, voices_page
from samenspraak.readiness.queries.voices import _spread
from tests.factories import make_member
from tests.people.parallel import all_at_once
from tests.readiness.asking import ONE, TWO, ask, ask_and_hear, key_of, save, say, spread
from tests.readiness.rounds import make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return make_member()


@pytest.fixture
def round(member: Member) -> Round:
    return make_round(member)


def exact(**counts: int) -> dict[str, Count]:
    return {answer: Count(counts.get(answer, 0), counts.get(answer, 0)) for answer in ANSWERS}


def test_nothing_that_is_kept_without_a_name_leads_to_a_person(member: Member, round: Round) -> None:
    asked = ask(member, round, ["Bram"], is_named=False, conditions=(ONE, TWO)).guests[0]
    lines = HistoryEntry.objects.count()
    key = key_of(asked)

    save(asked, Said(ONE, "no", "Nee"), Said(TWO, "", ""), key=key)

    guest = Guest.objects.get()
    kept = [str(value) for row in Voice.objects.values_list() for value in row]
    assert {v.guest_id for v in Voice.objects.all()} | {v.changed_at for v in Voice.objects.all()} == {None}
    assert (guest.once, guest.answered_at, HistoryEntry.objects.count()) == (None, guest.created_at, lines)
    assert [known for known in (str(guest.pk), str(guest.subject), guest.key_hash, key) if known in kept] == []
    assert len(set(Voice.objects.values_list("receipt", flat=True))) == 2


def test_the_outbox_does_not_tell_when_somebody_answered_without_a_name(member: Member, round: Round) -> None:
    asked = ask(member, round, is_named=False).guests[0]

    say(asked, "no")

    mail = Mail.objects.get()
    assert (mail.given_up_at, mail.text, mail.problem) == (mail.created_at, "", "cancelled")


def test_four_answers_without_names_are_not_seen_and_five_are(member: Member, round: Round) -> None:
    ask_and_hear(member, round, ["no", "no", "yes", "partly"], is_named=False)

    four = spread(round)
    ask_and_hear(member, round, ["unknown"], is_named=False)
    five = spread(round)

    assert four == Spread(exact(), 0, is_waiting=True)
    assert five == Spread(exact(yes=1, partly=1, no=2, unknown=1) | {"": Count(0, 0)}, 5, is_waiting=False)


def test_one_more_answer_cannot_be_found_by_subtraction(member: Member, round: Round) -> None:
    pictures, texts = [], []
    for n in range(3 * SMALLEST):
        ask_and_hear(member, round, [ANSWERS[n % 3]], is_named=False)
        pictures.append(spread(round))
        texts.append(set(voices_page(round, ONE).texts))

    steps = [(a, b) for a, b in pairwise(pictures) if a.people != b.people]
    assert {b.people - a.people for a, b in steps} == {SMALLEST}
    assert {len(b - a) for a, b in pairwise(texts) if a != b} == {SMALLEST}
    assert all(a.counts == b.counts for a, b in pairwise(pictures) if a.people == b.people)


def test_five_who_agree_are_shown_as_four_or_five(member: Member, round: Round) -> None:
    ask_and_hear(member, round, ["no"] * 5, is_named=False)

    shown = spread(round)

    assert shown is not None
    assert (shown.counts["no"], shown.counts["yes"], shown.people) == (Count(4, 5), Count(0, 1), 5)


def test_an_answer_that_was_shown_does_not_change(member: Member, round: Round) -> None:
    asked = ask(member, round, ["A", "B", "C", "D", "E"], is_named=False).guests
    keys = [say(who, value) for who, value in zip(asked[:4], ("no", "yes", "no", "partly"), strict=True)]
    say(asked[0], "unknown", key=keys[0])  # still waiting, so it can
    say(asked[4], "no")
    before = spread(round)

    with pytest.raises(VoiceShown):
        say(asked[0], "yes", key=keys[0])

    assert spread(round) == before
    assert before is not None
    assert before.counts["unknown"] == Count(1, 1)


def test_repeating_an_answer_that_was_shown_is_no_problem(member: Member, round: Round) -> None:
    asked = ask(member, round, ["A", "B", "C", "D", "E"], is_named=False).guests
    keys = [say(who, "no") for who in asked]

    say(asked[0], "no", key=keys[0])

    assert Voice.objects.count() == 5


def test_withdrawing_somebody_does_not_take_an_answer_out(member: Member, round: Round) -> None:
    asked = ask_and_hear(member, round, ["no", "yes", "no", "partly", "no"], is_named=False)
    before = spread(round)

    done = [actions.withdraw_question(member, round, who.guest) for who in asked.guests]

    assert (set(done), spread(round)) == ({False}, before)


def test_the_order_of_texts_says_nothing_about_the_order_of_answers(member: Member, round: Round) -> None:
    ask_and_hear(member, round, [ANSWERS[n % 4] for n in range(40)], is_named=False)

    texts = voices_page(round, ONE).texts

    came_in = [f"Reden van Persoon{n}" for n in range(40)]
    assert sorted(texts) == sorted(came_in)
    assert texts != came_in


def test_leaving_a_condition_open_counts_as_an_answer_like_the_others(member: Member, round: Round) -> None:
    names = ["A", "B", "C", "D", "E"]
    for who in ask(member, round, names, is_named=False, conditions=(ONE, TWO)).guests:
        value = "no" if who.guest.name in "ABC" else ""
        save(who, Said(ONE, value, ""), Said(TWO, "yes", ""), key=key_of(who))

    shown = spread(round)

    assert shown is not None
    assert (shown.counts["no"], shown.counts[""], shown.people) == (Count(3, 3), Count(2, 2), 5)


@given(
    named=st.dictionaries(st.sampled_from(ANSWERS), st.integers(0, 9)),
    blocks=st.dictionaries(
        st.none() | st.integers(1, 3), st.dictionaries(st.sampled_from([*ANSWERS, ""]), st.integers(0, 9))
    ),
)
def test_a_spread_never_counts_somebody_who_waits_and_never_loses_a_name(
    named: dict[str, int], blocks: dict[int | None, dict[str, int]]
) -> None:
    found = _spread(Counter(named), {block: Counter(tally) for block, tally in blocks.items()})

    shown = [sum(tally.values()) for block, tally in blocks.items() if block is not None]
    assert found.people == sum(named.values()) + sum(n for n in shown if n >= SMALLEST)
    assert all(found.counts[answer].least >= number for answer, number in named.items())
    assert sum(c.least for c in found.counts.values()) <= found.people <= sum(c.most for c in found.counts.values())


@pytest.mark.django_db(transaction=True)
def test_five_answers_without_names_at_once_form_one_block() -> None:
    member = make_member()
    round = make_round(member)
    asked = ask(member, round, [f"P{n}" for n in range(12)], is_named=False).guests

    all_at_once(12, lambda n: say(asked[n], "no"))

    sizes = [Voice.objects.filter(block=block).count() for block in (1, 2, 3)]
    assert (sizes, Voice.objects.filter(block=None).count()) == ([5, 5, 0], 2)
