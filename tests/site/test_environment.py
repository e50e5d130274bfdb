from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from samenspraak.site.environment import NAMES, SECRETS, EnvironmentProblem, read_environment

SETTINGS = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
OIDC = {
    "OIDC_ISSUER": "https://login.example.org/realm",
    "OIDC_CLIENT_ID": "samenspraak",
    "OIDC_CLIENT_SECRET": "a-secret",
    "OIDC_DOMAINS": "example.org",
}
ROW = re.compile(r"^\| `SAMENSPRAAK_([A-Z_]+)` \| `([^`]+)` \| (.+) \|$", re.MULTILINE)


def read(data: Path, **given: str) -> object:
    return read_environment({"SAMENSPRAAK_DATA": str(data)} | {f"SAMENSPRAAK_{k}": v for k, v in given.items()})


def test_document_has_one_row_for_each_setting_that_is_yours() -> None:
    rows = [name for name, _, _ in ROW.findall(SETTINGS.read_text(encoding="utf-8"))]

    assert sorted(rows) == sorted(set(NAMES) - {"MODE"})


def test_every_example_in_the_document_works(tmp_path: Path) -> None:
    examples = {name: example for name, example, _ in ROW.findall(SETTINGS.read_text(encoding="utf-8"))}
    examples["DATA"] = str(tmp_path / "data")

    found = read_environment({f"SAMENSPRAAK_{name}": example for name, example in examples.items()})

    assert (found.address, found.port, found.trusts_proxy, found.threads) == (examples["ADDRESS"], 8000, True, 2)
    assert found.mail is not None
    assert (found.mail.host, found.mail.security, found.database is None) == ("mail.example.org", "starttls", False)


def test_defaults_in_the_document_are_the_defaults(tmp_path: Path) -> None:
    text = SETTINGS.read_text(encoding="utf-8")
    found = read_environment({"SAMENSPRAAK_DATA": str(tmp_path)})

    told = {
        name: re.findall(r"Default `?([\w@/]+)`?|`(\w+)` \(default\)", about) for name, _, about in ROW.findall(text)
    }
    defaults = {name: next(filter(None, given[0])) for name, given in told.items() if given}
    assert defaults == {
        "PORT": str(found.port),
        "DATA": "data",
        "LANGUAGE": found.language,
        "TIME_ZONE": found.time_zone,
        "MAIL_FROM": found.mail_from,
        "THREADS": str(found.threads),
    }


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("LANGUAGE", "fy", "SAMENSPRAAK_LANGUAGE='fy': give one of nl, en."),
        ("TIME_ZONE", "Amsterdam", "SAMENSPRAAK_TIME_ZONE='Amsterdam': give a name such as Europe/Amsterdam."),
        (
            "TIME_ZONE",
            "../../etc/passwd",
            "SAMENSPRAAK_TIME_ZONE='../../etc/passwd': give a name such as Europe/Amsterdam.",
        ),
        ("PORT", "0", "SAMENSPRAAK_PORT='0': give a whole number from 1 to 65535."),
        ("PORT", "８０", "SAMENSPRAAK_PORT='８０': give a whole number from 1 to 65535."),
        ("THREADS", "9", "SAMENSPRAAK_THREADS='9': give a whole number from 1 to 8."),
        ("MODE", "debug", "SAMENSPRAAK_MODE='debug': give one of serve, demo, test."),
        (
            "ADDRESS",
            "samenspraak.example.org",
            "SAMENSPRAAK_ADDRESS='samenspraak.example.org': give what people type, such as https://samenspraak.example.org.",
        ),
        (
            "MAIL_FROM",
            "A <a@example.org>",
            "SAMENSPRAAK_MAIL_FROM='A <a@example.org>': give one bare address, such as dialoog@example.org.",
        ),
        ("SECRET", "x", "SAMENSPRAAK_SECRET: no such setting. docs/settings.md names them all."),
        ("MODE_FILE", "/x", "SAMENSPRAAK_MODE_FILE: no such setting. docs/settings.md names them all."),
        ("SECRET_KEY_FILE", "/no/such", "SAMENSPRAAK_SECRET_KEY_FILE='/no/such': this file cannot be read."),
    ],
)
def test_value_that_cannot_be_used_is_told_with_its_line(tmp_path: Path, name: str, value: str, says: str) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        read(tmp_path, **{name: value})

    assert str(refused.value) == says


