"""``samenspraak bench setup``: the environment as ``run.py`` makes it, against the bare road to the same place.

The bare road: pip brings uv, uv makes an environment, uv installs the lock. Both begin with nothing kept: no uv, no
wheels. They are measured in turns, each with an empty folder of its own; the figures are the quickest turn of each.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "run.lock"
GOAL = 1.25
WITHIN = 55.0
TURNS = 5
ROOM = 2_000_000_000


def base_python() -> str:
    """The Python under this environment: that is the one people have."""
    return os.path.realpath(sys.executable)


def cold(folder: Path) -> dict[str, str]:
    """An environment in which nothing is kept from before."""
    names = {"VIRTUAL_ENV", "PYTHONPATH", "UV_CACHE_DIR"}
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return {**kept, "UV_CACHE_DIR": str(folder / "cache"), "PIP_NO_CACHE_DIR": "1"}


def run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, env=cold(folder), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def bare(folder: Path) -> None:
    """What has to be done, and nothing else."""
    uv = str(folder / "boot" / "bin" / "uv")
    environment = str(folder / "environment")
    run([base_python(), "-m", "pip", "install", "--quiet", "--target", str(folder / "boot"), "uv"], folder)
    run([uv, "venv", "--quiet", "--python", base_python(), environment], folder)
    run([uv, "pip", "install", "--quiet", "--python", environment, "--require-hashes", "-r", str(LOCK)], folder)


def ours(folder: Path) -> None:
    """What ``python3 run.py WORD`` does before the word."""
    shutil.copy(ROOT / "run.py", folder)
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    run([base_python(), "-c", "import run; run.install('run')"], folder)


def quiet_place() -> str | None:
    """Memory instead of the disk where there is room for it: what others write would be measured too."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > ROOM else None


def timed(road: Callable[[Path], None]) -> float:
    """Seconds from an empty folder to an environment."""
    with tempfile.TemporaryDirectory(prefix="samenspraak-setup-", dir=quiet_place()) as folder:
        began = time.perf_counter()
        road(Path(folder))
        return time.perf_counter() - began


def main(argv: list[str]) -> int:
    """Print one line; 1 when run.py takes more than a quarter longer."""
    del argv
    began = time.perf_counter()
    times: dict[Callable[[Path], None], list[float]] = {bare: [], ours: []}
    for turn in range(TURNS):
        spent = time.perf_counter() - began
        if turn and spent * (turn + 1) / turn > WITHIN:
            break
        for road in (bare, ours) if turn % 2 == 0 else (ours, bare):
            times[road].append(timed(road))
    value, limit = min(times[ours]), min(times[bare])
    ratio = value / limit
    packages = LOCK.read_text(encoding="utf-8").count("==")
    line = {
        "name": "setup.environment",
        "value": round(value, 2),
        "limit": round(limit, 2),
        "unit": "s",
        "ratio": round(ratio, 2),
        "goal": GOAL,
        "ok": ratio <= GOAL,
        "n": len(times[ours]),
        "note": f"{packages} packages; pip brings uv, uv makes an environment and installs the lock; nothing kept",
    }
    sys.stdout.write(json.dumps(line) + "\n")
    return 0 if line["ok"] else 1
