from __future__ import annotations

import hashlib
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.http import Http404

from samenspraak.people.models import HistoryEntry
from samenspraak.readiness import actions
from samenspraak.readiness.actions import RoundClosed
from samenspraak.readiness.models import Answer, Evidence, Round
from samenspraak.readiness.queries import evidence_by_condition, values_of
from samenspraak.tasks.actions import StaleVersion
from tests.factories import make_member
from tests.readiness.rounds import PDF, draft, make_round, pdf, stored_files

pytestmark = pytest.mark.django_db
ONE, TWO = "commitment-support", "commitment-outcomes"


def history(round: Round) -> list[tuple[str, str, str, str]]:
    entries = HistoryEntry.objects.filter(subject=round.id).order_by("id")
    return list(entries.values_list("item", "field", "old", "new"))


def test_a_repeated_key_gives_the_round_that_is_there() -> None:
    member, key = make_member(), uuid4()

    first, second = make_round(member, key=key), make_round(member, key=key)

    assert (first.id, second.id, Round.objects.count()) == (key, key, 1)
    assert history(first) == [("", "started", "", "Najaar 2026")]


def test_a_key_of_another_organisation_starts_nothing() -> None:
    theirs = make_round(make_member(), key=uuid4())

    with pytest.raises(Http404):
        make_round(make_member(), key=theirs.id)


def test_an_answer_is_kept_with_its_history() -> None:
    member = make_member(function="inkoop")
    round = make_round(member)

    answer = actions.save_answer(
        member, round, ONE, draft("partly", how="Mail van 9 oktober", owner=member, due_on=date(2026, 11, 27))
    )

    assert (answer.value, answer.how, answer.owner, answer.due_on, answer.version) == (
        "partly",
        "Mail van 9 oktober",
        member,
        date(2026, 11, 27),
        1,
    )
    assert history(round)[1:] == [
        (ONE, "value", "", "partly"),
        (ONE, "how", "", "Mail van 9 oktober"),
        (ONE, "owner", "", member.label),
        (ONE, "due_on", "", "2026-11-27"),
    ]


def test_the_same_answer_again_changes_nothing() -> None:
    member = make_member()
    round = make_round(member)
    actions.save_answer(member, round, ONE, draft("yes"))

    again = actions.save_answer(member, round, ONE, draft("yes", version=0))

    assert again.version == 1
    assert len(history(round)) == 2


def test_a_stale_answer_gets_what_stands_there_now() -> None:
    member = make_member()
    round = make_round(member)
    actions.save_answer(member, round, ONE, draft("yes"))

    with pytest.raises(StaleVersion) as stale:
        actions.save_answer(member, round, ONE, draft("no", version=0))

    assert (stale.value.row.value, Answer.objects.get().value) == ("yes", "yes")  # type: ignore[attr-defined]


def test_a_closed_round_refuses_every_change() -> None:
    member = make_member()
    round = make_round(member)
    evidence = actions.add_link(member, round, ONE, name="Beleid", link="https://example.org/beleid")
    actions.close_round(member, round)

    attempts: list[Any] = [
        lambda: actions.save_answer(member, round, ONE, draft("yes")),
        lambda: actions.save_texts(member, round, {"ask": "Tijd"}, version=1),
        lambda: actions.add_link(member, round, ONE, name="", link="https://example.org"),
        lambda: actions.add_file(member, round, ONE, pdf(), "application/pdf"),
        lambda: actions.remove_evidence(member, round, evidence),
        lambda: actions.put_back_evidence(member, round, evidence),
    ]

    for attempt in attempts:
        with pytest.raises(RoundClosed):
            attempt()


def test_a_closed_round_leaves_no_file_behind() -> None:
    member = make_member()
    round = make_round(member)
    actions.close_round(member, round)
    before = stored_files()

    with pytest.raises(RoundClosed):
        actions.add_file(member, round, ONE, pdf(), "application/pdf")

    assert stored_files() == before


def test_closing_and_opening_twice_count_once() -> None:
    member = make_member()
    round = make_round(member)

    for act in (actions.close_round, actions.close_round, actions.reopen_round, actions.reopen_round):
        act(member, round)

    assert Round.objects.get().is_closed is False
    assert history(round)[1:] == [("", "closed", "", "✓"), ("", "closed", "✓", "")]


