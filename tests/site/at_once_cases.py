"""The forms that are sent fifty times at once, and what must come of each."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import signing
from django.utils import timezone

from samenspraak.library.models import OwnWords
from samenspraak.people import actions as people
from samenspraak.people.models import ApiToken, Guest, Invitation, Mail, Member, Organisation, Role, Session
from samenspraak.people.queries import hash_of_token
from samenspraak.readiness import actions as readiness
from samenspraak.readiness.models import (
    Answer,
    Evidence,
    Round,
)
from samenspraak.tasks import actions as tasks
from samenspraak.tasks.models import CalendarKey, Proof, Task
from tests.factories import client_of, make_member
from tests.library.own import make_own_words
from tests.people.subjects import invitation, own_words, own_words_taken_back, piece_of_proof, task_by_link
from tests.readiness.rounds import draft, make_round, pdf
from tests.site import at_once_assessments as self_assessment
from tests.site import at_once_voices as voices
from tests.site.at_once import Case, Sent
from tests.site.at_once_needs import NEEDS, OF_NEEDS
from tests.site.at_once_programs import BY_PROGRAM, WITH_FILES, for_program
from tests.site.pictures import png

ONE, TWO = "commitment-support", "commitment-outcomes"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TABLES = (
    ApiToken,
    Organisation,
    *self_assessment.TABLES,
    *voices.TABLES,
    *NEEDS,
    OwnWords,
    Round,
    Answer,
    Evidence,
    Task,
    Proof,
    Guest,
    CalendarKey,
    Invitation,
    Mail,
    Member,
    Authenticator,
    Session,
)
ELSEWHERE = {
    "language",  # a cookie and the language of a person
    "account_login",
    "mfa_authenticate",  # in tests/people/test_second_factor.py
    "people:passkey_sign_in",  # the same
    "people:company",  # only the own session, and a provider
    "people:confirm",  # only the own session
    "people:add_passkey",  # below
    "account_logout",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_from_key",
    "people:first_run",
    "people:choose_organisation",  # only the own session
}


def first_round(_member: Member) -> Sent:
    form = {"motive": "Een vakbond vroeg naar werktijden.", "key": uuid4()}
    return Sent({}, lambda: form)


def next_round(member: Member) -> Sent:
    first = make_round(member)
    readiness.save_answer(member, first, ONE, draft("yes"))
    readiness.save_answer(member, first, TWO, draft("no"))
    readiness.add_link(member, first, ONE, name="Beleid", link="https://example.org/beleid")
    form = {"name": "Voorjaar 2027", "previous": first.id, "key": uuid4()}
    return Sent({}, lambda: form)


def on_round(**form: Any) -> Callable[[Member], Sent]:
    return lambda member: Sent({"round_id": make_round(member).id}, lambda: form)


def on_condition(**form: Any) -> Callable[[Member], Sent]:
    return lambda member: Sent({"round_id": make_round(member).id, "condition_id": ONE}, lambda: form)


def an_answer(member: Member) -> Sent:
    form = {"value": "partly", "how": "Mail", "owner": member.id, "due_on": "2026-12-04", "version": 0}
    return Sent({"round_id": make_round(member).id, "condition_id": ONE}, lambda: form)


def an_own_task(member: Member) -> Sent:
    return on_condition(title="Bel de vakbond", key=uuid4())(member)


def a_file(member: Member) -> Sent:
    return Sent({"round_id": make_round(member).id, "condition_id": ONE}, lambda: {"file": pdf()})


def closed_round(member: Member) -> Sent:
    sent = on_round()(member)
    readiness.close_round(member, Round.objects.get(id=sent.arguments["round_id"]))
    return sent


def evidence(member: Member, *, is_removed: bool = False) -> Sent:
    round = make_round(member)
    piece = readiness.add_link(member, round, ONE, name="Beleid", link="https://example.org/beleid")
    if is_removed:
        readiness.remove_evidence(member, round, piece)
    return Sent({"round_id": round.id, "evidence_id": piece.id}, dict)


def on_task(*before: Callable[..., Any], **form: Any) -> Callable[[Member], Sent]:
    def prepare(member: Member) -> Sent:
        task = tasks.add_task(member, tasks.TaskDraft(title="Bel de vakbond"))
        for do in before:
            do(member, task)
        return Sent({"task_id": task.id}, lambda: form)

    return prepare


def finished(member: Member, task: Task) -> None:
    tasks.finish_task(member, task, "Gebeld")


def handed_over(member: Member, task: Task) -> None:
    """Two days ago, so that a fresh mail may go."""
    colleague = tasks.Colleague(name="Joke", email="joke@example.org", language="nl", once=uuid4())
    tasks.hand_over(member, task, colleague)
    Guest.objects.update(created_at=timezone.now() - timedelta(days=2))


def by_link(member: Member) -> Sent:
    return Sent(task_by_link(member), lambda: {"done-note": "Gebeld", "done-file": pdf()})


def with_proof(member: Member) -> Sent:
    task = tasks.add_task(member, tasks.TaskDraft(title="Bel de vakbond"))
    return Sent({"task_id": task.id}, lambda: {"done-note": "Gebeld", "done-file": pdf()})


def proof(member: Member, *, is_removed: bool = False) -> Sent:
    arguments = piece_of_proof(member)
    if is_removed:
        tasks.remove_proof(member, Proof.objects.get(pk=arguments["proof_id"]))
    return Sent(arguments, dict)


def form_alone(**form: Any) -> Callable[[Member], Sent]:
    return lambda _member: Sent({}, lambda: form)


def a_new_task(_member: Member) -> Sent:
    form = {"title": "Bel de vakbond", "key": uuid4()}
    return Sent({}, lambda: form)


def an_invitation(_member: Member) -> Sent:
    form = {"email": "bram@example.org", "role": "editor", "once": uuid4()}
    return Sent({}, lambda: form)


def on_colleague(**form: Any) -> Callable[[Member], Sent]:
    return lambda member: Sent({"member_id": make_member(Role.READER, member.organisation).pk}, lambda: form)


def an_invitation_elsewhere(member: Member) -> Sent:
    """The member, who has an account, is asked into another organisation."""
    asked = people.invite(make_member(), member.person.email, Role.EDITOR, uuid4())
    return Sent({"token": asked.link.rpartition("/")[2]}, dict)


def a_code() -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def an_app(member: Member) -> Sent:
    signed = signing.dumps(SECRET, salt=f"samenspraak.app.{member.person_id}")
    form = {"secret": signed, "code": a_code()}
    return Sent({}, lambda: form)


def with_app(member: Member) -> Sent:
    people.add_app(member.person, SECRET, a_code())
    factor = Authenticator.objects.get(user=member.person, type=Authenticator.Type.TOTP).pk
    form = {"factor": factor, "once": uuid4()}
    return Sent({}, lambda: form)


def other_session(member: Member) -> Sent:
    form = {"session": hash_of_token(client_of(member).cookies["samenspraak"].value)}
    return Sent({}, lambda: form)


def as_editor(member: Member) -> Sent:
    """With another owner, so that this one may go."""
    make_member(Role.OWNER, member.organisation)
    return Sent({}, dict)


def ending(member: Member) -> Sent:
    people.end_organisation(member)
    return Sent({}, dict)


def with_logo(member: Member) -> Sent:
    people.change_logo(member, png())
    return Sent({}, dict)


def the_name(member: Member) -> Sent:
    form = {"name": member.organisation.name}
    return Sent({}, lambda: form)


# Who was first is signed out; the others find that out, some of them halfway.
GONE = frozenset({200, 302, 400, 403})


def a_wording(_member: Member) -> Sent:
    form = {"text_nl": "Onze directie steunt het gesprek", "version": 0}
    return Sent({"kind": "condition", "item_id": ONE, "field": "title"}, lambda: form)


def an_own_example(_member: Member) -> Sent:
    form = {"title_nl": "Wij", "text_nl": "Zo deden wij het.", "home": f"condition:{ONE}", "key": uuid4(), "version": 0}
    return Sent({"kind": "example"}, lambda: form)


def another_example(member: Member) -> Sent:
    row = make_own_words(member)
    form = {"title_nl": row.title_nl, "text_nl": "Anders.", "home": row.home, "version": row.version}
    return Sent({"own_id": row.pk}, lambda: form)


OWN_FILE = f"""edition: "2025-04"
actions:
  - id: own-bel
    condition: {ONE}
    text:
      nl: Bel de vakbond
