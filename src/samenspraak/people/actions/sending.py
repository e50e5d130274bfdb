"""The outbox: mail is written in the transaction of what it tells about, and sent by a worker afterwards.

A mail goes out once. Whoever sends it first takes it with a conditional update, so that two workers or a task that
runs twice never send it double; a mail server that is away only delays it, for at most seven days.

One window cannot be closed: when the mail server has accepted a mail and this process is killed before it can write
that down, the mail is tried again after ``LEASE``. Both copies carry the id of the row as their Message-ID, by which
mailboxes recognise the second as the same.
"""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any, NamedTuple

from allauth.account.forms import ResetPasswordForm
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from samenspraak.people.models import Mail, Organisation
from samenspraak.people.queries import mail_is_configured

LEASE = timedelta(minutes=10)
LONGEST_DELAY = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=7)
OVERDUE = timedelta(minutes=1)
MOST_AT_ONCE = 500


class Letter(NamedTuple):
    """What a mail says and to whom. ``key`` names what it is about: for one key at most one mail ever goes out."""

    kind: str
    key: str
    to: str
    language: str
    subject: str
    text: str


def write_letter(prefix: str, key: str, to: str, language: str, context: dict[str, Any]) -> Letter:
    """A letter in the language of the reader from ``<prefix>_subject.txt`` and ``<prefix>_message.txt``."""
    with translation.override(language):
        subject = render_to_string(f"{prefix}_subject.txt", context).strip()
        text = render_to_string(f"{prefix}_message.txt", context).strip() + "\n"
    return Letter(prefix.rpartition("/")[2], key, to, language, subject, text)


def queue_mail(letter: Letter, organisation: Organisation | None = None) -> Mail:
    """Put a letter in the outbox, once per key; call it inside the transaction of what the mail tells about."""
    if any(c in letter.subject + letter.to for c in "\r\n\0"):
        raise ValueError("A line end has no place in the head of a mail.")
    with transaction.atomic():
        mail, is_new = Mail.objects.get_or_create(
            key=letter.key, defaults={**letter._asdict(), "organisation": organisation, "try_at": timezone.now()}
        )
        if is_new:
            send_mail.enqueue(str(mail.pk))
    return mail


@task
def send_mail(mail_id: str) -> None:
    """Send a mail that is due, or keep it for later; does nothing when it has gone or somebody else is sending it."""
    if not mail_is_configured():
        return
    mail = _take(mail_id)
    if mail is None:
        return
    if mail.created_at < timezone.now() - GIVE_UP_AFTER:
        _give_up(mail, mail.problem or "too old")
        return
    try:
        with get_connection() as connection:
            connection.send_messages([_message(mail)])
            Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), text="", problem="")
    except SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()))
        if code >= 500:
            _give_up(mail, _readable(code, reason))
        else:
            _try_again(mail, _readable(code, reason))
    except SMTPResponseException as error:
        _try_again(mail, _readable(error.smtp_code, error.smtp_error))
    except (SMTPException, OSError) as error:
        _try_again(mail, f"{type(error).__name__}: {error}")


def _take(mail_id: str) -> Mail | None:
    """Take a mail that is due, for ``LEASE``; None when another worker has it or it need not go any more."""
    now = timezone.now()
    due = Mail.objects.filter(pk=mail_id, sent_at=None, given_up_at=None, try_at__lte=now)
    if not due.update(try_at=now + LEASE, tries=F("tries") + 1):
        return None
    return Mail.objects.get(pk=mail_id)


def _message(mail: Mail) -> EmailMessage:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    headers = {
        "Message-ID": f"<{mail.pk}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
    }
    return EmailMessage(mail.subject, mail.text, to=[mail.to], headers=headers)


def _readable(code: int, reason: bytes | str) -> str:
    return f"{code} {reason.decode('utf-8', 'replace') if isinstance(reason, bytes) else reason}"


def _try_again(mail: Mail, problem: str) -> None:
    """Later: after 1, 2, 4 … minutes, at most six hours; in the end not at all."""
    delay = min(timedelta(minutes=2 ** min(mail.tries - 1, 12)), LONGEST_DELAY)
    try_at = timezone.now() + delay
    if try_at > mail.created_at + GIVE_UP_AFTER:
        _give_up(mail, problem)
        return
    with transaction.atomic():
        Mail.objects.filter(pk=mail.pk, sent_at=None).update(try_at=try_at, problem=problem[:300])
        send_mail.using(run_after=try_at).enqueue(str(mail.pk))


def _give_up(mail: Mail, problem: str) -> None:
    Mail.objects.filter(pk=mail.pk, sent_at=None).update(given_up_at=timezone.now(), text="", problem=problem[:300])


def cancel_mail(mail: Mail | None) -> None:
    """Keep a mail that still waits from going out, because what it says is not true any more."""
    if mail is not None:
        waiting = Mail.objects.filter(pk=mail.pk, sent_at=None, given_up_at=None)
        waiting.update(given_up_at=timezone.now(), text="", problem="cancelled")


def send_overdue_mail() -> int:
    """Give mail that should have gone by now to the workers again, and say how many.

    For the start of a server and its clock: mail that waited for a mail server to be set, and mail whose worker died.
    """
    if not mail_is_configured():
        return 0
    overdue = Mail.objects.filter(sent_at=None, given_up_at=None, try_at__lt=timezone.now() - OVERDUE)
    found = list(overdue.order_by("try_at").values_list("pk", flat=True)[:MOST_AT_ONCE])
    for mail_id in found:
        send_mail.enqueue(str(mail_id))
    return len(found)


@task
def send_new_password_link(email: str) -> None:
    """Mail a link for a new password where somebody has this address; looked up here, so no answer's time tells."""
    form = ResetPasswordForm({"email": email})
    if form.is_valid():
        form.save(None)
