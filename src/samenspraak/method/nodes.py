"""YAML text to plain values that remember their line.

PyYAML reads YAML 1.1, in which ``no`` is false, ``12:30`` is 750 and ``2025-04-01`` is a date. Its own constructor is
therefore not used: the events of its parser are composed here, and plain scalars mean what YAML 1.2 (core schema) says.
Duplicate keys, anchors, aliases and tags are refused: an edition needs none, and each can hide a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import yaml

from samenspraak.method.problem import Problem

# libyaml is some ten times faster than the parser in Python; both are tested, because a wheel may come without it.
LOADERS: tuple[Any, ...] = tuple(getattr(yaml, n) for n in ("CSafeLoader", "SafeLoader") if hasattr(yaml, n))
MAX_DEPTH = 20
LONGEST_NUMBER = 18

_NONCHARACTERS = "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
# U+2028 and U+2029 are no control characters, but YAML 1.1 counts them as line ends and no screen shows them.
REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef"
    f"\U000f0000-\U000ffffd\U00100000-\U0010fffd{_NONCHARACTERS}]"
)

Scalar = str | int | float | bool | None
_WORDS: dict[str, Scalar] = {"": None, "~": None}
for _word, _value in (("null", None), ("true", True), ("false", False)):
    _WORDS |= {_word: _value, _word.capitalize(): _value, _word.upper(): _value}
_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], Scalar]], ...] = (
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+"), lambda text: int(text, 0)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
    (re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"), lambda text: float(text.replace(".", ""))),
)


class ScalarNode(msgspec.Struct, frozen=True):
    """A single value and the line it starts on (from 1)."""

    line: int
    value: Scalar


class ListNode(msgspec.Struct, frozen=True):
    """A list and the line it starts on."""

    line: int
    items: tuple[Node, ...]


class MapNode(msgspec.Struct, frozen=True):
    """A mapping and the line it starts on; per key the line of the key, and the value."""

    line: int
    entries: dict[str, tuple[int, Node]]


Node = ScalarNode | ListNode | MapNode


class _UnreadableError(Exception):
    """A fault after which the rest of the file says nothing sensible any more; the problem is noted already."""


def plain_scalar(text: str) -> Scalar:
    """What an unquoted scalar means in the core schema of YAML 1.2."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= LONGEST_NUMBER:  # no edition counts further, and int() refuses the really long
        for form, meaning in _NUMBERS:
            if form.fullmatch(text):
                return meaning(text)
    return text


def compose(content: bytes, file: str, loader: Any = LOADERS[0]) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree in a YAML file, and every fault of form; no tree when the form is past reading. Never raises."""
    composer = _Composer(file)
    try:
        text = composer.decoded(content)
        return composer.document(yaml.parse(text, Loader=loader)), tuple(composer.problems)
    except _UnreadableError:
        pass
    except yaml.MarkedYAMLError as error:
        composer.note(_line(error.problem_mark), f"This is no YAML: {error.problem}", "Look here and one line up")
    except ValueError as error:  # the parser in Python lets an impossible escape such as "\U00110000" through
        composer.note(1, f"This is no YAML: {error}", "Look for an escape with a backslash")
    return None, tuple(composer.problems)


def _line(mark: Any) -> int:
    """The line of a mark of PyYAML, which counts from 0."""
    return int(mark.line) + 1


class _Composer:
    """Composes the events of one file and notes what is wrong on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def note(self, line: int, message: str, mend: str) -> None:
        self.problems.append(Problem(self.file, line, message, mend))

    def decoded(self, content: bytes) -> str:
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            self.note(content[: error.start].count(b"\n") + 1, "This is not UTF-8", "Save the file as UTF-8")
            raise _UnreadableError from error
        for match in REFUSED.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            self.note(line, f"Character U+{ord(match[0]):04X} cannot be shown", "Remove it")
        if self.problems:
            raise _UnreadableError
        return text

    def document(self, events: Iterator[Any]) -> Node:
        next(events)  # the start of the stream
        event = next(events)
        if isinstance(event, yaml.StreamEndEvent):
            self.note(1, "The file is empty", "Fill it or remove it")
            raise _UnreadableError
        node = self.node(next(events), events, 1)
        next(events)  # the end of the document
        event = next(events)
        if isinstance(event, yaml.DocumentStartEvent):
            self.note(_line(event.start_mark), "A second document starts here", "Keep one document in a file")
        return node

    def node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        line = _line(event.start_mark)
        if depth > MAX_DEPTH:
            self.note(line, f"This is nested more than {MAX_DEPTH} deep", "Look for a bracket too many")
            raise _UnreadableError
        if event.anchor is not None:
            self.note(line, "Anchors and aliases are not used here", "Write the text out")
        if isinstance(event, yaml.AliasEvent):
            return ScalarNode(line, None)
        if event.tag is not None:
            self.note(line, f"The tag {event.tag} is not used here", "Remove it; quotes make text")
        if isinstance(event, yaml.ScalarEvent):
            return ScalarNode(line, plain_scalar(event.value) if event.implicit[0] else event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return ListNode(line, tuple(self.items(events, depth)))
        return MapNode(line, self.entries(events, depth))

    def items(self, events: Iterator[Any], depth: int) -> Iterator[Node]:
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            yield self.node(event, events, depth + 1)

    def entries(self, events: Iterator[Any], depth: int) -> dict[str, tuple[int, Node]]:
        entries: dict[str, tuple[int, Node]] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            line = _line(event.start_mark)
            key = self.node(event, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            name = getattr(event, "value", "")
            if not isinstance(key, ScalarNode):
                self.note(line, "A key must be a single word", "Write the name of a field before the colon")
            elif name in entries:
                self.note(line, f"The key '{name}' stands here twice, first on line {entries[name][0]}", "Keep one")
            else:
                entries[name] = (line, value)
        return entries
