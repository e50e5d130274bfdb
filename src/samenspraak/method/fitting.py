"""One file of the method fitted to its shape: values of the right types, with the line of everything on the way."""

from __future__ import annotations

import functools
import threading
import typing
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from samenspraak.method.nodes import ListNode, MapNode, Node, ScalarNode, compose
from samenspraak.method.places import Place, field_of
from samenspraak.method.problem import Problem

# Two threads that meet a shape of msgspec for the first time end the process (0.22), so one reads while others wait.
ONE_AT_A_TIME = threading.RLock()
Shape = TypeVar("Shape", bound=msgspec.Struct)


class Fitting:
    """Fits one file to its shape. msgspec stops at the first fault; this walks on and notes them all."""

    def __init__(self, file: str, lines: dict[Place, tuple[str, int]]) -> None:
        self.file = file
        self.lines = lines
        self.problems: list[Problem] = []

    def _note(self, line: int, message: str, mend: str) -> None:
        self.problems.append(Problem(self.file, line, message, mend))

    def values(self, path: Path, kind: type[msgspec.Struct]) -> dict[str, Any]:
        """The fields the file holds, as values of their types; empty when anything is wrong."""
        if not path.is_file():
            self._note(1, "This file is missing", f"Write it, with: {', '.join(kind.__struct_fields__)}")
            return {}
        value = self.value(path.read_bytes(), kind)
        return {} if value is None else msgspec.structs.asdict(value)

    def value(self, content: bytes, kind: type[Shape]) -> Shape | None:
        """What the bytes hold, as a value of its type; None when anything is wrong."""
        node, problems = compose(content, self.file)
        self.problems += problems
        plain = self._fit_struct(node, kind, ()) if node else {}
        if self.problems:
            return None
        with ONE_AT_A_TIME:
            return msgspec.convert(plain, kind)

    def _fit(self, node: Node, kind: Any, place: Place) -> Any:
        self.lines[place] = (self.file, node.line)
        if typing.get_origin(kind) is tuple:
            return self._fit_list(node, typing.get_args(kind)[0], place)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            return self._fit_struct(node, kind, place)
        return self._fit_scalar(node, kind, place)

    def _fit_list(self, node: Node, kind: Any, place: Place) -> list[Any]:
        if isinstance(node, ListNode):
            return [self._fit(item, kind, (*place, index)) for index, item in enumerate(node.items)]
        self._note(node.line, f"'{field_of(place)}' must be a list", "Start each line of it with a dash")
        return []

    def _fit_struct(self, node: Node, kind: type[msgspec.Struct], place: Place) -> dict[str, Any]:
        fields = _fields(kind)
        if not isinstance(node, MapNode):
            self._note(node.line, f"{kind.__name__} must have fields", f"Write: {', '.join(fields)}")
            return {}
        for name, (line, _) in node.entries.items():
            if name not in fields:
                self._note(line, f"{kind.__name__} has no field '{name}'", f"Use only: {', '.join(fields)}")
        for name, field in fields.items():
            if field.required and name not in node.entries:
                self._note(node.line, f"{kind.__name__} lacks the field '{name}'", f"Add '{name}'")
        entries = [(name, value) for name, (_, value) in node.entries.items() if name in fields]
        return {name: self._fit(value, fields[name].type, (*place, name)) for name, value in entries}

    def _fit_scalar(self, node: Node, kind: Any, place: Place) -> Any:
        try:
            return msgspec.convert(node.value if isinstance(node, ScalarNode) else node, kind)
        except msgspec.ValidationError:
            choices = ", ".join(typing.get_args(kind))
            mend = f"Choose one of: {choices}" if choices else _MEND[kind]
            self._note(node.line, f"'{field_of(place)}' does not fit", mend)
            return None


_MEND = {
    str: "Write text, between quotes where it looks like something else",
    int: "Write a whole number, without quotes",
    bool: "Write true or false, without quotes",
}


@functools.cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.name: field for field in msgspec.structs.fields(kind)}
