"""What the tests of this room share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from samenspraak.people.models import Member
from samenspraak.site.environment import MailServer
from tests.factories import make_member, make_organisation, make_person
from tests.people.post_office import PostOffice


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    """No attempts of an earlier test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def work() -> Callable[[], int]:
    """Do what a background worker would do now, in the transaction of the test, and say how many tasks that were."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    def run() -> int:
        worker = Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="test",
            excluded_queue_names=[],
        )
        done = 0
        while (task := DBTaskResult.objects.ready().first()) is not None:
            worker.run_task(task)
            assert task.status == "SUCCESSFUL", task.traceback
            done += 1
        return done

    return run


@pytest.fixture
def with_mail_server(settings) -> None:
    """A mail server has been set. Nothing listens there."""
    server = MailServer(host="127.0.0.1", port=9, user="", password="", security="none")
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, mail=server)


@pytest.fixture
def owner() -> Member:
    """Sanne, who owns Noorderlicht."""
    person = make_person("Sanne de Wit", email="sanne@example.org")
    return make_member(organisation=make_organisation("Noorderlicht"), person=person, function="duurzaamheid")


@pytest.fixture
def use(settings: Any) -> Callable[..., None]:
    """Set the mail server of this installation."""

    def choose(port: int, security: Any = "none") -> None:
        server = MailServer(host="127.0.0.1", port=port, user="", password="", security=security)
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, mail=server)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = security == "starttls", security == "tls"

    return choose


@pytest.fixture
def office(use: Callable[..., None]) -> Iterator[PostOffice]:
    with PostOffice() as opened:
        use(opened.port)
        yield opened


class Clock:
    """The time as the code reads it."""

    def __init__(self) -> None:
        self.now = timezone.now()

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(timezone, "now", made)
    return made
