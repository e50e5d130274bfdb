#!/usr/bin/env python3
"""The two commands of the README: makes the environment from the lock, then runs.

    python3 run.py demo     a filled-in, throw-away demo on http://localhost:8000
    python3 run.py test     every test, the ones in a real browser too
    python3 run.py check    format, lint, types, imports, migrations, texts, method, and the quick tests
    python3 run.py WORD …   installs, then hands over to: samenspraak WORD …

Standard library alone, Python 3.11 or newer. Its own messages go to standard error.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BOOT = HERE / ".boot"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
HOME = VENV / ".made-for"  # the folder this environment belongs to, once it is whole
LOCKS = {"run": HERE / "requirements" / "run.lock", "dev": HERE / "requirements" / "dev.lock"}

CHECKS: list[tuple[str, list[str]]] = [
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("templates", ["djlint", "--lint", "--quiet", "src"]),
    ("imports", ["lint-imports", "--no-cache"]),
    ("types", ["mypy"]),
    ("migrations", ["python", "-m", "samenspraak", "django", "makemigrations", "--check", "--dry-run"]),
    ("texts", ["python", "-m", "samenspraak", "texts", "--check"]),
    ("method", ["python", "-m", "samenspraak", "method", "check"]),
    ("sizes", ["python", "-m", "tests.architecture.sizes"]),
]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run(command: list[str], **options: object) -> int:
    """Standard output is for what others read, so whatever installs talks on standard error."""
    return subprocess.run(command, cwd=HERE, check=False, **options).returncode  # type: ignore[call-overload, no-any-return]


def bring_uv() -> str | None:
    """uv from the package index, beside the project; None where pip cannot bring it."""
    uv = BOOT / "bin" / ("uv.exe" if os.name == "nt" else "uv")
    if not uv.exists():
        say("Bringing the installer (uv) …")
        quiet = ["--quiet", "--disable-pip-version-check", "--root-user-action=ignore"]
        run([sys.executable, "-m", "pip", "install", *quiet, "--target", str(BOOT), "uv"], stdout=sys.stderr)
    return str(uv) if uv.exists() else shutil.which("uv")


def is_whole() -> bool:
    """Whether .venv belongs to this folder and was not broken off while installing."""
    return PYTHON.exists() and (not HOME.exists() or HOME.read_text(encoding="utf-8") == str(HERE))


def make_environment(uv: str | None) -> None:
    """A new .venv in place of whatever is there."""
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir()
    HOME.touch()
    python = os.path.realpath(sys.executable)
    ways = [[uv, "venv", "--quiet", "--allow-existing", "--python", python]] if uv else []
    ways.append([python, "-m", "venv", "--without-pip"])
    if not any(run([*way, str(VENV)], stdout=sys.stderr) == 0 for way in ways):
        say("Could not make an environment. On Debian and Ubuntu this helps: apt-get install python3-pip python3-venv")
        raise SystemExit(1)


def install(name: str) -> None:
    """Install a lock where that was not done yet; leaves what another lock put there."""
    lock = LOCKS[name]
    stamp, wanted = VENV / f".{name}.installed", hashlib.sha256(lock.read_bytes()).hexdigest()
    if is_whole() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    started = time.monotonic()
    uv = bring_uv()
    if not is_whole():
        make_environment(uv)
    say(f"Installing what Samenspraak stands on ({lock.name}) …")
    HOME.write_text("", encoding="utf-8")  # broken off from here on, the next time begins anew
    hashed = ["--quiet", "--require-hashes", "-r", str(lock)]
    ways = [[uv, "pip", "install", "--python", str(PYTHON), *hashed]] if uv else []
    ways.append([sys.executable, "-m", "pip", "--python", str(PYTHON), "install", *hashed])  # knows pip's own settings
    if not any(run(way, stdout=sys.stderr) == 0 for way in ways):
        say("Installing did not work. What went wrong stands above; the same command tries again.")
        raise SystemExit(1)
    put_source_on_path()
    stamp.write_text(wanted, encoding="utf-8")
    HOME.write_text(str(HERE), encoding="utf-8")
    say(f"Installed in {time.monotonic() - started:.1f} s.")


def put_source_on_path() -> None:
    """The package is used from this folder: a path file does what an editable install does, without a build."""
    packages = subprocess.run(
        [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    Path(packages, "samenspraak.pth").write_text(f"{HERE / 'src'}\n", encoding="utf-8")


def has_chromium() -> bool:
    return any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))


def bring_chromium() -> None:
    """Debian's browser for the journeys, where we may install it; without it they are skipped by name."""
    if has_chromium() or not shutil.which("apt-get") or (hasattr(os, "geteuid") and os.geteuid() != 0):
        return
    say("Installing Chromium for the tests in a real browser …")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    run(["apt-get", "update"], **quiet)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "install", "-y", "--no-install-recommends", "chromium"], env=environment, **quiet)


def environment() -> dict[str, str]:
    """The programs of .venv come first; data stands in this folder unless it is set, wherever the command was given."""
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    return {"SAMENSPRAAK_DATA": str(HERE / "data"), **os.environ, "PATH": path, "VIRTUAL_ENV": str(VENV)}


def test(arguments: list[str]) -> int:
    install("run")
    install("dev")
    bring_chromium()
    workers = [] if any(a.startswith("-n") for a in arguments) else ["-n", str(os.cpu_count() or 2)]
    return run([str(PYTHON), "-m", "pytest", *workers, *arguments], env=environment())


def check(arguments: list[str]) -> int:
    install("run")
    install("dev")
    failed = []
    for name, command in CHECKS:
        started = time.monotonic()
        code = run([str(BIN / command[0]), *command[1:]], env=environment())
        say(f"{'ok  ' if code == 0 else 'FAIL'} {name} ({time.monotonic() - started:.1f} s)")
        if code:
            failed.append(name)
    if "--no-tests" not in arguments and test(["-m", "not journey and not drill"]):
        failed.append("tests")
    if failed:
        say(f"Not in order: {', '.join(failed)}.")
    return 1 if failed else 0


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):
        say(f"Samenspraak needs Python 3.11 or newer. This is {sys.version.split()[0]}.")
        return 1
    if not arguments or arguments[0] in ("-h", "--help"):
        say(__doc__ or "")
        return 0 if arguments else 2
    word, rest = arguments[0], arguments[1:]
    if word == "test":
        return test(rest)
    if word == "check":
        return check(rest)
    install("run")
    command = [str(PYTHON), "-m", "samenspraak", word, *rest]
    if os.name == "nt":
        return subprocess.run(command, env=environment(), check=False).returncode
    os.execve(command[0], command, environment())  # signals reach the server itself
    return 1


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
