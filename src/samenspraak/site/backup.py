"""``samenspraak backup FILE``: the database, the files and the key in one archive that says what it holds.

A server may go on writing meanwhile: SQLite hands out one consistent moment. Files are copied on both sides of that
moment, so whatever the database speaks of is in the archive.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import secrets
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypedDict
from zipfile import ZIP_DEFLATED, ZipFile

from samenspraak import __version__
from samenspraak.site.environment import DATABASE, FILES, KEY, data_folder, is_postgresql
from samenspraak.site.problem import Problem
from samenspraak.site.start import say

FORMAT = 1
MANIFEST = "manifest.json"
LAST = "last-backup.json"
BLOCK = 1024 * 1024


class Member(TypedDict):
    """One file in the archive."""

    sha256: str
    bytes: int


class Manifest(TypedDict):
    """What an archive says of itself. ``tables`` counts rows, ``files`` names every other member."""

    product: str
    format: int
    version: str
    made_at: str
    migrations: list[str]
    tables: dict[str, int]
    files: dict[str, Member]


def use_postgresql_tools(verb: str) -> Problem:
    """Why this command does not do PostgreSQL, and what does."""
    line = {"backup": "pg_dump --format=custom --file=FILE NAME", "restore": "pg_restore --clean --dbname=NAME FILE"}
    return Problem(
        f"The data is in PostgreSQL, which has its own tools. Use: {line[verb]}   "
        f"and copy {FILES}/ and {KEY} from the data folder beside it."
    )


def copy_database(source: Path, target: Path) -> None:
    """One consistent moment of a database that may be in use, as a single file."""
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=60)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def problems_in(database: Path) -> list[str]:
    """What SQLite itself finds wrong with a database."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as problem:
        return [str(problem)]
    return found + [
        f"{table}, row {row} points at a row of {parent} that is not there" for table, row, parent, _ in broken
    ]


def contents_of(database: Path) -> tuple[list[str], dict[str, int]]:
    """The migrations that made a database, and how many rows each table has."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        migrations = [
            f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations ORDER BY id")
        ]
        names = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        tables = {
            name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]  # noqa: S608  its own table names
            for name in names
        }
    return migrations, tables


def pack(archive: ZipFile, source: Path, name: str) -> Member:
    """Add a file; returns what the manifest says of it."""
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as reader, archive.open(name, "w", force_zip64=True) as writer:
        while block := reader.read(BLOCK):
            digest.update(block)
            size += writer.write(block)
    return {"sha256": digest.hexdigest(), "bytes": size}


def pack_files(archive: ZipFile, data: Path, known: dict[str, Member]) -> None:
    """Add the files of users that the archive does not have yet."""
    for path in sorted(p for p in (data / FILES).rglob("*") if p.is_file() and not p.is_symlink()):
        name = path.relative_to(data).as_posix()
        if name not in known:
            known[name] = pack(archive, path, name)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A file to write that takes the place of ``target`` when all went well, and otherwise never was."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    partial.touch(mode=0o600)
    try:
        yield partial
        with partial.open("rb+") as written:
            os.fsync(written.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def write_backup(data: Path, target: Path) -> Manifest:
    """Back up the data folder to ``target``, which is replaced as a whole or not at all."""
    with replacing(target) as partial, tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
        members: dict[str, Member] = {}
        copy = Path(scratch, DATABASE)
        with ZipFile(partial, "w", ZIP_DEFLATED, compresslevel=3) as archive:
            pack_files(archive, data, members)
            copy_database(data / DATABASE, copy)
            pack_files(archive, data, members)
            found = problems_in(copy)
            if found:
                raise Problem(
                    f"The database is damaged ({found[0]}), so there is no backup of it. See: samenspraak doctor"
                )
            members[DATABASE] = pack(archive, copy, DATABASE)
            if (data / KEY).exists():
                members[KEY] = pack(archive, data / KEY, KEY)
            migrations, tables = contents_of(copy)
            manifest = Manifest(
                product="samenspraak",
                format=FORMAT,
                version=__version__,
                made_at=datetime.now(UTC).isoformat(timespec="seconds"),
                migrations=migrations,
                tables=tables,
                files=members,
            )
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return manifest


def remember(data: Path, manifest: Manifest, target: Path) -> None:
    """Keep when the last backup was made, for ``doctor`` and ``/healthz``."""
    note: dict[str, Any] = {"made_at": manifest["made_at"], "file": str(target), "bytes": target.stat().st_size}
    with replacing(data / LAST) as partial:
        partial.write_text(json.dumps(note), encoding="utf-8")


def last_backup_at(data: Path) -> datetime | None:
    """When the last backup was made with this command; None when never."""
    try:
        return datetime.fromisoformat(json.loads((data / LAST).read_text(encoding="utf-8"))["made_at"])
    except (OSError, ValueError, KeyError):
        return None


def main(arguments: list[str]) -> int:
    """``samenspraak backup FILE``."""
    parser = argparse.ArgumentParser(
        prog="samenspraak backup",
        description="Write the database, the files and the key to one archive. A server may go on working.",
        epilog="--data DIR names another data folder than the setting.",
    )
    parser.add_argument("file", type=Path, help="where to write, such as backups/2026-11-21.zip")
    target: Path = parser.parse_args(arguments).file
    if is_postgresql(os.environ):
        raise use_postgresql_tools("backup")
    data = data_folder(os.environ)
    if not (data / DATABASE).exists():
        raise Problem(f"There is no database in {data}. Name the data folder: --data DIR")
    manifest = write_backup(data, target.resolve())
    remember(data, manifest, target.resolve())
    rows, files = sum(manifest["tables"].values()), len(manifest["files"])
    say(f"Backed up {rows} rows and {files} files to {target} ({target.stat().st_size / 1e6:.1f} MB).")
    say("It holds everything, the key too: keep it where only you can read it, and not on this machine alone.")
    return 0
