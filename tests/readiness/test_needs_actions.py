"""Mandate, hours, budget and team are saved as a whole; a director signs by link."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from samenspraak.people.http import Gone, GuestGone
from samenspraak.people.models import Guest, HistoryEntry, Mail, Member
from samenspraak.readiness import actions
from samenspraak.readiness.models import BudgetLine, HoursLine, Instrument, MandateLine, Round, Signature, TeamLine
from samenspraak.readiness.queries import sheet_of, signed_of
from samenspraak.tasks.actions import StaleVersion
from tests.factories import make_member
from tests.readiness.needs import LINES, ask, fill_needs, save, sign
from tests.readiness.rounds import make_round

pytestmark = pytest.mark.django_db
TABLES = {"mandate": MandateLine, "hours": HoursLine, "budget": BudgetLine, "team": TeamLine}


@pytest.fixture
def member() -> Member:
    return make_member()


@pytest.fixture
def round(member: Member) -> Round:
    return make_round(member)


def history(round: Round) -> list[tuple[str, str, str, str]]:
    found = HistoryEntry.objects.filter(subject=round.id).exclude(field="started").order_by("id")
    return list(found.values_list("field", "old", "new", "item"))


@pytest.mark.parametrize("kind", LINES)
def test_every_line_is_kept_in_its_order(member: Member, round: Round, kind: str) -> None:
    instrument = save(member, round, kind)

    lines = sheet_of(round, kind).lines
    kept = [{name: getattr(line, name) for name in given} for line, given in zip(lines, LINES[kind], strict=True)]
    assert (instrument.version, instrument.changed_by, instrument.about) == (1, member, f"Gesprek over {kind}")
    assert (kept, [line.place for line in lines]) == (LINES[kind], [1, 2])


@pytest.mark.parametrize("kind", LINES)
def test_saving_the_same_again_changes_nothing(member: Member, round: Round, kind: str) -> None:
    save(member, round, kind)
    before = history(round)

    again = save(member, round, kind)

    assert (again.version, history(round), TABLES[kind].objects.count()) == (1, before, 2)


def test_a_line_that_is_gone_stands_in_the_history(member: Member, round: Round) -> None:
    save(member, round, "hours")

    save(member, round, "hours", [], version=1, about="")

    assert HoursLine.objects.count() == 0
    assert history(round)[-5:] == [
        ("quarters", "12.5", "", "preparation"),
        ("people", "2", "1", "preparation"),
        ("title", "Cadeau uitzoeken", "", ""),
        ("quarters", "Cadeau uitzoeken: 1.5", "", ""),
        ("about", "Gesprek over hours", "", "hours"),
    ]


def test_the_history_tells_amounts_with_their_currency(member: Member, round: Round) -> None:
    save(member, round, "budget", [{"title": "Tolk", "expected": 50000}], about="")

    save(member, round, "budget", [{"title": "Tolk", "expected": 60050, "currency": "USD"}], version=1, about="")

    assert history(round)[-1] == ("expected", "Tolk: EUR 500.00", "Tolk: USD 600.50", "")


def test_a_line_of_the_edition_saved_in_another_language_is_the_same_line(member: Member, round: Round) -> None:
    save(member, round, "team")
    english = [{**line, "title": "Purchasing"} if line.get("item_id") else line for line in LINES["team"]]

    again = save(member, round, "team", english, version=1)

    assert (again.version, TeamLine.objects.get(item_id="purchasing").title) == (1, "Inkoop")


def test_an_older_version_is_refused_with_what_stands_there_now(member: Member, round: Round) -> None:
    save(member, round, "hours")

    with pytest.raises(StaleVersion) as stale:
        save(member, round, "hours", [{"title": "Anders", "quarters": 4}])

    assert (stale.value.row.version, HoursLine.objects.count()) == (1, 2)  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", LINES)
def test_nothing_changes_in_a_closed_round(member: Member, round: Round, kind: str) -> None:
    actions.close_round(member, round)

    with pytest.raises(actions.RoundClosed):
        save(member, round, kind)

    assert Instrument.objects.count() == 0


def test_a_next_round_takes_the_four_over_but_not_the_signature(member: Member, round: Round) -> None:
    fill_needs(member, round)
    sign(ask(member, round).guest)

    fresh = make_round(member, name="Voorjaar 2027", previous=round)

    copied = {kind: [line.title for line in sheet_of(fresh, kind).lines] for kind in LINES}
    assert copied == {kind: [line["title"] for line in lines] for kind, lines in LINES.items()}
    assert {i.version for i in Instrument.objects.filter(round=fresh)} == {1}
    assert signed_of(fresh, sheet_of(fresh, "mandate")).signature is None
    assert signed_of(round, sheet_of(round, "mandate")).is_signed


@pytest.mark.parametrize(
    "wrong", [{"low": 6, "expected": 5}, {"high": 4, "expected": 5}, {"low": -1}, {"meeting": "soms"}]
)
def test_the_table_refuses_amounts_that_cannot_be(member: Member, round: Round, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        save(member, round, "budget", [{"title": "Tolk", **wrong}])


def test_a_director_gets_one_mail_in_the_own_language(member: Member, round: Round) -> None:
    asked = ask(member, round, language="en")

    mail = Mail.objects.get()
    assert (mail.to, mail.language, mail.subject) == ("ilse@example.org", "en", "One page to read and sign")
    assert (asked.link in mail.text, asked.is_new) == (True, True)
    assert history(round) == [("asked", "", "Ilse", "mandate")]


def test_asking_the_same_director_twice_asks_once(member: Member, round: Round) -> None:
    first, second = ask(member, round), ask(member, round)

    assert (first.guest, second.is_new, Mail.objects.count()) == (second.guest, False, 1)
    assert len(history(round)) == 1


def test_a_signature_keeps_the_version_the_text_and_the_name(member: Member, round: Round) -> None:
    save(member, round, "mandate")

    signature = sign(ask(member, round).guest)

    assert (signature.outcome, signature.name, signature.version) == ("signed", "Ilse Bos", 1)
    assert signature.content == [{"title": "Levertijden", "may_promise": "Rooster"}]
    assert signed_of(round, sheet_of(round, "mandate")).is_signed
    assert history(round)[-1] == ("signed", "", "Ilse Bos", "mandate")


def test_any_change_after_the_signature_asks_anew(member: Member, round: Round) -> None:
    save(member, round, "mandate")
    sign(ask(member, round).guest)

    save(member, round, "mandate", LINES["mandate"][:1], version=1)

    signed = signed_of(round, sheet_of(round, "mandate"))
    assert (signed.is_signed, signed.has_changed) == (False, True)
    assert ask(member, round).is_new


def test_a_change_that_is_asked_signs_nothing(member: Member, round: Round) -> None:
    save(member, round, "mandate")

    sign(ask(member, round).guest, outcome="change", says="Eerst overleg met inkoop")

    signed = signed_of(round, sheet_of(round, "mandate"))
    assert (signed.is_signed, signed.has_changed) == (False, False)
    assert history(round)[-1] == ("change", "", "Eerst overleg met inkoop", "mandate")


@pytest.mark.parametrize(("version", "seen"), [(1, 1), (2, 1), (1, 2)])
def test_another_text_than_was_read_is_not_signed(member: Member, round: Round, version: int, seen: int) -> None:
    save(member, round, "mandate")
    save(member, round, "mandate", [], version=1)
    draft = actions.SignatureDraft(outcome="signed", name="Ilse", says="", version=version, content=[])

    with pytest.raises(StaleVersion):
        actions.answer_mandate(ask(member, round).guest, draft, seen_version=seen)

    assert (Signature.objects.count(), Guest.objects.get().answered_at) == (0, None)


def test_a_link_signs_once(member: Member, round: Round) -> None:
    save(member, round, "mandate")
    guest = ask(member, round).guest
    sign(guest)

    with pytest.raises(GuestGone) as gone:
        sign(guest)

    assert (gone.value.why, Signature.objects.count()) == (Gone.USED, 1)


def test_a_withdrawn_link_signs_nothing(member: Member, round: Round) -> None:
    save(member, round, "mandate")
    guest = ask(member, round).guest
    actions.withdraw_signer(member, round, guest)
    actions.withdraw_signer(member, round, guest)

    with pytest.raises(GuestGone):
        sign(guest)

    assert history(round)[-1] == ("asked", "Ilse", "", "mandate")


def test_a_director_is_reminded_at_most_once_a_day(member: Member, round: Round) -> None:
    guest = ask(member, round).guest
    actions.remind_signer(member, round, guest)
    Guest.objects.update(created_at="2026-11-01T12:00:00Z")

    for _ in range(2):
        actions.remind_signer(member, round, guest)

    assert Mail.objects.count() == 2
    assert [field for field, *_rest in history(round)] == ["asked", "reminded"]


def test_nobody_is_asked_and_nothing_signed_in_a_closed_round(member: Member, round: Round) -> None:
    save(member, round, "mandate")
    guest = ask(member, round).guest
    actions.close_round(member, round)

    for act in (
        lambda: ask(member, round, email="joost@example.org"),
        lambda: sign(guest),
        lambda: actions.remind_signer(member, round, guest),
        lambda: actions.withdraw_signer(member, round, guest),
    ):
        with pytest.raises(actions.RoundClosed):
            act()

    assert (Guest.objects.count(), Signature.objects.count()) == (1, 0)
