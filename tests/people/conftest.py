"""What the tests of this room share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.core.cache import cache

from samenspraak.people.models import Member
from samenspraak.site.environment import MailServer
from tests.factories import make_member, make_organisation, make_person


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
