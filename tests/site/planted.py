"""An organisation in which every text column holds a planted text, and ways to read back where it came out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any, NamedTuple
from uuid import uuid4

from django.apps import apps
from django.db import models

from samenspraak.library.models import OwnWords
from samenspraak.people import actions as people
from samenspraak.people.actions import AskedGuest
from samenspraak.people.models import ApiToken, Member, Organisation, Person, Role
from samenspraak.readiness import actions as readiness
from samenspraak.readiness.models import Assessment, Evidence, Round, TeamAssessment
from samenspraak.tasks import actions as tasks
from samenspraak.tasks.models import Proof, Task
from tests.factories import make_member, token_of
from tests.library.own import make_own_words
from tests.people.routes import Route
from tests.readiness import asking, needs
from tests.readiness.assessments import ask_guest, make_assessment, make_team
from tests.readiness.rounds import draft, make_round, pdf
from tests.site.pictures import png

ROOMS = ("people", "library", "tasks", "readiness")
ONE = "commitment-support"

# Text columns nobody types in: made by us or chosen from a list, and read back as what they are.
OURS = {
    "Person.password": "a hash",
    "Person.language": "one of two, held by the table",
    "Organisation.language": "one of two, held by the table",
    "Organisation.time_zone": "one of a list",
    "Member.role": "one of three, held by the table",
    "Invitation.role": "one of three, held by the table",
    "Invitation.language": "one of two",
    "Invitation.token_hash": "a hash",
    "Member.known_email": "an address out of a file, planted where files are brought in",
    "ApiToken.token_hash": "a hash",
    "ApiToken.scope": "one of two, held by the table",
    "Guest.purpose": "the name of what is asked, in code",
    "Guest.language": "one of two, held by the table",
    "Guest.key_hash": "a hash",
    "HistoryEntry.item": "the id of what it is about",
    "Mail.language": "one of two",
    "Mail.html": "made by us of what the text says",
    "Member.reminders": "one of four, held by the table",
    "Round.edition": "the name of an edition",
    "OwnWords.edition": "the name of an edition",
    "OwnWords.kind": "one of five, held by the table",
    "OwnWords.key": "an address or an id of a form we check",
    "OwnWords.home": "the address of an item",
    "OwnWords.field": "the name of a field",
    "KeptOverlay.document": "a file we wrote",
    "KeptOverlay.conditions": "ids of a form we check",
    "Answer.condition_id": "the id of a condition",
    "Answer.value": "one of four, held by the table",
    "TeamAssessment.edition": "the name of an edition",
    "Assessment.edition": "the name of an edition",
    "ElementAnswers.element_id": "the id of an element",
    "TeamCount.item_id": "the id of an element or a statement",
    "TeamCount.option": "an answer or a colour",
    "Voice.condition_id": "the id of a condition",
    "Voice.receipt": "a hash",
    "Voice.value": "one of four, held by the table",
    "Evidence.stored_as": "the name we gave the file",
    "Evidence.sha256": "a hash",
    "Instrument.kind": "one of four, held by the table",
    "MandateLine.item_id": "the id of an outcome",
    "HoursLine.item_id": "the id of an activity",
    "BudgetLine.item_id": "the id of a kind of cost",
    "BudgetLine.currency": "one of a list",
    "BudgetLine.meeting": "one of two, held by the table",
    "TeamLine.item_id": "the id of a team",
    "Signature.outcome": "one of two, held by the table",
    "Task.origin_route": "the name of a route",
    "Task.origin_item": "the id of a condition",
    "CalendarKey.key_hash": "a hash",
    "Proof.stored_as": "the name we gave the file",
    "Proof.sha256": "a hash",
    "Proof.media_type": "one of a list",
}


class Column(NamedTuple):
    """A text column of a table."""

    model: type[models.Model]
    field: models.Field[Any, Any]

    @property
    def name(self) -> str:
        return f"{self.model.__name__}.{self.field.name}"

    @property
    def is_unique(self) -> bool:
        together = {name for constraint in self.model._meta.total_unique_constraints for name in constraint.fields}
        some = {name for c in self.model._meta.constraints for name in getattr(c, "fields", ())}
        return self.field.unique or self.field.name in together | some


def tables() -> Iterator[type[models.Model]]:
    """Every table with rows of one organisation or of its people."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            if model in (Person, Organisation) or any(f.name == "organisation" for f in model._meta.fields):
                yield model


