from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from samenspraak.site import commands
from tests.drills.writing import Tally, Visitor, Writers, tally, write_task
from tests.site.test_serve import run_word


def lines_of(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    told = subprocess.run(
        [sys.executable, "-m", "samenspraak", *arguments], check=False, capture_output=True, text=True, timeout=300
    )
    return told.returncode, [json.loads(line) for line in told.stdout.splitlines()]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two tasks as they should be, one written twice, one without its history, and history without its task."""
    with closing(sqlite3.connect(tmp_path / "samenspraak.sqlite3")) as database:
        database.execute("CREATE TABLE tasks_task (title TEXT)")
        database.execute("CREATE TABLE people_historyentry (field TEXT, new TEXT)")
        tasks = ["good", "other", "twice", "twice", "bare"]
        database.executemany("INSERT INTO tasks_task VALUES ('Drill ' || ?)", [(name,) for name in tasks])
        history = ["good", "other", "twice", "ghost"]
        database.executemany(
            "INSERT INTO people_historyentry VALUES ('created', 'Drill ' || ?)", [(n,) for n in history]
        )
        database.commit()
    return tmp_path


def test_count_sees_what_is_lost_doubled_and_half(data: Path) -> None:
    writers = Writers(write_task, Visitor(""), 1, acknowledged=["good", "twice", "gone"])

    assert tally(data, writers) == Tally(lost=1, doubled=1, half=2)


def test_drill_without_a_name_says_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    status = commands.main(["drill"])

    assert (status, capsys.readouterr().err) == (
        2,
        "usage: samenspraak drill NAME …   NAME is one of: kill, mail, restore\n",
    )


def test_drill_that_does_not_exist_is_told(tmp_path: Path) -> None:
    told = run_word("bench", "../../run")

    assert (told.returncode, told.stderr.startswith("usage: samenspraak bench NAME …")) == (2, True)


@pytest.mark.drill
@pytest.mark.parametrize("name", ["kill", "mail", "restore"])
def test_drill_keeps_every_promise(name: str) -> None:
    status, lines = lines_of("drill", name)

    assert (status, [line["name"] for line in lines if not line["ok"]]) == (0, [])
    assert all({"name", "value", "goal", "ok", "seed", "n", "note"} == set(line) for line in lines)
    assert lines[0]["n"] > 0
