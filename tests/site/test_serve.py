from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from samenspraak.site.start import free_port
from tests.server import RunningServer, running_server


def run_word(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {n: v for n, v in os.environ.items() if not n.startswith("SAMENSPRAAK_")} | settings
    return subprocess.run(
        [sys.executable, "-m", "samenspraak", *arguments],
        capture_output=True,
        check=False,
        text=True,
        env=environment,
        timeout=60,
    )


def status_of(address: str, method: str = "GET", headers: dict[str, str] | None = None) -> tuple[int, dict[str, str]]:
    try:
        with urlopen(Request(address, method=method, headers=headers or {}), timeout=10) as answer:
            return answer.status, dict(answer.headers)
    except HTTPError as problem:
        with problem:
            return problem.code, dict(problem.headers)


def test_serve_makes_a_private_folder_and_answers_until_it_is_stopped(tmp_path: Path) -> None:
    data = tmp_path / "data"

    with running_server("serve", data) as server:
        page, _ = status_of(f"{server.address}/account/sign-in")
        status = server.stop()

    assert (page, status) == (200, 0)
    assert "Traceback" not in server.said()
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in data.iterdir() if p.is_file()} == {0o600}
    assert sorted(p.name for p in data.glob("samenspraak.*")) == ["samenspraak.sqlite3"]  # closed in order: no -wal


def test_every_answer_has_the_headers_that_protect_even_where_nothing_is(installation: RunningServer) -> None:
    status, headers = status_of(f"{installation.address}/nothing-here")

    assert status == 404
    assert "default-src 'none'" in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")
    assert "server" not in headers


def test_what_strangers_try_is_not_written_down(installation: RunningServer) -> None:
    tried = [status_of(f"{installation.address}/{path}")[0] for path in ("secret-token", "account/password/new/a-b")]
    with socket.create_connection(("127.0.0.1", int(installation.address.rsplit(":", 1)[1])), timeout=10) as raw:
        raw.sendall(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
        answer = raw.recv(100)

    assert (tried[0], answer.split(b" ")[1], tried[1] < 500) == (404, b"400", True)
    assert "secret-token" not in installation.said()
    assert installation.said().splitlines()[-1].startswith("Serving the data in")


def test_method_that_echoes_what_it_gets_is_refused(installation: RunningServer) -> None:
    status, _ = status_of(f"{installation.address}/", "TRACE")

    assert status == 405


def test_empty_installation_prints_where_to_begin_and_a_code(installation: RunningServer) -> None:
    address, invitation, page, code = installation.lines

    assert invitation == "Nobody is here yet. Start at this page, with the code below it. The code works once."
    assert (page.startswith(address), status_of(page)[0], len(code) >= 8) == (True, 200, True)


def test_second_start_finds_what_the_first_made(data: Path) -> None:
    key = (data / "secret.key").read_text()

    with running_server("serve", data) as server:
        pass

    assert (data / "secret.key").read_text() == key
    assert "Preparing the database" not in server.said()


def test_existing_database_is_backed_up_before_it_is_changed(data: Path) -> None:
    with closing(sqlite3.connect(data / "samenspraak.sqlite3")) as database:
        # As if this were the database of a release before the second step was there.
        database.execute("DELETE FROM django_migrations WHERE app = 'mfa'")
        database.execute("DROP TABLE mfa_authenticator")
        database.commit()

    with running_server("serve", data) as server:
        said = server.said()

    assert "Backing up to" in said
    assert len(list((data / "backups").glob("before-*.zip"))) == 1


def test_data_of_a_newer_version_is_refused_in_one_line(data: Path) -> None:
    with closing(sqlite3.connect(data / "samenspraak.sqlite3")) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '9999_later', '2030-01-01')"
        )
        database.commit()

    refused = run_word("serve", "--data", str(data), "--port", "0")

    assert refused.returncode == 1
    assert refused.stderr.startswith("samenspraak serve: This data was made by a newer Samenspraak")
    assert len(refused.stderr.splitlines()) == 1