"""

CASES = (
    self_assessment.CASES
    | voices.CASES
    | OF_NEEDS
    | WITH_FILES
    | {name: for_program(case) for name, case in BY_PROGRAM.items()}
    | {
        "a first round": Case("readiness:start", first_round, {"Round": 1}, ["started"]),
        "a next round": Case("readiness:start", next_round, {"Round": 1, "Answer": 2, "Evidence": 1}, ["started"]),
        "an answer": Case(
            "readiness:save_answer", an_answer, {"Answer": 1, "Task": 1}, ["created", "due_on", "how", "owner", "value"]
        ),
        "words of a round": Case(
            "readiness:save_texts", on_round(ask="40 uur", question="Mag het?", version=1), {}, ["ask", "question"]
        ),
        "an action of the method": Case(
            "readiness:make_task", on_condition(action="commitment-support-terms"), {"Task": 1}, ["created"]
        ),
        "an action of one's own": Case("readiness:make_task", an_own_task, {"Task": 1}, ["created"]),
        "a file": Case("readiness:add_evidence", a_file, {"Answer": 1, "Evidence": 1, "file": 1}, ["evidence"]),
        "a link": Case(
            "readiness:add_evidence",
            on_condition(link="https://example.org"),
            {"Answer": 1, "Evidence": 1},
            ["evidence"],
        ),
        "evidence off": Case("readiness:remove_evidence", evidence, {}, ["evidence"]),
        "evidence back": Case("readiness:put_back_evidence", lambda m: evidence(m, is_removed=True), {}, ["evidence"]),
        "a round closed": Case("readiness:close", on_round(), {}, ["closed"]),
        "a round opened": Case("readiness:reopen", closed_round, {}, ["closed"]),
        "a task": Case("tasks:new", a_new_task, {"Task": 1}, ["created"]),
        "a task changed": Case(
            "tasks:change", on_task(title="Mail de vakbond", note="Ilse", version=1), {}, ["note", "title"]
        ),
        "a task done": Case("tasks:done", on_task(**{"done-note": "Gebeld"}), {}, ["done"]),
        "a task done with proof": Case("tasks:done", with_proof, {"Proof": 1, "file": 1}, ["done", "proof"]),
        "a task not done after all": Case("tasks:reopen", on_task(finished), {}, ["done"]),
        "a task off the list": Case("tasks:remove", on_task(), {}, ["removed"]),
        "a task back on the list": Case("tasks:put_back", on_task(tasks.remove_task), {}, ["removed"]),
        "an address for the calendar": Case("tasks:calendar", form_alone(), {"CalendarKey": 1}, []),
        "an invitation": Case("people:invite", an_invitation, {"Invitation": 1, "Mail": 1}, ["invitation"]),
        "an invitation withdrawn": Case(
            "people:withdraw_invitation", lambda m: Sent(invitation(m), dict), {}, ["invitation"]
        ),
        "an invitation accepted": Case("people:invitation", an_invitation_elsewhere, {"Member": 1}, ["member"]),
        "another role": Case("people:change_role", on_colleague(role="editor"), {}, ["role"]),
        "a colleague out": Case("people:let_leave", on_colleague(), {}, ["member"]),
        "another name of the organisation": Case(
            "people:change_organisation",
            form_alone(
                name="Noorderlicht", language="nl", time_zone="Europe/Amsterdam", reminder_weekday=1, reminder_hour=9
            ),
            {},
            ["name", "reminder_hour", "reminder_weekday"],
        ),
        "an app": Case("people:add_app", an_app, {"Authenticator": 2, "Mail": 1}, []),
        "no app": Case("people:remove_factor", with_app, {"Authenticator": -2, "Mail": 1}, []),
        "other recovery codes": Case("people:recovery_codes", with_app, {"Mail": 1}, []),
        "one session less": Case("people:end_session", other_session, {"Session": -1}, []),
        "one session": Case("people:end_other_sessions", other_session, {"Session": -1}, []),
        "the own account closed": Case("people:close_account", as_editor, {"Session": -1}, ["member"], GONE),
        "out by choice": Case("people:leave", as_editor, {}, ["member"], frozenset({302, 403})),
        "handed over": Case("people:hand_over", on_colleague(), {}, ["role", "role"], frozenset({302, 403})),
        "the end asked for": Case("people:end", the_name, {"Mail": 1}, ["ends_on"]),
        "the end undone": Case("people:keep", ending, {"Mail": 1}, ["ends_on"]),
        "a logo": Case("people:change_logo", lambda _m: Sent({}, lambda: {"logo": png("logo.png")}), {}, ["logo"]),
        "no logo": Case("people:remove_logo", with_logo, {}, ["logo"]),
        "own wording": Case("library:reword", a_wording, {"OwnWords": 1}, ["own_text_nl"]),
        "an own example": Case("library:add_own", an_own_example, {"OwnWords": 1}, ["own_text_nl", "own_title_nl"]),
        "an own example changed": Case("library:change_own", another_example, {}, ["own_text_nl"]),
        "own words taken back": Case("library:take_back_own", lambda m: Sent(own_words(m), dict), {}, ["own_back"]),
        "own words put back": Case(
            "library:put_back_own", lambda m: Sent(own_words_taken_back(m), dict), {}, ["own_back"]
        ),
        "own words from a file": Case(
            "library:upload_own", form_alone(document=OWN_FILE, version=0), {"OwnWords": 1}, ["own_text_nl"]
        ),
        "when to be reminded": Case(
            "people:choose_reminders", lambda m: Sent({}, lambda: {"member": m.pk, "reminders": "never"}), {}, []
        ),
        "a task handed over": Case(
            "tasks:hand_over",
            on_task(
                **{"hand-name": "Joke", "hand-email": "j@example.org", "hand-language": "nl", "hand-once": uuid4()}
            ),
            {"Guest": 1, "Mail": 1},
            ["owner"],
        ),
        "a link mailed again": Case("tasks:mail_again", on_task(handed_over), {"Mail": 1}, []),
        "a task done by its link": Case("tasks:guest", by_link, {"Proof": 1, "file": 1}, ["done", "proof"]),
        "proof off": Case("tasks:remove_proof", proof, {}, ["proof"]),
        "proof back": Case("tasks:put_back_proof", lambda m: proof(m, is_removed=True), {}, ["proof"]),
        "the own account": Case("people:account", form_alone(name="Sanne", language="nl", function="inkoop"), {}, []),
    }
)
