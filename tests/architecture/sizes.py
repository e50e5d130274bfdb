"""How long files and functions are: ``python -m tests.architecture.sizes``.

Limits are held (exit status 1); medians are told, with the better quarter of what was measured elsewhere as goal.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.architecture.source import (
    PACKAGE,
    ROOT,
    Breach,
    is_migration,
    name_of,
    repository,
    templates,
    text_of,
    under,
)

FILE_LINES = {".py": 400, ".html": 400, ".txt": 400, ".css": 600, ".js": 200}
FUNCTION_LINES = 40
ARGUMENTS = 5
GOALS = {"function": 10, "view": 25, "template": 120}
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Measured(NamedTuple):
    """One thing and its lines."""

    kind: str
    file: str
    line: int
    name: str
    lines: int
    arguments: int = 0


def argument_count(function: Function) -> int:
    """How many arguments a caller has to think of; ``self``, ``cls`` and open ends (``*args``) do not count."""
    given = function.args
    names = [a.arg for a in (*given.posonlyargs, *given.args)]
    own = names[1:] if names[:1] in (["self"], ["cls"]) else names
    return len(own) + len(given.kwonlyargs)


def is_view(function: Function, file: str) -> bool:
    """Whether this answers a request: a function in ``views`` whose first argument is one."""
    first = next(iter(function.args.args), None)
    asks = first is not None and first.annotation is not None and ast.unparse(first.annotation).endswith("Request")
    return asks and ("/views/" in file or file.endswith("/views.py")) and not function.name.startswith("_")


def functions_in(source: str, file: str) -> Iterator[Measured]:
    """Every function of a module, nested ones too. The arguments of a test are fixtures and do not count."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            kind = "view" if is_view(node, file) else "function"
            arguments = 0 if node.name.startswith("test_") else argument_count(node)
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Measured(kind, file, node.lineno, node.name, lines, arguments)


def broken_by_file(file: str, lines: int, limit: int) -> list[Breach]:
    """A file that is too long is two rooms, or a package of the same name."""
    return [Breach(file, lines, f"{lines} lines in a file, at most {limit}")] if lines > limit else []


def broken_by_functions(functions: Iterable[Measured]) -> Iterator[Breach]:
    """Functions that are too long or ask for too much."""
    for one in functions:
        if one.lines > FUNCTION_LINES:
            yield Breach(one.file, one.line, f"{one.name}: {one.lines} lines, at most {FUNCTION_LINES}")
        if one.arguments > ARGUMENTS:
            yield Breach(one.file, one.line, f"{one.name}: {one.arguments} arguments, at most {ARGUMENTS}")


def measured_files() -> list[tuple[Path, int]]:
    """Files with a limit, and their lines."""
    kept = [p for p in repository() if p.suffix in FILE_LINES and not is_migration(p)]
    return [(p, len(text_of(p).splitlines())) for p in kept if p.is_relative_to(ROOT / "src") or p.suffix == ".py"]


def measured_functions(paths: Iterable[Path]) -> list[Measured]:
    """Every function of these files."""
    return [one for path in paths if not is_migration(path) for one in functions_in(text_of(path), name_of(path))]


def breaches() -> list[Breach]:
    """Every limit that is broken, in the product, its tests and ``run.py``."""
    long_files = [b for p, lines in measured_files() for b in broken_by_file(name_of(p), lines, FILE_LINES[p.suffix])]
    return [*long_files, *broken_by_functions(measured_functions(p for p in repository() if p.suffix == ".py"))]


def table() -> str:
    """Medians of the product, told and not held."""
    functions = measured_functions(under(PACKAGE, ".py"))
    sizes = {
        "file": [lines for p, lines in measured_files() if p.is_relative_to(PACKAGE) and p.suffix == ".py"],
        "function": [one.lines for one in functions],
        "view": [one.lines for one in functions if one.kind == "view"],
        "template": [len(text_of(p).splitlines()) for p in templates()],
    }
    rows = [f"{'':10}{'number':>8}{'median':>8}{'goal':>8}{'longest':>9}"]
    for kind, found in sizes.items():
        middle, longest = (median(found), max(found)) if found else (0, 0)
        rows.append(f"{kind:10}{len(found):8}{middle:8g}{GOALS.get(kind, '–'):>8}{longest:9}")
    return "\n".join(rows)


def tell(broken: list[Breach]) -> int:
    """Tell the medians, then every limit that is broken; the exit status."""
    sys.stdout.write(table() + "\n")
    sys.stderr.writelines(f"{breach}\n" for breach in sorted(broken))
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(tell(breaches()))
