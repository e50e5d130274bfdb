"""Everything that changes people, organisations, invitations, history and the outbox."""

from samenspraak.people.actions.changing import (
    Account,
    LastOwner,
    Settings,
    change_account,
    change_logo,
    change_organisation,
    change_role,
    choose_language,
    let_leave,
)
from samenspraak.people.actions.fictional import Figure, start_fictional
from samenspraak.people.actions.hosting import (
    AskedGuest,
    GuestDraft,
    GuestLetter,
    ask_guest,
    mark_answered,
    remind_guest,
    withdraw_guest,
)
from samenspraak.people.actions.inviting import Asked, invite, withdraw_invitation
from samenspraak.people.actions.joining import (
    AccountExists,
    LinkEnded,
    Newcomer,
    NotYours,
    join_as_newcomer,
    join_with_account,
)
from samenspraak.people.actions.recording import Change, record
from samenspraak.people.actions.sending import (
    Letter,
    cancel_mail,
    queue_mail,
    send_mail,
    send_new_password_link,
    send_overdue_mail,
    write_letter,
)
from samenspraak.people.actions.starting import (
    AlreadyStarted,
    CodeRefused,
    FirstRun,
    make_first_run_code,
    start_organisation,
)

__all__ = [
    "Account",
    "AccountExists",
    "AlreadyStarted",
    "Asked",
    "AskedGuest",
    "Change",
    "CodeRefused",
    "Figure",
    "FirstRun",
    "GuestDraft",
    "GuestLetter",
    "LastOwner",
    "Letter",
    "LinkEnded",
    "Newcomer",
    "NotYours",
    "Settings",
    "ask_guest",
    "cancel_mail",
    "change_account",
    "change_logo",
    "change_organisation",
    "change_role",
    "choose_language",
    "invite",
    "join_as_newcomer",
    "join_with_account",
    "let_leave",
    "make_first_run_code",
    "mark_answered",
    "queue_mail",
    "record",
    "remind_guest",
    "send_mail",
    "send_new_password_link",
    "send_overdue_mail",
    "start_fictional",
    "start_organisation",
    "withdraw_guest",
    "withdraw_invitation",
    "write_letter",
]
