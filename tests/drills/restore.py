"""``samenspraak drill restore``: a backup made while people write becomes a working installation somewhere else.

Without ``--from`` a filled demo is backed up; with it, an archive of your own is tried. Every row, file and checksum is
held against what the archive says, ``doctor`` looks the new folder over, and a server starts on it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

from samenspraak.site.backup import Manifest, contents_of
from tests.drills.writing import Writers, report, sign_in, tally, write_task
from tests.server import running_server


def word(*arguments: str) -> int:
    """One word of the command line; its exit status."""
    environment = {n: v for n, v in os.environ.items() if not n.startswith("SAMENSPRAAK_")}
    command = [sys.executable, "-m", "samenspraak", *arguments]
    return subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL).returncode


def back_up_a_busy_demo(folder: Path) -> tuple[Path, Writers, str]:
    """An archive made while people write, what they had written before it began, and the owner's link."""
    data, archive = folder / "data", folder / "backup.zip"
    with running_server("demo", data) as server:
        writers = Writers(write_task, sign_in(server.links["owner"]), 2)
        writers.start(server.address)
        time.sleep(0.5)
        before = list(writers.acknowledged)
        assert word("backup", str(archive), "--data", str(data)) == 0
        writers.stop()
        writers.acknowledged = before
        return archive, writers, urlsplit(server.links["owner"]).path


def differences(data: Path, manifest: Manifest) -> tuple[int, int]:
    """Tables with another number of rows, and files that are not what was backed up."""
    _, tables = contents_of(data / "samenspraak.sqlite3")
    rows = sum(tables.get(name) != count for name, count in manifest["tables"].items())
    files = 0
    for name, member in manifest["files"].items():
        path = data / name
        is_same = path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == member["sha256"]
        files += not is_same and name != "samenspraak.sqlite3"  # that one may have been brought to this version
    return rows, files


def starts(data: Path, link: str | None) -> bool:
    """Whether a server works on the folder, and lets the owner in where the link is known."""
    if link is None:
        with running_server("serve", data):
            return True
    shutil.copy(data.parent / "data" / "this-is-a-demo", data)
    with running_server("demo", data) as server:
        return bool(sign_in(server.address + link).cookie)


def main(argv: list[str]) -> int:
    """Print what is missing; 1 when it is anything."""
    parser = argparse.ArgumentParser(prog="samenspraak drill restore")
    parser.add_argument("--from", dest="archive", type=Path, help="an archive of your own")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="samenspraak-drill-") as scratch:
        folder = Path(scratch)
        writers, link = None, None
        archive = options.archive
        if archive is None:
            archive, writers, link = back_up_a_busy_demo(folder)
        with ZipFile(archive) as opened:
            manifest: Manifest = json.loads(opened.read("manifest.json"))
        began, data = time.monotonic(), folder / "restored"
        status = word("restore", str(archive.resolve()), "--data", str(data))
        seconds = time.monotonic() - began
        size = archive.stat().st_size / 1e6
        kept = [report("restore.refused", status, 0, n=1, note=f"{size:.1f} MB in {seconds:.1f} s")]
        if status == 0:
            rows, files = differences(data, manifest)
            kept += [
                report("restore.tables", rows, 0, n=len(manifest["tables"]), note="tables with another number of rows"),
                report("restore.files", files, 0, n=len(manifest["files"]), note="files that are not what they were"),
                report("restore.sick", word("doctor", "--data", str(data)), 0, n=1, note="what doctor found wrong"),
                report("restore.lame", int(not starts(data, link)), 0, n=1, note="a server works on it"),
            ]
        if status == 0 and writers is not None:
            lost = tally(data, writers).lost
            kept.append(
                report("restore.lost", lost, 0, n=len(writers.acknowledged), note="writes from before the backup")
            )
    return 0 if all(kept) else 1
