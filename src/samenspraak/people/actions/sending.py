"""The outbox: mail is written in the transaction of what it tells about, and sent by a worker afterwards.

A mail goes out once. Whoever sends it first takes it with a conditional update, so that two workers or a task that
runs twice never send it double; a mail server that is away only delays it, for at most seven days.

One window cannot be closed: when the mail server has accepted a mail and this process is killed before it can write
that down, the mail is tried again after ``LEASE``. Both copies carry the id of the row as their Message-ID, by which
mailboxes recognise the second as the same.

What a mail says is wiped when it has gone, and after ``FORGET_AFTER`` to whom it went; the row stays for a year, so that
its key keeps being used up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any, NamedTuple
from uuid import UUID

from allauth.account.forms import ResetPasswordForm
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F, Q
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation
from django_tasks import task

from samenspraak.people.models import Mail, Organisation
from samenspraak.people.queries import mail_is_configured

LEASE = timedelta(minutes=10)
LONGEST_DELAY = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=7)
OVERDUE = timedelta(minutes=1)
MOST_AT_ONCE = 500
AT_A_TIME = 50
FORGET_AFTER = timedelta(days=30)
GONE_AFTER = timedelta(days=400)


class Letter(NamedTuple):
    """What a mail says and to whom. ``key`` names what it is about: for one key at most one mail ever goes out.

    ``html`` says the same as ``text``, for mail programs that show it.
    """

    kind: str
    key: str
    to: str
    language: str
    subject: str
    text: str
    html: str = ""


def write_letter(prefix: str, key: str, to: str, language: str, context: dict[str, Any]) -> Letter:
    """A letter in the language of the reader from ``<prefix>_subject.txt``, ``…_message.txt`` and ``…_message.html``.

    Without the last one the HTML is made of the text: its paragraphs, with what is an address made a link.
    """
    with translation.override(language):
        subject = render_to_string(f"{prefix}_subject.txt", context).strip()
        text = re.sub(r"\n{3,}", "\n\n", render_to_string(f"{prefix}_message.txt", context).strip()) + "\n"
        html = _as_html(f"{prefix}_message.html", text, {**context, "subject": subject, "language": language})
    return Letter(prefix.rpartition("/")[2], key, to, language, subject, text, html)


def _as_html(name: str, text: str, context: dict[str, Any]) -> str:
    try:
        template = get_template(name, using="jinja2")
    except TemplateDoesNotExist:
        template = get_template("ui/mail/plain.html", using="jinja2")
        paragraphs = [p.strip().split("\n") for p in text.split("\n\n") if p.strip()]
        return str(template.render({**context, "paragraphs": paragraphs}))
    return str(template.render(context))


def queue_mail(letter: Letter, organisation: Organisation | None = None) -> Mail:
    """Put a letter in the outbox, once per key; call it inside the transaction of what the mail tells about."""
    _check_head(letter)
    with transaction.atomic():
        mail, is_new = Mail.objects.get_or_create(
            key=letter.key, defaults={**letter._asdict(), "organisation": organisation, "try_at": timezone.now()}
        )
        if is_new:
            send_mail.enqueue(str(mail.pk))
    return mail


def _check_head(letter: Letter) -> None:
    if any(c in letter.subject + letter.to for c in "\r\n\0"):
        raise ValueError("A line end has no place in the head of a mail.")


@transaction.atomic
def queue_mails(letters: Sequence[tuple[Letter, Organisation]]) -> None:
    """Put many letters in the outbox, once per key each, with a handful of queries however many there are."""
    now, fresh = timezone.now(), []
    for letter, organisation in letters:
        _check_head(letter)
        fresh.append(Mail(**letter._asdict(), organisation=organisation, try_at=now))
    for start in range(0, len(fresh), AT_A_TIME):
        some = fresh[start : start + AT_A_TIME]
        Mail.objects.bulk_create(some, ignore_conflicts=True)  # a key that was used stays used
        send_mails.enqueue([str(mail.pk) for mail in some])


@task
def send_mails(mail_ids: list[str]) -> None:
    """Send these one after another. Whatever is left when this process dies is overdue, and goes out then."""
    for mail_id in mail_ids:
        send_mail.call(mail_id)


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
            Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), text="", html="", problem="")
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


def _message(mail: Mail) -> EmailMultiAlternatives:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    headers = {
        "Message-ID": f"<{mail.pk}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
    }
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


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
    Mail.objects.filter(pk=mail.pk, sent_at=None).update(
        given_up_at=timezone.now(), text="", html="", problem=problem[:300]
    )


def cancel_mail(mail: Mail | None) -> None:
    """Keep a mail that still waits from going out, because what it says is not true any more."""
    if mail is not None:
        waiting = Mail.objects.filter(pk=mail.pk, sent_at=None, given_up_at=None)
        waiting.update(given_up_at=timezone.now(), text="", html="", problem="cancelled")


def cancel_mails(ids: Sequence[UUID]) -> None:
    """The same for many mails at once."""
    waiting = Mail.objects.filter(pk__in=list(ids), sent_at=None, given_up_at=None)
    waiting.update(given_up_at=timezone.now(), text="", html="", problem="cancelled")


def cancel_waiting_mail(organisation_id: UUID, to: str) -> None:
    """Keep everything that waits for one address from going out: whoever reads it has no part in it any more."""
    waiting = Mail.objects.filter(organisation_id=organisation_id, to=to, sent_at=None, given_up_at=None)
    waiting.update(given_up_at=timezone.now(), text="", html="", problem="cancelled")


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


def forget_mail() -> None:
    """Forget to whom mail went a month ago, and after a year that it went."""
    now = timezone.now()
    finished = Mail.objects.filter(Q(sent_at__isnull=False) | Q(given_up_at__isnull=False))
    finished.filter(created_at__lt=now - GONE_AFTER).delete()
    finished.filter(created_at__lt=now - FORGET_AFTER).exclude(to="").update(to="", problem="")


@task
def send_new_password_link(email: str) -> None:
    """Mail a link for a new password where somebody has this address; looked up here, so no answer's time tells."""
    form = ResetPasswordForm({"email": email})
    if form.is_valid():
        form.save(None)
