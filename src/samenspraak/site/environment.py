"""What an installation may set, read once and strictly from ``SAMENSPRAAK_*``.

An unknown name or a malformed value stops the start and says which line to change; nothing is guessed.
Every secret can also stand in a file: ``SAMENSPRAAK_SECRET_KEY_FILE=/path``.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import ZoneInfo

from samenspraak.site.problem import Problem

Mode = Literal["serve", "demo", "test"]
PREFIX = "SAMENSPRAAK_"

# What stands in the data folder.
DATABASE = "samenspraak.sqlite3"
FILES = "files"
KEY = "secret.key"


class EnvironmentProblem(Problem):
    """A setting that cannot be used; the message names the line and what may stand there."""

    exit_status = 2


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where mail goes out. ``security`` is how the line is kept private."""

    host: str
    port: int
    user: str
    password: str
    security: Literal["none", "starttls", "tls"]


@dataclass(frozen=True, kw_only=True)
class CompanyAccount:
    """An OpenID Connect provider whose word about addresses at ``domains`` is believed. ``hosts`` may be called too."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    domains: frozenset[str]
    hosts: frozenset[str]

    @property
    def origin(self) -> str:
        """Scheme, host and port of the issuer."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def origins(self) -> list[str]:
        """Every origin the server may call."""
        return [self.origin, *sorted(f"https://{host}" for host in self.hosts)]


@dataclass(frozen=True, kw_only=True)
class Environment:
    """All settings of one installation. ``address`` is what people type in their browser, without a slash at the end."""

    mode: Mode
    data: Path
    database: SplitResult | None
    secret_key: str
    address: str
    listen: str
    port: int
    language: str
    time_zone: str
    mail: MailServer | None
    mail_from: str
    trusts_proxy: bool
    threads: int
    company: CompanyAccount | None = None

    @property
    def is_https(self) -> bool:
        """Whether people reach this installation over https; decides the session cookie."""
        return self.address.startswith("https://")

    @property
    def host(self) -> str:
        """The host name in ``address``."""
        return urlsplit(self.address).hostname or "localhost"


