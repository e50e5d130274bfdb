"""Editions from their files: YAML to types, with file and line in every fault, and all faults in one run."""

from __future__ import annotations

import functools
import re
import threading
import typing
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from samenspraak.method.files import FILES, shape
from samenspraak.method.nodes import ListNode, MapNode, Node, ScalarNode, compose
from samenspraak.method.places import Finding, Place, field_of
from samenspraak.method.problem import EditionError, Problem
from samenspraak.method.types import Edition, Language

ROOT = Path(__file__).parent / "editions"
# Two threads that meet a shape of msgspec for the first time end the process (0.22), so one reads while others wait.
_ONE_AT_A_TIME = threading.RLock()
Shape = TypeVar("Shape", bound=msgspec.Struct)
_NAME = re.compile(r"\d{4}-\d{2}(\.\d+)?", re.ASCII)


class Reading(msgspec.Struct, frozen=True):
    """What reading one edition in one language gave.

    ``edition`` is None while there are problems. ``lines`` tells for each place the file and line it came from.
    """

    edition: Edition | None
    problems: tuple[Problem, ...]
    lines: dict[Place, tuple[str, int]]

    def problem(self, finding: Finding) -> Problem:
        """A finding with its file and the line of the nearest thing that was written down."""
        place = finding.place
        while place not in self.lines:
            place = place[:-1]
        return Problem(*self.lines[place], finding.message, finding.mend)


def editions(root: Path = ROOT) -> tuple[str, ...]:
    """The names of the editions there are, oldest first; ``2025-04.1`` is a repair of ``2025-04``."""
    names = [path.name for path in root.glob("*/") if _NAME.fullmatch(path.name)]
    return tuple(sorted(names, key=lambda name: [int(part) for part in re.split(r"\D", name)]))


def load_edition(name: str, language: Language, root: Path = ROOT) -> Edition:
    """The edition in a language, read once per process. Raises ``EditionError`` with everything that is wrong."""
    with _ONE_AT_A_TIME:
        return _load(name, language, root)


@functools.cache
def _load(name: str, language: Language, root: Path) -> Edition:
    return _sound(read_edition(name, language, root))


def load_folder(folder: Path, name: str, language: Language) -> Edition:
    """An edition from any folder with the files of one language. Raises ``EditionError``."""
    return _sound(read_folder(folder, name, language))


def _sound(reading: Reading) -> Edition:
    if reading.edition is None:
        raise EditionError(reading.problems)
    return reading.edition


def read_edition(name: str, language: Language, root: Path = ROOT) -> Reading:
    """Read an edition; a name that is none of ``editions()`` is a problem, so a name may come from anywhere."""
    if name in editions(root):
        return read_folder(root / name / language, name, language)
    known = ", ".join(editions(root)) or "none"
    return Reading(None, (Problem(name, 1, "There is no such edition", f"Choose one of: {known}"),), {})


def read_folder(folder: Path, name: str, language: Language) -> Reading:
    """Read the files of one language; never raises on what they hold."""
    label = f"{name}/{language}"
    if not folder.is_dir():
        missing = Problem(label, 1, "This translation is missing", f"Write the {len(FILES)} files of this language")
        return Reading(None, (missing,), {})
    values: dict[str, Any] = {}
    lines: dict[Place, tuple[str, int]] = {(): (f"{label}/edition.yaml", 1)}
    problems = _strangers(folder, label)
    for file in FILES:
        fitting = _Fitting(f"{label}/{file}.yaml", lines)
        values |= fitting.values(folder / f"{file}.yaml", shape(file))
        problems += fitting.problems
    if problems:
        return Reading(None, tuple(problems), lines)
    return Reading(Edition(name=name, language=language, **values), (), lines)


Lines = dict[Place, tuple[str, int]]


