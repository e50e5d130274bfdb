"""Organisations of a given size for benches, made straight in the tables: 10,000 rows through actions take minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from samenspraak.library.models import OwnWords
from samenspraak.method.load import load_edition
from samenspraak.method.standing import ANSWERS
from samenspraak.people.actions import make_token
from samenspraak.people.models import ApiToken, Guest, Member, Organisation, Person, Role, TokenDraft
from samenspraak.people.sessions import SessionStore
from samenspraak.readiness.models import (
    Answer,
    Assessment,
    BudgetLine,
    ElementAnswers,
    HoursLine,
    Inquiry,
    Instrument,
    MandateLine,
    Round,
    TeamAssessment,
    TeamCount,
    TeamLine,
    Voice,
)
from samenspraak.tasks.actions import Colleague, hand_over
from samenspraak.tasks.models import Proof, Task

NEEDS: dict[str, type[Any]] = {"mandate": MandateLine, "hours": HoursLine, "budget": BudgetLine, "team": TeamLine}
EDITION = load_edition("2025-04", "nl")


@dataclass(frozen=True)
class Size:
    """An organisation with ``rows`` tasks and voices, a tenth as many rounds, and somebody who is signed in.

    ``task`` is one that a guest has, with a hundred pieces of proof at most; ``link`` is the path of that guest.
    """

    rows: int
    round: Round | None
    cookie: str
    task: Task | None = None
    link: str = ""
    assessment: Assessment | None = None
    draft: Assessment | None = None
    team: TeamAssessment | None = None
    token: str = ""


def make_size(rows: int) -> Size:
    """Tasks of the newest round spread over its conditions; every round answered."""
    organisation = Organisation.objects.create(name=f"Met {rows} rijen")
    person = Person.objects.create(email=f"rijen{rows}@example.org", name="Sanne", password="!")
    member = Member.objects.create(organisation=organisation, person=person, role=Role.OWNER, function="duurzaamheid")
    rounds = _rounds(organisation, rows)
    Task.objects.bulk_create((_task(n, member, rounds[0]) for n in range(rows)), batch_size=1000)
    task = Task.objects.filter(organisation=organisation).first()
    link = _handed_over(member, task, min(rows, 100)) if task else ""
    for kind, table in NEEDS.items():
        _needs(rounds, kind, table)
    if rounds:
        _voices(rows, member, rounds[0])
    mine, team = _assessments(member, -(-rows // 10)), _team(member, rows) if rows else None
    return Size(
        rows=rows,
        round=rounds[0] if rounds else None,
        cookie=_signed_in(person),
        assessment=mine,
        draft=_draft(member),
        team=team,
        task=task,
        link=link,
        token=_let_in(member),
    )


def _rounds(organisation: Organisation, rows: int) -> list[Round]:
    """A tenth as many rounds as rows, each answered."""
    rounds = Round.objects.bulk_create(
        Round(
            organisation=organisation,
            name=f"Ronde {n}",
            held_on=date(2026, 10, 1) - timedelta(days=n),
            edition=EDITION.name,
            motive="Een vakbond vroeg naar werktijden.",
        )
        for n in range(-(-rows // 10))
    )
    Answer.objects.bulk_create(
        (
            Answer(organisation=organisation, round=r, condition_id=c.id, value="partly", how="Mail.", version=1)
            for r in rounds
            for c in (EDITION.conditions if rows > 1 else EDITION.conditions[:1])
        ),
        batch_size=1000,
    )
    return rounds


def _handed_over(member: Member, task: Task, proofs: int) -> str:
    """Give a task to somebody without an account; the path of the link."""
    colleague = Colleague(name="Joke", email="joke@example.org", language="nl", once=uuid4())
    asked = hand_over(member, task, colleague)
    assert asked is not None
    Proof.objects.bulk_create(
        Proof(
            organisation_id=task.organisation_id,
            task=task,
            name=f"Verslag {n}",
            link="https://example.org",
            sha256=str(n),
            added_by="Joke",
        )
        for n in range(proofs)
    )
    return urlsplit(asked.link).path


def _assessments(member: Member, number: int) -> Assessment | None:
    """Finished self-assessments of one person; the newest is the first."""
    several = Assessment.objects.bulk_create(
        Assessment(
            organisation_id=member.organisation_id,
            member=member,
            edition=EDITION.name,
            started_on=date(2026, 10, 1),
            finished_on=date(2026, 10, 1) - timedelta(days=n),
        )
        for n in range(number)
    )
    ElementAnswers.objects.bulk_create(
        (
            ElementAnswers(
                organisation_id=member.organisation_id,
                assessment=one,
                element_id=element.id,
                answers={statement.id: "partly" for statement in element.statements},
                version=1,
            )
            for one in several
            for element in EDITION.elements
        ),
        batch_size=1000,
    )
    return several[0] if several else None


def _draft(member: Member) -> Assessment:
    """One that is being filled in."""
    return Assessment.objects.create(
        organisation_id=member.organisation_id, member=member, edition=EDITION.name, started_on=date(2026, 10, 1)
    )


def _team(member: Member, people: int) -> TeamAssessment:
    """A closed team in which so many people handed in, divided over the answers."""
    team = TeamAssessment.objects.create(
        organisation_id=member.organisation_id,
        name="Inkoop",
        edition=EDITION.name,
        closed_on=date(2026, 10, 1),
        created_by=member,
    )
    third = people // 3
    TeamCount.objects.bulk_create(
        TeamCount(organisation_id=member.organisation_id, team=team, item_id=item, option=option, people=number)
        for item, options in _items()
        for option, number in zip(options, (third, third, people - 2 * third, 0, 0), strict=False)
    )
    return team


def _items() -> Iterator[tuple[str, tuple[str, ...]]]:
    for element in EDITION.elements:
        yield element.id, ("green", "orange", "grey")
        yield from ((statement.id, ("yes", "partly", "no", "unknown", "")) for statement in element.statements)


def make_own_words(rows: int) -> Size:
    """An organisation with so many own examples."""
    organisation = Organisation.objects.create(name=f"Met {rows} eigen woorden", overlay_version=1)
    person = Person.objects.create(email=f"woorden{rows}@example.org", name="Sanne", password="!")
    member = Member.objects.create(organisation=organisation, person=person, role=Role.OWNER)
    OwnWords.objects.bulk_create(
        OwnWords(
            organisation=organisation,
            edition=EDITION.name,
            kind="example",
            key=f"own-{number}",
            home=f"condition:{EDITION.conditions[number % 8].id}",
            title_nl=f"Voorbeeld {number}",
            text_nl="Wij vroegen het eerst aan de mensen zelf.",
            rank=number,
            changed_by=member,
        )
        for number in range(rows)
    )
    return Size(rows=rows, round=None, cookie=_signed_in(person))


def _task(number: int, member: Member, round: Round) -> Task:
    return Task(
        organisation_id=member.organisation_id,
        title=f"Actiepunt {number}",
        due_on=date(2027, 1, 1) + timedelta(days=number % 300),
        origin_route="readiness:condition",
        origin=round.id,
        origin_item=EDITION.conditions[number % 8].id,
    )


def _needs(rounds: list[Round], kind: str, table: type[Any]) -> None:
    """What every round needs: eight lines of its own in each of the four."""
    instruments = Instrument.objects.bulk_create(
        (Instrument(organisation=r.organisation, round=r, kind=kind, version=1) for r in rounds), batch_size=1000
    )
    given = {"quarters": 6, "low": 12345, "expected": 23456, "may_promise": "Rooster", "who": "Bram", "leads": True}
    fields = {name: value for name, value in given.items() if hasattr(table, name)}
    table.objects.bulk_create(
        (
            table(organisation=i.organisation, instrument=i, place=n, title=f"Regel {n}", **fields)
            for i in instruments
            for n in range(1, 9)
        ),
        batch_size=1000,
    )


def _voices(rows: int, member: Member, round: Round) -> None:
    """As many colleagues as rows who were asked about one condition of the round; half of them without names."""
    inquiries = Inquiry.objects.bulk_create(
        Inquiry(organisation_id=member.organisation_id, round=round, conditions=["capacity-time"], is_named=is_named)
        for is_named in (True, False)
    )
    now = timezone.now()
    guests = Guest.objects.bulk_create((_guest(n, member, inquiries[n % 2]) for n in range(rows)), batch_size=1000)
    Voice.objects.bulk_create(
        (
            Voice(
                organisation_id=member.organisation_id,
                round=round,
                condition_id="capacity-time",
                guest=None if n % 2 else guest,
                receipt=f"{n:064}",
                value=ANSWERS[n % 4],
                how=f"Reden {n}",
                block=1 + n // 10 if n % 2 else None,
                changed_at=None if n % 2 else now,
            )
            for n, guest in enumerate(guests)
        ),
        batch_size=1000,
    )


def _guest(number: int, member: Member, inquiry: Inquiry) -> Guest:
    return Guest(
        organisation_id=member.organisation_id,
        purpose="voice",
        subject=inquiry.id,
        email=f"collega{number}@example.org",
        name=f"Collega {number}",
        language="nl",
        key_hash=f"{member.organisation_id} {number}",
        asked_by=member,
        expires_at=timezone.now() + timedelta(days=30),
        answered_at=timezone.now() if number % 3 else None,
    )


def _let_in(member: Member) -> str:
    token = make_token(member, TokenDraft("Bank", "read", 1, uuid4()))
    ApiToken.objects.filter(member=member).update(last_used_on=timezone.now().date())
    return token


def _signed_in(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    assert session.session_key
    return session.session_key
