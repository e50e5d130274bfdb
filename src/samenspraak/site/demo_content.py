"""What the demo is filled with: one made-up importer in Dutch and one in English, through the same actions as people.

The words stand in ``demo/nl.yaml`` and ``demo/en.yaml``. Everything is made by the actions of the rooms, so the
demo has the same history, evidence and limits as real use.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4, uuid5

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone, translation

from samenspraak.documents.blocks import Document, Paragraph
from samenspraak.documents.render import render
from samenspraak.library.actions import OwnDraft, say
from samenspraak.method.load import editions, load_edition
from samenspraak.people.actions import Figure, start_fictional
from samenspraak.people.models import Member, Person, Role
from samenspraak.readiness import actions as readiness
from samenspraak.readiness.models import Round
from samenspraak.site.demo_assessment import self_assessments
from samenspraak.tasks.actions import (
    Colleague,
    Given,
    Origin,
    TaskDraft,
    add_task,
    finish_by_link,
    finish_task,
    hand_over,
)

WORDS = Path(__file__).parent / "demo"


@transaction.atomic
def fill() -> dict[str, Person]:
    """Make both companies, or find them where they are; the people by role, the Dutch owner first."""
    people: dict[str, Person] = {}
    for language, ending in (("nl", ""), ("en", "-en")):
        with translation.override(language):
            members = _found(language) or _fill(language)
        people |= {f"{role}{ending}": member.person for role, member in members.items()}
    return people


def _words(language: str) -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load((WORDS / f"{language}.yaml").read_text(encoding="utf-8"))
    return words


def _found(language: str) -> dict[str, Member]:
    """The members of a demo that was filled before, in a folder that was kept."""
    people = _words(language)["people"]
    roles = {who["email"]: role for role, who in people.items()}
    members = Member.objects.filter(person__email__in=roles).select_related("person")
    by_role = {roles[m.person.email]: m for m in members}
    return {role: by_role[role] for role in people} if len(by_role) == len(people) else {}


def _fill(language: str) -> dict[str, Member]:
    words = _words(language)
    figures = [Figure(Role(role), who["name"], who["function"], who["email"]) for role, who in words["people"].items()]
    made = start_fictional(words["organisation"], language, figures)
    members = dict(zip(words["people"], made, strict=True))
    _own_example(members["owner"], words["own_example"], language)
    newest: Round | None = None
    for given in words["rounds"]:
        newest = _round(members, given, newest if given.get("follows") else None)
    assert newest is not None
    _needs(members, newest, words["needs"])
    for given in words["evidence"]:
        _evidence(members["owner"], newest, given, language)
    for given in words["tasks"]:
        _task(members, newest, given, language)
    self_assessments(members, words["assessment"])
    for given in words["voices"]:
        _voices(members["owner"], newest, given, language)
    return members


def _day(days: int | None) -> date | None:
    return None if days is None else timezone.localdate() + timedelta(days=days)


def _own_example(member: Member, given: dict[str, str], language: str) -> None:
    texts = {f"title_{language}": given["title"], f"text_{language}": given["text"]}
    home = f"condition:{given['condition']}"
    say(member, OwnDraft(id=uuid4(), kind="example", home=home, edition=editions()[-1], texts=texts))


def _round(members: dict[str, Member], given: dict[str, Any], previous: Round | None) -> Round:
    owner = members["owner"]
    draft = readiness.RoundDraft(
        name=given["name"],
        held_on=date.fromisoformat(given["held_on"]),
        edition=editions()[-1],
        motive=given["motive"],
        previous=previous,
    )
    round = readiness.start_round(owner, draft)
    for condition_id, said in given["answers"].items():
        answer = readiness.AnswerDraft(
            value=said["value"],
            how=said.get("how", ""),
            owner=members.get(said.get("owner", "")),
            due_on=_day(said.get("due")),
            version=1 if previous else 0,
        )
        readiness.save_answer(members[said.get("owner", "owner")], round, condition_id, answer)
    round = readiness.save_texts(owner, round, given["texts"], version=1)
    if given.get("is_closed"):
        readiness.close_round(owner, round)
    return round


def _needs(members: dict[str, Member], round: Round, given: dict[str, Any]) -> None:
    """Mandate, hours, budget and team of a round."""
    for kind, sheet in given["sheets"].items():
        lines = [
            {**line, "until_on": _day(line["until_on"])} if "until_on" in line else line for line in sheet["lines"]
        ]
        draft = readiness.draft_of(kind=kind, about=sheet["about"], lines=lines, version=0)
        readiness.save_instrument(members["owner"], round, draft)


def _evidence(member: Member, round: Round, given: dict[str, str], language: str) -> None:
    if "link" in given:
        readiness.add_link(member, round, given["condition"], name=given["name"], link=given["link"])
        return
    paper = Document(
        title=given["title"],
        language="en" if language == "en" else "nl",
        day=round.held_on,
        organisation=member.organisation.name,
        kind="page",
        blocks=tuple(Paragraph(text=text) for text in given["text"].split("\n\n")),
    )
    upload = SimpleUploadedFile(given["file"], render(paper, "pdf"), content_type="application/pdf")
    readiness.add_file(member, round, given["condition"], upload, "application/pdf")


def _task(members: dict[str, Member], round: Round, given: dict[str, Any], language: str) -> None:
    edition = load_edition(round.edition, "en" if language == "en" else "nl")
    origin = None
    title = given.get("title", "")
    if "condition" in given:
        action = given.get("action", "")
        origin = Origin(route="readiness:condition", row=round.id, item=given["condition"], action_id=action)
        title = title or next(a.text for a in edition.condition(given["condition"]).actions if a.id == action)
    owner = members[given["owner"]]
    task = add_task(members["owner"], TaskDraft(title=title, owner=owner, due_on=_day(given["due"])), origin)
    if "by_link" in given:
        colleague = Colleague(**given["by_link"], language=language, once=uuid5(task.id, "demo"))
        asked = hand_over(members["owner"], task, colleague)
        if asked and "done" in given:
            shown = Given(link=given["proof"], link_name=given["proof_name"])
            finish_by_link(asked.guest, task, given["done"], shown)
    elif "done" in given:
        finish_task(owner, task, given["done"])


def _voices(owner: Member, round: Round, given: dict[str, Any], language: str) -> None:
    """Colleagues who were asked; who has said something opens the own link for it, as people do."""
    people = [readiness.Addressee(who["email"], who["name"], language) for who in given["people"]]
    draft = readiness.InquiryDraft(
        conditions=(given["condition"],), is_named=given["names"], message=given.get("message", ""), once=uuid4()
    )
    asked = readiness.ask_colleagues(owner, round, draft, people)
    for who, (guest, link, _is_new) in zip(given["people"], asked.guests, strict=True):
        if "value" in who:
            said = readiness.Said(given["condition"], who["value"], who.get("how", ""))
            draft_voice = readiness.VoiceDraft(key=link.rpartition("/")[2], said=(said,), version=0)
            readiness.save_voices(guest, asked.inquiry, draft_voice)
