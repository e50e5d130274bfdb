from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from samenspraak.site.start import free_port
from tests.site.test_serve import run_word


@pytest.fixture
def mail_server() -> Iterator[str]:
    """A mail server without protection on this machine."""
    controller = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"smtp+plain://127.0.0.1:{controller.port}"
    controller.stop()


def examine(data: Path, **settings: str) -> tuple[int, dict[str, dict[str, str]]]:
    """Exit status, and the findings by subject."""
    told = run_word("doctor", "--json", "--data", str(data), **settings)
    assert told.stderr == ""
    found = [json.loads(line) for line in told.stdout.splitlines()]
    return told.returncode, {finding["subject"]: finding for finding in found}


def test_sound_installation_has_nothing_wrong(data: Path, mail_server: str) -> None:
    backed_up = run_word("backup", str(data.parent / "b.zip"), "--data", str(data))

    status, found = examine(data, SAMENSPRAAK_MAIL_URL=mail_server)

    levels = {subject: finding["level"] for subject, finding in found.items() if subject not in ("packages", "worker")}
    assert (status, backed_up.returncode, set(levels.values())) == (0, 0, {"ok"})
    assert found["worker"]["level"] == "warn"


def test_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    status, found = examine(tmp_path / "nothing")

    assert (status, found["data"]["level"], (tmp_path / "nothing").exists()) == (1, "wrong", False)


def test_files_that_others_can_open_are_named_with_the_command_that_mends_it(data: Path) -> None:
    (data / "secret.key").chmod(0o644)

    status, found = examine(data)

    assert (status, found["data"]["mend"]) == (1, f"chmod go-rwx {data / 'secret.key'}")


def test_damaged_database_is_told(data: Path) -> None:
    with closing(sqlite3.connect(data / "samenspraak.sqlite3")) as database:
        database.execute("PRAGMA foreign_keys=OFF")
        database.execute(
            "INSERT INTO people_member (id, organisation_id, person_id, role, function, joined_at, reminders, known_email)"
            " VALUES ('a', 'b', 'c', 'owner', '', '2026-01-01', 'both', '')"
        )
        database.commit()

    status, found = examine(data)

    assert (status, found["content"]["level"]) == (1, "wrong")
    assert "points at a row" in found["content"]["text"]


def test_file_that_is_no_database_is_told(data: Path) -> None:
    (data / "samenspraak.sqlite3").write_bytes(b"not a database at all" * 500)

    status, found = examine(data)

    assert (status, found["database"]["level"], found["debug"]["level"]) == (1, "wrong", "ok")


def test_database_of_an_older_version_is_no_fault(data: Path) -> None:
    with closing(sqlite3.connect(data / "samenspraak.sqlite3")) as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'mfa'")
        database.commit()

    status, found = examine(data)

    assert (status, found["database"]["level"]) == (0, "warn")


def test_mail_server_that_does_not_answer_is_told(data: Path) -> None:
    status, found = examine(data, SAMENSPRAAK_MAIL_URL="smtp+plain://127.0.0.1:1")

    assert (status, found["mail"]["level"]) == (1, "wrong")
    assert found["mail"]["text"].startswith("127.0.0.1:1 does not take our mail")


def test_mail_server_without_the_protection_that_was_asked_is_told(data: Path, mail_server: str) -> None:
    status, found = examine(data, SAMENSPRAAK_MAIL_URL=mail_server.replace("smtp+plain", "smtp"))

    assert (status, found["mail"]["level"]) == (1, "wrong")


def test_key_that_is_easy_to_guess_is_told(data: Path) -> None:
    status, found = examine(data, SAMENSPRAAK_SECRET_KEY="geheim" * 8)

    assert (status, found["key"]["level"]) == (1, "wrong")


def test_setting_that_cannot_be_used_is_the_last_line(data: Path) -> None:
    status, found = examine(data, SAMENSPRAAK_PORT="x")

    assert (status, list(found)[-1]) == (1, "settings")
    assert found["settings"]["text"] == "SAMENSPRAAK_PORT='x': give a whole number from 1 to 65535."


@pytest.mark.parametrize(
    ("settings", "level", "cookie"),
    [
        ({"SAMENSPRAAK_ADDRESS": "https://x.example"}, "warn", "__Host-samenspraak, over https alone"),
        (
            {"SAMENSPRAAK_ADDRESS": "https://x.example", "SAMENSPRAAK_TRUSTS_PROXY": "yes"},
            "ok",
            "__Host-samenspraak, over https alone",
        ),
        ({"SAMENSPRAAK_ADDRESS": "http://10.0.0.5:8000"}, "warn", "samenspraak, over http too"),
        ({}, "ok", "samenspraak, over http too"),
    ],
)
def test_address_and_cookie_are_held_against_each_other(
    data: Path, settings: dict[str, str], level: str, cookie: str
) -> None:
    status, found = examine(data, **settings)

    assert (status, found["address"]["level"], found["cookie"]["text"]) == (0, level, cookie)


def test_people_read_lines_with_an_arrow_to_the_mend(data: Path) -> None:
    told = run_word("doctor", "--data", str(data))

    lines = told.stdout.splitlines()
    assert "warn  backup   never made" in lines
    assert lines[lines.index("warn  backup   never made") + 1] == f"{'':15}→ samenspraak backup FILE, every night"


def test_a_company_account_is_reached_or_told(data: Path) -> None:
    from tests.people.post_office import free_port
    from tests.people.provider import Forger

    with Forger() as provider:
        lines = {
            "SAMENSPRAAK_OIDC_ISSUER": provider.issuer,
            "SAMENSPRAAK_OIDC_CLIENT_ID": "samenspraak",
            "SAMENSPRAAK_OIDC_CLIENT_SECRET": "a-secret",
            "SAMENSPRAAK_OIDC_DOMAINS": "example.org, Example.com",
        }
        _status, found = examine(data, **lines)
    away, told = examine(data, **lines | {"SAMENSPRAAK_OIDC_ISSUER": f"http://localhost:{free_port()}"})

    assert (found["company"]["level"], found["company"]["text"]) == (
        "ok",
        f"{provider.issuer}, for example.com, example.org",
    )
    assert (away, told["company"]["level"]) == (1, "wrong")
    assert "company" not in examine(data)[1]
