"""``samenspraak restore FILE``: an archive made by ``backup`` becomes a data folder, or nothing changes.

Everything is unpacked and proven beside the data folder first; only then is it put in its place.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from samenspraak import __version__
from samenspraak.site.backup import BLOCK, FORMAT, MANIFEST, Manifest, contents_of, problems_in, use_postgresql_tools
from samenspraak.site.environment import DATABASE, FILES, KEY, data_folder, is_postgresql
from samenspraak.site.locks import is_in_use
from samenspraak.site.problem import Problem
from samenspraak.site.start import say, start_django

DAMAGED = "This archive is damaged"
FOREIGN = "This is no backup of Samenspraak"
LARGEST_MANIFEST = 64 * 1024 * 1024


def read_manifest(archive: ZipFile) -> Manifest:
    """What the archive says of itself; refuses what is not ours or from later."""
    try:
        info = archive.getinfo(MANIFEST)
    except KeyError:
        raise Problem(f"{FOREIGN}: it has no {MANIFEST}.") from None
    if info.file_size > LARGEST_MANIFEST:
        raise Problem(f"{FOREIGN}: its {MANIFEST} is too large.")
    try:
        manifest = json.loads(archive.read(info))
    except ValueError:
        raise Problem(f"{DAMAGED}: its {MANIFEST} cannot be read.") from None
    if not isinstance(manifest, dict) or manifest.get("product") != "samenspraak":
        raise Problem(f"{FOREIGN}.")
    if manifest.get("format") != FORMAT:
        raise Problem(
            f"This archive was made by a newer Samenspraak ({manifest.get('version')}). Install that one first."
        )
    return cast("Manifest", manifest)


def is_ours(name: str) -> bool:
    """Whether a member may be unpacked: the database, the key, or a file that stays inside the files folder."""
    parts = PurePosixPath(name).parts
    if name in (DATABASE, KEY):
        return True
    return name == "/".join(parts) and parts[0] == FILES and len(parts) > 1 and ".." not in parts and "\\" not in name


def check_members(archive: ZipFile, manifest: Manifest) -> list[ZipInfo]:
    """The members to unpack: exactly those the manifest names, each once and each in its place."""
    members = [info for info in archive.infolist() if info.filename != MANIFEST]
    names = [info.filename for info in members]
    for name in names:
        if not is_ours(name):
            raise Problem(f"{FOREIGN}: it wants to write to {name!r}.")
    if len(archive.infolist()) != len(members) + 1 or sorted(names) != sorted(manifest["files"]):
        raise Problem(f"{DAMAGED}: it does not hold the files that its {MANIFEST} names.")
    if DATABASE not in names:
        raise Problem(f"{DAMAGED}: it has no database.")
    return members


def unpack_member(archive: ZipFile, info: ZipInfo, manifest: Manifest, folder: Path) -> None:
    """Write one file and prove that it is the one that was backed up."""
    expected, target = manifest["files"][info.filename], folder / info.filename
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with archive.open(info) as source, target.open("xb") as written:
        while block := source.read(BLOCK):
            digest.update(block)
            size += written.write(block)
            if size > expected["bytes"]:
                break
    if size != expected["bytes"] or digest.hexdigest() != expected["sha256"]:
        raise Problem(f"{DAMAGED}: {info.filename} is not what was backed up.")


def unpack(source: Path, folder: Path) -> Manifest:
    """Unpack and prove an archive in an empty folder."""
    try:
        with ZipFile(source) as archive:
            manifest = read_manifest(archive)
            for info in check_members(archive, manifest):
                unpack_member(archive, info, manifest, folder)
    except FileNotFoundError:
        raise Problem(f"There is no file {source}.") from None
    except (BadZipFile, EOFError, OSError, KeyError, TypeError, NotImplementedError, RuntimeError) as problem:
        raise Problem(f"{DAMAGED}, or it is no backup of Samenspraak ({problem}).") from problem
    found = problems_in(folder / DATABASE)
    if found:
        raise Problem(f"{DAMAGED}: {found[0]}")
    if contents_of(folder / DATABASE) != (manifest["migrations"], manifest["tables"]):
        raise Problem(f"{DAMAGED}: the database does not hold the rows that its {MANIFEST} counts.")
    return manifest


def check_place(data: Path, *, may_replace: bool) -> None:
    """Refuse to overwrite anything unless asked, and never under a server that works."""
    if not data.exists() or not any(data.iterdir()):
        return
    if is_in_use(data):
        raise Problem(f"A server works on {data}. Stop it first.")
    if not may_replace:
        raise Problem(f"{data} is not empty. Give another folder, or --replace: the old one is then kept beside it.")


def put_in_place(folder: Path, data: Path) -> Path | None:
    """Make ``folder`` the data folder; returns where the old one is kept."""
    kept = None
    if data.exists() and any(data.iterdir()):
        kept = data.with_name(f"{data.name}.before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}")
        data.rename(kept)
    elif data.exists():
        data.rmdir()
    folder.rename(data)
    return kept


def bring_up_to_date(folder: Path) -> None:
    """Bring the unpacked database to this version."""
    os.environ["SAMENSPRAAK_DATA"] = str(folder)
    start_django()
    from django.conf import settings  # noqa: PLC0415  it reads the unpacked folder
    from django.db import connections  # noqa: PLC0415

    from samenspraak.site.installation import prepare_database  # noqa: PLC0415

    prepare_database(settings.ENVIRONMENT)
    connections.close_all()


def main(arguments: list[str]) -> int:
    """``samenspraak restore FILE [--data DIR] [--replace]``."""
    parser = argparse.ArgumentParser(
        prog="samenspraak restore",
        description="Make a data folder from an archive that samenspraak backup wrote.",
        epilog="--data DIR names the folder to make, if it is another one than the setting.",
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--replace", action="store_true", help="put the present data folder aside and take its place")
    options = parser.parse_args(arguments)
    if is_postgresql(os.environ):
        raise use_postgresql_tools("restore")
    data = data_folder(os.environ)
    check_place(data, may_replace=options.replace)
    os.umask(0o077)
    data.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{data.name}.restoring-", dir=data.parent))
    try:
        manifest = unpack(options.file, folder)
        bring_up_to_date(folder)
        kept = put_in_place(folder, data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say(
        f"Restored {sum(manifest['tables'].values())} rows and {len(manifest['files'])} files of {manifest['made_at']} to {data}."
    )
    if kept:
        say(f"What was there is kept in {kept}.")
    if manifest["version"] != __version__:
        say(f"The archive was made by version {manifest['version']}; the data is brought to {__version__}.")
    return 0
