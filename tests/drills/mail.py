"""``samenspraak drill mail``: the mail server is down for a day; whatever was written meanwhile arrives once.

The real outbox against a real mail server on a real socket, which is not there, refuses, hangs up and comes back at
random, while two workers do their rounds and one is killed now and then. Only the clock is moved.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.drills.writing import report

MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
BACK_WITHIN = 96  # quarters after which nothing may wait any more: the longest pause is six hours


class Clock:
    """The time as the product reads it."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


class Post:
    """Organisations whose people have tasks, and a mail server that is there or not."""

    def __init__(self, people: int, clock: Clock, chance: random.Random, port: int) -> None:
        self.clock, self.chance, self.port = clock, chance, port
        self.got: list[str] = []
        self.make(people)

    def make(self, people: int) -> None:
        """Everybody has a task today and one on Thursday; every tenth is somebody without an account."""
        from samenspraak.tasks import actions
        from samenspraak.tasks.models import Task
        from tests.factories import make_member, make_organisation

        organisation = make_organisation("Noorderdraad")
        owner = make_member(organisation=organisation)
        for number in range(people):
            task = Task(organisation=organisation, title=f"Taak {number}", due_on=self.clock.now.date())
            if number % 10:
                task.owner = make_member(organisation=organisation)
            task.save()
            if not task.owner:
                email = f"gast{number}@example.org"
                colleague = actions.Colleague(name="Joke", email=email, language="nl", once=uuid4())
                actions.hand_over(owner, task, colleague)
        self.owner = owner

    def quarter(self) -> None:
        """A quarter of an hour of two workers, one of which may die with mail in its hands."""
        from samenspraak.people import actions as people
        from samenspraak.people.models import Mail, Role
        from samenspraak.tasks.actions import send_reminders

        if self.chance.random() < 0.2:
            people.invite(self.owner, f"{uuid4().hex}@example.org", Role.READER, uuid4())
        for _worker in range(2):
            send_reminders()
            people.send_overdue_mail()
            waiting = Mail.objects.filter(sent_at=None, given_up_at=None, try_at__lte=self.clock.now)
            for mail_id in list(waiting.values_list("pk", flat=True)):
                if self.chance.random() < 0.02:  # killed after taking the mail, before sending it
                    waiting.filter(pk=mail_id).update(try_at=self.clock.now + timedelta(minutes=10))
                    continue
                people.send_mail.call(str(mail_id))
        self.clock.now += QUARTER

    @contextmanager
    def open(self, mood: str) -> Iterator[None]:
        """The mail server for a while: fine, or refusing whatever comes."""
        from tests.people.post_office import PostOffice

        with PostOffice(self.port) as office:
            if mood == "busy":
                office.refusals["DATA"] = "451 4.3.2 Try again later"
            yield
            self.got += [letter["Message-ID"] for letter in office.letters]


def drill(people: int, chance: random.Random) -> tuple[int, Counter[str], int, int]:
    """A day without a mail server, with spells of one that refuses; then it is back. Mails, arrivals, left, told twice."""
    from django.utils import timezone

    from samenspraak.people.models import Mail
    from tests.people.post_office import free_port

    clock = Clock()
    timezone.now = clock  # type: ignore[assignment]
    port = free_port()
    point_at(port)
    post = Post(people, clock, chance, port)
    for _ in range(24 * 4 + 8):
        if chance.random() < 0.1:
            with post.open("busy"):
                post.quarter()
        else:
            post.quarter()
    with post.open("fine"):
        for _ in range(BACK_WITHIN):
            post.quarter()
    for mail in Mail.objects.filter(sent_at=None, given_up_at=None, created_at__gt=clock.now - QUARTER * 4):
        mail.delete()  # of the last hour: still on its way
    sent = Mail.objects.filter(sent_at__isnull=False)
    per_day = Counter(sent.filter(kind="reminder").values_list("to", "sent_at__date"))
    left = Mail.objects.filter(sent_at=None, given_up_at=None).count()
    return sent.count(), Counter(post.got), left, sum(number > 1 for number in per_day.values())


def point_at(port: int) -> None:
    """Send mail to this port of this machine."""
    from dataclasses import replace

    from django.conf import settings

    from samenspraak.site.environment import MailServer

    server = MailServer(host="127.0.0.1", port=port, user="", password="", security="none")
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, mail=server)
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False


def prepare(folder: str) -> None:
    """An empty installation of its own."""
    os.environ |= {"SAMENSPRAAK_MODE": "test", "SAMENSPRAAK_DATA": folder}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspraak.site.settings")
    import django
    from django.core.management import call_command

    from samenspraak.site.texts import compile_catalogue

    django.setup()
    compile_catalogue()
    call_command("migrate", verbosity=0)


def main(argv: list[str]) -> int:
    """Print what was lost, doubled and left; 1 when it is anything."""
    parser = argparse.ArgumentParser(prog="samenspraak drill mail")
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="samenspraak-drill-") as folder:
        prepare(folder)
        count, got, left, twice = drill(options.people, random.Random(options.seed))
        from django.db import connections

        connections.close_all()
    rest: dict[str, Any] = {"seed": options.seed, "n": count}
    doubled = sum(number > 1 for number in got.values())
    kept = [
        report("mail.lost", count - len(got), 0, **rest, note="mails that count as sent and never arrived"),
        report("mail.doubled", doubled, 0, **rest, note="mails that arrived more than once"),
        report("mail.left", left, 0, **rest, note="mails that still wait a day after the server came back"),
        report("mail.reminded_twice", twice, 0, **rest, note="people who got two reminders on one day"),
    ]
    return 0 if all(kept) and count > options.people else 1
