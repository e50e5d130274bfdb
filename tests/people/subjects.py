"""Arguments for routes that have them, so that every route can be asked by every role.

A room adds a line per route: a function that makes the object in the organisation of the member it gets, and returns
the arguments of the address. The matrix asks for it as the own object and as that of another organisation, which must
answer 404. ``Secret`` marks an address that is opened by what stands in it (a token), or that is about nobody's object.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from samenspraak.library.actions import take_back
from samenspraak.people import actions
from samenspraak.people.actions import AskedGuest
from samenspraak.people.models import ApiToken, Member, Role
from samenspraak.readiness.actions import add_file, share_assessment
from samenspraak.readiness.models import Round
from samenspraak.tasks.actions import (
    Colleague,
    Given,
    TaskDraft,
    add_task,
    finish_task,
    hand_over,
    make_calendar_key,
)
from samenspraak.tasks.models import Proof
from tests.factories import make_member, token_of
from tests.library.own import make_own_words
from tests.readiness import asking
from tests.readiness.assessments import ask_guest, make_assessment, make_team
from tests.readiness.needs import ask, key_of
from tests.readiness.rounds import make_round, pdf

Arguments = Callable[[Member], dict[str, Any]]


@dataclass(frozen=True)
class Secret:
    """An address that whoever holds it may open."""

    arguments: Arguments


def invitation(member: Member) -> dict[str, Any]:
    asked = actions.invite(member, f"{uuid4()}@example.org", Role.READER, uuid4())
    return {"invitation_id": asked.invitation.pk}


def invitation_link(member: Member) -> dict[str, Any]:
    asked = actions.invite(member, f"{uuid4()}@example.org", Role.READER, uuid4())
    return {"token": asked.link.rpartition("/")[2]}


def colleague(member: Member) -> dict[str, Any]:
    return {"member_id": make_member(Role.READER, member.organisation).pk}


def round_of(member: Member) -> dict[str, Any]:
    return {"round_id": make_round(member).id}


def two_rounds(member: Member) -> dict[str, Any]:
    return {"round_id": make_round(member).id, "other_id": make_round(member).id}


def paper(member: Member) -> dict[str, Any]:
    return {**round_of(member), "kind": "docx"}


def piece_of_evidence(member: Member) -> dict[str, Any]:
    round = make_round(member)
    piece = add_file(member, round, "commitment-support", pdf(), "application/pdf")
    return {"round_id": round.id, "evidence_id": piece.id}


def condition(member: Member) -> dict[str, Any]:
    return {**round_of(member), "condition_id": "commitment-support"}


def instrument(member: Member) -> dict[str, Any]:
    return {**round_of(member), "instrument": "hours"}


def asked_to_sign(member: Member) -> dict[str, Any]:
    round = make_round(member)
    return {"round_id": round.id, "guest_id": ask(member, round).guest.pk}


def link_to_sign(member: Member) -> dict[str, Any]:
    return {"key": key_of(ask(member, make_round(member)))}


def asked(member: Member) -> tuple[Round, AskedGuest]:
    round = make_round(member)
    return round, asking.ask(member, round).guests[0]


def colleague_asked(member: Member) -> dict[str, Any]:
    round, who = asked(member)
    return {"round_id": round.id, "guest_id": who.guest.pk}


def voice_link(member: Member) -> dict[str, Any]:
    return {"key": asked(member)[1].link.rpartition("/")[2]}


def task(member: Member) -> dict[str, Any]:
    return {"task_id": add_task(member, TaskDraft(title="Bel de vakbond")).id}


def own_assessment(member: Member) -> dict[str, Any]:
    return {"assessment_id": make_assessment(member).id}


def shared_assessment(member: Member) -> dict[str, Any]:
    mine = make_assessment(member)
    share_assessment(member, mine, is_shared=True)
    return {"assessment_id": mine.id}


def own_element(member: Member) -> dict[str, Any]:
    return {"assessment_id": make_assessment(member, is_finished=False).id, "element_id": "motivation"}


def team_of(member: Member) -> dict[str, Any]:
    return {"team_id": make_team(member).id}


def came_from(member: Member) -> dict[str, Any]:
    return {"row_id": make_team(member).id, "element_id": "motivation"}


def link_to_team(member: Member) -> dict[str, Any]:
    return {"key": ask_guest(member, make_team(member), f"{uuid4()}@example.org")[1]}


def own_words(member: Member) -> dict[str, Any]:
    return {"own_id": make_own_words(member).pk}


def own_words_taken_back(member: Member) -> dict[str, Any]:
    row = make_own_words(member)
    take_back(member, row)
    return {"own_id": row.pk}


def piece_of_proof(member: Member) -> dict[str, Any]:
    done = add_task(member, TaskDraft(title="Bel de vakbond"))
    finish_task(member, done, "Gebeld", Given(file=pdf(), media_type="application/pdf"))
    return {"task_id": done.id, "proof_id": Proof.objects.get(task=done).id}


def task_by_link(member: Member) -> dict[str, Any]:
    mine = add_task(member, TaskDraft(title="Bel de vakbond"))
    colleague = Colleague(name="Joke", email=f"{uuid4()}@example.org", language="nl", once=uuid4())
    asked = hand_over(member, mine, colleague)
    assert asked is not None
    return {"key": asked.link.rpartition("/")[2]}


def token(member: Member) -> dict[str, Any]:
    token_of(member)
    return {"token_id": ApiToken.objects.get(member=member).pk}


SUBJECTS: dict[str, Arguments | Secret] = {
    "account_reset_password_from_key": Secret(lambda _member: {"uidb36": "1a", "key": "of-no-use"}),
    "people:invitation": Secret(invitation_link),
    "people:withdraw_invitation": invitation,
    "people:change_role": colleague,
    "people:let_leave": colleague,
    "people:hand_over": colleague,
    "people:withdraw_token": token,
    # of the method, the same for everyone
    "library:part": Secret(lambda _member: {"key": "conditions"}),
    "library:item": Secret(lambda _member: {"kind": "element", "item_id": "commitment"}),
    "library:reword": Secret(lambda _member: {"kind": "condition", "item_id": "commitment-support", "field": "title"}),
    "library:add_own": Secret(lambda _member: {"kind": "example"}),
    "library:change_own": own_words,
    "library:take_back_own": own_words,
    "library:put_back_own": own_words_taken_back,
    "take_round": round_of,
    "api:round": round_of,
    "api:round_close": round_of,
    "api:round_reopen": round_of,
    "api:standing": round_of,
    "api:voices": round_of,
    "api:needs": round_of,
    "api:team_result": team_of,
    "api:answers": round_of,
    "api:answer": condition,
    "api:evidence": condition,
    "api:file": piece_of_evidence,
    "api:task": task,
    "api:task_done": task,
    "api:task_reopen": task,
    "readiness:blank_form": Secret(lambda _member: {"kind": "docx"}),
    "readiness:round": round_of,
    "readiness:save_texts": round_of,
    "readiness:close": round_of,
    "readiness:reopen": round_of,
    "readiness:history": round_of,
    "readiness:compare": two_rounds,
    "readiness:director": round_of,
    "readiness:director_page": paper,
    "readiness:full_report": paper,
    "readiness:evidence": piece_of_evidence,
    "readiness:remove_evidence": piece_of_evidence,
    "readiness:put_back_evidence": piece_of_evidence,
    "readiness:condition": condition,
    "workshops:kit": Secret(lambda _member: {"kit_id": "clothing"}),
    "workshops:paper": Secret(lambda _member: {"kit_id": "clothing", "paper": "times", "kind": "pdf"}),
    "readiness:save_answer": condition,
    "readiness:add_evidence": condition,
    "readiness:make_task": condition,
    "readiness:statements_form": Secret(lambda _member: {"kind": "docx"}),
    "readiness:guest_assessment": Secret(link_to_team),
    "readiness:from_assessment": came_from,
    "readiness:team": team_of,
    "readiness:join_team": team_of,
    "readiness:hand_in": team_of,
    "readiness:ask_to_join": team_of,
    "readiness:type_in_team": team_of,
    "readiness:close_team": team_of,
    "readiness:team_task": team_of,
    "readiness:team_paper": lambda member: {**team_of(member), "kind": "docx"},
    "readiness:assessment": shared_assessment,
    "readiness:finish_assessment": own_assessment,
    "readiness:share_assessment": own_assessment,
    "readiness:assessment_task": shared_assessment,
    "readiness:assessment_paper": lambda member: {**shared_assessment(member), "kind": "docx"},
    "readiness:statements": own_element,
    "readiness:save_statements": own_element,
    "readiness:instrument": instrument,
    "readiness:save_instrument": instrument,
    "readiness:instrument_paper": lambda member: {**instrument(member), "kind": "docx"},
    "readiness:blank_instrument": Secret(lambda _member: {"instrument": "hours", "kind": "docx"}),
    "readiness:ask_signature": round_of,
    "readiness:remind_signer": asked_to_sign,
    "readiness:withdraw_signer": asked_to_sign,
    "readiness:sign": Secret(link_to_sign),
    "readiness:voice": Secret(voice_link),
    "readiness:voices": round_of,
    "readiness:ask": round_of,
    "readiness:remind": round_of,
    "readiness:withdraw_question": colleague_asked,
    "readiness:voices_on": condition,
    "tasks:calendar_feed": Secret(lambda member: {"key": make_calendar_key(member)}),
    "tasks:task": task,
    "tasks:change": task,
    "tasks:done": task,
    "tasks:reopen": task,
    "tasks:remove": task,
    "tasks:put_back": task,
    "tasks:hand_over": task,
    "tasks:mail_again": task,
    "tasks:proof": piece_of_proof,
    "tasks:remove_proof": piece_of_proof,
    "tasks:put_back_proof": piece_of_proof,
    "tasks:guest": Secret(task_by_link),
}
