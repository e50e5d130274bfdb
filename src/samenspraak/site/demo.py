"""``samenspraak demo``: a filled-in installation to look around in, thrown away at the end."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from samenspraak.site.environment import DATABASE, PREFIX
from samenspraak.site.problem import Problem
from samenspraak.site.start import end_on_signals, port, start_django

MARK = "this-is-a-demo"
KEPT_SETTINGS = ("SAMENSPRAAK_LANGUAGE", "SAMENSPRAAK_TIME_ZONE", "SAMENSPRAAK_THREADS")


def choose_settings(data: Path, number: int) -> None:
    """A demo never touches a real installation: of its settings only language, time zone and threads count."""
    for name in [n for n in os.environ if n.startswith(PREFIX) and n not in KEPT_SETTINGS]:
        del os.environ[name]
    os.environ["SAMENSPRAAK_MODE"] = "demo"
    os.environ["SAMENSPRAAK_DATA"] = str(data)
    os.environ["SAMENSPRAAK_PORT"] = str(number)


def check_folder(data: Path) -> None:
    """A folder that holds real data is refused: the demo hands out links that sign in as its owner."""
    if (data / DATABASE).exists() and not (data / MARK).exists():
        raise Problem(f"{data} holds a real installation. Give another folder, or none: then the demo is thrown away.")
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    (data / MARK).touch()


def main(arguments: list[str]) -> int:
    """``samenspraak demo``."""
    parser = argparse.ArgumentParser(
        prog="samenspraak demo",
        description="A filled-in demo on this machine alone. Its data is thrown away at the end, unless a folder is given.",
    )
    parser.add_argument("--port", type=port, default=8000, help="where to listen; 0 takes any free port")
    parser.add_argument("--data", type=Path, help="a folder to keep the demo in")
    options = parser.parse_args(arguments)
    end_on_signals()
    data = options.data.resolve() if options.data else Path(tempfile.mkdtemp(prefix="samenspraak-demo-"))
    try:
        check_folder(data)
        choose_settings(data, options.port)
        start_django()
        from samenspraak.site.running import demo  # noqa: PLC0415  it needs Django

        return demo(data / MARK, is_kept=options.data is not None)
    finally:
        if not options.data:
            shutil.rmtree(data, ignore_errors=True)