def read_value(content: bytes, file: str, kind: type[Shape]) -> tuple[Shape | None, list[Problem], Lines]:
    """One file as a value of its type, with everything that is wrong and where each thing stands; never raises."""
    lines: Lines = {(): (file, 1)}
    fitting = _Fitting(file, lines)
    return fitting.value(content, kind), fitting.problems, lines


def _strangers(folder: Path, label: str) -> list[Problem]:
    known = [f"{file}.yaml" for file in FILES]
    strangers = sorted(path.name for path in folder.glob("*.y*ml") if path.name not in known)
    mend = f"Name it one of: {', '.join(known)}"
    return [Problem(f"{label}/{name}", 1, "This file is not read", mend) for name in strangers]


class _Fitting:
    """Fits one file to its shape. msgspec stops at the first fault; this walks on and notes them all."""

    def __init__(self, file: str, lines: dict[Place, tuple[str, int]]) -> None:
        self.file = file
        self.lines = lines
        self.problems: list[Problem] = []

    def note(self, line: int, message: str, mend: str) -> None:
        self.problems.append(Problem(self.file, line, message, mend))

    def values(self, path: Path, kind: type[msgspec.Struct]) -> dict[str, Any]:
        """The fields the file holds, as values of their types; empty when anything is wrong."""
        if not path.is_file():
            self.note(1, "This file is missing", f"Write it, with: {', '.join(kind.__struct_fields__)}")
            return {}
        value = self.value(path.read_bytes(), kind)
        return {} if value is None else msgspec.structs.asdict(value)

    def value(self, content: bytes, kind: type[Shape]) -> Shape | None:
        """What the bytes hold, as a value of its type; None when anything is wrong."""
        node, problems = compose(content, self.file)
        self.problems += problems
        plain = self.fit_struct(node, kind, ()) if node else {}
        if self.problems:
            return None
        with _ONE_AT_A_TIME:
            return msgspec.convert(plain, kind)

    def fit(self, node: Node, kind: Any, place: Place) -> Any:
        self.lines[place] = (self.file, node.line)
        if typing.get_origin(kind) is tuple:
            return self.fit_list(node, typing.get_args(kind)[0], place)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            return self.fit_struct(node, kind, place)
        return self.fit_scalar(node, kind, place)

    def fit_list(self, node: Node, kind: Any, place: Place) -> list[Any]:
        if isinstance(node, ListNode):
            return [self.fit(item, kind, (*place, index)) for index, item in enumerate(node.items)]
        self.note(node.line, f"'{field_of(place)}' must be a list", "Start each line of it with a dash")
        return []

    def fit_struct(self, node: Node, kind: type[msgspec.Struct], place: Place) -> dict[str, Any]:
        fields = _fields(kind)
        if not isinstance(node, MapNode):
            self.note(node.line, f"{kind.__name__} must have fields", f"Write: {', '.join(fields)}")
            return {}
        for name, (line, _) in node.entries.items():
            if name not in fields:
                self.note(line, f"{kind.__name__} has no field '{name}'", f"Use only: {', '.join(fields)}")
        for name, field in fields.items():
            if field.required and name not in node.entries:
                self.note(node.line, f"{kind.__name__} lacks the field '{name}'", f"Add '{name}'")
        entries = [(name, value) for name, (_, value) in node.entries.items() if name in fields]
        return {name: self.fit(value, fields[name].type, (*place, name)) for name, value in entries}

    def fit_scalar(self, node: Node, kind: Any, place: Place) -> Any:
        try:
            return msgspec.convert(node.value if isinstance(node, ScalarNode) else node, kind)
        except msgspec.ValidationError:
            choices = ", ".join(typing.get_args(kind))
            mend = f"Choose one of: {choices}" if choices else _MEND[kind]
            self.note(node.line, f"'{field_of(place)}' does not fit", mend)
            return None


_MEND = {
    str: "Write text, between quotes where it looks like something else",
    int: "Write a whole number, without quotes",
    bool: "Write true or false, without quotes",
}


@functools.cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.name: field for field in msgspec.structs.fields(kind)}