def _whole(name: str, low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise EnvironmentProblem(f"{name}={value!r}: give a whole number from {low} to {high}.")
        return int(value)

    return parse


def _one_of(name: str, *allowed: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in allowed:
            raise EnvironmentProblem(f"{name}={value!r}: give one of {', '.join(allowed)}.")
        return value

    return parse


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise EnvironmentProblem(
            f"SAMENSPRAAK_ADDRESS={value!r}: give what people type, such as https://samenspraak.example.org."
        )
    return value.rstrip("/")


def _database(value: str) -> SplitResult:
    parts = urlsplit(value)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise EnvironmentProblem(
            f"SAMENSPRAAK_DATABASE_URL={parts.scheme}://…: give postgresql://user:password@host:5432/name, "
            "or leave the line out to keep everything in the data folder."
        )
    return parts


def _mail(value: str) -> MailServer:
    parts = urlsplit(value)
    kinds: dict[str, tuple[Literal["none", "starttls", "tls"], int]] = {
        "smtp": ("starttls", 587),
        "smtps": ("tls", 465),
        "smtp+plain": ("none", 25),
    }
    if parts.scheme not in kinds or not parts.hostname:
        raise EnvironmentProblem(
            "SAMENSPRAAK_MAIL_URL: give smtp://user:password@host:587 (STARTTLS), smtps://… (TLS) or "
            "smtp+plain://host:25 (no protection, for a mail server on this machine)."
        )
    security, port = kinds[parts.scheme]
    return MailServer(
        host=parts.hostname,
        port=parts.port or port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        security=security,
    )


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise EnvironmentProblem(f"SAMENSPRAAK_TIME_ZONE={value!r}: give a name such as Europe/Amsterdam.") from error
    return value


def _mail_from(value: str) -> str:
    if "@" not in value or any(c in value for c in "\r\n<>,"):
        raise EnvironmentProblem(
            f"SAMENSPRAAK_MAIL_FROM={value!r}: give one bare address, such as dialoog@example.org."
        )
    return value


def _issuer(value: str) -> str:
    parts = urlsplit(value)
    is_here = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")
    if not parts.hostname or parts.query or parts.fragment or not (parts.scheme == "https" or is_here):
        raise EnvironmentProblem(
            f"SAMENSPRAAK_OIDC_ISSUER={value!r}: give the issuer as the provider writes it, such as "
            "https://login.example.org/realm, with https."
        )
    return value


def _names(name: str, value: str) -> frozenset[str]:
    found = frozenset(part.strip().lower() for part in value.split(",") if part.strip())
    for part in found:
        if "." not in part or any(c in part for c in "@/: *") or part.startswith("."):
            raise EnvironmentProblem(f"{name}={value!r}: give bare names with commas between, such as example.org.")
    return found


OIDC = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_DOMAINS")


def _company(given: Mapping[str, str]) -> CompanyAccount | None:
    """The company account; half of it is a mistake, so either everything it needs is there or nothing."""
    there = [name for name in (*OIDC, "OIDC_NAME", "OIDC_HOSTS") if given.get(name)]
    missing = [name for name in OIDC if not given.get(name)]
    if there and missing:
        raise EnvironmentProblem(
            f"SAMENSPRAAK_{missing[0]}: a company account needs this line too; see docs/settings.md."
        )
    if not there:
        return None
    return CompanyAccount(
        issuer=_issuer(given["OIDC_ISSUER"]),
        client_id=given["OIDC_CLIENT_ID"],
        client_secret=given["OIDC_CLIENT_SECRET"],
        name=given.get("OIDC_NAME", ""),
        domains=_names("SAMENSPRAAK_OIDC_DOMAINS", given["OIDC_DOMAINS"]),
        hosts=_names("SAMENSPRAAK_OIDC_HOSTS", given.get("OIDC_HOSTS", "")),
    )


NAMES = (
    "MODE",
    "DATA",
    "DATABASE_URL",
    "SECRET_KEY",
    "ADDRESS",
    "LISTEN",
    "PORT",
    "LANGUAGE",
    "TIME_ZONE",
    "MAIL_URL",
    "MAIL_FROM",
    "TRUSTS_PROXY",
    "THREADS",
    "OIDC_ISSUER",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_NAME",
    "OIDC_DOMAINS",
    "OIDC_HOSTS",
)
SECRETS = ("DATABASE_URL", "SECRET_KEY", "MAIL_URL", "OIDC_CLIENT_SECRET")


def _collect(variables: Mapping[str, str]) -> dict[str, str]:
    """The values by bare name; files of secrets are read here."""
    found: dict[str, str] = {}
    for key, value in variables.items():
        if not key.startswith(PREFIX):
            continue
        name = key.removeprefix(PREFIX)
        if name in NAMES:
            found[name] = value
        elif name.endswith("_FILE") and name.removesuffix("_FILE") in SECRETS:
            try:
                found[name.removesuffix("_FILE")] = Path(value).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise EnvironmentProblem(f"{key}={value!r}: this file cannot be read.") from error
        else:
            raise EnvironmentProblem(f"{key}: no such setting. docs/settings.md names them all.")
    return found


def _secret_key(data: Path, value: str) -> str:
    """The key that signs cookies and links; made once and kept in the data folder unless it is given."""
    if value:
        if len(value) < 32:
            raise EnvironmentProblem("SAMENSPRAAK_SECRET_KEY: give at least 32 characters.")
        return value
    path = data / KEY
    try:
        if not path.exists():
            make_key(path)
        key = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise EnvironmentProblem(
            f"SAMENSPRAAK_DATA={str(data)!r}: this folder cannot be used ({error.strerror}). "
            "Give one that this user may write."
        ) from error
    if len(key) < 32:
        raise EnvironmentProblem(
            f"{path}: this key is too short. Restore it from a backup, or remove it to get a new one."
        )
    return key


def make_key(path: Path) -> None:
    """A new key, whole or not at all: a crash in between must not leave an empty one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    partial.touch(mode=0o600)
    partial.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    try:
        path.hardlink_to(partial)  # whoever comes first wins
    except FileExistsError:
        pass
    finally:
        partial.unlink()


def data_folder(variables: Mapping[str, str]) -> Path:
    """The folder that holds everything, for commands that do not start Django."""
    return Path(variables.get("SAMENSPRAAK_DATA", "data")).expanduser().resolve()


def is_postgresql(variables: Mapping[str, str]) -> bool:
    """Whether the tables are elsewhere, for commands that do not start Django."""
    return any(variables.get(f"SAMENSPRAAK_DATABASE_URL{ending}") for ending in ("", "_FILE"))


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Read ``SAMENSPRAAK_*`` from ``variables``; raises ``EnvironmentProblem`` on the first line that is wrong."""
    given = _collect(variables)
    get = given.get
    data = data_folder(variables)
    port = _whole("SAMENSPRAAK_PORT", 1, 65535)(get("PORT", "8000"))
    return Environment(
        mode=_one_of("SAMENSPRAAK_MODE", "serve", "demo", "test")(get("MODE", "serve")),  # type: ignore[arg-type]
        data=data,
        database=_database(given["DATABASE_URL"]) if get("DATABASE_URL") else None,
        secret_key=_secret_key(data, get("SECRET_KEY", "")),
        address=_address(get("ADDRESS", f"http://localhost:{port}")),
        listen=get("LISTEN", "127.0.0.1"),
        port=port,
        language=_one_of("SAMENSPRAAK_LANGUAGE", "nl", "en")(get("LANGUAGE", "nl")),
        time_zone=_time_zone(get("TIME_ZONE", "Europe/Amsterdam")),
        mail=_mail(given["MAIL_URL"]) if get("MAIL_URL") else None,
        mail_from=_mail_from(get("MAIL_FROM", "samenspraak@localhost")),
        trusts_proxy=_one_of("SAMENSPRAAK_TRUSTS_PROXY", "yes", "no")(get("TRUSTS_PROXY", "no")) == "yes",
        threads=_whole("SAMENSPRAAK_THREADS", 1, 8)(get("THREADS", "2")),
        company=_company(given),
    )