def test_words_of_the_round_are_saved_one_by_one() -> None:
    member = make_member()
    round = make_round(member)

    saved = actions.save_texts(member, round, {"ask": "40 uur", "question": "Mag het?"}, version=1)
    same = actions.save_texts(member, round, {"ask": "40 uur"}, version=1)

    assert (saved.ask, saved.question, saved.version, same.version) == ("40 uur", "Mag het?", 2, 2)


def test_stale_words_get_what_stands_there_now() -> None:
    member = make_member()
    round = make_round(member)
    actions.save_texts(member, round, {"ask": "40 uur"}, version=1)

    with pytest.raises(StaleVersion) as stale:
        actions.save_texts(member, round, {"ask": "60 uur"}, version=1)

    assert stale.value.row == round
    assert Round.objects.get().ask == "40 uur"


def test_a_file_is_kept_byte_for_byte_with_its_fingerprint() -> None:
    member = make_member()
    round = make_round(member)

    evidence = actions.add_file(member, round, ONE, pdf(), "application/pdf")

    with default_storage.open(evidence.stored_as) as stored:
        assert stored.read() == PDF
    assert evidence.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (evidence.size, evidence.name) == (len(PDF), "mandaat.pdf")


def test_the_same_file_twice_is_one_piece_of_evidence() -> None:
    member = make_member()
    round = make_round(member)
    first = actions.add_file(member, round, ONE, pdf(), "application/pdf")
    before = stored_files()

    second = actions.add_file(member, round, ONE, pdf("nog-een-naam.pdf"), "application/pdf")

    assert second.id == first.id
    assert stored_files() == before


def test_removed_evidence_can_be_put_back() -> None:
    member = make_member()
    round = make_round(member)
    evidence = actions.add_link(member, round, ONE, name="Beleid", link="https://example.org/beleid")

    actions.remove_evidence(member, round, evidence)
    actions.remove_evidence(member, round, evidence)
    actions.put_back_evidence(member, round, evidence)
    actions.put_back_evidence(member, round, evidence)

    assert Evidence.objects.get().removed_at is None
    assert history(round)[1:] == [
        (ONE, "evidence", "", "Beleid"),
        (ONE, "evidence", "Beleid", ""),
        (ONE, "evidence", "", "Beleid"),
    ]


def test_adding_removed_evidence_again_puts_it_back() -> None:
    member = make_member()
    round = make_round(member)
    evidence = actions.add_link(member, round, ONE, name="", link="https://example.org/beleid")
    actions.remove_evidence(member, round, evidence)

    again = actions.add_link(member, round, ONE, name="", link="https://example.org/beleid")

    assert (again.id, again.removed_at, again.name) == (evidence.id, None, "https://example.org/beleid")


def test_a_new_round_takes_over_answers_and_evidence_of_the_last() -> None:
    member, colleague = make_member(), make_member()
    first = make_round(member, motive="Overwerk in de spinnerij")
    actions.save_answer(member, first, ONE, draft("yes", how="Website"))
    actions.save_answer(member, first, TWO, draft("no"))
    actions.add_link(member, first, ONE, name="Beleid", link="https://example.org/beleid")
    actions.save_texts(member, first, {"ask": "40 uur"}, version=1)
    first.refresh_from_db()

    second = make_round(colleague_in(member, colleague), name="Voorjaar 2027", previous=first)

    assert values_of(second) == {ONE: "yes", TWO: "no"}
    assert [e.name for e in evidence_by_condition(second)[ONE]] == ["Beleid"]
    assert (second.previous, second.ask, values_of(first)) == (first, "40 uur", {ONE: "yes", TWO: "no"})


def colleague_in(member: Any, colleague: Any) -> Any:
    colleague.organisation = member.organisation
    colleague.save()
    return colleague


def test_changing_the_new_round_leaves_the_last_as_it_was() -> None:
    member = make_member()
    first = make_round(member)
    actions.save_answer(member, first, ONE, draft("yes"))
    second = make_round(member, previous=first)

    actions.save_answer(member, second, ONE, draft("no", version=1))

    assert (values_of(first), values_of(second)) == ({ONE: "yes"}, {ONE: "no"})


def test_the_database_refuses_an_answer_that_is_none() -> None:
    member = make_member()
    round = make_round(member)

    with pytest.raises(IntegrityError):
        Answer.objects.create(organisation=member.organisation, round=round, condition_id=ONE, value="maybe")
