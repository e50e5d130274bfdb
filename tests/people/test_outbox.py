"""The outbox, against a real mail server on a real socket."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from samenspraak.people import actions
from samenspraak.people.actions.sending import LEASE
from samenspraak.people.models import Mail, Role
from tests.factories import make_member, make_organisation
from tests.people.conftest import Clock
from tests.people.parallel import all_at_once
from tests.people.post_office import PostOffice, free_port, text_in

pytestmark = pytest.mark.django_db
Work = Callable[[], int]
DAY = timedelta(days=1)


def letter(key: str = "key", **fields: str) -> actions.Letter:
    given = {"to": "bram@example.org", "subject": "Een vraag", "text": "Hallo Bram,\n\nwil je meedenken?\n", **fields}
    return actions.Letter(kind="question", key=key, language="nl", **given)


def test_a_mail_goes_out_once_as_plain_text_with_its_own_id(office: PostOffice, work: Work) -> None:
    mail = actions.queue_mail(letter(text="Hallo Bram – ça va? 你好\n" + "lang " * 300))

    work()

    received = office.letters[0]
    assert len(office.letters) == 1
    assert (received["To"], received["Subject"], received["From"]) == (
        "bram@example.org",
        "Een vraag",
        "samenspraak@localhost",
    )
    assert received["Message-ID"] == f"<{mail.pk}@localhost>"
    assert (received["Auto-Submitted"], received["Content-Language"]) == ("auto-generated", "nl")
    assert (received.get_content_type(), received.get_content_charset()) == ("text/plain", "utf-8")
    assert received.get_content().splitlines()[0] == "Hallo Bram – ça va? 你好"


def test_what_a_mail_said_is_wiped_once_it_has_gone(office: PostOffice, work: Work) -> None:
    mail = actions.queue_mail(letter())

    work()

    mail.refresh_from_db()
    assert (mail.sent_at is None, mail.text, mail.tries) == (False, "", 1)


def test_one_key_is_one_mail(office: PostOffice, work: Work) -> None:
    first, second = actions.queue_mail(letter()), actions.queue_mail(letter())
    other = actions.queue_mail(letter("another"))

    done = work()

    assert (first.pk == second.pk, first.pk == other.pk) == (True, False)
    assert (done, len(office.letters)) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_what_did_not_happen_is_not_told() -> None:
    with transaction.atomic():
        actions.queue_mail(letter())
        transaction.set_rollback(True)

    assert (Mail.objects.count(), DBTaskResult.objects.count()) == (0, 0)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\0"])
@pytest.mark.parametrize("field", ["subject", "to"])
def test_a_line_end_in_the_head_of_a_mail_is_refused(field: str, end: str) -> None:
    with pytest.raises(ValueError, match="head of a mail"):
        actions.queue_mail(letter(**{field: f"x@example.org{end}Bcc: evil@example.org"}))

    assert Mail.objects.count() == 0


def test_a_name_with_a_line_end_puts_nothing_in_the_head(office: PostOffice, work: Work) -> None:
    owner = make_member(organisation=make_organisation("Noord\r\nBcc: evil@example.org"))

    actions.invite(owner, "bram@example.org", Role.READER, uuid4())
    work()

    assert (office.letters[0]["Bcc"], office.letters[0]["Subject"]) == (None, "Uitnodiging voor Samenspraak")


def test_a_task_that_runs_twice_sends_once(office: PostOffice, work: Work) -> None:
    mail = actions.queue_mail(letter())
    actions.send_mail.enqueue(str(mail.pk))
    actions.send_mail.enqueue(str(mail.pk))

    done = work()

    assert (done, len(office.letters)) == (3, 1)


def test_a_task_for_a_mail_that_is_gone_does_nothing(office: PostOffice, work: Work) -> None:
    actions.send_mail.enqueue(str(uuid4()))

    assert (work(), office.letters) == (1, [])


@pytest.mark.django_db(transaction=True)
def test_ten_workers_at_once_send_once(office: PostOffice) -> None:
    mails = [actions.queue_mail(letter(str(n))) for n in range(3)]

    def send_all(_worker: int) -> None:
        for mail in mails:
            actions.send_mail.call(str(mail.pk))

    all_at_once(10, send_all)

    assert sorted(m["Message-ID"] for m in office.letters) == sorted(f"<{m.pk}@localhost>" for m in mails)


def test_a_server_that_is_away_only_delays(use: Callable[..., None], work: Work, clock: Clock) -> None:
    port = free_port()
    use(port)
    mail = actions.queue_mail(letter())
    work()
    mail.refresh_from_db()
    down = (mail.sent_at, mail.problem[:22], mail.try_at - clock.now)

    with PostOffice(port) as office:
        early = work()
        clock.forward(timedelta(minutes=1))
        late = work()

    assert down == (None, "ConnectionRefusedError", timedelta(minutes=1))
    assert (early, late, len(office.letters)) == (0, 1, 1)
    mail.refresh_from_db()
    assert (mail.sent_at, mail.tries, mail.problem) == (clock.now, 2, "")


def test_the_delay_grows_and_after_seven_days_it_ends(use: Callable[..., None], work: Work, clock: Clock) -> None:
    use(free_port())
    started = clock.now
    mail = actions.queue_mail(letter())
    delays = []

    while mail.given_up_at is None:
        work()
        mail.refresh_from_db()
        delays.append(int((mail.try_at - clock.now) / timedelta(minutes=1)))
        clock.now = max(mail.try_at, clock.now)

    assert delays[:10] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360]
    assert mail.tries == 36
    assert timedelta(days=6, hours=18) < mail.given_up_at - started < timedelta(days=7)
    assert (mail.text, mail.problem[:22]) == ("", "ConnectionRefusedError")
    clock.forward(DAY)
    assert work() == 0


def test_an_address_the_server_refuses_is_given_up_at_once(office: PostOffice, work: Work) -> None:
    office.refusals["bram@example.org"] = "550 5.1.1 No such user here"
    mail = actions.queue_mail(letter())

    work()

    mail.refresh_from_db()
    assert (mail.given_up_at is None, mail.problem, mail.text) == (False, "550 5.1.1 No such user here", "")


def test_an_address_the_server_wants_to_think_about_is_tried_again(
    office: PostOffice, work: Work, clock: Clock
) -> None:
    office.refusals["bram@example.org"] = "451 4.7.1 Greylisted"
    mail = actions.queue_mail(letter())

    work()
    office.refusals.clear()
    clock.forward(timedelta(minutes=1))
    work()

    mail.refresh_from_db()
    assert (mail.tries, mail.given_up_at, len(office.letters)) == (2, None, 1)


def test_a_mail_the_server_does_not_want_now_is_tried_again(office: PostOffice, work: Work, clock: Clock) -> None:
    office.refusals["DATA"] = "554 5.7.1 Looks odd today"
    mail = actions.queue_mail(letter())

    work()

    mail.refresh_from_db()
    assert (mail.given_up_at, mail.problem) == (None, "554 5.7.1 Looks odd today")


def test_without_a_mail_server_mail_waits_and_goes_when_there_is_one(work: Work, use: Callable[..., None]) -> None:
    mail = actions.queue_mail(letter())
    work()
    nothing = actions.send_overdue_mail()
    Mail.objects.update(try_at=timezone.now() - timedelta(hours=1))

    with PostOffice() as office:
        use(office.port)
        given = actions.send_overdue_mail()
        work()

    mail.refresh_from_db()
    assert (nothing, given, len(office.letters), mail.tries) == (0, 1, 1, 1)


def test_mail_of_more_than_a_week_ago_is_not_sent_any_more(work: Work, use: Callable[..., None], clock: Clock) -> None:
    mail = actions.queue_mail(letter())
    work()
    clock.forward(8 * DAY)

    with PostOffice() as office:
        use(office.port)
        actions.send_overdue_mail()
        work()

    mail.refresh_from_db()
    assert (office.letters, mail.given_up_at, mail.problem) == ([], clock.now, "too old")


def test_mail_that_is_on_time_is_not_given_out_again(office: PostOffice) -> None:
    actions.queue_mail(letter())

    assert actions.send_overdue_mail() == 0


def test_a_mail_whose_worker_died_goes_out_after_its_lease(office: PostOffice, work: Work, clock: Clock) -> None:
    """Killed after taking the mail: the row looks like this, and the task is given back by whoever starts next."""
    mail = actions.queue_mail(letter())
    Mail.objects.update(try_at=clock.now + LEASE, tries=1)

    at_once = (work(), len(office.letters))
    clock.forward(LEASE + timedelta(minutes=2))
    given = actions.send_overdue_mail()
    work()

    assert (at_once, given, len(office.letters)) == ((1, 0), 1, 1)
    mail.refresh_from_db()
    assert mail.tries == 2


def test_the_one_window_sends_twice_with_the_same_id(office: PostOffice, work: Work, clock: Clock) -> None:
    """Killed after the server accepted the mail, before that was written down: what the outbox cannot know."""
    mail = actions.queue_mail(letter())
    work()
    Mail.objects.update(sent_at=None, text="Hallo Bram,\n", try_at=clock.now + LEASE)

    clock.forward(LEASE + timedelta(minutes=2))
    actions.send_overdue_mail()
    work()

    assert [m["Message-ID"] for m in office.letters] == [f"<{mail.pk}@localhost>"] * 2


def test_a_mail_that_went_meanwhile_is_not_taken_back(office: PostOffice) -> None:
    mail = actions.queue_mail(letter())
    actions.send_mail.call(str(mail.pk))

    actions.cancel_mail(mail)
    actions.cancel_mail(None)

    mail.refresh_from_db()
    assert (mail.given_up_at, mail.problem) == (None, "")


def test_a_server_without_the_protection_that_was_set_gets_nothing(
    office: PostOffice, use: Callable[..., None], work: Work
) -> None:
    use(office.port, "starttls")
    mail = actions.queue_mail(letter())

    work()

    mail.refresh_from_db()
    assert (office.letters, mail.sent_at, mail.problem[:21]) == ([], None, "SMTPNotSupportedError")


@pytest.fixture
def unknown_certificate(tmp_path: Path) -> ssl.SSLContext:
    if not shutil.which("openssl"):
        pytest.skip("openssl makes the certificate for this test")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=127.0.0.1"
    subprocess.run([*make.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def test_a_server_whose_certificate_nobody_knows_gets_nothing(
    unknown_certificate: ssl.SSLContext, use: Callable[..., None], work: Work
) -> None:
    with PostOffice(tls=unknown_certificate) as office:
        use(office.port, "starttls")
        mail = actions.queue_mail(letter())
        work()

    mail.refresh_from_db()
    assert (office.letters, mail.sent_at, mail.problem[:23]) == ([], None, "SSLCertVerificationErro")


def test_an_invitation_goes_to_whom_its_own_organisation_asked(office: PostOffice, work: Work) -> None:
    north, south = make_member(organisation=make_organisation("Noord")), make_member()

    actions.invite(north, "bram@example.org", Role.READER, uuid4())
    actions.invite(south, "noor@example.org", Role.READER, uuid4())
    work()

    by_address = {m["To"]: "Noord" in text_in(m) for m in office.letters}
    kept = {mail.to: mail.organisation for mail in Mail.objects.select_related("organisation")}
    assert by_address == {"bram@example.org": True, "noor@example.org": False}
    assert kept == {"bram@example.org": north.organisation, "noor@example.org": south.organisation}


def test_a_link_in_a_mail_opens_the_invitation(office: PostOffice, work: Work, client: Any) -> None:
    actions.invite(make_member(), "bram@example.org", Role.READER, uuid4())
    work()

    link = next(line for line in text_in(office.letters[0]).splitlines() if line.startswith("http"))

    assert client.get(link.removeprefix("http://localhost:8000")).status_code == 200
