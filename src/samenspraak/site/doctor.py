"""``samenspraak doctor``: what is wrong with an installation, line by line, each with its mend."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from samenspraak.site.environment import DATABASE, KEY, Environment, EnvironmentProblem, data_folder, read_environment
from samenspraak.site.finding import Finding, ok, warn, wrong
from samenspraak.site.start import start_django
from samenspraak.site.texts import catalogue_path

LOCK = Path(__file__).resolve().parents[3] / "requirements" / "run.lock"
LEAST_FREE = 500_000_000


def python() -> Iterator[Finding]:
    """The Python under it all."""
    yield ok("python", sys.version.split()[0])  # an older one does not get this far


def locked_versions(lock: str) -> dict[str, str]:
    """What a lock file asks for: versions by name."""
    pairs = (line.split(" ")[0].split("==") for line in lock.splitlines() if "==" in line and not line.startswith(" "))
    return {name: wanted.rstrip(";") for name, wanted in pairs}


def packages() -> Iterator[Finding]:
    """What is installed against what was tested together."""
    if not LOCK.exists():
        yield ok("packages", "installed without a lock file, so there is nothing to compare with")
        return
    different = []
    for name, wanted in locked_versions(LOCK.read_text(encoding="utf-8")).items():
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "nothing"
        if found != wanted:
            different.append(f"{name} {found}, not {wanted}")
    if different:
        yield warn("packages", "; ".join(different[:5]), "install them as locked: python3 run.py doctor")
    else:
        yield ok("packages", "as locked")


def folder(data: Path) -> Iterator[Finding]:
    """The data folder: there, ours alone, with room."""
    if not data.is_dir():
        yield wrong(
            "data", f"there is no folder {data}", "start once with: samenspraak serve, or name it with --data DIR"
        )
        return
    open_to_others = [p.name or str(p) for p in (data, data / KEY, data / DATABASE) if p.exists() and _is_open(p)]
    if open_to_others:
        names = " ".join(str(data / n) if n != data.name else str(data) for n in open_to_others)
        yield wrong("data", f"others on this machine can open {', '.join(open_to_others)}", f"chmod go-rwx {names}")
    elif not os.access(data, os.W_OK):
        yield wrong("data", f"this user may not write in {data}", "run as the user who owns it")
    else:
        yield ok("data", f"{data}, for this user alone")
    free = shutil.disk_usage(data).free
    if free < LEAST_FREE:
        yield warn("disk", f"{free // 1_000_000} MB free", "make room: a full disk stops all writing")
    else:
        yield ok("disk", f"{free // 1_000_000_000} GB free")


def _is_open(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def settings(environment: Environment) -> Iterator[Finding]:
    """The settings against each other."""
    kind = "__Host-samenspraak, over https alone" if environment.is_https else "samenspraak, over http too"
    is_here = environment.host in ("localhost", "127.0.0.1", "::1")
    if environment.is_https and not environment.trusts_proxy:
        yield warn(
            "address",
            f"{environment.address}, but no proxy is trusted, so nobody seems to come over https",
            "SAMENSPRAAK_TRUSTS_PROXY=yes when a proxy of yours stands in front and sets X-Forwarded-For and -Proto",
        )
    elif not environment.is_https and not is_here:
        yield warn(
            "address", f"{environment.address} is not private on the way", "use https: docs/operating.md says how"
        )
    else:
        yield ok("address", environment.address)
    yield ok("cookie", kind)
    if environment.listen not in ("127.0.0.1", "::1", "localhost") and environment.trusts_proxy:
        yield warn(
            "listen",
            f"{environment.listen} can be reached without the proxy, so anybody can write X-Forwarded-For",
            "SAMENSPRAAK_LISTEN=127.0.0.1, or a firewall",
        )
    if len(set(environment.secret_key)) < 10:
        yield wrong(
            "key",
            "the secret key is easy to guess",
            f"remove {environment.data / KEY} or SAMENSPRAAK_SECRET_KEY, and a good one is made",
        )
    else:
        yield ok("key", "long and random")
    if environment.mode != "serve":
        yield warn("mode", f"SAMENSPRAAK_MODE={environment.mode}", "leave that line out of a real installation")


def texts() -> Iterator[Finding]:
    """The Dutch catalogue as Django reads it."""
    source = catalogue_path()
    compiled = source.with_suffix(".mo")
    if not compiled.exists():
        yield wrong("texts", "the Dutch texts are not compiled", "samenspraak texts")
    elif source.exists() and compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
        yield warn("texts", "the Dutch texts are older than their source", "samenspraak texts")
    else:
        yield ok("texts", "compiled")


def clock(data: Path) -> Iterator[Finding]:
    """A clock that was set back makes links live too long and history out of order."""
    newest = max((p.stat().st_mtime for p in data.iterdir()), default=0.0)
    if newest > time.time() + 120:
        yield wrong("clock", "the data was written later than it is now", "set the clock; let it be kept (NTP)")
    else:
        yield ok("clock", time.strftime("%Y-%m-%d %H:%M:%S %Z"))


def findings(variables: dict[str, str]) -> Iterator[Finding]:
    """All findings, cheap ones first; what cannot be asked is left out."""
    data = data_folder(variables)
    first: list[Callable[[], Iterator[Finding]]] = [python, packages, texts, lambda: folder(data)]
    for check in first:
        yield from check()
    if not data.is_dir():
        return
    yield from clock(data)
    try:
        environment = read_environment(variables)
    except EnvironmentProblem as problem:
        yield wrong("settings", str(problem), "change that line")
        return
    yield from settings(environment)
    start_django()
    from samenspraak.site.checkup import examine  # noqa: PLC0415  it needs Django

    yield from examine(environment)


def main(arguments: list[str]) -> int:
    """``samenspraak doctor [--json]``."""
    parser = argparse.ArgumentParser(
        prog="samenspraak doctor",
        description="Look an installation over. The exit status is 1 when something is wrong.",
        epilog="--data DIR names another data folder than the setting.",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    options = parser.parse_args(arguments)
    is_wrong = False
    for finding in findings(dict(os.environ)):
        is_wrong = is_wrong or finding.level == "wrong"
        mend = f"\n{'':15}→ {finding.mend}" if finding.mend else ""
        line = (
            json.dumps(asdict(finding))
            if options.json
            else f"{finding.level:5} {finding.subject:8} {finding.text}{mend}"
        )
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return 1 if is_wrong else 0
