"""The access table: for every route the lowest level that may read (GET) and that may change (POST).

Deny by default: a route that is not named here answers 404, and a test fails on it. ``None`` means that the route
has no such method. Levels rise: whoever may edit may also read.

This table decides on roles alone. Whether a round or a task is *yours* is decided while it is loaded, by the
loaders in each room's ``queries.py``; what is not yours answers 404.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from samenspraak.people.models import Member, Role


class Level(IntEnum):
    """Who may, from everybody to the owner of an organisation."""

    ANYONE = 0
    PERSON = 1
    READER = 2
    EDITOR = 3
    OWNER = 4


class Rule(NamedTuple):
    """The lowest level for reading and for changing."""

    get: Level | None
    post: Level | None = None


ANYONE, PERSON, READER, EDITOR, OWNER = Level

ACCESS: dict[str, Rule] = {
    # site
    "healthz": Rule(ANYONE),
    "language": Rule(None, ANYONE),
    "about": Rule(ANYONE),
    "demo_sign_in": Rule(ANYONE),  # routed in the demo alone
    # out and in as a file
    "travelling": Rule(OWNER),
    "take_everything": Rule(None, OWNER),
    "bring_in": Rule(None, OWNER),
    "bring_round": Rule(EDITOR, EDITOR),
    "take_round": Rule(READER),
    # for programs: with a token, which may at most what its member may
    "api:openapi": Rule(PERSON),
    "api:me": Rule(READER),
    "api:members": Rule(READER),
    "api:conditions": Rule(READER),
    "api:rounds": Rule(READER, EDITOR),
    "api:round": Rule(READER, EDITOR),
    "api:round_close": Rule(None, EDITOR),
    "api:round_reopen": Rule(None, EDITOR),
    "api:standing": Rule(READER),
    "api:voices": Rule(READER),
    "api:needs": Rule(READER),
    "api:self_assessments": Rule(READER),
    "api:team_result": Rule(READER),
    "api:answers": Rule(READER),
    "api:answer": Rule(READER, EDITOR),
    "api:evidence": Rule(READER, EDITOR),
    "api:file": Rule(READER),
    "api:tasks": Rule(READER, EDITOR),
    "api:task": Rule(READER, EDITOR),
    "api:task_done": Rule(None, EDITOR),
    "api:task_reopen": Rule(None, EDITOR),
    # sign-in (django-allauth)
    "account_login": Rule(ANYONE, ANYONE),
    "mfa_authenticate": Rule(ANYONE, ANYONE),  # after the password
    "people:passkey_sign_in": Rule(None, ANYONE),
    "people:company": Rule(None, ANYONE),
    "people:company_back": Rule(ANYONE),
    "account_logout": Rule(PERSON, PERSON),
    "account_change_password": Rule(PERSON, PERSON),
    "account_reset_password": Rule(ANYONE, ANYONE),
    "account_reset_password_done": Rule(ANYONE),
    "account_reset_password_from_key": Rule(ANYONE, ANYONE),
    "account_reset_password_from_key_done": Rule(ANYONE),
    # route
    "route:home": Rule(READER),
    # readiness
    "readiness:rounds": Rule(READER),
    "readiness:start": Rule(None, EDITOR),
    "readiness:blank_form": Rule(READER),
    "readiness:round": Rule(READER),
    "readiness:save_texts": Rule(None, EDITOR),
    "readiness:close": Rule(None, EDITOR),
    "readiness:reopen": Rule(None, EDITOR),
    "readiness:history": Rule(READER),
    "readiness:compare": Rule(READER),
    "readiness:director": Rule(READER),
    "readiness:director_page": Rule(READER),
    "readiness:full_report": Rule(READER),
    "readiness:evidence": Rule(READER),
    "readiness:remove_evidence": Rule(None, EDITOR),
    "readiness:put_back_evidence": Rule(None, EDITOR),
    "readiness:condition": Rule(READER),
    "readiness:save_answer": Rule(None, EDITOR),
    "readiness:add_evidence": Rule(None, EDITOR),
    "readiness:make_task": Rule(None, EDITOR),
    "readiness:assessments": Rule(READER),
    "readiness:start_assessment": Rule(None, READER),  # one's own: readers too
    "readiness:type_in_assessment": Rule(READER, READER),
    "readiness:assessments_over_time": Rule(READER),
    "readiness:take_back_insight": Rule(None, EDITOR),
    "readiness:statements_form": Rule(READER),
    "readiness:guest_assessment": Rule(ANYONE, ANYONE),  # opened by the link
    "readiness:from_assessment": Rule(READER),
    "readiness:start_team": Rule(None, EDITOR),
    "readiness:teams_over_time": Rule(READER),
    "readiness:team": Rule(READER),
    "readiness:join_team": Rule(None, READER),
    "readiness:hand_in": Rule(None, READER),
    "readiness:ask_to_join": Rule(None, EDITOR),
    "readiness:type_in_team": Rule(EDITOR, EDITOR),
    "readiness:close_team": Rule(None, EDITOR),
    "readiness:team_task": Rule(None, EDITOR),
    "readiness:team_paper": Rule(READER),
    "readiness:assessment": Rule(READER),
    "readiness:finish_assessment": Rule(None, READER),
    "readiness:share_assessment": Rule(None, READER),
    "readiness:assessment_task": Rule(None, EDITOR),
    "readiness:assessment_paper": Rule(READER),
    "readiness:statements": Rule(READER),
    "readiness:save_statements": Rule(None, READER),
    "readiness:instrument": Rule(READER),
    "readiness:save_instrument": Rule(None, EDITOR),
    "readiness:instrument_paper": Rule(READER),
    "readiness:blank_instrument": Rule(READER),
    "readiness:ask_signature": Rule(None, EDITOR),
    "readiness:remind_signer": Rule(None, EDITOR),
    "readiness:withdraw_signer": Rule(None, EDITOR),
    "readiness:sign": Rule(ANYONE, ANYONE),  # whoever holds the link
    "readiness:voice": Rule(ANYONE, ANYONE),
    "readiness:voices": Rule(READER),
    "readiness:ask": Rule(EDITOR, EDITOR),
    "readiness:remind": Rule(None, EDITOR),
    "readiness:withdraw_question": Rule(None, EDITOR),
    "readiness:voices_on": Rule(READER),
    # library
    "library:home": Rule(READER),
    "library:search": Rule(READER),
    "library:part": Rule(READER),
    "library:item": Rule(READER),
    "library:own": Rule(READER),
    "library:own_file": Rule(READER),
    "library:upload_own": Rule(None, EDITOR),
    "library:own_texts": Rule(EDITOR),
    "library:reword": Rule(EDITOR, EDITOR),
    "library:add_own": Rule(EDITOR, EDITOR),
    "library:change_own": Rule(EDITOR, EDITOR),
    "library:take_back_own": Rule(None, EDITOR),
    "library:put_back_own": Rule(None, EDITOR),
    # tasks
    "tasks:tasks": Rule(READER),
    "tasks:workbook": Rule(READER),
    "tasks:new": Rule(EDITOR, EDITOR),
    "tasks:calendar": Rule(READER, READER),
    "tasks:calendar_feed": Rule(ANYONE),
    "tasks:task": Rule(READER),
    "tasks:change": Rule(None, EDITOR),
    "tasks:done": Rule(None, EDITOR),
    "tasks:reopen": Rule(None, EDITOR),
    "tasks:remove": Rule(None, EDITOR),
    "tasks:put_back": Rule(None, EDITOR),
    # workshops
    "workshops:workshops": Rule(READER),
    "workshops:kit": Rule(READER),
    "workshops:paper": Rule(READER),
    "tasks:hand_over": Rule(None, EDITOR),
    "tasks:mail_again": Rule(None, EDITOR),
    "tasks:proof": Rule(READER),
    "tasks:remove_proof": Rule(None, EDITOR),
    "tasks:put_back_proof": Rule(None, EDITOR),
    "tasks:guest": Rule(ANYONE, ANYONE),
    # coming in
    "people:first_run": Rule(ANYONE, ANYONE),
    "people:invitation": Rule(ANYONE, ANYONE),
    # your account
    "people:account": Rule(PERSON, PERSON),
    "people:choose_organisation": Rule(None, PERSON),
    "people:tokens": Rule(READER, READER),
    "people:withdraw_token": Rule(None, READER),
    "people:choose_reminders": Rule(None, PERSON),
    "people:close_account": Rule(PERSON, PERSON),
    "people:confirm": Rule(PERSON, PERSON),
    "people:security": Rule(PERSON),
    "people:add_app": Rule(PERSON, PERSON),
    "people:add_passkey": Rule(PERSON, PERSON),
    "people:remove_factor": Rule(None, PERSON),
    "people:recovery_codes": Rule(None, PERSON),
    "people:end_session": Rule(None, PERSON),
    "people:end_other_sessions": Rule(None, PERSON),
    # your organisation
    "people:organisation": Rule(READER),
    "people:change_organisation": Rule(None, OWNER),
    "people:logo": Rule(READER),
    "people:change_logo": Rule(None, OWNER),
    "people:remove_logo": Rule(None, OWNER),
    "people:invite": Rule(None, OWNER),
    "people:withdraw_invitation": Rule(None, OWNER),
    "people:change_role": Rule(None, OWNER),
    "people:let_leave": Rule(None, OWNER),
    "people:hand_over": Rule(None, OWNER),
    "people:leave": Rule(READER, READER),
    "people:end": Rule(OWNER, OWNER),
    "people:keep": Rule(None, OWNER),
}


def level_of(member: Member | None, *, is_signed_in: bool) -> Level:
    """The level of whoever asks."""
    if member is None:
        return PERSON if is_signed_in else ANYONE
    return {Role.OWNER: OWNER, Role.EDITOR: EDITOR, Role.READER: READER}[Role(member.role)]
