from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from samenspraak.site.worker import HEARTBEAT, Background, Due, give_back

pytestmark = pytest.mark.django_db(transaction=True)
done: list[str] = []


@task
def note(text: str) -> None:
    done.append(text)


@task
def fail() -> None:
    raise ValueError("on purpose")


@pytest.fixture
def background(tmp_path: Path) -> Iterator[Callable[..., Background]]:
    """Makes workers on one folder and stops them at the end."""
    made: list[Background] = []
    done.clear()

    def make(*due: Due) -> Background:
        made.append(Background(tmp_path, interval=0.01, due=due))
        return made[-1]

    yield make
    for one in made:
        one.stop(10)
        if one.lock:
            one.lock.close()


def wait_until(what: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not what():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_work_is_done_in_the_background_until_it_is_stopped(background: Callable[..., Background]) -> None:
    worker = background()
    worker.thread.start()

    note.enqueue("first")
    wait_until(lambda: done == ["first"])
    fail.enqueue()
    note.enqueue("second")
    wait_until(lambda: done == ["first", "second"])
    worker.stop(10)

    statuses = sorted(DBTaskResult.objects.values_list("status", flat=True))
    assert (statuses, worker.thread.is_alive()) == (["FAILED", "SUCCESSFUL", "SUCCESSFUL"], False)


def test_clock_does_what_is_due_again_and_again_and_the_rest_not_yet(background: Callable[..., Background]) -> None:
    rung = threading.Semaphore(0)
    worker = background(Due("often", 0.01, rung.release), Due("hourly", 3600, lambda: done.append("too early")))

    worker.thread.start()

    assert [rung.acquire(timeout=10) for _ in range(3)] == [True, True, True]
    assert done == []


def break_down() -> None:
    raise RuntimeError("no disk")


def test_what_fails_on_the_clock_is_written_down_and_holds_up_nothing(
    background: Callable[..., Background], caplog: pytest.LogCaptureFixture
) -> None:
    worker = background(Due("sweeping", 0.01, break_down))
    worker.thread.start()

    note.enqueue("still")
    wait_until(lambda: done == ["still"])

    assert {record.message for record in caplog.records} == {"Sweeping did not work"}


def test_worker_that_cannot_work_tries_again(
    background: Callable[..., Background], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    worker = background()
    worker.data = tmp_path / "away"
    worker.thread.start()
    wait_until(lambda: len(caplog.records) >= 2)

    worker.data = tmp_path
    note.enqueue("again")
    wait_until(lambda: done == ["again"])

    assert {record.message for record in caplog.records} == {"The worker had a problem and tries again later"}


def test_task_whose_process_died_is_done_after_all(background: Callable[..., Background]) -> None:
    left = note.enqueue("left behind")
    started = timezone.now() - timedelta(hours=2)
    DBTaskResult.objects.filter(id=left.id).update(status="RUNNING", started_at=started)

    background().turn()

    assert done == ["left behind"]


def test_task_that_another_process_may_be_doing_is_left_alone_on_postgresql() -> None:
    running = note.enqueue("by another")
    DBTaskResult.objects.filter(id=running.id).update(status="RUNNING", started_at=timezone.now())

    given_back = give_back()

    assert given_back == (0 if connection.vendor == "postgresql" else 1)


def test_one_worker_works_on_a_folder_and_the_next_takes_over(
    background: Callable[..., Background], tmp_path: Path
) -> None:
    first, second = background(), background()
    note.enqueue("first")
    first.turn()
    note.enqueue("second")
    second.turn()

    before = list(done)
    assert first.lock is not None
    first.lock.close()
    first.lock = None
    second.turn()

    assert (before, done, (tmp_path / HEARTBEAT).exists()) == (["first"], ["first", "second"], True)
