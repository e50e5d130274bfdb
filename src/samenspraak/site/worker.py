"""Work in the background: tasks from the database, and a small clock for what is due again and again.

django-tasks-db brings the worker; it runs here in a thread of the server, or on its own with ``samenspraak worker``.
A task whose process died is given back and runs again, so tasks must bear to run twice.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import IO, NamedTuple

from django.core.management import call_command
from django.db import close_old_connections, connection, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from samenspraak.people.actions import delete_ended_organisations, forget_mail, send_overdue_mail
from samenspraak.people.sessions import SessionStore
from samenspraak.site.locks import WORKER_LOCK, take_lock
from samenspraak.tasks.actions import send_reminders

logger = logging.getLogger(__name__)

HEARTBEAT = "worker.alive"
BEAT_EVERY = 10.0


class Due(NamedTuple):
    """Something the clock does every so many seconds. It must bear to run twice at once."""

    name: str
    every: float
    work: Callable[[], object]


def prune_tasks() -> None:
    """Forget tasks that were done two weeks ago."""
    call_command("prune_db_task_results", verbosity=0)


def prune_sessions() -> None:
    """Forget sessions that ran out."""
    SessionStore.clear_expired()


DUE: tuple[Due, ...] = (
    Due("overdue mail", 60, send_overdue_mail),
    Due("reminders", 300, send_reminders),
    Due("forget mail", 3600, forget_mail),
    Due("prune tasks", 3600, prune_tasks),
    Due("prune sessions", 3600, prune_sessions),
    Due("organisations that end", 600, delete_ended_organisations),
)


class Background:
    """The worker and the clock of one process, in one thread."""

    def __init__(self, data: Path, *, interval: float = 1.0, due: tuple[Due, ...] = DUE) -> None:
        self.data, self.interval, self.due = data, interval, due
        self.stopping = threading.Event()
        self.next = {item.name: time.monotonic() + min(60.0, item.every) for item in due}
        self.beaten = 0.0
        self.lock: IO[bytes] | None = None
        self.worker = Worker(
            queue_names=["default"],
            interval=interval,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{time.time_ns():x}",
            excluded_queue_names=[],
        )
        self.thread = threading.Thread(target=self.run, name="worker", daemon=True)

    def stop(self, within: float | None = None) -> None:
        """Finish the task that runs, then end."""
        self.stopping.set()
        self.worker.running = False
        if self.thread.is_alive():
            self.thread.join(within)

    def run(self) -> None:
        """Until stopped: beat, look at the clock, do what waits. A problem is written down and tried again."""
        pause = self.interval
        while not self.stopping.wait(pause):
            try:
                self.turn()
                pause = self.interval
            except Exception:
                logger.exception("The worker had a problem and tries again later")
                pause = 10 * self.interval
            finally:
                close_old_connections()
        if self.lock:
            self.lock.close()
        connections.close_all()

    def turn(self) -> None:
        """One round."""
        if not self.is_alone():
            return
        now = time.monotonic()
        if now - self.beaten >= BEAT_EVERY:
            self.beaten = now
            (self.data / HEARTBEAT).touch(mode=0o600)
        for item in self.due:
            if now >= self.next[item.name]:
                self.next[item.name] = now + item.every
                self.do(item)
        if DBTaskResult.objects.ready().exists():
            self.worker.run()

    def do(self, item: Due) -> None:
        """Do what is due; when it fails, the rest goes on and it comes round again."""
        try:
            item.work()
        except Exception:
            logger.exception("%s did not work", item.name.capitalize())

    def is_alone(self) -> bool:
        """Whether this is the worker of its data folder; the first time, takes up what a dead one left behind."""
        if self.lock:
            return True
        self.lock = take_lock(self.data / WORKER_LOCK)
        if self.lock is None:
            return False
        give_back()
        return True


def give_back() -> int:
    """Tasks that nobody works on any more wait again. On PostgreSQL others may be working: those of an hour ago."""
    stuck = DBTaskResult.objects.running()
    if connection.vendor == "postgresql":
        stuck = stuck.filter(started_at__lt=timezone.now() - timedelta(hours=1))
    return stuck.update(status="READY")
