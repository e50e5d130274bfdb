"""Rooms, their files and their layers: the map in docs/map.md, the folders and the contracts say the same."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.architecture.source import PACKAGE, ROOT, Breach, code, name_of, repository, rooms, text_of, told, tree_of

MAP = ROOT / "docs" / "map.md"
# House rule: the same files in every room. Anything else has its own line in the map.
SAME = {
    *(
        "__init__",
        "urls",
        "views",
        "forms",
        "actions",
        "queries",
        "report",
        "models",
        "api",
        "transfer",
        "http",
        "apps",
    ),
    *("migrations", "templates", "access", "adapter", "middleware"),
}
BANNED_FILES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "service",
    "common",
    "core",
    "base",
    "manager",
    "managers",
}
BANNED_WORDS = {
    "manager",
    "helper",
    "helpers",
    "util",
    "utils",
    "common",
    "base",
    "core",
    "handler",
    "data",
    "info",
    "process",
}


def contracts() -> dict[str, dict[str, Any]]:
    """The contracts of import-linter by name."""
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    return {contract["name"]: contract for contract in project["tool"]["importlinter"]["contracts"]}


def sentences(docstring: str) -> int:
    """How many sentences a docstring has."""
    return len(re.findall(r"[.!?](?=\s|$)", docstring))


def docstring_problems(room: str, tree: ast.Module) -> Iterator[Breach]:
    """A room says what it is for in about three sentences, and its ``__init__`` nothing else."""
    file = f"src/samenspraak/{room}/__init__.py"
    said = ast.get_docstring(tree) or ""
    if not 2 <= sentences(said) <= 4:
        yield Breach(file, 1, f"{sentences(said)} sentences about the room, about three wanted")
    if len(tree.body) > 1:
        yield Breach(file, tree.body[1].lineno, "more than a docstring")


def own_files(text: str) -> set[str]:
    """The files of their own kind that the map names, each line with its reason."""
    lines = [line for line in text.splitlines() if re.match(r"- `[^`]+/[^`]+`.*: \S", line)]
    return {name for line in lines for name in re.findall(r"`([^`]+)`", line.split(": ")[0])}


def strange_files(names: Iterable[str], named: set[str]) -> list[str]:
    """Files and folders in a room (``room/file.py``, ``room/folder/``) that are neither in the same list nor named."""
    plain = {name: name.rstrip("/").rsplit("/", 1)[-1].removesuffix(".py") for name in names}
    return sorted(name for name, bare in plain.items() if bare not in SAME and name not in named)


def files_in_rooms() -> set[str]:
    """What lies directly in each room, folders with a slash."""
    found = set()
    for path in repository():
        parts = path.relative_to(PACKAGE).parts if path.is_relative_to(PACKAGE) else ()
        if len(parts) > 1 and parts[0] != "locale":
            found.add(f"{parts[0]}/{parts[1]}" + ("/" if len(parts) > 2 else ""))
    return found


def banned(path: str, tree: ast.Module) -> Iterator[Breach]:
    """Names that say nothing: a module called utils, a class called manager."""
    for part in Path(path).with_suffix("").parts:
        if part in BANNED_FILES:
            yield Breach(path, 1, f"a name that says nothing: {part}")
    for node in ast.walk(tree):
        words = (
            {word.lower() for word in re.findall(r"[A-Z]+[a-z]*", node.name)}
            if isinstance(node, ast.ClassDef)
            else set()
        )
        if isinstance(node, ast.ClassDef) and words & BANNED_WORDS:
            yield Breach(path, node.lineno, f"a name that says nothing: {node.name}")


def layers_on_the_map(text: str) -> list[list[str]]:
    """The layers as the map draws them, top to bottom."""
    block = re.search(r"^## Rooms$.*?^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [line.split(" | ") for line in block[1].splitlines()] if block else []


def layers_of(contract: dict[str, Any]) -> list[list[str]]:
    """The layers as the linter holds them; brackets only say that a room may come later."""
    return [[name.strip("() ") for name in layer.split("|")] for layer in contract["layers"]]


def test_every_room_says_what_it_is_for_and_nothing_else() -> None:
    assert told(b for room in rooms() for b in docstring_problems(room.name, tree_of(room / "__init__.py"))) == []


def test_a_room_that_says_too_little_or_does_something_is_found() -> None:
    silent = docstring_problems("tasks", ast.parse('"""Tasks."""\n'))
    busy = docstring_problems("tasks", ast.parse('"""Tasks. For all. Here."""\nimport os\n'))

    assert [b.line for b in silent] == [1]
    assert [b.line for b in busy] == [2]


def test_every_room_stands_on_the_map_and_the_map_names_no_room_that_is_gone() -> None:
    on_the_map = set(re.findall(r"^\| `([a-z]+)` \|", text_of(MAP), re.MULTILINE))

    assert on_the_map == {room.name for room in rooms()}


def test_a_room_has_the_same_files_as_every_room_or_a_line_of_reason_on_the_map() -> None:
    assert strange_files(files_in_rooms(), own_files(text_of(MAP))) == []


def test_the_map_names_no_file_that_is_gone() -> None:
    assert sorted(own_files(text_of(MAP)) - files_in_rooms()) == []


def test_a_strange_file_is_found_and_a_reason_excuses_it() -> None:
    names = ["tasks/models.py", "tasks/views/", "tasks/clock.py"]

    assert strange_files(names, set()) == ["tasks/clock.py"]
    assert strange_files(names, own_files("- `tasks/clock.py`: reminders need one")) == []
    assert own_files("- `tasks/clock.py`") == set()


def test_names_say_what_things_are() -> None:
    assert told(b for path in code() for b in banned(name_of(path), tree_of(path))) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [("src/tasks/utils.py", ""), ("src/common/models.py", ""), ("src/tasks/a.py", "class TaskManager: ...")],
)
def test_a_name_that_says_nothing_is_found(path: str, text: str) -> None:
    assert [breach.file for breach in banned(path, ast.parse(text))] == [path]


def test_a_word_inside_a_word_is_not_that_word() -> None:
    assert list(banned("src/tasks/database.py", ast.parse("class Baseline: ...\nclass Processed: ..."))) == []


def test_the_layers_on_the_map_are_those_the_linter_holds() -> None:
    held = layers_of(contracts()["A room leans only on the rooms below it"])

    assert layers_on_the_map(text_of(MAP)) == held
    assert {room.name for room in rooms()} <= {name for layer in held for name in layer}
    assert layers_on_the_map("## Rooms\n\n```\na\nb | c\n```\n") == [["a"], ["b", "c"]]


def test_every_room_with_tables_or_addresses_has_its_inside_held_by_the_linter() -> None:
    held = set(contracts()["Inside a room, requests go down"]["containers"])

    asked = {room.name for room in rooms() for part in ("models", "urls", "views") if _has(room, part)} - {"site"}

    assert {f"samenspraak.{name}" for name in asked} - held == set()


def _has(room: Path, part: str) -> bool:
    return (room / f"{part}.py").exists() or (room / part / "__init__.py").exists()


def test_every_room_with_tables_is_known_to_django() -> None:
    asked = {f"samenspraak.{room.name}" for room in rooms() if _has(room, "models")}

    assert asked - set(settings.INSTALLED_APPS) == set()
    assert asked != set()


def test_every_room_but_documents_is_kept_from_the_libraries_that_make_papers() -> None:
    kept = set(contracts()["Only documents knows the libraries that make papers"]["source_modules"])

    assert {f"samenspraak.{room.name}" for room in rooms()} - kept == {"samenspraak.documents"}
