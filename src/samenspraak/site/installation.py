"""The data folder and the database, made ready before anything is served."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from samenspraak import __version__
from samenspraak.site.backup import write_backup
from samenspraak.site.environment import Environment
from samenspraak.site.problem import Problem
from samenspraak.site.start import say
from samenspraak.site.texts import catalogue_path, compile_catalogue

OVER_THE_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "lustre", "fuse.sshfs"}
ONE_AT_A_TIME = 7_362_873_777  # any number; the key of the lock around migrating on PostgreSQL


def file_system_of(folder: Path) -> str:
    """The kind of file system under ``folder`` where Linux tells it, else an empty string."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    mounts = [(Path(fields[1].replace("\\040", " ")), fields[2]) for fields in map(str.split, lines)]
    under = [(len(point.parts), kind) for point, kind in mounts if folder.is_relative_to(point)]
    return max(under, default=(0, ""))[1]


def prepare_folder(environment: Environment) -> None:
    """Make the data folder, for this user alone."""
    data = environment.data
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    data.chmod(0o700)
    for path in (*data.glob("*.sqlite3*"), data / "secret.key"):
        if path.exists():
            path.chmod(0o600)
    kind = file_system_of(data)
    if environment.database is None and kind in OVER_THE_NETWORK:
        raise Problem(
            f"{data} is on a network file system ({kind}), where SQLite can lose what it wrote. "
            "Choose a folder on a disk of this machine, or use PostgreSQL (SAMENSPRAAK_DATABASE_URL)."
        )


def compile_texts() -> None:
    """The Dutch catalogue as Django reads it; where the program may not write, it must have been made before."""
    try:
        compile_catalogue()
    except OSError:  # no right to write there, or a read-only disk
        if not catalogue_path().with_suffix(".mo").exists():
            raise Problem(
                "The Dutch texts are not compiled, and this user may not write them. "
                "Run once as the user who installed: samenspraak texts"
            ) from None


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time prepares the database. SQLite has its own lock for that, PostgreSQL is asked for one."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def unknown_migrations(executor: MigrationExecutor) -> list[str]:
    """Changes in the database that this version does not know: it was made by a newer one."""
    known = set(executor.loader.disk_migrations or ())
    labels = {app for app, _ in known}
    return [
        f"{app}.{name}"
        for app, name in executor.loader.applied_migrations
        if app in labels and (app, name) not in known
    ]


def prepare_database(environment: Environment) -> None:
    """Bring the database to this version; an existing one is backed up first."""
    with alone():
        executor = MigrationExecutor(connection)
        newer = unknown_migrations(executor)
        if newer:
            raise Problem(
                f"This data was made by a newer Samenspraak than {__version__} ({newer[0]}). "
                "Install that version again, or restore a backup made with this one."
            )
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if pending:
            if executor.loader.applied_migrations and environment.database is None:
                back_up_first(environment.data)
            say("Preparing the database …")
            call_command("migrate", verbosity=0, interactive=False)
        if environment.database:
            call_command("createcachetable", verbosity=0)


def back_up_first(data: Path) -> None:
    """Keep the data as it was before this version changes it."""
    target = data / "backups" / f"before-{__version__}-{datetime.now(UTC):%Y%m%d-%H%M%S}.zip"
    say(f"Backing up to {target} before the database is changed …")
    write_backup(data, target)
