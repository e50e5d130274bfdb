"""A round with many of everything a page can list, made straight in the tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from samenspraak.method.load import load_edition
from samenspraak.people.models import Guest, HistoryEntry, Member, Person, Role
from samenspraak.readiness.models import (
    Answer,
    BudgetLine,
    Evidence,
    HoursLine,
    Instrument,
    MandateLine,
    Round,
    Signature,
    TeamLine,
)
from samenspraak.tasks.models import Task

EDITION = load_edition("2025-04", "nl")
CONDITIONS = [condition.id for condition in EDITION.conditions]
ONE = CONDITIONS[0]


def make_many(member: Member, number: int) -> Round:
    """``number`` rounds that are answered; the newest has as much evidence, tasks and history, with as many colleagues."""
    organisation = member.organisation
    people = Person.objects.bulk_create(
        Person(email=f"{uuid4()}@example.org", name=f"Collega {n}", password="!") for n in range(number)
    )
    members = Member.objects.bulk_create(
        Member(organisation=organisation, person=person, role=Role.EDITOR, function="inkoop") for person in people
    )
    rounds = Round.objects.bulk_create(
        Round(
            organisation=organisation,
            name=f"Ronde {n}",
            held_on=date(2026, 10, 1) - timedelta(days=n),
            edition=EDITION.name,
            motive="Een vakbond vroeg naar werktijden.",
            created_by=members[n],
        )
        for n in range(number)
    )
    Round.objects.filter(pk=rounds[0].pk).update(previous=rounds[-1])
    answers = Answer.objects.bulk_create(
        Answer(
            organisation=organisation,
            round=round,
            condition_id=condition,
            value="partly",
            how="Mail.",
            version=1,
            owner=members[n],
            changed_by=members[n],
        )
        for n, round in enumerate(rounds)
        for condition in CONDITIONS
    )
    _fill(members, rounds[0], answers[0])
    return Round.objects.get(pk=rounds[0].pk)


def _fill(members: list[Member], round: Round, answer: Answer) -> None:
    organisation = round.organisation
    Evidence.objects.bulk_create(
        Evidence(
            organisation=organisation,
            answer=answer,
            name=f"Beleid {n}",
            link=f"https://example.org/{n}",
            sha256=f"{n:064}",
            added_by=member,
        )
        for n, member in enumerate(members)
    )
    Task.objects.bulk_create(
        Task(
            organisation=organisation,
            title=f"Actiepunt {n}",
            owner=member,
            due_on=date(2027, 1, 1) + timedelta(days=n),
            origin_route="readiness:condition",
            origin=round.id,
            origin_item=ONE,
            created_by=member,
        )
        for n, member in enumerate(members)
    )
    _fill_needs(members, round)
    HistoryEntry.objects.bulk_create(
        HistoryEntry(
            organisation=organisation,
            subject=round.id,
            item=ONE,
            field="how",
            old=f"Tekst {n}",
            new=f"Tekst {n + 1}",
            member=member,
            member_name=member.label,
        )
        for n, member in enumerate(members)
    )


def _fill_needs(members: list[Member], round: Round) -> None:
    """Mandate, hours, budget and team with a line for each member, and signatures."""
    organisation = round.organisation
    lines = {"mandate": MandateLine, "hours": HoursLine, "budget": BudgetLine, "team": TeamLine}
    made = Instrument.objects.bulk_create(
        Instrument(organisation=organisation, round=round, kind=kind, version=1, changed_by=members[0])
        for kind in lines
    )
    numbers = {"quarters": 6, "expected": 12345, "may_promise": "Rooster", "who": "Bram"}
    for instrument in made:
        table = lines[instrument.kind]
        fields = {name: value for name, value in numbers.items() if name in {f.name for f in table._meta.fields}}
        table.objects.bulk_create(  # type: ignore[attr-defined]
            table(organisation=organisation, instrument=instrument, place=n, title=f"Regel {n}", **fields)
            for n in range(1, len(members) + 1)
        )
    _fill_signing(members, made[0])


def _fill_signing(members: list[Member], mandate: Instrument) -> None:
    """As many directors as members, asked by each of them; all have signed."""
    organisation = mandate.organisation
    guests = Guest.objects.bulk_create(
        Guest(
            organisation=organisation,
            purpose="mandate",
            subject=mandate.id,
            email=f"{n}@example.org",
            name=f"Directeur {n}",
            language="nl",
            key_hash=f"{mandate.id.hex}{n:032}",
            asked_by=member,
            expires_at=datetime(2100, 1, 1, tzinfo=UTC),
        )
        for n, member in enumerate(members)
    )
    Signature.objects.bulk_create(
        Signature(
            organisation=organisation,
            instrument=mandate,
            guest=guest,
            outcome="signed",
            name=guest.name,
            version=1,
            content=[],
        )
        for guest in guests
    )
