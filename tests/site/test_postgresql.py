"""The same product on PostgreSQL, in a database of its own that is made and dropped here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from secrets import token_hex

import psycopg
import pytest

from tests.server import running_server
from tests.site.test_serve import run_word, status_of

pytestmark = pytest.mark.postgres
ROOT = Path(__file__).resolve().parents[2]
SERVER = "postgresql://postgres@127.0.0.1:5432"
ROOMS = ["tests/people", "tests/tasks", "tests/readiness", "tests/site/test_worker.py"]


@pytest.fixture
def database() -> Iterator[str]:
    """The address of an empty database."""
    name = f"samenspraak_{token_hex(4)}"
    try:
        server = psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as problem:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no PostgreSQL on 127.0.0.1:5432 ({str(problem).splitlines()[0]})")
    with server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield f"{SERVER}/{name}"
        for made in (name, f"test_{name}"):
            server.execute(f'DROP DATABASE IF EXISTS "{made}" WITH (FORCE)')


def test_rooms_do_the_same_on_postgresql(database: str) -> None:
    environment = {**os.environ, "SAMENSPRAAK_DATABASE_URL": database}
    quick = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--ignore=tests/people/test_access_matrix.py"]

    told = subprocess.run(
        [sys.executable, "-m", "pytest", *quick, *ROOMS],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=1200,
    )

    assert told.returncode == 0, told.stdout[-5000:]


def test_several_servers_and_a_worker_share_one_database(database: str, tmp_path: Path) -> None:
    settings = {"SAMENSPRAAK_DATABASE_URL": database, "SAMENSPRAAK_SECRET_KEY": token_hex(32)}
    environment = {**os.environ, **settings, "SAMENSPRAAK_DATA": str(tmp_path / "data")}

    # All three want to bring the empty database to this version at the same moment.
    with ExitStack() as opened:
        worker = opened.enter_context(
            subprocess.Popen([sys.executable, "-m", "samenspraak", "worker"], env=environment)
        )
        first, second = (
            opened.enter_context(running_server("serve", tmp_path / "data", options=["--no-worker"], settings=settings))
            for _ in range(2)
        )
        doctor = run_word("doctor", "--data", str(tmp_path / "data"), **settings)
        answers = [status_of(f"{server.address}/healthz")[0] for server in (first, second)]
        running = worker.poll()
        worker.send_signal(signal.SIGTERM)
        stopped = worker.wait(20)

    assert (answers, running, stopped) == ([200, 200], None, 0)
    assert (doctor.returncode, "ok    database postgresql, up to date" in doctor.stdout) == (0, True), doctor.stdout
