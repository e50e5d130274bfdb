"""Forms sent fifty times by programs; files and tokens that are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samenspraak.people.models import ApiToken, Member
from samenspraak.readiness import actions as readiness
from samenspraak.tasks import actions as tasks
from tests.factories import make_member, token_of
from tests.readiness.rounds import make_round
from tests.site.at_once import Case, Sent
from tests.site.transfer.files import exported, exported_round

ONE = "commitment-support"


def a_round(member: Member) -> dict[str, Any]:
    return {"round_id": make_round(member).id}


def a_closed_round(member: Member) -> dict[str, Any]:
    round = make_round(member)
    readiness.close_round(member, round)
    return {"round_id": round.id}


def a_condition(member: Member) -> dict[str, Any]:
    return {**a_round(member), "condition_id": ONE}


def a_task(member: Member) -> dict[str, Any]:
    return {"task_id": tasks.add_task(member, tasks.TaskDraft(title="Bel de vakbond")).id}


def a_finished_task(member: Member) -> dict[str, Any]:
    task = tasks.add_task(member, tasks.TaskDraft(title="Bel de vakbond"))
    tasks.finish_task(member, task, "Gebeld")
    return {"task_id": task.id}


def on(subject: Callable[[Member], dict[str, Any]], **form: Any) -> Callable[[Member], Sent]:
    return lambda member: Sent(subject(member), lambda: form)


def programs_of(member: Member) -> list[Client]:
    """Fifty times the same program, which has used its token today already."""
    token = token_of(member)
    Client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    return [Client(headers={"Authorization": f"Bearer {token}"}) for _ in range(50)]


def send(client: Client, address: str, form: dict[str, Any], *, is_json: bool) -> Any:
    """Post it as a browser does, or as a program."""
    return client.post(address, form, content_type="application/json") if is_json else client.post(address, form)


def for_program(case: Case) -> Case:
    """The same, sent by a program: what comes back says it, and nothing is elsewhere."""
    return case._replace(ends=frozenset({200}))


def a_round_by_program(_member: Member) -> Sent:
    form = {"motive": "Een vakbond vroeg naar werktijden.", "key": str(uuid4())}
    return Sent({}, lambda: form)


def a_task_by_program(_member: Member) -> Sent:
    form = {"title": "Bel de vakbond", "key": str(uuid4())}
    return Sent({}, lambda: form)


def an_answer_by_program(member: Member) -> Sent:
    form = {"value": "partly", "how": "Mail", "owner": str(member.id), "due_on": "2026-12-04", "version": 0}
    return Sent({"round_id": make_round(member).id, "condition_id": ONE}, lambda: form)


def an_export(_member: Member) -> Sent:
    return Sent({}, dict)


def an_organisation_in_a_file(_member: Member) -> Sent:
    content = exported(make_member().organisation)
    return Sent({}, lambda: {"file": SimpleUploadedFile("noord.zip", content)})


def a_round_in_a_file(_member: Member) -> Sent:
    content = exported_round(make_round(make_member()))
    return Sent({}, lambda: {"file": SimpleUploadedFile("ronde.zip", content)})


def a_token(_member: Member) -> Sent:
    form = {"name": "Rekenblad", "scope": "read", "days": "30", "once": uuid4()}
    return Sent({}, lambda: form)


def a_token_there_is(member: Member) -> Sent:
    token_of(member)
    return Sent({"token_id": ApiToken.objects.get(member=member).pk}, dict)


BY_PROGRAM = {
    "a round by program": Case("api:rounds", a_round_by_program, {"Round": 1}, ["started"]),
    "words of a round by program": Case("api:round", on(a_round, ask="40 uur", version=1), {}, ["ask"]),
    "a round closed by program": Case("api:round_close", on(a_round), {}, ["closed"]),
    "a round opened by program": Case("api:round_reopen", on(a_closed_round), {}, ["closed"]),
    "an answer by program": Case(
        "api:answer",
        an_answer_by_program,
        {"Answer": 1, "Task": 1},
        ["created", "due_on", "how", "owner", "value"],
    ),
    "a link by program": Case(
        "api:evidence", on(a_condition, link="https://example.org"), {"Answer": 1, "Evidence": 1}, ["evidence"]
    ),
    "a task by program": Case("api:tasks", a_task_by_program, {"Task": 1}, ["created"]),
    "a task changed by program": Case("api:task", on(a_task, title="Mail de vakbond", version=1), {}, ["title"]),
    "a task done by program": Case("api:task_done", on(a_task, note="Gebeld"), {}, ["done"]),
    "a task opened by program": Case("api:task_reopen", on(a_finished_task), {}, ["done"]),
}
WITH_FILES = {
    "everything out": Case("take_everything", an_export, {}, ["taken_out"]),
    "an organisation in": Case("bring_in", an_organisation_in_a_file, {"Organisation": 1, "Member": 2}, ["brought_in"]),
    "a round in": Case("bring_round", a_round_in_a_file, {"Round": 1}, ["brought_in"]),
    "a token": Case("people:tokens", a_token, {"ApiToken": 1}, ["api_token"]),
    "a token withdrawn": Case("people:withdraw_token", a_token_there_is, {}, ["api_token"]),
}
