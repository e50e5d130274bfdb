"""What happens before Django knows its settings: options become settings, signals lead to an orderly end."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
from types import FrameType


def say(text: str) -> None:
    """Tell the person at the command line what happens; standard output is for what others read."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def port(text: str) -> int:
    """A port for argparse; 0 asks for any free one."""
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError("give a whole number from 1 to 65535, or 0 for any free port")
    return int(text) or free_port()


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def take_settings(arguments: list[str]) -> list[str]:
    """``--data``, ``--port`` and ``--listen`` are settings said at the command line; returns the other arguments."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--data")
    parser.add_argument("--port", type=port)
    parser.add_argument("--listen")
    options, others = parser.parse_known_args(arguments)
    for name, value in vars(options).items():
        if value is not None:
            os.environ[f"SAMENSPRAAK_{name.upper()}"] = str(value)
    return others


def start_django() -> None:
    """Read the settings and load every room. Files made from here on are for this user alone."""
    import django  # noqa: PLC0415  it reads the settings

    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspraak.site.settings")
    django.setup()


def end(_number: int, _frame: FrameType | None) -> None:
    """Leave through every ``finally``."""
    raise SystemExit(0)


def end_on_signals() -> None:
    """SIGTERM and SIGINT end in order, whenever they come; the server finishes its requests first."""
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
