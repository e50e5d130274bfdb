"""Everything that changes tasks, and the mail that reminds of them."""

from samenspraak.tasks.actions.doing import (
    Origin,
    StaleVersion,
    TaskDraft,
    add_task,
    change_task,
    finish_task,
    follow,
    hand_on,
    let_go,
    make_calendar_key,
    put_back_task,
    remove_task,
    reopen_task,
)
from samenspraak.tasks.actions.handing import (
    Colleague,
    finish_by_link,
    hand_over,
    mail_again,
    open_link,
)
from samenspraak.tasks.actions.proving import Given, put_back_proof, remove_proof
from samenspraak.tasks.actions.reminding import send_reminders

__all__ = [
    "Colleague",
    "Given",
    "Origin",
    "StaleVersion",
    "TaskDraft",
    "add_task",
    "change_task",
    "finish_by_link",
    "finish_task",
    "follow",
    "hand_on",
    "hand_over",
    "let_go",
    "mail_again",
    "make_calendar_key",
    "open_link",
    "put_back_proof",
    "put_back_task",
    "remove_proof",
    "remove_task",
    "reopen_task",
    "send_reminders",
]
