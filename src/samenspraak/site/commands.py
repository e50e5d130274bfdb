"""The command ``samenspraak``: one word, one function."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from samenspraak.site.problem import Problem
from samenspraak.site.start import take_settings

Command = Callable[[list[str]], int]


class Word(NamedTuple):
    """A word, where it is done and what it needs before."""

    target: str
    about: str
    takes_settings: bool = False


WORDS: dict[str, Word] = {
    "serve": Word("samenspraak.site.serve:main", "serve this installation", takes_settings=True),
    "worker": Word("samenspraak.site.serve:worker", "work in the background, apart", takes_settings=True),
    "demo": Word("samenspraak.site.demo:main", "a filled-in, throw-away demo"),
    "doctor": Word(
        "samenspraak.site.doctor:main", "what is wrong with this installation, and the mend", takes_settings=True
    ),
    "backup": Word("samenspraak.site.backup:main", "write everything to one archive", takes_settings=True),
    "restore": Word("samenspraak.site.restore:main", "make a data folder from an archive", takes_settings=True),
    "export": Word(
        "samenspraak.site.transfer.commands:export_main", "one organisation as one file", takes_settings=True
    ),
    "import": Word("samenspraak.site.transfer.commands:import_main", "bring such a file in", takes_settings=True),
    "method": Word("samenspraak.site.commands:method", "check the editions of the method"),
    "texts": Word("samenspraak.site.texts:main", "check or update the Dutch catalogue"),
    "bench": Word("samenspraak.site.commands:bench", "measure against a bare limit, from a checkout"),
    "drill": Word("samenspraak.site.commands:drill", "break something on purpose and count, from a checkout"),
    "django": Word("samenspraak.site.commands:django", "Django's own commands, for developers"),
}


def django(arguments: list[str]) -> int:
    """Hand over to Django's management commands."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415  settings must be chosen first

    execute_from_command_line(["samenspraak django", *arguments])
    return 0


def method(arguments: list[str]) -> int:
    """``samenspraak method check``."""
    from samenspraak.method.check import main as check_method  # noqa: PLC0415  only where it is needed

    if arguments[:1] != ["check"]:
        sys.stderr.write("usage: samenspraak method check [--json] [--edition NAME] [--schema]\n")
        return 2
    return check_method(arguments[1:])


def bench(arguments: list[str]) -> int:
    """``samenspraak bench NAME``."""
    return from_checkout("bench", arguments)


def drill(arguments: list[str]) -> int:
    """``samenspraak drill NAME``."""
    return from_checkout("drills", arguments)


def from_checkout(kind: str, arguments: list[str]) -> int:
    """Run ``tests/<kind>/<name>.py``; the tests do not travel with an installed package."""
    checkout = Path(__file__).resolve().parents[3]
    folder = checkout / "tests" / kind
    if not folder.is_dir():
        raise Problem(f"the {kind} stand in the source: get a checkout of Samenspraak and run it there.")
    names = sorted(p.stem for p in folder.glob("*.py") if "\ndef main(" in p.read_text(encoding="utf-8"))
    if not arguments or arguments[0] not in names:
        sys.stderr.write(f"usage: samenspraak {kind.removesuffix('s')} NAME …   NAME is one of: {', '.join(names)}\n")
        return 2
    sys.path.insert(0, str(checkout))
    code: int = import_module(f"tests.{kind}.{arguments[0]}").main(arguments[1:])
    return code


def usage() -> str:
    """Every word with what it does."""
    width = max(map(len, WORDS))
    lines = (f"  {name.ljust(width)}  {word.about}" for name, word in WORDS.items())
    return "usage: samenspraak WORD …\n\n" + "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run a word; 2 when there is no such word or a setting cannot be used."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given or given[0] in ("-h", "--help"):
        sys.stdout.write(usage() + "\n")
        return 0 if given else 2
    if given[0] not in WORDS:
        sys.stderr.write(f"samenspraak: no word {given[0]!r}.\n\n{usage()}\n")
        return 2
    try:
        return run(WORDS[given[0]], given[1:])
    except Problem as problem:
        sys.stderr.write(f"samenspraak {given[0]}: {problem}\n")
        return problem.exit_status


def run(word: Word, arguments: list[str]) -> int:
    """Bring in what a word needs, then do it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspraak.site.settings")
    rest = take_settings(arguments) if word.takes_settings else arguments
    module, _, name = word.target.partition(":")
    command: Command = getattr(import_module(module), name)
    return command(rest)