def text_columns() -> list[Column]:
    return [
        Column(model, field)
        for model in tables()
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
    ]


def typed_columns() -> list[Column]:
    """Those that hold what people type, or what could be typed by somebody who finds a way."""
    return [column for column in text_columns() if column.name not in OURS]


class Planted(NamedTuple):
    """The organisation: what a page about it may be asked with."""

    member: Member
    round: Round
    task: Task
    places: dict[str, Any]
    texts: dict[str, str]

    def arguments(self, route: Route) -> dict[str, Any]:
        """What stands in the address of a route: its own secret where another route has an argument of that name."""
        own = self.places.get(route.name, {})
        return {name: own.get(name, self.places.get(name)) for name in route.arguments}


def _rows_of(model: type[models.Model], organisation: Organisation) -> models.QuerySet[Any]:
    if model is Organisation:
        return Organisation.objects.filter(pk=organisation.pk)
    if model is Person:
        return Person.objects.filter(memberships__organisation=organisation)
    return model._default_manager.filter(organisation=organisation)


def _takes(column: Column, row: Any) -> bool:
    """A file is no link: the table refuses to have both."""
    return column.name not in ("Evidence.link", "Proof.link") or not row.stored_as


def _plant(organisation: Organisation, text: str, email: str) -> dict[str, str]:
    """Put a text in each column of each row, in each column a little different; gives the texts by column."""
    texts: dict[str, str] = {}
    for place, column in enumerate(typed_columns()):
        of_mail = isinstance(column.field, models.EmailField)
        rows = [row for row in _rows_of(column.model, organisation) if _takes(column, row)]
        for number, row in enumerate(rows):
            apart = f"{place}-{number}/" if number and column.is_unique else f"{place}/"
            said = email.replace("№", apart) if of_mail else text + apart
            column.model._default_manager.filter(pk=row.pk).update(**{column.field.name: said})
            texts.setdefault(column.name, said)
    return texts


def plant(text: str, email: str, language: str) -> Planted:
    """An organisation with one of everything, and the text wherever it can stand."""
    member = make_member(function="inkoop", language=language)
    first, round = _rounds(member)
    task, key = _tasks(member, round), tasks.make_calendar_key(member)
    link = _by_link(member, task)
    asked = people.invite(member, "bram@example.org", Role.EDITOR, uuid4())
    mine, team, key_of_team = _assessments(member)
    waiting = _needs(member, round, text)
    guest = _voices(member, round)
    texts = _plant(member.organisation, text, email)
    evidence = Evidence.objects.filter(answer__round=round, stored_as__gt="").get()
    places = {
        "round_id": round.id,
        "other_id": first.id,
        "condition_id": ONE,
        "evidence_id": evidence.id,
        "task_id": task.id,
        "key": key,
        "tasks:guest": {"key": link},
        "proof_id": Proof.objects.get(task=task).id,
        "readiness:withdraw_question": {"guest_id": guest.guest.pk},
        "readiness:voice": {"key": asking.key_of(guest)},
        "token_id": ApiToken.objects.get(member=member).pk,
        "token": asked.link.rpartition("/")[2],
        "uidb36": "1a",
        "item_id": ONE,
        "assessment_id": mine.id,
        "team_id": team.id,
        "readiness:guest_assessment": {"key": key_of_team},
        "row_id": mine.id,
        "element_id": "motivation",
        "instrument": "mandate",
        "guest_id": waiting.guest.pk,
        "readiness:sign": {"key": needs.key_of(waiting)},
        "kind": "condition",
        "field": "title",
        "own_id": OwnWords.objects.filter(organisation=member.organisation, kind="example").get().pk,
    }
    return Planted(Member.objects.get(pk=member.pk), Round.objects.get(pk=round.pk), task, places, texts)


