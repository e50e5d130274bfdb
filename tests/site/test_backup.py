from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from samenspraak.site.backup import last_backup_at, write_backup
from samenspraak.site.problem import Problem
from samenspraak.site.restore import unpack
from tests.server import running_server
from tests.site.test_demo import visit
from tests.site.test_serve import run_word


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demo, with two files of users in it."""
    data = tmp_path_factory.mktemp("filled") / "data"
    with running_server("demo", data) as server:
        assert visit(server.links["owner"])[0] == 302
    (data / "files" / "deep").mkdir(parents=True, exist_ok=True)
    (data / "files" / "deep" / "één bewijs.pdf").write_bytes(bytes(range(256)) * 9)
    (data / "files" / "leeg.txt").write_bytes(b"")
    return data


@pytest.fixture(scope="module")
def archive(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("archive") / "backup.zip"
    write_backup(filled, target)
    return target


def everything(data: Path) -> dict[str, Any]:
    """Every row of every table, and every file."""
    with closing(sqlite3.connect(data / "samenspraak.sqlite3")) as database:
        names = [
            row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        rows = {name: sorted(map(repr, database.execute(f'SELECT * FROM "{name}"'))) for name in names}
    files = {str(p.relative_to(data)): p.read_bytes() for p in (data / "files").rglob("*") if p.is_file()}
    return {"rows": rows, "files": files, "key": (data / "secret.key").read_text()}


def rewritten(archive: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of an archive with its members changed."""
    with zipfile.ZipFile(archive) as source:
        members = {name: source.read(name) for name in source.namelist()}
    change(members)
    with zipfile.ZipFile(target, "w") as written:
        for name, content in members.items():
            written.writestr(name, content)
    return target


def edit_manifest(members: dict[str, bytes], **changes: Any) -> None:
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | changes).encode()


# There and back


def test_restored_installation_holds_every_row_and_file_and_lets_people_in(filled: Path, tmp_path: Path) -> None:
    target, data = tmp_path / "backups" / "backup.zip", tmp_path / "restored"

    backed_up = run_word("backup", str(target), "--data", str(filled))
    restored = run_word("restore", str(target), "--data", str(data))

    assert (backed_up.returncode, restored.returncode) == (0, 0), backed_up.stderr + restored.stderr
    assert everything(data) == everything(filled)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert {stat.S_IMODE(p.stat().st_mode) for p in data.rglob("*") if p.is_file()} == {0o600}
    assert {stat.S_IMODE(p.stat().st_mode) for p in (data, *data.rglob("*")) if p.is_dir()} == {0o700}
    assert last_backup_at(filled) is not None
    shutil.copy(filled / "this-is-a-demo", data)
    with running_server("demo", data) as server:
        assert visit(server.address + urlsplit(server.links["owner"]).path)[0] == 302


