"""A round in which every field of every row holds something of its own, and how each is read back from a paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from django.db import models

from samenspraak.people.actions import change_logo
from samenspraak.people.models import Member, Role
from samenspraak.readiness import actions
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
from samenspraak.tasks.actions import Colleague, Origin, TaskDraft, add_task, finish_task, hand_over
from samenspraak.tasks.models import Task
from tests.factories import make_member, make_organisation, make_person
from tests.readiness import needs
from tests.readiness.many import ONE
from tests.readiness.rounds import draft, make_round, pdf
from tests.site.pictures import png

NEEDS: tuple[Any, ...] = (MandateLine, HoursLine, BudgetLine, TeamLine)

# Fields that are no fact for a reader: how rows hang together, and what we made ourselves.
TECHNICAL = {
    "id": "ours",
    "organisation": "whose paper it is",
    "version": "how often it was saved",
    "Round.overlay_version": "which own words a closed round is read with",
    "Answer.round": "whose paper it is",
    "Answer.condition_id": "shown as the condition",
    "Evidence.answer": "stands under its condition",
    "Evidence.stored_as": "the name we gave the file",
    "Evidence.removed_at": "what has been taken off stands in no paper",
    "Instrument.round": "whose paper it is",
    "Instrument.kind": "shown as its title",
    "place": "shown by the order",
    "instrument": "stands under its title",
    "item_id": "shown as the title of the edition",
    "HoursLine.quarters": "shown in hours",
    "HoursLine.people": "a number, with a test of its own",
    "BudgetLine.low": "shown in whole units",
    "BudgetLine.expected": "the same",
    "BudgetLine.high": "the same",
    "BudgetLine.is_yearly": "shown in words",
    "BudgetLine.meeting": "shown in words",
    "TeamLine.member": "shown as who it is",
    **dict.fromkeys((f"TeamLine.{role}" for role in ("leads", "gives_input", "wants_results", "helps")), "a tick"),
    "Signature.guest": "shown as the name that was typed",
    "Signature.outcome": "shown in words",
    "Signature.content": "has a test of its own",
    "Task.removed_at": "the same",
    "Task.origin_route": "stands under its condition",
    "Task.origin": "the same",
    "Task.origin_item": "the same",
    "Task.action_id": "the same",
    "Task.follows_origin": "what follows an answer is shown as its owner and day",
}


class Filled(NamedTuple):
    """The round, who prints it, and one row of each table that hangs on it."""

    member: Member
    round: Round
    rows: list[models.Model]


def _colleague(member: Member, name: str) -> Member:
    person = make_person(f"{name} Visser")
    return make_member(Role.EDITOR, member.organisation, person=person, function=f"afdeling {name}")


def make_filled(language: str) -> Filled:
    """Everything has been filled in, by as many people as there are fields for people."""
    organisation = make_organisation("Noorderdraad")
    member = make_member(organisation=organisation, person=make_person("Sanne de Wit", language=language))
    change_logo(member, png())
    first = make_round(member, name="Voorjaar 2026")
    starter, owner, changer, adder, doer, asker = (
        _colleague(member, name) for name in ("Anna", "Bram", "Chaya", "Daan", "Elif", "Femke")
    )
    round = make_round(starter, previous=first)
    actions.save_answer(
        changer, round, ONE, draft("partly", how="Mail van Ilse", owner=owner, due_on=date(2026, 12, 4))
    )
    file = actions.add_file(adder, round, ONE, pdf("mandaat directie.pdf"), "application/pdf")
    link = actions.add_link(adder, round, ONE, name="Beleid inkoop", link="https://example.org/beleid?a=1&b=2")
    task = add_task(asker, *_task(round, "Bel de vakbond", owner))
    done = add_task(asker, *_task(round, "Mail de directie", None))
    hand_over(asker, done, Colleague(name="Gita zonder account", email="gita@example.org", language="nl", once=uuid4()))
    done = finish_task(doer, done, "Gemaild en beantwoord")
    texts = {name: f"Woorden bij {name} van de ronde." for name in ("motive", "ask", "benefits", "feasibility")}
    texts |= {"question": "Mogen we beginnen?", "unit": "Spinnerij Zuid", "name": "Najaar 2026"}
    actions.save_texts(changer, round, texts, version=1)
    signature = _needs(changer, round)
    actions.close_round(changer, round)
    answer = Answer.objects.get(round=round)
    rows = [answer, file, link, task, done, signature, *Instrument.objects.filter(round=round)]
    rows += [line for table in NEEDS for line in table.objects.filter(instrument__round=round, item_id="")]
    _spread([round, *rows])
    found = [type(row).objects.get(pk=row.pk) for row in rows]
    round = Round.objects.get(pk=round.pk)
    member = Member.objects.select_related("organisation", "person").get(pk=member.pk)
    round.organisation = member.organisation
    return Filled(member, round, [round, *found])


def _needs(member: Member, round: Round) -> Signature:
    """Lines of one's own in which every field says something, and a change that was asked."""
    day = date(2027, 4, 30)
    words = {name: f"Woorden bij {name}" for name in ("may_promise", "must_ask", "not_possible", "by_whom")}
    needs.save(member, round, "mandate", [{"title": "Levertijden", "until_on": day, **words}])
    needs.save(member, round, "hours", [{"title": "Cadeau zoeken", "quarters": 6, "people": 17}])
    costs = {"low": 100, "expected": 200, "high": 300, "currency": "CHF", "is_yearly": True, "meeting": "online"}
    needs.save(member, round, "budget", [{"title": "Vragenlijst", **costs}])
    needs.save(member, round, "team", [{"title": "Atelier", "who": "Yara", "leads": True}])
    return needs.sign(needs.ask(member, round).guest, outcome="change", says="Eerst overleg met Joost")


def _task(round: Round, title: str, owner: Member | None) -> tuple[TaskDraft, Origin]:
    made = TaskDraft(title=title, note=f"Let op: {title.lower()}", owner=owner, due_on=date(2027, 1, len(title)))
    return made, Origin(route="readiness:condition", row=round.id, item=ONE)


def _spread(rows: list[Any]) -> None:
    """Each moment on a day of its own, so that none is found by accident."""
    day = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    for row in rows:
        for field in row._meta.fields:
            stored = type(row).objects.values_list(field.name, flat=True).get(pk=row.pk)
            if isinstance(field, models.DateTimeField) and stored is not None:
                day += timedelta(days=1)
                type(row).objects.filter(pk=row.pk).update(**{field.name: day})


def facts(filled: Filled) -> Iterator[tuple[str, Any]]:
    """Name and value of every field of every row that a reader should find; empty ones are left out."""
    for row in filled.rows:
        for field in row._meta.fields:
            name = f"{type(row).__name__}.{field.name}"
            value = getattr(row, field.name)
            if field.name not in TECHNICAL and name not in TECHNICAL and value not in (None, "", 0):
                yield name, value


def every_field() -> set[str]:
    """Every field that is not technical, of the tables a round is made of."""
    return {
        f"{model.__name__}.{field.name}"
        for model in (Round, Answer, Evidence, Task, Instrument, Signature, *NEEDS)
        for field in model._meta.fields
        if field.name not in TECHNICAL and f"{model.__name__}.{field.name}" not in TECHNICAL
    }