def _rounds(member: Member) -> tuple[Round, Round]:
    """Two rounds, the second of which took over the first; own words, a logo and a token beside them."""
    colleague = make_member(Role.EDITOR, member.organisation, function="directie")
    people.change_logo(member, png())
    token_of(member)
    first = make_round(member)
    readiness.save_answer(member, first, ONE, draft("no", how="Nog niet", owner=colleague, due_on=date(2026, 12, 4)))
    readiness.add_file(member, first, ONE, pdf(), "application/pdf")
    make_own_words(member)
    make_own_words(member, "condition", home="category:commitment", why_nl="Omdat", signs_nl="Zo", title_en="Own")
    readiness.add_link(member, first, ONE, name="Beleid", link="https://example.org/beleid")
    round = make_round(member, name="Voorjaar 2027", previous=first)
    readiness.save_texts(member, round, {"ask": "40 uur", "feasibility": "Klein beginnen"}, version=1)
    return first, round


def _assessments(member: Member) -> tuple[Assessment, TeamAssessment, str]:
    """One that is shared, and a team with a guest."""
    mine = make_assessment(member)
    readiness.share_assessment(member, mine, is_shared=True)
    team = make_team(member)
    return mine, team, ask_guest(member, team)[1]


def _needs(member: Member, round: Round, text: str) -> people.AskedGuest:
    """Mandate, hours, budget and team; somebody asked for a change, and somebody else has not answered."""
    needs.fill_needs(member, round)
    waiting = needs.ask(member, round)
    answered = needs.ask(member, round, email="joost@example.org").guest
    content = [{"title": f"{text}content", "may_promise": "Rooster"}]
    needs.sign(answered, outcome="change", says="Eerst overleg", content=content)
    return waiting


def _voices(member: Member, round: Round) -> AskedGuest:
    """Voices with names and without, and somebody who has not answered yet, who is given."""
    asking.ask_and_hear(member, round, ["no", "partly"], message="Wat vind jij?")
    asking.ask_and_hear(member, round, ["no", "partly", "yes", "no", "unknown"], is_named=False)
    return asking.ask(member, round, ["Noor"], message="Wat vind jij?").guests[0]


def _tasks(member: Member, round: Round) -> Task:
    """Two that are open, one that is done, one that has been taken off; an open one is given."""
    origin = tasks.Origin(route="readiness:condition", row=round.id, item=ONE, action_id="commitment-support-terms")
    own = tasks.Origin(route="readiness:condition", row=round.id, item=ONE)
    day = date(2026, 12, 4)
    task = tasks.add_task(member, tasks.TaskDraft(title="Bel", note="Ilse", owner=member, due_on=day), origin)
    tasks.add_task(member, tasks.TaskDraft(title="Bel", note="Ilse", owner=member, due_on=day))
    done = tasks.add_task(member, tasks.TaskDraft(title="Mail", note="Bram", owner=member), own)
    tasks.finish_task(member, done, "Gemaild")
    tasks.finish_task(member, task, "Gebeld", tasks.Given(link="https://example.org/verslag", link_name="Verslag"))
    tasks.reopen_task(member, task)
    tasks.remove_task(member, tasks.add_task(member, tasks.TaskDraft(title="Niets")))
    return task


def _by_link(member: Member, task: Task) -> str:
    """Hand a task to somebody without an account; gives the key of the link."""
    colleague = tasks.Colleague(name="Joke", email="joke@example.org", language="nl", once=uuid4())
    asked = tasks.hand_over(member, task, colleague)
    assert asked is not None
    return asked.link.rpartition("/")[2]


class _Reader(HTMLParser):
    """Reads a page as a browser does: the elements, and every text a person or a form may get to see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.marked: list[str] = []
        self.texts: list[str] = []
        self.goes_on = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.goes_on = tag == "mark"  # search marks words in the middle of a text
        if any(name == "data-m" for name, _value in attrs):
            self.marked.append(tag)
        self.texts += [value for _name, value in attrs if value]

    def handle_endtag(self, tag: str) -> None:
        self.goes_on = tag == "mark"

    def handle_data(self, data: str) -> None:
        if self.goes_on and self.texts:
            self.texts[-1] += data
        else:
            self.texts.append(data)
        self.goes_on = False


class Read(NamedTuple):
    """``marked`` are elements that a planted text became; ``text`` is everything a person may see."""

    marked: list[str]
    text: str


def read_page(content: str) -> Read:
    reader = _Reader()
    reader.feed(content)
    reader.close()
    return Read(reader.marked, "\n".join(reader.texts))
