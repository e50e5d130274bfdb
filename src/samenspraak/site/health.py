"""How an installation is doing, for ``/healthz`` and ``doctor``. Looking changes nothing in the database."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Count, Min
from django.utils import timezone

from samenspraak.people.models import Mail
from samenspraak.site.backup import last_backup_at
from samenspraak.site.worker import HEARTBEAT


@dataclass(frozen=True)
class Health:
    """Ages are None when there is nothing to be old."""

    can_read: bool
    can_write: bool
    disk_free_mb: int | None
    mail_waiting: int | None
    oldest_mail_minutes: int | None
    backup_age_hours: int | None
    worker_age_seconds: int | None


def can_write_database() -> bool:
    """Whether the database lets us write; changes no row."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE people_organisation SET name = name WHERE 1 = 0")
    except Exception:
        return False
    return True


def can_write_folder(data: Path) -> bool:
    """Whether the disk under the data folder takes in what is written to it."""
    try:
        with tempfile.TemporaryFile(dir=data) as probe:
            probe.write(bytes(4096))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError:
        return False
    return True


def outbox() -> tuple[int, int | None]:
    """How many mails wait, and for how many minutes the oldest."""
    waiting = Mail.objects.filter(sent_at=None, given_up_at=None).aggregate(count=Count("id"), first=Min("created_at"))
    first = waiting["first"]
    return waiting["count"], None if first is None else int((timezone.now() - first).total_seconds() // 60)


def worker_age(data: Path) -> int | None:
    """Seconds since the worker of this folder was last seen."""
    try:
        return max(0, int(time.time() - (data / HEARTBEAT).stat().st_mtime))
    except OSError:
        return None


def look(data: Path) -> Health:
    """Everything at once."""
    try:
        mails, oldest = outbox()
        can_read = True
    except Exception:
        mails, oldest, can_read = None, None, False
    made_at = last_backup_at(data)
    return Health(
        can_read=can_read,
        can_write=can_read and can_write_database() and can_write_folder(data),
        disk_free_mb=shutil.disk_usage(data).free // 1_000_000 if data.exists() else None,
        mail_waiting=mails,
        oldest_mail_minutes=oldest,
        backup_age_hours=None if made_at is None else int((timezone.now() - made_at).total_seconds() // 3600),
        worker_age_seconds=worker_age(data),
    )
