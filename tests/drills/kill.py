"""``samenspraak drill kill``: the server is killed while people write, again and again; nothing acknowledged may go.

SIGKILL at a random moment, then a new start on the same folder. After each start SQLite checks every page and every
reference. Whoever got no answer sends the same once more, so in the end every write is there exactly once, with the
line of history that belongs to it.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from samenspraak.site.backup import problems_in
from tests.drills.writing import Writers, report, sign_in, tally, write_task
from tests.server import RunningServer, start_server


def ready(data: Path, errors: Path) -> tuple[RunningServer, float]:
    """A server on the folder, and how long it took to answer."""
    began = time.monotonic()
    server = start_server("demo", data, errors)
    server.wait_until_healthy()
    return server, time.monotonic() - began


def drill(folder: Path, rounds: int, count: int, chance: random.Random) -> tuple[Writers, int, list[float]]:
    """Kill so many times; returns the writers, how often the database was damaged, and the times to be ready."""
    data, errors = folder / "data", folder / "errors"
    server, _ = ready(data, errors)
    writers = Writers(write_task, sign_in(server.links["owner"]), count)
    damaged, times = 0, []
    for _ in range(rounds):
        writers.start(server.address)
        time.sleep(chance.uniform(0.02, 1.5))
        server.kill()
        writers.join()
        close(server)
        server, seconds = ready(data, errors)
        times.append(seconds)
        damaged += bool(problems_in(data / "samenspraak.sqlite3"))
    writers.start(server.address)  # what nobody is sure of is sent once more
    time.sleep(0.5)
    writers.stop()
    server.stop()
    close(server)
    return writers, damaged, times


def close(server: RunningServer) -> None:
    assert server.process.stdout is not None
    server.process.stdout.close()


def main(argv: list[str]) -> int:
    """Print what was lost, doubled, half there and damaged; 1 when it is anything."""
    parser = argparse.ArgumentParser(prog="samenspraak drill kill")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--writers", type=int, default=3)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="samenspraak-drill-") as folder:
        writers, damaged, times = drill(Path(folder), options.rounds, options.writers, random.Random(options.seed))
        found = tally(Path(folder, "data"), writers)
    rest = {"seed": options.seed, "n": len(writers.acknowledged)}
    note = f"{options.writers} writers; ready again within {max(times, default=0):.1f} s"
    kept = [
        report("kill.rounds", len(times), options.rounds, **rest, note=note),
        report("kill.lost", found.lost, 0, **rest, note="writes that were acknowledged and are not there"),
        report("kill.doubled", found.doubled, 0, **rest, note="writes or lines of history that are there twice"),
        report("kill.half", found.half, 0, **rest, note="a write without its history, or the other way round"),
        report("kill.unfinished", len(writers.unsure), 0, **rest, note="writes nobody knows about in the end"),
        report("kill.refused", len(writers.refused), 0, **rest, note="writes that got another answer than a redirect"),
        report("kill.damaged", damaged, 0, **rest, note="starts after which SQLite found something wrong"),
    ]
    return 0 if all(kept) and writers.acknowledged else 1
