"""The files of this repository as the checks read them, and what a check answers with."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "samenspraak"
SKIPPED = {".venv", ".boot", ".git", "__pycache__", "data", "artefacts", "node_modules"}


class Breach(NamedTuple):
    """One place where a rule does not hold."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


def told(breaches: Iterable[Breach]) -> list[str]:
    """Breaches as lines for people, by place; a test compares them with the empty list."""
    return [str(breach) for breach in sorted(breaches)]


@cache
def repository() -> tuple[Path, ...]:
    """Every file that is, or is about to be, in the repository; without git (an archive) what lies there."""
    listing = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(listing, check=True, capture_output=True, text=True).stdout.split("\0")
        found = [ROOT / name for name in names if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path for path in ROOT.rglob("*") if not SKIPPED & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def name_of(path: Path) -> str:
    """A file as people write it: from the root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


def under(folder: Path, *endings: str) -> list[Path]:
    """The files of the repository in a folder, by ending."""
    return [path for path in repository() if path.is_relative_to(folder) and path.suffix in endings]


def is_migration(path: Path) -> bool:
    """Whether Django wrote this file."""
    return "migrations" in path.parts


def code() -> list[Path]:
    """The Python of the product, without what Django wrote."""
    return [path for path in under(PACKAGE, ".py") if not is_migration(path)]


def templates() -> list[Path]:
    """Pages, fragments and mails."""
    return [path for path in under(PACKAGE, ".html", ".txt") if "templates" in path.parts]


def rooms() -> list[Path]:
    """The folders of the rooms."""
    return sorted({PACKAGE / path.relative_to(PACKAGE).parts[0] for path in code() if path.parent != PACKAGE})


@cache
def tree_of(path: Path) -> ast.Module:
    """A module, parsed once."""
    return ast.parse(text_of(path), filename=name_of(path))


def dotted(node: ast.expr) -> str:
    """``a.b.c`` of an expression made of names alone, with calls looked through; else what its end says."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return dotted(node.func) if isinstance(node, ast.Call) else ""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))
