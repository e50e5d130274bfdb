"""Editions from their files: YAML to types, with file and line in every fault, and all faults in one run."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import msgspec

from samenspraak.method.files import FILES, shape
from samenspraak.method.fitting import ONE_AT_A_TIME, Fitting, Shape
from samenspraak.method.places import Finding, Place
from samenspraak.method.problem import EditionError, Problem
from samenspraak.method.types import Edition, Language

ROOT = Path(__file__).parent / "editions"
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
        return located(self.lines, finding)


def located(lines: dict[Place, tuple[str, int]], finding: Finding) -> Problem:
    """A finding as a problem: the file and line of its place, or of the nearest place around it."""
    place = finding.place
    while place not in lines:
        place = place[:-1]
    return Problem(*lines[place], finding.message, finding.mend)


def editions(root: Path = ROOT) -> tuple[str, ...]:
    """The names of the editions there are, oldest first; ``2025-04.1`` is a repair of ``2025-04``."""
    names = [path.name for path in root.glob("*/") if _NAME.fullmatch(path.name)]
    return tuple(sorted(names, key=lambda name: [int(part) for part in re.split(r"\D", name)]))


def load_edition(name: str, language: Language, root: Path = ROOT) -> Edition:
    """The edition in a language, read once per process. Raises ``EditionError`` with everything that is wrong."""
    with ONE_AT_A_TIME:
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
        fitting = Fitting(f"{label}/{file}.yaml", lines)
        values |= fitting.values(folder / f"{file}.yaml", shape(file))
        problems += fitting.problems
    if problems:
        return Reading(None, tuple(problems), lines)
    return Reading(Edition(name=name, language=language, **values), (), lines)


Lines = dict[Place, tuple[str, int]]


def read_value(content: bytes, file: str, kind: type[Shape]) -> tuple[Shape | None, list[Problem], Lines]:
    """One file as a value of its type, with everything that is wrong and where each thing stands; never raises."""
    lines: Lines = {(): (file, 1)}
    fitting = Fitting(file, lines)
    return fitting.value(content, kind), fitting.problems, lines


def _strangers(folder: Path, label: str) -> list[Problem]:
    known = [f"{file}.yaml" for file in FILES]
    strangers = sorted(path.name for path in folder.glob("*.y*ml") if path.name not in known)
    mend = f"Name it one of: {', '.join(known)}"
    return [Problem(f"{label}/{name}", 1, "This file is not read", mend) for name in strangers]
