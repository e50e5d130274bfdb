"""Sector kits from their files: one folder for each kit beside the editions, with a file for each language."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from samenspraak.method.fitting import ONE_AT_A_TIME, Fitting
from samenspraak.method.kit_types import Kit
from samenspraak.method.load import located
from samenspraak.method.places import Finding, Place
from samenspraak.method.problem import EditionError, Problem
from samenspraak.method.types import Language

KITS = Path(__file__).parent / "kits"
# The order people see them in: sectors first, the kit for everybody else last. A kit not named here comes at the end.
ORDER = ("clothing", "natural-stone", "food-and-drink", "electronics", "neutral")


class KitReading(msgspec.Struct, frozen=True):
    """What reading one kit in one language gave; ``kit`` is None while there are problems."""

    kit: Kit | None
    problems: tuple[Problem, ...]
    lines: dict[Place, tuple[str, int]]

    def problem(self, finding: Finding) -> Problem:
        """A finding with its file and line."""
        return located(self.lines, finding)


def kit_ids(root: Path = KITS) -> tuple[str, ...]:
    """The ids of the kits there are; each is the name of a folder."""
    names = sorted(path.name for path in root.glob("*/"))
    return tuple(sorted(names, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER)))


def load_kits(language: Language, root: Path = KITS) -> tuple[Kit, ...]:
    """Every kit in a language, read once per process. Raises ``EditionError`` with everything that is wrong."""
    with ONE_AT_A_TIME:
        return _load(language, root)


@functools.cache
def _load(language: Language, root: Path) -> tuple[Kit, ...]:
    readings = [read_kit(kit_id, language, root) for kit_id in kit_ids(root)]
    problems = [problem for reading in readings for problem in reading.problems]
    if problems:
        raise EditionError(problems)
    return tuple(reading.kit for reading in readings if reading.kit)


def read_kit(kit_id: str, language: Language, root: Path = KITS) -> KitReading:
    """Read the file of one kit in one language; never raises on what it holds."""
    label = f"kits/{kit_id}/{language}.yaml"
    lines: dict[Place, tuple[str, int]] = {(): (label, 1)}
    fitting = Fitting(label, lines)
    values = fitting.values(root / kit_id / f"{language}.yaml", Kit)
    if fitting.problems:
        return KitReading(None, tuple(fitting.problems), lines)
    return KitReading(Kit(**values), (), lines)