def test_backup_while_others_write_is_one_consistent_moment(filled: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(filled, data)
    with closing(sqlite3.connect(data / "samenspraak.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.executescript("CREATE TABLE pair (a INTEGER); CREATE TABLE other (a INTEGER);")
    stop, written = threading.Event(), threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(data / "samenspraak.sqlite3", timeout=60)) as database:
            number = 0
            while not stop.is_set():
                with database:
                    database.execute("INSERT INTO pair VALUES (?)", [number])
                    database.execute("INSERT INTO other VALUES (?)", [number])
                number += 1
                written.set()

    writer = threading.Thread(target=write)
    writer.start()
    assert written.wait(10)
    manifests = [write_backup(data, tmp_path / f"{n}.zip") for n in range(5)]
    stop.set()
    writer.join()

    assert [m["tables"]["pair"] - m["tables"]["other"] for m in manifests] == [0] * 5
    assert manifests[0]["tables"]["pair"] < manifests[-1]["tables"]["pair"]
    for number, manifest in enumerate(manifests):
        folder = tmp_path / f"unpacked-{number}"
        folder.mkdir()
        assert unpack(tmp_path / f"{number}.zip", folder) == manifest


def test_backup_that_fails_leaves_the_old_one_and_nothing_else(filled: Path, tmp_path: Path) -> None:
    data, target = tmp_path / "data", tmp_path / "out" / "backup.zip"
    shutil.copytree(filled, data)
    write_backup(data, target)
    before = target.read_bytes()
    raw = bytearray((data / "samenspraak.sqlite3").read_bytes())
    raw[4096 * 3 : 4096 * 6] = b"\x7f" * (4096 * 3)
    (data / "samenspraak.sqlite3").write_bytes(raw)

    with pytest.raises((Problem, sqlite3.DatabaseError)):
        write_backup(data, target)

    assert (target.read_bytes() == before, [p.name for p in target.parent.iterdir()]) == (True, ["backup.zip"])


def test_backup_without_a_database_says_where_it_looked(tmp_path: Path) -> None:
    refused = run_word("backup", str(tmp_path / "x.zip"), "--data", str(tmp_path / "nothing"))

    assert (refused.returncode, (tmp_path / "nothing").exists()) == (1, False)
    assert refused.stderr == (
        f"samenspraak backup: There is no database in {tmp_path / 'nothing'}. Name the data folder: --data DIR\n"
    )


@pytest.mark.parametrize("word", ["backup", "restore"])
@pytest.mark.parametrize("setting", ["SAMENSPRAAK_DATABASE_URL", "SAMENSPRAAK_DATABASE_URL_FILE"])
def test_postgresql_is_left_to_its_own_tools(tmp_path: Path, word: str, setting: str) -> None:
    refused = run_word(word, str(tmp_path / "x.zip"), **{setting: "postgresql://localhost/x"})

    assert refused.returncode == 1
    assert f"pg_{'dump' if word == 'backup' else 'restore'} " in refused.stderr


# What is refused


def flip_a_byte(members: dict[str, bytes]) -> None:
    content = bytearray(members["samenspraak.sqlite3"])
    content[len(content) // 2] ^= 1
    members["samenspraak.sqlite3"] = bytes(content)


def grow(members: dict[str, bytes]) -> None:
    members["files/leeg.txt"] = b"0" * 10_000_000


def count_wrong(members: dict[str, bytes]) -> None:
    tables = json.loads(members["manifest.json"])["tables"]
    edit_manifest(members, tables=tables | {"people_person": 99})


CHANGES: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "changed": (flip_a_byte, "damaged: samenspraak.sqlite3 is not what was backed up"),
    "grown": (grow, "damaged: files/leeg.txt is not what was backed up"),
    "incomplete": (lambda m: m.pop("files/leeg.txt") and None, "does not hold the files"),
    "added to": (lambda m: m.update({"files/extra": b""}), "does not hold the files"),
    "climbing": (lambda m: m.update({"files/../../evil": b""}), "no backup of Samenspraak: it wants to write to"),
    "absolute": (lambda m: m.update({"/etc/evil": b""}), "no backup of Samenspraak: it wants to write to"),
    "beside": (lambda m: m.update({"files/a\\..\\b": b""}), "no backup of Samenspraak: it wants to write to"),
    "without manifest": (lambda m: m.pop("manifest.json") and None, "has no manifest.json"),
    "of another product": (lambda m: edit_manifest(m, product="other"), "no backup of Samenspraak"),
    "newer": (lambda m: edit_manifest(m, format=2, version="9.0"), "made by a newer Samenspraak (9.0)"),
    "miscounted": (count_wrong, "does not hold the rows"),
    "half a manifest": (lambda m: m.update({"manifest.json": m["manifest.json"][:-9]}), "manifest.json cannot be read"),
    "empty manifest": (lambda m: m.update({"manifest.json": b"{}"}), "no backup of Samenspraak"),
    "odd manifest": (lambda m: edit_manifest(m, files=[]), "damaged"),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_archive_that_is_not_what_was_written_is_refused(archive: Path, tmp_path: Path, kind: str) -> None:
    change, says = CHANGES[kind]
    changed = rewritten(archive, tmp_path / "changed.zip", change)
    (tmp_path / "folder").mkdir()

    with pytest.raises(Problem) as refused:
        unpack(changed, tmp_path / "folder")

    assert says in str(refused.value)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["changed.zip", "folder"]


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9, 0.999])
def test_half_an_archive_is_refused(archive: Path, tmp_path: Path, part: float) -> None:
    whole = archive.read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: int(len(whole) * part)])
    (tmp_path / "folder").mkdir()

    with pytest.raises(Problem):
        unpack(tmp_path / "half.zip", tmp_path / "folder")


def test_archive_of_a_newer_version_is_refused_by_its_migrations(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    unpack(archive, folder)
    with closing(sqlite3.connect(folder / "samenspraak.sqlite3")) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '9999_later', '2030-01-01')"
        )
        database.commit()
    write_backup(folder, tmp_path / "newer.zip")

    refused = run_word("restore", str(tmp_path / "newer.zip"), "--data", str(tmp_path / "data"))

    assert (refused.returncode, "made by a newer Samenspraak" in refused.stderr) == (1, True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "newer.zip"]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A data folder that holds something."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mine").write_text("mine")
    return tmp_path / "data"


def test_folder_that_holds_something_is_not_touched_unless_asked(archive: Path, place: Path) -> None:
    refused = run_word("restore", str(archive), "--data", str(place))

    assert (refused.returncode, [p.name for p in place.iterdir()]) == (1, ["mine"])
    assert f"{place} is not empty" in refused.stderr


def test_replacing_keeps_what_was_there_beside_it(archive: Path, place: Path, filled: Path) -> None:
    done = run_word("restore", str(archive), "--data", str(place), "--replace")

    kept = [p for p in place.parent.iterdir() if p != place]
    assert (done.returncode, everything(place) == everything(filled)) == (0, True)
    assert [[p.name for p in folder.iterdir()] for folder in kept] == [["mine"]]


def test_replacing_under_a_server_that_works_is_refused(archive: Path, data: Path) -> None:
    with running_server("serve", data):
        refused = run_word("restore", str(archive), "--data", str(data), "--replace")

    assert (refused.returncode, "Stop it first" in refused.stderr) == (1, True)