@pytest.mark.parametrize("name", ["DATABASE_URL", "MAIL_URL"])
def test_secret_that_cannot_be_used_is_not_repeated(tmp_path: Path, name: str) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        read(tmp_path, **{name: "mysql://user:hunter2@host/x"})

    assert (f"SAMENSPRAAK_{name}" in str(refused.value), "hunter2" in str(refused.value)) == (True, False)


@pytest.mark.parametrize("name", SECRETS)
def test_secret_may_stand_in_a_file(tmp_path: Path, name: str) -> None:
    examples = {"DATABASE_URL": "postgresql://h/n", "SECRET_KEY": "k" * 40, "MAIL_URL": "smtps://a:b%40c@h"}
    example = (examples | OIDC)[name]
    around = {n: v for n, v in OIDC.items() if n != name and name in OIDC}
    (tmp_path / "secret").write_text(f"{example}\n")

    by_file = read(tmp_path, **{f"{name}_FILE": str(tmp_path / "secret")}, **around)

    assert by_file == read(tmp_path, **{name: example}, **around)


def test_key_is_made_once_for_this_user_alone(tmp_path: Path) -> None:
    first, second = (read_environment({"SAMENSPRAAK_DATA": str(tmp_path / "data")}) for _ in range(2))

    assert (first.secret_key == second.secret_key, len(first.secret_key)) == (True, 64)
    assert [p.name for p in (tmp_path / "data").iterdir()] == ["secret.key"]
    assert stat.S_IMODE((tmp_path / "data" / "secret.key").stat().st_mode) == 0o600


def test_key_that_was_spoiled_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("")

    with pytest.raises(EnvironmentProblem) as refused:
        read(tmp_path)

    assert str(refused.value).startswith(f"{tmp_path / 'secret.key'}: this key is too short.")


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(EnvironmentProblem) as refused:
        read(tmp_path / "file" / "data")

    assert "this folder cannot be used" in str(refused.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        *(({name: ""}, f"SAMENSPRAAK_{name}: a company account needs this line too") for name in OIDC),
        ({"OIDC_ISSUER": "http://login.example.org"}, "SAMENSPRAAK_OIDC_ISSUER='http://login.example.org': give the"),
        ({"OIDC_ISSUER": "login"}, "SAMENSPRAAK_OIDC_ISSUER='login': give the issuer"),
        ({"OIDC_ISSUER": "https://x.example?a=b"}, "SAMENSPRAAK_OIDC_ISSUER="),
        ({"OIDC_DOMAINS": "@example.org"}, "SAMENSPRAAK_OIDC_DOMAINS='@example.org': give bare names"),
        ({"OIDC_DOMAINS": "*.example.org"}, "SAMENSPRAAK_OIDC_DOMAINS="),
        ({"OIDC_HOSTS": "https://example.net"}, "SAMENSPRAAK_OIDC_HOSTS="),
    ],
)
def test_half_a_company_account_or_a_wrong_line_stops_the_start(
    tmp_path: Path, change: dict[str, str], says: str
) -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        read(tmp_path, **OIDC | change)

    assert str(problem.value).startswith(says)


def test_a_company_account_names_what_may_be_called(tmp_path: Path) -> None:
    found = read_environment(
        {"SAMENSPRAAK_DATA": str(tmp_path)}
        | {f"SAMENSPRAAK_{name}": value for name, value in (OIDC | {"OIDC_HOSTS": "b.example, a.example"}).items()}
    )

    assert found.company is not None
    assert found.company.origins == ["https://login.example.org", "https://a.example", "https://b.example"]
    assert found.company.domains == {"example.org"}
