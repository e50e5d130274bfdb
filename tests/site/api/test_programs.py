"""Programs read and write what their member may, through the same loaders and actions as the pages."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samenspraak.people import actions as people
from samenspraak.people import endpoints
from samenspraak.people.models import ApiToken, HistoryEntry, Member, Role
from samenspraak.readiness import actions as readiness
from samenspraak.readiness.models import Answer, Round
from samenspraak.site.api import ENDPOINTS, described
from samenspraak.tasks.actions import TaskDraft, add_task
from samenspraak.tasks.models import Task
from tests.factories import client_of, make_member, program_of, token_of
from tests.readiness.rounds import PDF, draft, make_round, pdf

pytestmark = pytest.mark.django_db
ONE = "commitment-support"


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def at(name: str, *args: Any) -> str:
    return reverse(f"api:{name}", args=args)


def post(client: Client, name: str, /, *args: Any, **form: Any) -> Any:
    return client.post(at(name, *args), form, content_type="application/json")


def test_a_program_knows_whose_token_it_has() -> None:
    member = make_member(Role.EDITOR, function="inkoop")

    told = program_of(member).get(at("me")).json()

    assert told["organisation"] == member.organisation.name
    assert told["member"] == {
        "id": str(member.pk),
        "name": member.person.name,
        "function": "inkoop",
        "role": "editor",
    }


def test_without_a_token_a_program_is_told_how_to_get_one() -> None:
    answer = Client(headers={"Accept-Language": "en"}).get(at("me"))

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.json()["message"].startswith("Send a token that works")


def test_a_session_opens_nothing_for_a_program_but_what_there_is_to_ask() -> None:
    client = client_of(make_member())

    answers = {name: client.get(at(name)).status_code for name in ("openapi", "me", "rounds", "tasks")}
    posted = client.post(at("tasks"), {"title": "Bel"}, content_type="application/json").status_code

    assert (answers, posted) == ({"openapi": 200, "me": 401, "rounds": 401, "tasks": 401}, 401)


def test_a_token_that_is_wrong_opens_nothing_not_even_with_a_session() -> None:
    client = client_of(make_member(), headers={"Authorization": "Bearer sam_onzin"})

    assert [client.get(at(name)).status_code for name in ("openapi", "me")] == [401, 401]


@pytest.mark.parametrize("given", ["Basic abc", "Bearer", "Bearer ", "sam_x", "Bearer \x80"])
def test_another_way_of_asking_opens_nothing(given: str) -> None:
    make_member()

    assert Client(headers={"Authorization": given}).get(at("me")).status_code == 401


def test_a_token_to_read_with_changes_nothing() -> None:
    member = make_member()
    program = program_of(member, "read")

    answer = post(program, "tasks", title="Bel")

    assert (answer.status_code, answer.json()["message"]) == (403, "Met dit token kun je alleen lezen.")
    assert (program.get(at("tasks")).status_code, Task.objects.count()) == (200, 0)


def test_a_token_never_does_more_than_its_member_now_may() -> None:
    member = make_member(Role.EDITOR)
    program = program_of(member)
    Member.objects.filter(pk=member.pk).update(role=Role.READER)

    answer = post(program, "tasks", title="Bel")

    assert (answer.status_code, answer.json()["message"]) == (403, "Met jouw rol kan dit niet.")


def test_a_token_dies_with_the_membership() -> None:
    owner = make_member()
    member = make_member(Role.EDITOR, owner.organisation)
    program = program_of(member)

    people.let_leave(owner, member)

    assert program.get(at("me")).status_code == 401


def test_a_token_dies_with_the_account() -> None:
    member = make_member()
    program = program_of(member)
    member.person.is_active = False
    member.person.save()

    assert program.get(at("me")).status_code == 401


def test_a_token_works_until_its_day() -> None:
    member = make_member()
    program = program_of(member)
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert program.get(at("me")).status_code == 401


def test_a_token_that_was_withdrawn_opens_nothing() -> None:
    member = make_member()
    program = program_of(member)

    people.withdraw_token(member, ApiToken.objects.get())

    assert program.get(at("me")).status_code == 401


def test_a_token_works_in_one_organisation_alone() -> None:
    member = make_member()
    elsewhere = make_member(person=member.person)
    round = make_round(elsewhere)

    program = program_of(member)

    assert program.get(at("round", round.pk)).status_code == 404
    assert program.get(at("rounds")).json()["items"] == []


def test_only_the_hash_of_a_token_is_kept_and_the_day_it_was_used() -> None:
    member = make_member()
    token = token_of(member)

    Client(headers={"Authorization": f"Bearer {token}"}).get(at("me"))

    kept = ApiToken.objects.get()
    assert (kept.token_hash, kept.last_used_on) == (hashlib.sha256(token.encode()).hexdigest(), timezone.now().date())
    assert len(token) > 40


def test_a_round_is_started_read_and_worded() -> None:
    program, key = program_of(make_member()), str(uuid4())

    started = [post(program, "rounds", motive="Een vakbond vroeg ernaar.", name="Najaar", key=key) for _ in range(2)]
    round = started[0].json()
    worded = post(program, "round", round["id"], ask="40 uur", version=round["version"]).json()

    assert [a.json()["id"] for a in started] == [key, key]
    assert (worded["ask"], worded["motive"], worded["version"]) == ("40 uur", "Een vakbond vroeg ernaar.", 2)
    assert program.get(at("round", key)).json() == worded
    assert [line["name"] for line in program.get(at("rounds")).json()["items"]] == ["Najaar"]


def test_a_next_round_begins_with_the_answers_of_the_last() -> None:
    member = make_member()
    first = make_round(member)
    readiness.save_answer(member, first, ONE, draft("yes"))

    fresh = post(program_of(member), "rounds", previous=str(first.pk)).json()

    assert Answer.objects.get(round_id=fresh["id"]).value == "yes"


def test_a_program_that_was_late_gets_back_what_stands_there() -> None:
    member = make_member()
    round = make_round(member)
    readiness.save_texts(member, round, {"ask": "40 uur"}, version=1)

    answer = post(program_of(member), "round", round.pk, ask="60 uur", version=1)

    assert (answer.status_code, answer.json()["now"]["ask"]) == (409, "40 uur")


def test_an_answer_keeps_what_was_not_sent() -> None:
    member = make_member()
    round = make_round(member)
    readiness.save_answer(member, round, ONE, draft("no", how="Nog niet", owner=member))
    program = program_of(member)

    saved = post(program, "answer", round.pk, ONE, value="partly", version=1).json()

    assert (saved["value"], saved["how"], saved["owner"], saved["version"]) == ("partly", "Nog niet", str(member.pk), 2)
    assert program.get(at("answer", round.pk, ONE)).json() == saved
    assert [a["value"] for a in program.get(at("answers", round.pk)).json()].count("partly") == 1
    assert HistoryEntry.objects.filter(field="value").count() == 2


def test_an_answer_that_is_wrong_says_at_which_field_in_the_language_asked_for() -> None:
    member = make_member()
    round = make_round(member)
    english = program_of(member, headers={"Accept-Language": "en"})

    answer = post(english, "answer", round.pk, ONE, value="misschien", how="\x07", version=0)

    assert (answer.status_code, answer.json()["message"]) == (422, "Something has to be mended. Nothing was saved.")
    assert sorted(answer.json()["fields"]) == ["how", "value"]
    assert answer.json()["fields"]["value"] == ["Choose yes, partly, no or I don't know yet."]


@pytest.mark.parametrize(
    ("body", "status", "fields"),
    [
        (b"{", 400, []),
        (b"\xff", 400, []),
        (b"[]", 422, []),
        (b'{"version": "x"}', 422, ["version"]),
        (b'{"strange": 1}', 422, []),
        (b'{"owner": "nobody"}', 422, ["owner"]),
        (b'{"value": "yes"}', 422, ["version"]),
        (b"", 422, ["version"]),
        (b'{"version": ' + b"9" * 5000 + b"}", 422, ["version"]),
        (b'{"how": ' + b"[" * 100_000, 422, ["how"]),
    ],
)
def test_what_cannot_be_read_is_said(body: bytes, status: int, fields: list[str]) -> None:
    member = make_member()

    answer = program_of(member).post(at("answer", make_round(member).pk, ONE), body, content_type="application/json")

    assert (answer.status_code, sorted(answer.json()["fields"])) == (status, fields)


def test_a_late_answer_gets_back_what_stands_there() -> None:
    member = make_member()
    round = make_round(member)
    readiness.save_answer(member, round, ONE, draft("no"))

    answer = post(program_of(member), "answer", round.pk, ONE, value="yes", version=0)

    assert (answer.status_code, answer.json()["now"]["value"]) == (409, "no")


def test_nothing_changes_in_a_closed_round() -> None:
    member = make_member()
    round = make_round(member)
    program = program_of(member)

    closed = post(program, "round_close", round.pk).json()
    tried = [
        post(program, "round", round.pk, ask="x", version=1).status_code,
        post(program, "answer", round.pk, ONE, value="yes", version=0).status_code,
        post(program, "evidence", round.pk, ONE, link="https://example.org").status_code,
    ]
    opened = post(program, "round_reopen", round.pk).json()

    assert (closed["closed_at"] is None, tried, opened["closed_at"]) == (False, [409, 409, 409], None)


def test_standing_has_no_overall_score() -> None:
    member = make_member()
    round = make_round(member)
    readiness.save_answer(member, round, ONE, draft("yes"))

    told = program_of(member).get(at("standing", round.pk)).json()

    assert sorted(told) == ["categories", "first", "met", "needs_attention", "unanswered"]
    assert [ONE in c["met"] for c in told["categories"]].count(True) == 1


def test_evidence_is_told_and_a_file_is_fetched() -> None:
    member = make_member()
    round = make_round(member)
    piece = readiness.add_file(member, round, ONE, pdf(), "application/pdf")
    program = program_of(member)

    post(program, "evidence", round.pk, ONE, link="https://example.org/beleid", name="Beleid")
    told = program.get(at("evidence", round.pk, ONE)).json()["items"]
    answer = program.get(at("file", round.pk, piece.pk))
    content = b"".join(answer)

    assert [e["name"] for e in told] == ["mandaat.pdf", "Beleid"]
    assert (content, told[0]["sha256"]) == (PDF, hashlib.sha256(PDF).hexdigest())
    assert program.get(at("file", round.pk, told[1]["id"])).status_code == 404


def test_a_link_that_is_none_is_refused() -> None:
    member = make_member()
    round = make_round(member)

    answer = post(program_of(member), "evidence", round.pk, ONE, link="javascript:alert(1)")

    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["link"])


def test_a_task_is_made_changed_done_and_opened_again() -> None:
    member = make_member()
    program, key = program_of(member), str(uuid4())

    made = [post(program, "tasks", title="Bel", owner=str(member.pk), key=key).json() for _ in range(2)]
    changed = post(program, "task", key, title="Bel de vakbond", version=1).json()
    done = post(program, "task_done", key, note="Gebeld").json()
    listed = program.get(at("tasks"), {"show": "done"}).json()["items"]
    opened = post(program, "task_reopen", key).json()

    assert (made[0], Task.objects.count()) == (made[1], 1)
    assert (changed["title"], changed["owner"], done["done_note"]) == ("Bel de vakbond", str(member.pk), "Gebeld")
    assert ([t["id"] for t in listed], opened["done_at"]) == ([key], None)
    assert program.get(at("task", key)).json() == opened


def test_a_late_change_of_a_task_gets_back_what_stands_there() -> None:
    member = make_member()
    task = add_task(member, TaskDraft(title="Bel"))

    answer = post(program_of(member), "task", task.pk, title="Mail", version=7)
    without = post(program_of(member), "task", task.pk, title="Mail")

    assert [(a.status_code, a.json()["now"]["title"]) for a in (answer, without)] == [(409, "Bel"), (409, "Bel")]


def test_the_conditions_come_in_the_language_asked_for() -> None:
    member = make_member()

    told = [program_of(member, headers={"Accept-Language": x}).get(at("conditions")).json() for x in ("nl", "en")]

    assert [t["edition"] for t in told] == ["2025-04", "2025-04"]
    assert [len(t["items"]) for t in told] == [8, 8]
    assert told[0]["items"][0]["title"] != told[1]["items"][0]["title"]


def test_what_is_not_there_is_said_in_json() -> None:
    program = program_of(make_member())

    answers = [program.get(path) for path in ("/api/v1/nothing", at("round", uuid4()), at("task", uuid4()))]

    assert [(a.status_code, a["Content-Type"]) for a in answers] == [(404, "application/json")] * 3


def test_too_many_questions_in_a_minute_are_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoints, "MOST_A_MINUTE", 2)
    monkeypatch.setattr(endpoints.time, "time", lambda: 60.0)
    program, other = program_of(make_member()), program_of(make_member())

    answers = [program.get(at("me")).status_code for _ in range(3)]

    assert (answers, other.get(at("me")).status_code) == ([200, 200, 429], 200)


LISTS = {"rounds": 3, "tasks": 2, "members": 3}


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_a_list_asks_the_database_the_same_whatever_it_holds(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    member = make_member()
    Round.objects.bulk_create(
        Round(organisation=member.organisation, name=f"Ronde {n}", held_on="2026-10-12", edition="2025-04")
        for n in range(rows)
    )
    Task.objects.bulk_create(Task(organisation=member.organisation, title=f"Bel {n}") for n in range(rows))
    program = program_of(member)
    program.get(at("me"))

    for name, queries in LISTS.items():
        with django_assert_num_queries(queries):
            told = program.get(at(name)).json()
        assert (len(told["items"]), told["has_more"]) == (
            (1, False) if name == "members" else (min(rows, 100), rows > 100)
        )


def test_everything_there_is_to_ask_is_described() -> None:
    told = described()

    asked = sum(len(ways) for ways in told["paths"].values())
    assert asked == sum((e.get is not None) + (e.post is not None) for e in ENDPOINTS)
    assert told["openapi"] == "3.1.0"