def test_busy_port_is_told_with_what_to_do(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as busy:
        number = busy.getsockname()[1]

        refused = run_word("serve", "--data", str(tmp_path / "data"), "--port", str(number))

    assert refused.returncode == 1
    assert refused.stderr == (
        f"samenspraak serve: Port {number} is in use by another program. Choose another one: --port {number + 1}.\n"
    )


def test_second_server_on_the_same_folder_is_refused(data: Path) -> None:
    with running_server("serve", data):
        refused = run_word("serve", "--data", str(data), "--port", "0")

    assert refused.returncode == 1
    assert refused.stderr.startswith(f"samenspraak serve: Another server already works on {data}. ")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SAMENSPRAAK_POTR", "8000", "SAMENSPRAAK_POTR: no such setting. docs/settings.md names them all."),
        ("SAMENSPRAAK_PORT", "eighty", "SAMENSPRAAK_PORT='eighty': give a whole number from 1 to 65535."),
        ("SAMENSPRAAK_TRUSTS_PROXY", "maybe", "SAMENSPRAAK_TRUSTS_PROXY='maybe': give one of yes, no."),
        ("SAMENSPRAAK_SECRET_KEY", "short", "SAMENSPRAAK_SECRET_KEY: give at least 32 characters."),
    ],
)
def test_setting_that_cannot_be_used_stops_the_start_with_one_line(
    tmp_path: Path, name: str, value: str, says: str
) -> None:
    refused = run_word("serve", "--data", str(tmp_path / "data"), **{name: value})

    assert (refused.returncode, refused.stderr) == (2, f"samenspraak serve: {says}\n")


def test_health_says_how_it_is_and_fails_only_when_it_cannot_read_and_write(data: Path) -> None:
    with running_server("serve", data) as server:
        with urlopen(f"{server.address}/healthz", timeout=5) as answer:
            well = json.loads(answer.read())
        with closing(sqlite3.connect(data / "samenspraak.sqlite3")) as database:
            database.execute("ALTER TABLE people_mail RENAME TO people_mail_away")
            ill, _ = status_of(f"{server.address}/healthz")
            database.execute("ALTER TABLE people_mail_away RENAME TO people_mail")
        again, _ = status_of(f"{server.address}/healthz")

    assert sorted(well) == [
        "backup_age_hours", "can_read", "can_write", "disk_free_mb", "mail_waiting", "oldest_mail_minutes",
        "worker_age_seconds",
    ]  # fmt: skip
    assert (well["can_read"], well["can_write"], well["mail_waiting"], well["backup_age_hours"]) == (
        True,
        True,
        0,
        None,
    )
    assert (ill, again) == (503, 200)


def test_health_is_told_on_this_machine_whatever_the_address(data: Path) -> None:
    settings = {"SAMENSPRAAK_ADDRESS": "https://samenspraak.example.org", "SAMENSPRAAK_TRUSTS_PROXY": "yes"}
    port = free_port()

    with running_server(
        "serve", data, options=["--port", str(port)], settings=settings, where=f"http://127.0.0.1:{port}"
    ):
        status, _ = status_of(f"http://127.0.0.1:{port}/healthz")
        page, headers = status_of(
            f"http://127.0.0.1:{port}/account/sign-in",
            headers={"Host": "samenspraak.example.org", "X-Forwarded-Proto": "https"},
        )

    assert (status, page) == (200, 200)
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert headers["set-cookie"].startswith("__Host-samenspraak-csrf=")
    assert "Secure" in headers["set-cookie"]


def test_ctrl_c_stops_as_quietly_as_a_service_manager_does(data: Path) -> None:
    with running_server("serve", data) as server:
        server.process.send_signal(signal.SIGINT)
        status = server.process.wait(20)

    assert (status, "Traceback" in server.said()) == (0, False)
