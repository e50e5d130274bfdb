"""The real server in a process of its own, on a free port, for tests, journeys, drills and benches."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.error import URLError
from urllib.request import urlopen

START_WITHIN = 60.0
STOP_WITHIN = 20.0


@dataclass
class RunningServer:
    """A server that answers. ``links`` sign in by role; ``lines`` is all it printed on standard output."""

    process: subprocess.Popen[str]
    errors: Path
    lines: list[str] = field(default_factory=list)
    last_words: str = ""

    @property
    def address(self) -> str:
        return self.lines[0]

    @property
    def links(self) -> dict[str, str]:
        return dict(line.split(": ", 1) for line in self.lines[1:] if ": http" in line)

    def said(self) -> str:
        """Everything on standard error up to now, or up to its end."""
        if self.errors.exists():
            self.last_words = self.errors.read_text(encoding="utf-8")
        return self.last_words

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Ask it to stop; returns its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_WITHIN)

    def read_lines(self) -> None:
        """Take in what was printed up to now."""
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)
        while line := self.process.stdout.readline():
            self.lines.append(line.rstrip("\n"))

    def wait_until_healthy(self, where: str = "") -> None:
        """Until it answers, at its address or ``where`` it is behind a proxy; all its lines are out by then."""
        until = time.monotonic() + START_WITHIN
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"The server ended with {self.process.returncode}:\n{self.said()}")
            self.read_lines()
            if self.lines and is_healthy(where or self.lines[0]):
                self.read_lines()
                return
            time.sleep(0.02)
        raise RuntimeError(f"No answer within {START_WITHIN:.0f} s:\n{self.said()}")


def is_healthy(address: str) -> bool:
    try:
        with urlopen(f"{address}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def start_server(
    mode: Literal["demo", "serve"],
    data: Path | None,
    errors: Path,
    *,
    options: Sequence[str] = (),
    settings: Mapping[str, str] | None = None,
) -> RunningServer:
    """Start, without waiting for an answer."""
    environment = {n: v for n, v in os.environ.items() if not n.startswith("SAMENSPRAAK_")}
    arguments = ["--port", "0", *(["--data", str(data)] if data else []), *options]
    with errors.open("a", encoding="utf-8") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "samenspraak", mode, *arguments],
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            env={**environment, **(settings or {})},
        )
    return RunningServer(process, errors)


@contextmanager
def running_server(
    mode: Literal["demo", "serve"] = "demo",
    data: Path | None = None,
    *,
    options: Sequence[str] = (),
    settings: Mapping[str, str] | None = None,
    where: str = "",
) -> Iterator[RunningServer]:
    """A server that answers, stopped in order at the end. ``serve`` without a folder gets a throw-away one."""
    with tempfile.TemporaryDirectory(prefix="samenspraak-server-") as scratch:
        folder = data or (Path(scratch, "data") if mode == "serve" else None)
        server = start_server(mode, folder, Path(scratch, "errors"), options=options, settings=settings)
        try:
            server.wait_until_healthy(where)
            yield server
        finally:
            if server.process.poll() is None:
                try:
                    server.stop()
                except subprocess.TimeoutExpired:
                    server.kill()
            server.said()
            assert server.process.stdout is not None
            server.process.stdout.close()
