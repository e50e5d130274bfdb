"""``samenspraak serve`` and ``samenspraak worker``: everything in one process, or the worker apart."""

from __future__ import annotations

import argparse

from samenspraak.site.start import end_on_signals, start_django


def main(arguments: list[str]) -> int:
    """``samenspraak serve``."""
    parser = argparse.ArgumentParser(
        prog="samenspraak serve",
        description="Serve this installation.",
        epilog="--data DIR, --port N (0 takes any free one) and --listen ADDRESS go before the settings of that name.",
    )
    parser.add_argument("--no-worker", action="store_true", help="leave work in the background to: samenspraak worker")
    options = parser.parse_args(arguments)
    end_on_signals()
    start_django()
    from samenspraak.site.running import serve  # noqa: PLC0415  it needs Django

    return serve(has_worker=not options.no_worker)


def worker(arguments: list[str]) -> int:
    """``samenspraak worker``."""
    parser = argparse.ArgumentParser(
        prog="samenspraak worker",
        description="Work in the background, beside: samenspraak serve --no-worker.",
        epilog="--data DIR goes before the setting of that name.",
    )
    parser.parse_args(arguments)
    start_django()
    from samenspraak.site.running import work  # noqa: PLC0415  it needs Django

    return work()
